"""Small pieces of SVG as strings: attributes, escaped text, measured words. No style attributes (strict CSP)."""

from dataclasses import dataclass, field
from functools import cache, lru_cache
from hashlib import blake2s
from html import escape

from rumbo.core.rendering.charts.layout import Layout
from rumbo.core.rendering.charts.palette import Palette

# Advance widths of Noto Sans in thousandths of an em, by kind of letter: enough to place and cut labels.
_NARROW = frozenset("iljtfrI.,:;'|!()[]- ·")
_BROAD = frozenset("mwMW%@—⇧")
_NARROW_EM, _COMMON_EM, _CAPITAL_EM, _BROAD_EM = 310, 575, 660, 900


type Attributes = dict[str, str | float | None]


def coordinate(value: float) -> str:
    """One decimal is a tenth of a pixel; «12», not «12.0»."""
    text = f"{value:.1f}"
    return text[:-2] if text.endswith(".0") else text


def trimmed(path: str) -> str:
    """A path whose numbers were written with `:.1f`, as `coordinate` writes them: all at once, for long hatches."""
    return path.replace(".0 ", " ").replace(".0L", "L").replace(".0M", "M").removesuffix(".0")


SHORT = 12  # colours and words, which are always the same few; paths are each their own
_escaped = lru_cache(maxsize=1_024)(escape)


@cache
def _opening(tag: str, *names: str) -> str:
    """Its beginning, with `%s` where each attribute's value goes."""
    return f"<{tag}" + "".join(f' {name.rstrip("_").replace("_", "-")}="%s"' for name in names)


def element(tag: str, content: str = "", /, **attributes: str | float | None) -> str:
    """`stroke_width=2` becomes `stroke-width="2"`; `class_` becomes `class`. None leaves the attribute out."""
    texts = [
        (_escaped(value) if len(value) < SHORT else escape(value)) if isinstance(value, str) else coordinate(value)
        for value in attributes.values()
        if value is not None
    ]
    if len(texts) != len(attributes):
        attributes = {name: value for name, value in attributes.items() if value is not None}
    opening = _opening(tag, *attributes) % tuple(texts)
    return f"{opening}>{content}</{tag}>" if content else f"{opening}/>"


def words(text: str, x: float, y: float, *, full: str | None = None, **attributes: str | float | None) -> str:
    """A label. `full` is the whole text when the label was cut; it is shown on hover."""
    content = escape(text, quote=False)
    if full is not None and full != text:
        content = f"<title>{escape(full, quote=False)}</title>{content}"
    return element("text", content, x=x, y=y, **attributes)


class _Advances(dict[str, int]):
    """Of each letter that was ever written, in thousandths of an em."""

    def __missing__(self, letter: str) -> int:
        common = _CAPITAL_EM if letter.isupper() else _COMMON_EM
        self[letter] = _NARROW_EM if letter in _NARROW else _BROAD_EM if letter in _BROAD else common
        return self[letter]


_advances = _Advances()


@lru_cache(maxsize=4_096)  # a name is measured to place it and to cut it, wide and narrow, month after month
def _thousandths(text: str) -> int:
    return sum(map(_advances.__getitem__, text))


def text_width(text: str, size: float, *, bold: bool = False) -> float:
    """Estimated width in px, a little generous."""
    return _thousandths(text) / 1000 * size * (1.06 if bold else 1.0)


def fitted(text: str, width: float, size: float) -> str:
    """The text, or its beginning and «…» when it does not fit `width`."""
    if text_width(text, size) <= width:
        return text
    room = (width - text_width("…", size)) * 1000 / size
    kept = 0
    for letter in text:
        room -= _advances[letter]
        if room < 0:
            break
        kept += 1
    return text[:kept].rstrip(" ,;:") + "…"


def wrapped(text: str, width: float, size: float, *, most: int = 2) -> list[str]:
    """At most `most` lines of `width` px; what does not fit the last one is cut with «…»."""
    lines: list[str] = []
    rest = text.split()
    while rest and len(lines) < most - 1:
        taken = 1
        while taken < len(rest) and text_width(" ".join(rest[: taken + 1]), size) <= width:
            taken += 1
        lines.append(fitted(" ".join(rest[:taken]), width, size))
        rest = rest[taken:]
    if rest:
        lines.append(fitted(" ".join(rest), width, size))
    return lines


@dataclass
class Drawing:
    """Collects the pieces of one chart and closes them in an accessible `<svg>`.

    `ident` makes the ids of the page unique; without it they come from the content, so equal charts share them.
    """

    kind: str
    title: str
    description: str
    layout: Layout
    palette: Palette
    ident: str | None = None
    pieces: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        if not self.title.strip():
            raise ValueError("a chart needs a title: it is what a screen reader says")
        if self.ident is None:
            seed = "\x1f".join((self.kind, self.layout.name, self.title, self.description))
            self.ident = f"c{blake2s(seed.encode(), digest_size=5).hexdigest()}"

    def add(self, *pieces: str) -> None:
        self.pieces.extend(pieces)

    def label(
        self,
        text: str,
        x: float,
        y: float,
        *,
        full: str | None = None,
        halo: bool = False,
        **attributes: str | float | None,
    ) -> None:
        """A label in the muted colour and the small size unless told otherwise.

        `halo` gives the letters an edge of the ground's colour, to be read where they cross a line.
        """
        if halo:
            edge: Attributes = {"stroke": self.palette.surface, "stroke_width": 3.0, "stroke_linejoin": "round"}
            attributes |= edge | {"paint_order": "stroke"}
        attributes.setdefault("fill", self.palette.muted)
        attributes.setdefault("font_size", self.layout.small)
        self.pieces.append(words(text, x, y, full=full, **attributes))

    def close(self, height: float, *, width: float | None = None) -> str:
        wide = self.layout.width if width is None else width
        title, description = f"{self.ident}-t", f"{self.ident}-d"
        names = f"{title} {description}" if self.description else title
        head = element("title", escape(self.title, quote=False), id=title)
        if self.description:
            head += element("desc", escape(self.description, quote=False), id=description)
        return element(
            "svg",
            head + "".join(self.pieces),
            xmlns="http://www.w3.org/2000/svg",
            class_=f"chart {self.kind}",
            viewBox=f"0 0 {coordinate(wide)} {coordinate(height)}",
            width=wide,
            height=height,
            role="img",
            aria_labelledby=names,
            font_family=self.palette.font,
        )
