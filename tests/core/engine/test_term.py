"""Progress of a term of government: years as columns, the same rules."""

import numpy as np
import pytest

from rumbo.core.engine import Block, Result, Scheme, evaluate
from rumbo.core.engine.term import YearOfTerm, term_of
from rumbo.core.vocabulary.accumulation import Accumulation as Acc
from rumbo.core.vocabulary.direction import Direction
from rumbo.core.vocabulary.light import Light

nan = float("nan")


def year(actual: list[float], cut: int = 4, **others: object) -> YearOfTerm:
    """Four slots of ten programmed."""
    given_ = {"direction": Direction.INCREASING, "accumulation": Acc.SUM, "programmed": [[10.0] * 4]} | others
    block = Block(actual=[actual], cut=cut, **given_)  # type: ignore[arg-type]
    result = evaluate(block, Scheme())
    at = max(cut - 1, 0)
    return YearOfTerm(block, result.programmed_to_date[:, at], result.actual_to_date[:, at], result.annual_target)


def term(*years: YearOfTerm, target: float = nan) -> Result:
    return evaluate(term_of(years, Scheme(), [target]), Scheme())


def test_a_term_without_years_or_of_other_rows_is_refused() -> None:
    with pytest.raises(ValueError, match=r"^a term has at least one year$"):
        term_of([], Scheme())
    two = year([1.0] * 4)
    wide = YearOfTerm(two.block.take(np.array([0, 0])), *(np.ones(2) for _ in range(3)))
    with pytest.raises(ValueError, match=r"^the years of a term have the same rows$"):
        term_of([two, wide], Scheme())


@pytest.mark.requirement("A1-03")
def test_sums_of_the_years_add_up_against_the_target_of_the_term() -> None:
    found = term(year([10, 10, 10, 6]), year([9, 9, nan, nan], cut=2), target=120)
    assert found.actual_to_date[0].tolist() == [36, 54]
    assert found.programmed_to_date[0].tolist() == [40, 60]  # of the year that runs, what was programmed to date
    assert (found.compliance_to_date[0, 1], found.compliance_year[0, 1]) == (90, 45)
    assert found.annual_target[0] == 120


def test_without_a_target_of_its_own_the_term_aims_at_the_sum_of_its_years() -> None:
    to_come = year([nan] * 4, cut=0)
    found = term(year([10] * 4), to_come, to_come)
    assert found.annual_target[0] == 120
    assert found.compliance_year[0, 0] == 33.3
    assert found.light[0].tolist() == [Light.GREEN, Light.NOT_DUE, Light.NOT_DUE]


def test_levels_take_the_last_year_and_means_the_mean_of_the_years() -> None:
    last = term(year([5, 6, 7, 8], accumulation=Acc.LAST), year([9] * 4, accumulation=Acc.LAST), target=10)
    assert (last.actual_to_date[0, 1], last.compliance_year[0, 1]) == (9, 90)
    each = term(year([5, 6, 7, 8], accumulation=Acc.PERIODIC), year([9] * 4, accumulation=Acc.PERIODIC), target=10)
    assert each.actual_to_date[0].tolist() == [8, 9]
    mean = term(year([6] * 4, accumulation=Acc.AVERAGE), year([9] * 4, accumulation=Acc.AVERAGE), target=10)
    assert mean.actual_to_date[0].tolist() == [6, 7.5]


def test_ratios_add_their_parts_and_never_their_percentages() -> None:
    def of(num: float, den: float) -> YearOfTerm:
        return year([num] * 4, actual_den=[[den] * 4], accumulation=Acc.RATIO, factor=100, programmed_den=[[20.0] * 4])

    found = term(of(9, 10), of(30, 90))
    assert found.actual_to_date[0].tolist() == [90, 39]  # (36 + 120) ÷ (40 + 360)
    assert found.programmed_to_date[0].tolist() == [50, 50]
    ahead = of(0, 0)
    coming = year([nan] * 4, cut=0, accumulation=Acc.RATIO, factor=100, programmed_den=[[40.0] * 4])
    planned = term_of([ahead, coming], Scheme())
    assert (planned.programmed[0].tolist(), planned.programmed_den[0].tolist()) == ([40, 40], [80, 160])
    level = year([3] * 4, actual_den=[[4.0] * 4], accumulation=Acc.RATIO, factor=100, programmed=[[80.0] * 4])
    assert term(level, level).programmed_to_date[0].tolist() == [80, 80]
    assert term(level, level).actual_to_date[0].tolist() == [75, 75]


def test_a_range_of_a_sum_is_of_all_the_years() -> None:
    bounded = {"direction": Direction.RANGE, "low": 36.0, "high": 44.0}
    found = term(year([10] * 4, **bounded), year([12] * 4, **bounded))
    assert found.compliance_to_date[0].tolist() == [100, 100]
    down = {"direction": Direction.DECREASING, "accumulation": Acc.LAST, "baseline": 30.0}
    assert term_of([year([9] * 4, **down), year([9] * 4, **down)], Scheme()).baseline[0] == 30


def test_a_range_known_in_some_years_only_is_of_those_years() -> None:
    known, unknown = {"direction": Direction.RANGE, "low": 36.0, "high": 44.0}, {"direction": Direction.RANGE}
    built = term_of([year([10] * 4, **known), year([12] * 4, **unknown)], Scheme())
    assert (built.low[0], built.high[0]) == (36, 44)
    never = term_of([year([10] * 4, **unknown), year([12] * 4, **unknown)], Scheme())
    assert np.isnan([never.low[0], never.high[0]]).all()


def test_rows_made_of_parts_do_not_lend_their_denominators_to_their_neighbours() -> None:
    block = Block(
        direction=0, accumulation=[Acc.SUM, Acc.RATIO, Acc.RATIO], programmed=[[10.0] * 4, [9.0] * 4, [80.0] * 4],
        actual=[[8.0] * 4, [6.0] * 4, [3.0] * 4], actual_den=[[5.0] * 4, [10.0] * 4, [4.0] * 4],
        programmed_den=[[7.0] * 4, [10.0] * 4, [nan] * 4], factor=[1, 100, 100],
    )  # fmt: skip
    result = evaluate(block, Scheme())
    one = YearOfTerm(block, result.programmed_to_date[:, 3], result.actual_to_date[:, 3], result.annual_target)
    built = term_of([one], Scheme())
    assert built.programmed[:, 0].tolist() == [40, 36, 80]
    assert built.actual[:, 0].tolist() == [32, 24, 12]
    np.testing.assert_array_equal(built.programmed_den[:, 0], [nan, 40, nan])
    np.testing.assert_array_equal(built.actual_den[:, 0], [nan, 40, 16])


def test_each_row_adds_its_own_bounds_and_only_the_months_that_ended() -> None:
    def both(cut: int) -> YearOfTerm:
        block = Block(
            direction=Direction.RANGE, accumulation=[Acc.SUM, Acc.RATIO], programmed=[[10.0] * 4, [9.0, 9.0, nan, 9.0]],
            programmed_den=[[nan] * 4, [10.0, 10.0, 10.0, nan]], actual=[[10.0] * 4, [5.0] * 4],
            actual_den=[[nan] * 4, [10.0] * 4], low=[30.0, 1.0], high=[50.0, 2.0], cut=cut,
        )  # fmt: skip
        result = evaluate(block, Scheme())
        return YearOfTerm(
            block, result.programmed_to_date[:, cut - 1], result.actual_to_date[:, cut - 1], result.annual_target
        )

    built = term_of([both(4), both(1)], Scheme())
    assert (built.low.tolist(), built.high.tolist()) == ([60, 1], [100, 2])
    assert built.programmed[1].tolist() == [18, 9]  # months with both parts; of the year that runs, those ended
    assert built.programmed_den[1].tolist() == [20, 10]
    assert built.actual_den[1].tolist() == [40, 10]


def test_a_row_of_parts_that_never_reported_has_none_beside_one_that_did() -> None:
    block = Block(
        direction=0, accumulation=Acc.RATIO, programmed=[[9.0] * 4] * 2, programmed_den=[[10.0] * 4] * 2,
        actual=[[6.0] * 4, [nan] * 4], actual_den=[[10.0] * 4, [nan] * 4],
    )  # fmt: skip
    built = term_of([YearOfTerm(block, np.ones(2), np.ones(2), np.ones(2))], Scheme())
    np.testing.assert_array_equal(built.actual[:, 0], [24, nan])
    np.testing.assert_array_equal(built.actual_den[:, 0], [40, nan])


def test_what_is_a_report_in_a_year_of_the_term_is_said_by_the_scheme() -> None:
    """A numerator alone is none; where what is missing adds zero, it is one."""
    block = Block(
        direction=0, accumulation=Acc.RATIO, programmed=[[9.0] * 2], programmed_den=[[10.0] * 2], actual=[[4.0, 1.0]],
        actual_den=[[5.0, nan]],
    )  # fmt: skip
    one = YearOfTerm(block, np.ones(1), np.ones(1), np.ones(1))
    for scheme, above in ((Scheme(), 4), (Scheme.nation(), 5)):
        built = term_of([one], scheme)
        assert (built.actual[0, 0], built.actual_den[0, 0]) == (above, 5)
