"""Silence never pays: properties over any row, and the rule step by step."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import assume, given, settings

from rumbo.core.engine import Block, Result, Scheme, evaluate, owed
from rumbo.core.vocabulary.accumulation import Accumulation
from rumbo.core.vocabulary.direction import Direction
from rumbo.core.vocabulary.evaluation_policy import MissingPolicy
from rumbo.core.vocabulary.light import Light
from rumbo.core.vocabulary.mark import Mark
from rumbo.core.vocabulary.performance_class import PerformanceClass
from rumbo.core.vocabulary.reason import Reason
from tests.core.engine.test_against_the_twin import block_of, choices_of, in_units, likely_rows, rows, schemes
from tests.reference import evaluator as twin

COLOURS = (Light.RED, Light.AMBER, Light.GREEN)
nan = float("nan")


def careful(scheme: Scheme) -> Scheme:
    return replace(scheme, missing=MissingPolicy.SILENCE_NEVER_PAYS)


@settings(max_examples=300, deadline=None)
@given(likely_rows() | rows(), (schemes | in_units).map(careful))
def test_erasing_the_newest_value_never_improves_on_the_last_light(row: twin.Row, scheme: Scheme) -> None:
    row.actual = [value if due else None for value, due in zip(row.actual, row.due, strict=True)]
    newest = max((slot for slot in range(row.cut) if twin.reported(row, slot, choices_of(scheme))), default=-1)
    assume(newest > 0)
    before = evaluate(block_of([row]), scheme)
    erased = [None if slot == newest else value for slot, value in enumerate(row.actual)]
    after = evaluate(block_of([replace(row, actual=erased)]), scheme)
    last, now = before.light[0, newest - 1], after.light[0, newest : row.cut]
    if last in COLOURS:
        coloured = np.isin(now, COLOURS)
        assert (now[coloured] <= last).all()
        assert (after.performance_class[0, newest : row.cut] <= before.performance_class[0, newest - 1]).all()
    elif last == Light.NO_DATA:
        assert not np.isin(now, COLOURS).any()


def year(*actual: float, **others: object) -> Result:
    """Ten a month programmed; what is not said has not ended."""
    values = [*actual, *[nan] * (12 - len(actual))]
    given_ = {"direction": Direction.INCREASING, "accumulation": Accumulation.SUM, "programmed": [[10.0] * 12]} | others
    return evaluate(Block(actual=[values], cut=len(actual), **given_), Scheme())  # type: ignore[arg-type]


def test_a_missing_month_of_an_ascending_sum_counts_as_nothing_done_while_the_programme_goes_on() -> None:
    result = year(10, 10, nan)
    assert result.compliance_to_date[0, 2] == 66.7
    assert result.light[0, 2] == Light.RED
    assert result.marks[0, 2] == Mark.NO_REPORT
    assert np.isnan(result.compliance_month[0, 2])


def test_a_descending_sum_compares_only_the_months_reported() -> None:
    result = year(12, 12, nan, direction=Direction.DECREASING)
    assert result.programmed_to_date[0, 2] == 20
    assert result.actual_to_date[0, 2] == 24
    assert result.compliance_to_date[0, 2] == 83.3
    assert result.schedule[0, 2] == 30


def test_a_month_without_report_cannot_show_a_better_light_than_the_month_before() -> None:
    programme = [[20.0, 10.0, *[20.0] * 10]]
    result = year(15, nan, accumulation=Accumulation.LAST, programmed=programme)
    assert result.compliance_to_date[0, 1] == 150.0
    assert result.light[0].tolist()[:2] == [Light.AMBER, Light.AMBER]
    assert result.performance_class[0, 1] == PerformanceClass.FAIR
    assert result.reason[0, 1] == Reason.HELD_BY_SILENCE


def test_two_owed_months_in_a_row_without_report_are_no_data_and_a_report_ends_it() -> None:
    result = year(10, nan, nan, 30)
    assert result.light[0, :4].tolist() == [Light.GREEN, Light.RED, Light.NO_DATA, Light.GREEN]
    assert result.reason[0, 2] == Reason.SILENT
    assert np.isnan(result.compliance_to_date[0, 2])


def test_who_never_reported_is_no_data_from_the_first_owed_month() -> None:
    result = year(nan)
    assert result.light[0, 0] == Light.NO_DATA
    assert result.reason[0, 0] == Reason.NEVER_REPORTED
    assert np.isnan(result.actual_to_date[0, 0])


def test_a_month_with_nothing_programmed_owes_no_report_and_is_not_silence() -> None:
    programme = [[0, 0, 0, 0, 0, 0, 65, 35, 0, 0, 0, 0]]
    values = [nan] * 6 + [65, 40] + [nan] * 2
    result = year(*values, programmed=programme)
    assert (result.light[0, :6] == Light.NOT_SCHEDULED).all()
    assert (result.light[0, 6:10] == Light.GREEN).all()
    assert (result.marks[0, :10] == 0).all()


def test_zero_programmed_where_less_is_better_still_owes() -> None:
    block = Block(direction=1, accumulation=0, programmed=[[0.0] * 12], actual=[[nan] * 12])
    assert owed(block).all()


def test_a_slot_that_has_not_ended_owes_nothing_yet() -> None:
    block = Block(direction=0, accumulation=0, programmed=[[1.0, 0.0, 1.0, 1.0]], actual=[[nan] * 4], cut=3)
    assert owed(block)[0].tolist() == [True, False, True, False]


def test_zero_is_a_report() -> None:
    result = year(0)
    assert result.light[0, 0] == Light.RED
    assert result.marks[0, 0] == 0


@pytest.mark.parametrize("slot", range(1, 12))
def test_silence_in_december_does_not_make_a_goal_achieved(slot: int) -> None:
    values = [10.0] * slot + [nan]
    result = year(*values, accumulation=Accumulation.LAST)
    assert result.performance_class[0, slot] == PerformanceClass.GOOD


def test_the_policy_of_nothing_done_keeps_judging() -> None:
    block = Block(direction=1, accumulation=0, programmed=[[10.0] * 12], actual=[[10.0, *[nan] * 11]])
    result = evaluate(block, Scheme(missing=MissingPolicy.NOTHING_DONE))
    assert result.compliance_to_date[0, 2] == 300.0
    assert result.light[0, 11] == Light.GREEN


def test_who_owed_and_never_reported_stays_without_data_when_the_programme_falls_to_zero() -> None:
    result = year(nan, nan, accumulation=Accumulation.LAST, programmed=[[5.0, 0.0, *[9.0] * 10]])
    assert result.light[0, :2].tolist() == [Light.NO_DATA, Light.NO_DATA]


def test_a_running_programme_without_any_report_is_no_data_even_if_nothing_is_owed() -> None:
    """The programme stands in a column that is not due, so that nobody owes, yet there is something to compare with."""
    block = Block(direction=0, accumulation=0, programmed=[[5.0, 0.0]], actual=[[nan, nan]], due=[[False, True]])
    result = evaluate(block, Scheme())
    assert (result.light[0, 1], result.marks[0, 1]) == (Light.NO_DATA, 0)


def test_a_descending_sum_reported_only_where_nothing_was_programmed_has_no_programme() -> None:
    result = year(3, nan, direction=Direction.DECREASING, programmed=[[nan, *[10.0] * 11]])
    assert result.light[0, :2].tolist() == [Light.NOT_SCHEDULED, Light.NOT_SCHEDULED]
    assert result.reason[0, 0] == Reason.NO_PROGRAMME
