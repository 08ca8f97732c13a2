"""A case has one life; each step leaves its decision, and a return always says why."""

from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import pytest
from django.db import IntegrityError, transaction
from pytest_django import DjangoAssertNumQueries

from rumbo.core.vocabulary.return_reason import ReturnReason
from rumbo.foundation.organization.models import Institution
from rumbo.foundation.review import actions, queries
from rumbo.foundation.review.actions import Subject
from rumbo.foundation.review.models import Case, Decision
from rumbo.foundation.review.queries import Verdict
from tests.cast import NOW, SYSTEM, Character

pytestmark = pytest.mark.django_db


def subject(institution: Institution, ref: UUID | None = None) -> Subject:
    return Subject(institution.pk, "captures", ref or uuid4(), "M001 · 2026-11")


@pytest.mark.parametrize(("kind", "reason"), [("", "Falta."), ("wording", "  "), ("invented", "Falta.")])
def test_a_return_without_its_type_or_its_words_is_refused(institution: Institution, kind: str, reason: str) -> None:
    case = actions.open_case(subject=subject(institution), at=NOW)
    with pytest.raises(actions.ReasonMissing):
        actions.decide(
            case=case, step="area", verdict=Verdict.RETURNED, by=SYSTEM, at=NOW, reason_kind=kind, reason=reason
        )
    assert not Decision.objects.exists()


def test_the_table_itself_refuses_a_return_without_type(institution: Institution) -> None:
    case = actions.open_case(subject=subject(institution), at=NOW)
    with pytest.raises(IntegrityError), transaction.atomic():
        Decision.objects.create(case=case, institution=institution, step="area", verdict=Verdict.RETURNED, at=NOW)


def test_a_subject_has_one_case_that_opens_again(institution: Institution) -> None:
    one = subject(institution)
    case = actions.open_case(subject=one, at=NOW)
    actions.decide(case=case, step="planning", verdict=Verdict.APPROVED, by=SYSTEM, at=NOW, final=True)
    case.refresh_from_db()
    assert case.closed_at == NOW
    again = actions.open_case(subject=one, at=NOW + timedelta(days=1))
    again.refresh_from_db()
    assert (again.pk, again.closed_at, again.opened_at) == (case.pk, None, NOW)
    assert Case.objects.count() == 1


def test_a_decision_keeps_the_person_and_the_post_of_that_day(institution: Institution, beto: Character) -> None:
    one = subject(institution)
    case = actions.open_case(subject=one, at=NOW)
    actions.decide(
        case=case, step="area", verdict=Verdict.RETURNED, by=beto.actor, at=NOW,
        reason_kind=ReturnReason.EVIDENCE_OTHER_PERIOD, reason=" La evidencia es de septiembre. ",
    )  # fmt: skip
    (said,) = queries.decisions_of("captures", one.ref)
    assert (said.person_name, said.post) == ("Beto", "Titular del área (visto bueno) (DESU)")
    assert (said.reason_kind, said.reason) == ("evidence_other_period", "La evidencia es de septiembre.")


def test_the_last_return_is_the_one_that_counts(institution: Institution) -> None:
    one = subject(institution)
    case = actions.open_case(subject=one, at=NOW)
    for day, reason in ((3, "Primera."), (5, "Segunda.")):
        at = datetime(2026, 12, day, tzinfo=UTC)
        actions.decide(
            case=case, step="area", verdict=Verdict.RETURNED, by=SYSTEM, at=at, reason_kind="other", reason=reason
        )
    assert queries.last_returns("captures", [one.ref, uuid4()])[one.ref].reason == "Segunda."


def test_many_cases_take_as_many_queries_as_one(
    institution: Institution, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    many = [subject(institution) for _ in range(40)]
    with django_assert_max_num_queries(8):
        cases = actions.open_cases(subjects=many, at=NOW)
        actions.decide_many(cases=cases, step="planning", verdict=Verdict.APPROVED, by=SYSTEM, at=NOW, final=True)
    assert [case.subject_ref for case in cases] == [one.ref for one in many]
    assert Case.objects.filter(closed_at=NOW).count() == 40


def test_who_sent_what_is_remembered(institution: Institution, ana: Character, beto: Character) -> None:
    mine, other = subject(institution), subject(institution)
    for one, who in ((mine, ana), (other, beto)):
        case = actions.open_case(subject=one, at=NOW)
        actions.decide(case=case, step="capture", verdict=Verdict.SUBMITTED, by=who.actor, at=NOW)
    assert queries.has_submitted("captures", ana.person.pk, [mine.ref, other.ref]) == {mine.ref}
