"""Patterns that tell classes and lights apart when a page is photocopied in black and white."""

from rumbo.core.rendering.charts.svg import Drawing, element
from rumbo.core.vocabulary.light import Light
from rumbo.core.vocabulary.performance_class import PerformanceClass

_WHITE = "#ffffff"


def class_fill(drawing: Drawing, performance: PerformanceClass) -> str:
    """Solid, white diagonals, dots, cross-hatch, empty: from achieved to unclassified."""
    colour = drawing.palette.classes[performance]
    match performance:
        case PerformanceClass.GOOD:
            return _pattern(drawing, "good", colour, _diagonal(_WHITE, 1.0))
        case PerformanceClass.FAIR:
            return _pattern(drawing, "fair", colour, _dots(drawing.palette.classes[PerformanceClass.ACHIEVED]))
        case PerformanceClass.POOR:
            return _pattern(drawing, "poor", _WHITE, _cross(colour))
        case _:
            return colour


def light_fill(drawing: Drawing, light: Light) -> str:
    """Plain colour on the screen; hatched by light where the palette asks for it (paper)."""
    colour = drawing.palette.lights[light]
    if not drawing.palette.hatched:
        return colour
    match light:
        case Light.AMBER:
            return _pattern(drawing, "amber", colour, _diagonal(_WHITE, 1.3))
        case Light.RED:
            return _pattern(drawing, "red", _WHITE, _cross(colour))
        case _:
            return colour


def _pattern(drawing: Drawing, name: str, ground: str, marks: str) -> str:
    tile = element("rect", width=6.0, height=6.0, fill=ground) + marks
    return drawing.define(
        name, element("pattern", tile, id="{id}", width=6.0, height=6.0, patternUnits="userSpaceOnUse")
    )


def _diagonal(colour: str, width: float) -> str:
    # the two corner strokes make the line continuous from tile to tile
    return element("path", d="M-1 7L7-1M-1 1L1-1M5 7L7 5", stroke=colour, stroke_width=width, fill="none")


def _cross(colour: str) -> str:
    both = "M-1 7L7-1M-1 1L1-1M5 7L7 5M-1-1L7 7M-1 5L1 7M5-1L7 1"
    return element("path", d=both, stroke=colour, stroke_width=1.5, fill="none")


def _dots(colour: str) -> str:
    return element("circle", cx=1.5, cy=1.5, r=0.9, fill=colour) + element("circle", cx=4.5, cy=4.5, r=0.9, fill=colour)
