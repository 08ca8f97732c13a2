"""Message catalogues without gettext's programs: `messages.py update` collects the texts, `compile` writes the .mo.

The source language is Spanish (Mexico); `locale/en` is the only translation. Python files are read by Babel itself;
templates go through Django's own `templatize`, so both see exactly the texts that the pages ask for.
"""

import sys
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "src" / "rumbo"
CATALOGUE = SOURCE / "locale" / "en" / "LC_MESSAGES" / "django.po"
HEADER = "# English of Rumbo. The texts themselves are Spanish of Mexico, in the source."
KEYWORDS: dict[str, tuple[int | tuple[int, str], ...] | None] = {
    "_": None,
    "N_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
    "npgettext_lazy": ((1, "c"), 2, 3),
}


def python_text(path: Path) -> str:
    """What Babel's Python reader is given: a template becomes calls of gettext between blanks."""
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".py":
        return text
    from django.utils.translation.template import templatize

    # Inside parentheses Python does not care for the indentation that a template leaves behind.
    return "(\n" + templatize(text, origin=str(path)) + "\n)"


def sources() -> list[Path]:
    templates = (path for ext in ("html", "txt", "svg", "typ") for path in SOURCE.rglob(f"templates/**/*.{ext}"))
    scripts = (path for path in SOURCE.rglob("*.py") if "migrations" not in path.parts)
    return sorted({*templates, *scripts})


def collected() -> Catalog:
    """Every text of the source, with the file it comes from (no line numbers: they would change every day)."""
    catalogue = Catalog(
        locale="en",
        project="Rumbo",
        version="",
        domain="django",
        charset="utf-8",
        header_comment=HEADER,
        msgid_bugs_address="",
        last_translator="",
        language_team="",
        fuzzy=False,
    )
    for path in sources():
        body = BytesIO(python_text(path).encode())
        for _line, message, comments, context in extract(
            "python", body, keywords=KEYWORDS, comment_tags=("Translators:",)
        ):
            place = (str(path.relative_to(ROOT)), 0)
            catalogue.add(message, None, [place], auto_comments=comments, context=context)
    return catalogue


def update() -> None:
    new = collected()
    if CATALOGUE.exists():
        with CATALOGUE.open("rb") as source:
            old = read_po(source, locale="en")
        # A guessed translation of a similar text is worse than none: it looks finished.
        old.update(new, no_fuzzy_matching=True, update_creation_date=False)
        old.obsolete.clear()
        new = old
    CATALOGUE.parent.mkdir(parents=True, exist_ok=True)
    with CATALOGUE.open("wb") as target:
        write_po(target, new, sort_output=True, include_lineno=False, width=110)
    missing = [message for message in new if message.id and not translated(message.string)]
    print(f"{CATALOGUE.relative_to(ROOT)}: {len(new)} textos, {len(missing)} sin traducir")


def translated(text: str | tuple[str, ...] | list[str] | None) -> bool:
    """Whether nothing is left to write; a text without plural must be there, one with plural needs every form."""
    if isinstance(text, str) or not text:
        return bool(text)
    return all(text)


def compile_all() -> None:
    for path in SOURCE.rglob("LC_MESSAGES/*.po"):
        with path.open("rb") as source:
            catalogue = read_po(source, locale=path.parent.parent.name)
        with path.with_suffix(".mo").open("wb") as target:
            write_mo(target, catalogue)


if __name__ == "__main__":
    {"update": update, "compile": compile_all}[sys.argv[1]]()
