"""`rumbo foresight backtest`: the early warnings tried on series whose end is known."""

from argparse import ArgumentParser, Namespace
from pathlib import Path

from django.utils.translation import gettext as _

from rumbo.core.vocabulary.marking import N_
from rumbo.shell.command.console import Console
from rumbo.shell.command.writing import write_whole
from rumbo.systems.evaluation.exchange.foresight import predictions, read_series

NAME = "foresight"
SUMMARY = N_("prueba los avisos tempranos con series cuyo final ya se conoce")


def arguments(parser: ArgumentParser) -> None:
    parser.add_argument(
        "what", choices=["backtest"], metavar="backtest",
        help=_("dice, en cada periodo de cada año, lo que se habría avisado con lo que entonces se sabía"),
    )  # fmt: skip
    parser.add_argument("series", type=Path, metavar=_("SERIES.csv"), help=_("programado y realizado, mes por mes"))
    parser.add_argument("--out", required=True, type=Path, metavar=_("ARCHIVO.csv"), help=_("archivo que se escribe"))


def run(asked: Namespace, console: Console) -> None:
    series = read_series(asked.series.read_bytes())
    with console.working(_("Reviviendo los años")):
        content, count = predictions(series)
    file = write_whole(asked.out, content)
    console.result(
        {"file": str(file), "series": len(series.names), "predictions": count},
        _("%(file)s: %(count)s avisos de %(series)s series.")
        % {"file": file, "count": count, "series": len(series.names)},
    )
