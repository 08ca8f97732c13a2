"""A picture of points goes into a document as a drawing: what is not one is refused before it is set."""

import io

import pytest
from pypdf import PdfReader

from rumbo.core.rendering.errors import RenderingError
from rumbo.core.rendering.pdf import compile_pdf, svg_to_png
from rumbo.core.rendering.pictures import drawing_of_png
from tests.core.rendering import cast

SQUARE = '<svg xmlns="http://www.w3.org/2000/svg" width="40" height="20"><rect width="40" height="20"/></svg>'


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7", b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff\xe0 jpg"])
def test_what_is_not_a_png_is_refused(content: bytes) -> None:
    with pytest.raises(RenderingError, match="not a PNG"):
        drawing_of_png(content)


def test_a_picture_that_was_not_made_a_drawing_is_refused_by_its_name() -> None:
    with pytest.raises(RenderingError, match=r"emblem\.png"):
        compile_pdf("x", data={}, images={"emblem.png": svg_to_png(SQUARE)}, on=cast.ON, title="x")


def test_a_png_is_printed_with_its_proportions_on_archive_paper() -> None:
    drawing = drawing_of_png(svg_to_png(SQUARE))
    assert b'viewBox="0 0 80 40"' in drawing
    source = '#image("/emblem.svg", alt: "Emblema", height: 8mm)'
    document = compile_pdf(source, data={}, images={"emblem.svg": drawing}, on=cast.ON, title="Emblema")
    (page,) = PdfReader(io.BytesIO(document)).pages
    assert len(page.images) == 1
