"""Early warnings in a browser: the meeting decides, the area answers, and nobody is told the same twice."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from rumbo.core.timekeeping.period import Period
from rumbo.foundation.organization.models import Institution
from rumbo.systems.evaluation import actions
from rumbo.systems.evaluation.models import Closing, EarlyWarning
from tests.cast import TODAY, Character
from tests.functional.conftest import DESKTOP, PHONE
from tests.systems.evaluation.conftest import MARCH, close, day_after, first_quarter, moment, programme, report

__all__ = ["close", "first_quarter", "programme", "report"]
pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("december")]
APRIL = Period(2026, 4)


@pytest.fixture
def estimate(institution: Institution, carmen: Character) -> Callable[[Period], int]:
    """`estimate(MARCH)`: Carmen has a month estimated on the tenth of the next one."""

    def estimated(period: Period) -> int:
        day = day_after(period)
        return actions.foresee_month(institution=institution, period=period, by=carmen.actor, on=day, at=moment(day))

    return estimated


@pytest.mark.requirement("A1-13", "Q-08")
@pytest.mark.parametrize("screen", [DESKTOP, PHONE], ids=["desk", "phone"])
def test_carmen_decides_on_a_goal_at_risk_beto_does_it_and_the_next_month_does_not_repeat_it(
    visit: Callable[..., Page],
    look: Callable[..., None],
    first_quarter: list[Closing],
    estimate: Callable[[Period], int],
    report: Callable[..., None],
    carmen: Character,
    beto: Character,
    screen: dict[str, int],
) -> None:
    estimate(MARCH)
    meeting = visit(carmen, "alertas/", on=screen)
    row = meeting.get_by_role("row").filter(has_text="Meta M002")
    expect(row.get_by_text("Riesgo alto")).to_be_visible()
    expect(meeting.get_by_text("marzo de 2026").first).to_be_visible()
    look(meeting, "lista")

    row.get_by_role("link", name="Nueva").click()
    probability = meeting.get_by_text("Probabilidad de no cumplir")
    expect(probability).to_be_hidden()
    meeting.get_by_text("Probabilidad y cierre esperado").click()
    expect(probability).to_be_visible()
    meeting.get_by_role("button", name="Marcar como vista").click()
    expect(meeting.get_by_text(f"{carmen.actor.label}, 03/12/2026").first).to_be_visible()
    meeting.get_by_label("Qué se decidió").fill("Dos cuadrillas más.")
    meeting.get_by_label("Responsable").fill("Dirección de Parques")
    meeting.get_by_label("Para cuándo").fill(TODAY.isoformat())
    meeting.get_by_role("button", name="Guardar la decisión").click()
    expect(meeting.get_by_text("la fecha debe ser posterior a hoy")).to_be_visible()
    expect(meeting.get_by_label("Qué se decidió")).to_have_value("Dos cuadrillas más.")
    look(meeting, "rechazada")
    meeting.get_by_label("Para cuándo").fill((TODAY + timedelta(days=15)).isoformat())
    meeting.get_by_role("button", name="Guardar la decisión").click()
    expect(meeting.get_by_text("La decisión quedó guardada.")).to_be_visible()
    look(meeting, "decidida")

    area = visit(beto, on=screen)
    area.get_by_role("link", name="Meta M002").first.click()
    expect(area.get_by_text("Dos cuadrillas más.").first).to_be_visible()
    expect(area.get_by_role("button", name="Guardar la decisión")).to_have_count(0)
    area.get_by_label("Qué se logró").fill("Se plantaron 300.")
    area.get_by_role("button", name="Se cumplió").click()
    expect(area.get_by_text("Lo decidido quedó informado como cumplido.")).to_be_visible()
    look(area, "cumplida")

    report(APRIL, M001=70, M002=50)
    estimate(APRIL)
    meeting.goto(meeting.url.split("/alertas/")[0] + "/alertas/?mes=2026-04")
    row = meeting.get_by_role("row").filter(has_text="Meta M002")
    expect(row.get_by_text("cumplida el 03/12/2026")).to_be_visible()
    expect(row.get_by_role("link", name="Atendida")).to_be_visible()
    assert EarlyWarning.objects.get(goal__code="M002").times == 1
    look(meeting, "abril")


@pytest.mark.parametrize(
    "path", ["tableros/eje/1/?mes=2026-03", "tableros/meta/M002/?mes=2026-03", "alertas/?critica=1"]
)
def test_risks_are_accessible_wherever_they_are_told(
    visit: Callable[..., Page],
    look: Callable[..., None],
    first_quarter: list[Closing],
    estimate: Callable[[Period], int],
    carmen: Character,
    path: str,
) -> None:
    estimate(MARCH)
    for name, screen in (("desk", DESKTOP), ("phone", PHONE)):
        page = visit(carmen, path, on=screen)
        expect(page.get_by_text("Riesgo alto").first).to_be_attached()
        look(page, name)
