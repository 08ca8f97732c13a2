"""Tables of the documents as plain data: columns in millimetres, rows of cells. `tables.typ` draws them."""

from collections.abc import Iterable, Sequence
from typing import Any

from rumbo.core.rendering.text import Number, number
from rumbo.core.vocabulary.light import Light
from rumbo.core.vocabulary.mark import Mark
from rumbo.core.vocabulary.performance_class import PerformanceClass

type Cell = str | dict[str, Any]
type Row = list[Cell] | dict[str, Any]
type Table = dict[str, Any]

CRITICAL = "✱"
SOFT = "\u00ad"
# Where the long words of headers may be cut: the narrow columns of a landscape page leave no other room.
_CUTS = {
    word.replace("-", ""): word.replace("-", SOFT)
    for word in (
        "Progra-mado", "Reali-zado", "Cumpli-miento", "Clasifi-cación", "Cumpli-das", "Defi-ciente", "Semá-foro",
        "Cober-tura", "Proyec-ción", "consecu-tivos", "acumu-lado", "clasifi-car", "desem-peño", "Desem-peño",
        "defi-ciente", "prog-ress", "compro-miso", "Institu-ción", "Compli-ance", "compli-ance", "perfor-mance",
        "Unclassi-fied", "Consecu-tive", "Cumula-tive", "Commit-ment", "commit-ment",
    )
}  # fmt: skip


def column(title: str, width: float, align: str = "left", group: str | None = None) -> dict[str, Any]:
    """`width` in mm; 0 takes what is left."""
    title = " ".join(_CUTS.get(word, word) for word in title.split(" "))
    return {"title": title, "mm": width, "align": align, "group": group}


def table(columns: Sequence[dict[str, Any]], rows: Sequence[Row], **more: Any) -> Table:
    return {"columns": list(columns), "rows": list(rows), **more}


def light(value: Light) -> Cell:
    return {"light": value.key}


def grade(value: PerformanceClass) -> Cell:
    return {"class": value.key or "none"}


def strong(text: str) -> Cell:
    return {"strong": text}


def picture(name: str, alt: str, width: float) -> Cell:
    """A drawing handed over beside the data; `width` in mm."""
    return {"picture": name, "alt": alt, "mm": width}


def spanning(text: str, columns: int) -> Cell:
    """A cell of a total that takes several columns."""
    return {"span": columns, "body": text}


def heading(text: str, level: int = 1, note: str | None = None, drawing: Cell | None = None) -> Row:
    """A heading of rows, which repeats on the next page; `drawing` at its right end."""
    return {"kind": "group", "level": level, "text": text, "note": note, "drawing": drawing}


def remark(text: str) -> Row:
    """A second line of the row above, full width and always on its page."""
    return {"kind": "remark", "text": text}


def total(cells: Sequence[Cell]) -> Row:
    return {"kind": "total", "cells": list(cells)}


def marked(code: str, marks: Mark, *, critical: bool) -> str:
    """The code with its marks after it: «M007 ✱⏱»."""
    symbols = (CRITICAL if critical else "") + "".join(mark.symbol for mark in Mark if mark and mark & marks)
    return f"{code} {symbols}" if symbols else code


def moved(places: int | None) -> str:
    """«▲3», «▼2», «=»; nothing without a place before."""
    if places is None:
        return ""
    if places == 0:
        return "="
    return f"▲{places}" if places > 0 else f"▼{-places}"


def figures(values: Sequence[Number], decimals: int) -> list[str]:
    """Figures of one row, all with the same decimals: those of the indicator, or one where that would hide the value.

    «5» against «6» cannot be 88.1 %; «4.9» against «5.6» can.
    """
    known = [value for value in values if value is not None]
    whole = all(number(value, decimals) == number(value) for value in known) if decimals == 0 else True
    return [number(value, decimals if whole else 1) for value in values]


def room(texts: Iterable[str], least: float, *, size: float = 7.5) -> float:
    """Width in mm of a column of figures set in `size` points: `least`, or what its longest figure needs."""
    return max([least, *(sum(_width(letter) for letter in text) * size * _POINT + _INSETS for text in texts)])


# Advance widths of Noto Sans in ems; a point in mm; the two insets of a cell and a little air.
_POINT, _INSETS = 0.3528, 2.1


def _width(letter: str) -> float:
    return 0.268 if letter in ",. \u00a0" else 0.572
