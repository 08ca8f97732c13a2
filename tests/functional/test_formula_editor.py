"""The formula of an indicator is read back, tried out and corrected while it is typed, without losing the keyboard."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from rumbo.core.vocabulary.accumulation import Accumulation
from rumbo.systems.evaluation.models import Closing
from rumbo.systems.indicators.models import Goal, Indicator
from tests.cast import Character
from tests.functional.conftest import DESKTOP, PHONE
from tests.systems.evaluation.conftest import close, first_quarter, programme, report
from tests.systems.indicators import conftest as goals

__all__ = ["close", "first_quarter", "programme", "report"]
lines, make_goal, goal, make_indicator = goals.lines, goals.make_goal, goals.goal, goals.make_indicator
pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("december")]


@pytest.fixture
def ratio(goal: Goal, make_indicator: Callable[..., Indicator]) -> Indicator:
    return make_indicator(
        goal, name="Atención", unit_of_measure="%", accumulation=Accumulation.RATIO, numerator_name="Casos atendidos",
        numerator_symbol="atendidos", denominator_name="Casos recibidos", denominator_symbol="recibidos", factor=100,
    )  # fmt: skip


@pytest.mark.requirement("A1-08")
@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desk", "phone"])
def test_a_formula_is_corrected_while_it_is_typed_and_saved(
    visit: Callable[..., Page],
    look: Callable[..., None],
    carmen: Character,
    ratio: Indicator,
    size: dict[str, int],
) -> None:
    page = visit(carmen, f"metas/indicador/{ratio.ref}/", on=size)
    look(page, "vacia")
    formula, said = page.get_by_label("Fórmula", exact=False).last, page.locator("#formula-said")
    formula.focus()
    page.keyboard.type("100 × atendido ÷ recibidos")
    expect(said).to_contain_text("Columna 7.")
    expect(formula).to_be_focused()  # what is said under it does not take the keyboard away
    expect(formula).to_have_value("100 × atendido ÷ recibidos")
    look(page, "columna-7")
    said.get_by_role("button", name="Poner «atendidos»").focus()
    page.keyboard.press("Enter")
    formula = page.locator("#id_i-formula")
    expect(formula).to_have_value("100 × atendidos ÷ recibidos")
    expect(said).to_contain_text("El porcentaje que «Casos atendidos» representa de «Casos recibidos».")
    for number, value in enumerate(("45", "60")):
        page.get_by_label("Valor de prueba").nth(number).fill(value)
    expect(said).to_contain_text("= 75")
    look(page, "leida")
    page.get_by_role("button", name="Guardar").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("M001")
    ratio.refresh_from_db()
    assert (ratio.formula, ratio.factor) == ("100 × atendidos ÷ recibidos", 100)


@pytest.mark.requirement("A1-07")
@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desk", "phone"])
def test_the_calculation_of_a_ratio_is_read_whole(
    visit: Callable[..., Page],
    look: Callable[..., None],
    hugo: Character,
    first_quarter: list[Closing],
    size: dict[str, int],
) -> None:
    page = visit(hugo, "tableros/meta/M003/calculo/?mes=2026-02", on=size)
    expect(page.get_by_text("100 × (90 + 95) ÷ (100 + 100)").first).to_be_visible()
    month = page.get_by_role("rowheader", name="febrero")
    lines = month.evaluate(
        "cell => { const text = document.createRange(); text.selectNodeContents(cell);"
        " return new Set([...text.getClientRects()].map(box => box.top)).size }"
    )
    assert lines == 1, "a month is one word in one line"
    look(page, "calculo")
