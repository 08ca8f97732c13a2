import io
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import openpyxl
import pytest
from django.utils.translation import gettext, override

from rumbo.core.rendering.cells import normal
from rumbo.core.rendering.intake import marked
from rumbo.core.vocabulary.accumulation import Accumulation
from rumbo.core.vocabulary.direction import Direction
from rumbo.core.vocabulary.frequency import Frequency
from rumbo.core.vocabulary.refusal import Forbidden
from rumbo.foundation.audit.states import state_of
from rumbo.foundation.organization.models import Institution
from rumbo.systems.indicators import actions, exchange, queries
from rumbo.systems.indicators.exchange.sheets import SHEETS
from rumbo.systems.indicators.models import CoResponsibility, Goal, Indicator, MonthlyTarget, Programme
from tests.cast import NOW, SYSTEM, TODAY, Character, Units
from tests.systems.indicators.conftest import JANUARY, Lines
from tests.systems.indicators.test_programmes import every_month, program

WRITE = {"by": SYSTEM, "at": NOW}
type Row = dict[str, object]
SHEET: Row = {
    "Clave": "M001", "Meta": "Sustituir 1,200 luminarias", "Línea de acción": "2.1", "Área": "DESU",
    "Indicador": "Luminarias sustituidas", "Unidad de medida": "luminaria", "Sentido": "Ascendente",
    "Acumulación": "Se suma mes con mes",
}  # fmt: skip
MONTHS = ["Ene", "Feb", "Mar", "Abr", "May", "Jun", "Jul", "Ago", "Sep", "Oct", "Nov", "Dic"]
YEAR: Row = {"Clave del indicador": "M001", "Año": 2026, "Meta anual": 1200} | dict.fromkeys(MONTHS, 100)


def workbook(**sheets: list[Row]) -> bytes:
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for name, rows in sheets.items():
        page = book.create_sheet(name)
        titles = list(dict.fromkeys(title for row in rows for title in row))
        page.append(titles)
        for row in rows:
            page.append([row.get(title) for title in titles])
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def check(institution: Institution, **sheets: list[Row]) -> exchange.Checked:
    return exchange.check(institution=institution, content=workbook(**sheets), on=TODAY)


def said(checked: exchange.Checked) -> list[str]:
    return [str(error) for error in checked.errors]


def test_who_may_not_edit_goals_applies_nothing(
    institution: Institution, units: Units, lines: Lines, ana: Character
) -> None:
    checked = check(institution, Metas=[SHEET])
    with pytest.raises(Forbidden):
        exchange.apply(checked, by=ana.actor, at=NOW)
    assert queries.goals_of(institution) == []


def test_each_fault_is_told_in_its_cell_and_nothing_is_applied(
    institution: Institution, units: Units, lines: Lines
) -> None:
    checked = check(
        institution,
        Metas=[
            SHEET,
            SHEET | {"Clave": "M002", "Línea de acción": "9.9", "Área": "NADIE"},
            SHEET | {"Clave": "M003", "Sentido": "Hacia arriba", "Ponderación": 0},
            SHEET | {"Clave": "M004", "Acumulación": "Cociente de los acumulados", "Factor": 100},
            SHEET,
        ],
    )
    assert said(checked) == [
        "Fila 3, columna C: «9.9» no es una clave del plan. Revísela o cárguela antes.",
        "Fila 3, columna D: No hay ningún área vigente con la clave «NADIE».",
        "Fila 4, columna I: La ponderación debe ser mayor que cero. Déjela vacía si vale 1.",
        "Fila 4, columna G: «Hacia arriba» no está en la lista. Elija: Mientras más, mejor · Mientras menos, mejor · "
        "Dentro de un rango · Justo en el valor programado.",
        "Fila 6, columna A: La clave M001 ya está en la fila 2. Deje una sola.",
        "Fila 5: M004 es un cociente de acumulados y le falta el denominador. Escriba su nombre.",
    ]
    with pytest.raises(ValueError, match="errors"):
        exchange.apply(checked, **WRITE)
    assert queries.goals_of(institution) == []


def test_each_fault_of_the_programme_is_told(institution: Institution, units: Units, lines: Lines) -> None:
    checked = check(
        institution,
        Metas=[SHEET],
        Programación=[
            YEAR,
            YEAR,
            YEAR | {"Clave del indicador": "M999"},
            YEAR | {"Año": 26},
            YEAR | {"Año": 2027, "Límite inferior": 9, "Límite superior": 1},
            YEAR | {"Año": 2028, "Ene": "1.250,5"},
        ],
    )
    assert sorted(error.message for error in checked.errors) == [
        "26 no parece un año. Escríbalo con cuatro cifras.",
        "El límite inferior es mayor que el superior. Corrija uno de los dos.",
        "M001 ya tiene otra fila de 2026. Deje una sola.",
        "No hay ningún indicador M999 en el archivo ni en el sistema.",
        "«1.250,5» no es un número. Escríbalo 1,250.5.",
    ]


@pytest.mark.requirement("A1-20")
def test_months_that_do_not_add_up_are_warned_of(institution: Institution, units: Units, lines: Lines) -> None:
    checked = check(institution, Metas=[SHEET], Programación=[YEAR | {"Dic": 90}])
    assert checked.errors == []
    assert [warning.message for warning in checked.warnings] == [
        "Los meses de M001 suman 1,190 y la meta anual es 1,200. Corrija uno de los dos."
    ]


def test_a_workbook_creates_and_then_updates_by_code(institution: Institution, units: Units, lines: Lines) -> None:
    extra = SHEET | {"Clave de la meta": "M001", "Clave del indicador": "M001-C", "Indicador": "Quejas"}
    extra = {key: value for key, value in extra.items() if key not in ("Clave", "Meta", "Línea de acción", "Área")}
    checked = check(institution, Metas=[SHEET], Complementarios=[extra], Programación=[YEAR])
    loaded = exchange.apply(checked, **WRITE)
    assert (loaded.created, loaded.indicators, loaded.programmes) == (1, 2, 1)
    (goal,) = queries.goals_of(institution)
    assert {item.code: item.principal for item in goal.indicators.all()} == {"M001": True, "M001-C": False}
    again = check(institution, Metas=[SHEET | {"Meta": "Otra redacción", "Áreas corresponsables": "DGO; DESU-PJ"}])
    assert exchange.apply(again, **WRITE).updated == 1
    (goal,) = queries.goals_of(institution)
    assert goal.statement == "Otra redacción"
    assert sorted(shared.unit.code for shared in goal.co_responsibilities.all()) == ["DESU-PJ", "DGO"]


def test_columns_that_are_not_there_are_left_alone(institution: Institution, units: Units, lines: Lines) -> None:
    full = SHEET | {"Crítica": "Sí", "Fuente": "Bitácora", "Línea base": 1000, "Año de la línea base": 2025}
    exchange.apply(check(institution, Metas=[full]), **WRITE)
    exchange.apply(check(institution, Metas=[SHEET]), **WRITE)
    (goal,) = queries.goals_of(institution)
    assert goal.critical
    assert goal.principal_indicator is not None
    assert (goal.principal_indicator.source, goal.principal_indicator.baseline) == ("Bitácora", 1000)
    exchange.apply(check(institution, Metas=[full | {"Crítica": None, "Fuente": None}]), **WRITE)
    (goal,) = queries.goals_of(institution)
    assert not goal.critical


@pytest.mark.requirement("A1-13", "Q-08")
def test_more_critical_goals_than_a_fifth_are_marked_in_their_cells(
    institution: Institution, units: Units, lines: Lines
) -> None:
    def sheet(critical: set[int], goals: int = 10) -> list[Row]:
        row = SHEET | {"Crítica": None}
        return [row | {"Clave": f"C{one}", "Crítica": "Sí" if one in critical else None} for one in range(goals)]

    content = workbook(Metas=sheet({0, 1, 2}))
    wrong = exchange.check(institution=institution, content=content, on=TODAY)
    page = openpyxl.load_workbook(io.BytesIO(marked(content, wrong.errors)))["Metas"]
    commented = {cell.coordinate: cell.comment.text for row in page.iter_rows() for cell in row if cell.comment}
    assert set(commented) == {"I2", "I3", "I4"}
    assert all("3 de 10 metas serían críticas" in one for one in commented.values())
    with pytest.raises(ValueError, match="errors"):
        exchange.apply(wrong, **WRITE)
    exchange.apply(check(institution, Metas=sheet({0, 1})), **WRITE)
    (told,) = said(check(institution, Metas=sheet({0, 1, 5})))
    assert "Fila 7" in told, "what was critical already is no fault of the workbook"
    assert not check(institution, Metas=sheet({5, 6})).errors, "the mark of others is taken away in the same workbook"
    assert not check(institution, Metas=sheet({0})).errors


@pytest.mark.requirement("A1-18")
def test_an_agreed_programme_is_told_in_its_row(institution: Institution, units: Units, lines: Lines) -> None:
    agreed = SHEET | {"Acordada el": date(2026, 1, 15)}
    exchange.apply(check(institution, Metas=[agreed], Programación=[YEAR]), **WRITE)
    assert check(institution, Programación=[YEAR]).errors == []
    assert said(check(institution, Programación=[YEAR | {"Dic": 90}])) == [
        "Fila 2, columna C: La programación de M001 ya se acordó con su área. Use «Reprogramar», con motivo y oficio."
    ]


def test_a_retired_goal_is_not_written_over(institution: Institution, goal: Goal, indicator: Indicator) -> None:
    actions.retire_goal(goal=goal, on=TODAY, reason="Se cancela", **WRITE)
    assert "está retirada" in said(check(institution, Metas=[SHEET]))[0]


@pytest.fixture
def varied(
    institution: Institution,
    make_goal: Callable[..., Goal],
    make_indicator: Callable[..., Indicator],
    units: Units,
    lines: Lines,
    unheard: None,
) -> None:
    """One of each kind, with everything that a sheet can say."""
    full = make_goal(
        "M001", goal_type="programa", weight="2.5", critical=True, term_target="123456789012345.123456"[1:],
        responsible_post="JUD de Alumbrado", sdg="11", agreed_on=date(2026, 1, 15),
        co_responsible=[units.works, units.parks],
    )  # fmt: skip
    ratio = make_indicator(
        full, "I-RATIO", accumulation=Accumulation.RATIO, factor=100, decimals=1, unit_of_measure="%",
        numerator_symbol="concluidas", numerator_name="Concluidas en plazo", denominator_symbol="recibidas",
        denominator_name="Recibidas", dimension="calidad", baseline="86.5", baseline_year=2025, definition="Qué\nmide",
        formula="100 * concluidas / recibidas", source="=SIGA", means_of_verification="Reporte",
        required_evidence="PDF",
    )  # fmt: skip
    make_indicator(full, "I-EXTRA", direction=Direction.DECREASING, accumulation=Accumulation.LAST)
    months = {JANUARY + month: ("95.5", 100) for month in range(12)}
    actions.set_programme(indicator=ratio, year=2026, annual_target="95.5", months=months, **WRITE)
    actions.set_programme(indicator=ratio, year=2025, annual_target=90, months={2025 * 12: (90, None)}, **WRITE)
    span = make_indicator(
        make_goal("M002", plan_element=lines.parks), direction=Direction.RANGE, frequency=Frequency.HALF_YEARLY,
        accumulation=Accumulation.PERIODIC, due_months=[6, 11],
    )  # fmt: skip
    actions.set_programme(indicator=span, year=2026, annual_target=None, low=50, high=None, months={}, **WRITE)
    make_indicator(make_goal("M003"))


LANGUAGES = pytest.mark.parametrize(("written", "read"), [("es", "es"), ("en", "en"), ("es", "en"), ("en", "es")])


@LANGUAGES
@pytest.mark.requirement("A1-03", "A1-20")
@pytest.mark.usefixtures("varied")
def test_the_workbook_written_by_the_program_loses_nothing(institution: Institution, written: str, read: str) -> None:
    before = _whole(institution)
    with override(written):
        content = exchange.template(institution, on=TODAY, translate=gettext)
    with override(read):
        checked = exchange.check(institution=institution, content=content, on=TODAY)
    assert said(checked) == []
    loaded = exchange.apply(checked, **WRITE)
    assert (loaded.created, loaded.updated, loaded.indicators, loaded.programmes) == (0, 0, 0, 0)
    assert _whole(institution) == before


def test_every_header_list_and_word_is_in_the_language_of_who_downloads(institution: Institution, lines: Lines) -> None:
    with override("en"):
        book = openpyxl.load_workbook(io.BytesIO(exchange.template(institution, on=TODAY, translate=gettext)))
    visible = [page.title for page in book if page.sheet_state == "visible"]
    assert visible[:3] == ["Goals", "Complementary", "Schedule"]
    words = {str(cell.value) for page in book for row in page.iter_rows() for cell in row if cell.value}
    for told in ("Agreed on", "Jan", "Denominator Dec", "Unit of measure"):
        assert told in words
    with override("en"):
        translated = {
            column.title for sheet in SHEETS for column in sheet.columns if gettext(column.title) != column.title
        }
    assert len(translated) > 40
    assert not translated & words


@pytest.mark.parametrize("language", ["es", "en"])
def test_no_header_of_a_table_means_two_columns(language: str) -> None:
    with override(language):
        for sheet in SHEETS:
            titles = [normal(gettext(column.title)) for column in sheet.columns]
            assert len(titles) == len(set(titles)), sheet.name


@LANGUAGES
@pytest.mark.usefixtures("varied")
def test_the_workbook_rebuilds_the_goals_elsewhere(institution: Institution, written: str, read: str) -> None:
    """What was written is enough: with everything erased, the same goals come back."""
    before = _whole(institution)
    with override(written):
        content = exchange.template(institution, on=TODAY, translate=gettext)
    for model in (MonthlyTarget, Programme, Indicator, CoResponsibility, Goal):
        model.objects.all().delete()
    with override(read):
        exchange.apply(exchange.check(institution=institution, content=content, on=TODAY), **WRITE)
    assert _whole(institution) == before


@pytest.mark.requirement("A1-20")
@pytest.mark.parametrize("who", [False, True])
def test_the_workbook_holds_the_original_beside_what_was_reprogrammed(
    institution: Institution, indicator: Indicator, who: bool
) -> None:
    assert len(_pages(institution, who)) == 3  # nothing was reprogrammed
    programme = program(indicator)
    for months, annual, letter in (({6: 50}, 1150, "OF/1"), ({6: 40, 7: 90}, 1130, "OF/2")):
        changed = every_month(100) | {JANUARY + month: (value, None) for month, value in months.items()}
        actions.change_programme(
            programme=programme, annual_target=annual, months=changed, from_period=JANUARY + 6, reason="Recorte.",
            letter_number=letter, on=TODAY, **WRITE,
        )  # fmt: skip
    pages = _pages(institution, who)
    in_force, original, changes = pages["Programación"], pages["Programación original"], pages["Reprogramaciones"]
    assert ["Meta anual", 1130] in [list(pair) for pair in zip(in_force[0], in_force[1], strict=True)]
    of_original = dict(zip(original[0], original[1], strict=True))
    assert (of_original["Meta anual"], of_original["Jul"], of_original["Ago"]) == (1200, 100, 100)
    told = [dict(zip(changes[0], line, strict=True)) for line in changes[1:]]
    assert [(one["Qué cambió"], one["Antes"], one["Después"], one["Oficio"]) for one in told] == [
        ("Meta anual", 1200, 1150, "OF/1"), ("Julio", 100, 50, "OF/1"), ("Meta anual", 1150, 1130, "OF/2"),
        ("Julio", 50, 40, "OF/2"), ("Agosto", 100, 90, "OF/2"),
    ]  # fmt: skip
    assert ("Registró" in changes[0]) is who
    again = exchange.check(institution=institution, content=exchange.template(institution, on=TODAY), on=TODAY)
    assert (again.errors, exchange.apply(again, **WRITE).programmes) == ([], 0)


def _pages(institution: Institution, who: bool) -> dict[str, list[list[Any]]]:
    """The lines of each sheet from its header on."""
    book = openpyxl.load_workbook(io.BytesIO(exchange.template(institution, on=TODAY, who=who)))
    found = {}
    for page in book:
        if page.sheet_state == "visible":
            lines = [list(row) for row in page.iter_rows(values_only=True)]
            head = next(place for place, row in enumerate(lines) if "Clave" in row or "Clave del indicador" in row)
            found[page.title] = [row for row in lines[head:] if any(cell is not None for cell in row)]
    return found


OTHER: Row = {
    "Clave de la meta": "M001", "Indicador": "Colonias atendidas", "Unidad de medida": "colonia",
    "Sentido": "Ascendente", "Acumulación": "Vale el último dato",
}  # fmt: skip


@pytest.mark.requirement("A1-08")
def test_a_complementary_indicator_without_code_is_given_one_that_is_told(
    institution: Institution, units: Units, lines: Lines
) -> None:
    third = OTHER | {"Clave del indicador": "M001-2", "Indicador": "Postes"}
    rows: dict[str, list[Row]] = {"Metas": [SHEET], "Complementarios": [OTHER, third]}
    checked = check(institution, **rows)
    assert said(checked) == []
    told = [warning.message for warning in checked.warnings if "asignará" in warning.message]
    assert told == ["Se le asignará la clave «M001-3». Si prefiere otra, escríbala."]  # «M001-2» is in the workbook
    exchange.apply(checked, **WRITE)
    again = check(institution, **rows)
    assert [warning.message for warning in again.warnings if "asignará" in warning.message] == []
    loaded = exchange.apply(again, **WRITE)
    assert (loaded.created, loaded.indicators) == (0, 0)  # the one of the same name keeps its code
    codes = Indicator.objects.filter(principal=False).order_by("code").values_list("code", "name")
    assert list(codes) == [("M001-2", "Postes"), ("M001-3", "Colonias atendidas")]


def test_the_same_complementary_indicator_twice_is_told(
    institution: Institution, goal: Goal, indicator: Indicator
) -> None:
    row = OTHER | {"Clave de la meta": goal.code}
    exchange.apply(check(institution, Complementarios=[row]), **WRITE)
    assert any("ya está en la fila" in error.message for error in check(institution, Complementarios=[row, row]).errors)


def test_a_code_that_would_not_fit_is_asked_for(institution: Institution, units: Units, lines: Lines) -> None:
    long = "M" * 29
    checked = check(institution, Metas=[SHEET | {"Clave": long}], Complementarios=[OTHER | {"Clave de la meta": long}])
    assert [error.message for error in checked.errors] == ["No se le pudo asignar una clave corta. Escríbala."]


def _whole(institution: Institution) -> dict[str, object]:
    goals = queries.goals_of(institution)
    found: dict[str, object] = {goal.code: _without_keys(state_of(goal)) for goal in goals}
    codes = {item.pk: item.code for goal in goals for item in goal.indicators.all()}
    for goal in goals:
        found |= {item.code + ".": _without_keys(state_of(item)) for item in goal.indicators.all()}
    for year in (2025, 2026):
        for key, programme in queries.programmes_of(institution, year).items():
            found[f"{codes[key]} {year}"] = _without_keys(state_of(programme))
    return found


def _without_keys(state: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in state.items() if name not in ("goal_id", "indicator_id")}


@pytest.mark.usefixtures("varied")
def test_a_workbook_is_checked_in_a_fixed_number_of_queries(
    institution: Institution, django_assert_num_queries: Any
) -> None:
    rows = [SHEET | {"Clave": f"N{number:03}"} for number in range(200)]
    content = workbook(Metas=rows, Programación=[YEAR | {"Clave del indicador": row["Clave"]} for row in rows])
    with django_assert_num_queries(11):
        checked = exchange.check(institution=institution, content=content, on=TODAY)
    assert checked.errors == []
    assert len(checked.goals) == 200
    assert checked.goals["N007"].indicators[0].programmes[0].annual_target == Decimal(1200)
