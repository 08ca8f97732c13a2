"""Where nobody says how a figure to date is made, its own slots tell."""

import numpy as np
import pytest

from rumbo.core.engine.foresight import Shape, infer, shape_of
from rumbo.core.engine.foresight.frame import resolution
from rumbo.core.engine.foresight.normal import normal_cdf, student_cdf
from rumbo.core.vocabulary.accumulation import Accumulation
from tests.core.engine.foresight.records import record


@pytest.mark.parametrize("seed", range(3))
def test_the_accumulation_is_found_from_slots_and_figures_to_date(seed: int) -> None:
    known = record(seed, goals=24, years=3, holes=0.03)
    found = infer(known.actual, known.actual_to_date, known.target, known.target_to_date)
    assert (found == known.shape).mean() >= 0.95


def test_every_accumulation_has_a_shape() -> None:
    assert {shape_of(accumulation) for accumulation in Accumulation} <= set(Shape)


def test_two_months_tell_a_sum_from_a_mean_and_a_level() -> None:
    actual = np.full((3, 1, 12), np.nan)
    actual[:, 0, :2] = [[10.0, 14.0]] * 3
    to_date = actual.copy()
    to_date[:, 0, 1] = [24.0, 12.0, 14.0]
    target = np.full((3, 1, 12), 12.0)
    found = infer(actual, to_date, target, target)
    assert found.tolist() == [Shape.SUM, Shape.MEAN, Shape.LEVEL]


def test_without_slots_the_programme_tells() -> None:
    nothing = np.full((2, 1, 12), np.nan)
    to_date = np.stack([np.cumsum(np.full((1, 12), 5.0), axis=1), np.full((1, 12), 90.0)])
    found = infer(nothing, to_date * 0.9, nothing, to_date)
    assert found.tolist() == [Shape.SUM, Shape.LEVEL]


def test_the_step_of_the_figures_is_read_from_them() -> None:
    figures = np.array([[[97.9, 98.0]], [[12.0, 40.0]], [[1 / 3, 2.0]]])
    assert resolution(figures).tolist() == [0.1, 1.0, 0.0]


def test_the_distribution_functions_agree_with_the_tables() -> None:
    assert normal_cdf(np.array([0.0, 1.96, -1.0])) == pytest.approx([0.5, 0.975002, 0.158655], abs=1e-6)
    assert student_cdf(np.array([2.228, -2.228]), np.asarray(10.0)) == pytest.approx([0.975, 0.025], abs=1e-3)
