"""`rumbo export`: results as open data, and whole years to consolidate many installations."""

from argparse import ArgumentParser, Namespace
from pathlib import Path
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from rumbo.core.vocabulary.marking import N_
from rumbo.core.vocabulary.permission import Permission
from rumbo.foundation.organization import queries
from rumbo.shell.command import standing
from rumbo.shell.command.console import Console
from rumbo.shell.command.parsing import BadInput, period
from rumbo.shell.command.writing import write_whole
from rumbo.systems.evaluation.exchange.results import export_results
from rumbo.systems.indicators.queries import years_programmed

if TYPE_CHECKING:
    from rumbo.foundation.organization.models import Institution

NAME = "export"
SUMMARY = N_("exporta los resultados del año en CSV, o años completos en Parquet para consolidar instalaciones")


def arguments(parser: ArgumentParser) -> None:
    parser.add_argument("what", choices=("results", "columnar"), help=_("qué se exporta"))
    parser.add_argument(
        "--institution", metavar="SLUG", help=_("clave de la institución; con columnar, todas si no se dice")
    )
    parser.add_argument("--period", type=period, metavar=_("AAAA-MM"), help=_("results: último mes, como 2026-10"))
    parser.add_argument(
        "--first-year", type=int, metavar=_("AAAA"), help=_("columnar: primer año; si no, el primero con metas")
    )
    parser.add_argument(
        "--last-year", type=int, metavar=_("AAAA"), help=_("columnar: último año; si no, el último con metas")
    )
    parser.add_argument(
        "--out", required=True, type=Path, metavar=_("ARCHIVO.csv"),
        help=_("archivo que se escribe; con columnar, carpeta"),
    )  # fmt: skip


def run(asked: Namespace, console: Console) -> None:
    if asked.what == "columnar":
        export_years(asked, console)
        return
    missing = [f"--{name}" for name in ("institution", "period") if getattr(asked, name) is None]
    if missing:
        raise BadInput(_("faltan estos argumentos: %s") % ", ".join(missing))
    by = standing.actor(asked)
    institution = standing.institution(asked, by)
    standing.require(by, Permission.VIEW_REPORTS, institution)
    with console.working(_("Exportando los resultados")):
        file = write_whole(asked.out, export_results(institution, asked.period))
    console.result({"file": str(file)}, str(file))


def _calendar_years(institution: "Institution") -> set[int]:
    """Those in which some month of a programmed year falls: the layout counts by calendar year."""
    named = (institution.year_called(name) for name in years_programmed(institution))
    return {month.year for year in named for month in (year.first, year.last)}


def export_years(asked: Namespace, console: Console) -> None:
    """The same years of every institution: who puts them together needs the same months."""
    by = standing.actor(asked)
    chosen = [standing.institution(asked, by)] if asked.institution else queries.institutions_of(by)
    for institution in chosen:
        standing.require(by, Permission.VIEW_REPORTS, institution)
    known = {institution.pk: _calendar_years(institution) for institution in chosen}
    years = sorted({year for found in known.values() for year in found})
    if not years:
        raise BadInput(_("No hay metas programadas que exportar."))
    first, last = asked.first_year or years[0], asked.last_year or years[-1]
    if first > last:
        raise BadInput(_("El primer año no puede ser posterior al último."))
    with_goals = [one for one in chosen if any(first <= year <= last for year in known[one.pk])]
    # Here and not above: the server reads this file too, and must never load Polars before it forks.
    from rumbo.systems.evaluation.exchange.columnar.exporting import export_columnar

    told = []
    with console.working(_("Exportando %(folder)s") % {"folder": asked.out}) as bar:
        for place, institution in enumerate(with_goals or chosen):
            told.append(export_columnar(institution, first, last, asked.out))
            bar.at(place + 1, len(with_goals))
    console.result(
        {
            "out": str(asked.out),
            "first_year": first,
            "last_year": last,
            "institutions": {one.institution: one.indicators for one in told},
        },
        *(
            _("%(institution)s: %(indicators)s indicadores por %(months)s meses en «%(out)s».")
            % {"institution": one.institution, "indicators": one.indicators, "months": one.months, "out": asked.out}
            for one in told
        ),
    )
