"""«Mis pendientes»: what each person owes here, with its day and its reason."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest
from django.db import transaction

from rumbo.core.vocabulary.owed import Owed
from rumbo.core.vocabulary.return_reason import ReturnReason
from rumbo.foundation.organization.models import Institution
from rumbo.systems.captures import actions, queries
from rumbo.systems.captures.models import Capture
from rumbo.systems.indicators.models import Indicator
from tests.cast import NOW, TODAY, Character, Units
from tests.systems.captures.conftest import CAUSE, NOVEMBER, OCTOBER

pytestmark = pytest.mark.django_db
type Save = Callable[..., Capture]


def kinds(lines: list[Owed]) -> list[tuple[str, int]]:
    return [(line.kind, line.count) for line in lines]


def test_nobody_is_told_of_what_is_not_theirs(
    lamps: Indicator, submitted: Save, everyone_of_the_cast: dict[str, Character]
) -> None:
    submitted(lamps, 100)
    owing = {name for name, who in everyone_of_the_cast.items() if queries.owed(who.actor, on=TODAY)}
    assert owing == {"beto"}


def test_who_captures_sees_what_is_due_with_its_day(
    lamps: Indicator, surveys: Indicator, works: Indicator, ana: Character
) -> None:
    (line,) = queries.owed(ana.actor, on=TODAY)
    assert (line.kind, line.title) == ("capture", "M001 · Indicador M001")
    assert line.detail == "Por capturar: noviembre de 2026"
    assert line.url == "/i/prueba/captura/M001/2026-11/"
    assert line.due_on == date(2026, 12, 7)


def test_many_become_one_line_with_their_count(
    make_indicator: Callable[..., Indicator], units: Units, ana: Character
) -> None:
    for number in range(6):
        make_indicator(f"M01{number}", units.desu, {11: (1, None)})
    (line,) = queries.owed(ana.actor, on=TODAY)
    assert (line.count, line.title) == (6, "6 indicadores por capturar")


def test_what_was_returned_comes_first_with_its_reason(
    institution: Institution, lamps: Indicator, requests_: Indicator, submitted: Save, save: Save, ana: Character,
    beto: Character,
) -> None:  # fmt: skip
    actions.return_(
        institution=institution, capture=submitted(lamps, 100), kind=ReturnReason.EVIDENCE_OTHER_PERIOD,
        text="La evidencia es de septiembre.", by=beto.actor, at=NOW,
    )  # fmt: skip
    save(requests_, 88, 100)
    lines = queries.owed(ana.actor, on=TODAY)
    assert kinds(lines) == [("returned", 1), ("draft", 1)]
    assert lines[0].reason == "La evidencia es de septiembre."
    assert lines[0].due_on == date(2026, 12, 9)


def test_each_reviewer_sees_their_own_step(
    institution: Institution, lamps: Indicator, requests_: Indicator, submitted: Save, beto: Character, rita: Character,
    carmen: Character,
) -> None:  # fmt: skip
    first, second = submitted(lamps, 100), submitted(requests_, 95, 100)
    assert kinds(queries.owed(beto.actor, on=TODAY)) == [("area_review", 1), ("area_review", 1)]
    actions.approve_area_many(institution=institution, captures=[first, second], by=beto.actor, at=NOW)
    assert queries.owed(beto.actor, on=TODAY) == []
    for person in (rita, carmen):
        lines = queries.owed(person.actor, on=TODAY)
        assert kinds(lines) == [("planning_review", 1), ("planning_review", 1)]
        assert lines[0].url == "/i/prueba/captura/revision/?area=DESU"
        assert lines[0].due_on == date(2026, 12, 14)


def test_a_closed_month_leaves_nothing_to_do(
    institution: Institution, lamps: Indicator, requests_: Indicator, surveys: Indicator, submitted: Save, save: Save,
    ana: Character, beto: Character, rita: Character, carmen: Character,
) -> None:  # fmt: skip
    """What was not validated by then is an omission: nobody could finish it, so nobody is told to."""
    save(requests_, 88, 100)
    capture = submitted(lamps, 100)
    waiting = [(beto, "area_review"), (rita, "planning_review"), (ana, "returned")]
    moves = [
        lambda: actions.approve_area(institution=institution, capture=capture, by=beto.actor, at=NOW),
        lambda: actions.return_(
            institution=institution, capture=capture, kind=ReturnReason.OTHER, text="No.", by=rita.actor, at=NOW
        ),
    ]
    lock = {"institution": institution, "period": NOVEMBER, "accepted": "No se validó.", "by": carmen.actor, "at": NOW}
    for (who, kind), move in zip(waiting, [*moves, None], strict=True):
        assert kind in dict(kinds(queries.owed(who.actor, on=TODAY)))
        with transaction.atomic():
            actions.lock_month(**lock)  # type: ignore[arg-type]
            assert not {kind, "draft"} & set(dict(kinds(queries.owed(who.actor, on=TODAY))))
            assert not queries.queue_of(who.actor, institution).exists()
            transaction.set_rollback(True)
        if move:
            move()
            capture.refresh_from_db()


def test_a_commitment_whose_day_came_is_asked_until_it_is_answered(
    lamps: Indicator, submitted: Save, save: Save, ana: Character, institution: Institution
) -> None:
    submitted(lamps, 50, period=OCTOBER, **CAUSE | {"commitment_on": date(2026, 11, 30)})
    lines = queries.owed(ana.actor, on=TODAY)
    assert kinds(lines) == [("capture", 1), ("commitment", 1)]
    assert (lines[1].due_on, lines[1].title) == (date(2026, 11, 30), "M001 · Se abrirán dos frentes simultáneos.")
    (due,) = queries.commitments_due(institution, on=TODAY)
    assert due.overdue(TODAY)
    save(lamps, 100, commitment_outcome="Se abrieron los dos frentes el 20/11.")
    assert kinds(queries.owed(ana.actor, on=TODAY)) == [("draft", 1)]
    (due,) = queries.commitments_due(institution, on=TODAY)
    assert due.outcome == "Se abrieron los dos frentes el 20/11."
    assert queries.commitments_of(institution, OCTOBER)[lamps.pk].cause == CAUSE["cause"]


def test_who_closes_decides_the_corrections(
    institution: Institution, lamps: Indicator, carmen: Character, beto: Character
) -> None:
    rows = [actions.HistoryRow(lamps.pk, NOVEMBER, Decimal(5))]
    actions.load_history(institution=institution, rows=rows, by=carmen.actor, at=NOW)
    actions.lock_month(institution=institution, period=NOVEMBER, by=carmen.actor, at=NOW)
    actions.request_correction(
        institution=institution, capture=Capture.objects.get(), numerator=Decimal(6), reason="Faltó uno.",
        by=beto.actor, at=NOW,
    )  # fmt: skip
    (line,) = queries.owed(carmen.actor, on=TODAY)
    assert (line.kind, line.reason) == ("correction", "Faltó uno.")
