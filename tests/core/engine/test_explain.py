"""Any cell can tell how it was made."""

import numpy as np
import pytest

from rumbo.core.engine import Bands, Block, Carried, Explanation, Original, Scheme, evaluate, explain
from rumbo.core.engine.explanation import Operation, Sentence
from rumbo.core.vocabulary.accumulation import Accumulation as Acc
from rumbo.core.vocabulary.direction import Direction
from rumbo.core.vocabulary.evaluation_policy import DecreasingFormula, RangeFormula
from rumbo.core.vocabulary.light import Light
from rumbo.core.vocabulary.mark import Mark
from rumbo.core.vocabulary.performance_class import PerformanceClass
from rumbo.core.vocabulary.reason import Reason

nan = float("nan")


def explained(slot: int, scheme: Scheme | None = None, **arrays: object) -> Explanation:
    given_ = {"direction": Direction.INCREASING, "accumulation": Acc.SUM} | arrays
    block, scheme = Block(**given_), scheme or Scheme()  # type: ignore[arg-type]
    return explain(block, scheme, evaluate(block, scheme), 0, slot)


def test_a_cell_that_does_not_exist_is_refused() -> None:
    with pytest.raises(IndexError, match=r"^no cell \(0, 3\) in 1 × 3$"):
        explained(3, programmed=[[1, 2, 3]], actual=[[1, 2, 3]])
    block = Block(direction=0, accumulation=0, programmed=[[1.0]], actual=[[1.0]])
    with pytest.raises(IndexError, match=r"^no cell \(1, 0\) in 1 × 1$"):
        explain(block, Scheme(), evaluate(block, Scheme()), 1, 0)


def test_a_sum_shows_its_months_its_formula_and_its_band() -> None:
    told = explained(2, programmed=[[1000, 1000, 500]], actual=[[1000, nan, 750]])
    assert told.programmed.numbers == "1,000 + 1,000 + 500 = 2,500"
    assert told.actual.numbers == "1,000 + 750 = 1,750"
    assert (told.compliance.symbols, told.compliance.numbers) == ("100 × R ÷ P", "100 × 1,750 ÷ 2,500 = 70")
    assert (told.percentage, told.distance, told.scheme) == (70, None, Scheme())
    assert [band.low for band in told.light_bands if band.matched] == [70]
    assert (told.light, told.performance_class) == (Light.AMBER, PerformanceClass.FAIR)
    assert [month.reported for month in told.evidence] == [True, False, True]
    assert [str(note) for note in told.notes] == [
        "Cortes sin reporte hasta aquí: 1.",
        "Lo no reportado cuenta como no realizado; lo programado sigue corriendo.",
    ]


def test_a_descending_sum_shows_only_the_months_compared() -> None:
    told = explained(1, direction=Direction.DECREASING, programmed=[[10, 30]], actual=[[12, nan]])
    assert told.programmed.numbers == "10"
    assert told.compliance.numbers == "100 × 10 ÷ 12 = 83.333333"
    assert told.percentage == 83.3
    assert told.marks == (Mark.NO_REPORT,)


def test_a_ratio_shows_both_sums() -> None:
    told = explained(
        1,
        accumulation=Acc.RATIO,
        factor=100,
        programmed=[[9, 9]],
        programmed_den=[[10, 10]],
        actual=[[8, 7]],
        actual_den=[[10, 10]],
    )
    assert told.actual.numbers == "100 × (8 + 7) ÷ (10 + 10) = 75"
    assert told.programmed.numbers == "100 × (9 + 9) ÷ (10 + 10) = 90"


def test_what_is_not_computable_says_why_and_shows_no_percentage() -> None:
    told = explained(0, accumulation=Acc.RATIO, programmed=[[90]], actual=[[0]], actual_den=[[0]])
    assert told.light is Light.NOT_COMPUTABLE
    assert (told.compliance.value, told.percentage) == (None, None)
    assert told.notes[0].template == Reason.ZERO_DENOMINATOR.label
    assert not any(band.matched for band in told.light_bands)


def test_the_formula_shown_is_the_one_used() -> None:
    scheme = Scheme(decreasing=DecreasingFormula.BASELINE_ELSE_RATIO)
    down = {"direction": Direction.DECREASING, "accumulation": Acc.LAST, "programmed": [[60]], "actual": [[70]]}
    assert explained(0, scheme, baseline=100, **down).compliance.numbers == "100 × (100 − 70) ÷ (100 − 60) = 75"
    assert explained(0, scheme, baseline=50, **down).compliance.symbols == "100 × P ÷ R"


def test_a_range_shows_the_bound_it_left() -> None:
    limits = {"direction": Direction.RANGE, "accumulation": Acc.LAST, "programmed": [[nan]], "low": 96, "high": 100}
    assert explained(0, actual=[[94]], **limits).compliance.numbers == "100 × (1 − |94 − 96| ÷ 96) = 97.916667"
    assert explained(0, actual=[[98]], **limits).compliance.numbers == "96 ≤ 98 ≤ 100 = 100"


@pytest.mark.parametrize(("actual", "told"), [(96, "96 ≤ 96 ≤ 100 = 100"), (100, "96 ≤ 100 ≤ 100 = 100")])
def test_right_on_a_bound_is_inside(actual: float, told: str) -> None:
    limits = {"direction": Direction.RANGE, "accumulation": Acc.LAST, "programmed": [[nan]], "low": 96, "high": 100}
    assert explained(0, actual=[[actual]], **limits).compliance.numbers == told
    in_units = explained(0, actual=[[actual]], units_green=1, units_amber=2, **limits)
    assert in_units.distance == Operation("L₁ ≤ R ≤ L₂", f"{actual} = 0", 0)


def test_a_nominal_goal_shows_how_far_it_is_on_either_side() -> None:
    told = explained(0, direction=Direction.NOMINAL, programmed=[[40]], actual=[[50]])
    assert told.compliance == Operation("100 × (1 − |R − P| ÷ |P|)", "100 × (1 − |50 − 40| ÷ |40|) = 75", 75)


def test_a_column_that_is_not_due_explains_the_slot_it_shows() -> None:
    told = explained(1, programmed=[[10, nan]], actual=[[9, nan]], due=[[True, False]])
    assert (told.slot, told.shown_slot, told.percentage) == (1, 0, 90)
    assert "no le corresponde" in str(told.notes[0])


def test_before_the_first_slot_there_is_only_the_reason() -> None:
    told = explained(0, programmed=[[nan, 10]], actual=[[nan, 9]], due=[[False, True]])
    assert told.light is Light.NOT_DUE
    assert told.evidence == ()
    assert [note.template for note in told.notes] == [Reason.BEFORE_FIRST_SLOT.label]


def test_a_report_before_the_first_slot_is_not_told_as_an_operation_without_terms() -> None:
    """What January reported counts from the first slot on; until then there is nothing to show."""
    told = explained(0, programmed=[[nan, 10]], actual=[[5, 4]], due=[[False, True]])
    assert (told.programmed, told.actual) == (Operation("", "", None), Operation("", "", None))
    first = explained(1, programmed=[[nan, 10]], actual=[[5, 4]], due=[[False, True]])
    assert first.actual == Operation("Σ R", "5 + 4 = 9", 9)


def test_the_months_left_without_report_are_counted_up_to_the_one_shown() -> None:
    rows = {"programmed": [[10, 10, 10]], "actual": [[9, nan, nan]]}
    assert [explained(slot, **rows).notes[:1] for slot in range(3)] == [
        (),
        (Sentence("Cortes sin reporte hasta aquí: %(missed)d.", {"missed": 1}),),
        (Sentence(Reason.SILENT.label),),
    ]
    assert str(explained(2, **rows).notes[1]) == "Cortes sin reporte hasta aquí: 2."


def test_full_marks_before_the_year_is_over_say_what_is_lacking() -> None:
    told = explained(0, programmed=[[10, 10]], actual=[[14, nan]], cut=1)
    assert told.performance_class is PerformanceClass.GOOD
    assert Mark.OVER in told.marks
    assert str(told.notes[0]) == "Rebasa 130 % de lo programado: conviene revisar la programación."
    assert "Será «Cumplida»" in str(told.notes[1])


def test_a_rate_shows_what_changed_over_what_there_was() -> None:
    told = explained(
        1, accumulation=Acc.RATE, factor=100, programmed=[[11, 11]], programmed_den=[[10, 10]], actual=[[12, 13]],
        actual_den=[[10, 10]],
    )  # fmt: skip
    assert told.actual.symbols == "k × (Σ R₁ − Σ R₂) ÷ Σ R₂"
    assert told.actual.numbers == "100 × (12 + 13 − (10 + 10)) ÷ (10 + 10) = 25"
    assert told.percentage == 250
    one = explained(0, accumulation=Acc.RATE, factor=100, programmed=[[11]], actual=[[12]], actual_den=[[10]])
    assert one.actual.numbers == "100 × (12 − 10) ÷ (10) = 20"


def test_where_a_percentage_collapses_the_distance_is_told_with_its_bands() -> None:
    few = {"direction": Direction.DECREASING, "accumulation": Acc.SUM, "programmed": [[0, 1]], "actual": [[1, 2]]}
    told = explained(1, units_green=1, units_amber=3, **few)
    assert (told.percentage, told.compliance.value) == (None, None)
    assert told.distance is not None
    assert (told.distance.symbols, told.distance.numbers) == ("máx(R − P, 0)", "máx(3 − 1, 0) = 2")
    assert [(band.code, band.low, band.high) for band in told.unit_bands if band.matched] == [(Light.AMBER, 1, 3)]
    assert (told.light, told.performance_class, told.reason) == (Light.AMBER, PerformanceClass.FAIR, Reason.BY_DISTANCE)
    assert explained(1, **few).unit_bands == ()
    assert "bandas propias del indicador en el año: hasta 1, en meta; hasta 3, en riesgo" in " ".join(
        map(str, told.notes)
    )
    shared = explained(1, Scheme(units_green=1, units_amber=3), **few)
    assert "con las bandas de la escala: hasta 1, en meta; hasta 3, en riesgo" in " ".join(map(str, shared.notes))


def test_a_changed_programme_tells_what_the_first_would_have_said() -> None:
    block = Block(direction=0, accumulation=0, programmed=[[10, 5]], actual=[[8, 5]])
    result = evaluate(block, Scheme(), original=Original([[10, 10]]))
    told = explain(block, Scheme(), result, 0, 1, version="3")
    assert (told.percentage, told.original, told.version) == (86.7, 65, "3")
    assert "contra la original llevaría 65 %" in " ".join(map(str, told.notes))


def test_a_figure_over_the_cap_is_told_raw_and_capped() -> None:
    told = explained(0, programmed=[[10, 10]], actual=[[12, nan]], cut=1)
    assert (told.percentage, told.capped) == (120, 100)
    assert str(told.notes[-1]) == "En los promedios cuenta como 100 %."


def test_bands_by_rule_set_are_those_of_the_cell() -> None:
    tables = {name: np.array([[90.0, edge]]) for name, edge in zip(Bands.__slots__, (50, 40, 60, 50, 30), strict=True)}
    block = Block(direction=0, accumulation=0, programmed=[[10, 10]], actual=[[5, 6]])
    bands = Bands(**tables)
    told = explain(block, Scheme(), evaluate(block, Scheme(), bands=bands), 0, 1, bands=bands)
    assert told.light is Light.GREEN
    assert [band.low for band in told.light_bands] == [50, 40, None]


def test_a_streak_of_another_year_and_a_limit_are_said() -> None:
    block = Block(direction=0, accumulation=0, programmed=[[10]], actual=[[90]])
    left = Carried(np.array([3], dtype=np.int8), np.array([4], dtype=np.int16), np.array([-4], dtype=np.int16))
    scheme = Scheme(most=200)
    told = explain(block, scheme, evaluate(block, scheme, before=left), 0, 0)
    assert (told.streak, told.since) == (5, -4)
    assert str(told.notes[0]) == "El porcentaje se conserva en 200 como máximo."
    assert "La racha viene de un ejercicio anterior." in map(str, told.notes)


@pytest.mark.parametrize("scheme", [Scheme(), Scheme.nation(), Scheme(units_green=1, units_amber=2)])
@pytest.mark.parametrize("direction", Direction)
@pytest.mark.parametrize("mode", Acc)
def test_every_kind_of_row_can_be_explained_at_every_slot(direction: Direction, mode: Acc, scheme: Scheme) -> None:
    plan = np.array([[3.0, 4, 0, 6, 2, 8]])
    done = np.array([[3.0, nan, nan, 5, 4, nan]])
    arrays = {"programmed": plan, "programmed_den": plan, "actual": done, "actual_den": done, "low": 2, "baseline": 9}
    block = Block(direction=direction, accumulation=mode, **arrays)
    result = evaluate(block, scheme)
    for slot in range(6):
        told = explain(block, scheme, result, 0, slot)
        shown = result.compliance_to_date[0, slot]
        assert told.percentage == (None if np.isnan(shown) else shown)
        assert told.light == result.light[0, slot]


@pytest.mark.parametrize(
    ("arrays", "note"),
    [
        ({"accumulation": Acc.SUM, "direction": Direction.DECREASING}, "Se comparan solo los meses reportados"),
        ({"accumulation": Acc.SUM}, "Lo no reportado cuenta como no realizado"),
        ({"accumulation": Acc.PERIODIC}, "Se muestra el último mes reportado"),
        ({"accumulation": Acc.AVERAGE}, "Los meses sin reporte no entran"),
        ({"accumulation": Acc.RATIO, "actual_den": [[5, nan]]}, "Los meses sin reporte no entran"),
        ({"accumulation": Acc.LAST}, "Se conserva el último valor reportado."),
        ({"accumulation": Acc.LAST, "direction": Direction.DECREASING}, "Se conserva el último valor reportado."),
    ],
)
def test_how_silence_was_treated_is_told_by_how_the_row_accumulates(arrays: dict[str, object], note: str) -> None:
    told = explained(1, **({"programmed": [[10, 10]], "actual": [[9, nan]]} | arrays))
    assert any(str(sentence).startswith(note) for sentence in told.notes)


def test_progress_before_its_time_is_told() -> None:
    told = explained(0, programmed=[[0, 10]], actual=[[4, 6]])
    assert "Hay avance antes de lo programado: se marca, sin porcentaje." in map(str, told.notes)


def test_a_range_in_units_tells_the_bound_it_left_or_that_it_is_inside() -> None:
    limits = {"direction": Direction.RANGE, "accumulation": Acc.LAST, "programmed": [[nan]], "low": 4, "high": 6}
    inside, below, above = (
        explained(0, actual=[[value]], units_green=1, units_amber=2, **limits).distance for value in (5, 2, 7)
    )
    assert inside is not None
    assert below is not None
    assert above is not None
    assert (inside.symbols, inside.numbers) == ("L₁ ≤ R ≤ L₂", "5 = 0")
    assert (below.symbols, below.numbers) == ("|R − L|", "|2 − 4| = 2")
    assert above.numbers == "|7 − 6| = 1"


def test_the_bands_in_units_are_named_and_only_one_holds_the_distance() -> None:
    few = {"direction": Direction.DECREASING, "accumulation": Acc.SUM, "programmed": [[1]], "units_green": 0}
    for actual, light in ((1, Light.GREEN), (3, Light.AMBER), (4, Light.RED)):
        told = explained(0, actual=[[actual]], units_amber=2, **few)
        assert [band.label for band in told.unit_bands] == [Light.GREEN.label, Light.AMBER.label, Light.RED.label]
        assert [band.code for band in told.unit_bands if band.matched] == [light]


def test_a_version_not_named_is_empty() -> None:
    assert explained(0, programmed=[[1]], actual=[[1]]).version == ""


def test_a_level_is_told_by_its_value_and_a_mean_by_its_terms() -> None:
    plan = {"programmed": [[10, 20]], "actual": [[8, 9]]}
    assert explained(1, accumulation=Acc.LAST, **plan).actual.numbers == "9"
    assert explained(1, accumulation=Acc.AVERAGE, **plan).actual.numbers == "(8 + 9) ÷ 2 = 8.5"
    assert explained(0, accumulation=Acc.LAST, programmed=[[0.0000001]], actual=[[-0.0000001]]).actual.numbers == "0"


def test_the_whole_cell_is_handed_on() -> None:
    told = explained(1, programmed=[[10, 10]], actual=[[9, 12]], due=[[True, True]])
    assert (told.month_percentage, told.year_percentage, told.gap) == (120, 105, 1)
    assert [month.due for month in told.evidence] == [True, True]
    assert [(band.code, band.low) for band in told.class_bands if band.matched] == [(PerformanceClass.ACHIEVED, 100)]
    nothing = explained(0, programmed=[[0]], actual=[[0]])
    assert (nothing.compliance.symbols, nothing.compliance.numbers) == ("100 × R ÷ P", "")


def test_a_range_by_its_width_or_by_a_bound_at_zero_shows_the_width() -> None:
    limits = {"direction": Direction.RANGE, "accumulation": Acc.LAST, "programmed": [[nan]], "actual": [[-2]]}
    by_bound = explained(0, low=4, high=8, **limits)
    assert by_bound.compliance.numbers == "100 × (1 − |−2 − 4| ÷ 4) = 0"
    assert by_bound.compliance.symbols == "100 × (1 − |R − L| ÷ |L|)"
    by_width = explained(0, Scheme(range_formula=RangeFormula.WIDTH), low=4, high=12, **limits)
    assert by_width.compliance.symbols == "100 × (1 − |R − L| ÷ (L₂ − L₁))"
    assert by_width.compliance.numbers == "100 × (1 − |−2 − 4| ÷ 8) = 25"
    at_zero = explained(0, low=0, high=8, **limits)
    assert at_zero.compliance.numbers == "100 × (1 − |−2 − 0| ÷ 8) = 75"


def test_a_range_of_a_sum_shows_its_bounds_in_the_share_of_the_year_or_whole() -> None:
    half = {"direction": Direction.RANGE, "low": 24, "high": 32, "programmed": [[10, 10]], "actual": [[14, nan]]}
    assert explained(0, cut=1, **half).compliance.numbers == "12 ≤ 14 ≤ 16 = 100"
    whole = explained(0, Scheme(share_range=False), cut=1, **half)
    assert whole.compliance.numbers == "100 × (1 − |14 − 24| ÷ 24) = 58.333333"


def test_a_range_of_a_sum_in_units_is_measured_from_its_bounds_in_the_share_of_the_year_or_whole() -> None:
    half = {"direction": Direction.RANGE, "low": 24, "high": 32, "programmed": [[10, 10]], "actual": [[19, nan]]}
    units = {"units_green": 1.0, "units_amber": 4.0}
    shared = explained(0, Scheme(**units), cut=1, **half)  # of 24..32, half: 12..16
    assert shared.distance == Operation("|R − L|", "|19 − 16| = 3", 3)
    assert shared.light is Light.AMBER
    whole = explained(0, Scheme(share_range=False, **units), cut=1, **half)
    assert whole.distance == Operation("|R − L|", "|19 − 24| = 5", 5)
    assert whole.light is Light.RED


def test_a_baseline_of_a_sum_is_shown_in_the_share_of_the_year_or_whole() -> None:
    down = {"direction": Direction.DECREASING, "baseline": 60, "programmed": [[10, 20]], "actual": [[8, nan]], "cut": 1}
    shared = explained(0, Scheme(decreasing=DecreasingFormula.BASELINE), **down)  # 10 of 30: a third of 60
    assert shared.compliance.numbers == "100 × (20 − 8) ÷ (20 − 10) = 120"
    whole = explained(0, Scheme(decreasing=DecreasingFormula.BASELINE, share_baseline=False), **down)
    assert whole.compliance.numbers == "100 × (60 − 8) ÷ (60 − 10) = 104"


def test_a_distance_carries_its_value() -> None:
    told = explained(0, units_green=1, units_amber=3, programmed=[[5]], actual=[[3]])
    assert told.distance is not None
    assert (told.distance.symbols, told.distance.value) == ("máx(P − R, 0)", 2)


def test_what_is_known_last_is_told_under_the_scheme_of_the_nation() -> None:
    nation = Scheme.nation()
    told = [str(note) for note in explained(1, nation, programmed=[[10, 10]], actual=[[9, nan]]).notes]
    assert told == ["Cortes sin reporte hasta aquí: 1.", "Vale lo último que se conoce; lo que falta suma cero."]
    parts = {"accumulation": Acc.RATIO, "programmed_den": [[10, 10]], "actual_den": [[5, nan]]}
    loose = explained(1, nation, programmed=[[10, 10]], actual=[[4, 1]], **parts)
    assert loose.notes == ()  # a numerator alone is a report there: what is missing adds zero
    assert loose.actual.numbers == "(4 + 1) ÷ (5) = 1"


def test_a_percentage_kept_at_the_least_says_so() -> None:
    down = {"direction": Direction.DECREASING, "accumulation": Acc.LAST, "programmed": [[10]], "actual": [[50]]}
    told = explained(0, Scheme.nation(), baseline=30, **down)
    assert told.percentage == 0
    assert str(told.notes[0]) == "El porcentaje se conserva en 0 como mínimo."
