import io
import re
from collections.abc import Callable
from datetime import date

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from rumbo.core.vocabulary.accumulation import Accumulation
from rumbo.foundation.organization.models import Institution
from rumbo.foundation.planning.queries import element_by_code
from rumbo.shell import clock
from rumbo.systems.indicators import actions, queries
from rumbo.systems.indicators.models import Goal, Indicator
from rumbo.systems.indicators.programming import MonthTarget
from tests.cast import NOW, SYSTEM, TODAY, Character, Units
from tests.systems.indicators.conftest import JANUARY, Lines
from tests.systems.indicators.test_exchange import SHEET, YEAR, workbook
from tests.systems.indicators.test_programmes import every_month, program

type SignIn = Callable[[Character], Client]
WRITE = {"by": SYSTEM, "at": NOW}


@pytest.fixture(autouse=True)
def day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "today", lambda: TODAY)
    monkeypatch.setattr(clock, "now", lambda: NOW)


def url(institution: Institution, name: str, **where: object) -> str:
    return reverse(f"indicators:{name}", kwargs={"slug": institution.slug} | where)


def doors(institution: Institution, goal: Goal, indicator: Indicator) -> dict[str, str]:
    """Every address that writes."""
    of_goal = {name: url(institution, name, ref=goal.ref) for name in ("edit", "retire", "add_indicator")}
    of_indicator = {
        name: url(institution, name, ref=indicator.ref) for name in ("edit_indicator", "principal", "retire_indicator")
    }
    of_year = {name: url(institution, name, ref=indicator.ref, year=2026) for name in ("programme", "change")}
    alone = {name: url(institution, name) for name in ("add", "upload", "agree")}
    return of_goal | of_indicator | of_year | alone


def test_who_only_reads_goals_may_not_change_them(
    institution: Institution, goal: Goal, indicator: Indicator, ana: Character, beto: Character, client_of: SignIn
) -> None:
    for name, address in doors(institution, goal, indicator).items():
        for character in (ana, beto):
            assert client_of(character).post(address, {}).status_code == 403, name


def test_another_institution_does_not_exist(
    institution: Institution, goal: Goal, indicator: Indicator, dario: Character, client_of: SignIn
) -> None:
    reads = [url(institution, "goals"), url(institution, "template"), url(institution, "goal", ref=goal.ref)]
    for address in [*reads, *doors(institution, goal, indicator).values()]:
        assert client_of(dario).get(address).status_code == 404


def test_a_goal_of_another_institution_is_not_found_in_mine(
    institution: Institution, goal: Goal, indicator: Indicator, dario: Character, client_of: SignIn
) -> None:
    address = reverse("indicators:goal", kwargs={"slug": "ajena", "ref": goal.ref})
    assert client_of(dario).get(address).status_code == 404


def test_everyone_in_the_institution_sees_the_goals(
    institution: Institution,
    goal: Goal,
    indicator: Indicator,
    everyone_of_the_cast: dict[str, Character],
    client_of: SignIn,
) -> None:
    for name, character in everyone_of_the_cast.items():
        if name != "dario":
            browser = client_of(character)
            assert "Sustituir 1,200 luminarias" in browser.get(url(institution, "goals")).content.decode()
            assert browser.get(url(institution, "goal", ref=goal.ref)).status_code == 200


GOAL = {
    "code": "M010", "statement": "Podar 500 árboles", "goal_type": "accion", "weight": "1", "agreed_on": "",
    "i-code": "M010-I", "i-name": "Árboles podados", "i-unit_of_measure": "árbol", "i-direction": "0",
    "i-accumulation": "0", "i-frequency": "monthly", "i-numerator_symbol": "V", "i-factor": "1", "i-decimals": "0",
}  # fmt: skip


@pytest.mark.requirement("A1-03", "A1-08")
def test_a_goal_and_its_indicator_are_written_together(
    institution: Institution, units: Units, lines: Lines, carmen: Character, client_of: SignIn
) -> None:
    browser = client_of(carmen)
    said = GOAL | {
        "plan_element": str(lines.parks.ref), "unit": str(units.desu.ref), "co_responsible": [str(units.works.ref)],
        "i-baseline": "1,250.5", "i-baseline_year": "2025", "i-due_months": "11; 6",
    }  # fmt: skip
    assert browser.post(url(institution, "add"), said).status_code == 302
    (goal,) = queries.goals_of(institution)
    indicator = goal.principal_indicator
    assert indicator is not None
    assert (goal.unit.code, str(indicator.baseline), indicator.due_months) == ("DESU", "1250.500000", [6, 11])
    page = browser.get(url(institution, "goal", ref=goal.ref)).content.decode()
    assert "Ascendente: mientras más, mejor" in page
    assert "junio, noviembre" in page
    edit = browser.post(url(institution, "edit", ref=goal.ref), said | {"statement": "Podar 600 árboles"})
    assert edit.status_code == 302
    assert queries.goals_of(institution)[0].statement == "Podar 600 árboles"


def test_each_fault_is_told_beside_its_field_and_nothing_is_saved(
    institution: Institution, goal: Goal, units: Units, lines: Lines, carmen: Character, client_of: SignIn
) -> None:
    said = GOAL | {
        "code": "M001", "weight": "0", "unit": "", "plan_element": str(lines.parks.ref), "i-accumulation": "3",
        "i-baseline": "1.250,5", "i-due_months": "6; 13",
    }  # fmt: skip
    answer = client_of(carmen).post(url(institution, "add"), said)
    page = answer.content.decode()
    assert answer.status_code == 422
    for fault in (
        "La ponderación debe ser mayor que cero.",
        "Un cociente necesita denominador: escriba su nombre.",
        "«1.250,5» no es un número. Escríbalo 1,250.5.",
        "Escriba los números de los meses, de 1 a 12",
    ):
        assert fault in page
    taken = said | {
        "weight": "1",
        "unit": str(units.desu.ref),
        "i-accumulation": "0",
        "i-baseline": "",
        "i-due_months": "",
    }
    assert (
        "La clave M001 ya nombra a otra meta" in client_of(carmen).post(url(institution, "add"), taken).content.decode()
    )
    assert len(queries.goals_of(institution)) == 1


def test_a_goal_is_not_left_without_its_indicator(
    institution: Institution, indicator: Indicator, units: Units, lines: Lines, carmen: Character, client_of: SignIn
) -> None:
    said = GOAL | {"plan_element": str(lines.parks.ref), "unit": str(units.desu.ref), "i-code": indicator.code}
    page = client_of(carmen).post(url(institution, "add"), said).content.decode()
    assert "ya nombra a otro indicador" in page
    assert [goal.code for goal in queries.goals_of(institution)] == ["M001"]


@pytest.mark.requirement("A1-18", "A1-20")
def test_months_are_shared_typed_and_then_changed_only_with_a_letter(
    institution: Institution, goal: Goal, indicator: Indicator, carmen: Character, client_of: SignIn
) -> None:
    browser = client_of(carmen)
    address = url(institution, "programme", ref=indicator.ref, year=2026)
    page = browser.post(address, {"annual_target": "1,201", "repartir": "iguales"})
    assert page.context["form"]["n1"].value() == "101"
    assert queries.programme_of(indicator, 2026) is None  # shared out, still to be saved
    assert "Escriba la meta anual" in browser.post(address, {"repartir": "iguales"}).content.decode()
    months = {f"n{month}": "100" for month in range(1, 13)}
    assert browser.post(address, {"annual_target": "1200", **months}).status_code == 302
    browser.post(url(institution, "agree"), {"meta": [str(goal.ref)], "agreed_on": "2026-01-15"})
    assert browser.get(address).url == url(institution, "change", ref=indicator.ref, year=2026)
    change = {"annual_target": "1150", **months, "n12": "50", "from_month": "12", "reason": "Recorte"}
    address = url(institution, "change", ref=indicator.ref, year=2026)
    assert browser.post(address, change).status_code == 422
    assert browser.post(address, change | {"letter_number": "AMH/012/2026"}).status_code == 302
    sheet = browser.get(url(institution, "goal", ref=goal.ref)).content.decode()
    assert "AMH/012/2026" in sheet
    assert "Original: 1,200" in sheet
    assert 'Diciembre: <span class="nowrap">100 → 50</span>' in sheet


def test_a_season_is_chosen_or_typed_as_percentages(
    institution: Institution, indicator: Indicator, carmen: Character, client_of: SignIn
) -> None:
    address = url(institution, "programme", ref=indicator.ref, year=2026)
    chosen = client_of(carmen).post(address, {"annual_target": "1000", "season": "obra", "repartir": "temporada"})
    form = chosen.context["form"]
    assert [form[f"n{month}"].value() for month in (1, 2, 3, 10)] == ["0", "0", "10", "160"]
    typed = {"annual_target": "1000", "n7": "65", "n8": "35", "repartir": "temporada"}
    form = client_of(carmen).post(address, typed).context["form"]
    assert [form[f"n{month}"].value() for month in (6, 7, 8)] == ["0", "650", "350"]
    nothing = client_of(carmen).post(address, {"annual_target": "1000", "repartir": "temporada"})
    assert "alguno mayor que cero" in nothing.content.decode()


def test_last_year_is_copied_with_a_factor(
    institution: Institution, indicator: Indicator, carmen: Character, client_of: SignIn
) -> None:
    actions.set_programme(indicator=indicator, year=2025, annual_target=600, months=every_month(50, 2025), **WRITE)
    address = url(institution, "programme", ref=indicator.ref, year=2026)
    form = client_of(carmen).post(address, {"factor": "1.1", "repartir": "anterior"}).context["form"]
    assert [form[f"n{month}"].value() for month in (1, 12)] == ["55", "55"]


def test_a_level_keeps_its_value_or_climbs_from_its_baseline(
    institution: Institution,
    goal: Goal,
    make_indicator: Callable[..., Indicator],
    carmen: Character,
    client_of: SignIn,
) -> None:
    last = make_indicator(
        goal, accumulation=Accumulation.LAST, baseline=40, baseline_year=2025, due_months=[3, 6, 9, 12]
    )
    address = url(institution, "programme", ref=last.ref, year=2026)
    form = client_of(carmen).post(address, {"annual_target": "80", "repartir": "iguales"}).context["form"]
    assert [form[f"n{month}"].value() for month in (1, 3, 12)] == ["", "80", "80"]
    form = client_of(carmen).post(address, {"annual_target": "80", "repartir": "temporada"}).context["form"]
    assert [form[f"n{month}"].value() for month in (3, 6, 9, 12)] == ["50", "60", "70", "80"]


def test_complementary_indicators_come_and_go(
    institution: Institution, goal: Goal, indicator: Indicator, carmen: Character, client_of: SignIn
) -> None:
    browser = client_of(carmen)
    said = {key.replace("i-", "i-"): value for key, value in GOAL.items() if key.startswith("i-")}
    assert browser.post(url(institution, "add_indicator", ref=goal.ref), said).status_code == 302
    second = queries.indicator_by_code(institution, "M010-I")
    assert second is not None
    assert not second.principal
    browser.post(url(institution, "principal", ref=second.ref))
    refused = browser.post(url(institution, "retire_indicator", ref=second.ref), follow=True).content.decode()
    assert "es el indicador principal de su meta" in refused
    assert browser.post(url(institution, "retire_indicator", ref=indicator.ref), follow=True).status_code == 200
    assert browser.get(url(institution, "edit_indicator", ref=indicator.ref)).status_code == 404


def test_a_retired_goal_is_only_consulted(
    institution: Institution, goal: Goal, indicator: Indicator, carmen: Character, client_of: SignIn
) -> None:
    browser = client_of(carmen)
    browser.post(url(institution, "retire", ref=goal.ref), {"reason": "Se fusiona con M002"})
    assert "Se fusiona con M002" in browser.get(url(institution, "goal", ref=goal.ref)).content.decode()
    assert browser.get(url(institution, "edit", ref=goal.ref)).status_code == 404
    assert "M001" not in browser.get(url(institution, "goals")).content.decode()
    assert "M001" in browser.get(url(institution, "goals"), {"retiradas": "1"}).content.decode()


@pytest.fixture
def many(make_goal: Callable[..., Goal], units: Units, lines: Lines) -> None:
    make_goal("A-1", statement="Podar árboles", plan_element=lines.parks)
    make_goal("B-2", statement="Bachear", unit=units.works, goal_type="programa", critical=True)
    make_goal("C-3", statement="Regar jardines", unit=units.parks, plan_element=lines.parks, weight=3)


@pytest.mark.usefixtures("many")
@pytest.mark.parametrize(
    ("query", "codes"),
    [
        ({}, ["A-1", "B-2", "C-3"]),
        ({"area": "DESU"}, ["A-1", "C-3"]),
        ({"area": "DGO"}, ["B-2"]),
        ({"area": "no existe"}, ["A-1", "B-2", "C-3"]),
        ({"elemento": "2.2"}, ["A-1", "C-3"]),
        ({"elemento": "2"}, ["A-1", "B-2", "C-3"]),
        ({"tipo": "programa"}, ["B-2"]),
        ({"critica": "1"}, ["B-2"]),
        ({"busca": "jardines"}, ["C-3"]),
        ({"orden": "-clave"}, ["C-3", "B-2", "A-1"]),
        ({"orden": "-ponderacion"}, ["C-3", "A-1", "B-2"]),
        ({"orden": "x; DROP TABLE"}, ["A-1", "B-2", "C-3"]),
    ],
)
def test_the_list_is_filtered_and_sorted_by_its_address(
    institution: Institution,
    lines: Lines,
    ana: Character,
    client_of: SignIn,
    query: dict[str, str],
    codes: list[str],
) -> None:
    if "elemento" in query:
        element = element_by_code(lines.plan, query["elemento"])
        assert element is not None
        query = query | {"elemento": str(element.ref)}
    page = client_of(ana).get(url(institution, "goals"), query)
    assert [line.goal.code for line in page.context["lines"]] == codes


@pytest.mark.usefixtures("many")
def test_on_a_phone_each_figure_of_a_goal_has_its_name(
    institution: Institution, carmen: Character, client_of: SignIn
) -> None:
    page = client_of(carmen).get(url(institution, "goals")).content.decode()
    table = page[page.index('<table class="table table-cards') : page.index("</table>")]
    row = table[table.index("<tbody>") :]
    cells = re.findall(r"<td([^>]*)>", row)
    named = [re.search(r'data-label="([^"]+)"', cell) for cell in cells if not re.search('class="(pick|code)"', cell)]
    assert [found and found[1] for found in named][:6] == [
        "Indicador", "Área", "Línea", "Tipo", "Meta anual 2026", "Acordada",
    ]  # fmt: skip


@pytest.mark.usefixtures("many")
def test_the_workbook_holds_what_the_list_shows(institution: Institution, ana: Character, client_of: SignIn) -> None:
    answer = client_of(ana).get(url(institution, "template"), {"area": "DGO"})
    page = openpyxl.load_workbook(io.BytesIO(answer.content))["Metas"]
    cells = {str(cell.value) for row in page.iter_rows() for cell in row}
    assert "B-2" in cells
    assert "A-1" not in cells


def test_a_workbook_goes_up_whole_or_not_at_all(
    institution: Institution, units: Units, lines: Lines, carmen: Character, client_of: SignIn
) -> None:
    def send(content: bytes) -> str:
        file = SimpleUploadedFile("metas.xlsx", content)
        return client_of(carmen).post(url(institution, "upload"), {"file": file}, follow=True).content.decode()

    wrong = send(workbook(Metas=[SHEET, SHEET | {"Clave": "M002", "Área": "NADIE"}]))
    assert "Se leyeron bien 1 filas; 1 por corregir; no se aplicó ninguna." in wrong
    assert "Fila 3, columna D: No hay ningún área vigente con la clave «NADIE»." in wrong
    assert queries.goals_of(institution) == []
    assert "se aplicaron todas" in send(workbook(Metas=[SHEET], Programación=[YEAR]))
    assert "Todavía no hay metas" not in client_of(carmen).get(url(institution, "goals")).content.decode()
    assert "no es un libro de Excel" in send(b"\x00\x01\x02\x03 nada")


def test_pages_take_the_same_queries_whatever_the_number_of_goals(
    institution: Institution,
    make_goal: Callable[..., Goal],
    make_indicator: Callable[..., Indicator],
    carmen: Character,
    client_of: SignIn,
) -> None:
    browser = client_of(carmen)

    def cost(count: int) -> tuple[int, int]:
        goals = [make_goal(f"M{count}-{number:03}") for number in range(count)]
        for goal in goals:
            program(make_indicator(goal))
        addresses = (url(institution, "goals"), url(institution, "goal", ref=goals[0].ref))
        return queries_of(browser, addresses[0]), queries_of(browser, addresses[1])

    few = cost(2)
    assert cost(40) == few
    assert max(few) <= MOST_QUERIES


# Ten at most of the base page (session, person, roles, institution, settings), and ten of the page itself.
MOST_QUERIES = 20


def queries_of(browser: Client, address: str) -> int:
    browser.get(address)
    with CaptureQueriesContext(connection) as made:
        browser.get(address)
    return len(made)


def test_history_tells_who_only_to_those_who_see_the_trail(
    institution: Institution, goal: Goal, indicator: Indicator, carmen: Character, eva: Character, ana: Character,
    client_of: SignIn,
) -> None:  # fmt: skip
    actions.agree_goals(goals=[goal], on=date(2026, 1, 15), by=carmen.actor, at=NOW)
    address = url(institution, "goal", ref=goal.ref)
    assert "Se registró su acuerdo con el área" in client_of(ana).get(address).content.decode()
    assert carmen.email not in client_of(ana).get(address).content.decode()
    assert carmen.email in client_of(eva).get(address).content.decode()


def test_the_year_of_the_address_is_shown(
    institution: Institution, goal: Goal, indicator: Indicator, ana: Character, client_of: SignIn
) -> None:
    actions.set_programme(
        indicator=indicator, year=2025, annual_target=7, months={2025 * 12: MonthTarget(JANUARY * 0 + 7)}, **WRITE
    )  # type: ignore[arg-type]
    address = url(institution, "goal", ref=goal.ref)
    assert "Sin programación en 2026" in client_of(ana).get(address).content.decode()
    assert "Sin programación" not in client_of(ana).get(address, {"anio": "2025"}).content.decode()
    assert "Sin programación en 2026" in client_of(ana).get(address, {"anio": "dos mil"}).content.decode()
