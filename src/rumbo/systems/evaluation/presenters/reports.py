"""The documents that can be had of each month, as the page of reports shows them."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _

from rumbo.core.timekeeping.period import Period
from rumbo.core.vocabulary.marking import N_
from rumbo.foundation.contracts import queries as contracts
from rumbo.systems.evaluation.models import Closing
from rumbo.systems.evaluation.presenters.deliveries import Standing, standing_of
from rumbo.systems.evaluation.presenters.wording import SHORT, closing_name, month_and_year

if TYPE_CHECKING:
    from rumbo.foundation.contracts.models import Delivery
    from rumbo.foundation.organization.models import Institution

OF_MONTH = (
    ("informe-mensual.pdf", N_("Informe mensual"), "PDF"),
    ("informe-mensual.xlsx", N_("Informe mensual"), "XLSX"),
    ("ficha-global.xlsx", N_("Ficha global de metas"), "XLSX"),
    ("resultados.csv", N_("Resultados"), "CSV"),
    ("indice-de-evidencias.csv", N_("Índice de evidencias"), "CSV"),
    ("oficio-de-entrega.docx", N_("Oficio de entrega"), "DOCX"),
)
OF_PLAN = (
    ("matriz-de-alineacion.pdf", N_("Matriz de alineación"), "PDF"),
    ("matriz-de-alineacion.xlsx", N_("Matriz de alineación"), "XLSX"),
    ("programacion-por-area.pdf", N_("Programación por área"), "PDF"),
    ("programacion-por-area.xlsx", N_("Programación por área"), "XLSX"),
)


@dataclass(frozen=True, slots=True)
class FileLink:
    """`label` names the document, `kind` its format; a screen reader hears the month too."""

    label: str
    kind: str
    url: str
    spoken: str


@dataclass(frozen=True, slots=True)
class ReportMonth:
    """One closed month with its documents."""

    closing: Closing
    month: str
    name: str
    digest: str
    closing_url: str
    delivery_url: str
    files: list[FileLink]
    standing: Standing


def report_months(institution: "Institution", closings: list[Closing]) -> list[ReportMonth]:
    delivered = contracts.latest_by_period(institution.pk)
    return [_month(institution.slug, closing, delivered.get(closing.period)) for closing in closings]


def plan_files(institution: "Institution", period: Period) -> list[FileLink]:
    """Of the plan of a year, whatever is closed."""
    return _links(institution.slug, period, OF_PLAN, institution.year_of(period).label)


def _month(slug: str, closing: Closing, delivered: "Delivery | None") -> ReportMonth:
    period = Period.of(closing.period)
    named = {"slug": slug, "month": str(period)}
    return ReportMonth(
        closing=closing,
        month=month_and_year(period),
        name=closing_name(closing),
        digest=closing.digest[:SHORT],
        closing_url=reverse("evaluation:closed", kwargs=named | {"number": closing.number}),
        delivery_url=reverse("evaluation:report_delivery", kwargs=named),
        files=_links(slug, period, OF_MONTH, month_and_year(period)),
        standing=standing_of(slug, period, delivered),
    )


def _links(slug: str, period: Period, files: tuple[tuple[str, str, str], ...], of: str) -> list[FileLink]:
    return [
        FileLink(
            label=_(label),
            kind=kind,
            url=reverse("evaluation:report_file", kwargs={"slug": slug, "month": str(period), "name": name}),
            spoken=_("%(document)s, %(kind)s, %(of)s") % {"document": _(label), "kind": kind, "of": of},
        )
        for name, label, kind in files
    ]
