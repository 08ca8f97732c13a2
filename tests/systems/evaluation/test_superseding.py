"""A complementary closing: a decision and a letter, one transaction, every later closed month of the year."""

from collections.abc import Callable
from decimal import Decimal

import pytest

from rumbo.core.vocabulary.mark import Mark
from rumbo.core.vocabulary.refusal import Forbidden
from rumbo.foundation.organization.models import Institution
from rumbo.systems.captures import actions as captures
from rumbo.systems.captures import queries as reported
from rumbo.systems.captures.models import Capture, Correction
from rumbo.systems.evaluation import actions, queries
from rumbo.systems.evaluation.actions import NotClosable
from rumbo.systems.evaluation.models import Closing
from rumbo.systems.evaluation.queries.sealing import broken_seals
from tests.cast import NOW, TODAY, Character
from tests.systems.evaluation.conftest import FEBRUARY, JANUARY, MARCH, Programme

pytestmark = pytest.mark.django_db
LETTER = "AMH/DEPC/0412/2026"


@pytest.fixture
def supersede(institution: Institution, carmen: Character) -> Callable[..., list[Closing]]:
    def superseded(**more: object) -> list[Closing]:
        options = {"period": JANUARY, "reason": "Se contó dos veces.", "letter_number": LETTER, "by": carmen.actor}
        return actions.supersede(institution=institution, at=NOW, on=TODAY, **(options | more))  # type: ignore[arg-type]

    return superseded


@pytest.fixture
def correction(
    institution: Institution, first_quarter: list[Closing], programme: Programme, ana: Character
) -> Correction:
    """Ana asks to change what January said of the lamps: 75 instead of 95."""
    capture = Capture.objects.get(indicator=programme.ids["M001"], period=JANUARY.index)
    return captures.request_correction(
        institution=institution,
        capture=capture,
        numerator=Decimal(75),
        reason="Veinte piezas eran de diciembre.",
        kind=Correction.Kind.SUPPLEMENTARY,
        by=ana.actor,
        at=NOW,
    )


def test_who_does_not_correct_closed_months_cannot_supersede(
    first_quarter: list[Closing], supersede: Callable[..., list[Closing]], beto: Character, rita: Character
) -> None:
    for someone in (beto, rita):
        with pytest.raises(Forbidden):
            supersede(by=someone.actor)


def test_reason_and_letter_are_needed(first_quarter: list[Closing], supersede: Callable[..., list[Closing]]) -> None:
    for missing in ({"reason": " "}, {"letter_number": ""}):
        with pytest.raises(NotClosable, match="oficio"):
            supersede(**missing)


def test_an_open_month_is_not_superseded(first_quarter: list[Closing], supersede: Callable[..., list[Closing]]) -> None:
    with pytest.raises(NotClosable, match="no está cerrado"):
        supersede(period=MARCH)


def test_every_later_closed_month_gets_its_complementary_closing(
    institution: Institution,
    correction: Correction,
    supersede: Callable[..., list[Closing]],
    first_quarter: list[Closing],
) -> None:
    closings = supersede(corrections=[correction])
    assert [(closing.period, closing.number, closing.kind) for closing in closings] == [
        (JANUARY.index, 2, Closing.Kind.SUPPLEMENTARY),
        (FEBRUARY.index, 2, Closing.Kind.SUPPLEMENTARY),
    ]
    assert [closing.supersedes for closing in closings] == first_quarter
    assert not Closing.objects.filter(pk__in=[closing.pk for closing in first_quarter], current=True).exists()
    (row,) = [row for row in queries.results_of(institution.pk, FEBRUARY) if row.code == "M001"]
    assert (row.actual_to_date, row.compliance_to_date) == (135, 67.5)
    correction.refresh_from_db()
    assert (correction.state, correction.letter_number) == (Correction.State.APPLIED, LETTER)
    (january,) = [row for row in queries.results_of(institution.pk, JANUARY) if row.code == "M001"]
    assert january.marks & Mark.CORRECTED


def test_what_the_superseded_closing_said_is_still_there(
    institution: Institution,
    correction: Correction,
    supersede: Callable[..., list[Closing]],
    first_quarter: list[Closing],
) -> None:
    supersede(corrections=[correction])
    (row,) = [
        row for row in queries.results_of(institution.pk, JANUARY, closing=first_quarter[0]) if row.code == "M001"
    ]
    assert (row.actual, row.compliance_to_date) == (95, 95.0)
    assert broken_seals() == []


def test_a_small_correction_enters_the_open_month_and_the_sealed_one_stays(
    institution: Institution, correction: Correction, carmen: Character, first_quarter: list[Closing]
) -> None:
    Correction.objects.filter(pk=correction.pk).update(kind=Correction.Kind.ADJUSTMENT)
    correction.refresh_from_db()
    captures.decide_correction(
        institution=institution, correction=correction, approve=True, reason="Procede.", by=carmen.actor, at=NOW
    )
    (sealed,) = [row for row in queries.results_of(institution.pk, FEBRUARY) if row.code == "M001"]
    (opened,) = [row for row in queries.results_of(institution.pk, MARCH) if row.code == "M001"]
    assert sealed.actual_to_date == 155
    assert opened.actual_to_date == 205  # 75 + 60 + 70
    assert [found.capture.period for found in reported.adjustments_in(institution, MARCH.index)] == [JANUARY.index]
