"""What every test may use. The database and the home are set up earlier, by `tests/plugins/surroundings.py`."""

from pathlib import Path

import pytest
from django.conf import settings
from django.db import connections
from django.utils import translation

from rumbo.foundation.audit.queries import forget
from tests.remembering import story

pytest_plugins = ["tests.cast"]


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix: None) -> None:
    """SQLite is tested as it is used, as a file: in memory there is neither WAL nor a second writer."""
    database = connections["default"]
    if database.vendor == "sqlite":
        database.settings_dict["TEST"]["NAME"] = str(settings.HOME / "test.sqlite3")


@pytest.fixture(autouse=True)
def nothing_remembered() -> None:
    """What the process kept of an institution does not outlive its test, nor the language of who asked last."""
    forget()
    story.begin()
    translation.deactivate()


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty RUMBO_HOME for a test that starts the command in a process of its own."""
    folder = tmp_path / "home"
    folder.mkdir()
    monkeypatch.setenv("RUMBO_HOME", str(folder))
    return folder
