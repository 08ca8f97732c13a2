"""The matrix of alignment and the programme of each area: the first deliverable, before any month is closed."""

import io
import re
from collections.abc import Callable
from typing import Any

import openpyxl
import pytest
from pypdf import PdfReader

from rumbo.core.timekeeping.slots import FiscalYear
from rumbo.foundation.organization.models import Institution
from rumbo.foundation.planning import actions as planning
from rumbo.foundation.planning import queries as plans
from rumbo.systems.evaluation import reports
from rumbo.systems.evaluation.queries.quarters import programmed_in_time
from rumbo.systems.evaluation.reports.alignment.content import NoPlan
from rumbo.systems.evaluation.reports.frame import frame_of
from rumbo.systems.evaluation.reports.schedule.content import NothingProgrammed
from rumbo.systems.evaluation.reports.schedule.content import gather as gather_schedule
from rumbo.systems.evaluation.reports.words import Voice
from tests.cast import FOUNDED_AT, SYSTEM, Character
from tests.systems.evaluation.conftest import JANUARY, Programme, moment
from tests.systems.evaluation.reports.conftest import ISSUED

pytestmark = pytest.mark.django_db


@pytest.fixture
def make(institution: Institution, gina: Character) -> Callable[[str], dict[str, bytes]]:
    def made(kind: str) -> dict[str, bytes]:
        return reports.produce(
            kind, institution=institution, period=JANUARY, by=gina.actor, on=ISSUED, at=moment(ISSUED)
        )

    return made


def text_of(pdf: bytes) -> str:
    return " ".join(" ".join(page.extract_text().split()) for page in PdfReader(io.BytesIO(pdf)).pages)


def test_an_institution_without_plan_has_no_matrix(make: Callable[[str], dict[str, bytes]]) -> None:
    with pytest.raises(NoPlan, match="Cárguelo antes"):
        make("alignment")


def test_a_year_without_programme_has_no_document_per_area(institution: Institution, programme: Programme) -> None:
    frame = frame_of(institution, JANUARY.plus(24), None, voice=Voice(), on=ISSUED)
    with pytest.raises(NothingProgrammed, match="2028"):
        gather_schedule(frame)


@pytest.mark.requirement("A1-19")
def test_the_matrix_goes_from_the_axis_to_the_area(
    make: Callable[[str], dict[str, bytes]], programme: Programme
) -> None:
    files = make("alignment")
    text = text_of(files["matriz-de-alineacion.pdf"])
    assert text.index("Eje rector 1. Servicios públicos de calidad") < text.index("M001") < text.index("O001")
    page = openpyxl.load_workbook(io.BytesIO(files["matriz-de-alineacion.xlsx"]))["Matriz"]
    rows = [[cell.value for cell in row] for row in page.iter_rows(min_row=5)]
    goals = [row for row in rows if row[2] in ("M001", "M002", "M003", "O001")]
    assert len(goals) == 4
    assert all(row[0] == "1 Servicios públicos de calidad" for row in goals)  # repeated, so that it can be filtered
    assert goals[3][1] == "1.2 Obra pública"


def test_lines_without_goal_are_found(make: Callable[[str], dict[str, bytes]], programme: Programme) -> None:
    planning.load_plan(
        plan=programme.plan,
        elements=[planning.ElementRow(2, "1.3", "Movilidad", parent=(1, "1")), planning.ElementRow(2, "9.9", "Suelta")],
        by=SYSTEM,
        at=FOUNDED_AT,
    )
    assert plans.element_by_code(programme.plan, "1.3")
    files = make("alignment")
    found = openpyxl.load_workbook(io.BytesIO(files["matriz-de-alineacion.xlsx"]))["Hallazgos"]
    told = {(row[0].value, row[1].value) for row in found.iter_rows(min_row=4)}
    assert ("Línea sin meta", "1.3") in told
    assert ("Elemento sin superior", "9.9") in told
    assert "Movilidad" in text_of(files["matriz-de-alineacion.pdf"])


@pytest.mark.requirement("A1-20", "A1-18")
def test_each_area_begins_its_own_page_and_has_where_to_sign(
    make: Callable[[str], dict[str, bytes]], programme: Programme
) -> None:
    files = make("schedule")
    pages = [page.extract_text() for page in PdfReader(io.BytesIO(files["programacion-por-area.pdf"])).pages]
    assert len(pages) == 3
    assert all("Metas acordadas con la persona titular del área" in page for page in pages)
    assert re.search(r"M001.*M003", pages[0], re.DOTALL)
    assert "O001" in pages[2]


def test_quarters_accumulate_as_each_indicator_does(institution: Institution, programme: Programme) -> None:
    found = programmed_in_time(institution.pk, FiscalYear(2026))
    assert found[programme.ids["M001"]].quarters == [300, 300, 300, 300]
    assert found[programme.ids["M003"]].quarters == [90, 90, 90, 90]
    assert found[programme.ids["M003"]].months == [90] * 12
    assert found[programme.ids["O001"]].months == [None, None, 30] * 4
    assert found[programme.ids["O001"]].quarters == [30, 30, 30, 30]


def test_quarters_of_a_sum_are_formulas_over_its_months(
    make: Callable[[str], dict[str, bytes]], programme: Programme
) -> None:
    content = make("schedule")["programacion-por-area.xlsx"]
    values, formulas = (
        openpyxl.load_workbook(io.BytesIO(content), data_only=only)["Programación"] for only in (True, False)
    )
    row = next(cells for cells in formulas.iter_rows() if cells[3].value == "M001")
    assert row[21].value == f"=SUM(J{row[0].row}:L{row[0].row})"
    assert values.cell(row[0].row, 22).value == 300


def test_both_are_recorded_with_their_digests(make: Callable[[str], dict[str, bytes]], programme: Any) -> None:
    assert set(make("alignment")) == {"matriz-de-alineacion.pdf", "matriz-de-alineacion.xlsx"}
    assert set(make("schedule")) == {"programacion-por-area.pdf", "programacion-por-area.xlsx"}
