"""The slow twin of the engine: one row, one slot at a time, exact fractions, written from the rules and not from the
engine's code. It is the oracle of the tests; nobody should need to make it fast.
"""

from dataclasses import dataclass, field, replace
from fractions import Fraction
from math import floor

Number = Fraction | None

INCREASING, DECREASING, RANGE, NOMINAL = range(4)
SUM, LAST, AVERAGE, RATIO, PERIODIC, CONSTANT, RATE = range(7)
PARTS = (RATIO, RATE)
NO_SLOT = -32768
NO_DATA, RED, AMBER, GREEN, NOT_SCHEDULED, NOT_COMPUTABLE, NOT_DUE = range(7)
NONE, POOR, FAIR, GOOD, ACHIEVED = range(5)
NO_REPORT, OVER, AHEAD = 1, 4, 64
(
    NO_REASON,
    NOT_ENDED,
    BEFORE_FIRST_SLOT,
    NEVER_REPORTED,
    SILENT,
    NOTHING_SCHEDULED,
    NO_PROGRAMME,
    ZERO_DENOMINATOR,
    NO_RANGE,
    NO_BASELINE,
    NEGATIVE_PROGRAMME,
    UNDEFINED,
    HELD_BY_SILENCE,
    OVER_ACHIEVED,
    BY_DISTANCE,
) = range(15)


@dataclass
class Choices:
    """The scheme, with exact numbers."""

    green: Fraction = Fraction(90)
    amber: Fraction = Fraction(70)
    achieved: Fraction = Fraction(100)
    good: Fraction = Fraction(90)
    fair: Fraction = Fraction(70)
    achieved_requires: str = "year"
    units_green: Number = None
    units_amber: Number = None
    units_below: Number = None
    decimals: int = 1
    cap: Number = Fraction(100)
    over_threshold: Number = Fraction(130)
    over_achievement: str = "mark"
    least: Number = None
    most: Number = None
    decreasing: str = "ratio"
    baseline_margin: Fraction = Fraction(0)
    share_baseline: bool = True
    share_range: bool = True
    range_formula: str = "bound"
    range_gap: str = "to_bound"
    zero: str = "meaning"
    missing: str = "silence_never_pays"
    silent_slots: int = 2


@dataclass
class Row:
    """One indicator-year; None is «no value»."""

    direction: int
    accumulation: int
    programmed: list[Number]
    actual: list[Number]
    programmed_den: list[Number] = field(default_factory=list)
    actual_den: list[Number] = field(default_factory=list)
    factor: Fraction = Fraction(1)
    baseline: Number = None
    low: Number = None
    high: Number = None
    annual_target: Number = None
    units_green: Number = None
    units_amber: Number = None
    units_below: Number = None
    due: list[bool] = field(default_factory=list)
    cut: int = 12


@dataclass
class Cell:
    programmed: Number = None
    actual: Number = None
    compliance_month: Number = None
    programmed_to_date: Number = None
    actual_to_date: Number = None
    compliance_to_date: Number = None
    compliance_capped: Number = None
    compliance_year: Number = None
    distance: Number = None
    gap: Number = None
    light: int = NOT_DUE
    performance_class: int = NONE
    reason: int = BEFORE_FIRST_SLOT
    marks: int = 0
    streak: int = 0
    since: int = NO_SLOT
    last_slot: int = -1


Edges = tuple[Fraction, Fraction, Fraction, Fraction, Fraction]


@dataclass
class Left:
    """What the former year left: light, streak, and the column (below 0) where it began."""

    light: int
    streak: int
    since: int


def evaluate(row: Row, choices: Choices, edges: list[Edges] | None = None, left: Left | None = None) -> list[Cell]:
    """The cells of a row: due slots are judged in order, the other columns repeat the last one.

    `edges` are green, amber, achieved, good, fair of each slot, where they change along the year.
    """
    cells: list[Cell] = []
    judged: list[Cell] = []
    volunteered: list[Cell] = []  # what a month that was not due would have shown, had it been, because it reported
    for slot in range(len(row.programmed)):
        if slot >= row.cut:
            plan = _programme_to_date(row, choices, range(slot + 1))
            shown = _slot_programme(row, choices, slot)
            cells.append(Cell(programmed=shown, programmed_to_date=plan, reason=NOT_ENDED))
        elif row.due[slot]:
            judged.append(_judge(row, _of_slot(choices, edges, slot), slot, judged, left, volunteered))
            cells.append(judged[-1])
        else:
            cells.append(judged[-1] if judged else Cell())
            if reported(row, slot, choices):
                volunteered.append(_judge(row, _of_slot(choices, edges, slot), slot, [], None, []))
    return cells


def _of_slot(choices: Choices, edges: list[Edges] | None, slot: int) -> Choices:
    if edges is None:
        return choices
    green, amber, achieved, good, fair = edges[slot]
    return replace(choices, green=green, amber=amber, achieved=achieved, good=good, fair=fair)


def leave(cells: list[Cell], left: Left | None) -> Left | None:
    """What a year leaves to the next one."""
    shown = [cell for cell in cells if cell.last_slot >= 0]
    if shown:
        return Left(shown[-1].light, shown[-1].streak, shown[-1].since - len(cells))
    return left and Left(left.light, left.streak, left.since - len(cells))


def compliance_against(row: Row, choices: Choices, slot: int, programmed: list[Number], den: list[Number]) -> Number:
    """The percentage to date of the same facts against another programme."""
    other = replace(row, programmed=programmed, programmed_den=den, annual_target=None)
    return _figures(other, choices, slot).compliance_to_date


def limited(value: Number, choices: Choices) -> Number:
    """Half up to the scheme's decimals, within its limits."""
    found = half_up(value, choices.decimals)
    if found is not None and choices.least is not None:
        found = max(found, choices.least)
    if found is not None and choices.most is not None:
        found = min(found, choices.most)
    return found


def half_up(value: Number, decimals: int) -> Number:
    if value is None:
        return None
    power = 10**decimals
    return Fraction(floor(value * power + Fraction(1, 2)), power)


def annual_target(row: Row, choices: Choices) -> Number:
    if row.annual_target is not None:
        return row.annual_target
    if row.accumulation == PERIODIC:
        return next((value for value in reversed(row.programmed) if value is not None), None)
    return _programme_to_date(row, choices, range(len(row.programmed)))


# -- what was reported and what is owed


def reported(row: Row, slot: int, choices: Choices) -> bool:
    if slot >= row.cut or row.actual[slot] is None:
        return False
    loose = choices.missing == "last_known"
    return loose or row.accumulation not in PARTS or row.actual_den[slot] is not None


def owes(row: Row, slot: int) -> bool:
    if not row.due[slot]:
        return False
    if row.direction == RANGE:
        return True
    if row.programmed[slot] is None:
        return False
    if row.accumulation in PARTS and not _is_level(row):
        return row.programmed_den[slot] is not None
    return row.direction != INCREASING or row.programmed[slot] != 0


def _missed(row: Row, slot: int, choices: Choices) -> bool:
    return slot < row.cut and owes(row, slot) and not reported(row, slot, choices)


def _is_level(row: Row) -> bool:
    """The programme of a ratio was given as the ratio itself."""
    return all(value is None for value in row.programmed_den)


# -- figures


def _slot_programme(row: Row, choices: Choices, slot: int) -> Number:
    if row.accumulation in PARTS and (choices.missing == "last_known" or not _is_level(row)):
        return _parts(row, [row.programmed[slot]], [row.programmed_den[slot]], loose=False)
    return row.programmed[slot]


def _slot_actual(row: Row, choices: Choices, slot: int) -> Number:
    if not reported(row, slot, choices):
        return None
    if row.accumulation in PARTS:
        return _parts(row, [row.actual[slot]], [row.actual_den[slot]], loose=False)
    return row.actual[slot]


def _parts(row: Row, numerators: list[Number], denominators: list[Number], *, loose: bool) -> Number:
    """Ratio or rate of the sums; `loose` adds each side by itself, else only where both are there."""
    pairs = [
        (a or Fraction(0), b or Fraction(0))
        for a, b in zip(numerators, denominators, strict=True)
        if loose or (a is not None and b is not None)
    ]
    above, below = sum((a for a, _ in pairs), Fraction(0)), sum((b for _, b in pairs), Fraction(0))
    if row.accumulation == RATE:
        above -= below
    return None if below == 0 else row.factor * above / below


def _combine(row: Row, values: list[Number]) -> Number:
    """Sum, last or average of what there is."""
    known = [value for value in values if value is not None]
    if not known:
        return None
    if row.accumulation == SUM:
        return sum(known, Fraction(0))
    if row.accumulation == AVERAGE:
        return sum(known, Fraction(0)) / len(known)
    return known[-1]


def _programme_to_date(row: Row, choices: Choices, slots: "range | list[int]") -> Number:
    loose = choices.missing == "last_known"
    if row.accumulation in PARTS and (loose or not _is_level(row)):
        return _parts(row, [row.programmed[i] for i in slots], [row.programmed_den[i] for i in slots], loose=loose)
    if loose and row.accumulation in (LAST, CONSTANT):
        return row.programmed[slots[-1]]
    if loose and row.accumulation in (SUM, AVERAGE):
        whole = sum((row.programmed[i] or Fraction(0) for i in slots), Fraction(0))
        return whole if row.accumulation == SUM else whole / (slots[-1] + 1)
    if row.accumulation == PERIODIC:
        return row.programmed[slots[-1]]
    return _combine(row, [row.programmed[i] for i in slots])


def _compared_slots(row: Row, choices: Choices, slot: int) -> list[int]:
    """The slots whose programme is compared with what was done."""
    everything = list(range(slot + 1))
    said = [i for i in everything if reported(row, i, choices)]
    if not said:
        return everything
    if row.accumulation == PERIODIC:
        return said
    if row.accumulation == SUM and row.direction != INCREASING and choices.missing == "silence_never_pays":
        return said
    return everything


def _actual_to_date(row: Row, choices: Choices, slot: int) -> Number:
    said = [i for i in range(slot + 1) if reported(row, i, choices)]
    if not said:
        return None
    if row.accumulation in PARTS:
        loose = choices.missing == "last_known"
        slots = [i for i in range(slot + 1) if i < row.cut] if loose else said
        return _parts(row, [row.actual[i] for i in slots], [row.actual_den[i] for i in slots], loose=loose)
    return _combine(row, [row.actual[i] for i in said])


def _share(row: Row, choices: Choices, slots: list[int]) -> Fraction:
    """The part of the year that some slots stand for, in a sum."""
    if row.accumulation != SUM:
        return Fraction(1)
    load = [max(value or Fraction(0), Fraction(0)) for value in row.programmed]
    if sum(load) == 0:
        load = [Fraction(int(due)) for due in row.due]
    return sum((load[i] for i in slots), Fraction(0)) / sum(load) if sum(load) else Fraction(1)


def _share_slots(row: Row, choices: Choices, slot: int) -> list[int]:
    if choices.missing == "silence_never_pays":
        return [i for i in range(slot + 1) if reported(row, i, choices)]
    return list(range(slot + 1))


# -- percentages


def compliance(row: Row, choices: Choices, programmed: Number, actual: Number, share: Fraction) -> Number:
    if actual is None:
        return None
    strict = choices.zero == "no_figure"
    if row.direction == RANGE:
        of_year = share if choices.share_range else Fraction(1)
        return _by_width(row, actual, of_year) if strict else _range(row, choices, actual, of_year)
    if programmed is None:
        return None
    if row.direction == INCREASING:
        if strict:
            return _percent(actual, programmed)
        return 100 * actual / programmed if programmed > 0 else None
    if row.direction == NOMINAL:
        if programmed == 0:
            return None if strict else Fraction(100 if actual == 0 else 0)
        return max(Fraction(0), 100 * (1 - abs(actual - programmed) / abs(programmed)))
    return _decreasing(row, choices, programmed, actual, share)


def _percent(above: Fraction, below: Fraction) -> Number:
    return None if below == 0 else 100 * above / below


def _decreasing(row: Row, choices: Choices, programmed: Fraction, actual: Fraction, share: Fraction) -> Number:
    if choices.decreasing != "ratio":
        base = row.baseline
        if base is not None and choices.share_baseline:
            base *= share
        if base is not None:
            margin = choices.baseline_margin * max(abs(base), abs(programmed))
            if base - programmed > margin:
                return 100 * (base - actual) / (base - programmed)
        if choices.decreasing == "baseline":
            return None
    if choices.zero == "no_figure":
        return _percent(programmed, actual)
    if programmed < 0:
        return None
    return Fraction(100) if actual <= 0 else 100 * programmed / actual


def _by_width(row: Row, actual: Fraction, share: Fraction) -> Number:
    if row.low is None or row.high is None or row.low == row.high or share == 0:
        return None
    return 100 * (1 - abs(range_gap(row, actual, share)) / ((row.high - row.low) * share))


def _range(row: Row, choices: Choices, actual: Fraction, share: Fraction) -> Number:
    if row.low is None and row.high is None:
        return None
    distance = range_gap(row, actual, share)
    if distance == 0:
        return Fraction(100)
    near = (row.low if distance < 0 else row.high) * share  # type: ignore[operator]
    width = None if row.low is None or row.high is None else (row.high - row.low) * share
    unit = width if choices.range_formula == "width" or near == 0 else abs(near)
    if not unit:
        return Fraction(0)
    return max(Fraction(0), 100 * (1 - abs(distance) / unit))


def range_gap(row: Row, actual: Fraction, share: Fraction) -> Fraction:
    if row.low is not None and actual < row.low * share:
        return actual - row.low * share
    if row.high is not None and actual > row.high * share:
        return actual - row.high * share
    return Fraction(0)


def _distance(row: Row, choices: Choices, programmed: Number, actual: Number, share: Fraction) -> Number:
    """Units on the bad side of the programme, where the row is judged by them."""
    green = row.units_green if row.units_green is not None else choices.units_green
    below = row.units_below if row.units_below is not None else choices.units_below
    if green is None or actual is None or (programmed is None and row.direction != RANGE):
        return None
    if row.direction == RANGE:
        of_year = share if choices.share_range else Fraction(1)
        bounds = [abs(bound * of_year) for bound in (row.low, row.high) if bound is not None]
        if below is not None and (not bounds or max(bounds) > below):
            return None
        return half_up(abs(range_gap(row, actual, of_year)), 6)
    assert programmed is not None
    if below is not None and abs(programmed) > below:
        return None
    short = programmed - actual
    if row.direction == NOMINAL:
        short = abs(short)
    elif row.direction == DECREASING:
        short = -short
    return half_up(max(short, Fraction(0)), 6)


# -- judgement


def _judge(
    row: Row,
    choices: Choices,
    slot: int,
    before: list[Cell],
    left: Left | None,
    volunteered: list[Cell],
) -> Cell:
    cell = _figures(row, choices, slot)
    cell.light, cell.performance_class = _verdict(row, choices, slot, cell)
    cell.reason = _reason(row, choices, slot, cell)
    coloured = cell.light in (RED, AMBER, GREEN)
    if not coloured or cell.distance is not None:
        cell.compliance_to_date = None
    cell.compliance_capped = cell.compliance_to_date and max(cell.compliance_to_date, Fraction(0))
    if cell.compliance_capped is not None and choices.cap is not None:
        cell.compliance_capped = min(cell.compliance_capped, choices.cap)
    if _missed(row, slot, choices):
        cell.marks |= NO_REPORT
    if coloured and _is_over(choices, cell.compliance_to_date):
        cell.marks |= OVER
    ahead = row.direction == INCREASING and (cell.actual_to_date or 0) > 0
    if cell.light == NOT_SCHEDULED and ahead:
        cell.marks |= AHEAD
    if coloured and choices.missing == "silence_never_pays":
        _hold(row, choices, slot, cell, [*before, *volunteered])
    last = before[-1] if before else left
    same = last is not None and last.light == cell.light
    cell.streak = last.streak + 1 if same else 1
    cell.since = last.since if same else slot
    return cell


def _figures(row: Row, choices: Choices, slot: int) -> Cell:
    programmed, actual = _slot_programme(row, choices, slot), _slot_actual(row, choices, slot)
    to_date = _programme_to_date(row, choices, _compared_slots(row, choices, slot))
    done = _actual_to_date(row, choices, slot)
    share = _share(row, choices, _share_slots(row, choices, slot))
    month = compliance(row, choices, programmed, actual, _share(row, choices, [slot]))
    pct = compliance(row, choices, to_date, done, share)
    year = compliance(row, choices, annual_target(row, choices), done, Fraction(1))
    if row.direction == RANGE and choices.range_gap == "to_bound":
        gap = None if done is None else range_gap(row, done, share if choices.share_range else Fraction(1))
    else:
        gap = None if done is None or to_date is None else done - to_date
    return Cell(
        programmed=programmed,
        actual=actual,
        compliance_month=limited(month, choices),
        programmed_to_date=to_date,
        actual_to_date=done,
        compliance_to_date=limited(pct, choices),
        compliance_year=limited(year, choices),
        distance=_distance(row, choices, to_date, done, share),
        gap=gap,
        last_slot=slot,
    )


def _verdict(row: Row, choices: Choices, slot: int, cell: Cell) -> tuple[int, int]:
    ever = any(reported(row, i, choices) for i in range(slot + 1))
    programmed = cell.programmed_to_date
    idle = row.direction != RANGE and programmed is None
    idle = idle or (row.direction == INCREASING and programmed == 0)
    if ever and cell.actual_to_date is None:
        idle = False  # its own denominators are zero
    silent = _silent_slots(row, choices, slot)
    if not ever and (silent or not idle):
        return NO_DATA, NONE
    if choices.missing == "silence_never_pays" and silent >= choices.silent_slots:
        return NO_DATA, NONE
    if idle:
        return NOT_SCHEDULED, NONE
    if cell.distance is not None:
        return _by_distance(row, choices, slot, cell)
    if cell.compliance_to_date is None:
        return NOT_COMPUTABLE, NONE
    return _light(choices, cell.compliance_to_date), _class(row, choices, slot, cell)


def _by_distance(row: Row, choices: Choices, slot: int, cell: Cell) -> tuple[int, int]:
    green = row.units_green if row.units_green is not None else choices.units_green
    amber = row.units_amber if row.units_amber is not None else choices.units_amber
    assert cell.distance is not None
    assert green is not None
    if cell.distance == 0 and _may_be_achieved(row, choices, slot, cell):
        return GREEN, ACHIEVED
    if cell.distance <= green:
        return GREEN, GOOD
    return (AMBER, FAIR) if amber is not None and cell.distance <= amber else (RED, POOR)


def _reason(row: Row, choices: Choices, slot: int, cell: Cell) -> int:
    if cell.light == NO_DATA:
        return SILENT if any(reported(row, i, choices) for i in range(slot + 1)) else NEVER_REPORTED
    if cell.light == NOT_SCHEDULED:
        return NO_PROGRAMME if cell.programmed_to_date is None else NOTHING_SCHEDULED
    if cell.light == NOT_COMPUTABLE:
        return _why_not(row, choices, cell)
    if cell.distance is not None:
        return BY_DISTANCE
    over = choices.over_achievement != "mark" and _is_over(choices, cell.compliance_to_date)
    return OVER_ACHIEVED if over else NO_REASON


def _why_not(row: Row, choices: Choices, cell: Cell) -> int:
    if cell.actual_to_date is None:
        return ZERO_DENOMINATOR
    if row.direction == RANGE:
        return NO_RANGE if row.low is None and row.high is None else UNDEFINED
    if cell.programmed_to_date is not None and cell.programmed_to_date < 0:
        return NEGATIVE_PROGRAMME
    return NO_BASELINE if row.direction == DECREASING else UNDEFINED


def schedule(row: Row, choices: Choices) -> list[Number]:
    """The programme to date whoever reported."""
    return [_programme_to_date(row, choices, range(slot + 1)) for slot in range(len(row.programmed))]


def _silent_slots(row: Row, choices: Choices, slot: int) -> int:
    """Owed slots missed since the last report."""
    count = 0
    for i in range(slot, -1, -1):
        if reported(row, i, choices):
            break
        count += _missed(row, i, choices)
    return count


def _light(choices: Choices, pct: Fraction) -> int:
    if _is_over(choices, pct) and choices.over_achievement != "mark":
        return AMBER if choices.over_achievement == "amber" else RED
    return GREEN if pct >= choices.green else AMBER if pct >= choices.amber else RED


def _is_over(choices: Choices, pct: Number) -> bool:
    return choices.over_threshold is not None and pct is not None and pct > choices.over_threshold


def _class(row: Row, choices: Choices, slot: int, cell: Cell) -> int:
    pct = cell.compliance_to_date
    assert pct is not None
    if pct >= choices.achieved and _may_be_achieved(row, choices, slot, cell):
        return ACHIEVED
    return GOOD if pct >= choices.good else FAIR if pct >= choices.fair else POOR


def _may_be_achieved(row: Row, choices: Choices, slot: int, cell: Cell) -> bool:
    if choices.achieved_requires == "to_date":
        return True
    if not any(owes(row, later) for later in range(slot + 1, len(row.programmed))):
        return True
    adds_up = row.direction == INCREASING and row.accumulation == SUM
    return adds_up and cell.compliance_year is not None and cell.compliance_year >= choices.achieved


def _hold(row: Row, choices: Choices, slot: int, cell: Cell, before: list[Cell]) -> None:
    """Since its last report a row shows nothing better than it has shown, nor than that report would have."""
    for older in before:
        if any(reported(row, i, choices) for i in range(older.last_slot + 1, slot + 1)):
            continue
        if older.light in (RED, AMBER, GREEN):
            if older.light < cell.light or older.performance_class < cell.performance_class:
                cell.reason = HELD_BY_SILENCE
            cell.light = min(cell.light, older.light)
            cell.performance_class = min(cell.performance_class, older.performance_class)
