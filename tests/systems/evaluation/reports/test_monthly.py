"""The monthly report: refused without a closing, and read back page by page and cell by cell."""

import hashlib
import io
import json
import re
from collections.abc import Callable
from typing import Any

import openpyxl
import pytest
from docx import Document
from pypdf import PdfReader

from rumbo.core.vocabulary.refusal import Forbidden
from rumbo.foundation.audit import queries as audit
from rumbo.foundation.audit.models import Event
from rumbo.foundation.documents import actions as documents
from rumbo.foundation.organization import actions as organization
from rumbo.foundation.organization.models import Institution
from rumbo.systems.evaluation import reports
from rumbo.systems.evaluation.models import Closing
from rumbo.systems.evaluation.queries import closing_of
from rumbo.systems.evaluation.reports.frame import frame_of
from rumbo.systems.evaluation.reports.monthly.content import gather
from rumbo.systems.evaluation.reports.words import Voice
from tests.cast import NOW, TODAY, Character
from tests.systems.evaluation.conftest import FEBRUARY, JANUARY, MARCH
from tests.systems.evaluation.reports.conftest import ISSUED
from tests.whole.addresses import PIXEL

pytestmark = pytest.mark.django_db
type Produce = Callable[..., dict[str, bytes]]


def text_of(pdf: bytes) -> list[str]:
    return [page.extract_text().replace("\u00a0", " ") for page in PdfReader(io.BytesIO(pdf)).pages]


def sheet(content: bytes, name: str, *, values: bool = True) -> Any:
    return openpyxl.load_workbook(io.BytesIO(content), data_only=values)[name]


def header_of(page: Any, key: str = "Clave") -> tuple[int, dict[str, int]]:
    for row in page.iter_rows():
        titles = {str(cell.value): cell.column for cell in row if cell.value}
        if key in titles:
            return row[0].row, titles
    raise AssertionError(f"no header with {key}")


# Refusals


def test_an_open_month_has_no_report(produce: Produce) -> None:
    with pytest.raises(reports.NoClosing, match=r"Marzo de 2026 no está cerrado.*Cierre el mes"):
        produce("monthly", MARCH)


def test_who_may_not_prepare_reports_is_refused(produce: Produce, ana: Character, hugo: Character) -> None:
    for character in (ana, hugo):
        with pytest.raises(Forbidden):
            produce("monthly", by=character.actor)


def test_a_report_that_does_not_exist_is_refused_with_those_that_do(produce: Produce) -> None:
    with pytest.raises(reports.UnknownReport, match="monthly, alignment, schedule"):
        produce("anual")


def test_nothing_is_recorded_when_the_report_is_refused(produce: Produce) -> None:
    with pytest.raises(reports.NoClosing):
        produce("monthly", MARCH)
    assert not Event.objects.filter(action="evaluation.report").exists()


# What it leaves


@pytest.mark.requirement("A1-21", "A1-14")
def test_the_delivery_has_every_file_and_their_digests(produce: Produce) -> None:
    files = produce("delivery")
    assert set(files) == {
        "informe-mensual.pdf", "informe-mensual.xlsx", "ficha-global.xlsx", "resultados.csv", "oficio-de-entrega.docx",
        "indice-de-evidencias.csv", "matriz-de-alineacion.pdf", "matriz-de-alineacion.xlsx",
        "programacion-por-area.pdf", "programacion-por-area.xlsx", "huellas.txt",
    }  # fmt: skip
    listed = dict(reversed(line.split("  ")) for line in files["huellas.txt"].decode().splitlines())
    assert listed == {
        name: hashlib.sha256(content).hexdigest() for name, content in files.items() if name != "huellas.txt"
    }


def test_the_trail_keeps_who_produced_what(produce: Produce, institution: Institution, gina: Character) -> None:
    files = produce("monthly")
    event = Event.objects.get(chain=institution.slug, action="evaluation.report")
    told = json.loads(event.payload)["details"]
    assert event.actor == gina.email
    assert told["kind"] == "monthly"
    assert told["period"] == "2026-02"
    assert told["files"]["informe-mensual.pdf"] == hashlib.sha256(files["informe-mensual.pdf"]).hexdigest()
    assert audit.verify() == []


def test_the_report_prints_what_proves_it(produce: Produce, institution: Institution, first_quarter: Any) -> None:
    head = audit.head_hash(institution.slug)
    control = "".join(text_of(produce("monthly")["informe-mensual.pdf"])[1].split())
    assert first_quarter[1].digest in control
    assert head in control
    assert "/i/prueba/cierre/2026-02/1/" in control
    assert all(word in control for word in ("Elaboró", "Revisó", "Vo.Bo.", "Recibió"))


@pytest.mark.requirement("A1-21", "A1-22", "A1-07")
def test_every_piece_is_in_the_pdf_with_its_bookmark(produce: Produce) -> None:
    content = produce("monthly")["informe-mensual.pdf"]
    reader = PdfReader(io.BytesIO(content))
    titles = [entry["/Title"] for entry in reader.outline if isinstance(entry, dict)]
    for piece in (
        "Hoja de control y firmas", "Resumen ejecutivo", "Resultados por eje y por área", "Avance del año",
        "Cuadro de metas actualizado", "Ficha global de metas", "Tableros de control por área",
        "Alertas tempranas y compromisos", "Novedades del mes", "Acompañamiento técnico", "Anexo A. Metodología",
        "Anexo B. Índice de evidencias",
    ):  # fmt: skip
        assert piece in titles
    pages = text_of(content)
    assert "Periodo evaluado: febrero de 2026" in pages[0]
    assert "Sin registros en el periodo" in "".join(pages)
    boards = [page for page in pages if "Metas del área" in page]
    assert len(boards) == 3  # DESU, parks and works, each on its own page


def test_the_checklist_points_to_the_page_of_each_piece(produce: Produce) -> None:
    pages = text_of(produce("monthly")["informe-mensual.pdf"])
    for piece, title in (
        (r"a\) Cuadro de metas actualizado", "Cuadro de metas actualizado"),
        (r"Novedades del mes", "Novedades"),
    ):
        found = re.search(piece + r"\s+(\d+)", pages[1])
        assert found
        assert title in pages[int(found[1]) - 1]


def test_the_pdf_is_tagged_in_its_language_on_carta(produce: Produce) -> None:
    reader = PdfReader(io.BytesIO(produce("monthly")["informe-mensual.pdf"]))
    catalogue = reader.trailer["/Root"]
    assert catalogue["/MarkInfo"]["/Marked"].value is True
    assert catalogue["/Lang"] == "es-MX"
    sizes = {(round(float(page.mediabox.width)), round(float(page.mediabox.height))) for page in reader.pages}
    assert sizes == {(612, 791), (791, 612)}


def test_the_same_content_comes_in_english(produce: Produce) -> None:
    reader = PdfReader(io.BytesIO(produce("monthly", language="en")["informe-mensual.pdf"]))
    assert reader.trailer["/Root"]["/Lang"] == "en-US"
    assert "February 2026" in reader.pages[0].extract_text()


def test_demonstration_data_say_so_on_every_page_and_sheet(produce: Produce, institution: Institution) -> None:
    type(institution).objects.filter(pk=institution.pk).update(nature="demonstration")
    institution.refresh_from_db()
    files = produce("monthly", institution=institution)
    assert all("DATOS DE DEMOSTRACIÓN" in page for page in text_of(files["informe-mensual.pdf"]))
    book = openpyxl.load_workbook(io.BytesIO(files["informe-mensual.xlsx"]))
    for page in book:
        assert any("DATOS DE DEMOSTRACIÓN" in str(cell.value) for row in page.iter_rows(max_row=4) for cell in row)
        assert "DATOS DE DEMOSTRACIÓN" in page.oddHeader.center.text


# What it says


@pytest.mark.requirement("A1-22", "A1-15")
def test_the_global_sheet_goes_from_most_to_least_and_leaves_out_what_has_no_place(produce: Produce) -> None:
    page = sheet(produce("monthly")["ficha-global.xlsx"], "Ficha global")
    header, columns = header_of(page, "Lugar")
    rows = [
        {title: page.cell(row, column).value for title, column in columns.items()}
        for row in range(header + 1, header + 5)
    ]
    assert [row["Clave"] for row in rows] == ["M003", "M001", "M002", "O001"]
    assert [row["Lugar"] for row in rows] == [1, 2, 3, None]
    assert [row["Cumplimiento al corte (%)"] for row in rows] == [102.8, 77.5, 45.0, None]
    assert rows[3]["Clasificación"] == "Sin clasificar"
    assert rows[3]["Motivo"]


def test_formulas_of_the_goal_table_give_what_is_printed(produce: Produce) -> None:
    content = produce("monthly")["informe-mensual.xlsx"]
    values, formulas = (sheet(content, "Cuadro de metas", values=values) for values in (True, False))
    header, columns = header_of(values, "Peso")
    checked = 0
    for row in range(header + 1, header + 5):
        formula = formulas.cell(row, columns["Cumplimiento al corte (%)"]).value
        printed = values.cell(row, columns["Cumplimiento al corte (%)"]).value
        if printed is None:
            continue
        found = re.fullmatch(r"=ROUND\(100\*([A-Z]+\d+)/([A-Z]+\d+),1\)", formula)
        assert found, formula
        assert round(100 * values[found[1]].value / values[found[2]].value, 1) == printed
        checked += 1
    assert checked == 3


def test_counts_and_means_by_area_are_formulas_over_the_goal_table(produce: Produce) -> None:
    content = produce("monthly")["informe-mensual.xlsx"]
    values, formulas = (sheet(content, "Por área", values=values) for values in (True, False))
    header, columns = header_of(values)
    desu = next(row for row in range(header + 1, header + 5) if values.cell(row, columns["Clave"]).value == "DESU")
    assert values.cell(desu, columns["Metas"]).value == 3  # two of its own and one of the area below
    assert '"*/"&A' in formulas.cell(desu, columns["Metas"]).value
    goals = sheet(content, "Cuadro de metas")
    goals_header, goals_columns = header_of(goals, "Peso")
    branches = [goals.cell(goals_header + row, goals_columns["Áreas superiores"]).value for row in range(1, 5)]
    assert sum("/DESU/" in branch for branch in branches) == 3
    assert values.cell(desu, columns["Cumplimiento promedio (%)"]).value == 74.2


def test_a_spreadsheet_never_takes_a_statement_for_a_formula(produce: Produce) -> None:
    book = openpyxl.load_workbook(io.BytesIO(produce("monthly")["informe-mensual.xlsx"]))
    for page in book:
        for row in page.iter_rows():
            for cell in row:
                if cell.data_type == "f":
                    assert re.match(r"=(ROUND|IF|COUNT|SUM|MAX|\{?[A-Z]+\d+)", str(cell.value)), (
                        page.title,
                        cell.value,
                    )


def test_the_warnings_tell_how_long_and_what_is_needed(produce: Produce) -> None:
    text = " ".join("".join(text_of(produce("monthly")["informe-mensual.pdf"])).split())
    assert "Lleva 2 meses seguidos en rezago, desde enero; tiene 45.0 % de lo programado al corte." in text
    assert "111.0 en cada uno de los 10 reportes que faltan (unidad: pieza)" in text


@pytest.mark.requirement("A1-16", "A1-26")
def test_the_letter_names_posts_closing_and_annexes(produce: Produce, first_quarter: list[Closing]) -> None:
    letter = Document(io.BytesIO(produce("monthly")["oficio-de-entrega.docx"]))
    text = "\n".join(paragraph.text for paragraph in letter.paragraphs)
    assert first_quarter[1].digest in text
    assert "febrero de 2026" in text
    assert "Anexos" in text


def test_gathering_takes_the_same_queries_whatever_the_month(
    institution: Institution, first_quarter: list[Closing], django_assert_max_num_queries: Any
) -> None:
    for period in (JANUARY, FEBRUARY):
        closing = closing_of(institution.pk, period)
        assert closing
        with django_assert_max_num_queries(35):
            gather(frame_of(institution, period, closing, voice=Voice(), on=ISSUED), closing)


def test_places_and_changes_are_against_the_month_before(
    institution: Institution, first_quarter: list[Closing]
) -> None:
    closing = first_quarter[1]
    report = gather(frame_of(institution, FEBRUARY, closing, voice=Voice(), on=ISSUED), closing)
    by_code = {line.row.code: line for line in report.lines}
    assert by_code["M001"].change == -17.5
    assert by_code["M002"].since == JANUARY
    assert by_code["M003"].places_gained == 0
    assert [line.row.code for line in report.warnings] == ["M002", "M001"]
    assert report.quality.owed == 3
    assert report.quality.on_time_share == 100.0


def test_the_emblem_is_on_the_cover_and_on_every_page(
    institution: Institution, first_quarter: list[Closing], carmen: Character, produce: Produce
) -> None:
    plain = PdfReader(io.BytesIO(produce("monthly")["informe-mensual.pdf"])).pages
    assert not plain[0].images
    kept = documents.keep(institution=institution, content=PIXEL, media_type="image/png", at=NOW)
    named = organization.change_identity(
        institution=institution, name=institution.name, short_name="", home="board", logo=kept.digest,
        effective_from=institution.created_on, by=carmen.actor, on=TODAY, at=NOW,
    )  # fmt: skip
    pages = PdfReader(io.BytesIO(produce("monthly", institution=named)["informe-mensual.pdf"])).pages
    assert all(page.images for page in pages)
