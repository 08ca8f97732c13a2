"""Formulas that any number of variables suggest, by their words and units and by what the indicator says of itself."""

import time

import pytest

from rumbo.core.engine.formula import Described, Suggestion, Variable, captured, check, read, suggest
from rumbo.core.vocabulary.accumulation import Accumulation

CPU = 0.05  # seconds, the best of three, of the worst that the form lets in: forty variables with the longest names
NORTH = Variable("norte", "Atendidas en 10 minutos por la base norte", "emergencia")
CALLS = Variable("llamados", "Llamados recibidos", "emergencia")
SOUTH = Variable("sur", "Atendidas en 10 minutos por la base sur", "emergencia")
FALSE = Variable("falsos", "Llamados falsos o repetidos", "emergencia")
SERVED, ASKED = Variable("at", "Casos atendidos", "caso"), Variable("rec", "Casos recibidos", "caso")
TURNED, TWICE = Variable("tur", "Casos turnados", "caso"), Variable("dup", "Casos duplicados", "caso")
FOUR = [SERVED, ASKED, TURNED, TWICE]


def formulas(found: list[Suggestion]) -> list[str]:
    return [one.formula for one in found]


# What is not suggested


def test_nothing_is_suggested_that_would_be_refused_afterwards() -> None:
    """A quotient is not added month after month, a product of variables neither."""
    weights = [Variable("a", "Calificación"), Variable("b", "Nota"), Variable("p", "Peso"), Variable("q", "Peso 2")]
    for mode in Accumulation:
        for variables in (FOUR, FOUR[:2], weights):
            for one in suggest(
                mode, variables, "%", Described("Promedio ponderado", typed="Casos atendidos entre rec")
            ):
                assert check(one.formula, variables).is_sound
                assert captured(read(one.formula), mode).is_computed, (mode, one.formula)


def test_words_that_are_no_formula_suggest_none() -> None:
    made = suggest(Accumulation.RATIO, FOUR[:2], "%")
    for text in ("Mide la eficacia de los casos atendidos", "Casos atendidos", "Casos atendidos y casos recibidos",
                 "casos atendidos entre personas", "casos atendidos / / casos recibidos", "(casos atendidos / rec",
                 "at ** rec", "rec entre at entre rec", "=", "entre", "por 100", "suma de"):  # fmt: skip
        assert suggest(Accumulation.RATIO, FOUR[:2], "%", Described(method=text)) == made, text


def test_what_has_units_that_do_not_agree_gives_way_to_what_has() -> None:
    variables = [Variable("km", "Barridos", "kilómetro"), Variable("h", "De cuadrilla", "hora"),
                 Variable("x", "Con máquina", "kilómetro"), Variable("y", "De máquina", "hora")]  # fmt: skip
    assert formulas(suggest(Accumulation.RATIO, variables, "kilómetro por hora"))[0] == "(km + x) / (h + y)"
    assert "(km + x + y) / h" not in formulas(suggest(Accumulation.RATIO, variables, "kilómetro por hora"))


# What the variables say


@pytest.mark.requirement("A1-08")
@pytest.mark.parametrize(
    ("mode", "variables", "unit", "first"),
    [
        (Accumulation.RATIO, [NORTH, CALLS, SOUTH, FALSE], "%", "100 * (norte + sur) / (llamados - falsos)"),
        (Accumulation.RATIO, FOUR, "%", "100 * (at + tur) / (rec - dup)"),
        (Accumulation.RATIO, FOUR, "por cada 1,000 casos", "1000 * (at + tur) / (rec - dup)"),
        (Accumulation.SUM, FOUR, "caso", "at + rec + tur - dup"),
        (Accumulation.SUM, [SERVED, TURNED, Variable("c", "Casos en línea", "caso")], "caso", "at + tur + c"),
        (Accumulation.AVERAGE, [Variable("a"), Variable("b"), Variable("c")], "puntos", "(a + b + c) / 3"),
        (Accumulation.AVERAGE, [Variable("a"), Variable("b"), Variable("c")], "%", "100 * (a + c) / b"),
        (Accumulation.AVERAGE, [Variable("a"), Variable("b")], "minutos", "a / b"),
    ],
    ids=["bases and calls", "cases", "for each thousand", "sum with what is taken away", "sum", "mean", "share",
         "mean of two"],
)  # fmt: skip
def test_each_variable_goes_where_its_words_and_its_unit_say(
    mode: Accumulation, variables: list[Variable], unit: str, first: str
) -> None:
    assert formulas(suggest(mode, variables, unit))[0] == first


def test_a_total_declared_last_is_the_whole_of_those_before_it() -> None:
    homes = [Variable("a", "Viviendas con agua"), Variable("b", "Viviendas con drenaje"),
             Variable("c", "Viviendas con luz"), Variable("t", "Total de viviendas")]  # fmt: skip
    found = formulas(suggest(Accumulation.RATIO, homes, "%"))
    assert found[0] == "100 * (a + b + c) / t"
    assert "100 * (a + c) / (b + t)" in found, "the second may be what the person meant"


def test_what_is_called_a_total_beside_a_declared_whole_is_one_more() -> None:
    variables = [SERVED, ASKED, Variable("t", "Total de casos atendidos en línea", "caso")]
    assert formulas(suggest(Accumulation.RATIO, variables, "%"))[0] == "100 * (at + t) / rec"


def test_a_change_takes_away_what_there_was_before() -> None:
    variables = [Variable("n", "Visitantes nacionales"), Variable("e", "Visitantes extranjeros"),
                 Variable("x", "Visitantes del año anterior")]  # fmt: skip
    assert formulas(suggest(Accumulation.RATE, variables, "%")) == ["100 * (n + e - x) / x"]


def test_each_value_goes_with_the_weight_that_shares_its_words() -> None:
    variables = [Variable("c1", "Calificación del trámite"), Variable("c2", "Calificación del portal"),
                 Variable("p1", "Peso del portal"), Variable("p2", "Peso del trámite")]  # fmt: skip
    found = suggest(Accumulation.AVERAGE, variables, "puntos")
    assert formulas(found) == ["(p2 * c1 + p1 * c2) / (p2 + p1)"]
    assert "(a + b + c + d) / 4" in formulas(suggest(Accumulation.AVERAGE, [Variable(one) for one in "abcd"]))


def test_a_percentage_may_be_of_a_whole_made_of_its_parts() -> None:
    variables = [Variable("con", "Centros con desabasto"), Variable("sin", "Centros sin desabasto")]
    assert formulas(suggest(Accumulation.RATIO, variables, "%")) == ["100 * con / sin", "100 * con / (con + sin)"]


# What the indicator says


@pytest.mark.parametrize(
    ("mode", "name", "unit", "first"),
    [
        (Accumulation.LAST, "Saldo del fondo", "", "a - b - c"),
        (Accumulation.AVERAGE, "Promedio de las tres encuestas", "", "(a + b + c) / 3"),
        (Accumulation.AVERAGE, "Calificación mínima de las tres", "", "min(a, b, c)"),
        (Accumulation.PERIODIC, "Tiempo máximo de espera", "", "max(a, b, c)"),
        (Accumulation.LAST, "Porcentaje de avance", "", "100 * (a + c) / b"),
        (Accumulation.LAST, "Mortality (/100000)", "", "100000 * (a + c) / b"),
        (Accumulation.LAST, "Variación de la matrícula", "%", "100 * (a + c) / b"),
        (Accumulation.LAST, "Número de personas", "persona", "a + b + c"),
    ],
)
def test_its_name_says_which_kind_it_is(mode: Accumulation, name: str, unit: str, first: str) -> None:
    variables = [Variable(one) for one in "abc"]
    assert formulas(suggest(mode, variables, unit, Described(name)))[0] == first


@pytest.mark.requirement("A1-08")
@pytest.mark.parametrize(
    ("text", "formula"),
    [
        ("(Casos atendidos / Casos recibidos) x 100", "(at / rec) * 100"),
        ("PCA = ((Casos atendidos + Casos turnados) / Casos recibidos) * 100", "((at + tur) / rec) * 100"),
        ("Porcentaje de casos atendidos respecto de los casos recibidos.", "100 * at / rec"),
        ("Casos atendidos más casos turnados entre casos recibidos por cien", "100 * (at + tur) / rec"),
        (
            "Número de casos atendidos más casos turnados, dividido entre casos recibidos menos casos duplicados, "
            "multiplicado por 100",
            "100 * (at + tur) / (rec - dup)",
        ),
        ("Suma de casos atendidos, casos turnados y casos duplicados entre CASOS RECIBIDOS", "(at + tur + dup) / rec"),
        ("Mide la respuesta. Método: se divide; casos atendidos entre casos recibidos", "at / rec"),
        ("1,000 × casos atendidos ÷ caso recibido", "1000 * at / rec"),
    ],
)
def test_a_method_told_in_words_is_written_with_its_symbols(text: str, formula: str) -> None:
    for described in (Described(method=text), Described(typed=text)):
        found = suggest(Accumulation.RATIO, FOUR, "%", described)
        assert found[0] == Suggestion(formula, "Lo que dice el texto, con los símbolos de las variables.")
        assert len(found) == 3, "and what the variables suggest"


def test_a_name_with_numbers_and_words_of_operations_is_a_name() -> None:
    said = f"{NORTH.name} más {SOUTH.name}, entre {CALLS.name} menos {FALSE.name}, por 100"
    found = suggest(Accumulation.RATIO, [NORTH, CALLS, SOUTH, FALSE], "%", Described(typed=said))
    assert formulas(found)[0] == "100 * (norte + sur) / (llamados - falsos)"
    assert found[0].why.startswith("Lo que dice el texto")


def test_a_mean_and_a_difference_told_in_words() -> None:
    said = "Promedio de casos atendidos, casos recibidos y casos turnados"
    assert formulas(suggest(Accumulation.AVERAGE, FOUR, "caso", Described(method=said)))[0] == "(at + rec + tur) / 3"
    said = "Diferencia entre casos recibidos y casos atendidos"
    assert formulas(suggest(Accumulation.SUM, FOUR, "caso", Described(method=said)))[0] == "rec - at"


def test_the_same_formula_is_suggested_once() -> None:
    found = suggest(Accumulation.RATIO, FOUR[:2], "%", Described(typed="100 × Casos atendidos ÷ Casos recibidos"))
    assert formulas(found) == ["100 * at / rec", "100 * at / (at + rec)"]


# Whatever is pasted

LONG = [Variable(f"v_{n}", ("casos atendidos en la base " * 12)[:299] + str(n % 10), "caso") for n in range(60)]
HOSTILE = {
    "the most variables with the longest names": (LONG, "%", Described("x" * 300, "casos atendidos " * 120, "v_1")),
    "a megabyte": (FOUR, "x" * 1_000_000, Described("x" * 1_000_000, "x" * 1_000_000, "x" * 1_000_000)),
    "names of one letter": ([Variable("a", "a " * 149), Variable("b", "b " * 149)], "", Described("", "a " * 1_000)),
    "parentheses": (FOUR, "%", Described("", "(" * 1_999, ")" * 1_999)),
    "signs": (FOUR, "%", Described("", "-" * 1_999, "casos atendidos + " * 110)),
    "many parts": (FOUR, "%", Described("", "=" * 1_999, "; " * 999)),
    "digits": (FOUR, "por cada 1" + "0" * 3_000, Described("", "9" * 1_999, "casos atendidos entre " + "1," * 900)),
    "lists": (FOUR, "%", Described("", "suma de " * 249, "promedio de casos atendidos y casos recibidos " * 40)),
    "code": ([Variable("__import__", "os"), Variable("eval", "x"), SERVED, ASKED], "{{7*7}}",
             Described("<script>", "__import__('os').system('x')", "at.__class__ / rec")),
    "alphabets": (FOUR, "\u202e%", Described("\u0430" * 300, "casos\u200batendidos / rec\ud800", "\x00" * 500)),
}  # fmt: skip


@pytest.mark.parametrize(("variables", "unit", "described"), HOSTILE.values(), ids=HOSTILE.keys())
def test_hostile_words_are_answered_in_milliseconds_with_sound_formulas(
    variables: list[Variable], unit: str, described: Described
) -> None:
    for mode in Accumulation:
        best = float("inf")
        for _ in range(3):
            start = time.process_time()
            found = suggest(mode, variables, unit, described)
            best = min(best, time.process_time() - start)
        assert best < CPU, mode
        for one in found:
            assert captured(read(one.formula), mode).is_computed
