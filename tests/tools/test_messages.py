"""What is collected for translation is what the pages ask for."""

import runpy
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from babel.messages.extract import extract
from babel.messages.pofile import read_po

ROOT = Path(__file__).resolve().parents[2]
TEMPLATE = """{% load i18n %}
<h1 title="it's">{% translate "Mis pendientes" %}</h1>
    {% blocktranslate trimmed count n=goals|length %}
       Una meta
    {% plural %}
       {{ n }} metas
    {% endblocktranslate %}
  <p>(abierto {{ value|default:_("Sin dato") }} "comillas' {% translate "Área" context "unidad" %}
"""


@pytest.fixture(scope="module")
def tool() -> dict[str, Any]:
    return runpy.run_path(str(ROOT / "tools" / "messages.py"))


def test_a_template_gives_its_texts_its_plurals_and_its_contexts(tool: dict[str, Any], tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    path.write_text(TEMPLATE, encoding="utf-8")
    body = BytesIO(tool["python_text"](path).encode())
    found = [(message, context) for _, message, _, context in extract("python", body, keywords=tool["KEYWORDS"])]
    assert found == [
        ("Mis pendientes", None),
        (("Una meta", "%(n)s metas"), None),
        ("Sin dato", None),
        ("Área", "unidad"),
    ]


def test_the_words_of_the_core_are_collected(tool: dict[str, Any]) -> None:
    assert "Sin dato" in {text for message in tool["collected"]() for text in [message.id]}


def test_every_text_has_its_english(tool: dict[str, Any]) -> None:
    if not tool["CATALOGUE"].exists():
        pytest.skip("no English catalogue yet")
    with tool["CATALOGUE"].open("rb") as source:
        catalogue = read_po(source, locale="en")
    asked = [(message.id, message.context) for message in tool["collected"]() if message.id]
    kept = [(name, catalogue.get(name, context)) for name, context in asked]
    assert [name for name, message in kept if message is None] == [], "run: make messages"
    assert [name for name, message in kept if message and not tool["translated"](message.string)] == []
