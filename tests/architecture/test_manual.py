"""The manual says what there is: every command, column, setting, role and permission, and labels that a screen has."""

import re
from dataclasses import fields
from functools import cache
from pathlib import Path

import pytest

from rumbo.core.vocabulary.accumulation import Accumulation
from rumbo.core.vocabulary.capture_state import CaptureState
from rumbo.core.vocabulary.direction import Direction
from rumbo.core.vocabulary.light import Light
from rumbo.core.vocabulary.performance_class import PerformanceClass
from rumbo.core.vocabulary.permission import Permission
from rumbo.core.vocabulary.role import Role
from rumbo.foundation.organization.settings import LABELS, InstitutionSettings
from rumbo.shell.setup.steps import STEPS
from rumbo.systems.evaluation.exchange.results import COLUMNS
from rumbo.systems.evaluation.forms.schemes import SCALE_LABELS
from tests.architecture.source import ROOT, SOURCE, named
from tools import manual

DOCS = ROOT / "docs"
WRITTEN = sorted(path for folder in ("manual", "how-to", "formats") for path in (DOCS / folder).glob("*.md"))
LINK = re.compile(r"\]\(([^)]+)\)")
QUOTED = re.compile(r"«([^»]+)»")
MONTHS = "enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre|octubre|noviembre|diciembre"
# What a screen writes out of data: a month, a number.
DATA = re.compile(rf"\b(?:{MONTHS}) de \d{{4}}\b|\b\d+\b")
# Examples of what a person types, and how commands name who runs them.
NOT_LABELS = {"Nivel: clave", "l.2", "sistema"}


def text_of(name: str) -> str:
    return (DOCS / name).read_text(encoding="utf-8")


@cache
def screens() -> str:
    """Everything the program may say, on one line: sources and templates."""
    files = [path for path in SOURCE.rglob("*") if path.suffix in (".py", ".html", ".typ") and path.is_file()]
    joined = "\n".join(path.read_text(encoding="utf-8") for path in files)
    joined = re.sub(r'"\s*\n\s*f?"', "", joined)  # a sentence written on two lines
    return re.sub(r"\s+", " ", joined)


def missing_labels(text: str) -> list[str]:
    """Labels between «» of which a part is nowhere in the program."""
    quoted = {" ".join(label.split()) for label in QUOTED.findall(re.sub(r"```.*?```", "", text, flags=re.DOTALL))}
    return sorted(
        label
        for label in quoted - NOT_LABELS
        if not all(part.strip() in screens() for part in DATA.split(label) if part.strip())
    )


def test_the_tables_of_the_manual_are_those_of_the_code() -> None:
    assert manual.outdated() == [], "run: .venv/bin/python tools/manual.py"


def test_every_table_that_the_tool_writes_has_its_place() -> None:
    placed = re.findall(r"<!-- de aquí: ([a-z-]+) -->", "".join(path.read_text("utf-8") for path in WRITTEN))
    assert sorted(placed) == sorted(manual.BLOCKS)


@pytest.mark.parametrize("path", WRITTEN, ids=named)
def test_a_label_that_the_manual_quotes_is_one_the_program_says(path: Path) -> None:
    assert missing_labels(path.read_text(encoding="utf-8")) == []


def test_an_invented_label_is_noticed() -> None:
    assert missing_labels("Use «Reabrir el mes por teléfono» o «Guardar borrador».") == ["Reabrir el mes por teléfono"]


@pytest.mark.parametrize("path", WRITTEN, ids=named)
def test_a_link_of_the_manual_leads_somewhere(path: Path) -> None:
    targets = [target for target in LINK.findall(path.read_text(encoding="utf-8")) if "://" not in target]
    assert [target for target in targets if not leads(path, target)] == []


def leads(page: Path, target: str) -> bool:
    name, _, place = target.partition("#")
    found = (page.parent / name) if name else page
    if not found.exists():
        return False
    return not place or place in {anchor(line) for line in found.read_text(encoding="utf-8").splitlines()}


def anchor(line: str) -> str:
    """As the place of a heading is written in its address."""
    return re.sub(r"[^\w -]", "", line.lstrip("# ").lower()).replace(" ", "-") if line.startswith("#") else ""


def test_every_page_is_in_the_index() -> None:
    index = text_of("manual/README.md")
    others = [path for path in WRITTEN if path.name != "README.md"]
    assert [path.name for path in others if f"{path.name})" not in index] == []


def test_every_command_has_an_example() -> None:
    examples = "\n".join(re.findall(r"```\n(.*?)```", text_of("manual/comandos.md"), re.DOTALL))
    assert [name for name, _ in manual.commands() if not re.search(rf"^rumbo {name}\b", examples, re.MULTILINE)] == []


def test_every_option_of_a_command_is_mentioned() -> None:
    page = text_of("manual/comandos.md")
    options = {word for _, found in manual.commands() for one in found._actions for word in one.option_strings}
    assert [option for option in sorted(options - {"-h"}) if option not in page] == []


def test_every_column_of_every_workbook_is_mentioned_with_its_heading() -> None:
    page = text_of("manual/libros-de-excel.md")
    every = [(sheet, column) for each in manual.sheets().values() for sheet in each for column in sheet.columns]
    assert len(every) > 100
    absent = [f"{sheet.name}.{c.key}" for sheet, c in every if f"`{c.key}`" not in page or c.title not in page]
    assert absent == []


def test_the_words_that_a_workbook_takes_are_listed() -> None:
    page = " ".join(text_of("manual/libros-de-excel.md").split())
    assert [word.label for word in (*Direction, *Accumulation) if word.label not in page] == []


def test_every_variable_of_the_installation_is_documented() -> None:
    page = text_of("manual/administracion.md")
    read = set(re.findall(r"\bRUMBO_[A-Z_]+", (SOURCE / "shell" / "settings.py").read_text(encoding="utf-8")))
    assert len(read) >= 9
    assert [name for name in sorted(read) if f"| `{name}` |" not in page] == []


def test_every_role_and_permission_is_documented() -> None:
    page = text_of("manual/administracion.md")
    assert [role for role in Role if f"`{role.value}`" not in page or role.label not in page] == []
    assert [permission for permission in Permission if f"`{permission.value}`" not in page] == []


def test_every_decision_of_the_set_up_is_documented() -> None:
    page = text_of("manual/planeacion.md")
    assert {field.name for field in fields(InstitutionSettings)} == {name for step in STEPS for name in step.fields}
    assert [name for name, label in (LABELS | SCALE_LABELS).items() if f"{label} |" not in page] == []


def test_the_columns_of_the_results_are_explained_in_their_order() -> None:
    columns = text_of("formats/resultados.md").split("## `light`")[0]
    assert tuple(re.findall(r"^\| `([a-z_]+)` \|", columns, re.MULTILINE)) == COLUMNS


@pytest.mark.parametrize(
    ("heading", "words"),
    [
        ("light", {light.key: light.label for light in Light}),
        ("performance_class", {grade.key: grade.label for grade in PerformanceClass if grade.key}),
        ("state", {state.value: state.label for state in CaptureState}),
    ],
)
def test_the_words_of_the_results_are_explained(heading: str, words: dict[str, str]) -> None:
    section = text_of("formats/resultados.md").split(f"## `{heading}`")[1].split("## ")[0]
    told = dict(re.findall(r"^\| `([a-z_]+)` \| ([^|;]+?)(?:;[^|]*)? \|", section, re.MULTILINE))
    assert told == words
