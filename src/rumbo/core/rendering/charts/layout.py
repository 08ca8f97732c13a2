"""Sizes of drawing: wide, narrow (a telephone of 390 px, half a page of paper) and the whole width of a page."""

from dataclasses import dataclass, replace
from typing import Self


@dataclass(frozen=True, slots=True)
class Layout:
    """Sizes in px of the drawing. Shown at its own width nothing is smaller than `small`, which is never under 11."""

    name: str
    width: float
    body: float
    small: float

    @property
    def narrow(self) -> bool:
        return self.width < 480

    def of_width(self, width: float) -> Self:
        """The same letters on another width, for a column that is neither of the two."""
        return replace(self, width=width, name=f"{self.name}-{width:g}")


# 640: shown in a column of 560 px the letters of 13 are still 11.4 px.
WIDE = Layout("wide", 640, 13.5, 13)
# 358: a screen of 390 px less its two margins of 16.
NARROW = Layout("narrow", 358, 12.5, 12)
# 800 over the 176 mm of text of a carta page: letters of 8 pt.
PAPER = Layout("paper", 800, 13.5, 13)
