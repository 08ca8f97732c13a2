"""A trail whose end was cut together with its head is whole by itself: what each closing printed gives it away."""

import pytest

from rumbo.foundation.audit import queries as audit
from rumbo.foundation.audit.models import Event, Head
from rumbo.foundation.organization.models import Institution
from rumbo.systems.evaluation.models import Closing
from rumbo.systems.evaluation.queries.sealing import broken_seals

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
