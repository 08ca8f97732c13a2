"""A month's delivery: made once, verified by who asked for it, observed and answered with another."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from rumbo.core.timekeeping.period import Period
from rumbo.core.vocabulary.refusal import Forbidden
from rumbo.foundation.audit import queries as audit
from rumbo.foundation.audit.models import Event
from rumbo.foundation.contracts import actions, queries
from rumbo.foundation.contracts.actions import NotDecidable, NotDeliverable
from rumbo.foundation.contracts.models import Delivery
from rumbo.foundation.documents import queries as documents
from rumbo.foundation.organization.models import Institution
from tests.cast import NOW, SYSTEM, TODAY, Character

pytestmark = pytest.mark.django_db
OCTOBER = Period(2026, 10)
SEALED = actions.Source("Cierre núm. 1", "a" * 64)
FILES = {"informe.pdf": actions.DeliveredFile("informe.pdf", b"%PDF- informe", "application/pdf")}


def deliver(institution: Institution, by: Character, **more: Any) -> Delivery:
    values = {"source": SEALED, "files": FILES, "due_on": date(2026, 11, 30), "on": TODAY} | more
    return actions.deliver(institution=institution, period=OCTOBER, by=by.actor, at=NOW, **values)


def observe(delivery: Delivery, by: Character, reasons: str = "Falta el oficio", on: date = TODAY) -> Delivery:
    return actions.observe(delivery=delivery, reasons=reasons, by=by.actor, on=on, at=NOW)


def accept(delivery: Delivery, by: Character, on: date = TODAY) -> Delivery:
    return actions.accept(delivery=delivery, by=by.actor, on=on, at=NOW)


# Refusals


def test_who_only_reads_or_accepts_does_not_deliver(
    institution: Institution, ines: Character, hugo: Character, eva: Character
) -> None:
    for character in (ines, hugo, eva):
        with pytest.raises(Forbidden, match="prestador"):
            deliver(institution, character)
    assert not Delivery.objects.exists()


@pytest.mark.requirement("A1-26")
def test_the_provider_and_planning_accept_nothing(
    institution: Institution, gina: Character, carmen: Character, hugo: Character
) -> None:
    delivery = deliver(institution, gina)
    for character in (gina, carmen, hugo):
        with pytest.raises(Forbidden, match="área solicitante"):
            accept(delivery, character)
        with pytest.raises(Forbidden, match="área solicitante"):
            observe(delivery, character)


def test_who_delivered_does_not_verify_even_if_the_permission_is_held(institution: Institution) -> None:
    delivery = actions.deliver(
        institution=institution, period=OCTOBER, source=SEALED, files=FILES, due_on=None, by=SYSTEM, on=TODAY, at=NOW
    )
    with pytest.raises(NotDecidable, match="propia entrega"):
        actions.accept(delivery=delivery, by=SYSTEM, on=TODAY, at=NOW)


def test_an_observation_says_why(institution: Institution, gina: Character, ines: Character) -> None:
    delivery = deliver(institution, gina)
    with pytest.raises(NotDecidable, match="qué observa"):
        observe(delivery, ines, "  ")
    with pytest.raises(IntegrityError), transaction.atomic():
        Delivery.objects.filter(pk=delivery.pk).update(state="observed", decided_on=TODAY)


def test_nothing_is_decided_before_it_is_delivered_or_twice(
    institution: Institution, gina: Character, ines: Character
) -> None:
    delivery = deliver(institution, gina)
    with pytest.raises(NotDecidable, match="no se decide antes"):
        accept(delivery, ines, on=TODAY - timedelta(days=1))
    accept(delivery, ines)
    with pytest.raises(NotDecidable, match="ya se decidió"):
        observe(delivery, ines)


def test_what_waits_or_is_accepted_is_not_delivered_again(
    institution: Institution, gina: Character, ines: Character
) -> None:
    delivery = deliver(institution, gina)
    with pytest.raises(NotDeliverable, match=r"núm\. 1 de octubre de 2026 espera la verificación"):
        deliver(institution, gina)
    accept(delivery, ines)
    with pytest.raises(NotDeliverable, match="ya está aceptado"):
        deliver(institution, gina)
    assert Delivery.objects.count() == 1


def test_of_two_who_deliver_at_once_the_second_is_told(
    institution: Institution, gina: Character, monkeypatch: pytest.MonkeyPatch
) -> None:
    deliver(institution, gina)
    monkeypatch.setattr(queries, "latest_of", lambda *_: None)  # what the second one read, a moment before
    with pytest.raises(NotDeliverable, match="Otra persona entregó octubre"):
        deliver(institution, gina)
    assert Delivery.objects.count() == 1


def test_an_observation_is_answered_and_a_delivery_has_documents(
    institution: Institution, gina: Character, ines: Character
) -> None:
    with pytest.raises(NotDeliverable, match="no tiene documentos"):
        deliver(institution, gina, files={})
    observe(deliver(institution, gina), ines)
    with pytest.raises(NotDeliverable, match="qué se corrigió"):
        deliver(institution, gina, answer=" ")
    assert Delivery.objects.count() == 1


# What it does


@pytest.mark.requirement("A1-24", "A1-26")
def test_an_observed_delivery_is_answered_with_another_and_both_stay(
    institution: Institution, gina: Character, ines: Character
) -> None:
    first = observe(deliver(institution, gina), ines)
    second = deliver(
        institution, gina, answer="Se anexa el oficio",
        files={"informe.pdf": actions.DeliveredFile("informe.pdf", b"%PDF- otro", "application/pdf")},
    )  # fmt: skip
    accept(second, ines)
    told = [(one.number, one.state, one.reasons, one.answer) for one in queries.deliveries_of(institution, OCTOBER)]
    assert told == [(2, "accepted", "", "Se anexa el oficio"), (1, "observed", "Falta el oficio", "")]
    for delivery, content in ((first, b"%PDF- informe"), (second, b"%PDF- otro")):
        found = queries.document_of(institution, OCTOBER, delivery.number, "informe.pdf")
        assert found is not None
        assert documents.open(institution, found.digest).read() == content


def test_another_closing_of_an_accepted_month_may_be_delivered(
    institution: Institution, gina: Character, ines: Character
) -> None:
    accept(deliver(institution, gina), ines)
    again = deliver(institution, gina, source=actions.Source("Cierre núm. 2", "b" * 64))
    assert again.number == 2


def test_a_delivery_after_its_day_is_late(institution: Institution, gina: Character) -> None:
    assert deliver(institution, gina).late
    assert not Delivery(delivered_on=TODAY, due_on=TODAY).late


def test_every_step_is_in_the_trail_with_the_digests_and_it_verifies(
    institution: Institution, gina: Character, ines: Character
) -> None:
    observe(deliver(institution, gina), ines)
    accept(deliver(institution, gina, answer="Corregido"), ines)
    told = list(
        Event.objects.filter(action__startswith="contracts.").order_by("sequence").values_list("action", flat=True)
    )
    assert told == ["contracts.deliver", "contracts.observe", "contracts.deliver", "contracts.accept"]
    assert audit.verify() == []
    Delivery.objects.filter(number=2).update(decided_on=TODAY + timedelta(days=1))
    assert [problem for problem in audit.verify() if "núm. 2" in str(problem)]
    Delivery.objects.filter(number=2).update(decided_on=TODAY)
    document = queries.document_of(institution, OCTOBER, 1, "informe.pdf")
    assert document is not None
    document.digest = "c" * 64
    document.save()
    assert audit.verify()
