"""A throw-away installation for a measurement: SQLite in a folder, or a PostgreSQL of its own."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

TODAY = "2027-01-05"  # December 2026 has ended and is open


@contextmanager
def installation(database: str) -> Iterator[None]:
    """Sets the environment, prepares Django and its tables. Once per process."""
    with tempfile.TemporaryDirectory(prefix="rumbo-bench-") as folder:
        os.environ.update(
            RUMBO_HOME=str(Path(folder) / "home"),
            RUMBO_DEMO="1",
            RUMBO_TODAY=TODAY,
            DJANGO_SETTINGS_MODULE="rumbo.shell.settings",
        )
        Path(os.environ["RUMBO_HOME"]).mkdir()
        with _server(database):
            import django
            from django.core.management import call_command

            django.setup()
            call_command("migrate", verbosity=0)
            yield


@contextmanager
def _server(database: str) -> Iterator[None]:
    if database == "sqlite":
        os.environ.pop("RUMBO_DATABASE_URL", None)
        yield
        return
    with cluster(durable=True) as url:
        os.environ["RUMBO_DATABASE_URL"] = url
        yield


@contextmanager
def cluster(*, durable: bool) -> Iterator[str]:
    """The address of a PostgreSQL started for this measurement. Durable: a commit waits for the disk, as in use."""
    from tests.plugins.postgresql import Cluster

    server = Cluster(durable=durable)
    server.start()
    try:
        yield server.url
    finally:
        server.stop()
