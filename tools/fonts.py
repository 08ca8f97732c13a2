"""Write which letters the documents' fonts can draw: `python tools/fonts.py` after a font changes.

`core/rendering/printable.py` reads the list, so that what a person typed and no font draws cannot stop a document.
"""

from itertools import groupby
from pathlib import Path

from fontTools.ttLib import TTFont

FONTS = Path(__file__).parents[1] / "src" / "rumbo" / "core" / "rendering" / "fonts"
COVERAGE = FONTS / "coverage.txt"
# A letter must be drawn by one of the families in every style: the styles of Noto Sans cover the same letters.
FAMILIES = ("NotoSans-Regular.ttf", "NotoSansSymbols2-Subset.ttf", "NotoSansMath-Subset.ttf")


def coverage() -> str:
    """Ranges of code points in hexadecimal, both ends included, one a line."""
    drawn = sorted(set().union(*(TTFont(FONTS / name).getBestCmap() for name in FAMILIES)))
    runs = ([point for _, point in run] for _, run in groupby(enumerate(drawn), lambda placed: placed[1] - placed[0]))
    return "".join(f"{run[0]:04X}-{run[-1]:04X}\n" for run in runs)


if __name__ == "__main__":
    COVERAGE.write_text(coverage(), encoding="utf-8")
    print(COVERAGE.name, "·", COVERAGE.read_text().count("\n"), "ranges")
