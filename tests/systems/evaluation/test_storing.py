"""Results as what COPY reads, sealed text by columns, and a year read whole: the same as one by one."""

import struct
from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest
from django.db import connection

from rumbo.core.engine import NO_SLOT
from rumbo.core.timekeeping.slots import FiscalYear
from rumbo.foundation.organization.models import Institution
from rumbo.systems.captures import queries as captures
from rumbo.systems.evaluation import states
from rumbo.systems.evaluation.actions.storing import (
    BEGINNING,
    ENDING,
    KINDS,
    NAMES,
    PIECE,
    copied,
    kinds,
    store_results,
)
from rumbo.systems.evaluation.models import Closing, Result
from rumbo.systems.evaluation.queries import beside, blocks
from rumbo.systems.evaluation.queries.table import FLAGS, FLOATS, NOBODY, OPTIONAL, TEXTS, Evaluated, Table
from rumbo.systems.indicators import queries as indicators
from rumbo.systems.indicators.queries.records import whole_records

# As PostgreSQL declares them; asked of the models on that database alone.
DECLARED = {name: "double precision" if name in FLOATS else "boolean" if name in FLAGS else "integer" for name in NAMES}
SENT = {name: KINDS[kind] for name, kind in DECLARED.items() if name not in TEXTS}


def row(**changes: object) -> Evaluated:
    values: dict[str, Any] = {name: None if name in FLOATS | OPTIONAL else 1 for name in Evaluated._fields}
    values |= dict.fromkeys(FLAGS, True)
    values |= {"indicator_id": 7, "state": "approved", "weight": 1.0, "programmed": 0.1 + 0.2, "actual": 1e-9}
    return Evaluated(**(values | changes))


def sent(table: Table, closing_id: int | None) -> list[dict[str, Any]]:
    """What COPY would read of it, field by field."""
    content = b"".join(copied(table, closing_id, SENT))
    assert (content[: len(BEGINNING)], content[-2:]) == (BEGINNING, ENDING)
    return list(_fields(content[len(BEGINNING) : -2]))


def _fields(content: bytes) -> Iterator[dict[str, Any]]:
    at = 0
    while at < len(content):
        assert struct.unpack_from(">h", content, at) == (len(NAMES),)
        at, found = at + 2, {}
        for name in NAMES:
            (size,) = struct.unpack_from(">i", content, at)
            at += 4
            found[name] = None if size < 0 else _read(name, content[at : at + size])
            at += max(size, 0)
        yield found


def _read(name: str, value: bytes) -> Any:
    return value.decode() if name in TEXTS else np.frombuffer(value, dtype=SENT[name])[0].item()


def test_what_a_column_does_not_hold_is_refused() -> None:
    with pytest.raises(OverflowError, match="marks"):
        list(copied(Table.of_rows([row(marks=2**31)]), None, SENT))


def test_each_value_is_sent_as_itself_and_none_as_null() -> None:
    rows = [row(), row(actual=None, due=False, state="revisión", rank=4, weight=-0.0), row(state="")]
    assert [
        Evaluated(**{name: one[name] for name in Evaluated._fields}) for one in sent(Table.of_rows(rows), 12)
    ] == rows
    assert {one["closing_id"] for one in sent(Table.of_rows(rows), 12)} == {12}
    assert {one["closing_id"] for one in sent(Table.of_rows(rows), None)} == {None}


def test_no_row_is_lost_between_pieces() -> None:
    table = Table.of_rows(row(indicator_id=number) for number in range(PIECE + 3))
    assert [one["indicator_id"] for one in sent(table, None)] == list(range(PIECE + 3))
    assert len(list(copied(table, None, SENT))) == 4


def test_a_table_gives_back_its_rows() -> None:
    rows = [row(), row(indicator_id=8, rank=2, gap=-1.5, streak_since=24312, principal=False)]
    table = Table.of_rows(rows)
    assert table.rows() == rows
    assert table.where(table["principal"]).rows() == rows[:1]
    assert Table.joined([table, table]).rows() == rows * 2
    assert Table.joined([]).rows() == Table.of_rows([]).rows() == []
    assert table["rank"].tolist() == [NOBODY, 2]


def test_sealed_text_by_columns_is_that_of_each_row() -> None:
    rows = [
        dict.fromkeys((*states.SEALED, *states.LATER)) | {"due": True, "light": 3, "gap": -0.0, "weight": 2.5},
        dict.fromkeys((*states.SEALED, *states.LATER), 1.0 / 3) | {"due": False, "light": 0, "state": "ñ", "rank": 4},
        dict.fromkeys((*states.SEALED, *states.LATER)) | {"due": True, "light": 1, "streak_since": 24312},
    ]
    for some in (rows, rows[:1]):
        by_column = states.lines(
            "ABC"[: len(some)],
            [[one[name] for one in some] for name in states.SEALED],
            [[one[name] for one in some] for name in states.LATER],
        )
        assert list(by_column) == [states.line(code, one) for code, one in zip("ABC", some, strict=False)]


@pytest.mark.django_db
def test_what_is_stored_is_what_was_given(institution: Institution, first_quarter: list[Closing]) -> None:
    closing = first_quarter[-1]
    columns = list(Evaluated._fields)
    rows = [Evaluated._make(values) for values in closing.results.order_by("pk").values_list(*columns)]
    assert len(rows) >= 4
    closing.results.all().delete()
    assert store_results(Table.of_rows(rows), closing.pk) == len(rows)
    assert store_results(Table.of_rows([]), closing.pk) == 0
    assert [Evaluated._make(values) for values in closing.results.order_by("pk").values_list(*columns)] == rows


@pytest.mark.django_db
@pytest.mark.skipif(connection.vendor != "postgresql", reason="only PostgreSQL takes COPY")
def test_every_column_is_sent_as_the_table_declares_it() -> None:
    assert kinds().keys() == SENT.keys()
    assert (kinds()["indicator_id"], kinds()["light"], kinds()["period"]) == (">i8", ">i2", ">i4")


@pytest.mark.django_db
@pytest.mark.skipif(connection.vendor != "postgresql", reason="only PostgreSQL gives whole records")
@pytest.mark.parametrize("only_approved", [True, False])
def test_a_year_read_whole_is_the_year_by_rows(
    institution: Institution, first_quarter: list[Closing], only_approved: bool
) -> None:
    programme = indicators.programme_rows(institution.pk, FiscalYear(2026))
    empty = indicators.programme_rows(institution.pk, FiscalYear(2026), with_months=False)
    months = indicators.target_records(institution.pk, FiscalYear(2026))
    assert months is not None
    assert len(programme) >= 4
    blocks._filled(empty, blocks.records_of(months, indicators.TARGETS))
    for name in ("programmed", "programmed_den"):
        np.testing.assert_array_equal(np.array(getattr(empty, name)), np.array(getattr(programme, name)))
    found = captures.value_records(institution.pk, FiscalYear(2026))
    assert found is not None
    whole = blocks._evidence_of(programme, blocks.records_of(found, captures.RECORD), only_approved=only_approved)
    rows = blocks._evidence(programme.indicator_ids, FiscalYear(2026), only_approved=only_approved)
    assert not np.isnan(rows.numerator).all()
    for name in ("numerator", "denominator", "state", "marks"):
        np.testing.assert_array_equal(getattr(whole, name), getattr(rows, name))


@pytest.mark.django_db
@pytest.mark.skipif(connection.vendor != "postgresql", reason="only PostgreSQL gives whole records")
def test_a_year_without_anything_gives_no_record(institution: Institution) -> None:
    assert indicators.target_records(institution.pk, FiscalYear(1999)) == b""
    assert len(blocks.year_of(institution.pk, FiscalYear(1999), cut=12).programme) == 0


def test_a_record_with_a_null_is_not_passed_over() -> None:
    with pytest.raises(ValueError, match="null"):
        whole_records(b"\0" * 8, 2, (("indicator", "i8"),))


@pytest.mark.django_db
def test_the_streaks_of_december_are_carried_and_nothing_where_there_are_none(
    institution: Institution, first_quarter: list[Closing]
) -> None:
    year = blocks.year_of(institution.pk, FiscalYear(2026), cut=3)
    assert beside.beside_of(institution.pk, year).before is None
    kept = first_quarter[-1].results.filter(streak__gt=0, streak_since__isnull=False)
    december = year.programme.year.first.index - 1
    assert kept.update(period=december, streak=5, streak_since=december - 4) >= 2
    before = beside.beside_of(institution.pk, year).before
    assert before is not None
    shown = dict(Result.objects.filter(period=december).values_list("indicator_id", "light"))
    for place, pk in enumerate(year.programme.indicator_ids):
        expected = (shown[pk], 5, -5) if pk in shown else (0, 0, NO_SLOT)
        assert (before.light[place], before.streak[place], before.since[place]) == expected
