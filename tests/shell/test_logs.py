"""The log of `rumbo serve`: a line for what was refused, everything for what broke."""

import logging
from collections.abc import Callable, Iterator

import pytest
from django.conf import settings
from django.test import Client

from rumbo.foundation.audit.models import Event
from rumbo.shell.logs import OneLine
from tests.cast import Character

type SignIn = Callable[[Character], Client]


@pytest.fixture
def lines(caplog: pytest.LogCaptureFixture) -> Iterator[Callable[[], str]]:
    """What the handler would write, with its filter and with the traceback that is left."""
    filtered = OneLine()
    caplog.handler.addFilter(filtered)
    yield lambda: "\n".join(caplog.handler.format(record) for record in caplog.records)
    caplog.handler.removeFilter(filtered)


def test_a_refusal_is_one_line(client_of: SignIn, ana: Character, lines: Callable[[], str]) -> None:
    assert client_of(ana).get("/i/prueba/bitacora/").status_code == 403
    assert "/i/prueba/bitacora/" in lines()
    assert "Traceback" not in lines()


def test_a_failure_keeps_its_traceback(lines: Callable[[], str]) -> None:
    try:
        raise ValueError("algo se rompió")
    except ValueError:
        logging.getLogger("django.request").error("Internal Server Error", exc_info=True, extra={"status_code": 500})
        logging.getLogger("rumbo").exception("sin respuesta")
    assert lines().count("Traceback") == 2


def test_the_log_of_the_server_uses_it() -> None:
    assert settings.LOGGING["handlers"]["console"]["filters"] == ["one_line"]


@pytest.mark.parametrize(
    "headers", [{"Sec-Purpose": "prefetch;prerender"}, {"Purpose": "prefetch"}, {"X-Moz": "prefetch"}]
)
def test_what_a_browser_fetches_ahead_is_not_given_nor_told(
    client_of: SignIn, carmen: Character, headers: dict[str, str]
) -> None:
    client, before = client_of(carmen), Event.objects.count()
    answer = client.get("/i/prueba/", headers=headers)
    assert (answer.status_code, answer["Cache-Control"]) == (503, "no-store")
    assert Event.objects.count() == before
