"""The list of quarters and what each role owes of it."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.test.utils import CaptureQueriesContext

from rumbo.core.timekeeping.quarter import Quarter
from rumbo.foundation.organization import actions as organization
from rumbo.foundation.organization.models import Institution
from rumbo.foundation.planning.models import Plan
from rumbo.systems.transparency import presenters, queries
from rumbo.systems.transparency.models import DisclosureRecord
from rumbo.systems.transparency.states import RecordState
from tests.cast import FOUNDED, FOUNDED_AT, SYSTEM, TODAY, Character
from tests.systems.transparency.conftest import QUARTER

DUE = date(2026, 11, 14)


def titles(actor: Character, institution: Institution, on: date) -> list[str]:
    return [line.title for line in queries.owed_in(actor.actor, institution, on=on)]


def test_who_does_nothing_here_owes_nothing(
    institution: Institution, plan: Plan, ana: Character, hugo: Character
) -> None:
    assert titles(ana, institution, TODAY) == titles(hugo, institution, TODAY) == []


def test_an_institution_that_does_not_keep_its_records_here_owes_none(
    institution: Institution, published: DisclosureRecord, carmen: Character
) -> None:
    day = date(2027, 1, 5)
    assert len(titles(carmen, institution, day)) == 1
    organization.configure(
        institution=institution, values={"transparency_kept": False}, effective_from=FOUNDED,
        by=SYSTEM, at=FOUNDED_AT, on=FOUNDED,
    )  # fmt: skip
    assert titles(carmen, institution, day) == []
    assert [standing.quarter for standing in queries.standings_of(institution, on=day)] == [QUARTER]


def test_test_data_are_owed_to_nobody(institution: Institution, plan: Plan, carmen: Character) -> None:
    institution.nature = "test_data"
    assert titles(carmen, institution, TODAY) == []


@pytest.mark.requirement("IECM-26")
def test_each_step_is_owed_by_who_does_it_from_the_day_after_the_quarter(
    institution: Institution, plan: Plan, rita: Character, carmen: Character, draft_later: Callable[[str], None]
) -> None:
    assert titles(rita, institution, date(2026, 9, 30)) == ["Preparar el registro: segundo trimestre de 2026"]
    day = date(2026, 10, 1)
    assert titles(rita, institution, day) == ["Preparar el registro: tercer trimestre de 2026"]
    draft_later("draft")
    assert titles(rita, institution, day) == []
    assert titles(carmen, institution, day) == ["Validar el registro: tercer trimestre de 2026"]
    draft_later("validated")
    assert titles(carmen, institution, day) == ["Publicar el registro: tercer trimestre de 2026"]
    draft_later("published")
    assert titles(carmen, institution, day) == []


@pytest.fixture
def draft_later(request: pytest.FixtureRequest) -> Callable[[str], None]:
    """Brings the record to a state when the test says."""
    return lambda name: request.getfixturevalue(name)


@pytest.mark.requirement("IECM-25", "IECM-26", "Q-04")
def test_what_is_owed_says_its_last_day_and_the_safe_one(
    institution: Institution, draft: DisclosureRecord, carmen: Character
) -> None:
    (line,) = queries.owed_in(carmen.actor, institution, on=date(2026, 11, 1))
    assert (line.kind, line.due_on, line.detail) == ("publish", DUE, "Fecha segura: 13/11/2026")
    assert line.url == "/i/prueba/transparencia/2026/3/trabajo/"
    (line,) = queries.owed_in(carmen.actor, institution, on=date(2026, 11, 15))
    assert line.detail == "Quedará como extemporánea"


@pytest.mark.requirement("IECM-24", "IECM-26")
def test_the_list_keeps_the_current_year_two_before_and_what_has_a_record(
    institution: Institution, published: DisclosureRecord
) -> None:
    standings = queries.standings_of(institution, on=TODAY)
    assert [str(standing.quarter) for standing in standings] == [
        f"{year}-{number}" for year in (2026, 2025, 2024) for number in (4, 3, 2, 1)
    ]
    states = [standing.state for standing in standings]
    assert states[:2] == [RecordState.TO_PREPARE, RecordState.PUBLISHED]
    later = queries.standings_of(institution, on=date(2030, 2, 1))
    assert str(later[-1].quarter) == "2026-3"
    groups = presenters.years_of(later, queries.retained_years(2030))
    assert [(group.year, group.retained) for group in groups] == [
        (2030, True), (2029, True), (2028, True), (2026, False),
    ]  # fmt: skip


@pytest.mark.requirement("IECM-26")
@pytest.mark.parametrize(
    ("on", "words", "tone"),
    [
        (date(2026, 9, 30), "El trimestre no ha terminado", ""),
        (date(2026, 10, 31), "Faltan 14 días naturales", ""),
        (DUE - timedelta(days=10), "Faltan 10 días naturales", "soon"),
        (DUE - timedelta(days=1), "Falta 1 día natural", "soon"),
        (DUE, "Vence hoy", "soon"),
        (DUE + timedelta(days=1), "Venció hace 1 día natural", "late"),
    ],
)
def test_the_term_of_a_draft_is_told_in_words(
    institution: Institution, draft: DisclosureRecord, on: date, words: str, tone: str
) -> None:
    standings = {standing.quarter: standing for standing in queries.standings_of(institution, on=on)}
    row = presenters.row_of(standings[QUARTER])
    assert (row.time, row.tone) == (words, tone)
    mine = [row for row in presenters.urgent(list(standings.values())) if row.standing.quarter == QUARTER]
    assert bool(mine) is bool(tone)


def test_an_old_quarter_that_nobody_began_here_is_not_called_late(institution: Institution) -> None:
    standings = queries.standings_of(institution, on=TODAY)
    rows = {str(row.standing.quarter): row for row in map(presenters.row_of, standings)}
    assert (rows["2026-2"].time, rows["2026-2"].tone) == ("Sin registro en el sistema", "")
    assert (rows["2026-3"].time, rows["2026-3"].tone) == ("Venció hace 19 días naturales", "late")
    assert [str(row.standing.quarter) for row in presenters.urgent(standings)] == ["2026-3"]


@pytest.mark.requirement("IECM-26")
def test_a_publication_keeps_the_term_it_was_prepared_with(
    institution: Institution, published: DisclosureRecord
) -> None:
    organization.configure(
        institution=institution, values={"transparency_due_days": 15}, effective_from=FOUNDED,
        by=SYSTEM, at=FOUNDED_AT, on=FOUNDED,
    )  # fmt: skip
    found = next(one for one in queries.standings_of(institution, on=TODAY) if one.quarter == QUARTER)
    assert (found.deadline.due, found.late) == (DUE, False)
    other = next(one for one in queries.standings_of(institution, on=TODAY) if one.quarter == Quarter(2026, 2))
    assert other.deadline.due == date(2026, 7, 15)


def test_reading_the_list_takes_the_same_queries_with_any_number_of_records(
    institution: Institution,
    draft: DisclosureRecord,
    django_assert_num_queries: Callable[..., CaptureQueriesContext],
) -> None:
    for on in (TODAY, date(2030, 2, 1)):
        with django_assert_num_queries(4):
            queries.standings_of(institution, on=on)
    with django_assert_num_queries(4):
        queries.findings_of(draft, on=TODAY)
