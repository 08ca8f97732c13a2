"""The workbook reopened cell by cell, and the page that stands alone."""

import io
from datetime import datetime, timedelta
from html.parser import HTMLParser
from typing import Any

import openpyxl
import pytest

from rumbo.core.timekeeping.period import Period
from rumbo.foundation.organization import actions as organization
from rumbo.foundation.organization.models import Institution
from rumbo.systems.transparency import actions, reports
from rumbo.systems.transparency.models import DisclosureRecord
from rumbo.systems.transparency.reports.reading import Block, Entry, blocks_of, entries_of
from tests.cast import NOW, TODAY, Character

# As the publication of the source writes them, one by one.
HEADINGS = [
    "Ejercicio",
    "Fecha de inicio del periodo que se informa",
    "Fecha de término del periodo que se informa",
    "Hipervínculo al Programa Operativo Anual",
    "Hipervínculo al Programa de Trabajo, en su caso",
    "Misión",
    "Visión",
    "Diagnóstico general",
    "Objetivos estratégicos",
    "Líneas de acción",
    "Vinculación con el Programa General de Desarrollo del DF vigente",
    "Área(s) responsable(s) que genera(n), posee(n), publica(n) y actualiza(n) la información",
    "Fecha de actualización de la información",
    "Fecha de validación de la información",
    "Nota",
]
FIRST_COLUMN = [
    "Alcaldía de Prueba",
    "Artículo 121, fracción XXII de la Ley de Transparencia, Acceso a la Información Pública y Rendición de Cuentas de"
    " la Ciudad de México",
    "b) Los Programas Operativos Anuales y/o Programas de Trabajo",
    "Ejercicio",
    "TERCER TRIMESTRE 2026",
    2026,
    None,
    "Periodo de actualización: Trimestral y anual (a más tardar 45 días naturales después de concluido el trimestre"
    " correspondiente).",
]


def day(year: int, month: int, number: int) -> datetime:
    """A date as the reader of workbooks gives it back: the format keeps no zone."""
    return datetime(year, month, number)  # noqa: DTZ001


def opened(content: bytes) -> Any:
    return openpyxl.load_workbook(io.BytesIO(content))


def test_a_quarter_that_nobody_prepared_has_no_file_and_says_what_to_do(institution: Institution) -> None:
    with pytest.raises(reports.NoRecord, match="2026-3"):
        reports.transparency_files(institution=institution, period=Period(2026, 8))


@pytest.mark.requirement("IECM-01", "IECM-02", "IECM-03", "IECM-04", "IECM-24", "Q-02", "Q-06")
def test_the_format_has_its_fifteen_columns_with_its_literal_headings(published: DisclosureRecord) -> None:
    page = opened(reports.record_workbook(published)).worksheets[0]
    assert page.max_column == 15
    assert [cell.value for cell in page[4]] == HEADINGS
    assert [page.cell(row, 1).value for row in range(1, page.max_row + 1)] == FIRST_COLUMN
    assert "A5:O5" in {str(merged) for merged in page.merged_cells.ranges}
    assert [cell.value for cell in page[6]] == [
        2026,
        day(2026, 7, 1),
        day(2026, 9, 30),
        published.annual_plan_url,
        published.work_programme_url,
        published.mission,
        published.vision,
        published.situation_analysis,
        published.objectives,
        published.action_lines,
        published.higher_plan_alignment,
        published.responsible_units,
        day(2026, 10, 5),
        day(2026, 10, 20),
        None,
    ]
    assert {page.cell(6, column).number_format for column in (2, 3, 13, 14)} == {"dd/mm/yyyy"}
    assert all(cell.alignment.wrap_text for cell in (page["F6"], page["H6"], page["J6"]))
    assert page["D6"].hyperlink.target == published.annual_plan_url
    assert page.freeze_panes == "A5"
    assert page.page_setup.orientation == "landscape"
    assert page.print_title_rows == "$4:$4"


@pytest.mark.requirement("IECM-10")
def test_every_text_is_whole_in_the_sheet_to_be_read(published: DisclosureRecord) -> None:
    page = opened(reports.record_workbook(published)).worksheets[1]
    read = " ".join(str(cell.value) for cell in page["B"] if cell.value)
    for text in (published.mission, published.situation_analysis, published.action_lines, published.objectives):
        assert " ".join(text.split()) in " ".join(read.split())
    labels = [cell.value for cell in page["A"] if cell.value and cell.value[0].isdigit()]
    assert labels == [f"{number}. {heading}" for number, heading in enumerate(HEADINGS, start=1)]
    assert page.page_setup.orientation == "portrait"


@pytest.mark.requirement("IECM-10")
def test_a_paragraph_too_long_for_a_row_goes_on_in_the_next(draft: DisclosureRecord) -> None:
    draft.situation_analysis = "AMENAZAS INSTITUCIONALES\n\nUna\n" + "lluvia " * 1_500
    page = opened(reports.record_workbook(draft)).worksheets[1]
    rows = [cell.row for cell in page["B"] if str(cell.value).startswith("lluvia")]
    assert len(rows) == 5
    assert sum(str(page.cell(row, 2).value).count("lluvia") for row in rows) == 1_500
    heights = [page.row_dimensions[row].height for row in rows]
    assert all(25 * 13.5 < height < 409 for height in heights[:-1])


@pytest.mark.requirement("IECM-10")
def test_a_cell_never_passes_what_a_cell_holds_nor_becomes_a_formula(draft: DisclosureRecord) -> None:
    draft.situation_analysis = "á" * 40_000
    draft.mission = '=HYPERLINK("https://malo.example")'
    draft.annual_plan_url = "https://www.prueba.example/" + "a" * 3_000
    page = opened(reports.record_workbook(draft)).worksheets[0]
    values = [cell.value for cell in page[7]]
    assert len(values[7]) == 32_767
    assert values[7].endswith("…")
    assert (page["F7"].value, page["F7"].data_type) == (draft.mission, "s")
    assert values[3] == draft.annual_plan_url


def test_a_draft_says_that_it_is_one(draft: DisclosureRecord) -> None:
    page = opened(reports.record_workbook(draft)).worksheets[0]
    assert page["A4"].value.startswith("BORRADOR")
    assert "BORRADOR" in reports.standalone_page(draft).decode()


def test_demonstration_data_say_so_on_every_sheet_and_page(published: DisclosureRecord) -> None:
    published.institution.nature = "demonstration"
    notice = "DATOS DE DEMOSTRACIÓN. No corresponden a resultados reales de la Alcaldía de Prueba."
    for page in opened(reports.record_workbook(published)).worksheets:
        assert page["A4"].value == notice
        assert notice in page.oddHeader.center.text
    assert notice in reports.standalone_page(published).decode()


def test_a_file_made_again_says_what_the_institution_was_called_on_its_day(
    published: DisclosureRecord, carmen: Character
) -> None:
    assert published.published_on is not None
    day = published.published_on + timedelta(days=1)
    before = reports.record_workbook(published), reports.standalone_page(published)
    organization.change_identity(
        institution=published.institution, name="Alcaldía Renombrada", short_name="", home="board", logo="",
        effective_from=day, by=carmen.actor, on=max(day, TODAY), at=NOW,
    )  # fmt: skip
    again = DisclosureRecord.objects.get(pk=published.pk)
    assert again.institution.name == "Alcaldía Renombrada"
    assert (reports.record_workbook(again), reports.standalone_page(again)) == before


def test_the_same_record_gives_the_same_bytes(published: DisclosureRecord) -> None:
    assert reports.record_workbook(published) == reports.record_workbook(published)


def test_files_are_named_as_the_institutions_name_theirs(institution: Institution, published: DisclosureRecord) -> None:
    for month in (7, 8, 9):
        files = reports.transparency_files(institution=institution, period=Period(2026, month))
        assert list(files) == ["a121-f22-b-2026-3.xlsx", "a121-f22-b-2026-3.html"]


class Outline(HTMLParser):
    """Tags that load something from outside, headings and text."""

    def __init__(self) -> None:
        super().__init__()
        self.loads: list[str] = []
        self.headings: list[str] = []
        self.texts: list[str] = []

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        if tag in ("script", "img", "iframe") or (tag == "link"):
            self.loads.append(tag)
        if tag in ("h1", "h2", "h3", "h4"):
            self.headings.append(tag)

    def handle_data(self, data: str) -> None:
        self.texts.append(data)


@pytest.mark.requirement("IECM-02", "IECM-11", "IECM-12")
def test_the_page_stands_alone_with_its_outline_and_every_text(published: DisclosureRecord) -> None:
    outline = Outline()
    outline.feed(reports.standalone_page(published).decode())
    assert outline.loads == []
    assert outline.headings[:4] == ["h1", "h2", "h2", "h2"]
    assert outline.headings.count("h3") == 4
    assert outline.headings.count("h4") == 5
    text = " ".join(" ".join(outline.texts).split())
    for value in ("Servir a la demarcación.", "Cada año más intensas.", "Reparar luminarias. Con prontitud."):
        assert value in text


def test_what_was_written_in_a_record_is_escaped(draft: DisclosureRecord, carmen: Character) -> None:
    draft = actions.edit(record=draft, values={"note": "<script>alert(1)</script>"}, by=carmen.actor, at=NOW)
    assert b"<script>" not in reports.standalone_page(draft)


@pytest.mark.requirement("IECM-11", "IECM-12")
def test_the_frozen_text_is_read_again_in_sections_without_losing_anything() -> None:
    text = "Antes de todo\n\nFORTALEZAS INSTITUCIONALES\n\nAutonomía\nDe ley.\nY de hecho.\n\nPersonal"
    assert blocks_of(text) == (
        Block("", (Entry("Antes de todo"),)),
        Block("FORTALEZAS INSTITUCIONALES", (Entry("Autonomía", "De ley.\nY de hecho."), Entry("Personal"))),
    )
    assert blocks_of("") == ()


@pytest.mark.requirement("IECM-14", "IECM-15")
def test_a_coded_list_is_read_again_by_its_codes() -> None:
    assert entries_of("OE1. Garantizar. Sí.\nLínea de acción 11.1. Difundir 3.5 veces\nSin clave") == (
        Entry("OE1", "Garantizar. Sí."),
        Entry("Línea de acción 11.1", "Difundir 3.5 veces"),
        Entry("", "Sin clave"),
    )
