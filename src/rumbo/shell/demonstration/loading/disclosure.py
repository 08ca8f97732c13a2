"""The transparency records of the year: one in time, one late, one in time and later corrected, and the one in hand."""

from dataclasses import dataclass
from datetime import date

from rumbo.core.timekeeping.quarter import Quarter
from rumbo.foundation.organization.actor import PersonActor
from rumbo.foundation.planning import actions as planning
from rumbo.shell.demonstration.conduct import YEAR
from rumbo.shell.demonstration.loading.reading import moment
from rumbo.shell.demonstration.loading.setting_up import SYSTEM, House
from rumbo.systems.transparency import actions as transparency
from rumbo.systems.transparency import queries as disclosures

RESPONSIBLE = "JOA-UT"
PLACE = "https://www.miguel-hidalgo.example/transparencia"


@dataclass(frozen=True, slots=True)
class Told:
    """What was done with a quarter; a draft has only its first day."""

    quarter: int
    prepared: date
    validated: date | None = None
    published: date | None = None


# By the evaluated month after which it happens.
STORY = {
    3: Told(1, date(YEAR, 4, 20), date(YEAR, 4, 22), date(YEAR, 4, 24)),
    7: Told(2, date(YEAR, 8, 17), date(YEAR, 8, 17), date(YEAR, 8, 18)),  # was due on 14 August
    9: Told(3, date(YEAR, 10, 19), date(YEAR, 10, 20), date(YEAR, 10, 21)),
    11: Told(4, date(YEAR, 12, 3)),
}
CORRECTED = 10  # the evaluated month after which the third quarter is corrected
CORRECTION = (date(YEAR, 11, 18), date(YEAR, 11, 19))  # begun; validated and published
WHY = "El hipervínculo al Programa Operativo Anual llevaba a la versión anterior a la adecuación de junio."


def complete_plan(house: House, on: date) -> None:
    """What the format asks of the plan and the monthly follow-up does not."""
    planning.describe_plan(
        plan=house.plan,
        by=SYSTEM,
        at=moment(on, 9),
        annual_plan_url=f"{PLACE}/programa-operativo-anual-{YEAR}.pdf",
        work_programme_url=f"{PLACE}/programa-de-gobierno-2024-2027.pdf",
        higher_plan_alignment="Los seis ejes rectores se vinculan con los ejes del plan general de desarrollo de la"
        " Ciudad de México en materia de servicios, seguridad, bienestar, movilidad, economía y buen gobierno (texto de"
        " demostración).",
    )


def tell(house: House, month: int, closer: PersonActor) -> None:
    """What was done with the quarter that ended, once a month is closed."""
    if month == CORRECTED:
        _correct(house, closer)
    told = STORY.get(month)
    if told is None:
        return
    record = transparency.prepare(
        institution=house.institution, quarter=Quarter(YEAR, told.quarter), units=[RESPONSIBLE],
        by=closer, on=told.prepared, at=moment(told.prepared, 12),
    )  # fmt: skip
    if told.validated is None or told.published is None:
        return
    record = transparency.validate(
        record=record, validated_on=told.validated, by=closer, on=told.validated, at=moment(told.validated, 12)
    )
    transparency.publish(
        record=record, published_on=told.published, by=closer, on=told.published, at=moment(told.published, 12)
    )


def _correct(house: House, closer: PersonActor) -> None:
    begun, done = CORRECTION
    published = disclosures.public_record(house.institution, Quarter(YEAR, 3))
    assert published is not None  # noqa: S101  (it was published after September)
    record = transparency.correct(
        record=published, reason=WHY, post=closer.post_in(house.institution.pk), by=closer, on=begun,
        at=moment(begun, 12),
    )  # fmt: skip
    record = transparency.edit(
        record=record, values={"annual_plan_url": f"{PLACE}/programa-operativo-anual-{YEAR}-adecuado.pdf"}, by=closer,
        at=moment(begun, 13),
    )  # fmt: skip
    record = transparency.validate(record=record, validated_on=done, by=closer, on=done, at=moment(done, 12))
    transparency.publish(record=record, published_on=done, by=closer, on=done, at=moment(done, 13))
