"""The deliveries of the contract as its page lists them."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from rumbo.foundation.contracts.queries import DeliveryState
from rumbo.systems.evaluation.presenters.deliveries import Standing, standing_of, time_of
from rumbo.systems.evaluation.presenters.wording import month_and_year
from rumbo.systems.evaluation.queries.instalments import Instalment

TOLD_FIRST = (DeliveryState.ACCEPTED, DeliveryState.DELIVERED, DeliveryState.OBSERVED)


@dataclass(frozen=True, slots=True)
class InstalmentRow:
    """`standing` is None while its month is open. `time`: in time, or how late."""

    instalment: Instalment
    month: str
    standing: Standing | None
    time: str
    late: bool


def instalment_rows(slug: str, found: Iterable[Instalment]) -> list[InstalmentRow]:
    """Those that are followed here."""
    return [_row(slug, one) for one in found if not one.elsewhere]


def delivered_elsewhere(found: Iterable[Instalment]) -> str:
    """«Las entregas 1 a 7, de … a …, son anteriores»; empty when every one is."""
    before = [one for one in found if one.elsewhere]
    if not before:
        return ""
    if len(before) == 1:
        return _("La entrega %(number)s, de %(month)s, es anterior a las que se llevan aquí.") % {
            "number": before[0].number, "month": month_and_year(before[0].period),
        }  # fmt: skip
    return _("Las entregas %(first)s a %(last)s, de %(start)s a %(end)s, son anteriores a las que se llevan aquí.") % {
        "first": before[0].number, "last": before[-1].number,
        "start": month_and_year(before[0].period), "end": month_and_year(before[-1].period),
    }  # fmt: skip


def in_short(found: Iterable[Instalment]) -> str:
    """«Aceptada: 1 · Observada: 1»; the states that there are."""
    counts = Counter(one.state for one in found if one.delivery is not None)
    return " · ".join(f"{_(state.label)}: {counts[state]}" for state in TOLD_FIRST if counts[state])


def _row(slug: str, one: Instalment) -> InstalmentRow:
    delivery = one.delivery
    first = delivery is not None and delivery.number == 1
    return InstalmentRow(
        instalment=one,
        month=month_and_year(one.period),
        standing=standing_of(slug, one.period, delivery) if one.closed else None,
        time=time_of(delivery.delivered_on, delivery.due_on) if delivery is not None and first else "",
        late=delivery is not None and first and delivery.late,
    )
