"""Small pieces that pages show: icons, the accent's style sheet, a form's field ready to be read aloud."""

import re
from typing import Any

from django import forms
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from rumbo.core.vocabulary.filling import fill

# Drawn for this program on a grid of 20, stroke of 1.6, without fill.
_ICONS = {
    "alert": "M10 3.2 17.4 16.4H2.6ZM10 8v4M10 14.2h.01",
    "arrow-down": "M10 4v12M5.5 11.5 10 16l4.5-4.5",
    "arrow-left": "M16 10H4M8.5 5.5 4 10l4.5 4.5",
    "arrow-right": "M4 10h12M11.5 5.5 16 10l-4.5 4.5",
    "calendar": "M3.5 5h13v11.5h-13ZM3.5 8.5h13M7 3v4M13 3v4",
    "check": "M4 10.5 8.2 15 16 5.5",
    "chevron": "M5.5 8 10 12.5 14.5 8",
    "clip": "M15.5 9.5 9.6 15.4a3.4 3.4 0 0 1-4.9-4.9l6.3-6.2a2.3 2.3 0 0 1 3.2 3.2L8.1 13.6a1.1 1.1 0 0 1-1.6-1.6l5-5",
    "clock": "M10 3.2a6.8 6.8 0 1 1 0 13.6a6.8 6.8 0 0 1 0-13.6ZM10 6.5V10l2.6 1.8",
    "close": "M5 5l10 10M15 5 5 15",
    "document": "M5 2.8h6.5L15 6.3v10.9H5ZM11.5 2.8v3.5H15M7.5 10h5M7.5 13h5",
    "download": "M10 3v9M6.2 8.4 10 12.2l3.8-3.8M4 16.5h12",
    "edit": "M4 16h3l8.6-8.6-3-3L4 13ZM10.8 6.2l3 3",
    "filter": "M3 5h14l-5.5 6.2v4.3l-3-1.5v-2.8Z",
    "info": "M10 3.2a6.8 6.8 0 1 1 0 13.6a6.8 6.8 0 0 1 0-13.6ZM10 9.2v4.3M10 6.6h.01",
    "link": "M8.5 11.5 11.5 8.5M7 9 5.2 10.8a2.8 2.8 0 0 0 4 4L11 13M9 7l1.8-1.8a2.8 2.8 0 0 1 4 4L13 11",
    "lock": "M5 9h10v7.5H5ZM7 9V6.5a3 3 0 0 1 6 0V9",
    "menu": "M3.5 5.5h13M3.5 10h13M3.5 14.5h13",
    "people": "M7.5 9.2a2.8 2.8 0 1 0 0-5.6a2.8 2.8 0 0 0 0 5.6ZM2.5 16.4c0-2.9 2.2-4.6 5-4.6s5 1.7 5 4.6"
    "M13 9a2.4 2.4 0 1 0-.6-4.6M14.3 12c2 .5 3.2 2 3.2 4.2",
    "plus": "M10 4v12M4 10h12",
    "print": "M6 7.5V3h8v4.5M6 13.5H3.5v-6h13v6H14M6 11.5h8V17H6Z",
    "question": "M10 3.2a6.8 6.8 0 1 1 0 13.6a6.8 6.8 0 0 1 0-13.6ZM8 8.1a2 2 0 1 1 2.9 1.8q-.9.5-.9 1.4M10 13.8h.01",
    "return": "M8 4.5 4 8.5l4 4M4.5 8.5h7a4 4 0 0 1 0 8H8",
    "search": "M9 3.8a5.2 5.2 0 1 1 0 10.4A5.2 5.2 0 0 1 9 3.8ZM12.8 12.8 17 17",
    "shield": "M10 2.8 16 5v4.6c0 3.6-2.4 6.2-6 7.6-3.6-1.4-6-4-6-7.6V5ZM7.3 10l2 2 3.6-3.8",
    "upload": "M10 12.5v-9M6.2 7.2 10 3.4l3.8 3.8M4 16.5h12",
}  # fmt: skip


def icon(name: str, title: str = "") -> SafeString:
    """A 20 × 20 drawing in the colour of the text. Raises KeyError for a name that does not exist."""
    path = mark_safe(_ICONS[name])  # noqa: S308  (constant)
    attributes = format_html('role="img" aria-label="{}"', title) if title else mark_safe('aria-hidden="true"')
    return format_html(
        '<svg class="icon" viewBox="0 0 20 20" width="20" height="20" fill="none" stroke="currentColor" '
        'stroke-width="1.6" stroke-linecap="round" stroke-linejoin="round" focusable="false" {}><path d="{}"/></svg>',
        attributes, path,
    )  # fmt: skip


def icon_names() -> list[str]:
    return sorted(_ICONS)


def filled(value: Any) -> str:
    """Translate first, fill afterwards: the catalogue knows the sentence with its places, not with its data."""
    return fill(value.template, value.params, _)


def dressed(bound: forms.BoundField) -> SafeString:
    """The widget, told of its help and its errors (aria-describedby) and of being wrong (aria-invalid)."""
    described = [f"{bound.auto_id}-help"] if bound.help_text else []
    attributes: dict[str, Any] = {}
    if bound.errors:
        described.insert(0, f"{bound.auto_id}-error")
        attributes["aria-invalid"] = "true"
    if described and "aria-describedby" not in bound.field.widget.attrs:
        attributes["aria-describedby"] = " ".join(described)
    return bound.as_widget(attrs=attributes)


# An institution's colour

DEFAULT_ACCENT = "#1f4e5a"
_HEX = re.compile(r"#?([0-9a-fA-F]{6})")
# WCAG 2.2, 1.4.3: text of 4.5 to 1 on its ground. The accent carries white words and is itself a word on white.
ENOUGH_CONTRAST = 4.5
type Colour = tuple[float, float, float]


def parse_colour(value: str) -> Colour | None:
    """Red, green and blue in 0..1 of «#1f4e5a»; None when it is not a colour."""
    found = _HEX.fullmatch(value.strip())
    if not found:
        return None
    digits = found[1]
    return (int(digits[0:2], 16) / 255, int(digits[2:4], 16) / 255, int(digits[4:6], 16) / 255)


def luminance(colour: Colour) -> float:
    """Relative luminance (WCAG 2.2)."""
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: Colour, other: Colour) -> float:
    """1 to 21."""
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def mixed(colour: Colour, other: Colour, share: float) -> Colour:
    """`share` of `colour`, the rest of `other`."""
    return (
        colour[0] * share + other[0] * (1 - share),
        colour[1] * share + other[1] * (1 - share),
        colour[2] * share + other[2] * (1 - share),
    )


def written(colour: Colour) -> str:
    return "#" + "".join(f"{round(part * 255):02x}" for part in colour)


WHITE: Colour = (1.0, 1.0, 1.0)
BLACK: Colour = (0.0, 0.0, 0.0)


def readable(colour: Colour) -> Colour:
    """The colour, or the first darker shade of it that white words can be read on."""
    while contrast(colour, WHITE) < ENOUGH_CONTRAST:
        colour = mixed(colour, BLACK, 0.9)
    return colour


def accent_sheet(value: str) -> str | None:
    """The style sheet that puts an institution's colour on its pages; None when it is not a colour."""
    colour = parse_colour(value)
    if colour is None:
        return None
    accent = readable(colour)
    return (
        f":root{{--accent:{written(accent)};--accent-strong:{written(mixed(accent, BLACK, 0.78))};"
        f"--accent-soft:{written(mixed(accent, WHITE, 0.1))};--accent-line:{written(mixed(accent, WHITE, 0.35))}}}\n"
    )
