"""Who waits to write on SQLite waits its turn, and no longer than it should."""

import sqlite3
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import connection
from django.db.utils import OperationalError
from pytest_django import DjangoDbBlocker

from rumbo.shell.sqlite import base

pytestmark = pytest.mark.skipif(connection.vendor != "sqlite", reason="only SQLite has one writer at a time")


@pytest.fixture
def writer(tmp_path: Path, django_db_blocker: DjangoDbBlocker) -> Iterator[base.DatabaseWrapper]:
    """A connection of the product to a file of its own."""
    with django_db_blocker.unblock():
        mine = connection.copy()
        mine.settings_dict["NAME"] = str(tmp_path / "turnos.sqlite3")
        with mine.cursor() as cursor:
            cursor.execute("CREATE TABLE t (n)")
        yield mine
        mine.close()


@pytest.fixture
def other(tmp_path: Path, writer: base.DatabaseWrapper) -> Iterator[sqlite3.Connection]:
    """Somebody who is writing."""
    busy = sqlite3.connect(tmp_path / "turnos.sqlite3", isolation_level=None, check_same_thread=False)
    busy.execute("BEGIN IMMEDIATE")
    yield busy
    busy.close()


def begin_and_write(writer: base.DatabaseWrapper) -> None:
    writer.set_autocommit(False, force_begin_transaction_with_broken_autocommit=True)
    try:
        with writer.cursor() as cursor:
            cursor.execute("INSERT INTO t VALUES (1)")
        writer.commit()
    finally:
        writer.set_autocommit(True)


def test_a_turn_that_never_comes_ends_in_an_error(
    writer: base.DatabaseWrapper, other: sqlite3.Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(base, "PATIENCE", 0.05)
    with writer.cursor() as cursor:
        cursor.execute("PRAGMA busy_timeout = 10")
    with pytest.raises(OperationalError, match="locked"):
        begin_and_write(writer)
    other.execute("ROLLBACK")
    begin_and_write(writer)  # the connection is as good as before


def test_a_fault_that_is_not_a_turn_is_not_waited_for(writer: base.DatabaseWrapper) -> None:
    writer.set_autocommit(False, force_begin_transaction_with_broken_autocommit=True)
    begun = time.monotonic()
    with pytest.raises(sqlite3.OperationalError, match="within a transaction"):
        writer._began_in_turn()
    assert time.monotonic() - begun < base.PATIENCE / 10
    writer.rollback()
    writer.set_autocommit(True)


def test_who_waits_writes_as_soon_as_the_turn_comes(writer: base.DatabaseWrapper, other: sqlite3.Connection) -> None:
    with writer.cursor() as cursor:
        cursor.execute("PRAGMA busy_timeout")
        usual = cursor.fetchone()
    threading.Timer(0.3, other.execute, ("COMMIT",)).start()
    begun = time.monotonic()
    begin_and_write(writer)
    assert time.monotonic() - begun >= 0.25
    with writer.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM t")
        assert cursor.fetchone() == (1,)
        cursor.execute("PRAGMA busy_timeout")
        assert cursor.fetchone() == usual  # autocommitted writes wait as they did
