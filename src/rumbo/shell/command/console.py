"""What a command says: sentences for people, JSON for programs, and a bar for long work on a terminal."""

import json
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

PATIENCE = 2.0  # seconds that pass without a sign before the bar appears
REFRESH = 0.2
WIDTH = 28


class Console:
    """With `as_json` the only thing on stdout is one JSON document, given to `result`."""

    def __init__(self, *, as_json: bool = False) -> None:
        self.as_json = as_json

    def say(self, text: str = "") -> None:
        if not self.as_json:
            print(text, flush=True)

    def complain(self, text: str) -> None:
        print(text, file=sys.stderr, flush=True)

    def result(self, data: dict[str, Any], *lines: str) -> None:
        """The outcome: `data` for a program, `lines` for a person."""
        if self.as_json:
            # Here and not above: it brings the tables with it, and most runs write no JSON.
            from django.core.serializers.json import DjangoJSONEncoder

            print(json.dumps(data, cls=DjangoJSONEncoder, ensure_ascii=False), flush=True)
        else:
            for line in lines:
                print(line, flush=True)

    @contextmanager
    def working(self, label: str) -> Iterator["Bar"]:
        """Shows a bar on a terminal once the work has taken more than two seconds. `bar.at(3, 10)` fills it."""
        bar = Bar(label)
        if not sys.stderr.isatty():
            yield bar
            return
        thread = threading.Thread(target=bar.live, daemon=True)
        thread.start()
        try:
            yield bar
        finally:
            bar.stop()
            thread.join()


class Bar:
    """Without a known end it only moves, so that nobody thinks it died."""

    def __init__(self, label: str) -> None:
        self.label = label
        self.done = 0
        self.total = 0
        self._over = threading.Event()
        self._drawn = False

    def at(self, done: int, total: int) -> None:
        self.done, self.total = done, total

    def stop(self) -> None:
        self._over.set()

    def live(self) -> None:
        started = time.monotonic()
        if not self._over.wait(PATIENCE):
            while not self._over.wait(REFRESH):
                sys.stderr.write("\r" + self.drawn(time.monotonic() - started))
                sys.stderr.flush()
                self._drawn = True
        if self._drawn:
            sys.stderr.write("\r\x1b[K")
            sys.stderr.flush()

    def drawn(self, seconds: float) -> str:
        """One line: «Cerrando octubre [######......] 12 / 24  3 s»."""
        if self.total:
            filled = WIDTH * self.done // self.total
            bar, count = "#" * filled + "." * (WIDTH - filled), f" {self.done} / {self.total}"
        else:
            place = int(seconds / REFRESH) % (WIDTH - 3)
            bar, count = "." * place + "###" + "." * (WIDTH - 3 - place), ""
        return f"{self.label} [{bar}]{count}  {seconds:.0f} s"
