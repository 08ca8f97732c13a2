"""What is to be delivered of the closed months, and who owes the next step of each delivery (A1-24, A1-26)."""

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _

from rumbo.core.rendering.text import short_date
from rumbo.core.timekeeping.period import Period
from rumbo.core.vocabulary.owed import Owed
from rumbo.core.vocabulary.permission import Actor, Permission
from rumbo.foundation.calendars import queries as calendars
from rumbo.foundation.contracts import queries as contracts
from rumbo.foundation.contracts.queries import DeliveryState
from rumbo.foundation.organization import queries as organization
from rumbo.systems.evaluation.queries.closings import last_closed_period

if TYPE_CHECKING:
    from rumbo.foundation.contracts.models import Delivery
    from rumbo.foundation.organization.models import Institution
    from rumbo.foundation.organization.settings import InstitutionSettings


def delivery_due(institution: "Institution", period: Period) -> date | None:
    """The day that the calendar gives; None when its month has too few business days."""
    try:
        return calendars.due_dates(institution, period).delivery_due
    except calendars.NoSuchBusinessDay:
        return None


def deliveries_owed(actor: Actor, institution: "Institution", *, on: date) -> list[Owed]:
    """To deliver and to answer, for who prepares the reports; to verify, for the requesting area."""
    accepts = actor.may(Permission.ACCEPT_DELIVERABLES, institution.pk)
    delivers = actor.may(Permission.PREPARE_REPORTS, institution.pk)
    if not accepts and not delivers:
        return []
    decided = organization.settings_on(institution, on)
    # With a contractor it is theirs to deliver, and Planning, which may, does not owe it.
    delivers = delivers and not (decided.contractor_name and actor.may(Permission.VALIDATE, institution.pk))
    latest = contracts.latest_by_period(institution.pk)
    owed = [
        line
        for index, delivery in sorted(latest.items())
        for line in _of(institution, Period.of(index), delivery, accepts=accepts, delivers=delivers)
    ]
    return owed + (list(_undelivered(institution, latest, decided)) if delivers else [])


def _of(
    institution: "Institution", period: Period, delivery: "Delivery", *, accepts: bool, delivers: bool
) -> Iterator[Owed]:
    if accepts and delivery.state == DeliveryState.DELIVERED:
        yield Owed(
            kind="accept",
            title=_("Verificar la entrega de %(month)s") % {"month": calendars.month_and_year(period)},
            detail=_("Entrega núm. %(number)s, del %(day)s")
            % {"number": delivery.number, "day": short_date(delivery.delivered_on)},
            url=_page(institution, period),
        )
    if delivers and delivery.state == DeliveryState.OBSERVED:
        yield Owed(
            kind="deliver",
            title=_("Responder la observación de %(month)s") % {"month": calendars.month_and_year(period)},
            detail=_("Entrega núm. %(number)s, observada el %(day)s")
            % {"number": delivery.number, "day": short_date(delivery.decided_on)},
            url=_page(institution, period),
            reason=delivery.reasons,
        )


def _undelivered(
    institution: "Institution", latest: "dict[int, Delivery]", decided: "InstitutionSettings"
) -> Iterator[Owed]:
    """Closed months of the contract without delivery. Before the first one made here they may have been delivered
    elsewhere: without any, only the month closed last is owed."""
    last = last_closed_period(institution.pk)
    if last is None or not decided.deliveries_total or not decided.first_delivery_period:
        return
    start = Period.parse(decided.first_delivery_period).index
    first = max(start, min(latest, default=last.index))
    for index in range(first, min(last.index, start + decided.deliveries_total - 1) + 1):
        if index not in latest:
            period = Period.of(index)
            yield Owed(
                kind="deliver",
                title=_("Entregar %(month)s") % {"month": calendars.month_and_year(period)},
                detail=_("El mes ya está cerrado"),
                url=_page(institution, period),
                due_on=delivery_due(institution, period),
            )


def _page(institution: "Institution", period: Period) -> str:
    return reverse("evaluation:delivery", kwargs={"slug": institution.slug, "month": str(period)})
