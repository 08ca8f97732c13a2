"""The plan and the goals in a real browser: desktop, phone, accessibility, and the year shared out without a script."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from playwright.sync_api import Page, expect

from rumbo.core.vocabulary.accumulation import Accumulation
from rumbo.core.vocabulary.swot import SwotKind
from rumbo.foundation.organization.models import Institution
from rumbo.foundation.planning import actions as planning
from rumbo.foundation.planning import queries as plans
from rumbo.systems.indicators import actions, queries
from rumbo.systems.indicators.models import Goal
from tests.cast import NOW, SYSTEM, TODAY, Character, Units

pytestmark = pytest.mark.django_db(transaction=True)
WRITE = {"by": SYSTEM, "at": NOW}
MISSION = "Garantizar servicios públicos a quienes viven, trabajan y transitan en la demarcación."


@pytest.fixture(autouse=True)
def day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("rumbo.shell.clock.today", lambda: TODAY)


@pytest.fixture
def goal(institution: Institution, units: Units) -> Goal:
    """A small plan with a goal programmed, agreed and once changed."""
    plan = planning.create_plan(
        institution=institution, name="Programa de Gobierno 2024-2027", kind_name="Programa de gobierno",
        term_start=date(2024, 10, 1), term_end=date(2027, 9, 30), mission=MISSION, vision="Una demarcación limpia.",
        levels=[("Eje rector", "Ejes rectores"), ("Línea de acción", "Líneas de acción")], **WRITE,
    )  # fmt: skip
    rows = [
        planning.ElementRow(1, "2", "Servicios urbanos y espacio público de calidad"),
        planning.ElementRow(2, "2.1", "Sustituir y reparar luminarias", parent=(1, "2")),
        planning.ElementRow(2, "6.1", "Concluir en plazo las solicitudes", suggested=(1, "2")),
        planning.ElementRow(2, "7.1", "Conservar el arbolado"),
    ]
    swot = [planning.SwotLine(kind, f"{kind.label}: un enunciado", "Su explicación.") for kind in SwotKind]
    planning.load_plan(plan=plan, elements=rows, swot=swot, **WRITE)
    line = plans.element_by_code(plan, "2.1")
    assert line
    made = actions.save_goal(
        institution=institution, code="M041", statement="Sustituir 12,000 luminarias por tecnología LED",
        plan_element=line, unit=units.desu, co_responsible=[units.works], critical=True, term_target=36000,
        responsible_post="JUD de Alumbrado", sdg="11", **WRITE,
    )  # fmt: skip
    indicator = actions.save_indicator(
        goal=made, code="M041", name="Luminarias sustituidas", unit_of_measure="luminaria", direction=0,
        accumulation=Accumulation.SUM, baseline=9800, baseline_year=2025, source="Bitácoras de operación", **WRITE,
    )  # fmt: skip
    actions.save_indicator(
        goal=made, code="M041-Q", name="Reportes atendidos en 72 horas", unit_of_measure="%", direction=0,
        accumulation=Accumulation.RATIO, numerator_name="Atendidos en 72 horas", denominator_name="Recibidos",
        factor=100, **WRITE,
    )  # fmt: skip
    months = {2026 * 12 + month: (1000, None) for month in range(12)}
    programme = actions.set_programme(indicator=indicator, year=2026, annual_target=12000, months=months, **WRITE)
    actions.change_programme(
        programme=programme, annual_target=11500, months=months | {2026 * 12 + 11: (500, None)},
        from_period=2026 * 12 + 11, reason="Recorte presupuestal", letter_number="AMH/012/2026", on=TODAY, **WRITE,
    )  # fmt: skip
    found = queries.goal_by_code(institution, "M041")
    assert found
    return found


def come_in(page: Page, base: str, character: Character) -> None:
    """With a session made apart: signing in has its own tests."""
    session = SessionStore()
    session[SESSION_KEY] = str(character.person.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = character.person.get_session_auth_hash()
    session.create()
    page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": str(session.session_key), "url": base}])


@pytest.mark.parametrize(("viewport", "width"), [("page", 1440), ("phone", 390)])
@pytest.mark.browser
def test_the_pages_are_accessible_and_fit(
    live_server: object,
    request: pytest.FixtureRequest,
    goal: Goal,
    carmen: Character,
    axe: Callable[[Page], None],
    screenshot: Callable[..., Path],
    viewport: str,
    width: int,
) -> None:
    page: Page = request.getfixturevalue(viewport)
    come_in(page, str(live_server), carmen)
    indicator = goal.principal_indicator
    assert indicator
    paths = {
        "programa": "programa/",
        "textos": "programa/textos/",
        "foda": "programa/foda/",
        "elemento": "programa/elemento/nuevo/",
        "subir": "programa/subir/",
        "metas": "metas/",
        "meta": f"metas/{goal.ref}/",
        "editar": f"metas/{goal.ref}/editar/",
        "programacion": f"metas/indicador/{indicator.ref}/programacion/2026/",
        "reprogramar": f"metas/indicador/{indicator.ref}/reprogramar/2026/",
    }
    for name, path in paths.items():
        page.goto(f"{live_server}/i/prueba/{path}")
        axe(page)
        # a phone widens its window for a page that does not fit: the page is measured against the screen
        assert page.evaluate("document.documentElement.scrollWidth") <= width, f"{path} is too wide"
        screenshot(page, name)


def test_a_year_is_shared_out_looked_at_and_saved(
    live_server: object, page: Page, goal: Goal, carmen: Character
) -> None:
    come_in(page, str(live_server), carmen)
    indicator = goal.principal_indicator
    assert indicator
    page.goto(f"{live_server}/i/prueba/metas/indicador/{indicator.ref}/programacion/2027/")
    page.get_by_label("Meta anual").fill("1,000")
    page.get_by_role("button", name="Repartir en partes iguales").click()
    expect(page.get_by_label("Luminarias sustituidas, enero")).to_have_value("84")
    page.get_by_role("button", name="Guardar programación").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("M041")
    page.get_by_role("link", name="2027").click()
    expect(page.get_by_text("1,000", exact=True)).to_be_visible()


@pytest.mark.requirement("IECM-16", "Q-01")
def test_a_person_confirms_what_a_line_hangs_from(
    live_server: object, page: Page, goal: Goal, carmen: Character
) -> None:
    come_in(page, str(live_server), carmen)
    page.goto(f"{live_server}/i/prueba/programa/")
    page.get_by_label("Ligar 6.1").check()
    page.get_by_label("De qué depende 7.1").select_option(index=1)
    page.get_by_role("button", name="Ligar lo elegido").click()
    expect(page.get_by_text("Se ligaron 2 elementos.")).to_be_visible()
    expect(page.get_by_role("heading", name="Por ligar")).to_have_count(0)
