"""What some areas reported and are committed to, read once: the same that the database adds up of everything."""

from collections.abc import Callable
from datetime import date

import pytest

from rumbo.foundation.organization.models import Institution
from rumbo.systems.captures import queries
from rumbo.systems.captures.models import Capture, Evidence
from rumbo.systems.captures.queries.standing import areas_month, reporting_of, standing_commitments
from rumbo.systems.indicators.models import Indicator
from tests.cast import NOW, TODAY, Character, Units
from tests.systems.captures.conftest import NOVEMBER, OCTOBER

pytestmark = pytest.mark.django_db
type Sent = Callable[..., Capture]


@pytest.fixture
def told(
    institution: Institution, lamps: Indicator, requests_: Indicator, works: Indicator, submitted: Sent, save: Sent,
    ana: Character,
) -> list[Indicator]:  # fmt: skip
    """Two goals of DESU and its parks with evidence (one file retired) and commitments; one of another area, mute."""
    submitted(lamps, 50, period=OCTOBER, commitment_on=date(2026, 11, 30))
    submitted(lamps, 60, commitment_outcome="Se abrieron.")
    capture = save(requests_, 10, 100)
    for number in range(3):
        Evidence.objects.create(
            institution=institution, capture=capture, digest=f"{number:064d}", file_name=f"acta-{number}.pdf",
            media_type="application/pdf", size=10, attached_by=ana.person, attached_at=NOW,
            retired_on=TODAY if number == 2 else None, retired_reason="Repetida." if number == 2 else "",
        )  # fmt: skip
    return [lamps, requests_, works]


def test_what_another_area_said_is_not_told(institution: Institution, told: list[Indicator], units: Units) -> None:
    found = areas_month(institution, NOVEMBER, on=TODAY, units=[units.works.pk])
    assert (found.reporting.by_state, found.commitments.first) == ({}, [])
    assert not queries.commitments_of(institution, NOVEMBER, indicators=[told[2].pk])


def test_areas_of_another_institution_tell_nothing(
    institution: Institution, dario: Character, told: list[Indicator], units: Units
) -> None:
    other = Institution.objects.exclude(pk=institution.pk).get()
    found = areas_month(other, NOVEMBER, on=TODAY, units=[units.desu.pk])
    assert (found.reporting.by_state, found.commitments.first) == ({}, [])
    assert not queries.commitments_of(other, NOVEMBER, indicators=[told[0].pk])


@pytest.mark.parametrize("period", [OCTOBER, NOVEMBER])
@pytest.mark.parametrize("on", [TODAY, date(2027, 3, 1)])
def test_what_is_read_once_is_what_the_database_adds_up(
    period: int, on: date, institution: Institution, told: list[Indicator], units: Units
) -> None:
    mine = [units.desu.pk, units.parks.pk]
    found = areas_month(institution, period, on=on, units=mine)
    assert found.reporting == reporting_of(institution, period, units=mine)
    assert found.reporting.by_state
    assert found.commitments == standing_commitments(institution, period, on=on, units=mine)
    whole = areas_month(institution, period, on=on, units=None)
    assert whole == found  # the other area said nothing


def test_evidence_that_was_retired_is_not_counted(
    institution: Institution, told: list[Indicator], units: Units
) -> None:
    found = areas_month(institution, NOVEMBER, on=TODAY, units=[units.parks.pk]).reporting
    assert (found.with_evidence, found.evidence) == (1, 2)


def test_what_some_indicators_said_is_what_they_said_among_all(institution: Institution, told: list[Indicator]) -> None:
    every = queries.commitments_of(institution, OCTOBER)
    assert queries.commitments_of(institution, OCTOBER, indicators=[one.pk for one in told]) == every
    assert list(every) == [told[0].pk]
