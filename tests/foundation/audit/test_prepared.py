"""Questions whose SQL is written once."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from rumbo.foundation.audit.queries import Prepared
from rumbo.foundation.organization.models import Institution, Unit
from tests.cast import Units

pytestmark = pytest.mark.django_db


@Prepared
def named(institution: int, keys: list[int], code: str) -> Any:
    found = Unit.objects.filter(institution=institution, pk__in=keys).exclude(code=code)
    return found.order_by("pk").values_list("pk", "ref", "retired_on")


def test_what_can_be_nothing_is_not_asked(institution: Institution) -> None:
    with CaptureQueriesContext(connection) as asked:
        assert named.rows(institution.pk, [], "X") == []
    assert not asked.captured_queries


def test_the_values_of_one_question_are_never_those_of_another(institution: Institution, units: Units) -> None:
    desu, works, parks = units.desu, units.works, units.parks
    assert [row[0] for row in named.rows(institution.pk, [desu.pk, works.pk], "X")] == [desu.pk, works.pk]
    assert [row[0] for row in named.rows(institution.pk, [works.pk, parks.pk], "X")] == sorted([works.pk, parks.pk])
    assert named.rows(institution.pk + 1, [desu.pk, works.pk], "X") == []
    assert [row[0] for row in named.rows(institution.pk, [desu.pk, works.pk], desu.code)] == [works.pk]


def test_its_rows_are_those_of_the_query(institution: Institution, units: Units) -> None:
    keys = [units.desu.pk, units.works.pk, units.parks.pk]
    expected = Unit.objects.filter(institution=institution, pk__in=keys).order_by("pk")
    assert named.rows(institution.pk, keys, "") == list(expected.values_list("pk", "ref", "retired_on"))


def test_its_text_is_written_once_for_lists_as_long(institution: Institution, units: Units) -> None:
    written: list[int] = []

    def build(keys: list[int]) -> Any:
        written.append(len(keys))
        return Unit.objects.filter(pk__in=keys).values_list("pk")

    question = Prepared(build)
    for keys in ([units.desu.pk], [units.works.pk], [units.desu.pk, units.works.pk], [units.parks.pk]):
        assert len(question.rows(keys)) == len(keys)
    assert written == [1, 2]
