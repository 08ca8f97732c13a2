"""From a document's data to its PDF: the source of its folder, the shared tables and the institution's emblem."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from rumbo.core.rendering.pdf import compile_pdf
from rumbo.core.rendering.pictures import drawing_of_png
from rumbo.foundation.documents import queries as documents
from rumbo.systems.evaluation.reports.frame import EMBLEM, Frame

_HERE = Path(__file__).parent


def typeset(
    frame: Frame, folder: str, title: str, data: Mapping[str, Any], images: Mapping[str, bytes] | None = None
) -> bytes:
    """The PDF of `folder/document.typ`, issued on the frame's day in its voice's language."""
    return compile_pdf(
        (_HERE / folder / "document.typ").read_text(encoding="utf-8"),
        data=data,
        images={**(images or {}), **_emblem(frame), "tables.typ": (_HERE / "tables.typ").read_bytes()},
        on=frame.on,
        title=title,
        language=frame.voice.language,
        author=frame.institution.name,
        translate=frame.voice.translate,
    )


def _emblem(frame: Frame) -> dict[str, bytes]:
    """The picture of its day, as `Frame.data` names it; nothing without one."""
    logo = frame.institution.logo
    return {EMBLEM: drawing_of_png(documents.open_(frame.institution, logo).read())} if logo else {}
