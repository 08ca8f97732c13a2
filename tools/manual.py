"""Writes the tables of the manual that repeat what the code says: commands, workbooks, roles, settings.

Each table stands in its page between `<!-- de aquí: NAME -->` and `<!-- hasta aquí -->`; the rest is written by people.

`manual.py` writes; `manual.py --check` only says which pages differ, and ends with 1 when there are any.
"""

import argparse
import os
import re
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, fields
from itertools import groupby
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "docs" / "manual"
BLOCK = re.compile(r"(<!-- de aquí: ([a-z-]+) -->\n).*?(<!-- hasta aquí -->)", re.DOTALL)
KINDS = {
    "text": "texto", "integer": "número entero", "decimal": "número", "date": "fecha", "boolean": "Sí o No",
}  # fmt: skip
# What each permission lets one do: the code has no words for it, because no page shows it by its name.
PERMISSIONS = {
    "view_inbox": "Ver «Mis pendientes»",
    "view_boards": "Ver los tableros",
    "view_plan": "Ver el programa, las metas y las reglas",
    "capture": "Capturar, adjuntar evidencia y enviar",
    "approve_area": "Dar el visto bueno del área o devolver",
    "validate": "Validar o devolver",
    "close_month": "Cerrar el mes y cargar historia",
    "correct_closed_month": "Decidir correcciones y hacer cierres complementarios",
    "edit_plan": "Cambiar el programa",
    "edit_goals": "Cambiar metas, indicadores y programación",
    "view_reports": "Ver informes y registros de transparencia",
    "prepare_reports": "Emitir la entrega completa y preparar registros",
    "accept_deliverables": "Aceptar entregables; la aceptación se firma en papel",
    "view_reserved_evidence": "Abrir evidencia reservada",
    "publish_transparency": "Validar y publicar transparencia",
    "configure": "Configurar la institución, sus áreas y su calendario",
    "manage_people": "Administrar personas y enlaces",
    "view_trail": "Consultar la bitácora",
}


def table(titles: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    heads = list(titles)
    lines = [heads, ["---"] * len(heads), *[[cell.replace("|", "\\|") for cell in row] for row in rows]]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


# -- workbooks ---------------------------------------------------------------------------------------------------


def sheets() -> dict[str, tuple[Any, ...]]:
    """Kind of workbook → the sheets that it is read with."""
    from rumbo.foundation.organization import exchange as organization
    from rumbo.foundation.planning.exchange.sheets import SHEETS as PLAN
    from rumbo.systems.captures.exchange.tables import HISTORY, SHEET
    from rumbo.systems.captures.exchange.variables import VARIABLES
    from rumbo.systems.indicators.exchange.sheets import SHEETS as GOALS

    return {
        "areas": (organization.AREAS,),
        "people": (organization.people_sheet(),),
        "plan": PLAN,
        "goals": GOALS,
        "captures": (SHEET, VARIABLES, HISTORY),
    }


def workbook(kind: str) -> str:
    return "\n".join(f"### Hoja «{sheet.name}»\n\n{_lead(sheet)}{columns(sheet)}" for sheet in sheets()[kind])


def _lead(sheet: Any) -> str:
    return f"{sheet.help}\n\n" if sheet.help else ""


def columns(sheet: Any) -> str:
    titles = ("Encabezado", "Clave", "Obligatoria", "Qué se escribe", "Nota")
    return table(titles, (_row(list(alike)) for _, alike in groupby(sheet.columns, key=_likeness)))


def _likeness(column: Any) -> str:
    """Twelve months are one line of the table."""
    return re.sub(r"\d+$", "#", column.key)


def _row(alike: list[Any]) -> list[str]:
    first = alike[0]
    return [
        ", ".join(column.title for column in alike),
        ", ".join(f"`{column.key}`" for column in alike),
        "sí" if first.required else "",
        _kind(first),
        first.help,
    ]


def _kind(column: Any) -> str:
    if column.kind == "choice":
        return "uno de: " + " · ".join(column.choices.values())
    length = f", hasta {column.max_length} caracteres" if column.max_length else ""
    decimals = f", hasta {column.decimals} decimales" if column.kind == "decimal" else ""
    return KINDS[column.kind] + length + decimals


# -- commands ----------------------------------------------------------------------------------------------------


def commands() -> Iterator[tuple[str, Any]]:
    """Each command with its parser."""
    from rumbo.shell.command.tree import parser

    for action in parser()._actions:
        if isinstance(action, argparse._SubParsersAction):
            yield from action.choices.items()


def command_tables() -> str:
    return "\n".join(
        f"### `rumbo {name}`\n\n{_sentence(found.description)}\n\n{options(found)}" for name, found in commands()
    )


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:] + "."


def options(found: Any) -> str:
    shared = {"help", "as_", "json"}
    rows = [(_spelled(one), "sí" if one.required else "", one.help) for one in found._actions if one.dest not in shared]
    return table(("Argumento", "Obligatorio", "Qué es"), rows) if rows else "Sin argumentos propios.\n"


def _spelled(option: Any) -> str:
    if not option.option_strings:
        choices = " · ".join(option.choices or ())
        return f"`{choices}`" if choices else f"`{option.metavar}`"
    if option.nargs == 0:
        return f"`{option.option_strings[0]}`"
    return f"`{option.option_strings[0]} {option.metavar or option.dest.upper()}`"


# -- roles and settings ------------------------------------------------------------------------------------------


def roles() -> str:
    from rumbo.foundation.organization.roles import ROLES

    return table(
        ("Papel", "Clave", "Sobre", "Para qué"),
        (
            (role.label, f"`{role.value}`", "un área y las de abajo" if one.needs_unit else "la institución o un área",
             one.description)
            for role, one in ROLES.items()
        ),
    )  # fmt: skip


def permissions() -> str:
    from rumbo.core.vocabulary.permission import Permission
    from rumbo.foundation.organization.roles import ROLES

    return table(
        ("Permiso", "Clave", "Papeles que lo tienen"),
        (
            (
                PERMISSIONS[one.value],
                f"`{one.value}`",
                " · ".join(role.label for role, held in ROLES.items() if one in held.permissions),
            )
            for one in Permission
        ),
    )


def settings() -> str:
    from rumbo.foundation.organization.settings import LABELS, InstitutionSettings
    from rumbo.shell.setup.forms import CHOICES
    from rumbo.shell.setup.steps import STEPS

    proposed = asdict(InstitutionSettings())
    words = {name: dict(choices) for name, choices in CHOICES.items()}
    return table(
        ("Paso", "Decisión", "Lo que se propone"),
        (
            (step.title, LABELS[name], _shown(words.get(name, {}).get(proposed[name], proposed[name])))
            for step in STEPS
            for name in step.fields
        ),
    )


def scales() -> str:
    from rumbo.core.engine.scheme import Scheme
    from rumbo.systems.evaluation.forms.schemes import SCALE_LABELS

    proposed = Scheme()
    names = [one.name for one in fields(Scheme) if one.name in SCALE_LABELS]
    rows = ((SCALE_LABELS[name], _shown(getattr(proposed, name))) for name in names)
    return table(("Decisión", "Lo que se propone"), rows)


def _shown(value: Any) -> str:
    if value is None:
        return "–"
    if isinstance(value, bool):
        return "Sí" if value else "No"
    if hasattr(value, "label"):
        others = " · ".join(str(one.label) for one in type(value) if one is not value)
        return f"{value.label} (o bien: {others})"
    return f"{value:,g}" if isinstance(value, float | int) else str(value) or "–"


BLOCKS: dict[str, Callable[[], str]] = {
    "ordenes": command_tables,
    "papeles": roles,
    "permisos": permissions,
    "decisiones": settings,
    "escalas": scales,
    "libro-areas": lambda: workbook("areas"),
    "libro-personas": lambda: workbook("people"),
    "libro-programa": lambda: workbook("plan"),
    "libro-metas": lambda: workbook("goals"),
    "libro-capturas": lambda: workbook("captures"),
}


def renewed(text: str) -> str:
    """The page with each of its tables as the code says today. Raises KeyError for a block nobody writes."""
    return BLOCK.sub(lambda found: found.group(1) + "\n" + BLOCKS[found.group(2)]() + "\n" + found.group(3), text)


def pages() -> dict[Path, str]:
    from django.utils import translation

    with translation.override("es"):
        return {path: renewed(path.read_text(encoding="utf-8")) for path in sorted(FOLDER.glob("*.md"))}


def outdated() -> list[str]:
    return [path.name for path, text in pages().items() if path.read_text(encoding="utf-8") != text]


def write() -> None:
    for path, text in pages().items():
        path.write_text(text, encoding="utf-8")
    print(f"docs/manual: {len(pages())} páginas")


def prepare() -> None:
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "rumbo.shell.settings")
    os.environ.setdefault("RUMBO_HOME", tempfile.mkdtemp(prefix="rumbo-manual-"))
    os.environ.setdefault("RUMBO_SECRET_KEY", "solo para escribir las tablas del manual, no firma nada")
    django.setup()


if __name__ == "__main__":
    prepare()
    if "--check" in sys.argv:
        stale = outdated()
        print("\n".join(stale) or "docs/manual está al día")
        sys.exit(1 if stale else 0)
    write()
