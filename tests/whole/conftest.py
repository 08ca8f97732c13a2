"""The day of the doors, and the settled institution."""

import pytest
from pytest_django import Settings

from rumbo.foundation.organization.models import Institution
from rumbo.systems.indicators.models import Indicator
from tests.cast import Character, Units
from tests.remembering import remembered
from tests.whole.settling import settle


@pytest.fixture(autouse=True)
def december(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is 3 December 2026 for pages and commands of this process, and the terminal says nothing of its language."""
    settings.RUMBO_TODAY = "2026-12-03"
    for name in ("LC_ALL", "LC_MESSAGES", "LANG", "RUMBO_AS"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
@remembered
def settled(institution: Institution, units: Units, carmen: Character) -> dict[str, Indicator]:
    """Plan, goals, ten closed months and November open. By code."""
    return settle(institution, units, carmen)
