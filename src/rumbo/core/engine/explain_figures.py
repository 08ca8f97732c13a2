"""The operations of a cell with their numbers in them: accumulation, compliance, distance."""

import numpy as np

from rumbo.core.engine.accumulate import Figures
from rumbo.core.engine.block import Block
from rumbo.core.engine.explanation import Evidence, Operation, number, written
from rumbo.core.engine.missing import owed, reports
from rumbo.core.engine.progress import above_programme, bounds
from rumbo.core.engine.scheme import Scheme
from rumbo.core.vocabulary.accumulation import Accumulation
from rumbo.core.vocabulary.direction import Direction
from rumbo.core.vocabulary.evaluation_policy import DecreasingFormula, MissingPolicy, RangeFormula, ZeroPolicy


def evidence_of(one: Block, scheme: Scheme, last: int) -> tuple[Evidence, ...]:
    owes, said = owed(one), reports(one, scheme)
    return tuple(
        Evidence(
            slot=slot,
            due=bool(one.due[0, slot]),
            owed=bool(owes[0, slot]),
            reported=bool(said[0, slot]),
            programmed=number(one.programmed[0, slot]),
            programmed_den=number(one.programmed_den[0, slot]),
            actual=number(one.actual[0, slot]) if said[0, slot] else None,
            actual_den=number(one.actual_den[0, slot]) if said[0, slot] else None,
        )
        for slot in range(last + 1)
    )


def programmed_of(one: Block, done: Figures, scheme: Scheme, evidence: tuple[Evidence, ...], at: int) -> Operation:
    rows = evidence
    mode = Accumulation(int(one.accumulation[0]))
    careful = scheme.missing is MissingPolicy.SILENCE_NEVER_PAYS and one.direction[0] != Direction.INCREASING
    some = any(month.reported for month in rows)
    if some and (mode is Accumulation.PERIODIC or (mode is Accumulation.SUM and careful)):
        rows = tuple(month for month in rows if month.reported)
    values = [(month.programmed, month.programmed_den) for month in rows]
    return _operation(one, scheme, mode, values, number(done.programmed_to_date[0, at]), "P")


def actual_of(one: Block, done: Figures, scheme: Scheme, evidence: tuple[Evidence, ...], at: int) -> Operation:
    values = [(month.actual, month.actual_den) for month in evidence]
    mode = Accumulation(int(one.accumulation[0]))
    return _operation(one, scheme, mode, values, number(done.actual_to_date[0, at]), "R")


def _operation(
    one: Block,
    scheme: Scheme,
    mode: Accumulation,
    values: list[tuple[float | None, float | None]],
    total: float | None,
    name: str,
) -> Operation:
    """The accumulation with its numbers. `values` are (numerator, denominator) in time order."""
    if not values:  # nothing is shown yet, whatever a month that is not due may have reported
        return Operation("", "", None)
    if total is None:
        return Operation(_SYMBOLS[mode] % {"x": name}, "", None)
    known = [number for number, _ in values if number is not None]
    if mode is Accumulation.SUM:
        numbers = " + ".join(map(written, known))
    elif mode is Accumulation.AVERAGE:
        numbers = f"({' + '.join(map(written, known))}) ÷ {len(known)}"
    elif mode.by_parts and any(den is not None for _, den in values):
        loose = scheme.missing is MissingPolicy.LAST_KNOWN  # each side adds by itself
        pairs = [(num, den) for num, den in values if loose or (num is not None and den is not None)]
        above = " + ".join(written(num) for num, _ in pairs if num is not None)
        below = " + ".join(written(den) for _, den in pairs if den is not None)
        if mode is Accumulation.RATE:
            above = f"{above} − ({below})" if len(pairs) > 1 else f"{above} − {below}"
        factor = "" if one.factor[0] == 1 else f"{written(float(one.factor[0]))} × "
        numbers = f"{factor}({above}) ÷ ({below})"
    else:
        numbers = written(total)
    equal = "" if numbers == written(total) else f" = {written(total)}"
    return Operation(_SYMBOLS[mode] % {"x": name}, numbers + equal, total)


_SYMBOLS = {
    Accumulation.SUM: "Σ %(x)s",
    Accumulation.LAST: "%(x)s",
    Accumulation.AVERAGE: "Σ %(x)s ÷ n",
    Accumulation.RATIO: "k × Σ %(x)s₁ ÷ Σ %(x)s₂",
    Accumulation.PERIODIC: "%(x)s",
    Accumulation.CONSTANT: "%(x)s",
    Accumulation.RATE: "k × (Σ %(x)s₁ − Σ %(x)s₂) ÷ Σ %(x)s₂",
}


def compliance_of(one: Block, done: Figures, scheme: Scheme, at: int, share: float, raw: float | None) -> Operation:
    """The formula of the direction, with the numbers in it, before rounding."""
    programmed, actual = number(done.programmed_to_date[0, at]), number(done.actual_to_date[0, at])
    low, high = (float(side[0, 0]) for side in bounds(one, slice(None), None))
    baseline = float(one.baseline[0]) * share
    p, r = written(programmed), written(actual)
    direction = Direction(int(one.direction[0]))
    if direction is Direction.INCREASING:
        symbols, numbers = "100 × R ÷ P", f"100 × {r} ÷ {p}"
    elif direction is Direction.NOMINAL:
        symbols, numbers = "100 × (1 − |R − P| ÷ |P|)", f"100 × (1 − |{r} − {p}| ÷ |{p}|)"
    elif direction is Direction.RANGE:
        symbols, numbers = _range(scheme, actual, low * share, high * share)
    elif _goes_by_baseline(scheme, programmed, baseline):
        b = written(baseline)
        symbols, numbers = "100 × (B − R) ÷ (B − P)", f"100 × ({b} − {r}) ÷ ({b} − {p})"
    else:
        symbols, numbers = "100 × P ÷ R", f"100 × {p} ÷ {r}"
    return Operation(symbols, f"{numbers} = {written(raw)}", raw)


def _goes_by_baseline(scheme: Scheme, programmed: float | None, baseline: float) -> bool:
    if scheme.decreasing is DecreasingFormula.RATIO:
        return False
    if scheme.decreasing is DecreasingFormula.BASELINE:
        return True
    return programmed is not None and bool(above_programme(np.array(baseline), np.array(programmed), scheme))


def _range(scheme: Scheme, actual: float | None, low: float, high: float) -> tuple[str, str]:
    if actual is None or (not actual < low and not actual > high):
        inside = " ≤ ".join(written(value) for value in (low, actual, high) if value is None or not np.isnan(value))
        return "L₁ ≤ R ≤ L₂", inside
    near = low if actual < low else high
    width = high - low
    by_width = scheme.range_formula is RangeFormula.WIDTH or scheme.zero is ZeroPolicy.NO_FIGURE or near == 0
    unit = width if by_width else abs(near)
    below = "(L₂ − L₁)" if unit is width else "|L|"
    return f"100 × (1 − |R − L| ÷ {below})", f"100 × (1 − |{written(actual)} − {written(near)}| ÷ {written(unit)})"


def distance_of(one: Block, done: Figures, at: int, share: float, distance: float) -> Operation:
    """How far from the programme on the bad side, in units."""
    programmed, actual = number(done.programmed_to_date[0, at]), number(done.actual_to_date[0, at])
    direction = Direction(int(one.direction[0]))
    if direction is Direction.RANGE:
        low, high = (float(side[0, 0]) * share for side in bounds(one, slice(None), None))
        if actual is None or not (actual < low or actual > high):
            return Operation("L₁ ≤ R ≤ L₂", f"{written(actual)} = 0", distance)
        return Operation(
            "|R − L|", f"|{written(actual)} − {written(low if actual < low else high)}| = {written(distance)}", distance
        )
    p, r = written(programmed), written(actual)
    symbols, numbers = {
        Direction.INCREASING: ("máx(P − R, 0)", f"máx({p} − {r}, 0)"),
        Direction.DECREASING: ("máx(R − P, 0)", f"máx({r} − {p}, 0)"),
        Direction.NOMINAL: ("|R − P|", f"|{r} − {p}|"),
    }[direction]
    return Operation(symbols, f"{numbers} = {written(distance)}", distance)
