"""«Mis pendientes»: everything owed, grouped, soonest first."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.test import Client

from rumbo.core.vocabulary.owed import Owed
from rumbo.shell import inbox
from tests.cast import Character

TODAY = date(2026, 12, 3)


def line(kind: str, title: str, due: date | None = None, count: int = 1, reason: str = "") -> Owed:
    return Owed(kind=kind, title=title, detail="", url="/i/prueba/captura/", due_on=due, count=count, reason=reason)


def test_what_was_returned_comes_first_and_inside_a_group_the_soonest() -> None:
    groups = inbox.grouped(
        [
            line("capture", "sin fecha"),
            line("capture", "tarde", date(2026, 12, 9)),
            line("returned", "devuelta", date(2026, 12, 30)),
            line("capture", "pronto", date(2026, 12, 4)),
        ]
    )
    assert [group.title for group in groups] == ["Devueltas para corregir", "Por capturar"]
    assert [one.title for one in groups[1].lines] == ["pronto", "tarde", "sin fecha"]


def test_a_kind_that_nobody_named_is_still_shown() -> None:
    (group,) = inbox.grouped([line("nuevo", "algo")])
    assert group.title == "nuevo"


def test_a_line_of_many_counts_as_many() -> None:
    (group,) = inbox.grouped([line("planning_review", "por validar", count=12)])
    assert group.count == 12


def test_who_owes_nothing_is_told_so(client_of: Callable[[Character], Client], hugo: Character) -> None:
    text = client_of(hugo).get("/i/prueba/").content.decode()
    assert "No tiene pendientes" in text


def test_the_page_shows_reason_date_and_what_is_overdue(
    client_of: Callable[[Character], Client], ana: Character, monkeypatch: pytest.MonkeyPatch
) -> None:
    def source(actor: object, institution: object, *, on: date) -> list[Owed]:
        return [
            line("returned", "3.2.1 Luminarias", on - timedelta(days=1), reason="La evidencia es de septiembre."),
            line("capture", "3.2.2 Residuos", on + timedelta(days=2), count=3),
        ]

    monkeypatch.setattr(inbox, "SOURCES", (source,))
    client = client_of(ana)
    text = " ".join(client.get("/i/prueba/").content.decode().split())
    assert "La evidencia es de septiembre." in text
    assert "4 pendientes." in text
    assert "1 vencido." in text
    assert client.get("/i/prueba/pendientes/").content == b"4"


def test_the_count_is_never_kept_by_the_browser(client_of: Callable[[Character], Client], ana: Character) -> None:
    assert client_of(ana).get("/i/prueba/pendientes/")["Cache-Control"] == "no-store"


def test_a_new_institution_owes_its_set_up_only_to_who_configures(
    client_of: Callable[[Character], Client], fede: Character, hugo: Character
) -> None:
    assert "Puesta en marcha" in client_of(fede).get("/i/prueba/").content.decode()
    assert "Puesta en marcha" not in client_of(hugo).get("/i/prueba/").content.decode()
