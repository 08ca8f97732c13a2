"""One bar in the height of a line of text, with a mark: beside its figure, in a table."""

from rumbo.core.rendering.charts.hatches import light_box
from rumbo.core.rendering.charts.palette import SCREEN, Palette
from rumbo.core.rendering.charts.svg import coordinate, element
from rumbo.core.vocabulary.light import Light


def meter(
    value: float | None,
    mark: float | None = None,
    *,
    light: Light | None = None,
    maximum: float = 100.0,
    width: float = 132,
    height: float = 16,
    palette: Palette = SCREEN,
) -> str:
    """A small `<svg>` without words: decoration of the figure beside it. A value over `maximum` ends in notches."""
    middle, pieces = height / 2, []
    pieces.append(element("rect", y=middle - 4, width=width, height=8, fill=palette.track, class_="track"))
    if value is not None and value == value and value > 0:
        long = max(width * min(value / maximum, 1.0), 1.5)
        if light is None:
            pieces.append(element("rect", y=middle - 4, width=long, height=8, fill=palette.accent, class_="bar"))
        else:
            pieces.append(light_box(light, 0.5, middle - 3.5, max(long - 1, 0.5), 7, palette))
        if value > maximum:
            notch = f"M{coordinate(width - 10)} {coordinate(middle - 4)}l3 4l-3 4m4-8l3 4l-3 4"
            pieces.append(element("path", d=notch, fill="none", stroke=palette.surface, stroke_width=1.5))
    if mark is not None and mark == mark:
        at = min(max(width * mark / maximum, 1.2), width - 1.2)
        level = f"M{coordinate(at)} 0V{coordinate(height)}"
        pieces.append(element("path", d=level, stroke=palette.surface, stroke_width=4.4))
        pieces.append(element("path", d=level, stroke=palette.ink, stroke_width=2, class_="target"))
    return element(
        "svg",
        "".join(pieces),
        xmlns="http://www.w3.org/2000/svg",
        class_="chart meter",
        viewBox=f"0 0 {coordinate(width)} {coordinate(height)}",
        width=width,
        height=height,
        aria_hidden="true",
    )
