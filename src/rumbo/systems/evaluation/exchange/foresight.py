"""Series of goals with their programme, in; the probability of missing each year as seen at each slot, out.

In   series, direction (up | down), year, slot (1..12), target_to_date, actual_to_date, target, actual
Out  series, year, slot, probability, expected, risk

A row is one slot of one series; blanks are «no value». Predictions come in the order of the rows, for every row that
reports something and whose year has a target.
"""

import csv
import io
import math
from dataclasses import dataclass

import numpy as np

from rumbo.core.engine.foresight import Record, Walker
from rumbo.core.vocabulary.direction import Direction
from rumbo.core.vocabulary.marking import N_
from rumbo.core.vocabulary.refusal import Refusal
from rumbo.core.vocabulary.risk import Risk

FIGURES = ("target_to_date", "actual_to_date", "target", "actual")
COLUMNS = ("series", "direction", "year", "slot", *FIGURES)
OUT = ("series", "year", "slot", "probability", "expected", "risk")
SLOTS = 12
MOST_YEARS = 200
DIRECTIONS = {"up": Direction.INCREASING, "down": Direction.DECREASING}


class UnreadableSeries(Refusal):
    """The file is not what the backtest reads; the text says the line and what was expected."""


@dataclass(frozen=True, slots=True)
class Series:
    """`rows` keep the order of the file: (position of the series, position of the year, slot from 0)."""

    names: list[str]
    years: list[int]
    rows: list[tuple[int, int, int]]
    record: Record


def read_series(content: bytes) -> Series:
    """Raises UnreadableSeries."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise UnreadableSeries(N_("El archivo no está en UTF-8: guárdelo como CSV UTF-8 e intente de nuevo.")) from None
    reader = csv.DictReader(io.StringIO(text))
    absent = [name for name in COLUMNS if name not in (reader.fieldnames or ())]
    if absent:
        raise UnreadableSeries(N_("Al archivo le faltan estas columnas: %(columns)s."), columns=", ".join(absent))
    lines = [_line(row, reader.line_num) for row in reader]
    if not lines:
        raise UnreadableSeries(N_("El archivo no tiene renglones."))
    return _arranged(lines)


@dataclass(frozen=True, slots=True)
class _Line:
    number: int
    series: str
    direction: Direction
    year: int
    slot: int
    figures: tuple[float, ...]


def _line(row: dict[str, str | None], number: int) -> _Line:
    direction = DIRECTIONS.get((row["direction"] or "").strip())
    if direction is None:
        raise UnreadableSeries(
            N_("Renglón %(line)s: «direction» debe decir up o down, y dice «%(value)s»."),
            line=number,
            value=row["direction"] or "",
        )
    year, slot = (_whole(row, name, number) for name in ("year", "slot"))
    if not 1 <= slot <= SLOTS:
        raise UnreadableSeries(N_("Renglón %(line)s: «slot» va de 1 a 12, y dice %(value)s."), line=number, value=slot)
    figures = tuple(_figure(row, name, number) for name in FIGURES)
    return _Line(number, row["series"] or "", direction, year, slot, figures)


def _whole(row: dict[str, str | None], name: str, number: int) -> int:
    value = _figure(row, name, number)
    if math.isnan(value) or value != int(value):
        raise _not_a_number(name, row[name], number)
    return int(value)


def _figure(row: dict[str, str | None], name: str, number: int) -> float:
    text = (row[name] or "").strip()
    if not text or text.lower() == "nan":
        return math.nan
    try:
        value = float(text)
    except ValueError:
        raise _not_a_number(name, text, number) from None
    if math.isinf(value):
        raise _not_a_number(name, text, number)
    return value


def _not_a_number(name: str, text: str | None, number: int) -> UnreadableSeries:
    return UnreadableSeries(
        N_("Renglón %(line)s: «%(column)s» debe ser un número sin comas de miles, y dice «%(value)s»."),
        line=number,
        column=name,
        value=text or "",
    )


def _arranged(lines: list[_Line]) -> Series:
    names = list(dict.fromkeys(line.series for line in lines))
    first, last = min(line.year for line in lines), max(line.year for line in lines)
    if last - first >= MOST_YEARS:
        raise UnreadableSeries(
            N_("Los años van de %(first)s a %(last)s: revise la columna «year»."), first=first, last=last
        )
    place = {name: index for index, name in enumerate(names)}
    direction = np.full(len(names), -1, dtype=np.int8)
    cubes = [np.full((len(names), last - first + 1, SLOTS), np.nan) for _ in FIGURES]
    rows: dict[tuple[int, int, int], str] = {}
    for line in lines:
        at = (place[line.series], line.year - first, line.slot - 1)
        if rows.get(at, repr(line.figures)) != repr(line.figures):  # said twice and the same is said once
            raise UnreadableSeries(
                N_("Renglón %(line)s: ya había otras cifras de la serie «%(series)s», año %(year)s, periodo %(slot)s."),
                line=line.number,
                series=line.series,
                year=line.year,
                slot=line.slot,
            )
        rows[at] = repr(line.figures)
        if direction[at[0]] not in (-1, line.direction):
            raise UnreadableSeries(
                N_("Renglón %(line)s: la serie «%(series)s» cambia de sentido."), line=line.number, series=line.series
            )
        direction[at[0]] = line.direction
        for cube, figure in zip(cubes, line.figures, strict=True):
            cube[at] = figure
    target_to_date, actual_to_date, target, actual = cubes
    record = Record(direction, target, target_to_date, actual, actual_to_date)
    return Series(names, list(range(first, last + 1)), list(rows), record)


def predictions(series: Series) -> tuple[bytes, int]:
    """The CSV and how many predictions it has."""
    walker = Walker(series.record)
    told = [walker.year(position) for position in range(len(series.years))]
    reported = ~(np.isnan(series.record.actual) & np.isnan(series.record.actual_to_date))
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(OUT)
    count = 0
    for row, year, slot in series.rows:
        seen = told[year][slot + 1]
        probability = float(seen.probability[row])
        if not reported[row, year, slot] or math.isnan(probability):
            continue
        count += 1
        expected = f"{float(seen.expected[row]):.6g}"
        risk = Risk(int(seen.risk[row])).name.lower()
        writer.writerow([series.names[row], series.years[year], slot + 1, f"{probability:.6f}", expected, risk])
    return text.getvalue().encode(), count
