"""How one cell was made, as data: from the evidence to the light, for a page, a PDF and a program alike.

Texts are Spanish source strings with parameters (`Sentence`); formulas are symbols and numbers only. Nothing is
evaluated here a second time by other rules: the figures come from the same functions that made the result.
"""

from dataclasses import dataclass, field
from typing import Any

import numpy as np

from rumbo.core.engine.accumulate import Figures, figures
from rumbo.core.engine.block import Block, Result
from rumbo.core.engine.missing import owed, reports
from rumbo.core.engine.progress import above_programme, bounds, compliance, shares
from rumbo.core.engine.scheme import Scheme
from rumbo.core.vocabulary.accumulation import Accumulation
from rumbo.core.vocabulary.direction import Direction
from rumbo.core.vocabulary.evaluation_policy import AchievedRequires, DecreasingFormula, MissingPolicy, RangeFormula
from rumbo.core.vocabulary.light import Light
from rumbo.core.vocabulary.mark import Mark
from rumbo.core.vocabulary.marking import N_
from rumbo.core.vocabulary.performance_class import PerformanceClass
from rumbo.core.vocabulary.reason import Reason


@dataclass(frozen=True, slots=True)
class Sentence:
    """`template` is a source string to translate; `params` go into it. `str()` is the Spanish sentence."""

    template: str
    params: dict[str, Any] = field(default_factory=dict)

    def __str__(self) -> str:
        return self.template % self.params if self.params else self.template


@dataclass(frozen=True, slots=True)
class Evidence:
    """One slot up to the one shown. None is «no value»."""

    slot: int
    due: bool
    owed: bool
    reported: bool
    programmed: float | None
    programmed_den: float | None
    actual: float | None
    actual_den: float | None


@dataclass(frozen=True, slots=True)
class Operation:
    """A formula in symbols (P programado, R realizado, B línea base, L límite) and the same with its numbers."""

    symbols: str
    numbers: str
    value: float | None


@dataclass(frozen=True, slots=True)
class Band:
    """A half-open interval of the scale, `low` <= % < `high`; None is open. `code` is a light or a class."""

    code: int
    label: str
    low: float | None
    high: float | None
    matched: bool


@dataclass(frozen=True, slots=True)
class Explanation:
    """The chain. Percentages on 0..100; figures in the unit of the indicator; None where there is none."""

    slot: int
    shown_slot: int
    evidence: tuple[Evidence, ...]
    accumulation: Accumulation
    programmed: Operation
    actual: Operation
    annual_target: float | None
    direction: Direction
    compliance: Operation
    percentage: float | None
    decimals: int
    month_percentage: float | None
    year_percentage: float | None
    gap: float | None
    light: Light
    performance_class: PerformanceClass
    reason: Reason
    marks: tuple[Mark, ...]
    streak: int
    since: int
    light_bands: tuple[Band, ...]
    class_bands: tuple[Band, ...]
    notes: tuple[Sentence, ...]


def explain(block: Block, scheme: Scheme, result: Result, row: int, slot: int) -> Explanation:
    """The chain of `result`'s cell (row, slot), which was evaluated from `block` under `scheme`.

    A column that is not due explains the slot it shows. Raises IndexError for a cell that does not exist.
    """
    if not (0 <= row < block.rows and 0 <= slot < block.slots):
        raise IndexError(f"no cell ({row}, {slot}) in {block.rows} × {block.slots}")
    one = block.take(np.array([row]))
    shown = int(result.last_slot[row, slot])
    at = max(shown, 0)
    with np.errstate(all="ignore"):
        done = figures(one, scheme)
        share = shares(one, done, scheme)[1]
        raw = compliance(one, done.programmed_to_date, done.actual_to_date, share, scheme)
    light = Light(int(result.light[row, slot]))
    grade = PerformanceClass(int(result.performance_class[row, slot]))
    percentage = _number(result.compliance_to_date[row, slot])
    part = 1.0 if share is None else float(share[0, at])
    operation = _compliance(one, done, scheme, at, part, _number(raw[0, at]))
    evidence = _evidence(one, at if shown >= 0 else -1)
    return Explanation(
        slot=slot,
        shown_slot=shown,
        evidence=evidence,
        accumulation=Accumulation(int(one.accumulation[0])),
        programmed=_programmed(one, done, scheme, evidence, at),
        actual=_actual(one, done, evidence, at),
        annual_target=_number(result.annual_target[row]),
        direction=Direction(int(one.direction[0])),
        compliance=operation if light.is_colour else Operation(operation.symbols, "", None),
        percentage=percentage,
        decimals=scheme.decimals,
        month_percentage=_number(result.compliance_month[row, slot]),
        year_percentage=_number(result.compliance_year[row, slot]),
        gap=_number(result.gap[row, slot]),
        light=light,
        performance_class=grade,
        reason=Reason(int(result.reason[row, slot])),
        marks=tuple(mark for mark in Mark if mark and mark & int(result.marks[row, slot])),
        streak=int(result.streak[row, slot]),
        since=int(result.since[row, slot]),
        light_bands=_light_bands(scheme, percentage),
        class_bands=_class_bands(scheme, percentage),
        notes=tuple(_notes(one, scheme, result, row, slot)),
    )


def _number(value: Any) -> float | None:
    return None if np.isnan(value) else float(value)


def written(value: float | None) -> str:
    """Thousands with a comma, decimals with a point, as in Mexico; no more decimals than the value has."""
    if value is None:
        return "–"
    text = f"{value:,.6f}".rstrip("0").rstrip(".")
    return "0" if text in ("-0", "") else text.replace("-", "−")


def _evidence(one: Block, last: int) -> tuple[Evidence, ...]:
    owes, said = owed(one), reports(one)
    return tuple(
        Evidence(
            slot=slot,
            due=bool(one.due[0, slot]),
            owed=bool(owes[0, slot]),
            reported=bool(said[0, slot]),
            programmed=_number(one.programmed[0, slot]),
            programmed_den=_number(one.programmed_den[0, slot]),
            actual=_number(one.actual[0, slot]) if said[0, slot] else None,
            actual_den=_number(one.actual_den[0, slot]) if said[0, slot] else None,
        )
        for slot in range(last + 1)
    )


def _programmed(one: Block, done: Figures, scheme: Scheme, evidence: tuple[Evidence, ...], at: int) -> Operation:
    if not evidence:
        return Operation("", "", None)
    rows = evidence
    mode = Accumulation(int(one.accumulation[0]))
    careful = scheme.missing is MissingPolicy.SILENCE_NEVER_PAYS and one.direction[0] != Direction.INCREASING
    some = any(month.reported for month in rows)
    if some and (mode is Accumulation.PERIODIC or (mode is Accumulation.SUM and careful)):
        rows = tuple(month for month in rows if month.reported)
    values = [(month.programmed, month.programmed_den) for month in rows]
    return _operation(one, mode, values, _number(done.programmed_to_date[0, at]), "P")


def _actual(one: Block, done: Figures, evidence: tuple[Evidence, ...], at: int) -> Operation:
    values = [(month.actual, month.actual_den) for month in evidence]
    return _operation(one, Accumulation(int(one.accumulation[0])), values, _number(done.actual_to_date[0, at]), "R")


def _operation(
    one: Block, mode: Accumulation, values: list[tuple[float | None, float | None]], total: float | None, name: str
) -> Operation:
    """The accumulation with its numbers. `values` are (numerator, denominator) in time order."""
    if total is None:
        return Operation(_SYMBOLS[mode] % {"x": name}, "", None)
    known = [number for number, _ in values if number is not None]
    if mode is Accumulation.SUM:
        numbers = " + ".join(map(written, known))
    elif mode is Accumulation.AVERAGE:
        numbers = f"({' + '.join(map(written, known))}) ÷ {len(known)}"
    elif mode is Accumulation.RATIO and any(den is not None for _, den in values):
        pairs = [(num, den) for num, den in values if num is not None and den is not None]
        above = " + ".join(written(num) for num, _ in pairs)
        below = " + ".join(written(den) for _, den in pairs)
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
}


def _compliance(one: Block, done: Figures, scheme: Scheme, at: int, share: float, raw: float | None) -> Operation:
    """The formula of the direction, with the numbers in it, before rounding."""
    programmed, actual = _number(done.programmed_to_date[0, at]), _number(done.actual_to_date[0, at])
    low, high = (float(side[0, 0]) for side in bounds(one, slice(None), None))
    baseline = float(one.baseline[0]) * (share if scheme.share_baseline else 1.0)
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
    return programmed is not None and bool(above_programme(np.array(baseline), np.array(programmed)))


def _range(scheme: Scheme, actual: float | None, low: float, high: float) -> tuple[str, str]:
    if actual is None or (not actual < low and not actual > high):
        inside = " ≤ ".join(written(value) for value in (low, actual, high) if value is None or not np.isnan(value))
        return "L₁ ≤ R ≤ L₂", inside
    near = low if actual < low else high
    width = high - low
    unit = width if scheme.range_formula is RangeFormula.WIDTH or near == 0 else abs(near)
    below = "(L₂ − L₁)" if unit is width else "|L|"
    return f"100 × (1 − |R − L| ÷ {below})", f"100 × (1 − |{written(actual)} − {written(near)}| ÷ {written(unit)})"


def _light_bands(scheme: Scheme, percentage: float | None) -> tuple[Band, ...]:
    edges = ((Light.GREEN, scheme.green), (Light.AMBER, scheme.amber), (Light.RED, None))
    return _bands([(code, code.label, low) for code, low in edges], percentage)


def _class_bands(scheme: Scheme, percentage: float | None) -> tuple[Band, ...]:
    edges = (
        (PerformanceClass.ACHIEVED, scheme.achieved),
        (PerformanceClass.GOOD, scheme.good),
        (PerformanceClass.FAIR, scheme.fair),
        (PerformanceClass.POOR, None),
    )
    return _bands([(code, code.label, low) for code, low in edges], percentage)


def _bands(edges: list[tuple[Any, str, float | None]], percentage: float | None) -> tuple[Band, ...]:
    """From the best down. `matched` is where the percentage alone falls; the result may differ, and a note says why."""
    bands, high = [], None
    for code, label, low in edges:
        inside = percentage is not None and (low is None or percentage >= low) and (high is None or percentage < high)
        bands.append(Band(int(code), label, low, high, inside))
        high = low
    return tuple(bands)


def _notes(one: Block, scheme: Scheme, result: Result, row: int, slot: int) -> list[Sentence]:
    """What was missing and how it was treated, in the order in which it matters."""
    reason = Reason(int(result.reason[row, slot]))
    shown = int(result.last_slot[row, slot])
    notes = [Sentence(reason.label)] if reason else []
    if shown < 0:
        return notes
    if shown != slot:
        notes.append(Sentence(N_("Este mes no le corresponde reporte: se muestra su último corte.")))
    notes += _silence_notes(one, scheme, shown)
    if result.marks[row, slot] & Mark.AHEAD:
        notes.append(Sentence(N_("Hay avance antes de lo programado: se marca, sin porcentaje.")))
    if result.marks[row, slot] & Mark.OVER:
        over = written(scheme.over_threshold)
        notes.append(
            Sentence(N_("Rebasa %(over)s %% de lo programado: conviene revisar la programación."), {"over": over})
        )
    pct, grade = result.compliance_to_date[row, slot], int(result.performance_class[row, slot])
    waits = scheme.achieved_requires is AchievedRequires.YEAR and grade == PerformanceClass.GOOD
    if waits and pct >= scheme.achieved and reason is not Reason.HELD_BY_SILENCE:
        notes.append(
            Sentence(N_("Será «Cumplida» al alcanzar la meta anual o al terminar su programación con 100 o más."))
        )
    return notes


def _silence_notes(one: Block, scheme: Scheme, shown: int) -> list[Sentence]:
    missed = int((owed(one) & ~reports(one))[0, : shown + 1].sum())
    if not missed:
        return []
    notes = [Sentence(N_("Cortes sin reporte hasta aquí: %(missed)d."), {"missed": missed})]
    mode = Accumulation(int(one.accumulation[0]))
    if scheme.missing is MissingPolicy.NOTHING_DONE:
        return notes
    if mode is Accumulation.SUM and one.direction[0] == Direction.INCREASING:
        notes.append(Sentence(N_("Lo no reportado cuenta como no realizado; lo programado sigue corriendo.")))
    elif mode is Accumulation.SUM:
        notes.append(Sentence(N_("Se comparan solo los meses reportados, en lo programado y en lo realizado.")))
    elif mode is Accumulation.PERIODIC:
        notes.append(Sentence(N_("Se muestra el último mes reportado, con su propia programación.")))
    elif mode in (Accumulation.AVERAGE, Accumulation.RATIO):
        notes.append(Sentence(N_("Los meses sin reporte no entran en lo realizado.")))
    else:
        notes.append(Sentence(N_("Se conserva el último valor reportado.")))
    return notes
