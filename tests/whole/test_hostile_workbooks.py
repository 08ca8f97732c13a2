"""Workbooks that nobody should send, through the command and through the page: a clear answer and nothing applied."""

import io
import re
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from rumbo.foundation.audit import queries as audit
from rumbo.foundation.audit.models import Event
from rumbo.foundation.organization.models import Institution, Membership, Person, Unit
from rumbo.foundation.planning.models import PlanElement
from rumbo.shell.command import run
from rumbo.systems.captures.models import Capture
from rumbo.systems.indicators.models import Goal, Indicator
from tests.cast import Character, Units
from tests.whole import hostile
from tests.whole.hostile import REFUSED, TABLES, Table, key_column, table_of
from tests.whole.settling import settle_goals, settle_plan

pytestmark = pytest.mark.django_db
KINDS = list(TABLES)
PAGES = {
    "areas": ("fede", "/i/prueba/areas/subir/"),
    "people": ("fede", "/i/prueba/personas/subir/"),
    "plan": ("carmen", "/i/prueba/programa/subir/"),
    "goals": ("carmen", "/i/prueba/metas/subir/"),
    "captures": ("ana", "/i/prueba/captura/subir/"),
}
type Answer = tuple[int, str]
type Upload = Callable[[str, bytes], Answer]


def everything() -> tuple[int, ...]:
    """Whatever a workbook could have changed."""
    models = (Unit, Person, Membership, PlanElement, Goal, Indicator, Capture, Event)
    return tuple(model.objects.count() for model in models)


@pytest.fixture
def bring(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Callable[..., Answer]:
    """`bring("goals", content)`: the exit code and everything that the command said."""

    def brought(kind: str, content: bytes, *words: str, name: str = "libro.xlsx") -> Answer:
        file = tmp_path / name
        file.write_bytes(content)
        capsys.readouterr()
        code = run(["import", kind, str(file), "--institution", "prueba", *words])
        out, err = capsys.readouterr()
        return code, out + err

    return brought


@pytest.fixture
def upload(everyone_of_the_cast: dict[str, Character], client_of: Callable[[Character], Client]) -> Upload:
    """`upload("goals", content)`, by whom it corresponds: the status and the page."""
    clients = {who: client_of(everyone_of_the_cast[who]) for who, _ in PAGES.values()}

    def uploaded(kind: str, content: bytes) -> Answer:
        who, address = PAGES[kind]
        answer = clients[who].post(address, {"file": SimpleUploadedFile("libro.xlsx", content)})
        return answer.status_code, answer.content.decode()

    return uploaded


@pytest.mark.parametrize("name", REFUSED)
def test_a_file_that_must_not_be_opened_is_refused_with_what_to_do(
    settled: dict[str, Indicator], bring: Callable[..., Answer], name: str, tmp_path: Path
) -> None:
    spoil, sentence = REFUSED[name]
    before, marked = everything(), tmp_path / "por-corregir.xlsx"
    for kind in KINDS:
        begun = time.monotonic()
        code, said = bring(kind, spoil(table_of(kind).bytes()), "--errors-to", str(marked))
        assert code == 2, kind
        assert sentence in said, kind
        assert "No se aplicó nada" in said, kind
        assert said.count("\n") == 1, f"{kind}: one sentence, and no trace of the program: {said}"
        assert everything() == before, kind
        assert not marked.exists(), f"{kind}: there is nothing to mark in what was not read"
        assert time.monotonic() - begun < 20, kind


@pytest.mark.parametrize("name", REFUSED)
def test_the_page_refuses_the_same_files(settled: dict[str, Indicator], upload: Upload, name: str) -> None:
    spoil, sentence = REFUSED[name]
    before = everything()
    for kind in KINDS:
        status, page = upload(kind, spoil(table_of(kind).bytes()))
        assert status == 422, kind
        assert ("vacío" if name == "empty" else sentence) in page, kind  # of an empty file the form itself says so
        assert everything() == before, kind


FAULTS: dict[str, tuple[Callable[[Table], bytes], Callable[[Table], str], str]] = {
    "merged": (hostile.merged, lambda table: "A2", "combinada"),
    "divided_by_zero": (hostile.divided_by_zero, lambda table: f"{chr(65 + table.wrong[0])}3", "DIV/0"),
    "wrong_type": (hostile.wrong_type, lambda table: f"{chr(65 + table.wrong[0])}3", ""),
    "missing_value": (hostile.missing_value, lambda table: f"{chr(65 + key_column(table))}3", "Falta «"),
    "missing_column": (hostile.missing_column, lambda table: "A1", "Faltan columnas: «"),
    "twice": (hostile.twice_the_same_column, lambda table: f"{chr(65 + len(table.headers))}1", "aparece dos veces"),
}


@pytest.mark.parametrize("name", FAULTS)
@pytest.mark.requirement("A1-09")
def test_a_wrong_cell_is_named_and_comes_back_marked(
    settled: dict[str, Indicator], bring: Callable[..., Answer], name: str, tmp_path: Path
) -> None:
    spoil, place, sentence = FAULTS[name]
    before, marked = everything(), tmp_path / "por-corregir.xlsx"
    for kind in KINDS:
        table = table_of(kind)
        cell = place(table)
        code, said = bring(kind, spoil(table), "--errors-to", str(marked))
        assert code == 2, f"{kind}: {said}"
        assert sentence in said, kind
        assert f"Fila {re.sub('[A-Z]', '', cell)}" in said, kind
        assert "no se aplicó ninguna" in said, kind
        assert everything() == before, kind
        comment = openpyxl.load_workbook(marked)[table.name][cell].comment
        assert comment is not None, f"{kind}: {cell} is not marked: {said}"
        assert sentence in comment.text, kind


@pytest.mark.parametrize("name", FAULTS)
def test_the_page_names_the_same_cells(settled: dict[str, Indicator], upload: Upload, name: str) -> None:
    spoil, place, sentence = FAULTS[name]
    before = everything()
    for kind in KINDS:
        table = table_of(kind)
        status, page = upload(kind, spoil(table))
        assert status == 422, kind
        assert sentence in page, kind
        assert f"Fila {re.sub('[A-Z]', '', place(table))}" in page, kind
        assert everything() == before, kind


@pytest.mark.parametrize("kind", KINDS)
def test_order_extra_columns_and_a_wrong_dimension_do_not_matter(
    settled: dict[str, Indicator], bring: Callable[..., Answer], kind: str
) -> None:
    table = table_of(kind)
    turned = table.by_columns(list(reversed(range(len(table.headers)))))
    headers, rows = [*turned.headers, "Color"], [[*row, "azul"] for row in turned.rows]
    content = Table(table.name, headers, rows, table.wrong).bytes()
    # some programs say that a sheet takes all the rows and columns there can be
    content = hostile.in_sheet(content, r'<dimension ref="[^"]*"', '<dimension ref="A1:XFD1048576"')
    code, said = bring(kind, content)
    assert code == 0, said
    assert "La columna «Color» no se usa; se ignoró." in said
    assert "se aplicaron todas" in said


@pytest.mark.parametrize("kind", KINDS)
def test_a_formula_with_its_result_is_read_as_its_result(
    settled: dict[str, Indicator], bring: Callable[..., Answer], kind: str
) -> None:
    table = table_of(kind)
    key = chr(65 + key_column(table))
    value = table.rows[1][key_column(table)]
    xml = f'<c r="{key}3" t="str"><f>CONCATENATE(A1,B1)</f><v>{value}</v></c>'
    code, said = bring(kind, hostile.in_sheet(table.bytes(), rf'<c r="{key}3"[^>]*>.*?</c>', xml))
    assert code == 0, said
    assert "Se leyeron bien 3 filas" in said


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("tab", ["", "Hoja1"])
@pytest.mark.requirement("A1-09")
def test_the_marked_workbook_goes_in_once_its_cell_is_corrected(
    settled: dict[str, Indicator], bring: Callable[..., Answer], kind: str, tab: str, tmp_path: Path
) -> None:
    table = table_of(kind)
    table = replace(table, name=tab or table.name)
    marked = tmp_path / "por-corregir.xlsx"
    assert bring(kind, hostile.wrong_type(table), "--errors-to", str(marked))[0] == 2
    book = openpyxl.load_workbook(marked)
    book[table.name].cell(3, table.wrong[0] + 1).value = table.rows[1][table.wrong[0]]
    target = io.BytesIO()
    book.save(target)
    code, said = bring(kind, target.getvalue())
    assert code == 0, said
    assert "Se leyeron bien 3 filas y se aplicaron todas." in said


# Many rows


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["areas", "people", "plan", "goals"])
def test_ten_thousand_rows_go_in(settled: dict[str, Indicator], bring: Callable[..., Answer], kind: str) -> None:
    before = everything()
    code, said = bring(kind, table_of(kind, 10_000).bytes())
    assert code == 0, said
    assert "Se leyeron bien 10,000 filas y se aplicaron todas." in said
    assert sum(everything()) - sum(before) >= 10_000
    assert audit.verify() == []


def history(codes: list[str], months: int) -> Table:
    rows = [[code, f"2026-{month:02}", 90] for code in codes for month in range(1, months + 1)]
    return Table("Carga histórica", ["Clave", "Periodo", "Numerador"], rows, (2, "noventa"))


@pytest.mark.slow
@pytest.mark.requirement("A1-11")
def test_five_thousand_captures_with_three_wrong_go_in_once_they_are_corrected(
    institution: Institution, units: Units, bring: Callable[..., Answer], tmp_path: Path
) -> None:
    codes = [f"C{number:04}" for number in range(500)]
    settle_goals(institution, settle_plan(institution), dict.fromkeys(codes, units.desu.pk))
    good = history(codes, 10)
    wrong = good.with_cell(36, 2, "1.250,5").with_cell(2_499, 1, "2026-14").with_cell(4_998, 0, "NADA")
    marked = tmp_path / "por-corregir.xlsx"
    code, said = bring("captures", wrong.bytes(), "--errors-to", str(marked))
    assert code == 2
    for place in ("Fila 38, columna C", "Fila 2,501, columna B", "Fila 5,000, columna A"):
        assert place in said
    assert "Se leyeron bien 4,997 filas; 3 por corregir; no se aplicó ninguna." in said
    assert Capture.objects.count() == 0
    page = openpyxl.load_workbook(marked)[good.name]
    assert {cell.coordinate for row in page.iter_rows() for cell in row if cell.comment} == {"C38", "B2501", "A5000"}

    for place, value in (("C38", 90), ("B2501", "2026-10"), ("A5000", good.rows[4_998][0])):
        page[place].value = value  # what the person does in the very workbook that came back
    target = io.BytesIO()
    page.parent.save(target)
    code, said = bring("captures", target.getvalue())
    assert code == 0, said
    assert "Se leyeron bien 5,000 filas y se aplicaron todas." in said
    assert Capture.objects.count() == 5_000
    assert audit.verify() == []


@pytest.mark.slow
def test_five_thousand_goals_with_three_wrong_go_in_once_they_are_corrected(
    settled: dict[str, Indicator], bring: Callable[..., Answer]
) -> None:
    good = table_of("goals", 5_000)
    wrong = good.with_cell(9, 4, "mucho").with_cell(2_000, 3, "NADA").with_cell(4_999, 7, "Hacia allá")
    code, said = bring("goals", wrong.bytes())
    assert code == 2
    for place in ("Fila 11, columna E", "Fila 2,002, columna D", "Fila 5,001, columna H"):
        assert place in said
    assert "Se leyeron bien 4,997 filas; 3 por corregir; no se aplicó ninguna." in said
    assert Goal.objects.filter(code__startswith="G").count() == 0
    code, said = bring("goals", good.bytes())
    assert code == 0, said
    assert Goal.objects.filter(code__startswith="G").count() == 5_000
