"""The tests' own surroundings: what a person has set, and where their data are, must not reach a test."""

import os
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection

from tests.plugins.postgresql import Cluster


def test_the_home_of_the_tests_is_nobodys_home() -> None:
    assert Path(os.environ["RUMBO_HOME"]) == settings.HOME
    assert "rumbo-tests-" in str(settings.HOME)


@pytest.mark.django_db
def test_the_database_is_the_one_asked_for(pytestconfig: pytest.Config) -> None:
    assert connection.vendor == ("postgresql" if pytestconfig.option.postgresql else "sqlite")


@pytest.mark.django_db
def test_sqlite_is_a_file_with_a_write_ahead_log() -> None:
    if connection.vendor != "sqlite":
        pytest.skip("about SQLite")
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA journal_mode")
        assert cursor.fetchone() == ("wal",)


@pytest.mark.parametrize("content", [os.urandom(16)])
def test_bytes_made_for_a_test_are_not_in_its_name(request: pytest.FixtureRequest, content: bytes) -> None:
    """Each process that runs tests collects them again: a name that changes would stop them all."""
    assert request.node.callspec.id == "content"


@pytest.mark.postgresql
@pytest.mark.django_db
def test_postgresql_is_a_server_of_our_own(pytestconfig: pytest.Config) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SHOW data_directory")
        assert "rumbo-postgresql-" in cursor.fetchone()[0]


@pytest.mark.slow
def test_a_stopped_cluster_leaves_nothing() -> None:
    cluster = Cluster()
    cluster.start()
    process = cluster.server
    assert process is not None
    assert process.poll() is None
    cluster.stop()
    assert process.poll() is not None
    assert not cluster.folder.exists()
