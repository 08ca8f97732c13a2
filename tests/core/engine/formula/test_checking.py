"""What is said of a formula beside its variables, before it is saved."""

import pytest

from rumbo.core.engine.formula import Checked, Variable, check, symbol_of

ATTENDED = Variable("atendidos", "Casos atendidos", "caso")
RECEIVED = Variable("recibidos", "Casos recibidos", "casos")
SPENT = Variable("gasto", "Gasto ejercido", "pesos")
PEOPLE = Variable("personas", "Personas beneficiadas", "persona")


def said(checked: Checked) -> list[tuple[str, int, str]]:
    return [(problem.code, problem.column, problem.instead) for problem in checked.problems]


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("100 * atendido / recibidos", ("unknown", 7, "atendidos")),
        ("100 * ATENDIDOS / recibidos", ("unknown", 7, "atendidos")),
        ("100 * Casos_atendidos / recibidos", ("unknown", 7, "atendidos")),
        ("100 * Casos atendidos / recibidos", ("spaces", 7, "atendidos")),
        ("100 * zzz / recibidos", ("unknown", 7, "")),
        ("100 * atendidos / 0", ("division_by_zero", 19, "")),
        ("100 / 2", ("constant", 0, "")),
    ],
)
def test_what_cannot_be_saved_comes_first_and_says_what_was_meant(typed: str, expected: tuple[str, int, str]) -> None:
    checked = check(typed, [ATTENDED, RECEIVED])
    assert not checked.is_sound
    assert said(checked)[0] == expected


@pytest.mark.parametrize(
    ("symbol", "code", "instead"),
    [
        ("casos atendidos", "bad_symbol", "casos_atendidos"),
        ("24 horas", "bad_symbol", "horas_24"),
        ("max", "bad_symbol", "max_1"),
        ("__x", "bad_symbol", "x"),
        ("", "bad_symbol", ""),
        ("recibidos", "symbol_twice", ""),
    ],
)
def test_a_symbol_that_cannot_be_written_is_refused(symbol: str, code: str, instead: str) -> None:
    checked = check("recibidos", [RECEIVED, Variable(symbol)])
    assert (code, 0, instead) in said(checked)
    assert not checked.is_sound


def test_a_variable_that_is_not_used_is_a_remark() -> None:
    checked = check("recibidos", [ATTENDED, RECEIVED])
    assert checked.is_sound
    assert said(checked) == [("unused", 0, "")]
    assert "atendidos" in str(checked.problems[0])


def test_the_variable_that_was_meant_is_not_also_unused() -> None:
    assert said(check("atendido", [ATTENDED])) == [("unknown", 1, "atendidos")]


@pytest.mark.parametrize(
    ("typed", "unit", "code", "column"),
    [
        ("gasto + personas", "pesos", "units_added", 9),
        ("gasto - 3 - personas", "pesos", "units_added", 13),
        ("max(gasto, personas)", "pesos", "units_compared", 12),
        ("si(gasto > personas, gasto, 0)", "pesos", "units_compared", 12),
        ("si(gasto > 0, gasto, personas)", "pesos", "units_of_branches", 22),
        ("100 * gasto / personas", "%", "percent_of_unequal", 1),
        ("gasto / personas", "pesos", "unit_of_result", 1),
        ("gasto / personas", "personas", "unit_of_result", 1),
    ],
)
def test_units_that_do_not_go_together_are_told_where(typed: str, unit: str, code: str, column: int) -> None:
    checked = check(typed, [SPENT, PEOPLE], unit)
    assert (code, column, "") in said(checked)
    assert checked.is_sound, "units are words of people: they warn, and do not stop"


@pytest.mark.parametrize(
    ("typed", "code"),
    [("atendidos / recibidos", "percent_without_100"), ("atendidos / recibidos * 100 %", "hundred_per_cent")],
)
def test_a_share_is_not_a_percentage(typed: str, code: str) -> None:
    assert code in [one for one, _, _ in said(check(typed, [ATTENDED, RECEIVED], "%"))]


@pytest.mark.parametrize(
    ("typed", "unit"),
    [
        ("100 * atendidos / recibidos", "%"),
        ("100 * atendidos / recibidos", "porcentaje"),
        ("100 * (atendidos - recibidos) / recibidos", "%"),
        ("atendidos + recibidos", "casos"),
        ("atendidos + recibidos", ""),
        ("max(atendidos, recibidos, 0)", "caso"),
        ("1000 * atendidos / recibidos", "por cada mil"),
    ],
)
def test_units_that_agree_say_nothing(typed: str, unit: str) -> None:
    assert said(check(typed, [ATTENDED, RECEIVED], unit)) == []


def test_a_quotient_of_units_is_read_as_people_write_it() -> None:
    for unit in ("pesos por persona", "peso/persona", "Pesos por personas"):
        assert said(check("gasto / personas", [SPENT, PEOPLE], unit)) == []


def test_a_unit_that_nobody_wrote_is_never_wrong() -> None:
    assert said(check("gasto + x", [SPENT, Variable("x")], "pesos")) == []


@pytest.mark.parametrize(
    ("name", "symbol"),
    [
        ("Casos atendidos en 24 horas", "casos_atendidos_24_horas"),
        ("Número de niñas y niños", "numero_ninas_ninos"),
        ("24 horas", "horas_24"),
        ("máximo", "maximo_1"),
        ("¿?", ""),
        ("2024", ""),
        ("x" * 200, "x" * 60),
    ],
)
def test_a_symbol_is_made_of_a_name(name: str, symbol: str) -> None:
    assert symbol_of(name) == symbol
