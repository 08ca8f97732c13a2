"""What is said of a file that cannot be evaluated: which file, column and row, what is wrong, what to do."""

from typing import Any

from rumbo.core.vocabulary.marking import N_
from rumbo.core.vocabulary.refusal import Refusal


class Unreadable(Refusal):
    """The inputs of a columnar evaluation are not those of docs/formats/columnas.md."""


class NotThisFolder(Refusal):
    """The folder for the results holds something else."""


BLANK = N_("«%(file)s», renglón %(row)s, columna «%(column)s»: está vacía y debe traer un valor. Complétela.")
INFINITE = N_(
    "«%(file)s», renglón %(row)s, columna «%(column)s»: trae un valor infinito. Póngalo vacío si no hay dato o escriba "
    "la cifra."
)
OUTSIDE = N_(
    "«%(file)s», renglón %(row)s, columna «%(column)s»: «%(value)s» está fuera de lo admitido (de %(low)s a %(high)s). "
    "Corríjalo."
)
UNKNOWN = N_(
    "«%(file)s», renglón %(row)s, columna «%(column)s»: «%(value)s» no está en %(where)s. Agréguelo ahí o quite el "
    "renglón."
)
REPEATED = N_("«%(file)s», renglón %(row)s: %(value)s ya está en otro renglón. Deje uno solo.")


def missing_file(folder: Any, name: str) -> Unreadable:
    return Unreadable(
        N_("En «%(folder)s» falta %(name)s.parquet, o una carpeta %(name)s con sus partes. Agréguelo."),
        name=name,
        folder=str(folder),
    )


def not_parquet(file: Any) -> Unreadable:
    return Unreadable(
        N_("«%(file)s» no es un archivo Parquet legible o está incompleto. Genérelo de nuevo."), file=str(file)
    )


def missing_column(file: Any, column: str, found: list[str]) -> Unreadable:
    return Unreadable(
        N_("A «%(file)s» le falta la columna «%(column)s» (tiene: %(found)s). Agréguela."),
        file=str(file),
        column=column,
        found=", ".join(found) or "–",
    )


def wrong_type(file: Any, column: str, *, found: str, whole: bool) -> Unreadable:
    template = (
        N_("«%(file)s», columna «%(column)s»: es de tipo %(found)s y debe ser de números enteros. Conviértala.")
        if whole
        else N_("«%(file)s», columna «%(column)s»: es de tipo %(found)s y debe ser numérica. Conviértala.")
    )
    return Unreadable(template, file=str(file), column=column, found=found)


def empty(file: Any) -> Unreadable:
    return Unreadable(N_("«%(file)s» no tiene renglones. Revise cómo se generó."), file=str(file))
