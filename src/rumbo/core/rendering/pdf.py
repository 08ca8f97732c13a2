"""PDF through Typst: accessible (PDF/UA-1) and archivable (PDF/A-2a) in one file, the same bytes for the same input.

Nothing is read from disk but the vendored fonts and the shared library `typst/rumbo.typ`; sources, data and images are
handed to the compiler in memory. The creation date is `on`: Typst would print the present moment otherwise.
"""

import ctypes
import json
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path
from typing import Literal, cast

import typst

from rumbo.core.rendering.errors import RenderingError
from rumbo.core.rendering.printable import printable, printable_data
from rumbo.core.rendering.text import Language
from rumbo.core.rendering.words import document_words

STANDARDS: list[Literal["a-2a", "ua-1"]] = ["a-2a", "ua-1"]
_HERE = Path(__file__).parent
# The document is included so that its own line numbers are those of the compiler's messages.
_MAIN = """#set document(title: sys.inputs.title, author: sys.inputs.author)
#set text(lang: sys.inputs.language, region: sys.inputs.region)
#include "/document.typ"
"""
# The compiler keeps what it worked out until this many later compilations had no use for it; a report of a whole
# institution keeps some hundred megabytes, and a server that wrote a few of them would never give them back.
KEPT_COMPILATIONS = 10
LARGE = 200_000  # bytes of a PDF
_ONE_IMAGE = '#set page(width: auto, height: auto, margin: 0pt)\n#image("/chart.svg", alt: "")\n'


def compile_pdf(
    source: str,
    *,
    data: Mapping[str, object],
    images: Mapping[str, bytes] | None = None,
    on: date,
    title: str,
    language: Language = "es",
    author: str = "",
    translate: Callable[[str], str] = str,
) -> bytes:
    """The PDF of a Typst source, which reads `json("/data.json")` and imports `"/rumbo.typ"`.

    `data` must be JSON-able; what its texts have that no font draws is replaced (`printable`). `images` are files
    by name (`{"avance.svg": b"…"}`), read as `image("/avance.svg")`; further `.typ` files may be handed over in the
    same way. `translate` translates the library's own words.
    Raises `RenderingError` when the source does not compile, also when an image lacks its alternative text.
    """
    files = _files(source, data, images or {}, language, translate)
    written = cast(bytes, _run(files, _inputs(title, author, language), on=on, pdf=True))
    if len(written) > LARGE:
        forget_compilations()
    return written


def forget_compilations() -> None:
    """Empty documents until nothing of the former ones is kept, some 50 ms; then the memory goes back to the system
    where its library can be asked to (glibc).
    """
    for _turn in range(KEPT_COMPILATIONS + 1):
        typst.compile(b"", font_paths=_fonts(), ignore_system_fonts=True, format="svg")
    give_back = getattr(ctypes.CDLL(None), "malloc_trim", None)
    if give_back is not None:
        give_back(0)


def render_pages(
    source: str,
    *,
    data: Mapping[str, object],
    images: Mapping[str, bytes] | None = None,
    title: str,
    language: Language = "es",
    ppi: float = 110,
    translate: Callable[[str], str] = str,
) -> list[bytes]:
    """The same document as one PNG per page, for previews and for looking at it in tests."""
    files = _files(source, data, images or {}, language, translate)
    pages = _run(files, _inputs(title, "", language), ppi=ppi)
    return [pages] if isinstance(pages, bytes) else pages


def svg_to_png(svg: str, *, ppi: float = 192) -> bytes:
    """A chart as PNG, for documents that cannot carry SVG (DOCX). 96 px of the chart are one inch."""
    pages = _run({"main.typ": _ONE_IMAGE.encode(), "chart.svg": svg.encode()}, {}, ppi=ppi)
    return pages if isinstance(pages, bytes) else pages[0]


def fonts() -> typst.Fonts:
    """The vendored fonts and no other, loaded once per process."""
    return _fonts()


@cache
def _fonts() -> typst.Fonts:
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[_HERE / "fonts"])


@cache
def _library() -> bytes:
    return (_HERE / "typst" / "rumbo.typ").read_bytes()


def _inputs(title: str, author: str, language: Language) -> dict[str, str]:
    title, author = printable(title), printable(author)
    return {"title": title, "author": author, "language": language, "region": {"es": "MX", "en": "US"}[language]}


def _files(
    source: str,
    data: Mapping[str, object],
    images: Mapping[str, bytes],
    language: Language,
    translate: Callable[[str], str],
) -> dict[str, bytes]:
    try:
        encoded = json.dumps(printable_data(data), ensure_ascii=False, allow_nan=False).encode()
    except (TypeError, ValueError) as reason:
        raise RenderingError(f"the data of the document cannot be written as JSON: {reason}") from reason
    return {
        **{name.lstrip("/"): _drawable(name, content) for name, content in images.items()},
        "main.typ": _MAIN.encode(),
        "document.typ": source.encode(),
        "data.json": encoded,
        "words.json": json.dumps(document_words(language, translate), ensure_ascii=False).encode(),
        "rumbo.typ": _library(),
    }


def _drawable(name: str, content: bytes) -> bytes:
    """A drawing's words are set in the same fonts as the text. The compiler takes files that are text alone."""
    try:
        text = content.decode()
    except UnicodeDecodeError as reason:
        raise RenderingError(f"«{name}» is not text: a picture goes as pictures.drawing_of_png gives it") from reason
    return printable(text).encode() if name.endswith(".svg") else content


def _run(
    files: dict[str, bytes],
    inputs: dict[str, str],
    *,
    on: date | None = None,
    pdf: bool = False,
    ppi: float = 110,
) -> bytes | list[bytes]:
    stamp = None if on is None else datetime(on.year, on.month, on.day, tzinfo=UTC)
    try:
        return typst.compile(
            # the wheel takes several files in memory; its type stub does not say so yet
            cast(bytes, files),
            font_paths=_fonts(),
            ignore_system_fonts=True,
            sys_inputs=inputs,
            timestamp=stamp,
            format="pdf" if pdf else "png",
            pdf_standards=list(STANDARDS) if pdf else [],
            ppi=None if pdf else ppi,
        )
    except typst.TypstError as reason:
        raise RenderingError(reason.message, reason.diagnostic, reason.hints) from reason
