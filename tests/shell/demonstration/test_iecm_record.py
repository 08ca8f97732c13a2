"""The record that the program composes from the structured programme, against the one that was published.

The published text came through digitising. Every word that differs is listed here: nothing else may.
"""

import difflib
import io
import tomllib
from datetime import date, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from rumbo.core.timekeeping.period import Period
from rumbo.core.timekeeping.quarter import Quarter
from rumbo.core.vocabulary.permission import Permission
from rumbo.foundation.audit import queries as audit
from rumbo.foundation.organization import queries as organization
from rumbo.foundation.planning import queries as planning
from rumbo.shell.demonstration.loading import electoral
from rumbo.shell.demonstration.loading.setting_up import House
from rumbo.systems.transparency import queries, reports
from rumbo.systems.transparency.states import RecordState

DATA = Path(__file__).parents[3] / "demo-data"
TODAY = date(2026, 12, 3)

# Column, as published, as composed. In the order of the text.
DIFFERENCES = [
    (8, "lECM", "IECM"),
    (8, "23", ""),
    (8, "OPlE", "OPLE"),
    (8, "eI", "el"),
    (8, "I ECM", "IECM"),
    (8, "yen", "y en"),
    (8, "EI", "El"),
    (8, "Y", "y"),
    (8, "lECM", "IECM"),
    (8, "EI", "El"),
    (8, "deI", "del"),
    (8, "lECM", "IECM"),
    (8, "lECM", "IECM"),
    (8, "44. 7%", "44.7%"),
    (8, "eI", "el"),
    (8, "lNE", "INE"),
    (8, "lECM", "IECM"),
    (8, "lNE", "INE"),
    (8, "lNE", "INE"),
    (8, "lNE", "INE"),
    (8, "lECM", "IECM"),
    (10, "electorales ,", "electorales,"),
    (10, "de liberativa", "deliberativa"),
    (10, "focal izadas", "focalizadas"),
    (10, "11 .1.", "11.1."),
    (10, "11 .2.", "11.2."),
    (10, "lNE", "INE"),
    (10, "CPCM .", "CPCM."),
    (11, "Articulos", "artículos"),
]


@pytest.fixture
def house(db: None, settings: Any) -> House:
    settings.RUMBO_DEMO = True
    return electoral.load(DATA, lambda text: None)


def source() -> dict[str, Any]:
    return tomllib.loads((DATA / "iecm" / "record.toml").read_text("utf-8"))


def row_of(house: House) -> tuple[list[Any], Any]:
    """The fifteen cells of the record in the file, and the sheet."""
    files = reports.transparency_files(institution=house.institution, period=Period.parse("2021-06"))
    page = openpyxl.load_workbook(io.BytesIO(files["a121-f22-b-2021-2.xlsx"])).worksheets[0]
    return [cell.value for cell in page[6]], page


def words(value: Any) -> list[str]:
    if isinstance(value, datetime):
        value = f"{value:%d/%m/%Y}"
    return str("" if value is None else value).split()


@pytest.mark.requirement(
    "IECM-02", "IECM-03", "IECM-04", "IECM-06", "IECM-07", "IECM-08", "IECM-09", "IECM-10", "IECM-11", "IECM-12",
    "IECM-14", "IECM-15", "IECM-17", "IECM-19", "IECM-20", "IECM-21", "IECM-23", "IECM-31",
)  # fmt: skip
def test_the_file_is_the_published_record_but_for_the_noise_of_digitising(house: House) -> None:
    cells, page = row_of(house)
    columns = source()["column"]
    assert [cell.value for cell in page[4]] == [column["heading"] for column in columns]
    found = []
    for column, cell in zip(columns, cells, strict=True):
        published, composed = column["value"].split(), words(cell)
        changes = difflib.SequenceMatcher(None, published, composed, autojunk=False).get_opcodes()
        found += [
            (column["number"], " ".join(published[a:b]), " ".join(composed[c:d]))
            for kind, a, b, c, d in changes
            if kind != "equal"
        ]
    assert found == DIFFERENCES


@pytest.mark.requirement("IECM-01", "IECM-05", "IECM-24", "Q-02")
def test_the_file_has_the_titles_and_the_legend_of_the_source(house: House) -> None:
    _cells, page = row_of(house)
    values = source()
    above = [page.cell(row, 1).value for row in (1, 2, 3, 5, 8)]
    assert above == [values[key] for key in ("institution", "legal_basis", "clause", "period_label", "legend")]


@pytest.mark.requirement("IECM-10")
def test_the_long_diagnosis_is_whole_in_its_cell(house: House) -> None:
    cells, _page = row_of(house)
    assert 16_500 < len(cells[7]) < 32_767
    assert not cells[7].endswith("…")


@pytest.mark.requirement("IECM-22", "IECM-25", "IECM-26")
def test_the_record_is_published_in_time_and_meets_every_rule(house: House) -> None:
    record = queries.public_record(house.institution, Quarter(2021, 2))
    assert record is not None
    assert (record.state, record.due_on, record.published_late) == (RecordState.PUBLISHED, date(2021, 8, 14), False)
    judgements = queries.findings_of(record, on=TODAY)
    assert [judgement.finding.reason for judgement in judgements if not judgement.finding.is_met] == []
    assert audit.verify() == []


@pytest.mark.requirement("IECM-16", "Q-01")
def test_its_lines_wait_for_a_person_to_tie_them(house: House) -> None:
    waiting = planning.unlinked_of(house.plan)
    assert len(waiting) == 39
    suggested = [item.suggested_parent.code for item in waiting if item.suggested_parent is not None]
    assert suggested == ["OE1"] * 3 + ["OE2"] * 2 + ["OE3"] * 6 + ["OE4"] * 3 + ["OE5"] * 2


@pytest.mark.requirement("Q-03")
def test_its_diagnosis_has_seven_weaknesses(house: House) -> None:
    record = queries.record_of(house.institution, Quarter(2021, 2))
    assert record is not None
    blocks = reports.reading_of(record).blocks
    assert [len(block.entries) for block in blocks] == [6, 7, 14, 3]


def test_later_quarters_are_not_said_to_be_missing(house: House) -> None:
    publisher = organization.person_by_email(electoral.PUBLISHER)
    assert publisher is not None
    actor = organization.actor_of(publisher, on=TODAY)
    assert actor.may(Permission.PUBLISH_TRANSPARENCY, house.institution.pk)
    assert queries.owed(actor, on=TODAY) == []
    assert [str(standing.quarter) for standing in queries.standings_of(house.institution, on=TODAY)] == ["2021-2"]
