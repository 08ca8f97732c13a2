"""Real monthly series of a transport authority, as history that an institution brings with it."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

from rumbo.core.timekeeping.period import Period
from rumbo.shell.demonstration.dataset import read_rows
from rumbo.shell.demonstration.loading import reading, workbooks
from rumbo.shell.demonstration.loading.setting_up import SYSTEM, House, set_up
from rumbo.systems.evaluation import actions as evaluation

START = date(2011, 5, 2)


def load(data: Path, progress: Callable[[str], None]) -> House:
    """2008 to 2010 closed in one batch; 2011 loaded and open."""
    house = set_up(data / "transporte", on=START, nature="test_data", home="board", first=False, position=2)
    progress(house.institution.short_name)
    at = reading.moment(START)
    for kind, content in (("goals", _goals(house.folder)), ("captures", _captures(house.folder))):
        workbooks.take(kind, content, institution=house.institution, by=SYSTEM, on=START, at=at)
    evaluation.close_history(
        institution=house.institution,
        through=Period.parse(house.values["calendar"]["closed_through"]),
        by=SYSTEM,
        at=at,
        on=START,
        reason="Carga histórica: la fuente no publica el dato.",
    )
    return house


def _goals(folder: Path) -> bytes:
    months: dict[tuple[str, str], dict[int, tuple[str, str]]] = {}
    for row in read_rows(folder / "targets.csv"):
        months.setdefault((row["goal"], row["year"]), {})[int(row["month"])] = (row["numerator"], "")
    annual = {(row["goal"], row["year"]): row["annual_target"] for row in read_rows(folder / "annual_targets.csv")}
    return workbooks.book(
        {
            "Metas": [workbooks.goal_row(row) for row in read_rows(folder / "goals.csv")],
            "Programación": [
                workbooks.programme_row(goal, int(year), annual.get((goal, year), ""), values)
                for (goal, year), values in months.items()
            ],
        }
    )


def _captures(folder: Path) -> bytes:
    rows = [
        {"code": row["goal"], "period": f"{row['year']}-{int(row['month']):02d}", "numerator": row["numerator"]}
        for row in read_rows(folder / "captures.csv")
    ]
    return workbooks.book({"Carga histórica": rows})
