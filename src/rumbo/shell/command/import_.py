"""`rumbo import`: a workbook goes in whole or not at all."""

from argparse import ArgumentParser, Namespace
from pathlib import Path

from django.utils.translation import gettext as _

from rumbo.core.rendering.limits import DEFAULT_LIMITS
from rumbo.core.rendering.refused import WorkbookRefused
from rumbo.core.vocabulary.marking import N_
from rumbo.foundation.ui.exchange import said
from rumbo.shell import clock
from rumbo.shell.command import standing
from rumbo.shell.command.console import Console
from rumbo.shell.command.exchanges import EXCHANGES, Answer, Asked
from rumbo.shell.command.parsing import BadInput
from rumbo.shell.command.writing import write_whole

NAME = "import"
SUMMARY = N_("carga un Excel: áreas, personas, programa, metas o capturas")
SHOWN = 20  # errors listed on the terminal; the marked workbook has them all
BAD_INPUT = 2


def arguments(parser: ArgumentParser) -> None:
    parser.add_argument("kind", choices=list(EXCHANGES), help=_("qué contiene el Excel"))
    parser.add_argument("file", type=Path, metavar="FILE.xlsx", help=_("el Excel"))
    parser.add_argument("--institution", required=True, metavar="SLUG", help=_("clave de la institución"))
    parser.add_argument("--dry-run", action="store_true", help=_("solo revisa; no aplica nada"))
    parser.add_argument(
        "--errors-to", type=Path, metavar="FILE.xlsx", help=_("escribe aquí el Excel con las celdas por corregir")
    )


def run(asked: Namespace, console: Console) -> int:
    by = standing.actor(asked)
    institution = standing.institution(asked, by)
    exchange = EXCHANGES[asked.kind]
    standing.require_any(by, exchange.permissions, institution)
    with console.working(_("Leyendo %(file)s") % {"file": asked.file.name}):
        try:
            answer = exchange.take(
                Asked(institution, by, clock.today(), clock.now(), content(asked.file), asked.dry_run)
            )
        except WorkbookRefused as refused:
            raise BadInput(f"{asked.file.name}: {refused.message(_)} " + _("No se aplicó nada.")) from refused
    for warning in answer.warnings[:SHOWN]:
        console.complain(said(warning))
    if answer.errors:
        return refuse(asked, answer, console)
    sentence = (
        _("Se leyeron bien %(rows)s filas. Solo se revisó: no se aplicó ninguna.")
        if asked.dry_run
        else _("Se leyeron bien %(rows)s filas y se aplicaron todas.")
    )
    console.result(
        {
            "rows": answer.rows,
            "applied": not asked.dry_run,
            "errors": [],
            "warnings": [said(w) for w in answer.warnings],
        },
        sentence % {"rows": f"{answer.rows:,}"},
    )
    return 0


def refuse(asked: Namespace, answer: Answer, console: Console) -> int:
    """Every error with its cell; the marked workbook where it was asked for."""
    wrong = len({(error.sheet, error.row) for error in answer.errors})
    lines = [said(error) for error in answer.errors]
    for line in lines[:SHOWN]:
        console.complain(line)
    if len(lines) > SHOWN:
        console.complain(_("… y %(count)s más.") % {"count": f"{len(lines) - SHOWN:,}"})
    console.complain(
        _("Se leyeron bien %(good)s filas; %(bad)s por corregir; no se aplicó ninguna.")
        % {"good": f"{answer.rows:,}", "bad": f"{wrong:,}"}
    )
    if asked.errors_to:
        write_whole(asked.errors_to, answer.marked())
        console.complain(_("Las celdas por corregir están marcadas en %(file)s.") % {"file": asked.errors_to})
    if console.as_json:
        console.result({"rows": answer.rows, "applied": False, "errors": lines, "warnings": []})
    return BAD_INPUT


def content(file: Path) -> bytes:
    """One byte more than the limit is enough to say that it is too big."""
    with file.open("rb") as source:
        return source.read(DEFAULT_LIMITS.file_bytes + 1)
