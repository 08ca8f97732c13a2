"""Text as the documents' fonts can draw it. A letter that no font draws would stop the whole document.

People paste from Word and from their phones: bullets of private fonts, circled figures, emoji, invisible marks.
"""

import re
import unicodedata
from functools import cache
from pathlib import Path
from typing import Any

UNDRAWN = "□"
_COVERAGE = Path(__file__).parent / "fonts" / "coverage.txt"
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]")
_SPACES = "\t\n\r"
_REFUSED = {0x0000, 0xFEFF}  # drawn or not, PDF/A does not take them
_BULLETS = {"\uf0b7", "\uf0a7", "\uf0d8", "\uf0fc", "\uf076", "►", "▪", "❖", "➢", "‣", "⁃"}  # Word's, Wingdings and kin


def legal(text: str) -> str:
    """Without the control characters that XML, and so Word and Excel, refuses. Tabs and ends of line stay."""
    return _CONTROL.sub("", text)


def printable(text: str) -> str:
    """The same text with each letter that the fonts lack replaced: by its plain form (① 1, 𝐚 a), a bullet by «•»,
    an invisible mark by nothing, and any other by «□»."""
    return text if text.isascii() and text.isprintable() else _undrawn().sub(_instead, text)


def printable_data(data: Any) -> Any:
    """JSON-able data whose strings are all printable; keys stay."""
    if isinstance(data, str):
        return printable(data)
    if isinstance(data, dict):
        return {key: printable_data(value) for key, value in data.items()}
    if isinstance(data, list | tuple):
        return [printable_data(value) for value in data]
    return data


def _instead(found: re.Match[str]) -> str:
    letter = found.group()
    if letter in _BULLETS:
        return "•"
    plain = unicodedata.normalize("NFKC", letter)
    if plain != letter and not _undrawn().search(plain):
        return plain
    invisible = unicodedata.category(letter) in ("Cc", "Cf", "Mn", "Me")
    return "" if invisible else UNDRAWN


@cache
def _undrawn() -> re.Pattern[str]:
    """Any letter that no font draws."""
    ranges = []
    for line in _COVERAGE.read_text(encoding="utf-8").split():
        first, last = (int(end, 16) for end in line.split("-"))
        ranges.append((first, last))
    drawn = "".join(f"{_escaped(first)}-{_escaped(last)}" for first, last in ranges)
    refused = "".join(_escaped(point) for point in _REFUSED)
    return re.compile(f"[^{re.escape(_SPACES)}{drawn}]|[{refused}]")


def _escaped(point: int) -> str:
    return f"\\U{point:08X}"
