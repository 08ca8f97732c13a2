"""Schemes as data: refused with the field and a Spanish reason, or read back as they were written."""

from typing import Any

import pytest

from rumbo.core.engine import Scheme, SchemeError
from rumbo.core.vocabulary.evaluation_policy import DecreasingFormula


@pytest.mark.parametrize(
    ("parameters", "field"),
    [
        ({"green": 70, "amber": 90}, "amber"),
        ({"green": 90, "amber": 90}, "amber"),
        ({"amber": -1}, "amber"),
        ({"good": 60}, "fair"),
        ({"achieved": 80}, "fair"),
        ({"decimals": 11}, "decimals"),
        ({"decimals": 1.5}, "decimals"),
        ({"decimals": True}, "decimals"),
        ({"cap": 0}, "cap"),
        ({"units_green": 2}, "units_amber"),
        ({"units_green": 3, "units_amber": 2}, "units_amber"),
        ({"units_green": -1, "units_amber": 2}, "units_amber"),
        ({"units_below": -1}, "units_below"),
        ({"least": 100, "most": 100}, "most"),
        ({"baseline_margin": 1}, "baseline_margin"),
        ({"most": "mucho"}, "most"),
        ({"over_threshold": 95}, "over_threshold"),
        ({"silent_slots": 0}, "silent_slots"),
        ({"green": "verde"}, "green"),
        ({"green": None}, "green"),
        ({"green": float("inf")}, "green"),
        ({"share_baseline": 1}, "share_baseline"),
        ({"decreasing": "otra"}, "decreasing"),
        ({"achieved_requires": ["year"]}, "achieved_requires"),
        ({"color": "verde"}, "color"),
    ],
)
def test_it_refuses_what_cannot_be(parameters: dict[str, Any], field: str) -> None:
    with pytest.raises(SchemeError) as refusal:
        Scheme.from_parameters(parameters)
    assert refusal.value.field == field
    assert "%(" not in str(refusal.value)


@pytest.mark.parametrize(
    ("parameters", "said"),
    [
        ({"amber": 90}, "Las bandas del semáforo deben descender: en meta, en riesgo, 0 o más."),
        ({"units_green": 2}, "Las bandas en unidades son dos: hasta dónde en meta y en riesgo."),
        ({"units_green": 3, "units_amber": 2}, "Las bandas en unidades deben crecer: 0 o más, en meta, en riesgo."),
        ({"units_below": -1}, "El tamaño desde el que se juzga en unidades es 0 o más."),
        ({"good": 60}, "Las bandas de clasificación deben descender: cumplida, buena, regular."),
        ({"decimals": 11}, "Los decimales van de 0 a 10."),
        ({"cap": 0}, "El tope debe ser mayor que cero."),
        ({"over_threshold": 95}, "El sobrecumplimiento no puede empezar antes de «en meta»."),
        ({"least": 100, "most": 100}, "El porcentaje más alto debe ser mayor que el más bajo."),
        ({"baseline_margin": 1}, "El margen de la línea base va de 0 a menos de 1."),
        ({"silent_slots": 0}, "Los cortes sin reporte que dan «sin dato» son uno o más."),
        ({"color": "verde"}, "«color» no es un parámetro de la escala."),
        ({"share_baseline": 1}, "«share_baseline» debe ser sí o no."),
        ({"zero": "otra"}, "«zero» debe ser uno de: meaning, no_figure."),
        ({"green": "verde"}, "«green» debe ser un número."),
    ],
)
def test_each_refusal_says_in_spanish_what_is_asked_for(parameters: dict[str, Any], said: str) -> None:
    with pytest.raises(SchemeError) as refusal:
        Scheme.from_parameters(parameters)
    assert str(refusal.value) == said


def test_the_default_is_the_one_of_the_product() -> None:
    scheme = Scheme()
    assert (scheme.green, scheme.amber) == (90, 70)
    assert (scheme.achieved, scheme.good, scheme.fair) == (100, 90, 70)
    assert (scheme.cap, scheme.decimals, scheme.silent_slots) == (100, 1, 2)
    assert Scheme.from_parameters({}) == scheme


def test_the_scheme_of_many_installations_is_as_published() -> None:
    nation = Scheme.nation()
    assert (nation.least, nation.most, nation.decimals, nation.baseline_margin) == (0, 200, 8, 0)
    assert Scheme.from_parameters(nation.to_parameters()) == nation


def test_it_reads_back_what_it_wrote() -> None:
    scheme = Scheme(green=95, amber=80, cap=None, over_threshold=None, decreasing=DecreasingFormula.BASELINE)
    written = scheme.to_parameters()
    assert written["decreasing"] == "baseline"
    assert type(written["decreasing"]) is str
    assert Scheme.from_parameters(written) == scheme


@pytest.mark.parametrize(
    ("parameters", "field"),
    [
        ({"units_green": 1}, "units_amber"),
        ({"units_amber": 1}, "units_amber"),
        ({"units_green": 0.5, "units_amber": 0}, "units_amber"),
        ({"units_green": 2, "units_amber": 1}, "units_amber"),
        ({"units_green": -1, "units_amber": 1}, "units_amber"),
        ({"units_below": -1}, "units_below"),
        ({"fair": 90}, "fair"),
        ({"least": 5, "most": 5}, "most"),
        ({"baseline_margin": 1}, "baseline_margin"),
        ({"baseline_margin": -0.1}, "baseline_margin"),
        ({"over_threshold": 99.9}, "over_threshold"),
        ({"decimals": -1}, "decimals"),
    ],
)
def test_each_limit_is_refused_on_its_own(parameters: dict[str, Any], field: str) -> None:
    with pytest.raises(SchemeError) as refusal:
        Scheme.from_parameters(parameters)
    assert refusal.value.field == field


@pytest.mark.parametrize(
    "parameters",
    [
        {"amber": 0},
        {"units_green": 1, "units_amber": 1},
        {"units_green": 0, "units_amber": 0, "units_below": 0},
        {"good": 100, "fair": 0},
        {"decimals": 0},
        {"decimals": 10},
        {"over_threshold": 100},
        {"baseline_margin": 0},
        {"silent_slots": 1},
        {"least": 0, "most": 0.1},
        {"least": 5},
        {"cap": 0.1},
    ],
)
def test_what_stands_right_on_a_limit_is_allowed(parameters: dict[str, Any]) -> None:
    scheme = Scheme.from_parameters(parameters)
    assert {name: getattr(scheme, name) for name in parameters} == parameters


def test_choices_are_told_as_a_list_a_person_can_read() -> None:
    with pytest.raises(SchemeError, match="ratio, baseline, baseline_else_ratio"):
        Scheme.from_parameters({"decreasing": "otra"})


def test_the_scheme_of_the_nation_is_the_one_of_the_published_layout() -> None:
    assert Scheme.nation().to_parameters() == Scheme().to_parameters() | {
        "achieved_requires": "to_date", "decimals": 8, "least": 0.0, "most": 200.0, "cap": None,
        "over_threshold": None, "decreasing": "baseline_else_ratio", "baseline_margin": 0.0, "share_baseline": False,
        "share_range": False, "range_formula": "width", "range_gap": "to_programme", "zero": "no_figure",
        "missing": "last_known",
    }  # fmt: skip
