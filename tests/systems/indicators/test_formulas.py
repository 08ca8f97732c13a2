"""The formula of an indicator in its form, its sheet and its workbook; what of it is computed from what is captured."""

from collections.abc import Callable
from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse

from rumbo.core.engine.formula import Variable
from rumbo.core.vocabulary.accumulation import Accumulation
from rumbo.foundation.audit.states import state_of
from rumbo.foundation.organization.models import Institution
from rumbo.shell import clock
from rumbo.systems.indicators import actions, exchange, queries
from rumbo.systems.indicators.exchange.variables import told, variables_in
from rumbo.systems.indicators.models import Goal, Indicator
from rumbo.systems.indicators.queries.formulas import Written, judged
from rumbo.systems.indicators.queries.made import month_made
from tests.cast import NOW, SYSTEM, TODAY, Character, Units
from tests.systems.indicators.conftest import Lines
from tests.systems.indicators.test_exchange import SHEET, check

type SignIn = Callable[[Character], Client]
SHEET_OF_RATIO = {
    "i-code": "M001-I1", "i-name": "Atención", "i-unit_of_measure": "%", "i-direction": "0", "i-accumulation": "3",
    "i-frequency": "monthly", "i-decimals": "1", "i-factor": "1", "i-formula": "100 × atendidos ÷ recibidos",
    "i-numerator_symbol": "atendidos", "i-numerator_name": "Casos atendidos", "i-numerator_unit": "caso",
    "i-denominator_symbol": "recibidos", "i-denominator_name": "Casos recibidos", "i-denominator_unit": "caso",
    "i-other_variables-symbol": "", "i-other_variables-name": "", "i-other_variables-unit": "",
}  # fmt: skip


@pytest.fixture(autouse=True)
def day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "today", lambda: TODAY)
    monkeypatch.setattr(clock, "now", lambda: NOW)


@pytest.fixture
def save(indicator: Indicator, carmen: Character, client_of: SignIn, institution: Institution) -> Callable[..., str]:
    """Posts the indicator's form and gives its page back, empty when it was saved."""
    address = reverse("indicators:edit_indicator", kwargs={"slug": institution.slug, "ref": indicator.ref})
    browser = client_of(carmen)

    def post(**changes: object) -> str:
        answer = browser.post(address, SHEET_OF_RATIO | {f"i-{name}": value for name, value in changes.items()})
        assert answer.status_code in (302, 422)
        indicator.refresh_from_db()
        return answer.content.decode() if answer.status_code == 422 else ""

    return post


@pytest.fixture
def ask(carmen: Character, client_of: SignIn, institution: Institution) -> Callable[..., str]:
    """What is told of the formula while it is written."""
    address = reverse("indicators:formula", kwargs={"slug": institution.slug})
    browser = client_of(carmen)

    def post(**changes: object) -> str:
        button = {name: changes.pop(name) for name in ("usar", "cambiar", "agregar") if name in changes}
        said = SHEET_OF_RATIO | button | {f"i-{name}": value for name, value in changes.items()}
        answer = browser.post(address, said, headers={"HX-Request": "true"})
        assert answer.status_code == 200
        return " ".join(answer.content.decode().replace("\u00a0", " ").split())

    return post


@pytest.mark.parametrize(
    ("changes", "fault"),
    [
        (
            {"formula": "100 × atendido ÷ recibidos"},
            "Columna 7: No hay ninguna variable «atendido». ¿Quiso decir «aten",
        ),
        ({"formula": "100 × (atendidos ÷ recibidos"}, "Columna 7: Falta cerrar este «(»."),
        ({"formula": "__import__(atendidos)"}, "Columna 1: «__import__»: un nombre no empieza"),
        ({"formula": "100 × recibidos ÷ atendidos"}, "La fórmula divide «recibidos»: escríbala en el primer renglón"),
        ({"formula": "100 × atendidos ÷ recibidos", "factor": "1000"}, "multiplica por 100 y el factor dice 1000"),
        ({"numerator_symbol": "casos atendidos"}, "¿Quiso decir «casos_atendidos»?"),
    ],
)
def test_a_formula_that_cannot_be_is_refused_with_its_place(
    changes: dict[str, str], fault: str, save: Callable[..., str], indicator: Indicator
) -> None:
    assert fault in save(**changes)
    assert indicator.formula == ""


@pytest.mark.requirement("A1-08")
def test_a_quotient_is_mapped_onto_what_is_captured(save: Callable[..., str], indicator: Indicator) -> None:
    assert save() == ""
    assert (indicator.numerator_symbol, indicator.denominator_symbol) == ("atendidos", "recibidos")
    assert (indicator.numerator_unit, indicator.denominator_unit) == ("caso", "caso")
    assert indicator.factor == 100, "the formula's, without being written twice"
    assert judged(Written.of(indicator)).is_computed


def test_a_symbol_left_empty_is_made_of_the_name(save: Callable[..., str], indicator: Indicator) -> None:
    formula = "casos_atendidos / casos_recibidos"
    assert save(formula=formula, numerator_symbol="V", denominator_symbol="") == ""
    assert (indicator.numerator_symbol, indicator.denominator_symbol) == ("casos_atendidos", "casos_recibidos")


@pytest.mark.requirement("A1-08")
def test_a_formula_with_more_variables_is_captured_by_each_of_them(
    save: Callable[..., str], indicator: Indicator, goal: Goal, carmen: Character, client_of: SignIn
) -> None:
    others = {
        "other_variables-symbol": ["turnados", ""],
        "other_variables-name": ["Casos turnados", "Casos en trámite"],
        "other_variables-unit": ["caso", ""],
    }
    formula = "100 × (atendidos + turnados) ÷ (recibidos - casos_tramite)"
    assert save(formula=formula, **others) == ""
    assert indicator.other_variables == [
        {"symbol": "turnados", "name": "Casos turnados", "unit": "caso"},
        {"symbol": "casos_tramite", "name": "Casos en trámite", "unit": ""},
    ]
    assert indicator.factor == 100, "the formula's, without being written twice"
    assert judged(Written.of(indicator)).by_variables
    asked = queries.asked_of(indicator)
    assert [one.symbol for one in asked.variables] == ["atendidos", "turnados", "recibidos", "casos_tramite"]
    assert (asked.numerator_title, asked.denominator_title) == (
        "Casos atendidos + Casos turnados", "Casos recibidos − Casos en trámite",
    )  # fmt: skip
    address = reverse("indicators:goal", kwargs={"slug": goal.institution.slug, "ref": goal.ref})
    page = client_of(carmen).get(address).content.decode()
    assert "Cada mes: «Casos atendidos», «Casos turnados», «Casos recibidos» y «Casos en trámite»." in page
    assert "el denominador, Casos recibidos − Casos en trámite." in page
    assert "turnados: Casos turnados (caso)" in page
    assert "100 por («Casos atendidos» más «Casos turnados») entre" in page


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"accumulation": "0", "formula": "atendidos × recibidos"}, "no se puede acumular sumando los meses"),
        ({"accumulation": "0", "formula": "100 × atendidos ÷ recibidos"}, "Un cociente no se suma mes con mes"),
        ({"formula": "(atendidos + 5) ÷ recibidos"}, "un número fijo"),
        ({"accumulation": "6"}, "la fórmula no compara algo con su base"),
    ],
)
def test_what_cannot_be_added_month_after_month_is_refused_with_what_to_do(
    changes: dict[str, str], words: str, save: Callable[..., str], indicator: Indicator
) -> None:
    assert words in save(**changes)
    assert indicator.formula == ""


def test_the_same_formula_is_captured_where_months_are_not_added(
    save: Callable[..., str], indicator: Indicator
) -> None:
    for mode in ("1", "2", "4", "5"):
        assert save(accumulation=mode, formula="atendidos × recibidos") == ""
        assert queries.asked_of(indicator).recipe.tree is not None


def test_weeks_are_offered_and_said(
    save: Callable[..., str], indicator: Indicator, goal: Goal, carmen: Character, client_of: SignIn
) -> None:
    assert save(frequency="fortnightly") == ""
    address = reverse("indicators:goal", kwargs={"slug": goal.institution.slug, "ref": goal.ref})
    page = client_of(carmen).get(address).content.decode()
    assert "Cada quincena: «Casos atendidos» y «Casos recibidos»." in page
    assert queries.asked_of(indicator).by_stretches


def test_an_older_text_stays_until_somebody_changes_it(
    save: Callable[..., str], goal: Goal, indicator: Indicator
) -> None:
    Indicator.objects.filter(pk=indicator.pk).update(formula="(Atendidos entre recibidos) por cien", name="Antes")
    assert save(formula="(Atendidos entre recibidos) por cien", numerator_symbol="V") == ""
    assert indicator.name == "Atención"
    assert "Columna" in save(formula="(Atendidos entre recibidos) por 100")


def test_what_is_written_is_answered_at_once(ask: Callable[..., str]) -> None:
    page = ask(**{"try": ["30", "40"]})
    for words in (
        "El porcentaje que «Casos atendidos» representa de «Casos recibidos».",
        "100 × 30 ÷ 40 = 75",
        "Cada mes se capturan «Casos atendidos» y «Casos recibidos»",
        "Factor: 100.",
    ):
        assert words in page, words
    assert "notice-error" not in page


def test_a_try_that_divides_by_zero_is_not_computable(ask: Callable[..., str]) -> None:
    page = ask(**{"try": ["30", "0"]})
    assert "100 × 30 ÷ 0" in page
    assert "no calculable" in page
    assert "Sin dato: falta el valor de «recibidos»" in ask(**{"try": ["30", "cuarenta"]})


def test_a_fault_is_shown_in_its_place_with_its_remedy(ask: Callable[..., str]) -> None:
    page = ask(formula="100 × atendido ÷ recibidos")
    assert '<mark class="formula-place">atendido</mark>' in page
    assert "Columna 7." in page
    assert 'value="7:8:atendidos"' in page
    mended = ask(formula="100 × atendido ÷ recibidos", cambiar="7:8:atendidos")
    assert "> 100 × atendidos ÷ recibidos</textarea>" in mended
    assert "notice-error" not in mended


@pytest.mark.parametrize("change", ["", "x:1:y", "1:x:y", "1", "-1:2:y", "7:8:" + "a" * 900])
def test_a_remedy_that_was_tampered_with_changes_nothing(change: str, ask: Callable[..., str]) -> None:
    assert "> 100 × atendidos ÷ recibidos</textarea>" in ask(cambiar=change)


def test_markup_in_a_formula_is_only_text(ask: Callable[..., str]) -> None:
    page = ask(formula="atendidos <script>alert(1)</script>", numerator_name="<b>x</b>")
    assert "<script>" not in page
    assert "<b>" not in page


def test_formulas_are_suggested_while_there_is_none(ask: Callable[..., str]) -> None:
    page = ask(formula="")
    assert 'value="100 * atendidos / recibidos"' in page
    assert "> 100 * atendidos / recibidos</textarea>" in ask(formula="", usar="100 * atendidos / recibidos")


def test_a_method_in_words_and_many_variables_are_suggested_as_a_formula(ask: Callable[..., str]) -> None:
    others = {"other_variables-name": ["Casos turnados", "Casos duplicados"], "other_variables-symbol": ["t", "d"],
              "other_variables-unit": ["caso", "caso"]}  # fmt: skip
    page = ask(formula="Casos atendidos más casos turnados entre casos recibidos, por 100", **others)
    assert 'value="100 * (atendidos + t) / recibidos"' in page
    assert 'value="100 * (atendidos + t) / (recibidos - d)"' in page
    page = ask(formula="", definition="Método: casos atendidos entre casos recibidos menos casos duplicados", **others)
    assert 'value="atendidos / (recibidos - d)"' in page
    assert "<script>" not in ask(formula="<script>", definition="<script>atendidos / recibidos", name="<script>")


def test_units_that_do_not_agree_are_a_warning(ask: Callable[..., str], save: Callable[..., str]) -> None:
    page = ask(denominator_unit="persona")
    assert "Un porcentaje compara cantidades de la misma unidad; aquí resulta «caso ÷ persona»." in page
    assert "notice-error" not in page
    assert save(denominator_unit="persona") == ""


def test_another_row_is_given_without_losing_what_was_written(ask: Callable[..., str]) -> None:
    page = ask(agregar="1", **{"other_variables-name": ["Casos turnados"], "other_variables-symbol": ["t"],
                               "other_variables-unit": [""]})  # fmt: skip
    assert 'value="Casos turnados"' in page
    assert page.count('name="i-other_variables-name"') == 3


def test_the_formula_with_the_numbers_of_a_month() -> None:
    indicator = Indicator(
        formula="100 * a / b", numerator_symbol="a", denominator_symbol="b", factor=Decimal(100),
        accumulation=Accumulation.RATIO,
    )  # fmt: skip
    found = month_made(indicator, 45, 60)
    assert found is not None
    assert (found.symbols, found.attempt.numbers) == ("100 × a ÷ b", "100 × 45 ÷ 60 = 75")
    indicator.accumulation = Accumulation.AVERAGE
    assert month_made(indicator, 45, 60) is None, "the figure of before its variables were captured"


def test_a_row_that_says_nothing_new_keeps_the_digest_of_before(indicator: Indicator) -> None:
    before = state_of(indicator)
    assert "other_variables" not in before
    indicator.numerator_unit = "caso"
    assert state_of(indicator) == before | {"numerator_unit": "caso"}


FORMULA = {"Fórmula": "100 * a / c", "Variable": "a", "Numerador": "Casos", "Variable del denominador": "b",
           "Denominador": "Recibidos", "Unidad de la variable": "caso",
           "Otras variables": "c: Censo [persona]; Otra"}  # fmt: skip


def test_a_workbook_brings_the_variables_and_gives_them_back(
    institution: Institution, units: Units, lines: Lines
) -> None:
    checked = check(institution, Metas=[SHEET | FORMULA])
    assert [str(one) for one in checked.errors] == []
    exchange.apply(checked, by=SYSTEM, at=NOW)
    (goal,) = queries.goals_of(institution)
    indicator = goal.principal_indicator
    assert indicator is not None
    assert indicator.numerator_unit == "caso"
    assert indicator.other_variables == [
        {"symbol": "c", "name": "Censo", "unit": "persona"},
        {"symbol": "otra", "name": "Otra", "unit": ""},
    ]
    again = exchange.check(institution=institution, content=exchange.template(institution, on=TODAY), on=TODAY)
    assert again.errors == []
    assert exchange.apply(again, by=SYSTEM, at=NOW).unchanged == 1


@pytest.mark.requirement("A1-08")
def test_a_workbook_brings_weeks_and_a_formula_of_many_variables(
    institution: Institution, units: Units, lines: Lines
) -> None:
    composed = FORMULA | {"Fórmula": "100 * (a + c) / (b - otra)", "Acumulación": "Cociente de los acumulados",
                          "Frecuencia": "Semanal"}  # fmt: skip
    checked = check(institution, Metas=[SHEET | composed])
    assert (checked.errors, checked.warnings) == ([], [])
    exchange.apply(checked, by=SYSTEM, at=NOW)
    (goal,) = queries.goals_of(institution)
    indicator = goal.principal_indicator
    assert indicator is not None
    assert (indicator.factor, indicator.frequency) == (100, "weekly")
    asked = queries.asked_of(indicator)
    assert [one.symbol for one in asked.variables] == ["a", "c", "b", "otra"]
    again = exchange.check(institution=institution, content=exchange.template(institution, on=TODAY), on=TODAY)
    assert again.errors == []
    assert exchange.apply(again, by=SYSTEM, at=NOW).unchanged == 1


def test_a_formula_that_cannot_be_read_is_told_and_kept_as_text(
    institution: Institution, units: Units, lines: Lines
) -> None:
    checked = check(institution, Metas=[SHEET | FORMULA | {"Fórmula": "Casos por cien"}])
    assert checked.errors == []
    assert any("×" in str(one) for one in checked.warnings)


def test_variables_that_are_not_written_as_asked_are_refused(
    institution: Institution, units: Units, lines: Lines
) -> None:
    checked = check(institution, Metas=[SHEET | {"Otras variables": "a [b [c]]"}])
    assert "símbolo: Nombre [unidad]" in str(checked.errors[0])


def test_a_cell_of_variables_is_read_as_it_is_told() -> None:
    rows = [
        {"symbol": "gasto", "name": "Gasto ejercido", "unit": "pesos"},
        {"symbol": "n", "name": "Censo", "unit": ""},
    ]
    assert variables_in(told(rows)) == rows
    assert variables_in("") == []


def test_an_indicator_without_a_name_for_its_variable_has_none(goal: Goal) -> None:
    written = Written.of(Indicator(accumulation=Accumulation.SUM))
    assert written.variables == []
    assert judged(written).problems == ()
    saved = actions.save_indicator(
        goal=goal,
        code="X",
        name="x",
        unit_of_measure="caso",
        direction=0,
        accumulation=0,
        formula="V",
        by=SYSTEM,
        at=NOW,
    )
    assert Written.of(saved).variables == [Variable("V")]
    assert judged(Written.of(saved)).is_computed


@pytest.mark.requirement("A1-08")
def test_a_rate_is_captured_by_its_two_parts(save: Callable[..., str], indicator: Indicator) -> None:
    rate = {"accumulation": "6", "formula": "[(atendidos ÷ recibidos) − 1] × 100"}
    assert "Un cociente necesita denominador" in save(**rate, denominator_name="")
    assert save(**rate) == ""
    assert indicator.factor == 100
    assert judged(Written.of(indicator)).is_computed
    found = month_made(indicator, 45, 60)
    assert found is not None
    assert found.attempt.numbers == "(45 ÷ 60 − 1) × 100 = −25"


def test_a_rate_without_its_base_is_refused_everywhere(goal: Goal) -> None:
    with pytest.raises(actions.RatioWithoutDenominator):
        actions.save_indicator(
            goal=goal, code="X", name="x", unit_of_measure="%", direction=0, accumulation=Accumulation.RATE,
            by=SYSTEM, at=NOW,
        )  # fmt: skip
