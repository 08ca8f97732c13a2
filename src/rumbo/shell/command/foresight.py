"""`rumbo foresight`: what is foreseen of an institution's goals, and the same tried on series whose end is known."""

from argparse import ArgumentParser, Namespace
from pathlib import Path

from django.utils.translation import gettext as _

from rumbo.core.vocabulary.marking import N_
from rumbo.core.vocabulary.permission import Permission
from rumbo.foundation.calendars.queries import month_and_year, sentence_month
from rumbo.shell import clock
from rumbo.shell.command import standing
from rumbo.shell.command.console import Console
from rumbo.shell.command.parsing import BadInput, period
from rumbo.shell.command.writing import write_whole
from rumbo.systems.evaluation.actions.foreseeing import foresee_month
from rumbo.systems.evaluation.exchange.foresight import predictions, read_series

NAME = "foresight"
SUMMARY = N_("estima el riesgo de cada meta, o prueba los avisos con series cuyo final ya se conoce")


def arguments(parser: ArgumentParser) -> None:
    parser.add_argument(
        "what", choices=["month", "backtest"],
        help=_("month: estima y guarda el riesgo de un mes; backtest: lo que se habría avisado en cada periodo"),
    )  # fmt: skip
    parser.add_argument(
        "series", type=Path, nargs="?", metavar=_("SERIES.csv"), help=_("backtest: programado y realizado, mes por mes")
    )
    parser.add_argument("--out", type=Path, metavar=_("ARCHIVO.csv"), help=_("backtest: archivo que se escribe"))
    parser.add_argument("--institution", metavar="SLUG", help=_("month: clave de la institución"))
    parser.add_argument("--period", type=period, metavar=_("AAAA-MM"), help=_("month: mes, como 2026-10"))


def run(asked: Namespace, console: Console) -> None:
    if asked.what == "backtest":
        _backtest(asked, console)
    else:
        _month(asked, console)


def _month(asked: Namespace, console: Console) -> None:
    if not asked.institution or not asked.period:
        raise BadInput(_("Diga la institución y el mes: --institution SLUG --period AAAA-MM."))
    by = standing.actor(asked)
    institution = standing.institution(asked, by)
    standing.require(by, Permission.VALIDATE, institution)
    with console.working(_("Estimando %(month)s") % {"month": month_and_year(asked.period)}):
        count = foresee_month(institution=institution, period=asked.period, by=by, on=clock.today(), at=clock.now())
    console.result(
        {"institution": institution.slug, "period": str(asked.period), "outlooks": count},
        _("%(month)s: riesgo estimado de %(count)s indicadores.")
        % {"month": sentence_month(asked.period), "count": count},
    )


def _backtest(asked: Namespace, console: Console) -> None:
    if not asked.series or not asked.out:
        raise BadInput(_("Diga qué series y dónde se escribe: rumbo foresight backtest SERIES.csv --out ARCHIVO.csv."))
    series = read_series(asked.series.read_bytes())
    with console.working(_("Reviviendo los años")):
        content, count = predictions(series)
    file = write_whole(asked.out, content)
    console.result(
        {"file": str(file), "series": len(series.names), "predictions": count},
        _("%(file)s: %(count)s avisos de %(series)s series.")
        % {"file": file, "count": count, "series": len(series.names)},
    )
