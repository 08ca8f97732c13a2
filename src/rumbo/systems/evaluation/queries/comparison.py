"""Two closings of the same month, side by side: what a complementary closing changed."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from rumbo.core.engine.comparing import difference
from rumbo.core.vocabulary.light import Light
from rumbo.core.vocabulary.performance_class import PerformanceClass
from rumbo.systems.evaluation.models import Closing, RollupResult


class Side(NamedTuple):
    """What one closing says of a goal."""

    code: str
    statement: str
    unit_name: str
    decimals: int
    programmed_to_date: float | None
    actual_to_date: float | None
    compliance_to_date: float | None
    compliance_year: float | None
    light: Light
    performance_class: PerformanceClass
    rank: int | None


@dataclass(frozen=True, slots=True)
class Difference:
    """A goal whose sealed figures are not the same. A side is None when the goal is not in that closing."""

    before: Side | None
    after: Side | None

    @property
    def side(self) -> Side:
        found = self.after or self.before
        assert found is not None  # noqa: S101  (one of the two gave the row)
        return found

    @property
    def change(self) -> float | None:
        """Points of compliance to date."""
        if self.before is None or self.after is None:
            return None
        return difference(self.after.compliance_to_date, self.before.compliance_to_date)


@dataclass(frozen=True, slots=True)
class Comparison:
    """`goals` are those that differ in something else than their place; `places` how many only moved in the list."""

    before: Closing
    after: Closing
    institution: tuple[RollupResult, RollupResult]
    goals: Sequence[Difference]
    places: int


def compare(before: Closing, after: Closing) -> Comparison:
    """Four queries."""
    was, now = _sides(before), _sides(after)
    changed: list[Difference] = []
    places = 0
    for pk in was.keys() | now.keys():
        one, other = was.get(pk), now.get(pk)
        if one is None or other is None or one._replace(rank=None) != other._replace(rank=None):
            changed.append(Difference(one, other))
        elif one.rank != other.rank:
            places += 1
    changed.sort(key=lambda difference: difference.side.code)
    return Comparison(before, after, (_whole(before), _whole(after)), changed, places)


def _sides(closing: Closing) -> dict[int, Side]:
    rows: Any = closing.results.filter(principal=True).values_list(
        "indicator_id",
        "goal__code",
        "goal__statement",
        "unit__name",
        "indicator__decimals",
        "programmed_to_date",
        "actual_to_date",
        "compliance_to_date",
        "compliance_year",
        "light",
        "performance_class",
        "rank",
    )
    found: dict[int, Side] = {}
    for pk, *figures, light, grade, rank in rows:
        found[pk] = Side._make((*figures, Light(light), PerformanceClass(grade), rank))
    return found


def _whole(closing: Closing) -> RollupResult:
    return closing.rollups.get(tree=RollupResult.Tree.INSTITUTION)
