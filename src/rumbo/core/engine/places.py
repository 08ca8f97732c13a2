"""Places inside each area, all months at once, by one sort of whole numbers.

A key holds, from the left, the area, how far the percentage lies below the most it can be, and the row: sorting keys
sorts rows inside areas, equal percentages are neighbours, and the row tells where the place belongs.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from rumbo.core.engine.block import Floats, Ints

KEY_BITS = 63


def bits_for(most: int) -> int:
    """Bits that hold 0..most."""
    return int(most).bit_length()


@dataclass(frozen=True, slots=True, eq=False)
class Places:
    """`base` i8[n] area and row of each key; `place` i4[n] of each position once sorted, before ties."""

    base: Ints
    place: NDArray[np.int32]
    row_bits: int

    @classmethod
    def of(cls, area: Ints, value_bits: int) -> "Places":
        """`area` i[n] with the rows of an area together. Raises ValueError when a key does not fit 63 bits."""
        n = len(area)
        first = np.ones(n, dtype=np.bool_)
        first[1:] = area[1:] != area[:-1]
        row_bits = bits_for(max(n - 1, 0))
        number = np.cumsum(first) - 1
        if row_bits + value_bits + bits_for(int(number[-1]) if n else 0) > KEY_BITS:
            raise ValueError(f"{n} rows are too many to rank at once with this many decimals")
        position = np.arange(n)
        start = np.maximum.accumulate(np.where(first, position, 0))
        base = (number << (row_bits + value_bits)) | position
        return cls(base, (position - start + 1).astype(np.int32), row_bits)

    def rank(self, whole: Floats, order: Ints, most: int, out: NDArray[np.int32]) -> None:
        """Fills `out` i4[n,T]: 1 is the highest, ties share the lowest number, 0 without percentage.

        `whole` f8[n,T] are whole numbers 0..most, NaN for none; its row i is row `order[i]` of `out`.
        """
        rows, months = whole.shape
        below = np.subtract(float(most), whole)
        none = np.isnan(below)
        np.fmin(below, float(most + 1), out=below)
        keys = below.astype(np.int64)
        keys <<= self.row_bits
        keys += self.base[order][:, None]
        columns = np.ascontiguousarray(keys.T)
        columns.sort(axis=1)
        place = np.tile(self.place, (months, 1))
        _share(columns >> self.row_bits, place)
        columns &= (1 << self.row_bits) - 1
        columns *= months
        columns += np.arange(months)[:, None]
        flat = np.empty(rows * months, dtype=np.int32)
        flat[columns.ravel()] = place.ravel()
        out[:] = flat.reshape(rows, months)
        if none.any():
            out[order] *= ~none


def _share(values: NDArray[np.int64], place: NDArray[np.int32]) -> None:
    """Equal neighbours take the place of the first of them, in place."""
    same = np.zeros(values.shape, dtype=np.bool_)
    np.equal(values[:, 1:], values[:, :-1], out=same[:, 1:])
    tied = np.flatnonzero(same)
    if not len(tied):
        return
    opens = np.ones(len(tied), dtype=np.bool_)
    opens[1:] = tied[1:] != tied[:-1] + 1
    firsts = tied[opens] - 1
    flat = place.reshape(-1)
    flat[tied] = flat[firsts[np.cumsum(opens) - 1]]
