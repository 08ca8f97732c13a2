"""What a scheme would change, before anybody saves it: the same month evaluated under both, nothing stored."""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rumbo.core.engine.comparing import difference
from rumbo.core.timekeeping.period import Period
from rumbo.core.vocabulary.light import Light
from rumbo.core.vocabulary.performance_class import PerformanceClass
from rumbo.systems.evaluation.models import RollupResult
from rumbo.systems.evaluation.queries.blocks import year_of
from rumbo.systems.evaluation.queries.closings import closing_of, last_closed_period
from rumbo.systems.evaluation.queries.evaluated import evaluated
from rumbo.systems.evaluation.queries.rollups import INSTITUTION, membership, rolled_up
from rumbo.systems.evaluation.queries.schemes import InForce, in_force_on
from rumbo.systems.evaluation.queries.table import Evaluated
from rumbo.systems.evaluation.queries.to_close import next_to_close
from rumbo.systems.indicators import queries as indicators

if TYPE_CHECKING:
    from rumbo.foundation.organization.models import Institution

WHOLE = (INSTITUTION.value, 0)


@dataclass(frozen=True, slots=True)
class Tally:
    """A month under one scheme: goals per light and per class, and the institution as a whole."""

    lights: Mapping[Light, int]
    classes: Mapping[PerformanceClass, int]
    whole: RollupResult


@dataclass(frozen=True, slots=True)
class Moved:
    """A goal whose light or class would not be the same."""

    code: str
    statement: str
    unit_name: str
    before: Evaluated
    after: Evaluated

    @property
    def change(self) -> float | None:
        """Points of compliance to date."""
        return difference(self.after.compliance_to_date, self.before.compliance_to_date)


@dataclass(frozen=True, slots=True)
class Preview:
    """One month under the scheme in force and under the proposed one.

    `sealed`: the month is closed and will not change, whatever is saved. `figures` counts the goals whose percentage
    changes while their light and class stay.
    """

    period: Period
    sealed: bool
    before: Tally
    after: Tally
    moved: list[Moved]
    figures: int
    total: int


def preview(institution: "Institution", change: Callable[[InForce], InForce]) -> Preview | None:
    """The last closed month as it is and after `change`; the open one when none is closed; None without programme.

    A fixed number of queries, whatever the number of goals.
    """
    period = last_closed_period(institution.pk) or next_to_close(institution.pk)
    return None if period is None else preview_of(institution, period, change)


def preview_of(institution: "Institution", period: Period, change: Callable[[InForce], InForce]) -> Preview:
    sealed = closing_of(institution.pk, period) is not None
    fiscal = institution.year_of(period)
    year = year_of(institution.pk, fiscal, cut=fiscal.elapsed(period), only_approved=sealed)
    trees = membership(institution.pk)

    def under(schemes: InForce) -> tuple[list[Evaluated], Tally]:
        rows = evaluated(institution.pk, year, schemes, ranked=False)
        principal = [row for row in rows if row.principal]
        rolled = rolled_up(institution.pk, principal, period.index, schemes.scheme, trees, None, only={WHOLE})
        lights = Counter(Light(row.light) for row in principal)
        classes = Counter(PerformanceClass(row.performance_class) for row in principal)
        return principal, Tally(lights, classes, rolled[0])

    current = in_force_on(institution.pk, period)
    before, was = under(current)
    after, now = under(change(current))
    pairs = list(zip(before, after, strict=True))
    moved = [(one, other) for one, other in pairs if _verdict(one) != _verdict(other)]
    figures = sum(
        _verdict(one) == _verdict(other) and one.compliance_to_date != other.compliance_to_date for one, other in pairs
    )
    return Preview(period, sealed, was, now, _named(institution, moved), figures, len(pairs))


def _verdict(row: Evaluated) -> tuple[int, int]:
    return row.light, row.performance_class


def _named(institution: "Institution", moved: list[tuple[Evaluated, Evaluated]]) -> list[Moved]:
    goals = {goal.pk: goal for goal in indicators.goals_of(institution, with_retired=True)} if moved else {}
    found = [
        Moved(goal.code, goal.statement, goal.unit.name, before, after)
        for before, after in moved
        if (goal := goals[before.goal_id])
    ]
    return sorted(found, key=lambda one: one.code)
