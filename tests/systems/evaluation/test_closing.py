"""A month is sealed whole, in order, once; what it says never changes, only another closing supersedes it."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest

from rumbo.core.vocabulary.light import Light
from rumbo.core.vocabulary.refusal import Forbidden
from rumbo.foundation.audit.models import Event
from rumbo.foundation.organization.models import Institution
from rumbo.systems.captures import actions as captures
from rumbo.systems.captures import queries as reported
from rumbo.systems.captures.actions import UnitsPending
from rumbo.systems.evaluation import actions, queries
from rumbo.systems.evaluation.actions import NotClosable, PeriodIsClosed
from rumbo.systems.evaluation.models import Closing, Result, RollupResult, SchemeVersion
from rumbo.systems.evaluation.queries.sealing import broken_seals
from tests.cast import NOW, SYSTEM, TODAY, Character, Units
from tests.systems.evaluation.conftest import FEBRUARY, JANUARY, MARCH, Programme, day_after, moment

pytestmark = pytest.mark.django_db


def test_who_does_not_close_cannot_close(
    report: Callable[..., None], close: Callable[..., Closing], ana: Character, beto: Character, gina: Character
) -> None:
    report(JANUARY, M001=95, M002=40, M003=(90, 100))
    for someone in (ana, beto, gina):
        with pytest.raises(Forbidden):
            close(JANUARY, by=someone)
    assert not Closing.objects.exists()


def test_a_month_that_has_not_ended_cannot_be_closed(close: Callable[..., Closing], programme: Programme) -> None:
    with pytest.raises(NotClosable, match="no ha terminado"):
        close(JANUARY, on=date(2026, 1, 31))


def test_months_are_closed_in_order(report: Callable[..., None], close: Callable[..., Closing]) -> None:
    report(FEBRUARY, M001=95, M002=40, M003=(90, 100))
    with pytest.raises(NotClosable, match="enero de 2026"):
        close(FEBRUARY)


def test_without_programme_there_is_nothing_to_close(institution: Institution, close: Callable[..., Closing]) -> None:
    with pytest.raises(NotClosable, match="No hay metas programadas"):
        close(JANUARY)


def test_an_area_that_did_not_report_stops_the_closing_until_its_omission_is_accepted(
    institution: Institution, report: Callable[..., None], close: Callable[..., Closing], units: Units
) -> None:
    report(JANUARY, M001=95, M003=(90, 100))
    with pytest.raises(UnitsPending, match="Parques"):
        close(JANUARY)
    assert not Closing.objects.exists()
    assert not reported.month_locked(institution, JANUARY.index)
    closing = close(JANUARY, accept_missing={units.parks.pk: "No remitió la captura."})
    assert (closing.goals_due, closing.goals_reported) == (3, 2)
    (omission,) = reported.omissions_of(institution, JANUARY.index)
    assert (omission.unit, omission.reason) == (units.parks, "No remitió la captura.")


@pytest.mark.requirement("A1-09", "A1-12", "A1-15")
def test_a_closing_stores_figures_lights_classes_and_places(
    institution: Institution, first_quarter: list[Closing]
) -> None:
    rows = {row.code: row for row in queries.results_of(institution.pk, FEBRUARY)}
    lamps, trees, requests = rows["M001"], rows["M002"], rows["M003"]
    assert (lamps.programmed, lamps.actual, lamps.programmed_to_date, lamps.actual_to_date) == (100, 60, 200, 155)
    assert (lamps.compliance_month, lamps.compliance_to_date, lamps.compliance_year) == (60.0, 77.5, 12.9)
    assert lamps.gap == -45
    assert (lamps.light, lamps.streak) == (Light.AMBER, 1)
    assert (trees.light, trees.streak, trees.critical) == (Light.RED, 2, True)
    assert requests.compliance_to_date == 102.8
    assert rows["O001"].light is Light.NOT_DUE
    assert [row.rank for row in (requests, lamps, trees, rows["O001"])] == [1, 2, 3, None]


@pytest.mark.requirement("A1-04", "A1-22")
def test_results_come_from_highest_to_lowest_compliance(institution: Institution, first_quarter: list[Closing]) -> None:
    assert [row.code for row in queries.results_of(institution.pk, FEBRUARY)] == ["M003", "M001", "M002", "O001"]


@pytest.mark.requirement("A1-04")
def test_areas_and_plan_elements_add_everything_below_them(
    first_quarter: list[Closing], units: Units, programme: Programme
) -> None:
    rolled = {
        (found.tree, found.node): found for found in RollupResult.objects.filter(closing=first_quarter[1], period=24313)
    }
    whole, desu, parks = rolled["institution", 0], rolled["unit", units.desu.pk], rolled["unit", units.parks.pk]
    assert (whole.goals, whole.counted, whole.expected, whole.coverage) == (4, 3, 3, 100.0)
    assert (desu.goals, parks.goals) == (3, 1)
    assert parks.compliance == 45.0
    assert desu.compliance == whole.compliance == 74.2  # (100 + 77.5 + 45) ÷ 3, each within 100
    assert (whole.achieved_or_good, whole.achieved_or_good_pct) == (1, 33.3)
    assert rolled["unit", units.works.pk].compliance is None


def test_a_closing_knows_where_the_programme_will_stand(first_quarter: list[Closing]) -> None:
    whole = RollupResult.objects.get(closing=first_quarter[1], tree="institution")
    assert len(whole.course) == 12
    assert whole.course[1] == whole.programmed_progress
    assert whole.course[-1] == 100.0


def test_the_open_month_shows_who_is_missing_as_soon_as_the_one_before_is_closed(
    institution: Institution, report: Callable[..., None], close: Callable[..., Closing]
) -> None:
    report(JANUARY, M001=95, M002=40, M003=(90, 100))
    close(JANUARY)
    rows = {row.code: row for row in queries.results_of(institution.pk, FEBRUARY)}
    assert rows.keys() == {"M001", "M002", "M003", "O001"}
    assert all(row.actual is None for row in rows.values())


def test_a_sealed_month_is_not_evaluated_again(
    institution: Institution, first_quarter: list[Closing], close: Callable[..., Closing]
) -> None:
    with pytest.raises(PeriodIsClosed):
        actions.evaluate_month(institution=institution, period=JANUARY, by=SYSTEM, at=NOW)
    with pytest.raises(NotClosable, match="ya está cerrado"):
        close(JANUARY, on=TODAY)


def test_the_first_closing_adopts_the_default_scales_as_version_1(
    institution: Institution, first_quarter: list[Closing]
) -> None:
    (version,) = SchemeVersion.objects.filter(institution=institution)
    assert {closing.scheme_version for closing in first_quarter} == {version}
    assert (version.number, version.effective_from) == (1, date(2026, 1, 1))
    assert Event.objects.filter(action="evaluation.adopt_default_scheme").count() == 1


@pytest.mark.requirement("Q-07")
def test_a_later_version_of_the_scales_leaves_closed_months_as_they_were(
    institution: Institution, first_quarter: list[Closing], carmen: Character, close: Callable[..., Closing]
) -> None:
    actions.save_scheme(
        institution=institution,
        parameters={"green": 95.0, "amber": 40.0},
        effective_from=date(2026, 3, 1),
        by=carmen.actor,
        at=NOW,
        on=TODAY,
    )
    march = close(MARCH, accept_missing="No hubo dato.")
    assert march.scheme_version.number == 2
    lights = [row.light for row in queries.results_of(institution.pk, MARCH) if row.code == "M002"]
    assert lights == [Light.AMBER]
    assert [row.light for row in queries.results_of(institution.pk, FEBRUARY) if row.code == "M002"] == [Light.RED]


def test_the_digest_speaks_of_the_results_and_breaks_when_one_changes(first_quarter: list[Closing]) -> None:
    january, february = first_quarter
    assert len(january.digest) == 64
    assert january.digest != february.digest
    assert broken_seals() == []
    Result.objects.filter(closing=january, compliance_to_date=95.0).update(compliance_to_date=96.0)
    (problem,) = broken_seals()
    assert "enero de 2026" in problem


@pytest.mark.requirement("A1-11")
def test_history_is_closed_in_one_batch_with_its_mark(
    institution: Institution, programme: Programme, carmen: Character
) -> None:
    rows = [captures.HistoryRow(programme.ids["M001"], period.index, Decimal(100)) for period in (JANUARY, FEBRUARY)]
    captures.load_history(institution=institution, rows=rows, by=SYSTEM, at=NOW)
    closings = actions.close_history(
        institution=institution, through=FEBRUARY, by=carmen.actor, at=NOW, on=TODAY, reason="No se conserva el dato."
    )
    assert [(closing.period, closing.kind) for closing in closings] == [
        (JANUARY.index, Closing.Kind.HISTORICAL),
        (FEBRUARY.index, Closing.Kind.HISTORICAL),
    ]
    with pytest.raises(NotClosable):
        actions.close_history(
            institution=institution, through=FEBRUARY, by=carmen.actor, at=NOW, on=TODAY, reason="Otra vez."
        )


def test_ana_captures_beto_approves_carmen_validates_and_closes(
    institution: Institution, programme: Programme, report: Callable[..., None], close: Callable[..., Closing],
    ana: Character, beto: Character, carmen: Character,
) -> None:  # fmt: skip
    report(JANUARY, M002=100, M003=(90, 100))
    at = moment(date(2026, 2, 4))
    indicator = reported.visible_to(SYSTEM, institution).model._meta.get_field("indicator").related_model.objects
    lamps = indicator.select_related("goal__unit").get(code="M001")
    entry: captures.drafting.Entry = {"numerator": Decimal(97)}
    draft = captures.save_draft(
        institution=institution, indicator=lamps, period=JANUARY.index, entry=entry, version=None, by=ana.actor, at=at
    )
    with pytest.raises(UnitsPending):
        close(JANUARY)
    sent = captures.submit(institution=institution, capture=draft, by=ana.actor, at=at)
    approved = captures.approve_area(institution=institution, capture=sent, by=beto.actor, at=at)
    captures.validate(institution=institution, capture=approved, by=carmen.actor, at=at)
    closing = close(JANUARY)
    assert closing.goals_reported == 3
    (row,) = [row for row in queries.results_of(institution.pk, JANUARY) if row.code == "M001"]
    assert (row.compliance_to_date, row.state) == (97.0, "approved")
    assert closing.closed_by == carmen.email
    assert closing.closed_on == day_after(JANUARY)
