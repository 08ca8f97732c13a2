"""Gives work to a process of its own and kills it; then waits until the database has noticed."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.db import connection

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 30  # seconds that a dead process's session may linger in the server


@dataclass(frozen=True)
class End:
    """`code` is the exit code, -9 after a SIGKILL; `steps` how many it took if nobody killed it; `said` its words."""

    code: int
    steps: int
    said: str

    @property
    def killed(self) -> bool:
        return self.code == -signal.SIGKILL


class Worker:
    """The process of `dying.py`. `home` and `database` are those of the tests unless others are given."""

    def __init__(self, folder: Path, **variables: str) -> None:
        self.said = folder / "said.txt"
        name = "" if "RUMBO_HOME" in variables else str(connection.settings_dict["NAME"])
        self.process = subprocess.Popen(
            [sys.executable, "-W", "ignore", "-m", "tests.whole.dying", name],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            cwd=ROOT,
            env=os.environ
            | {"DJANGO_SETTINGS_MODULE": "rumbo.shell.settings", "LANG": "es_MX.UTF-8", "PYTHONPATH": str(ROOT)}
            | {"RUMBO_DEMO": "1", "RUMBO_TODAY": "2026-12-03", "PGAPPNAME": NAME}
            | variables,
        )
        first = self._line()
        if first != "ready":
            self.stop()
            raise AssertionError(f"the process did not start, and said: {first}")

    def _line(self) -> str:
        assert self.process.stdout is not None
        return self.process.stdout.readline().strip()

    def give(self, work: str, **order: Any) -> End:
        """Until it ends. It dies at the step `die_at`, or from outside after `kill_after` seconds."""
        assert self.process.stdin is not None
        self.process.stdin.write(json.dumps({"work": work, "said": str(self.said), **order}) + "\n")
        self.process.stdin.flush()
        end = json.loads(self._line())
        wait_for_the_dead()
        return End(end["code"], end["steps"], self.said.read_text())

    def command(self, *words: str, **order: Any) -> End:
        return self.give("command", words=list(words), **order)

    def stop(self) -> None:
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.close()
        self.process.wait(30)
        self.process.stdout.close()


# The sessions of the process that dies carry its name: those of other tests, and of the server, are not waited for.
NAME = "rumbo-dying"
OF_THE_DEAD = """
SELECT pid, state, left(query, 80) FROM pg_stat_activity
WHERE datname = current_database() AND application_name = %s
"""


def wait_for_the_dead() -> None:
    """A server takes a moment to notice that who was writing is gone; SQLite is told by the system at once."""
    if connection.vendor != "postgresql":
        return
    deadline = time.monotonic() + PATIENCE
    while True:
        with connection.cursor() as cursor:
            cursor.execute(OF_THE_DEAD, [NAME])
            alive = cursor.fetchall()
        if not alive:
            return
        assert time.monotonic() < deadline, f"the session of a killed process is still there: {alive}"
        time.sleep(0.01)


def doubling(most: int) -> Sequence[int]:
    """1, 2, 4, 8, … up to `most`: near the beginning one by one, then further and further."""
    return [1 << power for power in range(most.bit_length()) if 1 << power <= most]
