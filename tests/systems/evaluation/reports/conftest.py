"""Documents of the first quarter: produced once each time a test asks."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from rumbo.core.timekeeping.period import Period
from rumbo.foundation.organization.models import Institution
from rumbo.systems.evaluation import reports
from rumbo.systems.evaluation.models import Closing
from tests.cast import Character
from tests.systems.evaluation.conftest import FEBRUARY, moment

ISSUED = date(2026, 3, 12)


@pytest.fixture
def produce(institution: Institution, first_quarter: list[Closing], gina: Character) -> Callable[..., Any]:
    """`produce("monthly")`: by the contractor, of February unless told."""

    def produced(kind: str, period: Period = FEBRUARY, **more: Any) -> dict[str, bytes]:
        asked = {"institution": institution, "by": gina.actor, "on": ISSUED, "at": moment(ISSUED)} | more
        return reports.produce(kind, period=period, **asked)

    return produced
