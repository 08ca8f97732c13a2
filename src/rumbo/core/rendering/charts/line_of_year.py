"""Achieved against programmed through the year, with the projection to its end."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from rumbo.core.rendering.charts.layout import WIDE, Layout
from rumbo.core.rendering.charts.palette import SCREEN, Palette
from rumbo.core.rendering.charts.scale import known_values, month_labels, round_ticks, tick_label, value_label
from rumbo.core.rendering.charts.svg import Drawing, coordinate, element, text_width
from rumbo.core.rendering.text import Language
from rumbo.core.vocabulary.marking import N_

LINE_LABELS = (N_("Realizado"), N_("Programado"), N_("Proyección"))
type Series = Sequence[float | None]


@dataclass(frozen=True, slots=True)
class _Frame:
    left: float
    right: float
    top: float
    bottom: float
    low: float
    high: float
    slots: int

    def x(self, slot: int) -> float:
        return self.left + (self.right - self.left) * slot / max(self.slots - 1, 1)

    def y(self, value: float) -> float:
        return self.bottom - (self.bottom - self.top) * (value - self.low) / (self.high - self.low)


def line_of_year(
    *,
    title: str,
    desc: str = "",
    achieved: Series,
    programmed: Series,
    projection: Series | None = None,
    unit: str = "%",
    decimals: int | None = None,
    labels: Sequence[str] = LINE_LABELS,
    periods: Sequence[str] | None = None,
    first_month: int = 1,
    language: Language = "es",
    layout: Layout = WIDE,
    palette: Palette = SCREEN,
    ident: str | None = None,
) -> str:
    """An SVG. Series are one value per period (None where there is none), all as long as `programmed`.

    `unit` «%» writes values as percentages; any other text is written after the numbers of the axis title only.
    `labels`: words for achieved, programmed and projection. `periods` replaces the month names.
    """
    drawing = Drawing("line-of-year", title, desc, layout, palette, ident)
    names = list(periods) if periods is not None else month_labels(len(programmed), first_month, language)
    values = known_values(achieved, programmed, projection)
    ticks = round_ticks(min(0.0, *values, 0.0), max([*values, 0.0]))
    marks = [tick_label(tick, unit, language) for tick in ticks]
    last_label = max(text_width(label, layout.small, bold=True) for label in (*labels, "100.0 %"))
    frame = _Frame(
        left=max(text_width(mark, layout.small) for mark in marks) + 10,
        right=layout.width - last_label - 14,
        top=layout.small + (12 if unit != "%" and unit else 4),
        bottom=(230 if layout.narrow else 250),
        low=ticks[0],
        high=ticks[-1],
        slots=len(names),
    )
    _draw_grid(drawing, frame, list(zip(ticks, marks, strict=True)), names, unit)
    _draw_area(drawing, frame, achieved)
    _draw_series(drawing, frame, programmed, "programmed", palette.programmed, width=1.8, dash="5 4")
    if projection is not None:
        _draw_series(drawing, frame, projection, "projection", palette.accent, width=1.8, dash="1.5 4", cap="round")
    _draw_series(drawing, frame, achieved, "achieved", palette.accent, width=2.8)
    _draw_points(drawing, frame, achieved)
    _draw_end_labels(drawing, frame, _ends(achieved, programmed, projection, labels, palette), unit, decimals, language)
    return drawing.close(frame.bottom + layout.small + 12)


@dataclass(slots=True)
class _End:
    slot: int
    value: float
    name: str
    colour: str
    y: float = 0.0


def _draw_grid(drawing: Drawing, frame: _Frame, ticks: list[tuple[float, str]], names: list[str], unit: str) -> None:
    small, palette = drawing.layout.small, drawing.palette
    for tick, mark in ticks:
        y = frame.y(tick)
        colour = palette.muted if tick == 0 else palette.grid
        drawing.add(element("path", d=_level(frame, y), stroke=colour, stroke_width=1, class_="grid"))
        drawing.label(mark, frame.left - 8, y + small * 0.35, text_anchor="end")
    if unit and unit != "%":
        drawing.label(unit, 0, small - 2)
    every = 1 if (frame.right - frame.left) / max(len(names) - 1, 1) > small * 2.1 else 2
    for slot, name in enumerate(names):
        # every second name on the telephone, always keeping the first
        if slot % every == 0:
            drawing.label(name, frame.x(slot), frame.bottom + small + 6, text_anchor="middle")


def _level(frame: _Frame, y: float) -> str:
    return f"M{coordinate(frame.left)} {coordinate(y)}H{coordinate(frame.right)}"


def _runs(frame: _Frame, series: Series) -> list[list[tuple[float, float]]]:
    """Unbroken stretches: a month without data breaks the line, it is not drawn as zero."""
    runs: list[list[tuple[float, float]]] = [[]]
    for slot, value in enumerate(series[: frame.slots]):
        if value is None or value != value:
            if runs[-1]:
                runs.append([])
        else:
            runs[-1].append((frame.x(slot), frame.y(value)))
    return [run for run in runs if run]


def _path(points: list[tuple[float, float]]) -> str:
    return "M" + "L".join(f"{coordinate(x)} {coordinate(y)}" for x, y in points)


def _draw_area(drawing: Drawing, frame: _Frame, achieved: Series) -> None:
    floor = coordinate(frame.y(max(frame.low, 0.0)))
    for run in _runs(frame, achieved):
        if len(run) > 1:
            d = f"{_path(run)}V{floor}H{coordinate(run[0][0])}Z"
            drawing.add(element("path", d=d, fill=drawing.palette.accent_soft, class_="area"))


def _draw_series(
    drawing: Drawing,
    frame: _Frame,
    series: Series,
    name: str,
    colour: str,
    *,
    width: float,
    dash: str | None = None,
    cap: str | None = None,
) -> None:
    for run in _runs(frame, series):
        drawing.add(
            element(
                "path",
                d=_path(run),
                fill="none",
                stroke=colour,
                stroke_width=width,
                stroke_dasharray=dash,
                stroke_linecap=cap,
                stroke_linejoin="round",
                class_=name,
            )
        )


def _draw_points(drawing: Drawing, frame: _Frame, series: Series) -> None:
    palette = drawing.palette
    for run in _runs(frame, series):
        for x, y in run:
            drawing.add(
                element("circle", cx=x, cy=y, r=3.2, fill=palette.surface, stroke=palette.accent, stroke_width=2)
            )


def _last(series: Series | None, slots: int) -> tuple[int, float] | None:
    found = [(i, v) for i, v in enumerate((series or ())[:slots]) if v is not None and v == v]
    return found[-1] if found else None


def _ends(
    achieved: Series, programmed: Series, projection: Series | None, labels: Sequence[str], palette: Palette
) -> list[_End]:
    slots = len(programmed)
    ends = []
    for series, name, colour in zip(
        (achieved, programmed, projection), labels, (palette.accent, palette.programmed, palette.accent), strict=True
    ):
        last = _last(series, slots)
        if last is not None:
            ends.append(_End(*last, name, colour))
    return ends


def _draw_end_labels(
    drawing: Drawing, frame: _Frame, ends: list[_End], unit: str, decimals: int | None, language: Language
) -> None:
    """Name and value in two lines: at the right edge for lines that reach it, else under the last point."""
    size = drawing.layout.small
    at_edge = sorted((e for e in ends if e.slot == frame.slots - 1), key=lambda end: -end.value)
    for end in at_edge:
        end.y = frame.y(end.value) + size * 0.2
    for upper, lower in pairwise(at_edge):
        lower.y = max(lower.y, upper.y + size * 2.5)
    overflow = max((end.y + size for end in at_edge), default=0) - frame.bottom
    for end in at_edge:
        _write_end(drawing, end, frame.right + 9, end.y - max(overflow, 0), "start", unit, decimals, language)
    for end in ends:
        if end.slot < frame.slots - 1:
            room_below = frame.bottom - frame.y(end.value)
            y = frame.y(end.value) + size * 1.7 if room_below > size * 3.4 else frame.y(end.value) - size * 2.2
            # next to the last month the words go to the left: on the right are those of the lines that reach the edge
            late = end.slot >= frame.slots - 2
            anchor, shift = ("end", -8.0) if late else ("start", 7.0 if end.slot < frame.slots / 2 else 9.0)
            _write_end(drawing, end, frame.x(end.slot) + shift, y, anchor, unit, decimals, language)


def _write_end(
    drawing: Drawing, end: _End, x: float, y: float, anchor: str, unit: str, decimals: int | None, language: Language
) -> None:
    size = drawing.layout.small
    value = value_label(end.value, unit, decimals, language)
    drawing.label(end.name, x, y, fill=end.colour, text_anchor=anchor, halo=True)
    drawing.label(value, x, y + size * 1.2, fill=end.colour, text_anchor=anchor, font_weight="bold", halo=True)
