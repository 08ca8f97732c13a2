"""What the meeting of November asked of the emergencies: to be measured each week, from four variables."""

from datetime import date
from decimal import Decimal
from typing import Any

from rumbo.core.timekeeping.period import Period
from rumbo.core.vocabulary.accumulation import Accumulation
from rumbo.core.vocabulary.direction import Direction
from rumbo.core.vocabulary.frequency import Frequency
from rumbo.foundation.organization.actor import PersonActor
from rumbo.shell.demonstration.conduct import YEAR
from rumbo.shell.demonstration.loading.reading import moment
from rumbo.shell.demonstration.loading.setting_up import House
from rumbo.systems.captures import actions as captures
from rumbo.systems.indicators import actions as indicators
from rumbo.systems.indicators import queries as goals

GOAL, CODE = "M097", "M097-1"
PLANNING, REVIEWER = "carmen@miguel-hidalgo.example", "marta@miguel-hidalgo.example"
DECIDED, SENT = date(YEAR, 11, 19), date(YEAR, 12, 1)
NOVEMBER, DECEMBER = Period(YEAR, 11), Period(YEAR, 12)
SHEET: dict[str, Any] = {
    "name": "Emergencias atendidas en 10 minutos o menos, cada semana",
    "definition": "De los llamados que eran una emergencia, los que se atendieron en 10 minutos o menos en cada base.",
    "formula": "100 × (base_norte + base_sur) ÷ (llamados − falsos)",
    "unit_of_measure": "%",
    "direction": Direction.INCREASING,
    "accumulation": Accumulation.RATIO,
    "frequency": Frequency.WEEKLY,
    "numerator_symbol": "base_norte",
    "numerator_name": "Atendidas en 10 minutos por la base norte",
    "numerator_unit": "emergencia",
    "denominator_symbol": "llamados",
    "denominator_name": "Llamados recibidos",
    "denominator_unit": "emergencia",
    "other_variables": [
        {"symbol": "base_sur", "name": "Atendidas en 10 minutos por la base sur", "unit": "emergencia"},
        {"symbol": "falsos", "name": "Llamados falsos o repetidos", "unit": "emergencia"},
    ],
    "factor": 100,
    "decimals": 1,
    "principal": False,
}
TARGET = (340, 400)  # a month: 85 %
BEFORE = "Todavía no se medía por semana; se acordó en la reunión del 18 de noviembre."
NAMES = ("base_norte", "base_sur", "llamados", "falsos")
WEEKS = {date(YEAR, 11, 22): (39, 43, 104, 9), date(YEAR, 11, 29): (44, 45, 111, 8)}


def tell(house: House, month: int, capturer: PersonActor, head: PersonActor) -> None:
    """Created after the meeting; November captured, approved and validated."""
    if month != NOVEMBER.month:
        return
    planning, at = house.person(PLANNING, DECIDED), moment(DECIDED, 11)
    goal = goals.goal_by_code(house.institution, GOAL)
    if goal is None:
        raise LookupError(GOAL)
    made = indicators.save_indicator(goal=goal, code=CODE, by=planning, at=at, **SHEET)
    months = {period.index: TARGET for period in (NOVEMBER, DECEMBER)}
    indicators.set_programme(indicator=made, year=YEAR, annual_target=85, months=months, by=planning, at=at)
    indicator = goals.indicators_by_id([made.pk])[made.pk]
    asked = goals.asked_of(indicator)
    readings = {day: dict(zip(NAMES, map(Decimal, values), strict=True)) for day, values in WEEKS.items()}
    slots = asked.stretches(NOVEMBER.index)
    entry = captures.Entry(
        readings=readings, reasons={slot.last_day: BEFORE for slot in slots if slot.last_day not in WEEKS}
    )
    institution, at = house.institution, moment(SENT, 13)
    capture = captures.save_draft(
        institution=institution, indicator=indicator, period=NOVEMBER.index, entry=entry, version=0, by=capturer, at=at
    )
    captures.submit(institution=institution, capture=capture, by=capturer, at=at)
    captures.approve_area(institution=institution, capture=capture, by=head, at=moment(SENT, 17))
    reviewer = house.person(REVIEWER, SENT)
    captures.validate(institution=institution, capture=capture, by=reviewer, at=moment(date(YEAR, 12, 2), 18))
