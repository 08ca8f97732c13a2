"""Twelve months in the height of a line of text."""

from collections.abc import Sequence

from rumbo.core.rendering.charts.layout import Layout
from rumbo.core.rendering.charts.palette import SCREEN, Palette
from rumbo.core.rendering.charts.scale import known_values
from rumbo.core.rendering.charts.svg import Attributes, Drawing, coordinate, element


def sparkline(
    values: Sequence[float | None],
    *,
    title: str,
    desc: str = "",
    reference: float | None = None,
    width: float = 96,
    height: float = 24,
    palette: Palette = SCREEN,
    ident: str | None = None,
) -> str:
    """An SVG without words. Months without data break the line; `reference` draws a level (100 for compliance)."""
    drawing = Drawing("sparkline", title, desc, Layout("spark", width, 11, 11), palette, ident)
    found = known_values(values, [reference])
    low, high = min(found, default=0.0), max(found, default=1.0)
    span = (high - low) or 1.0

    def place(slot: int, value: float) -> str:
        x = 3 + (width - 6) * slot / max(len(values) - 1, 1)
        y = (height - 4) - (height - 8) * (value - low) / span if high > low else height / 2
        return f"{coordinate(x)} {coordinate(y)}"

    if reference is not None:
        y = place(0, reference).split()[1]
        level = f"M0 {y}H{coordinate(width)}"
        drawing.add(element("path", d=level, stroke=palette.muted, stroke_width=1, stroke_dasharray="2 2"))
    path, pen_down, last = "", False, ""
    for slot, value in enumerate(values):
        if value is None or value != value:
            pen_down = False
            continue
        last = place(slot, value)
        # a lone month between two without data is drawn as a point by its round cap
        path += f"L{last}" if pen_down else f"M{last}h0"
        pen_down = True
    if path:
        line: Attributes = {"fill": "none", "stroke": palette.accent, "stroke_width": 1.8}
        drawing.add(element("path", d=path, stroke_linejoin="round", stroke_linecap="round", **line))
        x, y = last.split()
        drawing.add(element("circle", cx=float(x), cy=float(y), r=2.6, fill=palette.accent, class_="last"))
    return drawing.close(height)
