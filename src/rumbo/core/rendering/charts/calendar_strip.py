"""The programmed of each month as little bars: how a goal is spread over the year."""

from collections.abc import Sequence

from rumbo.core.rendering.charts.layout import Layout
from rumbo.core.rendering.charts.palette import SCREEN, Palette
from rumbo.core.rendering.charts.scale import known_values
from rumbo.core.rendering.charts.svg import Drawing, coordinate, element


def calendar_strip(
    programmed: Sequence[float | None],
    *,
    title: str,
    desc: str = "",
    current: int | None = None,
    width: float = 120,
    height: float = 24,
    palette: Palette = SCREEN,
    ident: str | None = None,
) -> str:
    """An SVG without words. `current`: index of the month to point out; zero and None leave only the base line."""
    drawing = Drawing("calendar-strip", title, desc, Layout("strip", width, 11, 11), palette, ident)
    highest = max(known_values(programmed), default=0.0)
    step, base = width / max(len(programmed), 1), height - 1.5
    for slot, value in enumerate(programmed):
        left = slot * step + step * 0.14
        foot = f"M{coordinate(left)} {coordinate(base + 0.5)}h{coordinate(step * 0.72)}"
        drawing.add(element("path", d=foot, stroke=palette.muted, stroke_width=1))
        if value is None or value != value or value <= 0:
            continue
        tall = max((height - 3) * value / highest, 1)
        fill = palette.accent if slot == current else palette.programmed
        bar = {"x": left, "y": base - tall, "width": step * 0.72, "height": tall}
        drawing.add(element("rect", fill=fill, class_="current" if slot == current else None, **bar))
    return drawing.close(height)
