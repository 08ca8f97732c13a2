"""An open month rolled up by the engine (decision F), once for each time that its results are computed.

What is kept is the institution's, whole: each board takes from it only the nodes that it shows.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial

from rumbo.core.engine import Scheme
from rumbo.foundation.audit.queries import Memory
from rumbo.systems.evaluation.models import RollupResult
from rumbo.systems.evaluation.queries.board_months import BoardMonth
from rumbo.systems.evaluation.queries.ground import Ground
from rumbo.systems.evaluation.queries.light_rows import LightRow, light_rows
from rumbo.systems.evaluation.queries.rollups import rolled_up

_months = Memory(8)  # of some 400 KB with 1,500 goals; ours: the open months of as many institutions in use


@dataclass(frozen=True, slots=True)
class OpenMonth:
    """Every principal result of the month, and every node. They are shared: not to change."""

    rows: list[LightRow]
    nodes: Mapping[tuple[str, int], RollupResult]


def open_month(ground: Ground, month: BoardMonth, scheme: Scheme) -> OpenMonth:
    """One query, and none until something of the institution is written or the month is computed again."""
    state = f"{ground.head} {month.newest}"
    return _months.under(ground.institution.slug, state, month.period.index, partial(_read, ground, month, scheme))


def _read(ground: Ground, month: BoardMonth, scheme: Scheme) -> OpenMonth:
    rows = light_rows(ground.institution.pk, month)
    rolled = rolled_up(ground.institution.pk, rows, month.period.index, scheme, ground.membership, None)
    return OpenMonth(rows, {(one.tree, one.node): one for one in rolled})
