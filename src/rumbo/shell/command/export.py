"""`rumbo export`: results as open data."""

from argparse import ArgumentParser, Namespace
from pathlib import Path

from django.utils.translation import gettext as _

from rumbo.core.vocabulary.marking import N_
from rumbo.core.vocabulary.permission import Permission
from rumbo.shell.command import standing
from rumbo.shell.command.console import Console
from rumbo.shell.command.parsing import period
from rumbo.shell.command.writing import write_whole
from rumbo.systems.evaluation.exchange.results import export_results

NAME = "export"
SUMMARY = N_("exporta los resultados del año, hasta un mes, en CSV")


def arguments(parser: ArgumentParser) -> None:
    parser.add_argument("what", choices=("results",), help=_("qué se exporta"))
    parser.add_argument("--institution", required=True, metavar="SLUG", help=_("clave de la institución"))
    parser.add_argument(
        "--period", required=True, type=period, metavar=_("AAAA-MM"), help=_("último mes, como 2026-10")
    )
    parser.add_argument("--out", required=True, type=Path, metavar=_("ARCHIVO.csv"), help=_("archivo que se escribe"))


def run(asked: Namespace, console: Console) -> None:
    by = standing.actor(asked)
    institution = standing.institution(asked, by)
    standing.require(by, Permission.VIEW_REPORTS, institution)
    with console.working(_("Exportando los resultados")):
        file = write_whole(asked.out, export_results(institution, asked.period))
    console.result({"file": str(file)}, str(file))
