"""The looks of a workbook: one format per combination, made once."""

from typing import Any

from rumbo.core.rendering.charts.palette import SCREEN
from rumbo.core.vocabulary.light import Light

# Ink and ground of each light; the shape in the cell's text says the same without colour.
LIGHT_LOOKS = {
    Light.GREEN: (SCREEN.lights[Light.GREEN], "#e3f1e9"),
    Light.AMBER: (SCREEN.lights[Light.AMBER], "#fbf0d9"),
    Light.RED: (SCREEN.lights[Light.RED], "#fae3e1"),
    Light.NO_DATA: (SCREEN.lights[Light.NO_DATA], "#f1f3f4"),
    Light.NOT_COMPUTABLE: (SCREEN.lights[Light.NOT_COMPUTABLE], "#f1f3f4"),
}
_HAIRLINE = "#d5dbe0"
_INPUT_GROUND = "#fffbe6"


class Styles:
    def __init__(self, book: Any) -> None:
        self._book = book
        self._made: dict[tuple[object, ...], Any] = {}
        self.title = book.add_format({"bold": True, "font_size": 15, "font_color": SCREEN.ink})
        self.note = book.add_format({"font_size": 9, "font_color": SCREEN.muted})
        self.banner = book.add_format({"bold": True, "font_size": 10, "top": 1, "bottom": 1, "bg_color": "#f1f3f4"})
        self.group = book.add_format(
            {"bold": True, "align": "center", "bottom": 1, "bg_color": "#e9edf0", "font_color": SCREEN.ink}
        )

    def header(self, *, right: bool) -> Any:
        return self._once(
            ("header", right),
            {
                "bold": True,
                "text_wrap": True,
                "valign": "bottom",
                "align": "right" if right else "left",
                "font_color": "#ffffff",
                "bg_color": SCREEN.accent,
            },
        )

    def cell(self, kind: str, decimals: int | None, editable: bool, *, quoted: bool = False) -> Any:
        look: dict[str, object] = {"valign": "top", "bottom": 1, "bottom_color": _HAIRLINE}
        number_format = _number_format(kind, decimals)
        if number_format:
            look |= {"num_format": number_format, "align": "right"}
        else:
            look |= {"text_wrap": True, "num_format": "@" if editable else "General"}
        if kind == "date":
            look |= {"num_format": "dd/mm/yyyy", "align": "center"}
        if editable:
            look |= {"locked": False, "bg_color": _INPUT_GROUND}
        if quoted:
            look |= {"quote_prefix": True}
        return self._once((kind, decimals, editable, quoted), look)

    def light(self, ink: str, ground: str) -> Any:
        return self._once(("light", ink), {"font_color": ink, "bg_color": ground})

    def _once(self, key: tuple[object, ...], look: dict[str, object]) -> Any:
        if key not in self._made:
            self._made[key] = self._book.add_format(look)
        return self._made[key]


def _number_format(kind: str, decimals: int | None) -> str:
    """Negative with a real minus sign; percentages hold 44.3 and are written «44.3 %» with a no-break space."""
    places = {"integer": 0, "number": 2, "percent": 1, "money": 2, "formula": 1}.get(kind)
    if places is None:
        return ""
    places = places if decimals is None else decimals
    digits = "#,##0" + ("." + "0" * places if places else "")
    if kind == "number" and decimals is None:
        digits = "#,##0.0#####"
    after = '"\u00a0%"' if kind == "percent" else ""
    before = '"$"' if kind == "money" else ""
    return f'{before}{digits}{after};"\u2212"{before}{digits}{after}'
