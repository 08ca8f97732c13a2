"""`rumbo audit verify` finds an altered row, an altered event and a cut tail, names them, and exits with 1."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from django.db import models

from rumbo.foundation.audit.models import Event, Head
from rumbo.foundation.organization.models import Institution, Membership, Person, Unit
from rumbo.foundation.planning.models import Plan, PlanElement, PlanLevel
from rumbo.shell.command import run
from rumbo.systems.captures.models import Capture, MonthLock
from rumbo.systems.evaluation.models import Closing, Result, RollupResult, SchemeVersion
from rumbo.systems.indicators.models import Goal, Indicator, MonthlyTarget, Programme
from tests.cast import NOW
from tests.whole.settling import OCTOBER

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("A1-12")]
type Verify = Callable[[], list[str]]


@pytest.fixture
def verify(settled: dict[str, Indicator], capsys: pytest.CaptureFixture[str]) -> Verify:
    """What the command says of each problem, in a line; nothing and 0 when there is none."""

    def verified() -> list[str]:
        capsys.readouterr()
        code = run(["audit", "verify", "--json"])
        answer = json.loads(capsys.readouterr().out)
        assert (code, answer["ok"]) == ((1, False) if answer["problems"] else (0, True))
        return [f"{one['place']} {one['message']}" for one in answer["problems"]]

    return verified


def test_what_nobody_touched_is_whole(verify: Verify, capsys: pytest.CaptureFixture[str]) -> None:
    assert verify() == []
    assert run(["audit", "verify"]) == 0
    assert "La bitácora está completa" in capsys.readouterr().out


# Of each table, a change that somebody could want to make by hand, and what must be named.
CHANGES: list[tuple[type[models.Model], dict[str, Any], dict[str, Any], str]] = [
    (Institution, {"slug": "prueba"}, {"nature": "demonstration"}, "organization.institution"),
    (Institution, {"slug": "prueba"}, {"on_first_screen": False}, "organization.institution"),
    (Unit, {"code": "DESU"}, {"name": "Otra"}, "Otra"),
    (Unit, {"code": "DESU"}, {"position": 99}, "«DESU "),
    (Unit, {"code": "DGO"}, {"path": "/"}, "«DGO "),  # with it, whoever heads Obras would head everything
    (Person, {"email": "carmen@prueba.example"}, {"email": "otra@prueba.example"}, "otra@prueba.example"),
    (Person, {"email": "carmen@prueba.example"}, {"password": "pbkdf2_sha256$1$sal$puesta"}, "carmen@prueba.example"),
    (Membership, {"role": "closer"}, {"role": "administrator"}, "organization.membership"),
    (Plan, {}, {"mission": "Otra"}, "planning.plan"),
    (PlanLevel, {"singular": "Eje rector"}, {"singular": "Pilar"}, "planning.plan"),
    (PlanElement, {"code": "1.1"}, {"statement": "Otra"}, "1.1"),
    (PlanElement, {"code": "1.1"}, {"position": 99}, "«1.1 "),
    (PlanElement, {"code": "1.1"}, {"path": "/999/"}, "«1.1 "),
    (Goal, {"code": "M001"}, {"statement": "Una meta más fácil"}, "M001"),
    (Goal, {"code": "M001"}, {"position": 99}, "M001"),
    (Indicator, {"code": "M001"}, {"direction": 2}, "M001"),
    (Programme, {"indicator__code": "M001"}, {"annual_target": 1}, "indicators.programme"),
    (MonthlyTarget, {"indicator__code": "M001", "period": OCTOBER.index}, {"numerator": 1}, "indicators.programme"),
    (Capture, {"indicator__code": "O001", "period": OCTOBER.index}, {"numerator": 1000}, "captures.capture"),
    (Capture, {"indicator__code": "O001", "period": OCTOBER.index}, {"captured_at": NOW}, "captures.capture"),
    (MonthLock, {"period": OCTOBER.index}, {"period": OCTOBER.index + 1}, "su candado ya no está"),
    (SchemeVersion, {}, {"parameters": {"green_from": 1}}, "evaluation.schemeversion"),
    (Closing, {"period": OCTOBER.index}, {"closed_by": "otra@prueba.example"}, "evaluation.closing"),
    (Result, {"indicator__code": "O001", "period": OCTOBER.index}, {"light": 3}, "octubre de 2026"),
    (Result, {"indicator__code": "O001", "period": OCTOBER.index}, {"principal": False}, "octubre de 2026"),
    (RollupResult, {"tree": "institution", "period": OCTOBER.index}, {"compliance": 100.0}, "octubre de 2026"),
]


@pytest.mark.parametrize(
    ("model", "which", "change", "named"), CHANGES, ids=lambda value: getattr(value, "__name__", "")
)
def test_an_altered_row_is_named(
    verify: Verify, model: type[models.Model], which: dict[str, Any], change: dict[str, Any], named: str
) -> None:
    rows = model._default_manager.filter(pk=model._default_manager.filter(**which)[0].pk)
    assert rows.update(**change) == 1
    found = verify()
    assert any(named in problem for problem in found), found


@pytest.mark.parametrize("model", [Capture, MonthlyTarget, MonthLock, Result, RollupResult, Goal, Event])
def test_a_row_that_was_taken_away_is_missed(verify: Verify, model: type[models.Model]) -> None:
    rows = model._default_manager.all()
    if model is Result:
        rows = rows.filter(closing__isnull=False)
    if model is Goal:  # whole: with everything that hangs from it
        for below in (Result, Capture, MonthlyTarget, Programme, Indicator):
            below._default_manager.filter(**{_to_goal(below): "M002"})._raw_delete("default")  # type: ignore[attr-defined]
        rows = rows.filter(code="M002")
    assert rows.filter(pk=rows.order_by("pk")[0].pk)._raw_delete("default") == 1  # type: ignore[attr-defined]
    assert verify() != []


def _to_goal(model: type[models.Model]) -> str:
    if model is Indicator:
        return "goal__code"
    return "indicator__goal__code"


@pytest.mark.parametrize("field", ["payload", "actor", "action", "title", "at", "hash", "subject_ref"])
def test_an_altered_event_is_named(verify: Verify, field: str) -> None:
    event = Event.objects.get(action="evaluation.close", title__contains="octubre")
    value = getattr(event, field)
    altered = value.replace(year=2025) if field == "at" else value.replace(value[5:9], "0000")
    assert Event.objects.filter(pk=event.pk).update(**{field: altered}) == 1
    assert any(problem.startswith(f"prueba#{event.sequence} ") for problem in verify())


@pytest.mark.parametrize("cut", [1, 2, 5])
def test_a_cut_tail_is_found_even_if_the_head_was_mended(verify: Verify, cut: int) -> None:
    last = Head.objects.get(chain="prueba").sequence
    Event.objects.filter(chain="prueba", sequence__gt=last - cut).delete()
    mended = Event.objects.get(chain="prueba", sequence=last - cut)
    Head.objects.filter(chain="prueba").update(sequence=mended.sequence, hash=mended.hash)
    found = verify()
    assert found
    assert not [problem for problem in found if problem.startswith("prueba#")], "the chain by itself is whole"
    if cut > 2:
        assert any("se cortó su final" in problem for problem in found)


def test_a_tail_of_events_without_rows_is_found_when_a_closing_printed_it(verify: Verify) -> None:
    """Somebody who also takes away what the lost events tell of still has to give back the printed digest."""
    closing = Closing.objects.get(period=OCTOBER.index)
    kept = Event.objects.get(chain="prueba", hash=closing.audit_hash)
    Event.objects.filter(chain="prueba", sequence__gte=kept.sequence).delete()
    newest = Event.objects.filter(chain="prueba").latest("sequence")
    Head.objects.filter(chain="prueba").update(sequence=newest.sequence, hash=newest.hash)
    assert any("octubre de 2026" in problem and "se cortó su final" in problem for problem in verify())
