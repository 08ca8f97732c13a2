"""One bar per goal or area, with a mark where the programme stands today."""

from collections.abc import Sequence
from dataclasses import dataclass

from rumbo.core.rendering.charts.hatches import light_box
from rumbo.core.rendering.charts.layout import WIDE, Layout
from rumbo.core.rendering.charts.light_mark import light_shape
from rumbo.core.rendering.charts.palette import SCREEN, Palette
from rumbo.core.rendering.charts.scale import known, value_label
from rumbo.core.rendering.charts.svg import Drawing, coordinate, element, fitted, text_width
from rumbo.core.rendering.text import Language
from rumbo.core.vocabulary.light import Light

_SHAPE = 12.0


@dataclass(frozen=True, slots=True)
class BarRow:
    """`value` and `target` in the same unit; None is no data. `light` gives shape, colour and hatch of the bar."""

    label: str
    value: float | None
    target: float | None = None
    light: Light | None = None
    code: str = ""


@dataclass(frozen=True, slots=True)
class _Columns:
    label: float
    label_width: float
    bar: float
    bar_width: float
    step: float
    bar_offset: float  # of the bar's middle under the top of its row
    label_offset: float


def bars_against_target(
    rows: Sequence[BarRow],
    *,
    title: str,
    desc: str = "",
    unit: str = "%",
    decimals: int | None = None,
    limit: float | None = None,
    language: Language = "es",
    layout: Layout = WIDE,
    palette: Palette = SCREEN,
    ident: str | None = None,
) -> str:
    """An SVG. `limit`: value of the full width (100 for percentages unless told); a bar beyond it ends in notches."""
    drawing = Drawing("bars-against-target", title, desc, layout, palette, ident)
    values = [value_label(row.value, unit, decimals, language) for row in rows]
    value_width = max((text_width(value, layout.body, bold=True) for value in values), default=0) + 10
    columns = _columns(rows, layout, value_width)
    full = limit if limit is not None else _full(rows, unit)
    for index, (row, value) in enumerate(zip(rows, values, strict=True)):
        _draw_row(drawing, row, value, index * columns.step, columns, full)
    return drawing.close(max(len(rows) * columns.step, 1))


def _full(rows: Sequence[BarRow], unit: str) -> float:
    if unit == "%":
        return 100.0
    return max([v for row in rows for v in (row.value, row.target) if v is not None and v == v] or [1.0]) or 1.0


def _columns(rows: Sequence[BarRow], layout: Layout, value_width: float) -> _Columns:
    shape = _SHAPE + 8 if any(row.light is not None for row in rows) else 0.0
    if layout.narrow:
        # the name above its bar: side by side neither would be readable on a telephone
        return _Columns(shape, layout.width - shape - value_width, 0, layout.width, 44, 31, layout.body + 4)
    longest = max((text_width(_name(row), layout.body) for row in rows), default=0)
    label_width = min(longest, layout.width * 0.44) + 4
    bar = shape + label_width + 10
    return _Columns(shape, label_width, bar, layout.width - bar - value_width, 30, 15, 15 + layout.body * 0.35)


def _name(row: BarRow) -> str:
    return f"{row.code}\u2002{row.label}" if row.code else row.label


def _draw_row(drawing: Drawing, row: BarRow, value: str, top: float, columns: _Columns, full: float) -> None:
    palette, layout = drawing.palette, drawing.layout
    baseline = top + columns.label_offset
    name = _name(row)
    if row.light is not None:
        drawing.add(light_shape(row.light, _SHAPE / 2 + 1, baseline - layout.body * 0.35, _SHAPE, palette))
    cut = fitted(name, columns.label_width, layout.body)
    drawing.label(cut, columns.label, baseline, full=name, fill=palette.ink, font_size=layout.body)
    weight = "bold" if known(row.value) else None
    drawing.label(
        value, layout.width, baseline, fill=palette.ink, font_size=layout.body, text_anchor="end", font_weight=weight
    )
    _draw_bar(drawing, row, top + columns.bar_offset, columns, full)


def _draw_bar(drawing: Drawing, row: BarRow, middle: float, columns: _Columns, full: float) -> None:
    palette = drawing.palette
    x, width = columns.bar, columns.bar_width
    drawing.add(element("rect", x=x, y=middle - 5, width=width, height=10, fill=palette.track, class_="track"))
    if row.value is not None and row.value == row.value and row.value > 0:
        share = min(row.value / full, 1.0)
        long = max(width * share - 1, 0.5)
        if row.light is None:
            drawing.add(element("rect", x=x + 0.5, y=middle - 5, width=long, height=10, fill=palette.accent))
        else:
            drawing.add(light_box(row.light, x + 0.5, middle - 4.5, long, 9, palette))
        if row.value > full:
            # two white notches at the end say that the bar goes on beyond the drawing
            notch = f"M{coordinate(x + width - 12)} {coordinate(middle - 5)}l4 5l-4 5m5-10l4 5l-4 5"
            drawing.add(element("path", d=notch, fill="none", stroke=palette.surface, stroke_width=1.8, class_="over"))
    if row.target is not None and row.target == row.target:
        at = x + width * min(max(row.target / full, 0.0), 1.0)
        at = min(max(at, x + 1.5), x + width - 1.5)
        level = f"M{coordinate(at)} {coordinate(middle - 9)}V{coordinate(middle + 9)}"
        drawing.add(element("path", d=level, stroke=palette.surface, stroke_width=5, class_="target-edge"))
        drawing.add(element("path", d=level, stroke=palette.ink, stroke_width=2.4, class_="target"))
