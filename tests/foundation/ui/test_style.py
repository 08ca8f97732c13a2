"""Colours that can be read, and pages that keep the content security policy."""

import re
from pathlib import Path

import pytest
from django.template.loader import get_template
from django.test import Client

import rumbo
from rumbo.foundation.ui import presenters
from rumbo.foundation.ui.presenters import WHITE, accent_sheet, contrast, parse_colour, readable

SOURCE = Path(rumbo.__file__).parent
SHEET = (SOURCE / "foundation/ui/static/ui/rumbo.css").read_text()
# A page that is downloaded and opened from a disk carries its own style: no policy of ours reaches it there.
DOWNLOADED = {"standalone.html"}
TEMPLATES = sorted(path for path in SOURCE.rglob("templates/**/*.html") if path.name not in DOWNLOADED)
TOKENS = dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{3,6});", SHEET))
# Words and the ground they are written on.
PAIRS = [
    ("ink", "ground"), ("ink", "surface"), ("muted", "surface"), ("muted", "ground"), ("accent", "surface"),
    ("accent", "ground"), ("accent-strong", "accent-soft"), ("green", "green-soft"), ("amber", "amber-soft"),
    ("red", "red-soft"), ("grey", "grey-soft"), ("muted", "grey-soft"), ("red", "surface"),
]  # fmt: skip


def token(name: str) -> presenters.Colour:
    value = TOKENS[name]
    colour = parse_colour(value if len(value) == 7 else "#" + "".join(letter * 2 for letter in value[1:]))
    assert colour is not None
    return colour


@pytest.mark.parametrize(("words", "ground"), PAIRS)
def test_words_are_readable_on_their_ground(words: str, ground: str) -> None:
    assert contrast(token(words), token(ground)) >= presenters.ENOUGH_CONTRAST


def test_contrast_is_that_of_wcag() -> None:
    black = parse_colour("#000000")
    assert black is not None
    assert contrast(black, WHITE) == pytest.approx(21)
    grey = parse_colour("#767676")
    assert grey is not None
    assert contrast(grey, WHITE) == pytest.approx(4.54, abs=0.01)


@pytest.mark.parametrize("value", ["rojo", "#12345", "#1234567", "url(x)", "#12g456", "1f4e5a;}body{display:none"])
def test_an_accent_that_is_not_a_colour_is_refused(value: str) -> None:
    assert accent_sheet(value) is None
    assert Client().get("/estilo/acento-" + value.replace("#", "%23") + ".css").status_code == 404


def test_a_pale_accent_is_darkened_until_white_words_can_be_read_on_it() -> None:
    pale = parse_colour("#ffe08a")
    assert pale is not None
    assert contrast(readable(pale), WHITE) >= presenters.ENOUGH_CONTRAST


def test_the_accent_is_a_style_sheet_that_never_changes() -> None:
    answer = Client().get("/estilo/acento-7a1f3d.css")
    assert answer.status_code == 200
    assert answer["Content-Type"].startswith("text/css")
    assert "immutable" in answer["Cache-Control"]
    assert "--accent:#7a1f3d" in answer.content.decode()


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_a_template_has_no_inline_style_nor_script(path: Path) -> None:
    text = path.read_text()
    assert not re.search(r"""<[^>]*\sstyle\s*=""", text), "style attribute"
    assert "<style" not in text
    assert not re.search(r"\son[a-z]+\s*=\s*[\"']", text), "inline handler"
    assert not re.search(r"<script(?![^>]*\bsrc=)[^>]*>", text), "inline script"


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_a_template_compiles(path: Path) -> None:
    name = str(path).rsplit("/templates/", 1)[1]
    assert get_template(name) is not None


def test_icons_that_pages_ask_for_exist() -> None:
    asked = {name for path in TEMPLATES for name in re.findall(r'{% icon "([^"]+)"', path.read_text())}
    assert asked <= set(presenters.icon_names())


def test_an_icon_that_does_not_exist_is_refused() -> None:
    with pytest.raises(KeyError):
        presenters.icon("unicorn")


def test_the_whole_style_is_light() -> None:
    """Few kB: the sheet, and the letters, which the browser keeps."""
    fonts = sum(path.stat().st_size for path in (SOURCE / "foundation/ui/static/ui/fonts").glob("*.woff2"))
    assert len(SHEET.encode()) < 40_000
    assert fonts < 100_000
