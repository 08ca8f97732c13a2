"""Documents are read back: text, tags, language, title, archive metadata, size of the page, fonts."""

import io
import re
import time
from datetime import date

import pytest
import typst
from pypdf import PdfReader

from rumbo.core.rendering.charts import sparkline
from rumbo.core.rendering.errors import RenderingError
from rumbo.core.rendering.pdf import compile_pdf, fonts, render_pages, svg_to_png
from rumbo.core.vocabulary.light import Light
from rumbo.core.vocabulary.mark import Mark
from tests.core.rendering import cast

_MILLIMETRE = 72 / 25.4


@pytest.fixture(scope="module")
def report() -> bytes:
    return compile_pdf(cast.SOURCE, data=cast.data(), images=cast.images(), on=cast.ON, title=cast.TITLE)


@pytest.fixture(scope="module")
def reader(report: bytes) -> PdfReader:
    return PdfReader(io.BytesIO(report))


def _compile(source: str, data: dict[str, object] | None = None, images: dict[str, bytes] | None = None) -> bytes:
    return compile_pdf(source, data=data or {}, images=images, on=cast.ON, title="Prueba")


def test_a_source_that_does_not_compile_is_refused_with_its_place() -> None:
    with pytest.raises(RenderingError, match="unknown variable: nada") as refusal:
        _compile("Uno\n#nada")
    assert "document.typ:2:1" in refusal.value.diagnostic


def test_an_image_without_alternative_text_is_refused() -> None:
    drawing = {"c.svg": sparkline([1, 2], title="x").encode()}
    with pytest.raises(RenderingError, match="missing alt text"):
        _compile('#image("/c.svg")', images=drawing)


@pytest.mark.parametrize("value", [float("nan"), date(2026, 1, 1)])
def test_data_that_is_not_json_is_refused(value: object) -> None:
    with pytest.raises(RenderingError, match="cannot be written as JSON"):
        _compile("x", {"value": value})


def test_the_document_cannot_read_the_machine_it_is_made_on() -> None:
    with pytest.raises(RenderingError):
        _compile('#read("/etc/passwd")')


def test_every_page_says_institution_folio_cutoff_closing_and_number(reader: PdfReader) -> None:
    pages = len(reader.pages)
    for index, page in enumerate(reader.pages):
        text = page.extract_text()
        assert cast.BANNER in text
        if index:
            for expected in ("PROUTE-2026-10", "Corte: 31 de octubre de 2026", "Cierre núm. 1", "Huella 3f9ac21e"):
                assert expected in text
            assert f"Página {index + 1} de {pages}" in text


def test_numbers_words_and_signatures_can_be_read_back(reader: PdfReader) -> None:
    text = "\n".join(page.extract_text() for page in reader.pages).replace("\u00a0", " ")
    for expected in ("53,784", "98.9 %", "En rezago", "No calculable", "Vo. Bo.", "Firma y sello", "Elaboró", "⏱"):
        assert expected in text


def test_the_paper_is_carta_and_tables_lie_on_their_side(reader: PdfReader) -> None:
    sizes = [
        (round(float(p.mediabox.width) / _MILLIMETRE), round(float(p.mediabox.height) / _MILLIMETRE))
        for p in reader.pages
    ]
    assert sizes[0] == (216, 279)
    assert (279, 216) in sizes


def test_table_headers_are_repeated_on_the_next_page(reader: PdfReader) -> None:
    landscape = [p.extract_text() for p in reader.pages if p.mediabox.width > p.mediabox.height]
    assert len(landscape) > 1
    assert all("Acumulado al 31/10" in text and "Clasificación" in text for text in landscape)


def test_the_file_is_tagged_titled_and_in_its_language(reader: PdfReader) -> None:
    catalogue = reader.trailer["/Root"]
    assert catalogue["/MarkInfo"]["/Marked"].value is True
    assert catalogue["/Lang"] == "es-MX"
    assert catalogue["/ViewerPreferences"]["/DisplayDocTitle"].value is True
    assert reader.metadata is not None
    assert reader.metadata.title == cast.TITLE
    assert next(entry["/Title"] for entry in reader.outline if isinstance(entry, dict)) == "Hoja de control y firmas"


def test_the_file_declares_both_standards(report: bytes, reader: PdfReader) -> None:
    packet = reader.trailer["/Root"]["/Metadata"].get_data().decode()
    assert re.search(r"<pdfaid:part>2</pdfaid:part>", packet)
    assert re.search(r"<pdfaid:conformance>A</pdfaid:conformance>", packet)
    assert re.search(r"<pdfuaid:part>1</pdfuaid:part>", packet)


def test_the_date_is_the_one_given_and_the_bytes_are_the_same_again(report: bytes, reader: PdfReader) -> None:
    assert reader.metadata is not None
    assert reader.metadata.creation_date is not None
    assert reader.metadata.creation_date.date() == cast.ON
    again = compile_pdf(cast.SOURCE, data=cast.data(), images=cast.images(), on=cast.ON, title=cast.TITLE)
    assert again == report


def test_only_the_vendored_fonts_are_used(reader: PdfReader) -> None:
    names = {
        str(font.get_object()["/BaseFont"]).split("+")[-1]
        for page in reader.pages
        for font in page["/Resources"].get("/Font", {}).values()
    }
    assert names
    assert all(name.startswith("NotoSans") for name in names)


def test_a_letter_without_glyph_is_refused_rather_than_printed_as_a_box() -> None:
    with pytest.raises(RenderingError, match="could not be displayed"):
        _compile('#set text(font: "Noto Sans", fallback: false)\n漢')


def test_every_symbol_of_the_vocabulary_has_a_glyph() -> None:
    symbols = "".join(light.symbol for light in Light) + "".join(mark.symbol for mark in Mark) + "✱−≥≤→≠«»–…"
    source = f'#set text(font: ("Noto Sans", "Noto Sans Symbols2", "Noto Sans Math"), fallback: false)\n{symbols}'
    for symbol in symbols:
        text = PdfReader(io.BytesIO(_compile(source.replace(symbols, f'#"{symbol}"')))).pages[0].extract_text()
        assert symbol in text, f"no glyph for {symbol}: see core/rendering/fonts/README.md"


def test_the_library_compiles_without_warnings() -> None:
    assert {"Noto Sans", "Noto Sans Symbols2", "Noto Sans Math"} <= set(fonts().families())
    source = b'#set text(font: ("Noto Sans", "Noto Sans Symbols2", "Noto Sans Math"))\nx'
    _, warnings = typst.compile_with_warnings(source, font_paths=fonts(), ignore_system_fonts=True, format="pdf")
    assert warnings == []


def test_the_words_of_the_library_are_translated() -> None:
    source = '#import "/rumbo.typ": *\n#show: paper.with(institution: "X", name: "Y")\n#light("green")'
    words = {"Página %(page)s de %(pages)s": "Page %(page)s of %(pages)s", "En meta": "On target"}
    pdf = compile_pdf(
        source, data={}, on=cast.ON, title="t", language="en", translate=lambda text: words.get(text, text)
    )
    reader = PdfReader(io.BytesIO(pdf))
    text = reader.pages[0].extract_text().replace("\u00a0", " ")
    assert "Page 1 of 1" in text
    assert "On target" in text
    assert reader.trailer["/Root"]["/Lang"] == "en-US"


def test_pages_and_charts_can_be_seen_as_png() -> None:
    pages = render_pages(cast.SOURCE, data=cast.data(4), images=cast.images(), title=cast.TITLE, ppi=40)
    assert len(pages) > 4
    assert all(page.startswith(b"\x89PNG") for page in pages)
    assert svg_to_png(sparkline([1, 2, 3], title="x")).startswith(b"\x89PNG")


def test_a_report_of_24_pages_takes_less_than_a_second() -> None:
    data, images = cast.data(240), cast.images()
    started = time.process_time()  # of the program, not of whatever else the machine does
    pdf = compile_pdf(cast.SOURCE, data=data, images=images, on=cast.ON, title=cast.TITLE)
    elapsed = time.process_time() - started
    assert len(PdfReader(io.BytesIO(pdf)).pages) >= 24
    assert elapsed < 1.0
