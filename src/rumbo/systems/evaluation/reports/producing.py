"""From a closing to the files of a delivery. Who produced what, and the digest of each file, goes to the trail."""

from collections.abc import Callable, Sequence
from datetime import date, datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext

from rumbo.core.rendering.text import Language
from rumbo.core.timekeeping.period import Period
from rumbo.core.vocabulary.marking import N_
from rumbo.core.vocabulary.permission import Actor, Permission
from rumbo.core.vocabulary.refusal import Forbidden, Refusal
from rumbo.foundation.organization import queries as organization
from rumbo.systems.evaluation.exchange.results import export_results
from rumbo.systems.evaluation.models import Closing
from rumbo.systems.evaluation.queries import closing_of
from rumbo.systems.evaluation.reports.alignment import content as alignment
from rumbo.systems.evaluation.reports.alignment import printed as alignment_printed
from rumbo.systems.evaluation.reports.alignment.workbook import alignment_workbook
from rumbo.systems.evaluation.reports.delivery.letter import letter
from rumbo.systems.evaluation.reports.delivery.lists import digest_list, evidence_index
from rumbo.systems.evaluation.reports.frame import Frame, frame_of
from rumbo.systems.evaluation.reports.monthly import content as monthly
from rumbo.systems.evaluation.reports.monthly.printed import front, print_report
from rumbo.systems.evaluation.reports.monthly.shapes import Monthly
from rumbo.systems.evaluation.reports.monthly.workbook import global_sheet_workbook, monthly_workbook
from rumbo.systems.evaluation.reports.paper import typeset
from rumbo.systems.evaluation.reports.schedule import content as schedule
from rumbo.systems.evaluation.reports.schedule import printed as schedule_printed
from rumbo.systems.evaluation.reports.schedule.workbook import schedule_workbook
from rumbo.systems.evaluation.reports.telling import tell
from rumbo.systems.evaluation.reports.words import Voice

if TYPE_CHECKING:
    from rumbo.foundation.organization.models import Institution

DIGESTS = "huellas.txt"
_TITLES = {
    "monthly": N_("Informe mensual de evaluación"),
    "alignment": N_("Matriz de alineación"),
    "schedule": N_("Programación por área"),
    "delivery": N_("Entrega del mes"),
}


class NoClosing(Refusal):
    """The month is not closed: a report is made from sealed results alone."""


class UnknownReport(Refusal):
    """There is no report, or no file, of that name."""


class _Making:
    """One run: what several files of it share is gathered once."""

    def __init__(self, institution: "Institution", period: Period, voice: Voice, on: date, site: str) -> None:
        self.institution, self.period, self.voice, self.on, self.site = institution, period, voice, on, site

    @cached_property
    def closing(self) -> Closing:
        closing = closing_of(self.institution.pk, self.period)
        if closing is None:
            raise NoClosing(
                N_("%(month)s no está cerrado: el informe se hace con resultados sellados. Cierre el mes y repita."),
                month=self.period.label.capitalize(),
            )
        return closing

    @cached_property
    def sealed(self) -> Frame:
        return frame_of(self.institution, self.period, self.closing, voice=self.voice, on=self.on, site=self.site)

    @cached_property
    def of_plan(self) -> Frame:
        return frame_of(self.institution, self.period, None, voice=self.voice, on=self.on, site=self.site)

    @cached_property
    def monthly(self) -> Monthly:
        return monthly.gather(self.sealed, self.closing)

    @cached_property
    def alignment(self) -> alignment.Alignment:
        return alignment.gather(self.of_plan)

    @cached_property
    def schedule(self) -> schedule.Schedule:
        return schedule.gather(self.of_plan)


def _monthly_pdf(making: _Making) -> bytes:
    data, images = print_report(making.monthly)
    title = f"{making.voice.say(front.TITLE)}. {making.voice.month_and_year(making.period)}"
    return typeset(making.sealed, "monthly", title, data, images)


def _alignment_pdf(making: _Making) -> bytes:
    data = alignment_printed.print_alignment(making.alignment)
    return typeset(making.of_plan, "alignment", f"{data['title']} {making.of_plan.year.label}", data)


def _schedule_pdf(making: _Making) -> bytes:
    data, images = schedule_printed.print_schedule(making.schedule)
    return typeset(making.of_plan, "schedule", f"{data['title']} {making.of_plan.year.label}", data, images)


def _letter(making: _Making) -> bytes:
    annexes = [
        making.voice.say(N_("Informe mensual de evaluación (PDF y XLSX)")),
        making.voice.say(N_("Ficha global de metas (XLSX)")),
        making.voice.say(N_("Resultados del ejercicio al corte (CSV)")),
        making.voice.say(N_("Índice de evidencias (CSV) y lista de huellas")),
    ]
    return letter(making.sealed, posts=dict(making.monthly.posts), annexes=annexes)


def _results(making: _Making) -> bytes:
    assert making.closing  # a delivery carries sealed results alone  # noqa: S101
    return export_results(making.institution, making.period)


FILES: dict[str, Callable[[_Making], bytes]] = {
    "informe-mensual.pdf": _monthly_pdf,
    "informe-mensual.xlsx": lambda making: monthly_workbook(making.monthly),
    "ficha-global.xlsx": lambda making: global_sheet_workbook(making.monthly),
    "resultados.csv": _results,
    "oficio-de-entrega.docx": _letter,
    "indice-de-evidencias.csv": lambda making: evidence_index(making.monthly),
    "matriz-de-alineacion.pdf": _alignment_pdf,
    "matriz-de-alineacion.xlsx": lambda making: alignment_workbook(making.alignment),
    "programacion-por-area.pdf": _schedule_pdf,
    "programacion-por-area.xlsx": lambda making: schedule_workbook(making.schedule),
}
_OF_MONTH = tuple(FILES)[:6]
KINDS: dict[str, tuple[str, ...]] = {
    "monthly": _OF_MONTH,
    "alignment": tuple(name for name in FILES if name.startswith("matriz-")),
    "schedule": tuple(name for name in FILES if name.startswith("programacion-")),
    "delivery": tuple(FILES),
}
_MEDIA = {
    ".pdf": "application/pdf",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".csv": "text/csv; charset=utf-8",
    ".txt": "text/plain; charset=utf-8",
}


def media_type(name: str) -> str:
    return _MEDIA[Path(name).suffix]


def produce(
    kind: str,
    *,
    institution: "Institution",
    period: Period,
    by: Actor,
    on: date,
    at: datetime,
    language: Language = "es",
    site: str = "",
) -> dict[str, bytes]:
    """The files of «monthly», «alignment», «schedule», or of the whole «delivery» with its list of digests, by name.

    `on` is the day of issue; `site` begins the address printed as a QR. Raises UnknownReport, Forbidden, NoClosing,
    NoPlan, NothingProgrammed.
    """
    if kind not in KINDS:
        raise UnknownReport(
            N_("«%(kind)s» no es un informe. Pida uno de estos: %(known)s."), kind=kind, known=", ".join(KINDS)
        )
    if not by.may(Permission.PREPARE_REPORTS, institution.pk):
        raise Forbidden(N_("Los informes los prepara la Dirección de Planeación o el prestador del servicio."))
    files = _made(KINDS[kind], institution, period, on, language, site)
    if kind in ("monthly", "delivery"):
        files[DIGESTS] = digest_list(files)
    tell(kind, _TITLES[kind], files, institution=institution, period=period, by=by, at=at)
    return files


def produce_file(
    name: str,
    *,
    institution: "Institution",
    period: Period,
    by: Actor,
    on: date,
    at: datetime,
    language: Language = "es",
    site: str = "",
) -> bytes:
    """One file alone, for whoever may read the reports. Raises UnknownReport, Forbidden, NoClosing and as above."""
    if name not in FILES:
        raise UnknownReport(N_("«%(name)s» no es un documento de la entrega."), name=name)
    if not by.may(Permission.VIEW_REPORTS, institution.pk):
        raise Forbidden(
            N_("Los informes los consulta quien tiene permiso para verlos. Pídalo a la Dirección de Planeación.")
        )
    files = _made((name,), institution, period, on, language, site)
    kind = next(kind for kind, names in KINDS.items() if name in names)
    tell(kind, _TITLES[kind], files, institution=institution, period=period, by=by, at=at)
    return files[name]


def _made(
    names: Sequence[str], institution: "Institution", period: Period, on: date, language: Language, site: str
) -> dict[str, bytes]:
    with translation.override(language):
        named = organization.as_called_on(institution, period.last_day)
        making = _Making(named, period, Voice(language, gettext), on, site or _own_site())
        return {name: FILES[name](making) for name in names}


def _own_site() -> str:
    """Under what name this installation is served, for who asks from a terminal."""
    scheme = "https" if settings.SESSION_COOKIE_SECURE else "http"
    return f"{scheme}://{next(iter(settings.ALLOWED_HOSTS), 'localhost').lstrip('.')}"
