"""The shape of each light: circle, triangle, square, dashed circle, dash, slashed circle, dot."""

from rumbo.core.rendering.charts.layout import Layout
from rumbo.core.rendering.charts.palette import SCREEN, Palette
from rumbo.core.rendering.charts.svg import Drawing, coordinate, element
from rumbo.core.vocabulary.light import Light


def light_mark(
    light: Light, *, title: str = "", size: float = 14, palette: Palette = SCREEN, ident: str | None = None
) -> str:
    """A small `<svg>`. With `title` it speaks for itself; without, it is decoration of the word beside it."""
    shape = light_shape(light, size / 2, size / 2, size, palette)
    if title:
        drawing = Drawing("light-mark", title, "", Layout("mark", size, 11, 11), palette, ident)
        drawing.add(shape)
        return drawing.close(size)
    return element(
        "svg",
        shape,
        xmlns="http://www.w3.org/2000/svg",
        class_="chart light-mark",
        viewBox=f"0 0 {coordinate(size)} {coordinate(size)}",
        width=size,
        height=size,
        aria_hidden="true",
    )


def light_shape(light: Light, x: float, y: float, size: float, palette: Palette = SCREEN) -> str:
    """The shape centred at (x, y), `size` px high, to be placed inside another chart."""
    colour, name, half = palette.lights[light], f"light-{light.key.replace('_', '-')}", size * 0.44
    match light:
        case Light.GREEN:
            return element("circle", cx=x, cy=y, r=half * 0.95, fill=colour, class_=name)
        case Light.AMBER:
            top, base, side = y - half, y + half * 0.85, half * 1.08
            path = (
                f"M{coordinate(x)} {coordinate(top)}L{coordinate(x + side)} {coordinate(base)}H{coordinate(x - side)}Z"
            )
            return element("path", d=path, fill=colour, class_=name)
        case Light.RED:
            edge = half * 0.85
            return element("rect", x=x - edge, y=y - edge, width=edge * 2, height=edge * 2, fill=colour, class_=name)
        case Light.NO_DATA:
            gap = coordinate(half * 0.62)
            return _ring(x, y, size, colour, class_=name, stroke_dasharray=f"{gap} {gap}")
        case Light.NOT_COMPUTABLE:
            reach = half * 0.6
            slash = f"M{coordinate(x - reach)} {coordinate(y + reach)}L{coordinate(x + reach)} {coordinate(y - reach)}"
            line = element("path", d=slash, stroke=colour, stroke_width=size * 0.11)
            return element("g", _ring(x, y, size, colour) + line, class_=name)
        case Light.NOT_DUE:
            return element("circle", cx=x, cy=y, r=max(size * 0.12, 1), fill=colour, class_=name)
        case Light.NOT_SCHEDULED:
            dash = f"M{coordinate(x - half * 0.8)} {coordinate(y)}H{coordinate(x + half * 0.8)}"
            return element("path", d=dash, stroke=colour, stroke_width=size * 0.13, class_=name)


def _ring(x: float, y: float, size: float, colour: str, **attributes: str) -> str:
    thick = size * 0.115
    return element("circle", cx=x, cy=y, r=size * 0.37, fill="none", stroke=colour, stroke_width=thick, **attributes)
