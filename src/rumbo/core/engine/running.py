"""What has been so far along each row: totals and the greatest, written for few rows and for many.

NumPy walks a row at a time when it accumulates along rows; with many rows, adding whole columns is ten times faster.
"""

from typing import Any

import numpy as np
from numpy.typing import DTypeLike, NDArray

# From here on a loop over the columns costs less than walking every row.
MANY = 200


def totals[T: np.generic](values: NDArray[T], dtype: DTypeLike | None = None) -> NDArray[Any]:
    """Running sum along axis 1, the same shape; `dtype` as in `np.cumsum`."""
    if len(values) < MANY:
        return np.cumsum(values, axis=1, dtype=dtype)
    total = values.astype(values.dtype if dtype is None else dtype, order="C")
    for column in range(1, values.shape[1]):
        np.add(total[:, column], total[:, column - 1], out=total[:, column])
    return total


def greatest[T: np.generic](values: NDArray[T]) -> NDArray[T]:
    """Running maximum along axis 1, the same shape."""
    if len(values) < MANY:
        found: NDArray[T] = np.maximum.accumulate(values, axis=1)
        return found
    most = values.copy(order="C")
    for column in range(1, values.shape[1]):
        np.maximum(most[:, column], most[:, column - 1], out=most[:, column])
    return most


def least[T: np.generic](values: NDArray[T]) -> NDArray[T]:
    """Running minimum along axis 1, the same shape."""
    if len(values) < MANY:
        found: NDArray[T] = np.minimum.accumulate(values, axis=1)
        return found
    low = values.copy(order="C")
    for column in range(1, values.shape[1]):
        np.minimum(low[:, column], low[:, column - 1], out=low[:, column])
    return low
