"""The deliveries of a month in words: what was delivered, when it was due, what was decided."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from rumbo.core.timekeeping.business_days import natural_days_late
from rumbo.core.timekeeping.period import Period
from rumbo.foundation.contracts.queries import DeliveryState
from rumbo.systems.evaluation.models import Closing
from rumbo.systems.evaluation.presenters.wording import closing_name

if TYPE_CHECKING:
    from rumbo.foundation.contracts.models import DeliveredDocument, Delivery
    from rumbo.foundation.organization.models import Institution

# Existing looks of the style sheet: dashed, plain, accent, red, green.
LOOKS = {
    DeliveryState.TO_DELIVER: "state-missing",
    DeliveryState.DELIVERED: "state-planning-review",
    DeliveryState.OBSERVED: "state-returned",
    DeliveryState.ACCEPTED: "state-approved",
}


@dataclass(frozen=True, slots=True)
class Standing:
    """Of a month, as the page of reports shows it."""

    url: str
    label: str
    look: str


@dataclass(frozen=True, slots=True)
class DocumentRow:
    document: "DeliveredDocument"
    url: str


@dataclass(frozen=True, slots=True)
class DeliveryRow:
    """One delivery. `time`: in time, or how late; `source_url` is empty when its closing is not found."""

    delivery: "Delivery"
    label: str
    look: str
    time: str
    late: bool
    source: str
    source_url: str
    documents: list[DocumentRow]


def standing_of(slug: str, period: Period, delivery: "Delivery | None") -> Standing:
    state = DeliveryState(delivery.state) if delivery else DeliveryState.TO_DELIVER
    url = reverse("evaluation:delivery", kwargs={"slug": slug, "month": str(period)})
    return Standing(url, _(state.label), LOOKS[state])


def rows_of(
    institution: "Institution", deliveries: "Iterable[Delivery]", closings: Iterable[Closing]
) -> list[DeliveryRow]:
    sources = {closing.digest: closing for closing in closings}
    return [_row(institution.slug, delivery, sources.get(delivery.source_digest)) for delivery in deliveries]


def _row(slug: str, delivery: "Delivery", source: Closing | None) -> DeliveryRow:
    state, period = DeliveryState(delivery.state), Period.of(delivery.period)
    named = {"slug": slug, "month": str(period), "number": delivery.number}
    return DeliveryRow(
        delivery=delivery,
        label=_(state.label),
        look=LOOKS[state],
        time=time_of(delivery.delivered_on, delivery.due_on) if delivery.number == 1 else "",
        late=delivery.late and delivery.number == 1,
        source=closing_name(source) if source else delivery.source,
        source_url=reverse("evaluation:closed", kwargs=named | {"number": source.number}) if source else "",
        documents=[
            DocumentRow(one, reverse("evaluation:delivered_file", kwargs=named | {"name": one.name}))
            for one in delivery.documents.all()
        ],
    )


def time_of(delivered_on: date, due_on: date | None) -> str:
    """«en plazo», «3 días naturales después»; nothing without a day to compare."""
    if due_on is None:
        return ""
    days = natural_days_late(due_on, delivered_on)
    if not days:
        return _("en plazo")
    return ngettext("%(days)s día natural después", "%(days)s días naturales después", days) % {"days": days}
