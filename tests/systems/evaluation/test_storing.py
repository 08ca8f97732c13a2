"""Results as the text of COPY, sealed text by columns, and a year read by columns: the same as one by one."""

import numpy as np
import pytest
from django.db import connection

from rumbo.foundation.organization.models import Institution
from rumbo.systems.captures import queries as captures
from rumbo.systems.evaluation import states
from rumbo.systems.evaluation.actions.storing import NAMES, PIECE, copied
from rumbo.systems.evaluation.models import Closing
from rumbo.systems.evaluation.queries import blocks
from rumbo.systems.evaluation.queries.evaluated import Evaluated
from rumbo.systems.indicators import queries as indicators


def row(**changes: object) -> Evaluated:
    values = dict.fromkeys(Evaluated._fields) | {"indicator_id": 7, "state": "approved", "due": True, "light": 3}
    return Evaluated(**(values | {"weight": 1.0, "programmed": 0.1 + 0.2, "actual": 1e-9} | changes))  # type: ignore[arg-type]


def test_what_would_break_the_text_is_escaped() -> None:
    (text,) = copied([row(state="a\tb\\c\nd\re")], None)
    assert text.endswith("\n")
    cells = text.removesuffix("\n").split("\t")
    assert len(cells) == len(NAMES)
    assert cells[NAMES.index("state")] == "a\\tb\\\\c\\nd\\re"


def test_none_is_null_and_a_float_reads_back_as_itself() -> None:
    (text,) = copied([row(), row(actual=None, due=False)], 12)
    first, second = (dict(zip(NAMES, line.split("\t"), strict=True)) for line in text.splitlines())
    assert (float(first["programmed"]), float(first["actual"]), first["due"]) == (0.1 + 0.2, 1e-9, "True")
    assert (second["actual"], second["due"], second["rank"], second["closing_id"]) == ("\\N", "False", "\\N", "12")


def test_no_row_is_lost_between_pieces() -> None:
    pieces = list(copied((row(indicator_id=number) for number in range(PIECE + 3)), None))
    assert [piece.count("\n") for piece in pieces] == [PIECE, 3]


def test_sealed_text_by_columns_is_that_of_each_row() -> None:
    rows = [
        dict.fromkeys((*states.SEALED, *states.LATER)) | {"due": True, "light": 3, "gap": -0.0, "weight": 2.5},
        dict.fromkeys((*states.SEALED, *states.LATER), 1.0 / 3) | {"due": False, "light": 0, "state": "ñ", "rank": 4},
    ]
    by_column = states.lines(
        ["A", "B"],
        [[one[name] for one in rows] for name in states.SEALED],
        [[one[name] for one in rows] for name in states.LATER],
    )
    assert list(by_column) == [states.line(code, one) for code, one in zip("AB", rows, strict=True)]


@pytest.mark.django_db
@pytest.mark.skipif(connection.vendor != "postgresql", reason="only PostgreSQL gives whole columns")
@pytest.mark.parametrize("only_approved", [True, False])
def test_a_year_by_columns_is_the_year_by_rows(
    institution: Institution, first_quarter: list[Closing], only_approved: bool
) -> None:
    programme = indicators.programme_rows(institution.pk, 2026)
    empty = indicators.programme_rows(institution.pk, 2026, with_months=False)
    months = indicators.target_columns(institution.pk, 2026)
    assert months is not None
    assert len(programme) >= 4
    blocks._filled(empty, months)
    for name in ("programmed", "programmed_den"):
        np.testing.assert_array_equal(np.array(getattr(empty, name)), np.array(getattr(programme, name)))
    found = captures.value_columns(institution.pk, 2026)
    assert found is not None
    columns = blocks._evidence_of(programme, found, only_approved=only_approved)
    rows = blocks._evidence(programme.indicator_ids, 2026, only_approved=only_approved)
    assert not np.isnan(rows.numerator).all()
    for name in ("numerator", "denominator", "state", "marks"):
        np.testing.assert_array_equal(getattr(columns, name), getattr(rows, name))


@pytest.mark.django_db
@pytest.mark.skipif(connection.vendor != "postgresql", reason="only PostgreSQL gives whole columns")
def test_a_year_without_anything_gives_empty_columns(institution: Institution) -> None:
    assert indicators.target_columns(institution.pk, 1999) == [b""] * 4
    assert len(blocks.year_of(institution.pk, 1999, cut=12).programme) == 0


def test_columns_of_another_size_are_not_taken() -> None:
    with pytest.raises(ValueError, match="another type or a null"):
        blocks._records([(4).to_bytes(4) + b"\0" * 8], (("indicator", "i8"),))
    with pytest.raises(ValueError, match="another size"):
        blocks._records([b"\0" * 5], (("indicator", "i8"),))
