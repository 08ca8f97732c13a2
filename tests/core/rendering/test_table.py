"""Tables that people fill in a workbook."""

from datetime import UTC, date, datetime
from decimal import Decimal
from io import BytesIO

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rumbo.core.rendering.cells import Unreadable, column_letter, to_boolean, to_date, to_decimal, to_integer, to_text
from rumbo.core.rendering.table import Column, Sheet, template

SHEET = Sheet(
    "Metas",
    [
        Column("code", "Clave", required=True, max_length=6),
        Column("name", "Descripción", required=True),
        Column("amount", "Meta anual", kind="decimal"),
        Column("starts", "Inicio", kind="date"),
        Column("critical", "Crítico", kind="boolean"),
        Column("way", "Sentido", kind="choice", choices={"up": "Mientras más, mejor", "down": "Mientras menos, mejor"}),
    ],
    help="Una meta por renglón.",
)
HEADER = ["Clave", "Descripción", "Meta anual", "Inicio", "Crítico", "Sentido"]


@pytest.mark.parametrize(
    ("written", "right"),
    [("1.250,5", "1,250.5"), ("1250,5", "1,250.5"), ("12,34", "12.34"), ("-1.250.000,00", "-1,250,000.00")],
)
def test_a_decimal_comma_is_refused_with_the_right_way_to_write_it(written: str, right: str) -> None:
    with pytest.raises(Unreadable, match="no es un número") as refusal:
        to_decimal(written)
    assert str(refusal.value) == f"«{written}» no es un número. Escríbalo {right}."


@pytest.mark.parametrize(
    "written", ["doce", "1,25,0", "1 250.5.3", "NaN", "inf", "1e5", True, date(2026, 1, 1), "88 %"]
)
def test_what_is_not_a_number_is_refused(written: object) -> None:
    with pytest.raises(Unreadable):
        to_decimal(written)  # type: ignore[arg-type]


def test_more_than_six_decimals_are_refused_not_rounded() -> None:
    with pytest.raises(Unreadable, match="más de 6 decimales"):
        to_decimal("0.1234567")


def test_a_number_too_large_for_the_table_is_refused() -> None:
    with pytest.raises(Unreadable, match="demasiado grande"):
        to_decimal("100000000000000")


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("1,250.5", "1250.5"),
        (" 1250.5 ", "1250.5"),
        (1250.5, "1250.5"),
        (0.1 + 0.2, "0.3"),
        ("−3", "-3"),
        ("$1,000", "1000"),
        (7, "7"),
        ("1.250", "1.25"),
    ],
)
def test_numbers_are_read_as_people_of_mexico_write_them(written: object, number: str) -> None:
    assert to_decimal(written) == Decimal(number)  # type: ignore[arg-type]


@settings(deadline=None)
@given(st.decimals(min_value=-(10**13), max_value=10**13, places=6, allow_nan=False))
def test_any_number_written_with_thousands_is_read_back(number: Decimal) -> None:
    assert to_decimal(f"{number:,.6f}") == number


@pytest.mark.parametrize("written", ["31/02/2026", "10/31/2026", "octubre", 46326, "2026-13-01"])
def test_what_is_not_a_date_is_refused(written: object) -> None:
    with pytest.raises(Unreadable, match=r"31/10/2026"):
        to_date(written)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "written",
    ["31/10/2026", "2026-10-31", "2026-10-31 00:00:00", datetime(2026, 10, 31, 5, tzinfo=UTC), date(2026, 10, 31)],
)
def test_dates_are_read(written: object) -> None:
    assert to_date(written) == date(2026, 10, 31)  # type: ignore[arg-type]


def test_a_half_is_not_a_whole_number() -> None:
    with pytest.raises(Unreadable, match="entero"):
        to_integer(1.5)


def test_a_maybe_is_neither_yes_nor_no() -> None:
    with pytest.raises(Unreadable):
        to_boolean("quizá")
    assert [to_boolean(word) for word in ("Sí", "SI", "x", "no", 0, 1.0)] == [True, True, True, False, False, True]


def test_a_broken_formula_is_not_a_text() -> None:
    with pytest.raises(Unreadable, match="fórmula"):
        to_text("#REF!")


def test_a_code_typed_as_a_number_has_no_decimal_point() -> None:
    assert to_text(3.0) == "3"
    assert to_text(1.1) == "1.1"


def test_a_sheet_without_its_header_says_which_titles_it_wants() -> None:
    parsed = SHEET.parse([["uno", "dos"], [1, 2]])
    assert not parsed.records
    assert "«Clave», «Descripción»" in str(parsed.errors[0])


def test_a_missing_required_column_is_named() -> None:
    parsed = SHEET.parse([["Clave", "Sentido"], ["A", "up"]])
    assert [str(error) for error in parsed.errors] == [
        "Fila 1: Faltan columnas: «Descripción». Descargue la plantilla o agréguelas."
    ]


def test_a_title_that_comes_twice_is_refused() -> None:
    parsed = SHEET.parse([[*HEADER, "clave"], ["A", "Uno"]])
    assert "dos veces" in str(parsed.errors[0])


def test_each_wrong_cell_is_named_and_no_line_with_one_is_kept() -> None:
    rows = [HEADER, ["A", "Uno", "1.250,5"], ["", "Dos", 3], ["C234567", "Tres", 1, "ayer", "quizá", "de lado"]]
    parsed = SHEET.parse(rows)
    assert not parsed.records
    assert [(error.row, error.letter) for error in parsed.errors] == [
        (2, "C"), (3, "A"), (4, "A"), (4, "D"), (4, "E"), (4, "F"),
    ]  # fmt: skip
    assert str(parsed.errors[0]) == "Fila 2, columna C: «1.250,5» no es un número. Escríbalo 1,250.5."
    assert parsed.summary[1] == {"good": 0, "bad": 3}


def test_order_accents_blank_lines_and_extra_columns_do_not_matter() -> None:
    rows = [
        ["Metas de 2026"],
        [],
        ["DESCRIPCION", "Notas", " clave * ", "sentido"],
        ["Uno", "nada", "A", "mientras mas mejor"],
        [None, "  ", ""],
        ["Dos", None, 2.0, None],
    ]
    parsed = SHEET.parse(rows)
    assert not parsed.errors
    assert [(record.row, record["code"], record["way"], record["amount"]) for record in parsed.records] == [
        (4, "A", "up", None),
        (6, "2", None, None),
    ]
    assert [warning.params["title"] for warning in parsed.warnings] == ["Notas"]
    assert not parsed.records[0].has("amount")
    assert parsed.records[0].error("code", "Ya existe «%(code)s».", code="A").letter == "C"


def test_keys_are_understood_as_titles_too() -> None:
    assert SHEET.parse([["code", "name"], ["A", "Uno"]]).records[0]["name"] == "Uno"


def test_the_template_with_its_rows_is_read_back() -> None:
    rows = [
        {
            "code": "A",
            "name": "=1+1",
            "amount": Decimal("1250.5"),
            "starts": date(2026, 1, 5),
            "critical": True,
            "way": "up",
        },
        {"code": "007", "name": "Niñas, niños", "critical": False, "way": "down"},
    ]
    book = openpyxl.load_workbook(BytesIO(template(SHEET, "Metas", rows, banner="DATOS DE DEMOSTRACIÓN.")))
    assert book.sheetnames == ["Metas", "Instrucciones"]
    assert [sheet["A1"].value for sheet in book] == ["DATOS DE DEMOSTRACIÓN."] * 2
    parsed = SHEET.parse([list(line) for line in book["Metas"].iter_rows(values_only=True)])
    assert not parsed.errors
    empty = {"amount": None, "starts": None}
    assert [dict(record.values) for record in parsed.records] == [rows[0], rows[1] | empty]
    assert book["Metas"]["B3"].data_type == "s"


def test_the_template_is_the_same_file_every_day() -> None:
    assert template(SHEET, "Metas") == template(SHEET, "Metas")


def test_the_template_offers_its_choices_in_a_list() -> None:
    book = openpyxl.load_workbook(BytesIO(template(SHEET, "Metas")))
    lists = book["Metas"].data_validations.dataValidation
    assert {str(item.sqref).split(":")[0] for item in lists} == {"E2", "F2"}


def test_columns_are_lettered_as_in_a_workbook() -> None:
    assert [column_letter(number) for number in (0, 1, 26, 27, 702, 703)] == ["", "A", "Z", "AA", "ZZ", "AAA"]
