"""The evaluator: an indicator-year is a row, a period is a column; a rule is a function from arrays to arrays.

    block = Block(direction=..., accumulation=..., programmed=..., actual=...)
    result = evaluate(block, Scheme())

Everything here is a pure function of its arguments; nothing knows a database, a file or the clock.
"""

from rumbo.core.engine.bands import Bands
from rumbo.core.engine.block import NO_SLOT, Block, Result
from rumbo.core.engine.evaluate import Original, evaluate
from rumbo.core.engine.explain import Explanation, explain
from rumbo.core.engine.missing import half_up, owed
from rumbo.core.engine.ranks import listing, ranks
from rumbo.core.engine.rollup import Rollup, ancestry, rollup
from rumbo.core.engine.scheme import Scheme, SchemeError
from rumbo.core.engine.streaks import Carried, carried

__all__ = [
    "NO_SLOT",
    "Bands",
    "Block",
    "Carried",
    "Explanation",
    "Original",
    "Result",
    "Rollup",
    "Scheme",
    "SchemeError",
    "ancestry",
    "carried",
    "evaluate",
    "explain",
    "half_up",
    "listing",
    "owed",
    "ranks",
    "rollup",
]
