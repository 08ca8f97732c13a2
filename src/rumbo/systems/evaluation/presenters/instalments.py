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
    """`standing` is None while there is nothing to open, and then `why` says why. `time`: in time, or how late."""

    instalment: Instalment
    month: str
    standing: Standing | None
    why: str
    time: str
    late: bool


def instalment_rows(slug: str, found: Iterable[Instalment]) -> list[InstalmentRow]:
    return [_row(slug, one) for one in found]


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
        standing=standing_of(slug, one.period, delivery) if one.closed and not one.elsewhere else None,
        why=_("No se entregó por aquí") if one.elsewhere else "" if one.closed else _("El mes sigue abierto"),
        time=time_of(delivery.delivered_on, delivery.due_on) if delivery is not None and first else "",
        late=delivery is not None and first and delivery.late,
    )
