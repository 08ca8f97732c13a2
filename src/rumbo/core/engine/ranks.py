"""Places: 1 is the highest percentage; equal percentages share the place; without percentage there is none."""

import numpy as np
from numpy.typing import ArrayLike, NDArray

from rumbo.core.engine.block import Floats, Ints


def ranks(pct: Floats, within: ArrayLike | None = None) -> NDArray[np.int32]:
    """i4, shape of `pct` ([n], or [n,s] ranked column by column); 0 is no place.

    `pct` is what was printed (rounded), so that equal figures tie. `within` i[n] ranks inside each group.
    """
    columns = pct if pct.ndim == 2 else pct[:, None]
    group = np.zeros(len(pct), dtype=np.int64) if within is None else np.asarray(within, dtype=np.int64)
    places = np.empty(columns.shape, dtype=np.int32)
    for column in range(columns.shape[1]):
        places[:, column] = _places(columns[:, column], group, alone=within is None)
    return places.reshape(pct.shape)


def listing(pct: Floats, weight: ArrayLike | None = None) -> Ints:
    """Row numbers in the order of a list from most to least compliant.

    Inside a tie the heavier first, then the given order; rows without percentage last.
    """
    heavy = np.zeros(len(pct)) if weight is None else np.asarray(weight, dtype=np.float64)
    return np.lexsort((-heavy, -pct, np.isnan(pct)))


def _places(pct: Floats, group: Ints, *, alone: bool) -> NDArray[np.int32]:
    order = np.argsort(-pct) if alone else np.lexsort((-pct, group))
    value, side = pct[order], group[order]
    position = np.arange(len(pct))
    new_group = np.ones(len(pct), dtype=np.bool_)
    new_group[1:] = side[1:] != side[:-1]
    new_place = new_group.copy()
    new_place[1:] |= value[1:] != value[:-1]
    first = np.maximum.accumulate(np.where(new_group, position, 0))
    start = np.maximum.accumulate(np.where(new_place, position, 0))
    places = np.empty(len(pct), dtype=np.int32)
    places[order] = np.where(np.isnan(value), 0, start - first + 1)
    return places
