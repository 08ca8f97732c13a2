"""Charts as SVG strings: rows in, one `<svg>` out, the same for the page and for the PDF.

Every chart takes `title` (what a screen reader says), `desc`, `layout` (WIDE, NARROW, PAPER), `palette` (SCREEN, PRINT)
and `ident` (makes ids unique when equal charts share a page).
"""

from rumbo.core.rendering.charts.bars_against_target import BarRow, bars_against_target
from rumbo.core.rendering.charts.bullet import bullet
from rumbo.core.rendering.charts.calendar_strip import calendar_strip
from rumbo.core.rendering.charts.layout import NARROW, PAPER, WIDE, Layout
from rumbo.core.rendering.charts.light_mark import light_mark, light_shape
from rumbo.core.rendering.charts.line_of_year import LINE_LABELS, line_of_year
from rumbo.core.rendering.charts.meter import meter
from rumbo.core.rendering.charts.palette import PRINT, SCREEN, Palette
from rumbo.core.rendering.charts.share_bar import Share, share_bar
from rumbo.core.rendering.charts.sparkline import sparkline
from rumbo.core.rendering.charts.stacked_classes import CLASS_ORDER, ClassCounts, stacked_classes

__all__ = [
    "CLASS_ORDER",
    "LINE_LABELS",
    "NARROW",
    "PAPER",
    "PRINT",
    "SCREEN",
    "WIDE",
    "BarRow",
    "ClassCounts",
    "Layout",
    "Palette",
    "Share",
    "bars_against_target",
    "both_layouts",
    "bullet",
    "calendar_strip",
    "light_mark",
    "light_shape",
    "line_of_year",
    "meter",
    "share_bar",
    "sparkline",
    "stacked_classes",
]


def both_layouts(wide: str, narrow: str) -> str:
    """The same chart twice for a page: `.chart-wide` and `.chart-narrow`, of which the style sheet shows one."""
    return f'<div class="chart-wide">{wide}</div><div class="chart-narrow">{narrow}</div>'
