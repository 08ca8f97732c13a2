"""`rumbo serve` in a process of its own over the database of the tests, and people with browsers of their own."""

import html
import http.client
import os
import re
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http.cookies import SimpleCookie
from pathlib import Path
from urllib.parse import urlencode

from django.db import connection

from tests.plugins.postgresql import free_port

# The command itself; only the name of the database is another one.
SERVE = """
import sys
from django.conf import settings
settings.DATABASES["default"]["NAME"] = sys.argv[1]
from rumbo.shell.command import run
sys.exit(run(sys.argv[2:]))
"""
START_SECONDS = 60


@contextmanager
def served(log: Path, **variables: str) -> Iterator[int]:
    """The port where it attends; what it says goes to `log`."""
    port = free_port()
    words = [sys.executable, "-W", "ignore", "-c", SERVE, str(connection.settings_dict["NAME"]), "serve"]
    surroundings = os.environ | {"DJANGO_SETTINGS_MODULE": "rumbo.shell.settings"} | variables
    with attending([*words, "--port", str(port)], port, log, env=surroundings):
        yield port


@contextmanager
def attending(
    words: list[str], port: int, log: Path, *, env: Mapping[str, str], cwd: Path | None = None
) -> Iterator[None]:
    """While a command serves at `port`; it is ended as an operator would."""
    with log.open("wb") as target:
        server = subprocess.Popen(words, stdout=target, stderr=subprocess.STDOUT, env=env, cwd=cwd)
        try:
            wait_until_it_attends(port, server, log)
            yield
        finally:
            server.terminate()
            server.wait(60)


def wait_until_it_attends(port: int, server: "subprocess.Popen[bytes]", log: Path) -> None:
    deadline = time.monotonic() + START_SECONDS
    while True:
        assert server.poll() is None, log.read_text()
        assert time.monotonic() < deadline, log.read_text()
        try:
            Browser(port).get("/entrar/")
        except OSError:
            time.sleep(0.05)
        else:
            return


class Browser:
    """Keeps its cookies, sends back the token of the page, and remembers the status of every answer."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.cookies: dict[str, str] = {}
        self.statuses: list[int] = []
        self.page = ""

    def get(self, path: str) -> str:
        return self._ask("GET", path, None)

    def post(self, path: str, fields: Mapping[str, object]) -> str:
        """With the token of the last page."""
        return self._ask("POST", path, {"csrfmiddlewaretoken": self.value_of("csrfmiddlewaretoken"), **fields})

    def value_of(self, name: str) -> str:
        """Of a hidden field of the last page."""
        tag = re.search(rf'<input[^>]*name="{name}"[^>]*>', self.page)
        assert tag, f"the page has no field {name}"
        found = re.search(r'value="([^"]*)"', tag[0])
        assert found
        return html.unescape(found[1])

    def _ask(self, method: str, path: str, fields: Mapping[str, object] | None) -> str:
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        if fields is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        asking = http.client.HTTPConnection("127.0.0.1", self.port, timeout=90)
        try:
            asking.request(method, path, urlencode(fields) if fields is not None else None, headers)
            answer = asking.getresponse()
            self.page = answer.read().decode(errors="replace")  # a document is read as far as its name
        finally:
            asking.close()
        self.statuses.append(answer.status)
        for header in answer.headers.get_all("Set-Cookie", []):
            for name, morsel in SimpleCookie(header).items():
                self.cookies[name] = morsel.value
        return self.page
