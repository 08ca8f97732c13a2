"""The method that the monthly report prints can be written for every scheme that can be chosen."""

from dataclasses import replace
from typing import Any

import pytest

from rumbo.core.engine import Scheme
from rumbo.core.vocabulary.evaluation_policy import (
    AchievedRequires,
    DecreasingFormula,
    MissingPolicy,
    OverAchievement,
    RangeFormula,
    RangeGap,
    ZeroPolicy,
)
from rumbo.systems.evaluation.reports.monthly.method import method
from rumbo.systems.evaluation.reports.words import Voice

CHOICES = {
    "missing": MissingPolicy,
    "decreasing": DecreasingFormula,
    "range_formula": RangeFormula,
    "range_gap": RangeGap,
    "zero": ZeroPolicy,
    "over_achievement": OverAchievement,
    "achieved_requires": AchievedRequires,
}


def printed(scheme: Scheme) -> str:
    return "\n".join(line for part in method(Voice(), scheme) for line in part.points)


@pytest.mark.parametrize(("field", "value"), [(field, item) for field, kind in CHOICES.items() for item in kind])
def test_every_choice_of_a_scheme_can_be_printed(field: str, value: Any) -> None:
    text = printed(replace(Scheme(), **{field: value}))
    assert text
    assert "%(" not in text


def test_the_scheme_of_many_installations_can_be_printed() -> None:
    assert "lo que falta suma cero" in printed(Scheme.nation())


def test_bands_in_units_are_printed_only_where_they_rule() -> None:
    assert "hasta 2, En riesgo hasta 5" in printed(Scheme(units_green=2, units_amber=5))
    assert "Cerca de cero" not in printed(Scheme())
