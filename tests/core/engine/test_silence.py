"""Silence never pays: properties over any row, and the rule step by step."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import assume, given, settings

from rumbo.core.engine import Block, Result, Scheme, evaluate, owed
from rumbo.core.engine.accumulate import figures
from rumbo.core.engine.lights import verdicts
from rumbo.core.engine.missing import ended
from rumbo.core.engine.progress import percentages
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
    reports = [slot for slot in range(row.cut) if twin.reported(row, slot, choices_of(scheme))]
    assume(reports and reports[-1] > 0)
    newest = reports[-1]
    erased = [None if slot == newest else value for slot, value in enumerate(row.actual)]
    after = evaluate(block_of([replace(row, actual=erased)]), scheme)
    later = [slot for slot in range(newest, row.cut) if row.due[slot]]  # the others repeat the one before them
    before = evaluate(block_of([row]), scheme)
    last, lowest = before.light[0, newest - 1], before.performance_class[0, newest - 1]
    if reports[-2:-1] and reports[-2] > before.last_slot[0, newest - 1]:  # the month before was not due, and reported
        last, lowest = judged_at(row, scheme, reports[-2])
    now = after.light[0, later]
    if last in COLOURS:
        coloured = np.isin(now, COLOURS)
        assert (now[coloured] <= last).all()
        assert (after.performance_class[0, later] <= lowest).all()
    elif last == Light.NO_DATA:
        assert not np.isin(now, COLOURS).any()


def judged_at(row: twin.Row, scheme: Scheme, slot: int) -> tuple[int, int]:
    """Light and class of the slot itself; a column that was not due shows those of the due one before it."""
    block = block_of([row])
    with np.errstate(all="ignore"):
        done = figures(block, scheme)
        found = verdicts(block, done, percentages(block, done, scheme), block.due & ended(block), scheme)
    return int(found.light[0, slot]), int(found.performance_class[0, slot])


@settings(max_examples=300, deadline=None)
@given(likely_rows() | rows(), (schemes | in_units).map(careful))
def test_after_a_report_that_was_not_due_silence_shows_nothing_better_than_it_would_have(
    row: twin.Row, scheme: Scheme
) -> None:
    result = evaluate(block_of([row]), scheme)
    reports = [slot for slot in range(row.cut) if twin.reported(row, slot, choices_of(scheme))]
    for place, slot in enumerate(reports):
        if row.due[slot]:
            continue
        light, grade = judged_at(row, scheme, slot)
        until = reports[place + 1] if place + 1 < len(reports) else row.cut
        silent = [later for later in range(slot + 1, until) if row.due[later]]
        coloured = [later for later in silent if result.light[0, later] in COLOURS]
        if light in COLOURS:
            assert all(result.light[0, later] <= light for later in coloured)
            assert all(result.performance_class[0, later] <= grade for later in coloured)


def test_a_quarterly_goal_that_reports_in_may_is_held_in_june_by_what_may_would_have_shown() -> None:
    """Of 20 in March and 10 in June: 15 is amber; 12 in May, of 20, is red, and so is June without report, though 12
    of 10 would be green. Without May, June keeps the amber of March."""
    quarters = [[(slot + 1) % 3 == 0 for slot in range(12)]]
    programme = [[nan, nan, 20, nan, nan, 10, nan, nan, 10, nan, nan, 10]]
    shared = {"accumulation": Accumulation.LAST, "programmed": programme, "due": quarters}
    with_may = year(nan, nan, 15, nan, 12, nan, **shared)
    assert with_may.light[0, 2:6].tolist() == [Light.AMBER, Light.AMBER, Light.AMBER, Light.RED]
    assert (with_may.compliance_to_date[0, 5], with_may.reason[0, 5]) == (120.0, Reason.HELD_BY_SILENCE)
    assert with_may.marks[0, 5] == Mark.NO_REPORT
    without = year(nan, nan, 15, nan, nan, nan, **shared)
    assert without.light[0, 2:6].tolist() == [Light.AMBER] * 4
    assert (without.compliance_to_date[0, 5], without.reason[0, 5]) == (150.0, Reason.HELD_BY_SILENCE)


def test_a_good_report_that_was_not_due_frees_the_next_slot_from_the_light_before_it() -> None:
    quarters = [[(slot + 1) % 3 == 0 for slot in range(12)]]
    shared = {"accumulation": Accumulation.LAST, "programmed": [[10.0] * 12], "due": quarters}
    result = year(nan, nan, 5, nan, 10, nan, **shared)
    assert result.light[0, 2:6].tolist() == [Light.RED, Light.RED, Light.RED, Light.GREEN]
    assert year(nan, nan, 5, nan, nan, nan, **shared).light[0, 5] == Light.RED


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


def test_a_year_that_has_not_begun_shows_only_its_programme() -> None:
    result = evaluate(Block(direction=0, accumulation=0, programmed=[[10.0] * 3], actual=[[9.0] * 3], cut=0), Scheme())
    assert result.light[0].tolist() == [Light.NOT_DUE] * 3
    assert result.reason[0].tolist() == [Reason.NOT_ENDED] * 3
    assert (result.marks.any(), result.streak.any(), result.last_slot[0].tolist()) == (False, False, [-1] * 3)
    for name in ("actual", "actual_to_date", "compliance_month", "compliance_to_date", "compliance_year", "gap"):
        assert np.isnan(getattr(result, name)).all(), name
    assert result.programmed_to_date[0].tolist() == result.schedule[0].tolist() == [10, 20, 30]


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


def test_progress_before_its_time_and_then_silence_cannot_show_better_than_the_month_before() -> None:
    """4 of nothing has no colour; then 4 of 10 is red, and so it stays although 4 of 5 would be amber."""
    block = Block(direction=0, accumulation=Accumulation.LAST, programmed=[[0.0, 10.0, 5.0]], actual=[[4.0, nan, nan]])
    result = evaluate(block, Scheme(silent_slots=3))
    assert result.compliance_to_date[0, 1:].tolist() == [40.0, 80.0]
    assert result.light[0].tolist() == [Light.NOT_SCHEDULED, Light.RED, Light.RED]
    assert result.reason[0, 2] == Reason.HELD_BY_SILENCE


def test_a_month_in_silence_with_nothing_wanted_has_no_percentage_of_its_own() -> None:
    block = Block(direction=Direction.NOMINAL, accumulation=0, programmed=[[10.0, 0.0]], actual=[[10.0, nan]])
    month = evaluate(block, Scheme()).compliance_month[0]
    assert month[0] == 100.0
    assert np.isnan(month[1])  # silence is neither the zero that was wanted (100) nor another figure (0)
