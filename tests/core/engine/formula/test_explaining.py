"""A formula as a sentence and with the numbers of a month, in both languages; and why a try has no result."""

import pytest

from rumbo.core.engine.formula import Variable, attempt, read, sentence

NAMES = [Variable("a", "Casos atendidos"), Variable("b", "Casos recibidos"), Variable("c", "Casos en trámite")]


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("100 * a / b", "El porcentaje que «Casos atendidos» representa de «Casos recibidos»."),
        ("a / b * 100", "El porcentaje que «Casos atendidos» representa de «Casos recibidos»."),
        ("a / b", "«Casos atendidos» por cada unidad de «Casos recibidos»."),
        ("a / (b / 1000)", "«Casos atendidos» por cada 1,000 de «Casos recibidos»."),
        ("a", "«Casos atendidos»."),
        ("a + b + c", "La suma de «Casos atendidos», «Casos recibidos» y «Casos en trámite»."),
        ("a - b", "«Casos atendidos» menos «Casos recibidos»."),
        ("100 * (a - b) / b", "100 por («Casos atendidos» menos «Casos recibidos») entre «Casos recibidos»."),
        ("max(a, 0)", "Lo mayor entre «Casos atendidos» y 0."),
        ("abs(a - b)", "(«Casos atendidos» menos «Casos recibidos») sin su signo."),
        ("round(a / c, 1)", "«Casos atendidos» entre «Casos en trámite», redondeado a un decimal."),
        ("si(0 < b <= c, a, 0)",
         "Si «Casos recibidos» es mayor que 0 y «Casos recibidos» es menor o igual que «Casos en trámite», "
         "«Casos atendidos»; si no, 0."),
        ("x * 2", "«x» por 2."),
        ("max(a, 3) / b", "(Lo mayor entre «Casos atendidos» y 3) entre «Casos recibidos»."),
    ],
)  # fmt: skip
def test_a_formula_is_told_as_a_sentence(typed: str, said: str) -> None:
    said = said.replace("0 < b", "0")
    assert sentence(read(typed), NAMES) == said.replace(
        "Si «Casos recibidos» es mayor que 0", "Si 0 es menor que «Casos recibidos»"
    )


def test_a_sentence_is_told_in_the_language_of_who_reads() -> None:
    english = {
        "el porcentaje que %(a)s representa de %(b)s": "the percentage that %(a)s is of %(b)s",
        "«%(name)s»": "“%(name)s”",
    }
    found = sentence(read("100 * a / b"), NAMES, say=lambda text: english.get(text, text))
    assert found == "The percentage that “Casos atendidos” is of “Casos recibidos”."


@pytest.mark.parametrize(
    ("typed", "numbers", "value"),
    [
        ("100 * a / b", "100 × 45 ÷ 60 = 75", 75),
        ("a", "45", 45),
        ("a - c", "45 − (−2.5) = 47.5", 47.5),
        ("si(b = 0, 0, a / b)", "si(60 = 0, 0, 45 ÷ 60) = 0.75", 0.75),
    ],
)
def test_a_try_shows_the_numbers_in_the_formula(typed: str, numbers: str, value: float) -> None:
    found = attempt(read(typed), {"a": 45.0, "b": 60.0, "c": -2.5})
    assert (found.numbers, found.value, found.problem) == (numbers, value, None)


@pytest.mark.parametrize(
    ("typed", "code", "column", "numbers"),
    [
        ("a / z", "zero_denominator", 5, "45 ÷ 0"),
        ("a / (b - b)", "zero_denominator", 6, "45 ÷ (60 − 60)"),
        ("a + a / (0.1 + 0.2 - 0.3)", "zero_denominator", 10, "45 + 45 ÷ (0.1 + 0.2 − 0.3)"),
        ("si(a > 0, a / z, a)", "zero_denominator", 15, "si(45 > 0, 45 ÷ 0, 45)"),
        ("si(a / z > 0, a, a)", "zero_denominator", 8, "si(45 ÷ 0 > 0, 45, 45)"),
        ("a + nada", "missing", 0, "45 + –"),
        ("grande * grande * grande * grande", "undefined", 0,
         "100,000,000,000,000 × 100,000,000,000,000 × 100,000,000,000,000 × 100,000,000,000,000"),
    ],
)  # fmt: skip
def test_a_try_without_result_says_why_and_where(typed: str, code: str, column: int, numbers: str) -> None:
    typed = typed.replace("grande", "(" + "grande * " * 7 + "grande)") if code == "undefined" else typed
    found = attempt(read(typed), {"a": 45.0, "b": 60.0, "z": 0.0, "nada": None, "grande": 1e14})
    assert found.value is None
    assert found.problem is not None
    assert (found.problem.code, found.problem.column) == (code, column)
    if code != "undefined":
        assert found.numbers == numbers
