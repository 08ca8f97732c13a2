"""How many goals were in each class, month by month."""

from collections.abc import Callable, Mapping, Sequence

from rumbo.core.rendering.charts.hatches import class_box
from rumbo.core.rendering.charts.layout import WIDE, Layout
from rumbo.core.rendering.charts.palette import SCREEN, Palette
from rumbo.core.rendering.charts.scale import month_labels, round_ticks, tick_label
from rumbo.core.rendering.charts.svg import Drawing, coordinate, element, text_width
from rumbo.core.rendering.text import Language
from rumbo.core.vocabulary.performance_class import PerformanceClass

type ClassCounts = Mapping[PerformanceClass, int]

# From the base up: what was achieved stands on the axis and can be compared between months.
CLASS_ORDER = (
    PerformanceClass.ACHIEVED,
    PerformanceClass.GOOD,
    PerformanceClass.FAIR,
    PerformanceClass.POOR,
    PerformanceClass.NONE,
)


def stacked_classes(
    months: Sequence[ClassCounts | None],
    *,
    title: str,
    desc: str = "",
    translate: Callable[[str], str] = str,
    periods: Sequence[str] | None = None,
    first_month: int = 1,
    language: Language = "es",
    layout: Layout = WIDE,
    palette: Palette = SCREEN,
    ident: str | None = None,
) -> str:
    """An SVG. A month is its count of goals by class, or None when it has not been evaluated."""
    drawing = Drawing("stacked-classes", title, desc, layout, palette, ident)
    names = list(periods) if periods is not None else month_labels(len(months), first_month, language)
    most = max((sum(month.values()) for month in months if month is not None), default=0)
    ticks = round_ticks(0, max(most, 1))
    if ticks[1] < 1:
        ticks = [0.0, 1.0]
    top = _draw_legend(drawing, translate) + 12
    left = text_width(tick_label(ticks[-1], "", language), layout.small) + 10
    bottom, right = top + 190, layout.width - 2
    for tick in ticks:
        y = bottom - (bottom - top) * tick / ticks[-1]
        colour = palette.muted if tick == 0 else palette.grid
        drawing.add(element("path", d=f"M{coordinate(left)} {coordinate(y)}H{coordinate(right)}", stroke=colour))
        drawing.label(tick_label(tick, "", language), left - 8, y + layout.small * 0.35, text_anchor="end")
    step = (right - left) / max(len(names), 1)
    every = 1 if step > text_width("mmm", layout.small) * 0.8 else 2
    for slot, (name, month) in enumerate(zip(names, months, strict=True)):
        middle = left + step * (slot + 0.5)
        if slot % every == 0:
            drawing.label(name, middle, bottom + layout.small + 5, text_anchor="middle")
        if month is not None:
            _draw_month(drawing, month, middle, step * 0.68, bottom, (bottom - top) / ticks[-1])
    return drawing.close(bottom + layout.small + 11)


def _draw_month(
    drawing: Drawing, month: ClassCounts, middle: float, width: float, bottom: float, per_goal: float
) -> None:
    size = drawing.layout.small
    for performance in CLASS_ORDER:
        count = month.get(performance, 0)
        if not count:
            continue
        height = count * per_goal
        bottom -= height
        drawing.add(class_box(performance, middle - width / 2, bottom, width, height, drawing.palette))
        text = str(count)
        # counts inside the solid class only: over a hatch they could not be read
        if performance is PerformanceClass.ACHIEVED and height > size + 4 and width > text_width(text, size):
            colour = drawing.palette.surface
            drawing.label(text, middle, bottom + height / 2 + size * 0.36, text_anchor="middle", fill=colour)


def _draw_legend(drawing: Drawing, translate: Callable[[str], str]) -> float:
    """Key of the classes in as many lines as needed; gives the height it took."""
    size, x, y = drawing.layout.small, 0.0, 0.0
    for performance in CLASS_ORDER:
        name = translate(performance.plural)
        width = 18 + text_width(name, size) + 16
        if x and x + width - 16 > drawing.layout.width:
            x, y = 0.0, y + size + 8
        drawing.add(class_box(performance, x + 0.5, y + 1.5, 12, 12, drawing.palette))
        drawing.label(name, x + 18, y + 12, fill=drawing.palette.ink)
        x += width
    return y + 16
