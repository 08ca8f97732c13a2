"""Colours of the charts. Values, not CSS variables: the same string is drawn in the page and in the PDF."""

from dataclasses import dataclass, field, replace
from typing import Self

from rumbo.core.vocabulary.light import Light
from rumbo.core.vocabulary.performance_class import PerformanceClass

# Contrast on white of each light is at least 4.5:1, so the same colour serves for shapes and for words.
_LIGHTS = {
    Light.GREEN: "#1c7548",
    Light.AMBER: "#96610a",
    Light.RED: "#b3261e",
    Light.NO_DATA: "#5c6770",
    Light.NOT_SCHEDULED: "#5c6770",
    Light.NOT_COMPUTABLE: "#5c6770",
    Light.NOT_DUE: "#5c6770",
}
# Ordered by darkness, so a grey photocopy keeps the order; hatches tell them apart besides.
_CLASSES = {
    PerformanceClass.ACHIEVED: "#14505c",
    PerformanceClass.GOOD: "#4c8c98",
    PerformanceClass.FAIR: "#b9d3d8",
    PerformanceClass.POOR: "#b4643c",
    PerformanceClass.NONE: "#ffffff",
}


@dataclass(frozen=True, slots=True)
class Palette:
    """Neutral graphite and petrol by default; an institution replaces `accent` (contrast ≥ 4.5:1 on `surface`)."""

    ink: str = "#20272d"
    muted: str = "#58636c"
    grid: str = "#dfe4e8"
    track: str = "#e9edf0"
    surface: str = "#ffffff"
    accent: str = "#17596a"
    accent_soft: str = "#e3eef0"
    programmed: str = "#454f58"
    lights: dict[Light, str] = field(default_factory=lambda: dict(_LIGHTS))
    classes: dict[PerformanceClass, str] = field(default_factory=lambda: dict(_CLASSES))
    # Hatches bars by their light as well; on paper, where colour may be lost.
    hatched: bool = False
    font: str = "Noto Sans, system-ui, sans-serif"

    def for_print(self) -> Self:
        return replace(self, hatched=True, font="Noto Sans")


SCREEN = Palette()
PRINT = SCREEN.for_print()
