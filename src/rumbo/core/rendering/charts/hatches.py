"""Boxes whose hatch tells classes and lights apart when a page is photocopied in black and white.

The strokes are drawn one by one inside the box, not as an SVG pattern: tiles show their seams in PDF readers.
"""

from rumbo.core.rendering.charts.palette import Palette
from rumbo.core.rendering.charts.svg import Attributes, coordinate, element, trimmed
from rumbo.core.vocabulary.light import Light
from rumbo.core.vocabulary.performance_class import PerformanceClass

_STEP = 5.0
_WHITE = "#ffffff"
_DASH = "2.5 2"


def class_box(performance: PerformanceClass, x: float, y: float, width: float, height: float, palette: Palette) -> str:
    """Solid, white diagonals, dots, cross-hatch, empty: from achieved to unclassified."""
    colour = palette.classes[performance]
    box = _Box(x, y, width, height)
    match performance:
        case PerformanceClass.GOOD:
            return box.drawn(colour, colour) + box.hatched(box.diagonals(), _WHITE, 1.0)
        case PerformanceClass.FAIR:
            dark = palette.classes[PerformanceClass.ACHIEVED]
            return box.drawn(colour, colour) + box.hatched(box.dots(), dark, 1.5, stroke_linecap="round")
        case PerformanceClass.POOR:
            return box.drawn(_WHITE, colour) + box.hatched(box.crosses(), colour, 1.2)
        case PerformanceClass.NONE:
            return box.drawn(colour, palette.muted, stroke_dasharray=_DASH)
        case _:
            return box.drawn(colour, colour)


def light_box(light: Light, x: float, y: float, width: float, height: float, palette: Palette) -> str:
    """Plain colour on the screen; hatched by light where the palette asks for it (paper). No colour, no fill."""
    colour = palette.lights[light]
    box = _Box(x, y, width, height)
    if not light.is_colour:
        return box.drawn(palette.surface, colour, stroke_dasharray=_DASH)
    if not palette.hatched or light is Light.GREEN:
        return box.drawn(colour, colour)
    if light is Light.AMBER:
        return box.drawn(colour, colour) + box.hatched(box.diagonals(), _WHITE, 1.3)
    return box.drawn(_WHITE, colour) + box.hatched(box.crosses(), colour, 1.3)


class _Box:
    def __init__(self, x: float, y: float, width: float, height: float) -> None:
        self.left, self.top, self.right, self.bottom = x, y, x + width, y + height

    def drawn(self, fill: str, stroke: str, **attributes: str) -> str:
        size: Attributes = {"width": self.right - self.left, "height": self.bottom - self.top}
        return element("rect", x=self.left, y=self.top, fill=fill, stroke=stroke, **size, **attributes)

    def hatched(self, path: str, colour: str, width: float, **attributes: str) -> str:
        if not path:
            return ""
        return element("path", d=path, stroke=colour, stroke_width=width, fill="none", **attributes)

    def diagonals(self) -> str:
        """Lines x + y = c on one grid for the whole drawing, so that neighbouring boxes agree."""
        left, top, right, bottom = self.left, self.top, self.right, self.bottom
        lines = [
            f"M{(a := max(left, c - bottom)):.1f} {c - a:.1f}L{(b := min(right, c - top)):.1f} {c - b:.1f}"
            for c in _steps(left + top, right + bottom)
        ]
        return trimmed("".join(lines))

    def crosses(self) -> str:
        left, top, right, bottom = self.left, self.top, self.right, self.bottom
        lines = [
            f"M{(a := max(left, top - c)):.1f} {c + a:.1f}L{(b := min(right, bottom - c)):.1f} {c + b:.1f}"
            for c in _steps(top - right, bottom - left)
        ]
        return self.diagonals() + trimmed("".join(lines))

    def dots(self) -> str:
        rows: dict[float, str] = {}  # by their shift, of which there are two; «y» where the height goes
        drawn: list[str] = []
        for y in _steps(self.top + 0.8, self.bottom - 0.8, _STEP / 2):
            shift = (y / _STEP * 2 % 2) * _STEP / 2
            if shift not in rows:
                found = _steps(self.left + 0.8, self.right - 0.8, _STEP, shift=shift)
                rows[shift] = "".join([f"M{coordinate(x)} yh0" for x in found])
            drawn.append(rows[shift].replace("y", coordinate(y)))
        return "".join(drawn)


def _steps(start: float, end: float, step: float = _STEP, *, shift: float = 0.0) -> list[float]:
    first, last = int((start - shift) // step) + 1, int((end - shift) // step)
    return [place for index in range(first, last + 1) if (place := index * step + shift) < end]
