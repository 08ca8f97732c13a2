"""The formats of the law that the program writes: their columns, headings and legends, literal, with their dates.

Articles and fractions change with the law: a new format is a new entry here, and the records of the old one keep it.
"""

from dataclasses import dataclass
from datetime import date
from typing import Final

from rumbo.core.vocabulary.marking import N_
from rumbo.core.vocabulary.swot import SwotKind

LONGEST_CELL: Final = 32_767  # characters that a cell of a workbook holds, by its format
RETAINED_YEARS: Final = 2  # before the current one, which stay on the site (art. 121, fr. XXII)
NOT_APPLICABLE: Final = "No aplica"


@dataclass(frozen=True, slots=True)
class FormatColumn:
    """`key` is the record's field; `heading` is literal and never translated; `short` is what our pages call it."""

    key: str
    heading: str
    short: str
    required: bool = True


@dataclass(frozen=True, slots=True)
class PublicationFormat:
    """One clause of one fraction (IECM-01). `code` begins the name of its files."""

    code: str
    legal_basis: str
    clause: str
    legend: str
    columns: tuple[FormatColumn, ...]
    since: date | None = None
    until: date | None = None

    @property
    def keys(self) -> tuple[str, ...]:
        return tuple(column.key for column in self.columns)

    def column(self, key: str) -> FormatColumn:
        return next(column for column in self.columns if column.key == key)


# «…del DF vigente» names a programme that is no longer called so: the heading of the format stays.
WORK_PROGRAMMES: Final = PublicationFormat(
    code="a121-f22-b",
    legal_basis="Artículo 121, fracción XXII de la Ley de Transparencia, Acceso a la Información Pública y Rendición "
    "de Cuentas de la Ciudad de México",
    clause="b) Los Programas Operativos Anuales y/o Programas de Trabajo",
    legend="Periodo de actualización: Trimestral y anual (a más tardar 45 días naturales después de concluido el "
    "trimestre correspondiente).",
    columns=(
        FormatColumn("fiscal_year", "Ejercicio", N_("Ejercicio")),
        FormatColumn("period_start", "Fecha de inicio del periodo que se informa", N_("Inicio del periodo")),
        FormatColumn("period_end", "Fecha de término del periodo que se informa", N_("Término del periodo")),
        FormatColumn("annual_plan_url", "Hipervínculo al Programa Operativo Anual", N_("Programa Operativo Anual")),
        FormatColumn(
            "work_programme_url", "Hipervínculo al Programa de Trabajo, en su caso", N_("Programa de Trabajo"), False
        ),
        FormatColumn("mission", "Misión", N_("Misión")),
        FormatColumn("vision", "Visión", N_("Visión")),
        FormatColumn("situation_analysis", "Diagnóstico general", N_("Diagnóstico general")),
        FormatColumn("objectives", "Objetivos estratégicos", N_("Objetivos estratégicos")),
        FormatColumn("action_lines", "Líneas de acción", N_("Líneas de acción")),
        FormatColumn(
            "higher_plan_alignment",
            "Vinculación con el Programa General de Desarrollo del DF vigente",
            N_("Vinculación con el plan superior"),
        ),
        FormatColumn(
            "responsible_units",
            "Área(s) responsable(s) que genera(n), posee(n), publica(n) y actualiza(n) la información",
            N_("Áreas responsables"),
        ),
        FormatColumn("updated_on", "Fecha de actualización de la información", N_("Fecha de actualización")),
        FormatColumn("validated_on", "Fecha de validación de la información", N_("Fecha de validación")),
        FormatColumn("note", "Nota", N_("Nota"), False),
    ),
)
FORMATS: Final = (WORK_PROGRAMMES,)

# The four named blocks of the diagnosis, as the format's publications write them (IECM-11).
BLOCKS: Final = {
    SwotKind.STRENGTH: "FORTALEZAS INSTITUCIONALES",
    SwotKind.WEAKNESS: "DEBILIDADES INSTITUCIONALES",
    SwotKind.OPPORTUNITY: "OPORTUNIDADES INSTITUCIONALES",
    SwotKind.THREAT: "AMENAZAS INSTITUCIONALES",
}


def format_on(day: date) -> PublicationFormat:
    """The format in force for a quarter that ends on a day."""
    return next(
        found
        for found in FORMATS
        if (found.since is None or found.since <= day) and (found.until is None or day <= found.until)
    )


def format_by_code(code: str) -> PublicationFormat:
    return next(found for found in FORMATS if found.code == code)
