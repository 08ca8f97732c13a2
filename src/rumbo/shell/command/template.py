"""`rumbo template`: the workbook to be filled in, with what there already is."""

from argparse import ArgumentParser, Namespace
from pathlib import Path

from django.utils.translation import gettext as _

from rumbo.core.vocabulary.marking import N_
from rumbo.shell import clock
from rumbo.shell.command import standing
from rumbo.shell.command.console import Console
from rumbo.shell.command.exchanges import EXCHANGES, Asked
from rumbo.shell.command.writing import write_whole

NAME = "template"
SUMMARY = N_("escribe el Excel que se llena y se carga, con lo que ya hay")


def arguments(parser: ArgumentParser) -> None:
    parser.add_argument("kind", choices=list(EXCHANGES), help=_("qué contiene el Excel"))
    parser.add_argument("--institution", required=True, metavar="SLUG", help=_("clave de la institución"))
    parser.add_argument("--out", required=True, type=Path, metavar="FILE.xlsx", help=_("dónde se escribe"))
    parser.add_argument("--year", type=int, default=0, metavar=_("AAAA"), help=_("año de las capturas (el actual)"))


def run(asked: Namespace, console: Console) -> None:
    by = standing.actor(asked)
    institution = standing.institution(asked, by)
    exchange = EXCHANGES[asked.kind]
    standing.require_any(by, exchange.permissions, institution)
    with console.working(_("Escribiendo %(file)s") % {"file": asked.out.name}):
        content = exchange.template(Asked(institution, by, clock.today(), clock.now(), year=asked.year))
    write_whole(asked.out, content)
    console.result({"file": str(asked.out), "bytes": len(content)}, _("Se escribió %(file)s.") % {"file": asked.out})
