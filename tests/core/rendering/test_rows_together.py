"""Rows that say one thing are never parted by the end of a page, and what is signed is never alone."""

import io

import pytest
from pypdf import PdfReader

from rumbo.core.rendering.pdf import compile_pdf
from tests.core.rendering import cast

SOURCE = """
#import "/rumbo.typ": *
#let data = json("/data.json")
#show: paper.with(institution: "Prueba", name: "Filas")
#data-table(
  columns: ((title: "Clave", width: 20mm), (title: "Cifra", width: 30mm, align: "right"), (title: "Texto", width: 1fr)),
  rows: data.rows,
  ending: if data.signed { block(height: 30mm)[Firma] },
)
"""


def pages(goals: int, *, signed: bool = True) -> list[str]:
    rows: list[object] = []
    for one in range(goals):
        rows += [
            {"kind": "group", "level": 2, "text": f"Meta-{one:03}."},
            [f"C{one}", "1", f"Fila-{one:03}."],
            {"kind": "remark", "text": f"Nota-{one:03}. " + "Objetivo, indicador y medio de verificación. " * 3},
            {"kind": "remark", "text": f"Otra-{one:03}."},
        ]
    document = compile_pdf(SOURCE, data={"rows": rows, "signed": signed}, images=None, on=cast.ON, title="Filas")
    return [page.extract_text() for page in PdfReader(io.BytesIO(document)).pages]


@pytest.mark.parametrize("goals", range(9, 22))
def test_a_row_its_remarks_and_its_heading_are_on_one_page(goals: int) -> None:
    found = pages(goals)
    for one in range(goals):
        (page,) = [text for text in found if f"Fila-{one:03}." in text]
        for word in ("Meta", "Nota", "Otra"):
            assert f"{word}-{one:03}." in page, (one, word)


@pytest.mark.parametrize("goals", range(1, 22))
def test_the_last_row_goes_with_what_is_signed(goals: int) -> None:
    *_others, last = pages(goals)
    assert "Firma" in last
    assert f"Fila-{goals - 1:03}." in last


def test_without_ending_nothing_is_signed() -> None:
    assert not any("Firma" in page for page in pages(3, signed=False))
