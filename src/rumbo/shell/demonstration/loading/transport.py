"""Real monthly series of a transport authority, as history that an institution brings with it."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path

from rumbo.core.timekeeping.period import Period
from rumbo.shell.demonstration.dataset import read_rows
from rumbo.shell.demonstration.loading import reading
from rumbo.shell.demonstration.loading.setting_up import SYSTEM, House, set_up
from rumbo.systems.captures import actions as captures
from rumbo.systems.evaluation import actions as evaluation
from rumbo.systems.indicators import actions as indicators
from rumbo.systems.indicators import queries as goals
from rumbo.systems.indicators.actions import ProgrammeRow

START = date(2011, 5, 2)


def load(data: Path, progress: Callable[[str], None]) -> House:
    """2008 to 2010 closed in one batch; 2011 loaded and open."""
    house = set_up(data / "transporte", on=START, nature="test_data", home="board", first=False, position=2)
    progress(house.institution.short_name)
    at = reading.moment(START)
    indicators.load_goals(
        institution=house.institution,
        goals=reading.goal_rows(
            read_rows(house.folder / "goals.csv"),
            units=house.units,
            elements=house.elements(1),
            programmes=_programmes(house.folder),
            agreed_on=None,
        ),
        by=SYSTEM,
        at=at,
    )
    known = {item.code: item.pk for item in goals.indicators_of(house.institution)}
    captures.load_history(
        institution=house.institution,
        rows=[
            captures.HistoryRow(
                indicator_id=known[row["goal"]],
                period=int(row["year"]) * 12 + int(row["month"]) - 1,
                numerator=Decimal(row["numerator"]),
            )
            for row in read_rows(house.folder / "captures.csv")
        ],
        by=SYSTEM,
        at=at,
    )
    evaluation.close_history(
        institution=house.institution,
        through=Period.parse(house.values["calendar"]["closed_through"]),
        by=SYSTEM,
        at=at,
        on=START,
        reason="Carga histórica: la fuente no publica el dato.",
    )
    return house


def _programmes(folder: Path) -> dict[str, list[ProgrammeRow]]:
    months: dict[tuple[str, int], dict[int, tuple[str, str]]] = {}
    for row in read_rows(folder / "targets.csv"):
        months.setdefault((row["goal"], int(row["year"])), {})[int(row["month"])] = (row["numerator"], "")
    annual = {(row["goal"], int(row["year"])): row["annual_target"] for row in read_rows(folder / "annual_targets.csv")}
    programmes: dict[str, list[ProgrammeRow]] = {}
    for (goal, year), values in months.items():
        programmes.setdefault(goal, []).append(reading.programme_row(year, annual.get((goal, year), ""), values))
    return programmes
