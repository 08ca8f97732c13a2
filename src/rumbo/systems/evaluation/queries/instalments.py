"""The deliveries that the institution's own contract asks for, one a month: what became of each (A1-21, A1-24)."""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from rumbo.core.timekeeping.period import Period
from rumbo.foundation.calendars import queries as calendars
from rumbo.foundation.contracts import queries as contracts
from rumbo.foundation.contracts.queries import DeliveryState
from rumbo.foundation.organization import queries as organization
from rumbo.systems.evaluation.queries.closings import last_closed_period

if TYPE_CHECKING:
    from rumbo.foundation.contracts.models import Contract, Delivery
    from rumbo.foundation.organization.models import Institution


@dataclass(frozen=True, slots=True)
class Instalment:
    """The `number`-th delivery. `delivery`: its newest one, None while there is none. `elsewhere`: its month is before
    the first one delivered here. `closed`: its month can be delivered. `overdue`: it can, and its day has passed."""

    number: int
    period: Period
    due_on: date | None
    delivery: "Delivery | None"
    elsewhere: bool
    closed: bool
    overdue: bool

    @property
    def state(self) -> DeliveryState:
        return DeliveryState(self.delivery.state) if self.delivery else DeliveryState.TO_DELIVER


def instalments_of(institution: "Institution", contract: "Contract", *, on: date) -> list[Instalment]:
    """In order; none for a contract that is not the one whose number the institution has in its configuration.

    A fixed number of queries for each calendar year of them.
    """
    decided = organization.settings_on(institution, on)
    if contract.number != decided.contract_number or not decided.deliveries_total or not decided.first_delivery_period:
        return []
    start = Period.parse(decided.first_delivery_period)
    periods = [start.plus(count) for count in range(decided.deliveries_total)]
    due = _due(institution, periods)
    latest, last = contracts.latest_by_period(institution.pk), last_closed_period(institution.pk)
    first_here = min(latest, default=last.index if last else start.index)
    found = []
    for number, period in enumerate(periods, 1):
        delivery = latest.get(period.index)
        closed = last is not None and period.index <= last.index
        due_on = delivery.due_on if delivery else due.get(period.index)
        elsewhere = closed and delivery is None and period.index < first_here
        overdue = closed and not elsewhere and delivery is None and due_on is not None and due_on < on
        found.append(Instalment(number, period, due_on, delivery, elsewhere, closed, overdue))
    return found


def _due(institution: "Institution", periods: list[Period]) -> dict[int, date]:
    """By month; without those whose calendar leaves too few business days."""
    years = sorted({period.year for period in periods})
    dates = [month for year in years for month in calendars.due_dates_of_year(institution, year)]
    return {month.period.index: month.delivery_due for month in dates}
