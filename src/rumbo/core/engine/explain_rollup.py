"""How the figure of many goals was made: the weighted mean with its numbers in it."""

from collections.abc import Sequence

import numpy as np

from rumbo.core.engine.explain import Operation, written
from rumbo.core.engine.missing import half_up
from rumbo.core.engine.scheme import Scheme


def explain_mean(values: Sequence[float | None], weights: Sequence[float], scheme: Scheme) -> Operation:
    """The mean of `rollup` over one node, from the percentages of its goals (None does not count) and their weights.

    w peso, x porcentaje de cada meta, within 0..cap.
    """
    known = [(value, weight) for value, weight in zip(values, weights, strict=True) if value is not None]
    percent, weight = np.array(known, dtype=np.float64).reshape(-1, 2).T
    capped = np.clip(percent, 0.0, np.inf if scheme.cap is None else scheme.cap)
    amount, mass = float((capped * weight).sum()), float(weight.sum())
    x = "x" if scheme.cap is None else f"mín(x, {written(scheme.cap)})"
    symbols = f"Σ (w × {x}) ÷ Σ w"
    if not mass:
        return Operation(symbols, "", None)
    mean = float(half_up(np.array([amount / mass]), scheme.decimals)[0])
    return Operation(symbols, f"{written(round(amount, 4))} ÷ {written(mass)} = {written(mean)}", mean)
