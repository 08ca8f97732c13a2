"""A trail whose end was cut together with its head is whole by itself: what each closing printed gives it away."""

from uuid import uuid4

import pytest

from rumbo.foundation.audit import queries as audit
from rumbo.foundation.audit.models import Event, Head
from rumbo.foundation.organization.models import Institution
from rumbo.systems.evaluation.models import Closing, Result, RollupResult
from rumbo.systems.evaluation.queries import sealing
from rumbo.systems.evaluation.queries.sealing import broken_seals, kept_beside
from rumbo.systems.evaluation.queries.table import Evaluated, Table
from rumbo.systems.indicators.models import Indicator

pytestmark = pytest.mark.django_db


def test_two_closed_months_verify(first_quarter: list[Closing]) -> None:
    assert [str(problem) for problem in audit.verify()] == []


def test_a_tail_cut_with_its_head_is_found_through_the_closing_that_printed_it(
    institution: Institution, first_quarter: list[Closing]
) -> None:
    sealed = Event.objects.get(chain="prueba", action="evaluation.close", title__contains="ebrero")
    Event.objects.filter(chain="prueba", sequence__gte=sealed.sequence - 1).delete()
    last = Event.objects.filter(chain="prueba").latest("sequence")
    Head.objects.filter(chain="prueba").update(sequence=last.sequence, hash=last.hash)

    assert broken_seals() == [
        "prueba: la bitácora ya no contiene la huella que se imprimió en el cierre núm. 1 de febrero de 2026: "
        "se cortó su final"
    ]
    assert any("no tiene ningún evento" in str(problem) for problem in audit.verify())


@pytest.mark.parametrize("moved", ["unit_id", "goal_id", "plan_element_id"])
def test_the_last_of_many_results_does_not_move_to_another_place_unseen(
    first_quarter: list[Closing], moved: str
) -> None:
    """Its copies of what the indicator says are not foreign keys of the database: the trail answers for them."""
    last, _rolled = many(first_quarter[-1])
    before = kept_beside(first_quarter[-1])
    Result.objects.filter(pk=last.pk).update(**{moved: getattr(last, moved) + 1000})
    after = kept_beside(first_quarter[-1])
    assert (after["places"] == before["places"], after["rollups"] == before["rollups"]) == (False, True)


def test_the_last_of_many_rollups_does_not_change_unseen(first_quarter: list[Closing]) -> None:
    _result, last = many(first_quarter[-1])
    before = kept_beside(first_quarter[-1])
    RollupResult.objects.filter(pk=last.pk).update(counted=last.counted + 1)
    after = kept_beside(first_quarter[-1])
    assert (after["places"] == before["places"], after["rollups"] == before["rollups"]) == (True, False)


def test_what_a_closing_tells_of_its_places_is_what_its_rows_say(first_quarter: list[Closing]) -> None:
    rows = [Evaluated._make(row) for row in first_quarter[-1].results.values_list(*Evaluated._fields)]
    assert kept_beside(first_quarter[-1], Table.of_rows(reversed(rows))) == kept_beside(first_quarter[-1])


def test_what_older_events_told_of_a_closing_is_still_taken(
    first_quarter: list[Closing], monkeypatch: pytest.MonkeyPatch
) -> None:
    """They told the first twenty rows."""
    closing = first_quarter[-1]
    once = sealing._kept_once(closing)
    monkeypatch.setattr(sealing, "details_of", lambda *_: [("prueba", str(closing.ref), once)])
    assert broken_seals() == []
    Result.objects.filter(pk=closing.results.earliest("indicator_id").pk).update(principal=False)
    assert len(broken_seals()) == 1


def many(closing: Closing) -> tuple[Result, RollupResult]:
    """Copies of the closing's last result and roll-up, past what the text of a query shows; the last of each."""
    result, rolled = closing.results.latest("indicator_id"), closing.rollups.order_by("tree", "node")[0]
    for number in range(25):
        indicator = Indicator.objects.get(pk=result.indicator_id)
        indicator.pk, indicator.ref, indicator.code = None, uuid4(), f"COPIA-{number:02d}"
        indicator.principal = False
        indicator.save(force_insert=True)
        result.pk, result.indicator_id = None, indicator.pk
        result.save(force_insert=True)
        rolled.pk, rolled.tree, rolled.node = None, RollupResult.Tree.UNIT, 10_000 + number
        rolled.save(force_insert=True)
    return result, rolled
