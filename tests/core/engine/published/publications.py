"""Four publications as rows of the engine's twin: each knows how to read its own files, and says what it assumed."""

import csv
import gzip
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import IO
from xml.etree import ElementTree

from tests.core.engine.published.figures import Account
from tests.reference import evaluator as twin

Number = twin.Number


@dataclass
class Reading:
    """Rows of as many slots in each block; `account` is of values, `left_out` and `assumed` of rows.

    What the publication itself says of some rows, by (block, place), is to be found again by the engine: `met` the
    verdict of the last slot, `to_date` the figures accumulated in each slot.
    """

    blocks: dict[str, list[twin.Row]] = field(default_factory=lambda: defaultdict(list))
    account: Account = field(default_factory=Account)
    left_out: Counter[str] = field(default_factory=Counter)
    assumed: Counter[str] = field(default_factory=Counter)
    met: dict[tuple[str, int], bool] = field(default_factory=dict)
    to_date: dict[tuple[str, int], list[Number]] = field(default_factory=dict)

    def add(self, block: str, row: twin.Row) -> tuple[str, int]:
        self.blocks[block].append(row)
        return block, len(self.blocks[block]) - 1


def row_of(
    direction: int, accumulation: int, programmed: list[Number], actual: list[Number], **others: object
) -> twin.Row:
    slots = len(programmed)
    given = {"due": [True] * slots, "cut": slots} | others
    blank: list[Number] = [None] * slots
    return twin.Row(direction, accumulation, programmed, actual, list(blank), list(blank), **given)  # type: ignore[arg-type]


def opened(folder: Path, name: str) -> IO[str]:
    """Compressed, as the whole set comes, or as it is."""
    packed = folder / f"{name}.gz"
    return (
        gzip.open(packed, "rt", encoding="utf-8-sig")
        if packed.is_file()
        else (folder / name).open(encoding="utf-8-sig")
    )


def table(folder: Path, name: str) -> Iterator[dict[str, str]]:
    with opened(folder, name) as file:
        yield from csv.DictReader(file)


# -- goals of an agency of the United Nations: one target and one actual a year


def unhcr(folder: Path) -> Reading:
    found = Reading()
    for line in table(folder, "unhcr_results_2016_2023.csv"):
        target, actual, baseline = (
            found.account.take(line[f"{name}_value"]) for name in ("target", "actual", "baseline")
        )
        direction = {"1": twin.INCREASING, "0": twin.DECREASING}.get(line["ascending"])
        if direction is None:
            found.assumed["more is better: the direction is not told before 2022"] += 1
            direction = twin.INCREASING
        found.add("goals", row_of(direction, twin.LAST, [target], [actual], baseline=baseline))
    return found


# -- management report of a city: a figure a year, some with target


DIRECTIONS = {"Up": twin.INCREASING, "Down": twin.DECREASING}


def city_targets(folder: Path) -> Reading:
    """Five years of figures, a target for the fifth and another for the sixth, which has not ended."""
    found = Reading()
    for line in table(folder, "mmr_fy13_fy17_targets.csv"):
        actual = [found.account.take(line[f"FY{year}"]) for year in range(13, 18)]
        target, following = (found.account.take(line[name]) for name in ("TGT17", "TGT18"))
        programmed: list[Number] = [None] * 4
        row = row_of(
            DIRECTIONS[line["Desired_Direction"]],
            twin.PERIODIC,
            [*programmed, target, following],
            [*actual, None],
            cut=5,
        )
        found.add("goals", row)
    return found


def city_goals(folder: Path) -> Reading:
    """Years 2016 to 2022, and the one that runs brought to the whole year, with its target and a published verdict."""
    found = Reading()
    for line in table(folder, "Tidy_Indicator_Level_Data.csv"):
        actual = [found.account.take(line[str(year)]) for year in range(2016, 2024)]
        target = found.account.take(line["Target.MMR"])
        programmed: list[Number] = [None] * 7
        row = row_of(DIRECTIONS[line["Desired.Direction"]], twin.PERIODIC, [*programmed, target], actual)
        place = found.add("goals", row)
        if line["Success"] != "NA":
            found.met[place] = line["Success"] == "Met_Goal"
    return found


# -- a transport authority: twelve targets and actuals a year, of the month and to date


ENDED = 2011, 5  # the last month with any figure
MONTHS = range(1, 13)


def transport(folder: Path) -> Reading:
    """Each series-year twice: month by month, and to date; as a sum where the publication's own figures add up."""
    found = Reading()
    series: dict[tuple[str, int], dict[int, dict[str, Number]]] = defaultdict(dict)
    sense: dict[str, str] = {}
    for cells in _records(folder):
        key = cells["INDICATOR_SEQ"], int(cells["PERIOD_YEAR"])
        sense[key[0]] = cells["DESIRED_CHANGE"]
        names = ("YTD_TARGET", "YTD_ACTUAL", "MONTHLY_TARGET", "MONTHLY_ACTUAL")
        series[key][int(cells["PERIOD_MONTH"])] = {name: found.account.take(cells[name]) for name in names}
    told = {(line["INDICATOR_SEQ"], int(line["year"])): line["missed"] for line in table(folder, "truth_year_end.csv")}
    for (seq, year), months in sorted(series.items()):
        if sense[seq] == "N":
            found.left_out["informative: neither more nor less is better"] += 1
            continue
        place = _series_year(found, {"U": twin.INCREASING, "D": twin.DECREASING}[sense[seq]], year, months)
        if (seq, year) in told:
            found.met[place] = told[seq, year] == "0"
    return found


def _records(folder: Path) -> Iterator[dict[str, str]]:
    for path in sorted([*folder.glob("Performance_*.xml.gz"), *folder.glob("Performance_*.xml")]):
        text = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
        for record in ElementTree.fromstring(text):  # noqa: S314 our own copy of a publication
            yield {cell.tag: cell.text or "" for cell in record}


def _series_year(found: Reading, direction: int, year: int, months: dict[int, dict[str, Number]]) -> tuple[str, int]:
    """Where the row «to date» was put."""

    def column(name: str) -> list[Number]:
        return [months.get(month, {}).get(name) for month in MONTHS]

    cut = 12 if year < ENDED[0] else ENDED[1] if year == ENDED[0] else 0
    target, actual = column("MONTHLY_TARGET"), column("MONTHLY_ACTUAL")
    found.add("months", row_of(direction, twin.PERIODIC, target, actual, cut=cut))
    to_date = column("YTD_ACTUAL")
    if adds_up(actual, to_date):
        found.assumed["a sum: its months add up to its own figure to date"] += 1
        place = found.add("to date", row_of(direction, twin.SUM, target, actual, cut=cut))
        found.to_date[place] = to_date
        return place
    return found.add("to date", row_of(direction, twin.LAST, column("YTD_TARGET"), to_date, cut=cut))


def adds_up(months: list[Number], to_date: list[Number]) -> bool:
    total, seen = Fraction(0), 0
    for month, told in zip(months, to_date, strict=True):
        if month is None or told is None:
            continue
        total, seen = total + month, seen + 1
        if abs(total - told) > max(Fraction(1), told / 1000):
            return False
    return seen > 1


# -- a city's board: a figure a day; the sense is not in the file (it says «more is better» of homicides)


LESS_IS_BETTER = ("Response Time", "Incidents", "Crimes", "Homicides", "Shootings", "Stabbings")


def city_board(folder: Path) -> Reading:
    """Weeks as slots: the last figure of each, compared with the mean of former years; accumulated as a mean."""
    found = Reading()
    metrics = {line["id"]: line for line in table(folder, "metrics.csv")}
    weeks: dict[str, dict[int, Number]] = defaultdict(dict)
    for line in table(folder, "daily_values.csv"):
        week = date.fromisoformat(line["entry_date"]).isocalendar().week
        weeks[line["metric_id"]][week] = found.account.take(line["val"])
    slots = sorted({week for values in weeks.values() for week in values})
    for ref, metric in metrics.items():
        target = found.account.take(metric["target"])
        down = any(word in metric["name"] for word in LESS_IS_BETTER)
        found.assumed["its sense, from its name"] += 1
        actual = [weeks[ref].get(week) for week in slots]
        found.add("weeks", row_of(int(down), twin.AVERAGE, [target] * len(slots), actual))
    return found
