"""What the engine reads and what it gives: named NumPy arrays with their shapes and units.

`n` rows (an indicator in one fiscal year each) × `s` slots (columns, in time order; twelve months as a rule).
Slots that are not due for a row (the months between the quarters of a quarterly indicator) are masked by `due`.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

type Floats = NDArray[np.float64]
type Ints = NDArray[np.int64]
type Small = NDArray[np.int8]
type Bools = NDArray[np.bool_]
type Rows = Ints | slice

# `Result.since` of a row without streak: no column, of this year or another.
NO_SLOT = -32768


@dataclass(frozen=True, eq=False, slots=True, init=False)
class Block:
    """The evidence of n indicator-years. NaN is «no value»; infinity is refused.

    direction      i1[n]    `Direction`
    accumulation   i1[n]    `Accumulation`
    factor         f8[n]    k of a ratio, k * numerator / denominator: 100 for %, else 1
    baseline       f8[n]    unit of the indicator, NaN when none; of the year where the accumulation is a sum
    low, high      f8[n]    bounds of a range (of the year where the accumulation is a sum); NaN is an open side
    weight         f8[n]    weight in roll-ups, 0 or more
    annual_target  f8[n]    unit of the indicator; NaN derives it from the programme of the whole year
    units_green, units_amber  f8[n]  the row is judged by its distance to the programme, in its unit: up to these it is
                            green and amber; NaN leaves it to the scheme (see `Scheme.units_green`)
    units_below    f8[n]    only where the programme to date is this small; NaN leaves it to the scheme
    programmed     f8[n,s]  programme of the slot; the numerator where the accumulation is a ratio
    programmed_den f8[n,s]  denominator programmed; a ratio row without any takes `programmed` as the ratio itself
    actual         f8[n,s]  what the slot reported; numerator of a ratio. NaN is silence, 0 is a report
    actual_den     f8[n,s]  denominator reported. A numerator without denominator is no report
    due            ?[n,s]   the column is a slot of the row's frequency. Whether it owes a report: `missing.owed`
    cut            i8[n]    slots that have ended (columns 0..cut-1); values in later columns are not looked at

    A value in a column that is not due is not lost: it counts from the next due slot on.
    """

    direction: Small
    accumulation: Small
    factor: Floats
    baseline: Floats
    low: Floats
    high: Floats
    weight: Floats
    annual_target: Floats
    units_green: Floats
    units_amber: Floats
    units_below: Floats
    programmed: Floats
    programmed_den: Floats
    actual: Floats
    actual_den: Floats
    due: Bools
    cut: Ints

    def __init__(
        self,
        *,
        direction: ArrayLike,
        accumulation: ArrayLike,
        programmed: ArrayLike,
        actual: ArrayLike,
        programmed_den: ArrayLike = np.nan,
        actual_den: ArrayLike = np.nan,
        factor: ArrayLike = 1.0,
        baseline: ArrayLike = np.nan,
        low: ArrayLike = np.nan,
        high: ArrayLike = np.nan,
        weight: ArrayLike = 1.0,
        annual_target: ArrayLike = np.nan,
        units_green: ArrayLike = np.nan,
        units_amber: ArrayLike = np.nan,
        units_below: ArrayLike = np.nan,
        due: ArrayLike = True,
        cut: ArrayLike | None = None,
    ) -> None:
        """Scalars and one-row shapes are broadcast. Raises ValueError for unfit shapes and infinite values."""
        plan = np.asarray(programmed, dtype=np.float64)
        if plan.ndim != 2:
            raise ValueError(f"programmed must be [rows, slots], not {plan.ndim} dimensions")
        shape = plan.shape
        rows = shape[:1]
        cells = {"programmed": plan, "programmed_den": programmed_den, "actual": actual, "actual_den": actual_den}
        for name, value in cells.items():
            object.__setattr__(self, name, _floats(name, value, shape))
        lines = {"factor": factor, "baseline": baseline, "low": low, "high": high}
        lines |= {"weight": weight, "annual_target": annual_target}
        lines |= {"units_green": units_green, "units_amber": units_amber, "units_below": units_below}
        for name, value in lines.items():
            object.__setattr__(self, name, _floats(name, value, rows))
        object.__setattr__(self, "direction", _fit("direction", np.asarray(direction, dtype=np.int8), rows))
        object.__setattr__(self, "accumulation", _fit("accumulation", np.asarray(accumulation, dtype=np.int8), rows))
        object.__setattr__(self, "due", _fit("due", np.asarray(due, dtype=np.bool_), shape))
        ended = np.asarray(shape[1] if cut is None else cut, dtype=np.int64)
        object.__setattr__(self, "cut", _fit("cut", ended, rows))

    @property
    def rows(self) -> int:
        return len(self.programmed)

    @property
    def slots(self) -> int:
        return int(self.programmed.shape[1])

    def take(self, rows: Rows) -> "Block":
        """The same block with the chosen rows, in the given order: rows do not know each other."""
        return Block(**{name: getattr(self, name)[rows] for name in Block.__slots__})

    def replace(self, **changes: ArrayLike) -> "Block":
        """A copy with some of its arrays changed."""
        return Block(**({name: getattr(self, name) for name in Block.__slots__} | changes))


@dataclass(frozen=True, eq=False, slots=True)
class Result:
    """What the engine says of each cell [n,s]. NaN is «no figure».

    A column that is not due repeats the row's last due slot, and `last_slot` tells the age of what it shows; before
    the first due slot the light is NOT_DUE and there are no figures; so it is in slots that have not ended, which keep
    only `programmed`, `programmed_to_date` and `schedule`.

    programmed, actual      f8  of the slot alone, unit of the indicator
    compliance_month        f8  % of the slot alone, rounded (see `Scheme.decimals`); NaN without a report
    programmed_to_date      f8  what `actual_to_date` is compared with: in a sum that is not ascending, only the slots
                                that reported (silence never pays); in «cada mes por separado», of the slot shown
    actual_to_date          f8
    compliance_to_date      f8  % real, never capped, rounded; NaN unless `light` is a colour. Gives light and class,
                                except where `reason` is BY_DISTANCE: there it is NaN too
    compliance_capped       f8  the same kept within 0..cap: what the row gives to a roll-up
    compliance_original     f8  % to date against what was first programmed, real, rounded; NaN where nothing else was
    compliance_year         f8  % of `actual_to_date` against the annual target, by the same direction, rounded
    distance                f8  units from the programme on the bad side where the row is judged by them, else NaN
    gap                     f8  unit: actual − programmed to date; in a range, signed distance to the nearest bound
    schedule                f8  programme to date whoever reported, not carried, future slots too: the line of a chart
    light                   i1  `Light`
    performance_class       i1  `PerformanceClass`
    reason                  i1  `Reason`
    marks                   i2  `Mark` flags that the engine knows: NO_REPORT, OVER, AHEAD
    streak                  i2  due slots in a row, up to the one shown, with this light; of former years too where
                                they were given (`evaluate(before=…)`)
    since                   i2  column in which that streak began: below 0 in former years (−1 is the last column of
                                the year before); NO_SLOT without one
    last_slot               i2  column of the due slot shown, -1 when none
    annual_target           f8[n]
    """

    programmed: Floats
    actual: Floats
    compliance_month: Floats
    programmed_to_date: Floats
    actual_to_date: Floats
    compliance_to_date: Floats
    compliance_capped: Floats
    compliance_original: Floats
    compliance_year: Floats
    distance: Floats
    gap: Floats
    schedule: Floats
    light: Small
    performance_class: Small
    reason: Small
    marks: NDArray[np.int16]
    streak: NDArray[np.int16]
    since: NDArray[np.int16]
    last_slot: NDArray[np.int16]
    annual_target: Floats


def _floats(name: str, value: ArrayLike, shape: tuple[int, ...]) -> Floats:
    array = _fit(name, np.asarray(value, dtype=np.float64), shape)
    if np.isinf(array).any():
        raise ValueError(f"{name} holds an infinite value")
    return array


def _fit[T: np.generic](name: str, array: NDArray[T], shape: tuple[int, ...]) -> NDArray[T]:
    if array.shape == shape:
        return array
    if array.ndim == 0 or shape[0] == 1 or array.shape == shape[1:]:
        return _broadcast(name, array, shape)
    raise ValueError(f"{name} has shape {array.shape}, expected {shape}")


def _broadcast(name: str, array: NDArray[Any], shape: tuple[int, ...]) -> NDArray[Any]:
    try:
        return np.broadcast_to(array, shape)
    except ValueError:
        raise ValueError(f"{name} has shape {array.shape}, expected {shape}") from None
