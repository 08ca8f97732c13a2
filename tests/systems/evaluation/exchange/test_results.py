"""Results as open data: one row per due slot, codes and plain numbers."""

import csv
import io
from collections.abc import Callable
from typing import Any

import pytest

from rumbo.core.vocabulary.capture_state import CaptureState
from rumbo.core.vocabulary.light import Light
from rumbo.foundation.organization.models import Institution
from rumbo.systems.evaluation.exchange.results import export_results, plain
from rumbo.systems.evaluation.models import Closing, Result
from tests.systems.evaluation.conftest import FEBRUARY, JANUARY, MARCH

pytestmark = pytest.mark.django_db
COLUMNS = (
    "institution,area,plan_element,goal,indicator,period,programmed,actual,programmed_to_date,actual_to_date,"
    "compliance_month,compliance_to_date,compliance_year,light,performance_class,gap,state"
)


def rows_of(institution: Institution, period: Any) -> list[dict[str, str]]:
    content = export_results(institution, period)
    assert content.startswith(b"\xef\xbb\xbf")
    text = content.decode("utf-8-sig")
    assert text.splitlines()[0] == COLUMNS
    return list(csv.DictReader(io.StringIO(text)))


def test_nothing_programmed_gives_the_header_alone(institution: Institution) -> None:
    assert rows_of(institution, JANUARY) == []


def test_there_is_a_row_for_each_due_slot_and_no_other(institution: Institution, first_quarter: list[Closing]) -> None:
    rows = rows_of(institution, FEBRUARY)
    assert [(row["goal"], row["period"]) for row in rows] == [
        (code, month) for code in ("M001", "M002", "M003") for month in ("2026-01", "2026-02")
    ]


def test_figures_are_the_sealed_ones_written_plainly(institution: Institution, first_quarter: list[Closing]) -> None:
    row = next(row for row in rows_of(institution, FEBRUARY) if (row["goal"], row["period"]) == ("M001", "2026-02"))
    assert row == {
        "institution": "prueba", "area": "DESU", "plan_element": "1.1", "goal": "M001", "indicator": "M001",
        "period": "2026-02", "programmed": "100", "actual": "60", "programmed_to_date": "200",
        "actual_to_date": "155", "compliance_month": "60", "compliance_to_date": "77.5", "compliance_year": "12.9",
        "light": "amber", "performance_class": "fair", "gap": "-45", "state": "approved",
    }  # fmt: skip


def test_an_open_month_gives_what_is_provisional(institution: Institution, first_quarter: list[Closing]) -> None:
    rows = {row["goal"]: row for row in rows_of(institution, MARCH) if row["period"] == "2026-03"}
    assert set(rows) == {"M001", "M002", "M003", "O001"}
    assert rows["O001"]["light"] == Light.GREEN.key
    assert rows["M003"]["state"] == CaptureState.MISSING
    assert rows["M003"]["actual"] == ""


def test_a_month_that_nobody_evaluated_is_evaluated_and_not_stored(
    institution: Institution, first_quarter: list[Closing]
) -> None:
    expected = rows_of(institution, MARCH)
    Result.objects.filter(institution=institution, closing=None).delete()
    assert rows_of(institution, MARCH) == expected
    assert not Result.objects.filter(institution=institution, closing=None).exists()


def test_a_superseded_closing_leaves_no_row(
    institution: Institution, first_quarter: list[Closing], django_assert_max_num_queries: Callable[..., Any]
) -> None:
    Closing.objects.filter(pk=first_quarter[0].pk).update(current=False)
    with django_assert_max_num_queries(3):
        assert {row["period"] for row in rows_of(institution, FEBRUARY)} == {"2026-02"}


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, ""),
        (4320.0, "4320"),
        (98.9, "98.9"),
        (0.1, "0.1"),
        (-3.5, "-3.5"),
        (116469472.0, "116469472"),
        (0.0, "0"),
    ],
)
def test_numbers_are_the_shortest_that_read_back(value: float | None, text: str) -> None:
    assert plain(value) == text


def test_small_numbers_have_no_exponent() -> None:
    assert float(plain(0.0000001)) == 0.0000001
    assert "e" not in plain(0.0000001)
