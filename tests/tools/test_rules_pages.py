"""docs/rules is what the code says."""

import re

from tools import rules


def test_the_pages_of_rules_are_those_of_the_code() -> None:
    assert rules.outdated() == [], "ejecute: .venv/bin/python tools/rules.py"


def test_every_rule_is_on_its_page_with_where_it_comes_from() -> None:
    for name, text in rules.pages().items():
        if name == "README.md":
            continue
        codes = re.findall(r"- Clave: `([a-z_.]+)`", text)
        assert codes
        assert len(codes) == text.count("- De dónde viene: ")
        assert all(code.startswith(name.removesuffix(".md") + ".") for code in codes)
