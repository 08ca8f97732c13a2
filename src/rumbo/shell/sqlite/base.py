"""Django's SQLite with a fair turn to write.

SQLite gives one writer at a time its turn, and whoever waits asks again after longer and longer pauses: under twenty
people at once, who just arrived passes in front of who has waited for many seconds, until that one is answered
«database is locked». Here everybody who waits asks at the same short and uneven pace, so nobody is left behind.
"""

import random
import sqlite3
import time
from typing import Any

from django.db.backends.sqlite3 import base
from django.db.backends.utils import debug_transaction

PATIENCE = 60.0  # seconds that a transaction waits for its turn: longer than any closing or load of a month takes
PACE = (0.002, 0.008)  # seconds between two questions
PRIMARY = 0xFF  # SQLite adds details to a code in its upper bytes


class DatabaseWrapper(base.DatabaseWrapper):
    """Only the start of a transaction that will write is another one."""

    transaction_mode: str | None  # given in the settings

    def _start_transaction_under_autocommit(self) -> None:
        if self.transaction_mode == "IMMEDIATE" and self._began_in_turn():
            return
        super()._start_transaction_under_autocommit()  # type: ignore[misc]  # waits and fails in SQLite's own way

    def _began_in_turn(self) -> bool:
        """Whether the turn came in time."""
        raw: Any = self.connection
        usual = raw.execute("PRAGMA busy_timeout").fetchone()[0]
        raw.execute("PRAGMA busy_timeout = 0")
        try:
            with debug_transaction(self, "BEGIN IMMEDIATE"):
                deadline = time.monotonic() + PATIENCE
                while time.monotonic() < deadline:
                    if _begins(raw):
                        return True
                    time.sleep(random.uniform(*PACE))  # noqa: S311  (not a secret)
            return False
        finally:
            raw.execute(f"PRAGMA busy_timeout = {usual:d}")


def _begins(raw: Any) -> bool:
    try:
        raw.execute("BEGIN IMMEDIATE")
    except sqlite3.OperationalError as problem:
        if problem.sqlite_errorcode & PRIMARY != sqlite3.SQLITE_BUSY:
            raise
        return False
    return True
