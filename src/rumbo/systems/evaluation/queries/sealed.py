"""Of sealed months, what the boards of later ones compare with. A closing never changes: it is read once and kept."""

from functools import partial
from typing import Any, NamedTuple

from rumbo.foundation.audit.queries import Memory, Prepared
from rumbo.systems.evaluation.models import Result
from rumbo.systems.evaluation.queries.board_months import BoardMonth

_closings = Memory(12)  # of some 200 KB with 1,500 goals; ours: the last two months of six institutions in use


class Sealed(NamedTuple):
    """An indicator in a sealed month. `compliance_to_date` in per cent."""

    principal: bool
    rank: int | None
    compliance_to_date: float | None


def sealed_figures(month: BoardMonth) -> dict[int, Sealed]:
    """By indicator, those that are not principal too; empty for an open month. One query, once for each closing."""
    if month.closing_id is None:
        return {}
    return _closings.under(str(month.closing_id), month.digest, "figures", partial(_read, month))


def _read(month: BoardMonth) -> dict[int, Sealed]:
    return {row[0]: Sealed._make(row[1:]) for row in _figures.rows(month.closing_id or 0)}


@Prepared
def _figures(closing: int) -> Any:
    return Result.objects.filter(closing=closing).order_by().values_list("indicator_id", *Sealed._fields)
