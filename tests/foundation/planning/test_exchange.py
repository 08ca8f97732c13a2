import io
from datetime import date

import openpyxl
import pytest
from django.utils.translation import gettext, override

from rumbo.core.rendering.table import translated
from rumbo.core.vocabulary.refusal import Forbidden
from rumbo.core.vocabulary.swot import SwotKind
from rumbo.foundation.organization.models import Institution
from rumbo.foundation.planning import actions, exchange, queries
from rumbo.foundation.planning.actions import ElementRow, SwotLine
from rumbo.foundation.planning.models import Plan
from tests.cast import NOW, SYSTEM, TODAY, Character
from tests.foundation.planning.conftest import BOROUGH

WRITE = {"by": SYSTEM, "at": NOW}
type Rows = list[list[object]]


def workbook(**sheets: Rows) -> bytes:
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for name, rows in sheets.items():
        page = book.create_sheet(name)
        for row in rows:
            page.append(row)
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def check(institution: Institution, **sheets: Rows) -> exchange.Checked:
    return exchange.check(institution=institution, content=workbook(**sheets), on=TODAY)


HEADER: list[object] = ["Nivel", "Clave", "Depende de", "Texto", "Sugerencia"]


def test_who_may_not_edit_the_plan_applies_nothing(institution: Institution, plan: Plan, ana: Character) -> None:
    checked = check(institution, Plan=[HEADER, ["Objetivo estratégico", "OE1", None, "Uno", None]])
    with pytest.raises(Forbidden):
        exchange.apply(checked, by=ana.actor, at=NOW)
    assert queries.elements_of(plan) == []


def test_wrong_rows_are_told_in_their_cells_and_nothing_is_applied(institution: Institution, plan: Plan) -> None:
    checked = check(
        institution,
        Plan=[
            HEADER,
            ["Eje", "1", None, "No hay ejes en este plan", None],
            ["Objetivo estratégico", "OE1", None, "Uno", None],
            ["Línea de acción", "1.1", "OE9", "Depende de nadie", None],
            ["Línea de acción", "1.2", None, None, None],
            ["Línea de acción", "1.3", "OE1", "Tres", None],
            ["Línea de acción", "1.3", "OE1", "Otra vez tres", None],
        ],
        Identidad=[["Dato", "Valor"], ["Enlace al Programa Operativo Anual", "iecm.mx/poa"]],
    )
    assert sorted(str(error) for error in checked.errors) == [
        "Fila 2, columna A: «Eje» no es un nivel del plan. Escriba: Objetivo estratégico · Línea de acción.",
        "Fila 2, columna B: «iecm.mx/poa» no es un enlace. Escríbalo completo, con https://.",
        "Fila 4, columna C: «OE9» no es la clave de un elemento de un nivel superior. Corríjala o déjela vacía.",
        "Fila 5, columna D: Falta «Texto». Escríbalo.",
        "Fila 7, columna B: La clave 1.3 ya está en la fila 6 con el mismo nivel. Deje una sola.",
    ]
    with pytest.raises(ValueError, match="errors"):
        exchange.apply(checked, **WRITE)
    assert queries.elements_of(plan) == []


@pytest.mark.requirement("IECM-31")
@pytest.mark.parametrize(
    ("written", "code"),
    [("11 .1", "11.1"), ("1.1.", "1.1"), ("l.2", "1.2"), ("1O.1", "10.1"), (" OE 1", "OE1"), ("2. 3", "2.3"),
     ("1 1.1", "11.1"), ("LA-3", "LA-3"), ("Línea A", "Línea A"), ("OLI", "OLI")],
)  # fmt: skip
def test_codes_of_a_scanner_are_mended(written: str, code: str) -> None:
    assert exchange.normal_code(written) == code


@pytest.mark.requirement("IECM-31")
def test_what_was_mended_is_told_for_a_person_to_confirm(institution: Institution, plan: Plan) -> None:
    checked = check(
        institution,
        Plan=[
            HEADER,
            ["Objetivo estratégico", "OE7", None, "Anclar al lECM la mejora continua", None],
            ["Línea de acción", "11 .1", None, "Mejorar procesos", "OE7"],
        ],
    )
    assert checked.errors == []
    assert [str(warning) for warning in checked.warnings] == [
        "Fila 2, columna D: Parece una lectura de escáner: «lECM». Revise el texto.",
        "Fila 3, columna B: La clave «11 .1» se leyó como «11.1».",
    ]


@pytest.mark.requirement("Q-01", "IECM-16")
def test_a_suggested_parent_waits_for_a_person(institution: Institution, plan: Plan) -> None:
    checked = check(
        institution,
        Plan=[
            HEADER,
            ["Línea de acción", "1.1", None, "Agilizar el voto", "OE1"],
            [1, "OE1", None, "Procesos electorales eficientes", None],
        ],
    )
    exchange.apply(checked, **WRITE)
    (line,) = queries.unlinked_of(plan)
    assert line.suggested_parent is not None
    assert (line.parent, line.suggested_parent.code) == (None, "OE1")


def test_an_institution_may_start_from_a_workbook(institution: Institution) -> None:
    empty = check(institution, Plan=[HEADER, [1, "1", None, "Uno", None]])
    assert len(empty.errors) == 3  # no levels, no identity, and so the row has no level
    checked = check(
        institution,
        Plan=[HEADER, ["Eje", "1", None, "Uno", None]],
        Niveles=[["Orden", "Nombre en singular", "Nombre en plural"], [1, "Eje", "Ejes"], [2, "Línea", "Líneas"]],
        Identidad=[
            ["Dato", "Valor"],
            ["Nombre del plan", "Programa 2024-2027"],
            ["Inicio del periodo", date(2024, 10, 1)],
            ["Término del periodo", "30/09/2027"],
        ],
    )
    exchange.apply(checked, **WRITE)
    plan = queries.plan_of(institution, TODAY)
    assert plan is not None
    assert (plan.name, plan.term_end) == ("Programa 2024-2027", date(2027, 9, 30))
    assert [element.code for element in queries.elements_of(plan)] == ["1"]


@pytest.mark.parametrize(("written", "read"), [("es", "es"), ("en", "en"), ("es", "en"), ("en", "es")])
@pytest.mark.requirement("IECM-08", "IECM-09", "IECM-12", "IECM-14", "IECM-15", "A1-19")
def test_the_workbook_written_by_the_program_loses_nothing(
    institution: Institution, plan: Plan, written: str, read: str
) -> None:
    actions.set_levels(plan=plan, levels=BOROUGH, **WRITE)
    rows = [
        ElementRow(1, "1", "Seguridad = «paz»"),
        ElementRow(2, "1", "Un objetivo con la clave de su eje", parent=(1, "1")),
        ElementRow(3, "1.1", "Cuelga del eje, no del objetivo", parent=(1, "1")),
        ElementRow(4, "1.1.1", "=SUMA(1;2)", parent=(3, "1.1")),
        ElementRow(4, "1.1.2", "Sin ligar\ntodavía", suggested=(2, "1")),
    ]
    texts = {"mission": "Garantizar…", "annual_plan_url": "https://example.org/poa", "higher_plan_alignment": ""}
    swot = [SwotLine(kind, f"{kind.label} {n}", "Porque sí.") for kind in SwotKind for n in range(2)]
    actions.load_plan(plan=plan, elements=rows, texts=texts, swot=swot, **WRITE)
    before = _whole(plan)
    with override(written):
        content = exchange.template(institution, on=TODAY, translate=gettext)
    with override(read):
        checked = exchange.check(institution=institution, content=content, on=TODAY)
    assert (checked.errors, checked.warnings) == ([], [])
    loaded = exchange.apply(checked, **WRITE)
    assert (loaded.created, loaded.updated, loaded.unchanged) == (0, 0, 5)
    assert _whole(plan) == before


def _whole(plan: Plan) -> tuple[object, ...]:
    elements = [
        (item.level.depth, item.code, item.statement, item.parent_id, item.suggested_parent_id, item.position)
        for item in queries.elements_of(plan)
    ]
    swot = {kind: [(i.headline, i.explanation) for i in items] for kind, items in queries.swot_of(plan).items()}
    fresh = queries.whole(plan.pk)
    return elements, swot, fresh.mission, fresh.annual_plan_url, fresh.name, fresh.term_start


def test_headers_and_lists_are_in_the_language_of_who_downloads(institution: Institution, plan: Plan) -> None:
    with override("en"):
        book = openpyxl.load_workbook(io.BytesIO(exchange.template(institution, on=TODAY, translate=gettext)))
    assert book.sheetnames[:4] == ["Plan", "SWOT", "Levels", "Identity"]
    words = {str(cell.value) for page in book for row in page.iter_rows() for cell in row if cell.value}
    assert {"Suggestion", "Singular name", "Mission"} <= words
    assert not {"Sugerencia", "Nombre en singular", "Misión"} & words


def test_an_identity_without_its_name_is_told_in_the_language_of_who_reads(institution: Institution) -> None:
    def faults() -> str:
        rows: Rows = [["Orden", "Nombre en singular", "Nombre en plural"], [1, "Eje", "Ejes"]]
        checked = check(institution, Niveles=rows, Identidad=[["Dato", "Valor"], ["Misión", "Servir."]])
        return " ".join(translated(error, gettext) for error in checked.errors)

    assert "Nombre del plan" in faults()
    with override("en"):
        assert "Nombre del plan" not in faults()


def test_the_template_of_an_institution_without_plan_can_be_opened(institution: Institution) -> None:
    book = openpyxl.load_workbook(io.BytesIO(exchange.template(institution, on=TODAY, banner="DEMOSTRACIÓN")))
    assert book.sheetnames[:4] == ["Plan", "FODA", "Niveles", "Identidad"]
    assert any(cell.value == "DEMOSTRACIÓN" for row in book["Plan"].iter_rows(max_row=4) for cell in row)
