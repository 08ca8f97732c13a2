"""A partition of the nation, cell by cell and node by node, against its slow twin."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rumbo.core.engine import Bands, Block, Scheme, carried, evaluate
from rumbo.core.engine.bands import BandTables
from rumbo.core.engine.partial import COUNTS, Totals, _table, partial
from rumbo.core.engine.partition import Cells, Partition, _weights, evaluate_partition, groups, in_a_row, scaled
from rumbo.core.engine.projection import straight_line
from tests.reference import nation as twin

JANUARY = 2023 * 12
nan = float("nan")
FIGURES = ("prog", "act", "pct", "gap", "proj")
CODES = ("light", "cls", "streak", "overdue", "rnk")

cents = st.integers(0, 3000).map(lambda value: value / 100)
plain = st.integers(0, 12).map(float)
present = plain | plain | cents
maybe = st.none() | present | present | present
edges = st.sampled_from(
    [0.0, 50.0, 60.0, 70.0, 80.0, 90.0, 95.0, 99.99999999, 100.0, 100.00000001, 150.0, 200.0, 250.0]
)


@st.composite
def nations(draw: st.DrawFn) -> tuple[list[twin.Indicator], dict, dict, list[twin.Version]]:  # type: ignore[type-arg]
    first = JANUARY + draw(st.sampled_from([0, 0, 3, 11]))
    months = draw(st.sampled_from([1, 7, 12, 24, 27]))
    areas = sorted(draw(st.lists(st.integers(0, 2), min_size=1, max_size=7)))
    indicators, programme, observed = [], {}, {}
    for ind, area in enumerate(areas):
        one = twin.Indicator(
            ind=ind,
            area=area,
            elem=draw(st.integers(0, 2)),
            direction=draw(st.integers(0, 2)),
            mode=draw(st.integers(0, 3)),
            k=draw(st.sampled_from([1.0, 100.0])),
            base=draw(present | st.sampled_from([80.0, 500.0])),
            lo=draw(present),
            hi=draw(present),
            weight=draw(st.sampled_from([0.5, 1.0, 2.0, 0.0])),
            rset=draw(st.integers(0, 2)),
        )
        one.lo, one.hi = sorted((one.lo, one.hi))
        indicators.append(one)
        like = draw(st.none() | st.sampled_from([0.5, 0.9, 1.0, 1.1]))
        for period in range(first, first + months):
            num, den = draw(present), draw(maybe)
            programme[ind, period] = (num, den)
            observed[ind, period] = (num * like, den) if like and draw(st.booleans()) else (draw(maybe), draw(maybe))
    versions = []
    for rset in range(3):
        since = [first - 5, *draw(st.lists(st.integers(first - 4, first + months), max_size=2, unique=True))]
        versions += [twin.Version(rset, day, *(draw(edges) for _ in range(5))) for day in since]
    return indicators, programme, observed, versions


def dense(values: dict, indicators: list[twin.Indicator], periods: range, which: int) -> Any:  # type: ignore[type-arg]
    table = [[values.get((one.ind, period), (None, None))[which] for period in periods] for one in indicators]
    return np.array([[nan if value is None else value for value in row] for row in table], dtype=np.float64)


def given_to_engine(nation: Any) -> tuple[Partition, BandTables]:
    indicators, programme, observed, versions = nation
    days = [period for _, period in programme]
    periods = range(min(days), max(days) + 1)

    def line(name: str, kind: str = "f8") -> Any:
        return np.array([getattr(one, name) for one in indicators], dtype=kind)

    part = Partition(
        direction=line("direction", "i1"), mode=line("mode", "i1"), k=line("k"), base=line("base"), lo=line("lo"),
        hi=line("hi"), rule_set=line("rset", "i8"), area=line("area", "i8"),
        pnum=dense(programme, indicators, periods, 0), pden=dense(programme, indicators, periods, 1),
        num=dense(observed, indicators, periods, 0), den=dense(observed, indicators, periods, 1),
        first=periods.start, last=periods.stop - 1,
    )  # fmt: skip
    columns: dict[str, Any] = {
        name: [getattr(version, own) for version in versions]
        for name, own in {
            "rule_set": "rset", "since": "since", "green": "green", "amber": "yellow",
            "fair": "c1", "good": "c2", "achieved": "c3",
        }.items()
    }  # fmt: skip
    return part, BandTables.of(**columns, periods=periods)


def assert_same(cells: Cells, nation: Any, expected: dict[twin.Key, twin.Cell]) -> None:
    indicators, programme, _, _ = nation
    first = min(period for _, period in programme)
    for name in (*FIGURES, *CODES):
        found = getattr(cells, name)
        for (ind, period), cell in expected.items():
            ours, theirs = found[ind, period - first], getattr(cell, name)
            where = f"{name} of {indicators[ind]} in {period}"
            if name in CODES:
                assert ours == theirs, where
            elif theirs is None:
                assert np.isnan(ours), where
            else:
                assert ours == pytest.approx(theirs, rel=1e-9, abs=1e-9), where


@settings(max_examples=150, deadline=None)
@given(nations())
def test_every_cell_is_that_of_the_twin(nation: Any) -> None:
    part, bands = given_to_engine(nation)
    assert_same(evaluate_partition(part, bands), nation, twin.evaluate(*nation))


@settings(max_examples=60, deadline=None)
@given(nations(), st.sampled_from(["area", "elem"]))
def test_every_node_is_that_of_the_twin_however_the_nation_is_split(nation: Any, tree: str) -> None:
    indicators, programme, _, _ = nation
    part, bands = given_to_engine(nation)
    leaf = np.array([getattr(one, tree) for one in indicators])
    weight = np.array([one.weight for one in indicators])
    totals, months = Totals.empty(3, part.months), part.months
    for rows in groups(part.area, size=1):
        piece = replace(
            part, **{name: getattr(part, name)[rows] for name in Partition.__slots__ if name not in ("first", "last")}
        )
        totals.add(partial(evaluate_partition(piece, bands), weight[rows], leaf[rows]))
    expected = twin.rollup(indicators, twin.evaluate(*nation), {one.ind: getattr(one, tree) for one in indicators})
    first = min(period for _, period in programme)
    for node in range(3):
        for month in range(months):
            theirs = expected.get((node, first + month), twin.Node())
            assert totals.n[node] == theirs.n
            assert tuple(totals.counts[node, month]) == theirs.counts
            ours = totals.mean[node, month]
            if theirs.wpct is None:
                assert np.isnan(ours)
            else:
                assert ours == pytest.approx(theirs.wpct, rel=1e-12)


@settings(max_examples=80, deadline=None)
@given(nations())
def test_the_engine_of_a_year_gives_the_same_under_the_same_scheme(nation: Any) -> None:
    """The partition is the scheme `nation` written for millions of rows; one year of it is an ordinary block."""
    part, bands = given_to_engine(nation)
    cells, scheme = evaluate_partition(part, bands), Scheme.nation()
    edges, before = bands.of_rows(part.rule_set), None
    for year in range(part.first // 12, (part.last + 1) // 12 + 1):
        inside = [
            period - part.first for period in range(year * 12, year * 12 + 12) if part.first <= period <= part.last
        ]
        if not inside:
            continue
        skipped = inside[0] + part.first - year * 12

        def months(table: Any, skipped: int = skipped, inside: list[int] = inside) -> Any:
            whole = np.full((part.rows, 12), nan)
            whole[:, skipped : skipped + len(inside)] = table[:, inside]
            return whole

        block = Block(
            direction=part.direction, accumulation=part.mode, factor=part.k, baseline=part.base, low=part.lo,
            high=part.hi, programmed=months(part.pnum), programmed_den=months(part.pden), actual=months(part.num),
            actual_den=months(part.den),
        )  # fmt: skip
        own = Bands(**{name: months(getattr(edges, name)) for name in Bands.__slots__})
        result = evaluate(block, scheme, bands=own, before=before)
        at = slice(skipped, skipped + len(inside))
        pairs = (
            ("programmed_to_date", "prog"),
            ("actual_to_date", "act"),
            ("gap", "gap"),
            ("compliance_to_date", "pct"),
        )
        for ours, theirs in pairs:
            expected = getattr(cells, theirs)[:, inside]
            np.testing.assert_allclose(getattr(result, ours)[:, at], expected, rtol=1e-9, atol=2e-8, err_msg=ours)
        line = straight_line(result.actual_to_date)[:, at]
        np.testing.assert_allclose(line, cells.proj[:, inside], rtol=1e-9, atol=1e-7)
        light = np.where(np.isin(result.light, (1, 2, 3)), result.light, 0)[:, at]
        pct = cells.pct[:, inside]
        on_edge = np.zeros(pct.shape, dtype=np.bool_)
        for name in Bands.__slots__:
            on_edge |= np.abs(pct - getattr(edges, name)[:, inside]) <= 2e-8
        assert (on_edge | (light == cells.light[:, inside])).all()
        assert (on_edge | (result.performance_class[:, at] == cells.cls[:, inside])).all()
        before = carried(result, before)


def one(**changes: Any) -> Cells:
    """One ascending sum of ten a month, done as programmed, for a year."""
    months = changes.pop("months", 12)
    whole: dict[str, Any] = {
        "direction": 0, "mode": 0, "k": 1.0, "base": 0.0, "lo": 0.0, "hi": 0.0, "rule_set": 0, "area": 0,
    } | changes  # fmt: skip
    arrays = {name: np.full((1, months), 10.0) for name in ("pnum", "pden", "num", "den")}
    arrays |= {name: np.array([whole.pop(name)], dtype=np.float64) for name in list(whole) if name in arrays}
    kinds = {"direction": "i1", "mode": "i1", "rule_set": "i8", "area": "i8"}
    lines = {name: np.array([value], dtype=kinds.get(name, "f8")) for name, value in whole.items()}
    columns = range(JANUARY, JANUARY + months)
    bands = BandTables.of(
        rule_set=[0], since=[0], green=[90], amber=[70], fair=[60], good=[80], achieved=[100], periods=columns
    )
    return evaluate_partition(Partition(**lines, **arrays, first=JANUARY, last=columns.stop - 1), bands)


def row(values: Any) -> list[float]:
    return np.asarray(values)[0].tolist()


def test_a_group_never_parts_an_area() -> None:
    area = np.repeat([4, 7, 9, 2], [3, 5, 1, 2])
    assert [(rows.start, rows.stop) for rows in groups(area, size=4)] == [(0, 3), (3, 8), (8, 11)]
    assert list(groups(np.empty(0, dtype=np.int64))) == []


def test_an_area_larger_than_a_group_is_one_by_itself_and_no_group_is_empty() -> None:
    area = np.repeat([4, 7, 9], [5, 6, 1])
    assert [(rows.start, rows.stop) for rows in groups(area, size=4)] == [(0, 5), (5, 11), (11, 12)]


def test_rows_of_one_area_that_lie_apart_are_refused() -> None:
    part, bands = given_to_engine(
        ([twin.Indicator(i, a, 0, 0, 0, 1, 0, 0, 0, 1, 0) for i, a in enumerate((1, 2, 1))],
         {(i, JANUARY): (1.0, None) for i in range(3)}, {}, [twin.Version(0, 0, 90, 70, 60, 80, 100)])
    )  # fmt: skip
    with pytest.raises(ValueError, match="together"):
        evaluate_partition(part, bands)
    with pytest.raises(ValueError, match="direction"):
        evaluate_partition(replace(part, area=np.arange(3), direction=np.array([0, 3, 1], dtype=np.int8)), bands)
    with pytest.raises(ValueError, match="num"):
        evaluate_partition(replace(part, num=part.num[:2]), bands)
    wide = {name: np.repeat(getattr(part, name), 2, axis=1) for name in ("pnum", "pden", "num", "den")}
    with pytest.raises(ValueError, match="the bands have 1 columns, expected 2"):
        evaluate_partition(replace(part, area=np.arange(3), **wide), bands)


def test_nothing_is_done_before_the_first_report_of_each_year() -> None:
    cells = one(num=[nan, 5, nan] + [nan] * 9 + [nan, 7] + [nan] * 10, months=24)
    assert np.isnan(cells.act[0, [0, 12]]).all()
    assert row(cells.act)[1:3] == [5.0, 5.0]
    assert row(cells.act)[13:15] == [7.0, 7.0]
    assert (cells.light[0, 0], cells.rnk[0, 0], cells.cls[0, 0]) == (0, 0, 0)


def test_red_months_in_a_row_go_on_in_january() -> None:
    cells = one(num=[1.0] * 14, months=14)
    assert row(cells.streak) == list(range(1, 15))
    broken = in_a_row(np.array([[1, 1, 2, 1, 0, 1]], dtype=np.int8))
    assert row(broken) == [1, 2, 0, 1, 0, 1]
    assert broken.dtype == "int16"


def test_reports_are_overdue_but_for_the_last_three_months() -> None:
    cells = one(num=[10.0, nan] + [nan] * 10)
    assert row(cells.overdue) == [0] + [1] * 8 + [0] * 3


def test_december_is_projected_by_a_straight_line() -> None:
    cells = one(num=[3.0] + [10.0] * 11, months=12)
    assert np.isnan(cells.proj[0, 0])
    assert cells.proj[0, 1] == pytest.approx(113.0)
    assert cells.proj[0, 11] == pytest.approx(113.0)


def test_a_percentage_stays_between_zero_and_two_hundred() -> None:
    assert one(num=[900.0] * 12).pct[0, 3] == 200
    assert one(num=[-5.0] * 12).pct[0, 3] == 0


def test_an_edge_above_a_better_one_cannot_hide_it() -> None:
    bands = BandTables.of(
        rule_set=[0], since=[0], green=[80], amber=[95], fair=[0], good=[0], achieved=[0], periods=range(1)
    )
    assert (bands.amber[0, 0], bands.green[0, 0]) == (80, 80)


def test_a_version_is_in_force_from_its_month_on() -> None:
    bands = BandTables.of(
        rule_set=[1, 0, 1], since=[5, 0, 3], green=[95, 90, 85], amber=[1, 1, 1], fair=[1, 1, 1], good=[2, 2, 2],
        achieved=[3, 3, 3], periods=range(2, 7),
    )  # fmt: skip
    assert bands.green[0].tolist() == [90] * 5
    assert bands.green.shape == (2, 5)
    assert np.isnan(bands.green[1, 0])
    assert bands.green[1, 1:].tolist() == [85, 85, 95, 95]


def test_there_are_as_many_rule_sets_as_asked_for_and_one_without_versions_rules_nothing() -> None:
    edges: dict[str, Any] = {"green": [90], "amber": [70], "fair": [60], "good": [80], "achieved": [100]}
    bands = BandTables.of(rule_set=[1], since=[0], **edges, periods=range(2), n_sets=4)
    assert np.isnan(bands.amber[:, 0]).tolist() == [True, False, True, True]
    none = BandTables.of(rule_set=[], since=[], **{name: [] for name in edges}, periods=range(2))
    assert none.green.shape == none.of_rows([]).fair.shape == (0, 2)
    assert none.green.dtype == "float64"


def test_a_scheme_with_an_open_side_is_not_for_a_partition() -> None:
    indicators = [twin.Indicator(0, 0, 0, 0, 0, 1, 0, 0, 0, 1, 0)]
    part, bands = given_to_engine(
        (indicators, {(0, JANUARY): (1.0, None)}, {}, [twin.Version(0, 0, 90, 70, 60, 80, 100)])
    )
    for sides in ({"most": None}, {"least": None}, {"least": 1.0}):
        with pytest.raises(ValueError, match=r"this scheme leaves a side open$"):
            evaluate_partition(part, bands, replace(Scheme.nation(), **sides))


@pytest.mark.parametrize("rows", [1023, 1024, 5000])
def test_a_node_of_many_rows_counts_them_all(rows: int) -> None:
    cells = Cells.empty(rows + 1, 1)
    cells.pct[:], cells.light[:], cells.cls[:] = 50.0, 1, 4
    cells.pct[-1], cells.light[-1], cells.cls[-1] = 100.0, 3, 2
    whole = partial(cells, np.ones(rows + 1), np.append(np.zeros(rows, dtype=np.int64), 3))
    assert whole.n.tolist() == [rows, 1]
    assert dict(zip(COUNTS, whole.counts[0, 0].tolist(), strict=True)) == {
        "l1": rows, "l2": 0, "l3": 0, "k1": 0, "k2": 0, "k3": 0, "k4": rows,
    }  # fmt: skip
    assert whole.counts[1, 0].tolist() == [0, 0, 1, 0, 1, 0, 0]


def test_a_level_adds_up_to_the_one_above_and_a_row_of_no_node_to_none() -> None:
    cells = Cells.empty(3, 2)
    cells.pct[:], cells.light[:], cells.cls[:] = [[100.0, nan], [50.0, 0.0], [7.0, 7.0]], 1, 1
    totals = Totals.empty(2, 2)
    totals.add(partial(cells, np.array([1.0, 3.0, 1.0]), np.array([1, 0, -1])))
    above = totals.above(np.array([0, 0]), 1)
    assert above.n.tolist() == [2]
    assert above.mean.tolist() == [[62.5, 0.0]]
    nobody = partial(cells, np.ones(3), np.full(3, -1))
    assert nobody.node.tolist() == []
    assert nobody.counts.shape == (0, 2, len(COUNTS))
    totals.add(nobody)
    assert totals.n.tolist() == [1, 1]


def test_a_node_without_parent_adds_to_nobody() -> None:
    cells = Cells.empty(2, 1)
    cells.pct[:], cells.light[:], cells.cls[:] = [[80.0], [60.0]], 2, 2
    totals = Totals.empty(2, 1)
    totals.add(partial(cells, np.ones(2), np.array([0, 1])))
    above = totals.above(np.array([0, -1]), 2)
    assert above.n.tolist() == [1, 0]
    assert above.mean[0, 0] == 80.0
    assert np.isnan(above.mean[1, 0])


def test_the_columns_of_the_layout_are_named_in_its_order() -> None:
    names = ["prog", "act", "pct", "light", "cls", "gap", "streak", "proj", "overdue", "rnk"]
    cells = Cells.empty(2, 3)
    assert list(cells.arrays()) == names
    assert all(values is getattr(cells, name) for name, values in cells.arrays().items())


def test_columns_have_the_widths_of_the_layout() -> None:
    small = {"light": "int8", "cls": "int8", "overdue": "int8", "streak": "int16", "rnk": "int32"}
    for name, values in Cells.empty(1, 1).arrays().items():
        assert values.dtype == small.get(name, "float64"), name
    nobody = partial(Cells.empty(2, 1), np.ones(2), np.full(2, -1))
    assert [len(nobody.node), len(nobody.n), len(nobody.weighted)] == [0, 0, 0]
    assert Totals.empty(1, 1).n.dtype == "int64"


@pytest.mark.parametrize(
    ("least", "most", "expected"), [(None, None, [-50, 2500]), (0.0, None, [0, 2500]), (None, 200.0, [-50, 2000])]
)
def test_a_scale_may_be_open_on_either_side(least: float | None, most: float | None, expected: list[float]) -> None:
    scheme = replace(Scheme.nation(), decimals=1, least=least, most=most)
    assert scaled(np.array([-0.05, 2.5]), scheme).tolist() == expected


def test_every_set_of_months_makes_the_line_of_least_squares() -> None:
    of_sum, of_moment = _weights()
    rng = np.random.default_rng(4)
    for months in ([0, 1], [0, 11], [2, 5, 9], list(range(12)), [1, 3, 4, 8, 10]):
        values = rng.uniform(0, 50, len(months))
        x = np.array(months) + 1.0
        pattern = sum(1 << month for month in months)
        found = values.sum() * of_sum[pattern] + ((x - 12) * values).sum() * of_moment[pattern]
        assert found == pytest.approx(np.polyval(np.polyfit(x, values, 1), 12))
    assert np.isnan(of_sum[[0, 1, 2048]]).all()
    assert not np.isnan(of_sum[3])


def test_each_colour_and_class_is_counted_in_bits_of_its_own() -> None:
    assert _table().dtype == "int64"  # a node adds up to sixty bits: more than a real number holds
    table = _table().reshape(4, 5)
    assert not table[0].any()
    assert not table[:, 0].any()
    for light in range(1, 4):
        for grade in range(1, 5):
            counts = [int(table[light, grade]) >> (10 * place) & 1023 for place in range(6)]
            assert int(table[light, grade]) < 1 << 60  # the seventh is what the others leave
            assert counts == [int(light == which) for which in (1, 2, 3)] + [int(grade == k) for k in (1, 2, 3)]
