"""Early warnings followed: told once, decided in the meeting, done by the area, told again only if the risk rises."""

import io
from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import openpyxl
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pypdf import PdfReader

from rumbo.core.timekeeping.period import Period
from rumbo.core.vocabulary.direction import Direction
from rumbo.core.vocabulary.refusal import Forbidden
from rumbo.core.vocabulary.risk import Risk
from rumbo.core.vocabulary.role import Role
from rumbo.core.vocabulary.warning_state import WarningState
from rumbo.foundation.audit import queries as audit
from rumbo.foundation.audit.models import Event
from rumbo.foundation.audit.queries import forget
from rumbo.foundation.organization import actions as organization
from rumbo.foundation.organization.models import Institution
from rumbo.foundation.planning import queries as planning
from rumbo.systems.evaluation import actions, reports
from rumbo.systems.evaluation.actions import WarningRefused
from rumbo.systems.evaluation.models import Closing, EarlyWarning, Outlook
from rumbo.systems.evaluation.queries import warnings_owed
from rumbo.systems.evaluation.queries.warnings import estimated_months, is_overdue
from rumbo.systems.evaluation.states import after_estimate
from rumbo.systems.indicators import actions as indicators
from rumbo.systems.indicators import queries as goals
from rumbo.systems.indicators.programming import MonthTarget
from tests.cast import NOW, SYSTEM, TODAY, Character, Units, make_character
from tests.remembering import remembered
from tests.systems.evaluation.conftest import JANUARY, MARCH, Programme, day_after, moment

pytestmark = pytest.mark.django_db
type Enter = Callable[[Character], Client]
SLUG = {"slug": "prueba"}
DECIDED = {"decision": "Dos cuadrillas más.", "responsible_post": "Dirección de Parques", "due_on": "2026-12-18"}


@pytest.fixture
def estimate(institution: Institution, carmen: Character) -> Callable[..., int]:
    """`estimate(MARCH)`: Carmen has a month estimated on the tenth of the next one."""

    def estimated(period: Period, on: date | None = None) -> int:
        day = on or day_after(period)
        return actions.foresee_month(institution=institution, period=period, by=carmen.actor, on=day, at=moment(day))

    return estimated


@pytest.fixture
@remembered
def trees(first_quarter: list[Closing], estimate: Callable[..., int]) -> EarlyWarning:
    """The critical goal, far behind since January: its warning of March."""
    estimate(MARCH)
    return EarlyWarning.objects.get(goal__code="M002")


def decide(warning: EarlyWarning, by: Character, on: date = TODAY, **more: Any) -> EarlyWarning:
    said: dict[str, Any] = {"decision": "Dos cuadrillas más.", "responsible_post": "Parques"}
    said |= {"due_on": on + timedelta(days=15)} | more
    return actions.decide_warning(warning=warning, by=by.actor, on=on, at=moment(on), **said)


def page(warning: EarlyWarning, name: str = "warning") -> str:
    return reverse(f"evaluation:{name}", kwargs=SLUG | {"ref": warning.ref})


# Refusals


def test_an_area_estimates_nothing_and_decides_nothing_critical(
    institution: Institution, trees: EarlyWarning, ana: Character, beto: Character, hugo: Character
) -> None:
    for character in (ana, beto, hugo):
        with pytest.raises(Forbidden):
            actions.foresee_month(institution=institution, period=MARCH, by=character.actor, on=TODAY, at=NOW)
        with pytest.raises(Forbidden):
            decide(trees, character)
    for character in (ana, hugo):
        with pytest.raises(Forbidden):
            actions.see_warnings(institution=institution, warnings=[trees], by=character.actor, on=TODAY, at=NOW)
    with pytest.raises(Forbidden):
        actions.close_warning(warning=trees, reason="No procede", by=beto.actor, on=TODAY, at=NOW)
    trees.refresh_from_db()
    assert trees.state == WarningState.NEW


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"decision": " "}, "qué se decidió"),
        ({"responsible_post": ""}, "cargo responsable"),
        ({"due_on": None}, "para cuándo"),
        ({"due_on": TODAY}, "posterior a hoy"),
    ],
)
def test_a_decision_says_what_who_and_when(
    trees: EarlyWarning, carmen: Character, wrong: dict[str, Any], told: str
) -> None:
    with pytest.raises(WarningRefused, match=told):
        decide(trees, carmen, **wrong)


def test_nothing_is_done_before_it_is_decided_nor_twice_nor_once_closed(
    trees: EarlyWarning, carmen: Character, beto: Character
) -> None:
    done: dict[str, Any] = {"by": beto.actor, "on": TODAY, "at": NOW}
    with pytest.raises(WarningRefused, match="Todavía no se decide"):
        actions.do_warning(warning=trees, outcome="Listo", **done)
    decide(trees, carmen)
    with pytest.raises(WarningRefused, match="qué se logró"):
        actions.do_warning(warning=trees, outcome=" ", **done)
    actions.do_warning(warning=trees, outcome="Listo", **done)
    with pytest.raises(WarningRefused, match="03/12/2026"):
        actions.do_warning(warning=trees, outcome="Otra vez", **done)
    with pytest.raises(WarningRefused, match="motivo"):
        actions.close_warning(warning=trees, reason="", by=carmen.actor, on=TODAY, at=NOW)
    actions.close_warning(warning=trees, reason="Se cumplió", by=carmen.actor, on=TODAY, at=NOW)
    with pytest.raises(WarningRefused, match="se cerró"):
        decide(trees, carmen)


# When it appears


@pytest.mark.parametrize(
    ("state", "told", "risk", "then"),
    [
        (WarningState.ATTENDED, Risk.MEDIUM, Risk.HIGH, WarningState.NEW),
        (WarningState.ATTENDED, Risk.HIGH, Risk.MEDIUM, WarningState.ATTENDED),
        (WarningState.SEEN, Risk.HIGH, Risk.HIGH, WarningState.SEEN),
        (WarningState.SEEN, Risk.MEDIUM, Risk.LOW, WarningState.CLOSED),
        (WarningState.CLOSED, Risk.HIGH, Risk.HIGH, WarningState.CLOSED),
        (WarningState.CLOSED, Risk.LOW, Risk.MEDIUM, WarningState.NEW),
        (WarningState.CLOSED, Risk.LOW, Risk.LOW, WarningState.CLOSED),
    ],
)
def test_a_warning_repeats_itself_only_when_the_risk_rises_a_step(
    state: WarningState, told: Risk, risk: Risk, then: WarningState
) -> None:
    assert after_estimate(state, told, risk) is then


@pytest.mark.requirement("A1-13")
def test_the_same_risk_next_month_leaves_the_decision_as_it_is(
    trees: EarlyWarning, carmen: Character, report: Callable[..., None], estimate: Callable[..., int]
) -> None:
    decide(trees, carmen, on=day_after(MARCH))
    report(Period(2026, 4), M001=70, M002=50)
    estimate(Period(2026, 4))
    trees.refresh_from_db()
    assert (trees.state, trees.times, trees.period) == (WarningState.ATTENDED, 1, MARCH.index)


def test_a_goal_that_recovers_closes_its_warning_and_falling_again_opens_it(
    institution: Institution, trees: EarlyWarning, carmen: Character, report: Callable[..., None],
    estimate: Callable[..., int],
) -> None:  # fmt: skip
    decide(trees, carmen, on=day_after(MARCH))
    report(Period(2026, 4), M002=1100)
    estimate(Period(2026, 4))
    trees.refresh_from_db()
    assert (trees.state, trees.closed_reason) == (WarningState.CLOSED, "El riesgo volvió a ser bajo.")
    report(Period(2026, 4), M002=40)
    for month in (5, 6):
        report(Period(2026, month), M002=30)
    estimate(Period(2026, 6))
    trees.refresh_from_db()
    assert (trees.state, trees.times, trees.decision) == (WarningState.NEW, 2, "")
    assert trees.period == Period(2026, 6).index
    assert not audit.verify()


def test_an_older_month_estimated_late_moves_no_warning(trees: EarlyWarning, estimate: Callable[..., int]) -> None:
    before = EarlyWarning.objects.count()
    EarlyWarning.objects.exclude(pk=trees.pk).delete()
    estimate(JANUARY, on=TODAY)
    assert EarlyWarning.objects.count() == 1 < before


def test_a_retired_goal_is_no_longer_foreseen_and_its_warning_closes(
    institution: Institution, trees: EarlyWarning, carmen: Character, estimate: Callable[..., int]
) -> None:
    goal = goals.goal_by_code(institution, "M002")
    assert goal is not None
    indicators.retire_goal(
        goal=goal, on=date(2026, 4, 15), reason="Se canceló", by=SYSTEM, at=moment(date(2026, 4, 15))
    )
    estimate(Period(2026, 4))
    assert not Outlook.objects.filter(goal=goal, period=Period(2026, 4).index).exists()
    trees.refresh_from_db()
    assert trees.state == WarningState.CLOSED


@pytest.mark.requirement("A1-13")
def test_closing_a_month_on_its_page_estimates_it_once_the_answer_is_out(
    institution: Institution, first_quarter: list[Closing], client_of: Enter, carmen: Character
) -> None:
    assert not Outlook.objects.exists()
    client = client_of(carmen)
    sent = client.post(reverse("evaluation:closing", kwargs=SLUG), {"reason": "No remitió."})
    assert sent.status_code == 302
    assert {Period.of(one) for one in Outlook.objects.values_list("period", flat=True)} >= {MARCH}


# A story


@pytest.mark.requirement("A1-13", "Q-08")
def test_carmen_decides_in_the_meeting_beto_marks_it_done_and_dario_finds_nothing(
    institution: Institution,
    trees: EarlyWarning,
    client_of: Enter,
    carmen: Character,
    beto: Character,
    dario: Character,
) -> None:
    at_the_meeting = client_of(carmen)
    listed = at_the_meeting.get(reverse("evaluation:warnings", kwargs=SLUG) + "?critica=1").content.decode()
    assert "Para la reunión" in listed
    assert page(trees) in listed
    assert "Riesgo alto" in listed
    assert "%" not in listed.split("<tbody>")[1].split("</tbody>")[0], "the probability is one click below"
    opened = at_the_meeting.get(page(trees)).content.decode()
    assert "Probabilidad de no cumplir" in opened
    wrong = at_the_meeting.post(page(trees, "warning_decide"), DECIDED | {"due_on": "2026-11-01"})
    assert wrong.status_code == 422
    assert "Dos cuadrillas más." in wrong.content.decode()
    assert at_the_meeting.post(page(trees, "warning_decide"), DECIDED).status_code == 302

    (line,) = [one for one in warnings_owed(beto.actor, institution, on=TODAY) if one.url == page(trees)]
    assert line.due_on == date(2026, 12, 18)
    assert "Dos cuadrillas más." in line.detail
    of_beto = client_of(beto)
    seen = of_beto.get(page(trees)).content.decode()
    assert "Dirección de Parques" in seen
    assert page(trees, "warning_close") not in seen
    assert of_beto.post(page(trees, "warning_decide"), DECIDED).status_code == 403
    assert of_beto.post(page(trees, "warning_do"), {"outcome": ""}).status_code == 422
    assert of_beto.post(page(trees, "warning_do"), {"outcome": "Se plantaron 300."}).status_code == 302
    assert not [one for one in warnings_owed(beto.actor, institution, on=TODAY) if one.url == page(trees)]

    (line,) = [one for one in warnings_owed(carmen.actor, institution, on=TODAY) if one.url == page(trees)]
    assert "cierre la alerta" in line.detail
    assert at_the_meeting.post(page(trees, "warning_close"), {"reason": "Va en camino"}).status_code == 302
    trees.refresh_from_db()
    assert (trees.state, trees.outcome) == (WarningState.CLOSED, "Se plantaron 300.")
    told = Event.objects.filter(subject_ref=str(trees.ref)).values_list("action", flat=True).order_by("pk")
    assert list(told) == ["evaluation.decide_warning", "evaluation.do_warning", "evaluation.close_warning"]
    assert not audit.verify()

    outsider = client_of(dario)
    for name in ("warnings", "warnings_download"):
        assert outsider.get(reverse(f"evaluation:{name}", kwargs=SLUG)).status_code == 404
    assert outsider.get(page(trees)).status_code == 404
    assert outsider.post(page(trees, "warning_do"), {"outcome": "x"}).status_code == 404


def test_who_may_only_look_is_told_whose_turn_it_is(
    trees: EarlyWarning, client_of: Enter, carmen: Character, beto: Character, hugo: Character
) -> None:
    def told(who: Character, warning: EarlyWarning = trees) -> str:
        return str(client_of(who).get(page(warning)).context["turn"])

    assert "decide la Dirección de Planeación en su reunión" in told(beto)
    assert told(carmen) == ""
    lamps = EarlyWarning.objects.get(goal__code="M001")
    assert "titular del área" in told(hugo, lamps)
    assert told(beto, lamps) == "", "of what is not critical the head of the area decides"
    decided = decide(trees, carmen)
    assert "Que se cumplió lo informa" in told(hugo)
    assert told(beto) == ""
    actions.do_warning(warning=decided, outcome="Listo", by=beto.actor, on=TODAY, at=NOW)
    assert "La cierra" in told(beto)
    actions.close_warning(warning=decided, reason="Listo", by=carmen.actor, on=TODAY, at=NOW)
    assert told(beto) == ""


def test_a_date_that_passes_brings_it_back_to_the_meeting(
    institution: Institution, trees: EarlyWarning, carmen: Character
) -> None:
    decided = decide(trees, carmen, due_on=TODAY + timedelta(days=5))
    assert not is_overdue(decided, TODAY + timedelta(days=5))
    assert not warnings_owed(carmen.actor, institution, on=TODAY + timedelta(days=5))
    late = TODAY + timedelta(days=6)
    assert is_overdue(decided, late)
    (line,) = warnings_owed(carmen.actor_on(late), institution, on=late)
    assert "Venció lo decidido" in line.detail


def test_whoever_receives_the_area_finds_the_warning_waiting(
    institution: Institution, units: Units, trees: EarlyWarning, carmen: Character, beto: Character
) -> None:
    decide(trees, carmen)
    heir = make_character(institution, "Hilda", Role.CAPTURER, units.works)
    organization.hand_over(
        institution=institution, from_person=beto.person, to_person=heir.person, reason="Relevo", by=SYSTEM,
        on=TODAY, at=NOW,
    )  # fmt: skip
    after = TODAY + timedelta(days=1)
    assert not warnings_owed(beto.actor_on(after), institution, on=after)
    lines = warnings_owed(heir.actor_on(after), institution, on=after)
    assert page(trees) in [one.url for one in lines]


def test_the_head_of_an_area_marks_its_new_ones_as_seen_and_decides_on_what_is_not_critical(
    institution: Institution, trees: EarlyWarning, client_of: Enter, beto: Character
) -> None:
    client = client_of(beto)
    assert client.post(reverse("evaluation:warnings_seen", kwargs=SLUG)).status_code == 302
    assert set(EarlyWarning.objects.filter(goal__code__startswith="M").values_list("state", flat=True)) == {"seen"}
    assert EarlyWarning.objects.filter(goal__code="O001").exclude(state="new").count() == 0
    lamps = EarlyWarning.objects.get(goal__code="M001")
    assert client.post(page(lamps, "warning_decide"), DECIDED).status_code == 302
    assert not audit.verify()


# The pages


def test_an_area_sees_its_own_and_nothing_else(
    institution: Institution, trees: EarlyWarning, client_of: Enter, beto: Character
) -> None:
    listed = client_of(beto).get(reverse("evaluation:warnings", kwargs=SLUG)).content.decode()
    assert "Meta M002" in listed
    assert "Meta O001" not in listed
    works = EarlyWarning.objects.filter(goal__code="O001").first()
    if works:
        assert client_of(beto).get(page(works)).status_code == 404


@pytest.mark.requirement("A1-13")
def test_boards_and_the_goal_say_the_risk_and_when_it_was_estimated(
    institution: Institution, trees: EarlyWarning, client_of: Enter, carmen: Character, beto: Character
) -> None:
    client = client_of(carmen)
    board = client.get(reverse("evaluation:board", kwargs=SLUG) + "?mes=2026-03").content.decode()
    assert "estimado el 10/04/2026" in board
    assert page(trees) in board
    area = (
        client_of(beto)
        .get(reverse("evaluation:area", kwargs=SLUG | {"code": "DESU"}) + "?mes=2026-03")
        .content.decode()
    )
    assert page(trees) in area
    goal = client.get(reverse("evaluation:goal", kwargs=SLUG | {"code": "M002"}) + "?mes=2026-03").content.decode()
    assert "Alerta temprana" in goal
    assert "Ritmo que la salvaría" in goal
    other = client.get(reverse("evaluation:board", kwargs=SLUG) + "?mes=2026-01").content.decode()
    assert "estimado el" not in other, "a month that nobody estimated says nothing"


@pytest.mark.requirement("A1-13", "A1-08")
def test_the_board_of_a_plan_element_says_what_is_at_risk_below_it_and_leads_to_those_alone(
    institution: Institution, trees: EarlyWarning, programme: Programme, client_of: Enter, carmen: Character
) -> None:
    client = client_of(carmen)
    address = reverse("evaluation:element", kwargs=SLUG | {"code": "1.1"}) + "?mes=2026-03"
    board = client.get(address).content.decode()
    assert "estimado el 10/04/2026" in board
    assert page(trees) in board
    element = planning.element_by_code(programme.plan, "1.1")
    assert element is not None
    listed = client.get(reverse("evaluation:warnings", kwargs=SLUG) + f"?mes=2026-03&elemento={element.ref}")
    assert f"mes=2026-03&amp;elemento={element.ref}" in board
    assert "Línea de acción 1.1. Alumbrado y áreas verdes" in listed.content.decode()
    assert {line.outlook.goal.plan_element_id for line in listed.context["lines"]} == {element.pk}
    works = client.get(reverse("evaluation:element", kwargs=SLUG | {"code": "1.2"}) + "?mes=2026-03").content.decode()
    assert page(trees) not in works


def test_the_board_of_a_plan_element_asks_the_same_for_one_warning_and_for_many(
    institution: Institution, trees: EarlyWarning, client_of: Enter, carmen: Character
) -> None:
    client = client_of(carmen)
    address = reverse("evaluation:element", kwargs=SLUG | {"code": "1.1"}) + "?mes=2026-03"

    def asked() -> int:
        forget()
        client.get(address)  # what the trail keeps is read before
        with CaptureQueriesContext(connection) as found:
            client.get(address + "&orden=clave")  # a list in another order is never kept
        return len(found)

    one = asked()
    Outlook.objects.filter(goal__code__in=["M001", "M003"]).update(critical=True, risk=Risk.HIGH)
    assert asked() == one


@pytest.mark.requirement("A1-13")
def test_complementary_indicators_say_whether_they_are_foreseen(
    institution: Institution, programme: Programme, trees: EarlyWarning, estimate: Callable[..., int],
    client_of: Enter, carmen: Character,
) -> None:  # fmt: skip
    goal = goals.goal_by_code(institution, "M002")
    assert goal is not None
    one: dict[str, Any] = {"goal": goal, "unit_of_measure": "pieza", "accumulation": 0, "by": SYSTEM, "at": NOW}
    for code, direction in (("M002-B", Direction.INCREASING), ("M002-C", Direction.RANGE)):
        added = indicators.save_indicator(code=code, name=f"Indicador {code}", direction=direction, **one)
        months = {Period(2026, month).index: MonthTarget(Decimal(10)) for month in range(3, 13)}
        if direction == Direction.INCREASING:
            indicators.set_programme(indicator=added, year=2026, annual_target=100, months=months, by=SYSTEM, at=NOW)
    estimate(MARCH)
    shown = client_of(carmen).get(reverse("evaluation:goal", kwargs=SLUG | {"code": "M002"}) + "?mes=2026-03")
    rows = shown.content.decode().split('id="complementarios"')[1].split("</table>")[0].split("<tr>")
    (foreseen,) = [row for row in rows if "M002-B" in row]
    (mute,) = [row for row in rows if "M002-C" in row]
    assert "Riesgo" in foreseen.split("<td")[3]
    assert "Sin estimar" in mute


def test_a_limit_below_zero_is_said_in_words(
    institution: Institution, trees: EarlyWarning, client_of: Enter, carmen: Character
) -> None:
    Outlook.objects.filter(goal__code="M002").update(pace=-3.6)
    listed = client_of(carmen).get(reverse("evaluation:warnings", kwargs=SLUG)).content.decode()
    assert "ya no alcanza, ni con cero en lo que falta del año" in listed
    assert "−3.6" not in listed


def test_what_is_captured_afterwards_is_said_and_reading_estimates_nothing(
    institution: Institution, trees: EarlyWarning, report: Callable[..., None], client_of: Enter, carmen: Character
) -> None:
    report(MARCH, M002=61)
    before = list(Outlook.objects.order_by("pk").values_list("pk", "probability"))
    listed = client_of(carmen).get(reverse("evaluation:warnings", kwargs=SLUG)).content.decode()
    assert "La estimación de 1 meta ya no conoce todo" in listed
    assert list(Outlook.objects.order_by("pk").values_list("pk", "probability")) == before
    assert [one.changed for one in estimated_months(institution.pk)] == [1]


def test_the_list_costs_the_same_for_one_goal_and_for_many(
    institution: Institution, trees: EarlyWarning, client_of: Enter, carmen: Character
) -> None:
    client, address = client_of(carmen), reverse("evaluation:warnings", kwargs=SLUG)
    client.get(address)
    with CaptureQueriesContext(connection) as all_of_them:
        client.get(address)
    with CaptureQueriesContext(connection) as one:
        client.get(address + "?critica=1")
    assert len(all_of_them) == len(one) <= 20


def test_the_list_goes_to_excel_with_its_filters(trees: EarlyWarning, client_of: Enter, carmen: Character) -> None:
    address = reverse("evaluation:warnings_download", kwargs=SLUG) + "?critica=1"
    sheet = openpyxl.load_workbook(io.BytesIO(client_of(carmen).get(address).content)).active
    assert sheet is not None
    cells = [str(cell.value) for row in sheet.iter_rows() for cell in row if cell.value]
    assert "M002" in cells
    assert "M001" not in cells
    assert "Riesgo alto" in cells


@pytest.mark.requirement("A1-13", "A1-14")
def test_the_report_prints_the_risk_its_reasons_and_the_follow_up(
    institution: Institution, trees: EarlyWarning, carmen: Character, close: Callable[..., Closing]
) -> None:
    close(MARCH, accept_missing="No remitió.")
    decide(trees, carmen, on=day_after(MARCH))
    files = reports.produce("monthly", institution=institution, period=MARCH, by=carmen.actor, on=TODAY, at=NOW)
    pages = PdfReader(io.BytesIO(files["informe-mensual.pdf"])).pages
    printed = " ".join(" ".join(one.extract_text() for one in pages).split())
    assert "estimado el 10/04/2026: alto en" in printed
    assert "Riesgo alto: lleva 3 meses por debajo de lo programado" in printed
    assert "Atendida. Dos cuadrillas más (Parques, para el 25/04/2026)." in printed
    book = openpyxl.load_workbook(io.BytesIO(files["informe-mensual.xlsx"]))
    cells = [str(cell.value) for row in book["Alertas tempranas"].iter_rows() for cell in row if cell.value]
    assert any("Dos cuadrillas más" in cell for cell in cells)
