"""What a person typed or pasted cannot stop a document."""

import io
from datetime import date
from pathlib import Path

import docx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader

from rumbo.core.rendering import printable as module
from rumbo.core.rendering.document import letter
from rumbo.core.rendering.pdf import compile_pdf
from rumbo.core.rendering.printable import UNDRAWN, printable, printable_data
from tools.fonts import coverage

SOURCE = """#import "/rumbo.typ": *
#let data = json("/data.json")
#show: paper.with(institution: data.text)
#data.text
"""


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("Bacheo en 40 calles; «Ñandú» – 98.9 %", "Bacheo en 40 calles; «Ñandú» – 98.9 %"),
        ("● ▲ ■ ✱ ≥ ⊘", "● ▲ ■ ✱ ≥ ⊘"),
        ("\uf0b7 Luminarias ► Parques", "• Luminarias • Parques"),
        ("① 𝐌𝐞𝐭𝐚 Ｂ", "1 Meta B"),
        ("Jornada 🎉 漢", f"Jornada {UNDRAWN} {UNDRAWN}"),
        ("a\x00b\x07c\ufeffd", "abcd"),
        ("uno\tdos\r\ntres", "uno\tdos\r\ntres"),
    ],
)
def test_what_no_font_draws_becomes_its_nearest(typed: str, printed: str) -> None:
    assert printable(typed) == printed


def test_all_the_texts_of_a_document_and_nothing_else() -> None:
    data = {"🎉": ["🎉", ("a", {"n": 1.5, "b": None, "c": True})]}
    assert printable_data(data) == {"🎉": [UNDRAWN, ["a", {"n": 1.5, "b": None, "c": True}]]}


@settings(max_examples=30, deadline=None)
@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=40))
def test_any_text_at_all_is_printed(text: str) -> None:
    assert printable(printable(text)) == printable(text)
    content = compile_pdf(SOURCE, data={"text": text}, on=date(2026, 11, 3), title=f"T {text}", author=text)
    assert PdfReader(io.BytesIO(content)).pages


def test_the_list_of_letters_is_that_of_the_fonts() -> None:
    listed = Path(module.__file__).parent / "fonts" / "coverage.txt"
    assert listed.read_text(encoding="utf-8") == coverage(), "run tools/fonts.py"


@settings(max_examples=20, deadline=None)
@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=40))
def test_any_text_at_all_goes_in_a_letter(text: str) -> None:
    content = letter(
        on=date(2026, 11, 3), place=text, number=text, subject=text, addressee=[text], paragraphs=[text],
        signatory=[text], annexes=[text], copies=[text], institution=text,
    )  # fmt: skip
    assert docx.Document(io.BytesIO(content)).paragraphs
