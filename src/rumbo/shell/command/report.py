"""`rumbo report`: writes the documents of a month to a folder, each whole or not at all."""

from argparse import ArgumentParser, Namespace
from pathlib import Path

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from rumbo.core.vocabulary.marking import N_
from rumbo.core.vocabulary.permission import Permission
from rumbo.shell import clock
from rumbo.shell.command import standing
from rumbo.shell.command.console import Console
from rumbo.shell.command.parsing import period
from rumbo.shell.command.writing import write_delivery
from rumbo.systems.evaluation import reports
from rumbo.systems.transparency.reports import transparency_files

NAME = "report"
SUMMARY = N_("escribe los documentos del mes en una carpeta")
KINDS = ("monthly", "alignment", "schedule", "transparency", "delivery")


def arguments(parser: ArgumentParser) -> None:
    parser.add_argument("kind", choices=KINDS, help=_("cuál documento"))
    parser.add_argument("--institution", required=True, metavar="SLUG", help=_("clave de la institución"))
    parser.add_argument("--period", required=True, type=period, metavar=_("AAAA-MM"), help=_("mes, como 2026-10"))
    parser.add_argument("--out", required=True, type=Path, metavar=_("CARPETA"), help=_("dónde se escriben"))


def run(asked: Namespace, console: Console) -> None:
    by = standing.actor(asked)
    institution = standing.institution(asked, by)
    with console.working(_("Escribiendo los documentos")):
        if asked.kind == "transparency":
            standing.require(by, Permission.VIEW_REPORTS, institution)
            files = transparency_files(institution=institution, period=asked.period)
        else:
            files = reports.produce(
                asked.kind,
                institution=institution,
                period=asked.period,
                by=by,
                on=clock.today(),
                at=clock.now(),
                language="en" if get_language() == "en" else "es",
            )
        written = write_delivery(asked.out, files)
    console.result({"files": [str(file) for file in written]}, *(str(file) for file in written))
