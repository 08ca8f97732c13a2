"""Nobody writes January for the first month of a year: which it is, the institution says (`FiscalYear`)."""

import re

import pytest

from tests.architecture.source import SOURCE, python_files

# What counts months from January, as it used to be written.
FROM_JANUARY = re.compile(
    r"Period\([a-z_.]*year, ?(1|12|month|column \+ 1|slot \+ 1)\)|range\(1, ?13\)|(//|%) ?12\b|[a-z]\.year \* ?12"
    r"|(period|working|choice)\.month - 1|today\.year\b|\bon\.year\b|replace\(month=1"
)
# Months of the calendar, whatever the year: each said why.
OF_THE_CALENDAR = {
    "systems/indicators/exchange/changes.py": "the name of a month, whatever its year",
    "systems/indicators/exchange/checking.py": "the months in which something reports are those of the calendar",
    "systems/indicators/forms/fields.py": "the months in which something reports are those of the calendar",
}
# Of transparency the quarters are the law's, those of the calendar.
FILES = [path for path in python_files(SOURCE / "systems") if "transparency" not in path.parts]


def test_the_months_of_a_year_are_asked_of_the_fiscal_year() -> None:
    found = {
        str(path.relative_to(SOURCE)): line.strip()
        for path in FILES
        for line in path.read_text(encoding="utf-8").splitlines()
        if FROM_JANUARY.search(line)
    }
    assert {name: line for name, line in found.items() if name not in OF_THE_CALENDAR} == {}
    assert sorted(found) == sorted(OF_THE_CALENDAR)


@pytest.mark.parametrize(
    "line",
    [
        "january = Period(period.year, 1).index",
        "for month in range(1, 13):",
        "start = last // 12 * 12",
        "column = period.month - 1",
        "first = programme.year * 12",
        "year = request.today.year",
    ],
)
def test_what_it_looks_for_is_found(line: str) -> None:
    assert FROM_JANUARY.search(line)
