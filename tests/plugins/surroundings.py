"""Surroundings of a test run: a home of its own, no setting of the person who runs it, and the database asked for.

Loaded with `-p`, because pytest-django reads the settings before any conftest.py is imported. Without options the
tests run on SQLite; with `--postgresql`, on a real server started from the machine's own binaries.
"""

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.plugins.postgresql import Cluster, ClusterUnavailable

KEPT = "RUMBO_TEST_"  # where a person keeps what only tests read, such as whole external data sets
TEST_KEY = "a key that only the tests use, long enough for Django not to warn of it"


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--postgresql", action="store_true", help="run on a real PostgreSQL started for this run")


@pytest.hookimpl(wrapper=True)
def pytest_load_initial_conftests(early_config: pytest.Config) -> Iterator[None]:
    """A wrapper runs before every plain hook, so before pytest-django's, which reads the settings."""
    if is_worker():
        use_home(Path(os.environ["RUMBO_HOME"]).parent / os.environ["PYTEST_XDIST_WORKER"])
        return (yield)
    for name in [name for name in os.environ if name.startswith("RUMBO_") and not name.startswith(KEPT)]:
        del os.environ[name]
    folder = tempfile.TemporaryDirectory(prefix="rumbo-tests-", ignore_cleanup_errors=True)
    early_config.add_cleanup(folder.cleanup)
    use_home(Path(folder.name) / "main")
    os.environ["RUMBO_SECRET_KEY"] = TEST_KEY
    os.environ["RUMBO_SECURE"] = "0"  # the live server speaks plain HTTP, where a browser keeps no secure cookie
    if early_config.known_args_namespace.postgresql:
        start_cluster(early_config)
    return (yield)


def pytest_report_header(config: pytest.Config) -> str:
    return "database: " + os.environ.get("RUMBO_DATABASE_URL", "SQLite")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if config.option.postgresql:
        # What touches no database says the same on both: once is enough.
        idle = [item for item in items if not touches_database(item)]
        config.hook.pytest_deselected(items=idle)
        items[:] = [item for item in items if touches_database(item)]
        return
    skip = pytest.mark.skip(reason="needs --postgresql")
    for item in items:
        if item.get_closest_marker("postgresql"):
            item.add_marker(skip)


def pytest_make_parametrize_id(val: object, argname: str) -> str | None:
    """A file made for a test is not its name: an archive carries the second in which it was made, so two processes
    would collect different tests.
    """
    return argname if isinstance(val, bytes) else None


def touches_database(item: pytest.Item) -> bool:
    asked = {"db", "transactional_db", "django_db_setup"} & set(getattr(item, "fixturenames", ()))
    return bool(asked or item.get_closest_marker("django_db") or item.get_closest_marker("postgresql"))


def is_worker() -> bool:
    """xdist's workers inherit the surroundings of the process that started them."""
    return "PYTEST_XDIST_WORKER" in os.environ


def use_home(path: Path) -> None:
    (path / "static").mkdir(parents=True, exist_ok=True)  # WhiteNoise warns of a folder that is not there
    os.environ["RUMBO_HOME"] = str(path)


def start_cluster(config: pytest.Config) -> None:
    cluster = Cluster()
    try:
        cluster.start()
    except ClusterUnavailable as problem:
        raise pytest.UsageError(str(problem)) from problem
    config.add_cleanup(cluster.stop)
    os.environ["RUMBO_DATABASE_URL"] = cluster.url
