"""The real programme of the electoral institute, as committed."""

import re
import tomllib
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from rumbo.core.vocabulary.swot import SwotKind
from rumbo.shell.demonstration.dataset import read_rows

FOLDER = Path(__file__).parents[3] / "demo-data" / "iecm"
PLAN = read_rows(FOLDER / "plan.csv")
SWOT = read_rows(FOLDER / "swot.csv")


def record() -> dict:
    return tomllib.loads((FOLDER / "record.toml").read_text("utf-8"))


@pytest.mark.requirement("IECM-14", "IECM-15")
def test_nine_objectives_and_thirty_nine_lines_in_their_twelve_groups():
    objectives = [row["code"] for row in PLAN if row["level"] == "objetivo estratégico"]
    groups = Counter(int(row["code"].split(".")[0]) for row in PLAN if row["level"] == "línea de acción")
    assert objectives == [f"OE{number}" for number in range(1, 10)]
    assert [groups[group] for group in range(1, 13)] == [3, 2, 6, 3, 2, 1, 2, 5, 1, 3, 2, 9]


@pytest.mark.requirement("IECM-16")
def test_no_line_has_a_parent_until_a_person_says_so():
    lines = [row for row in PLAN if row["level"] == "línea de acción"]
    assert {row["parent"] for row in lines} == {""}
    assert {row["suggested_parent"] for row in lines} == {"", "OE1", "OE2", "OE3", "OE4", "OE5"}
    assert all(row["suggested_parent"] in ("", f"OE{row['code'].split('.')[0]}") for row in lines)


@pytest.mark.requirement("IECM-12")
def test_the_situation_analysis_has_its_thirty_items_with_headline_and_explanation():
    assert Counter(row["kind"] for row in SWOT) == {
        SwotKind.STRENGTH: 6,
        SwotKind.WEAKNESS: 7,
        SwotKind.OPPORTUNITY: 14,
        SwotKind.THREAT: 3,
    }
    assert all(row["headline"] and row["explanation"] for row in SWOT)


@pytest.mark.requirement("IECM-31")
def test_the_noise_of_digitising_is_gone_from_what_is_loaded():
    noise = re.compile(r"lECM|I ECM|\blNE\b|\bdeI\b|\beI\b|focal izadas|de liberativa|\d \.\d| ,|plena 23")
    texts = [row["text"] for row in PLAN] + [row["headline"] + row["explanation"] for row in SWOT]
    assert [text for text in texts if noise.search(text)] == []
    assert all(re.fullmatch(r"OE\d|\d{1,2}\.\d", row["code"]) for row in PLAN)


@pytest.mark.requirement("IECM-02")
def test_the_record_has_its_fifteen_columns_and_dates():
    columns = record()["column"]
    assert [column["number"] for column in columns] == list(range(1, 16))
    assert columns[0]["value"] == "2021"
    assert columns[11]["value"] == "Secretaría Administrativa"
    assert columns[14]["value"] == ""
    assert len(columns[7]["value"]) > 16_000
    assert (record()["updated_on"], record()["validated_on"]) == (date(2021, 6, 30), date(2021, 7, 27))


@pytest.mark.requirement("IECM-18")
def test_what_does_not_apply_says_why():
    alignment = tomllib.loads((FOLDER / "institution.toml").read_text("utf-8"))["alignment"]
    assert alignment["applies"] is False
    assert alignment["reason"].startswith("No aplica, debido a que")


def test_each_figure_of_the_series_comes_from_an_item():
    items = {(row["kind"], row["order"]) for row in SWOT}
    assert {(row["swot_kind"], row["swot_order"]) for row in read_rows(FOLDER / "series.csv")} <= items
