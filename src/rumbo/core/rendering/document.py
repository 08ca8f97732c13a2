"""The one-page letter (oficio) that accompanies a delivery, as DOCX: whoever signs may still change a word."""

import io
from collections.abc import Sequence
from datetime import date, datetime

import docx
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from docx.text.paragraph import Paragraph

from rumbo.core.rendering.packing import repacked
from rumbo.core.rendering.printable import legal
from rumbo.core.rendering.text import Language, long_date
from rumbo.core.vocabulary.marking import N_

ANNEXES = N_("Anexos")
REGARDS = N_("Atentamente")
NUMBER = N_("Oficio núm.")
SUBJECT = N_("Asunto")
PRESENT = N_("Presente")

_FONT = "Arial"  # the reader's machine has it; a DOCX does not carry its fonts
_LOCALES = {"es": "es-MX", "en": "en-US"}


def letter(
    *,
    on: date,
    place: str,
    number: str,
    subject: str,
    addressee: Sequence[str],
    paragraphs: Sequence[str],
    signatory: Sequence[str],
    annexes: Sequence[str] = (),
    copies: Sequence[str] = (),
    institution: str = "",
    banner: str | None = None,
    language: Language = "es",
    labels: tuple[str, str, str, str, str] = (NUMBER, SUBJECT, PRESENT, REGARDS, ANNEXES),
) -> bytes:
    """A DOCX on carta paper. `addressee` and `signatory` are lines (posts, not names); `on` dates letter and file.

    `labels`: translated words for number, subject, «Presente», «Atentamente» and «Anexos».
    """
    number_word, subject_word, present_word, regards_word, annexes_word = labels
    document = docx.Document()
    _prepare(document, subject, institution, on, language)
    if banner:
        _line(document, banner, bold=True, align=WD_ALIGN_PARAGRAPH.CENTER, size=9)
    if institution:
        _line(document, institution, bold=True, after=10)
    right = WD_ALIGN_PARAGRAPH.RIGHT
    _line(document, f"{place}, {_in_words(on, language)}", align=right)
    _line(document, f"{number_word} {number}", align=right, bold=True)
    _line(document, f"{subject_word}: {subject}", align=right, after=16)
    for text in addressee:
        _line(document, text, bold=True)
    _line(document, present_word, after=12)
    for text in paragraphs:
        _line(document, text, align=WD_ALIGN_PARAGRAPH.JUSTIFY, after=8, spacing=1.15)
    if annexes:
        _line(document, f"{annexes_word}:", bold=True, before=4)
        for index, text in enumerate(annexes, start=1):
            _line(document, f"{index}. {text}", indent=8)
    _line(document, regards_word, before=16, after=46, keep=True)
    for index, text in enumerate(signatory):
        _line(document, text, bold=index == 0, keep=index < len(signatory) - 1)
    for index, text in enumerate(copies):
        _line(document, f"c.c.p. {text}", size=8, before=12 if index == 0 else 0)
    target = io.BytesIO()
    document.save(target)
    return repacked(target.getvalue())


def _in_words(on: date, language: Language) -> str:
    return f"a {long_date(on)}" if language == "es" else long_date(on, language=language)


def _prepare(document: docx.document.Document, subject: str, institution: str, on: date, language: Language) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Mm(216), Mm(279)
    section.left_margin, section.right_margin = Mm(25), Mm(20)
    section.top_margin, section.bottom_margin = Mm(22), Mm(20)
    style = document.styles["Normal"]
    style.font.name, style.font.size = _FONT, Pt(10.5)
    style.paragraph_format.space_after = Pt(0)
    speech = OxmlElement("w:lang")
    speech.set(qn("w:val"), _LOCALES[language])
    style.element.get_or_add_rPr().append(speech)
    moment = datetime(on.year, on.month, on.day)  # noqa: DTZ001  (the format keeps no zone)
    properties = document.core_properties
    properties.title, properties.author, properties.language = legal(subject), legal(institution), _LOCALES[language]
    properties.created = properties.modified = moment
    properties.last_modified_by, properties.comments, properties.revision = legal(institution), "", 1


def _line(
    document: docx.document.Document,
    text: str,
    *,
    bold: bool = False,
    align: WD_ALIGN_PARAGRAPH | None = None,
    size: float | None = None,
    before: float = 0,
    after: float = 0,
    indent: float = 0,
    spacing: float | None = None,
    keep: bool = False,
) -> Paragraph:
    paragraph = document.add_paragraph()
    run = paragraph.add_run(legal(text))
    run.bold = bold
    if size is not None:
        run.font.size = Pt(size)
    layout = paragraph.paragraph_format
    layout.alignment, layout.keep_with_next = align, keep
    layout.space_before, layout.space_after = Pt(before), Pt(after)
    layout.left_indent = Mm(indent)
    if spacing is not None:
        layout.line_spacing = spacing
    return paragraph
