"""The area's sheet goes to Excel and comes back; the past comes in long rows. Wrong cells come back marked."""

from collections.abc import Callable
from decimal import Decimal
from io import BytesIO
from typing import Any

import openpyxl
import pytest
from django.utils.translation import gettext, override

from rumbo.core.rendering.refused import WorkbookRefused
from rumbo.core.timekeeping.slots import FiscalYear
from rumbo.core.vocabulary.refusal import Forbidden
from rumbo.foundation.organization.models import Institution
from rumbo.systems.captures import actions
from rumbo.systems.captures.exchange import Loaded, load, marked, workbook
from rumbo.systems.captures.models import Capture
from rumbo.systems.indicators.models import Indicator
from tests.cast import NOW, TODAY, Character
from tests.systems.captures.conftest import NOVEMBER, OCTOBER

pytestmark = pytest.mark.django_db
type Save = Callable[..., Capture]


def book_of(rows: list[list[Any]]) -> bytes:
    book = openpyxl.Workbook()
    assert book.active is not None
    for row in rows:
        book.active.append(row)
    target = BytesIO()
    book.save(target)
    return target.getvalue()


def opened(content: bytes) -> Any:
    return openpyxl.load_workbook(BytesIO(content)).worksheets[0]


def places(sheet: Any) -> tuple[int, dict[str, int]]:
    """Number of the header's row, and the column of each title."""
    for row in sheet.iter_rows():
        titles = {str(cell.value): cell.column for cell in row if cell.value}
        if "Clave" in titles:
            return row[0].row, titles
    raise AssertionError("no header")


def saved(sheet: Any) -> bytes:
    target = BytesIO()
    sheet.parent.save(target)
    return target.getvalue()


def back(content: bytes, institution: Institution, by: Character, **more: Any) -> Loaded:
    return load(content, institution=institution, by=by.actor, on=TODAY, at=NOW, **more)


@pytest.fixture
def sheet(
    institution: Institution, lamps: Indicator, requests_: Indicator, surveys: Indicator, works: Indicator, save: Save,
    ana: Character, carmen: Character,
) -> Any:  # fmt: skip
    """Ana's sheet: October closed, November open."""
    actions.load_history(
        institution=institution, rows=[actions.HistoryRow(lamps.pk, OCTOBER, Decimal(90))], by=carmen.actor, at=NOW
    )
    actions.lock_month(institution=institution, period=OCTOBER, accepted="Se acepta.", by=carmen.actor, at=NOW)
    save(lamps, "44.5")
    return opened(workbook(ana.actor, institution, year=FiscalYear(2026), on=TODAY))


def test_the_sheet_has_one_row_per_value_and_closed_months_locked(sheet: Any) -> None:
    row, column = places(sheet)
    found = [(sheet.cell(line, 1).value, sheet.cell(line, 2).value) for line in range(row + 1, row + 5)]
    assert found == [("M001", "Valor"), ("M002", "Valor"), ("M002", "Denominador"), ("M003", "Valor")]
    assert sheet.cell(row + 1, column["Octubre"]).value == 90
    assert sheet.cell(row + 1, column["Noviembre"]).value == 44.5
    assert sheet.protection.sheet
    assert sheet.cell(row + 1, column["Octubre"]).protection.locked
    assert not sheet.cell(row + 1, column["Noviembre"]).protection.locked


def test_what_comes_back_untouched_changes_nothing(sheet: Any, institution: Institution, ana: Character) -> None:
    loaded = back(saved(sheet), institution, ana)
    assert (loaded.kind, loaded.rows, loaded.changed, loaded.errors, loaded.warnings) == ("sheet", 4, 0, [], [])


def test_what_was_typed_in_open_months_becomes_drafts(
    sheet: Any, institution: Institution, ana: Character, requests_: Indicator
) -> None:
    row, column = places(sheet)
    november = column["Noviembre"]
    for line, value in ((1, 51), (2, 88), (3, 100)):
        sheet.cell(row + line, november).value = value
    content = saved(sheet)
    assert back(content, institution, ana, dry_run=True).changed == 2
    assert not Capture.objects.filter(indicator=requests_).exists()
    assert back(content, institution, ana).changed == 2
    found = set(Capture.objects.filter(period=NOVEMBER).values_list("numerator", "denominator", "state"))
    assert found == {(51, None, "draft"), (88, 100, "draft")}
    assert back(content, institution, ana).changed == 0


def test_what_may_not_be_changed_comes_back_marked_and_nothing_is_applied(
    sheet: Any, institution: Institution, ana: Character
) -> None:
    row, column = places(sheet)
    sheet.cell(row + 1, column["Octubre"]).value = 95
    sheet.cell(row + 1, column["Noviembre"]).value = "1.250,5"
    sheet.cell(row + 2, column["Noviembre"]).value = 80
    sheet.cell(row + 4, column["Noviembre"]).value = 3
    content = saved(sheet)
    loaded = back(content, institution, ana)
    said = [str(error) for error in loaded.errors]
    assert any("«1.250,5» no es un número. Escríbalo 1,250.5." in one for one in said)
    assert any("M003 no corresponde en noviembre" in one for one in said)
    assert set(Capture.objects.filter(period=NOVEMBER).values_list("numerator", flat=True)) == {Decimal("44.5")}
    again = openpyxl.load_workbook(BytesIO(marked(content, loaded.errors)))
    assert again.sheetnames[0] == "Errores"
    wrong = again.worksheets[1].cell(row + 1, column["Noviembre"])
    assert "no es un número" in wrong.comment.text


def test_a_closed_month_changed_in_the_sheet_says_what_to_do(
    sheet: Any, institution: Institution, ana: Character
) -> None:
    row, column = places(sheet)
    sheet.cell(row + 1, column["Octubre"]).value = 95
    (error,) = back(saved(sheet), institution, ana).errors
    assert error.message == (
        "Octubre de 2026 se cerró el 03/12/2026. Para cambiar un dato, use «Solicitar corrección de un mes cerrado»."
    )
    assert (error.row, error.column) == (row + 1, column["Octubre"])


def test_the_sheet_of_another_area_is_not_filled(sheet: Any, institution: Institution, ana: Character) -> None:
    content = book_of([["Clave", "Dato", "Año", "Noviembre"], ["O001", "Valor", 2026, 5]])
    (error,) = back(content, institution, ana).errors
    assert error.message == "No hay un indicador con la clave «O001» en sus áreas."


def test_who_does_not_capture_does_not_upload(institution: Institution, carmen: Character, lamps: Indicator) -> None:
    content = book_of([["Clave", "Dato", "Año", "Noviembre"], ["M001", "Valor", 2026, 5]])
    with pytest.raises(Forbidden):
        back(content, institution, carmen)


def test_a_merged_cell_is_asked_about(institution: Institution, ana: Character, lamps: Indicator) -> None:
    book = openpyxl.load_workbook(
        BytesIO(book_of([["Clave", "Dato", "Año", "Octubre", "Noviembre"], ["M001", "Valor", 2026, 5, None]]))
    )
    book.worksheets[0].merge_cells("D2:E2")
    target = BytesIO()
    book.save(target)
    (error,) = back(target.getvalue(), institution, ana).errors
    assert str(error) == (
        "Fila 2, columna D: Las celdas D2:E2 están combinadas. Descombínelas y escriba el valor en cada renglón."
    )


@pytest.mark.parametrize("content", [b"", b"MZ\x90\x00\x03\x00", b"PK\x03\x04 broken"])
def test_what_is_not_a_workbook_is_refused(content: bytes, institution: Institution, ana: Character) -> None:
    with pytest.raises(WorkbookRefused):
        back(content, institution, ana)


# The past, in long rows

LONG = ["Clave", "Periodo", "Numerador", "Denominador"]


def test_who_captures_does_not_load_the_past(institution: Institution, ana: Character, lamps: Indicator) -> None:
    with pytest.raises(Forbidden):
        back(book_of([LONG, ["M001", "2026-10", 5, None]]), institution, ana)


def test_the_past_is_loaded_from_long_rows(
    institution: Institution, carmen: Character, lamps: Indicator, requests_: Indicator
) -> None:
    content = book_of([LONG, ["M001", "2026-09", 5, None], ["M001", "2026-10", 6.5, None], ["M002", "2026-10", 8, 10]])
    loaded = back(content, institution, carmen)
    assert (loaded.kind, loaded.rows, loaded.changed, loaded.errors) == ("history", 3, 3, [])
    assert Capture.objects.filter(historical=True, state="approved").count() == 3
    assert back(content, institution, carmen).changed == 0


def test_each_wrong_row_of_the_past_says_why(
    institution: Institution, carmen: Character, lamps: Indicator, requests_: Indicator, surveys: Indicator
) -> None:
    content = book_of(
        [
            LONG,
            ["M001", "2026-10", 5, None],
            ["M999", "2026-10", 5, None],
            ["M001", "octubre", 5, None],
            ["M002", "2026-10", 5, None],
            ["M003", "2026-10", 5, None],
            ["M001", "2026-10", 7, None],
            ["M001", "2026-08", "cinco", None],
        ]
    )
    loaded = back(content, institution, carmen)
    assert sorted(error.row for error in loaded.errors) == [3, 4, 5, 6, 7, 8]
    assert not Capture.objects.exists()


@pytest.mark.parametrize(("written", "read"), [("en", "es-mx"), ("es-mx", "en")])
def test_the_sheet_written_in_one_language_is_read_in_another(
    institution: Institution, sheet: Any, ana: Character, written: str, read: str
) -> None:
    with override(written):
        content = workbook(ana.actor, institution, year=FiscalYear(2026), on=TODAY, translate=gettext)
    titles = [str(cell.value) for row in opened(content).iter_rows() for cell in row]
    assert ("January" if written == "en" else "Enero") in titles
    with override(read):
        loaded = back(content, institution, ana, dry_run=True)
    assert (loaded.kind, loaded.errors) == ("sheet", [])
    assert loaded.rows == 4
