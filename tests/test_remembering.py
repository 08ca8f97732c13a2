"""What is written again is what was made, row by row, and nothing of a test reaches the next one through it."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.db import transaction

from rumbo.core.vocabulary.role import Role
from rumbo.foundation.audit import queries as audit
from rumbo.foundation.organization import actions
from rumbo.foundation.organization.models import Institution
from rumbo.systems.evaluation.queries.sealing import broken_seals
from tests.cast import FOUNDED_AT, SYSTEM, Units, make_character, make_institution
from tests.remembering import Story, everything, remembered
from tests.whole.settling import settle

pytestmark = pytest.mark.django_db
CODES = ("AP", "DESU", "DESU-PJ", "DGO")


class Makers:
    """They count how many times they really make."""

    def __init__(self) -> None:
        self.made: list[str] = []

    def house(self) -> Institution:
        self.made.append("house")
        return make_institution("casa", "Una Casa")

    def other(self) -> Institution:
        self.made.append("other")
        return make_institution("otra", "Otra Casa")

    def months(self, institution: Institution) -> list[str]:
        """Everything that the tests of the whole begin with."""
        self.made.append("months")
        rows = [actions.UnitRow(code=code, name=code, parent="AP" if code != "AP" else "") for code in CODES]
        units = Units(*actions.save_units(institution=institution, rows=rows, by=SYSTEM, at=FOUNDED_AT))
        return list(settle(institution, units, make_character(institution, "Clara", Role.CLOSER)))


@contextmanager
def a_test_with(story: Story) -> Iterator[None]:
    """With nothing told at its beginning, and taken back at its end."""
    story.begin()
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.fixture(params=["una", "dos"])
@remembered
def parameter(request: pytest.FixtureRequest, db: None) -> str:
    make_institution(request.param, "Una de varias")
    return str(request.param)


@pytest.mark.parametrize("_again", [1, 2])
def test_each_parameter_is_a_story_of_its_own(parameter: str, request: pytest.FixtureRequest, _again: int) -> None:
    assert parameter == Institution.objects.get().slug == request.node.callspec.params["parameter"]


def test_what_was_made_is_written_again_row_by_row() -> None:
    story, makers = Story(), Makers()
    house, months = makers.house, makers.months
    with a_test_with(story):
        codes = story.tell(months, {"institution": story.tell(house, {})})
        made = everything()
    with a_test_with(story):
        institution = story.tell(house, {})
        assert story.tell(months, {"institution": institution}) == codes
        assert everything() == made
        assert audit.verify() == []
        assert broken_seals() == []
        make_character(institution, "Nueva", Role.CLOSER)  # what comes later takes numbers of its own
        assert audit.verify() == []
    assert makers.made == ["house", "months"]


def test_what_a_test_does_to_the_value_stays_in_it() -> None:
    story, makers = Story(), Makers()
    house = makers.house
    for _ in range(3):
        with a_test_with(story):
            institution = story.tell(house, {})
            assert (institution.name, institution.pk) == ("Una Casa", Institution.objects.get().pk)
            institution.name = "Cambiada"
            institution.save()
    assert makers.made == ["house"]


def test_who_told_something_else_in_between_makes_it_for_real() -> None:
    story, makers = Story(), Makers()
    house, other = makers.house, makers.other
    with a_test_with(story):
        story.tell(house, {})
        story.tell(other, {})
    with a_test_with(story):
        actions.save_units(
            institution=story.tell(house, {}), rows=[actions.UnitRow(code="X", name="X")], by=SYSTEM, at=FOUNDED_AT
        )
        story.tell(other, {})
        assert makers.made == ["house", "other", "other"]
    with a_test_with(story):  # and nobody after it takes its story for the known one
        story.tell(house, {})
        story.tell(other, {})
        assert makers.made == ["house", "other", "other"]
        assert audit.verify() == []


def test_who_comes_by_another_way_makes_it_for_real() -> None:
    story, makers = Story(), Makers()
    house, other = makers.house, makers.other
    for first, second in ((house, other), (other, house), (other, house)):
        with a_test_with(story):
            story.tell(first, {})
            story.tell(second, {})
            assert audit.verify() == []
    assert makers.made == ["house", "other", "other", "house"]
