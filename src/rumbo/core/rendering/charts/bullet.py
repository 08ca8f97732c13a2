"""One figure against its mark, on bands that say how near it is."""

from collections.abc import Sequence

from rumbo.core.rendering.charts.hatches import light_box
from rumbo.core.rendering.charts.layout import NARROW, Layout
from rumbo.core.rendering.charts.palette import SCREEN, Palette
from rumbo.core.rendering.charts.scale import tick_label
from rumbo.core.rendering.charts.svg import Drawing, coordinate, element
from rumbo.core.rendering.text import Language
from rumbo.core.vocabulary.light import Light

_BAND_GREYS = ("#d3d9de", "#e1e6e9", "#eef1f3")
_BAR = 30.0


def bullet(
    *,
    title: str,
    desc: str = "",
    value: float | None,
    target: float | None,
    bands: Sequence[float] = (),
    maximum: float = 100.0,
    unit: str = "%",
    light: Light | None = None,
    language: Language = "es",
    layout: Layout = NARROW,
    palette: Palette = SCREEN,
    ident: str | None = None,
) -> str:
    """An SVG. `bands` are upper limits of at most three grey bands, ascending; the axis names them and `maximum`."""
    drawing = Drawing("bullet", title, desc, layout, palette, ident)

    def x(amount: float) -> float:
        return 1 + (layout.width - 2) * min(max(amount / maximum, 0.0), 1.0)

    limits = [*[band for band in bands if band < maximum][:2], maximum]
    start = 0.0
    for grey, limit in zip(_BAND_GREYS[-len(limits) :] if bands else (palette.track,), limits, strict=False):
        drawing.add(element("rect", x=x(start), y=0, width=x(limit) - x(start), height=_BAR, fill=grey, class_="band"))
        start = limit
    if value is not None and value == value:
        long = max(x(value) - x(0), 1)
        if light is None:
            drawing.add(element("rect", x=x(0), y=_BAR * 0.3, width=long, height=_BAR * 0.4, fill=palette.accent))
        else:
            drawing.add(light_box(light, x(0), _BAR * 0.3, long, _BAR * 0.4, palette))
    if target is not None and target == target:
        level = f"M{coordinate(x(target))} 3V{coordinate(_BAR - 3)}"
        drawing.add(element("path", d=level, stroke=palette.surface, stroke_width=6))
        drawing.add(element("path", d=level, stroke=palette.ink, stroke_width=3, class_="target"))
    for index, tick in enumerate((0.0, *limits)):
        anchor = "start" if index == 0 else "end" if tick == maximum else "middle"
        drawing.label(tick_label(tick, unit, language), x(tick), _BAR + layout.small + 4, text_anchor=anchor)
    return drawing.close(_BAR + layout.small + 9)
