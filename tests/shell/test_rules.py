"""The page of rules shows every rule with where it comes from."""

from collections.abc import Callable

from django.test import Client

from rumbo.shell.rules import rulebooks
from tests.cast import Character


def test_every_rule_is_shown_with_its_citation(client_of: Callable[[Character], Client], hugo: Character) -> None:
    text = client_of(hugo).get("/i/prueba/reglas/").content.decode()
    for book in rulebooks():
        for rule in book:
            assert rule.code in text
    assert "propuesta del sistema" in text


def test_a_rule_without_a_requirement_says_that_it_is_ours() -> None:
    silent = [
        rule.code for book in rulebooks() for rule in book if not rule.citation.requirements and not rule.citation.ours
    ]
    assert silent == []
