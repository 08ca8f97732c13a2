"""Writes docs/rules/*.md: every rule the program applies, out of the rulebooks themselves.

`rules.py` writes; `rules.py --check` only says whether the pages are those of the code, and ends with 1 when not.
"""

import os
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "docs" / "rules"
HEADER = "<!-- Generado por tools/rules.py a partir del código. No se edita a mano. -->\n"


def pages() -> dict[str, str]:
    """File name → text. Needs Django's settings, because the shell knows the list of rulebooks."""
    from rumbo.shell.rules import rulebooks

    books = rulebooks()
    found = {f"{book.app}.md": page(book) for book in books}
    lines = [HEADER, "# Reglas\n", "Cada regla del programa, con el documento que la ordena.\n"]
    lines += [f"- [{book.title}]({book.app}.md): {len(book.rules)} reglas" for book in books]
    found["README.md"] = "\n".join(lines) + "\n"
    return found


def page(book: object) -> str:
    lines = [HEADER, f"# {book.title}\n"]  # type: ignore[attr-defined]
    for rule in book:  # type: ignore[attr-defined]
        lines += [
            f"## {rule.sentence}\n",
            f"- Clave: `{rule.code}`",
            f"- Si no se cumple: {rule.severity.label.lower()}",
        ]
        lines.append(f"- De dónde viene: {source(rule.citation)}")
        lines.append(f"- Vigencia: {force(rule.in_force)}")
        if rule.exceptions:
            lines.append("- Excepciones:")
            lines += [f"  {number}. {text}" for number, text in enumerate(rule.exceptions, start=1)]
        lines.append("")
    return "\n".join(lines)


def source(citation: object) -> str:
    ids = citation.requirements  # type: ignore[attr-defined]
    parts = [str(citation)]
    if ids:
        parts.append(f"({', '.join(ids)})")
    if citation.ours:  # type: ignore[attr-defined]
        parts.append("· propuesta del sistema; la institución puede decidir otra cosa")
    return " ".join(parts)


def force(in_force: object) -> str:
    since, until = in_force.since, in_force.until  # type: ignore[attr-defined]
    if since is None and until is None:
        return "siempre"
    parts = [f"desde el {since:%d/%m/%Y}" if since else "", f"hasta el {until:%d/%m/%Y}" if until else ""]
    return " ".join(part for part in parts if part)


def write() -> None:
    FOLDER.mkdir(parents=True, exist_ok=True)
    wanted = pages()
    for name, text in wanted.items():
        (FOLDER / name).write_text(text, encoding="utf-8")
    for stale in FOLDER.glob("*.md"):
        if stale.name not in wanted:
            stale.unlink()
    print(f"docs/rules: {len(wanted)} páginas")


def outdated() -> list[str]:
    """Names of the pages that are not what the code says."""
    wanted = pages()
    there = {path.name: path.read_text(encoding="utf-8") for path in FOLDER.glob("*.md")}
    return sorted(name for name in wanted.keys() | there.keys() if wanted.get(name) != there.get(name))


def prepare() -> None:
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "rumbo.shell.settings")
    os.environ.setdefault("RUMBO_HOME", tempfile.mkdtemp(prefix="rumbo-rules-"))
    os.environ.setdefault("RUMBO_SECRET_KEY", "solo para escribir las páginas de reglas, no firma nada")
    django.setup()


if __name__ == "__main__":
    prepare()
    if "--check" in sys.argv:
        stale = outdated()
        print("\n".join(stale) or "docs/rules está al día")
        sys.exit(1 if stale else 0)
    write()
