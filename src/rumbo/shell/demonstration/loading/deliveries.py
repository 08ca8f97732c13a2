"""The deliveries of the borough's last months: one accepted, one observed and answered, one observed yesterday."""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from rumbo.core.timekeeping.period import Period
from rumbo.foundation.calendars import queries as calendars
from rumbo.foundation.contracts import actions as contracts
from rumbo.shell.demonstration.conduct import YEAR
from rumbo.shell.demonstration.loading.reading import moment
from rumbo.shell.demonstration.loading.setting_up import House
from rumbo.systems.evaluation import queries as evaluation
from rumbo.systems.evaluation import reports

if TYPE_CHECKING:
    from rumbo.foundation.contracts.models import Delivery

CONTRACTOR, REQUESTING = "prestador@miguel-hidalgo.example", "solicitante@miguel-hidalgo.example"


@dataclass(frozen=True, slots=True)
class Told:
    """One delivery, by the evaluated month after whose closing it happens; `period` is the month delivered."""

    after: int
    period: int
    delivered: date
    answer: str = ""
    accepted: date | None = None
    observed: date | None = None
    reasons: str = ""


STORY = (
    Told(8, 8, date(YEAR, 9, 29), accepted=date(YEAR, 10, 2)),
    Told(
        9, 9, date(YEAR, 10, 29), observed=date(YEAR, 11, 6),
        reasons="En «Compromisos», cuatro metas de Obras tienen la fecha vencida y no se dice qué resultó.\n"
        "Falta el oficio de entrega firmado por el prestador.",
    ),
    Told(
        10, 9, date(YEAR, 11, 26),
        answer="Obras informó qué resultó de los cuatro compromisos y se anexa el oficio firmado.",
    ),
    Told(
        10, 10, date(YEAR, 11, 27), observed=date(YEAR, 12, 2),
        reasons="En «Acompañamiento técnico», la capacitación a Obras no dice qué áreas faltaron. Aclárelo.",
    ),
)  # fmt: skip


def tell(house: House, month: int) -> None:
    """What was delivered and decided once a month is closed."""
    for told in STORY:
        if told.after == month:
            _decide(house, told, _deliver(house, told))


def _deliver(house: House, told: Told) -> "Delivery":
    institution, period, on = house.institution, Period(YEAR, told.period), told.delivered
    closing = evaluation.closing_of(institution.pk, period)
    assert closing is not None  # noqa: S101  (it was closed before)
    by, at = house.person(CONTRACTOR, on), moment(on, 13)
    files = reports.produce("delivery", institution=institution, period=period, by=by, on=on, at=at)
    return contracts.deliver(
        institution=institution,
        period=period,
        source=contracts.Source(f"Cierre núm. {closing.number}", closing.digest),
        files={
            name: contracts.DeliveredFile(name, content, reports.media_type(name)) for name, content in files.items()
        },
        due_on=calendars.due_dates(institution, period).delivery_due,
        answer=told.answer,
        post=by.post_in(institution.pk),
        by=by,
        on=on,
        at=at,
    )


def _decide(house: House, told: Told, delivery: "Delivery") -> None:
    day = told.accepted or told.observed
    if day is None:
        return
    by = house.person(REQUESTING, day)
    post, at = by.post_in(house.institution.pk), moment(day, 11)
    if told.accepted:
        contracts.accept(delivery=delivery, post=post, by=by, on=day, at=at)
    else:
        contracts.observe(delivery=delivery, reasons=told.reasons, post=post, by=by, on=day, at=at)
