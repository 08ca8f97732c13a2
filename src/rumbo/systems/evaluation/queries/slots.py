"""Every due slot of a year with its result, from the current closings and, in open months, what is provisional."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from rumbo.core.timekeeping.period import Period
from rumbo.core.timekeeping.slots import FiscalYear
from rumbo.core.vocabulary.light import Light
from rumbo.core.vocabulary.performance_class import PerformanceClass
from rumbo.systems.evaluation.models import Closing, Result
from rumbo.systems.evaluation.queries.blocks import year_of
from rumbo.systems.evaluation.queries.evaluated import evaluated
from rumbo.systems.evaluation.queries.schemes import schemes_by_month
from rumbo.systems.indicators import queries as indicators

if TYPE_CHECKING:
    from rumbo.foundation.organization.models import Institution


class Slot(NamedTuple):
    """One principal indicator in one month that was due. Figures as stored; see `models.Result`."""

    area: str
    plan_element: str
    goal: str
    indicator: str
    period: int
    programmed: float | None
    actual: float | None
    programmed_to_date: float | None
    actual_to_date: float | None
    compliance_month: float | None
    compliance_to_date: float | None
    compliance_year: float | None
    light: Light
    performance_class: PerformanceClass
    gap: float | None
    state: str


_PATHS = (
    "unit__code", "plan_element__code", "goal__code", "indicator__code", "period", "programmed", "actual",
    "programmed_to_date", "actual_to_date", "compliance_month", "compliance_to_date", "compliance_year", "light",
    "performance_class", "gap", "state",
)  # fmt: skip


def due_slots(institution: "Institution", period: Period) -> list[Slot]:
    """Of the year of `period`, up to it; goal by goal in their order, month by month. Three queries when all is sealed.

    An open month that nobody has evaluated yet is evaluated here and not stored.
    """
    year = institution.year_of(period)
    months = [Period.of(index) for index in year.through(period)]
    first, last = year.first.index, period.index
    rows = Result.objects.filter(institution=institution, principal=True, due=True, period__range=(first, last))
    stored = rows.exclude(closing__current=False).order_by("goal__position", "goal__code", "period")
    # A month that was closed keeps no provisional row: each month comes from one place alone.
    found = [Slot._make(row) for row in stored.values_list(*_PATHS)]
    closed = set(
        Closing.objects.filter(institution=institution, period__range=(first, last)).values_list("period", flat=True)
    )
    known = closed | {slot.period for slot in found}
    missing = [month for month in months if month.index not in known]
    if missing:
        found += _evaluated_now(institution.pk, year, missing)
        order = {slot.goal: place for place, slot in enumerate(reversed(found))}
        found.sort(key=lambda slot: (-order[slot.goal], slot.period))
    return [
        slot._replace(light=Light(slot.light), performance_class=PerformanceClass(slot.performance_class))
        for slot in found
    ]


def _evaluated_now(institution_id: int, year: FiscalYear, months: list[Period]) -> Iterator[Slot]:
    data = year_of(institution_id, year, cut=year.elapsed(months[-1]))
    programme = data.programme
    codes = dict(
        zip(programme.indicator_ids, zip(programme.indicator_codes, programme.goal_codes, strict=True), strict=True)
    )
    sheets = indicators.indicators_by_id(programme.indicator_ids)
    for schemes in schemes_by_month(institution_id, months):
        for result in evaluated(institution_id, data, schemes, ranked=False):
            if result.principal and result.due:
                goal = sheets[result.indicator_id].goal
                indicator_code, goal_code = codes[result.indicator_id]
                yield Slot(
                    goal.unit.code, goal.plan_element.code, goal_code, indicator_code, result.period,
                    result.programmed, result.actual, result.programmed_to_date, result.actual_to_date,
                    result.compliance_month, result.compliance_to_date, result.compliance_year,
                    Light(result.light), PerformanceClass(result.performance_class), result.gap, result.state,
                )  # fmt: skip
