"""`rumbo sweep`: takes away what nothing refers to any more. `rumbo serve` does it once when it starts."""

from argparse import ArgumentParser, Namespace

from django.utils.translation import ngettext

from rumbo.core.vocabulary.marking import N_
from rumbo.foundation.documents import actions as documents
from rumbo.shell import clock
from rumbo.shell.command import standing
from rumbo.shell.command.console import Console

NAME = "sweep"
SUMMARY = N_("quita los archivos que quedaron sueltos hace más de un día; sirve para programarlo cada noche (cron)")


def arguments(parser: ArgumentParser) -> None:
    """None of its own."""


def run(asked: Namespace, console: Console) -> None:
    standing.operator()
    swept = documents.sweep_orphans(at=clock.now())
    said = ngettext("Se quitó %(count)s archivo suelto.", "Se quitaron %(count)s archivos sueltos.", len(swept))
    console.result({"swept": swept}, said % {"count": f"{len(swept):,}"})
