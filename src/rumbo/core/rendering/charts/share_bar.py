"""A whole divided in its parts, as one bar: lights or classes of a set of goals."""

from collections.abc import Sequence
from dataclasses import dataclass

from rumbo.core.rendering.charts.hatches import class_box, light_box
from rumbo.core.rendering.charts.layout import WIDE, Layout
from rumbo.core.rendering.charts.light_mark import light_shape
from rumbo.core.rendering.charts.palette import SCREEN, Palette
from rumbo.core.rendering.charts.svg import Drawing, element, text_width
from rumbo.core.rendering.text import integer
from rumbo.core.vocabulary.light import Light
from rumbo.core.vocabulary.performance_class import PerformanceClass

_BAR = 22.0


@dataclass(frozen=True, slots=True)
class Share:
    """One part: how many, its word as it must be printed, and the light or class that gives it its look."""

    count: int
    label: str
    kind: Light | PerformanceClass


def share_bar(
    parts: Sequence[Share],
    *,
    title: str,
    desc: str = "",
    legend: bool = True,
    layout: Layout = WIDE,
    palette: Palette = SCREEN,
    ident: str | None = None,
) -> str:
    """An SVG, parts in the order given; parts of zero keep their place in the legend."""
    drawing = Drawing("share-bar", title, desc, layout, palette, ident)
    total = sum(part.count for part in parts)
    x = 0.5
    if total == 0:
        drawing.add(element("rect", x=0.5, y=0.5, width=layout.width - 1, height=_BAR, fill=palette.track))
    for part in parts:
        if not part.count:
            continue
        width = (layout.width - 1) * part.count / total
        drawing.add(_box(part.kind, x, 0.5, max(width - 2.5, 1), _BAR, palette))
        x += width
    height = _draw_legend(drawing, parts) if legend else 0.0
    return drawing.close(_BAR + 1 + height)


def _box(kind: Light | PerformanceClass, x: float, y: float, width: float, height: float, palette: Palette) -> str:
    if isinstance(kind, PerformanceClass):
        return class_box(kind, x, y, width, height, palette)
    return light_box(kind, x, y, width, height, palette)


def _draw_legend(drawing: Drawing, parts: Sequence[Share]) -> float:
    size, x, y = drawing.layout.small, 0.0, _BAR + 9
    for part in parts:
        count = integer(part.count)
        number_width = text_width(count, size, bold=True) + 5
        width = 18 + number_width + text_width(part.label, size) + 18
        if x and x + width - 18 > drawing.layout.width:
            x, y = 0.0, y + size + 8
        if isinstance(part.kind, Light):
            drawing.add(light_shape(part.kind, x + 6.5, y + 7.5, 13, drawing.palette))
        else:
            drawing.add(_box(part.kind, x + 0.5, y + 1.5, 12, 12, drawing.palette))
        drawing.label(count, x + 18, y + 12, fill=drawing.palette.ink, font_weight="bold")
        drawing.label(part.label, x + 18 + number_width, y + 12, fill=drawing.palette.ink)
        x += width
    return y + size + 8 - _BAR
