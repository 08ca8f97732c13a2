"""What it costs to decide about a scale inside the request: the open months that it judges are evaluated at once.

One year of programme and captures at a scale of 1,500 goals each, its twelve months open; each decision is undone.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

from benchmarks import house
from benchmarks.closing import processor
from benchmarks.surroundings import installation
from benchmarks.workload import GOALS, MONTHS, Workload, build

YEAR = 2026  # the last of the workload
DECISIONS = (
    ("version of the general scale, 12 open months", "general", None, date(YEAR, 1, 1)),
    ("the same, 1 open month", "general", None, date(YEAR, 12, 1)),
    ("the same, from next year on", "general", None, date(YEAR + 1, 1, 1)),
    ("another scale for one indicator, 12 open months", "otra", 7, date(YEAR, 1, 1)),
)


class Undone(Exception):
    """The decision was measured: its transaction goes back."""


def run(*, database: str, scale: int, times: int) -> None:
    with installation(database):
        loaded = _load(build(scale))
        print(f"\n{GOALS * scale:,} goals on {database}, best of {times}, seconds")
        print(f"{'decision':<50}{'client':>9}{'server':>9}{'sum':>9}{'clock':>9}")
        for name, scheme, place, since in DECISIONS:
            taken = [processor(_decision(loaded, scheme, place, since)) for _ in range(times)]
            client, server, clock = min(taken, key=lambda one: one[0] + one[1])
            print(f"{name:<50}{client:>9.3f}{server:>9.3f}{client + server:>9.3f}{clock:>9.3f}", flush=True)


def _load(work: Workload) -> Any:
    """Through the actions that a person uses, the last year alone."""
    from rumbo.core.engine import Scheme
    from rumbo.foundation.organization import actions as organization
    from rumbo.foundation.organization.actor import SystemActor
    from rumbo.systems.captures import actions as captures
    from rumbo.systems.evaluation import actions as evaluation
    from rumbo.systems.indicators import actions as indicators
    from rumbo.systems.indicators import queries as goals

    shared: dict[str, Any] = {"by": SystemActor(), "at": house.AT}
    institution = organization.create_institution(slug=house.SLUG, name="Medición", on=house.ON, **shared)
    loaded = house.House(institution, shared["by"], {}, {})
    units, lines = house._areas(loaded), house._plan(loaded)
    rows = [_last_year(house._goal(work, row, units, lines)) for row in range(len(work))]
    indicators.load_goals(institution=institution, goals=rows, **shared)
    known = {item.code: item.pk for item in goals.indicators_of(institution)}
    told = [row for month in range(MONTHS - 12, MONTHS) for row in house._month(work, known, month)]
    captures.load_history(institution=institution, rows=told, **shared)
    for code in ("general", "otra"):
        evaluation.save_scheme(
            institution=institution, parameters=Scheme().to_parameters(), effective_from=date(YEAR, 1, 1), scheme=code,
            on=house.ON, **shared,
        )  # fmt: skip
    return loaded


def _last_year(goal: Any) -> Any:
    indicator = goal.indicators[0]
    return replace(goal, indicators=[replace(indicator, programmes=indicator.programmes[-1:])])


def _decision(loaded: Any, scheme: str, place: int | None, since: date) -> Callable[[], None]:
    from django.db import transaction

    from rumbo.core.engine import Scheme
    from rumbo.systems.evaluation import actions
    from rumbo.systems.indicators import queries as goals

    shared: dict[str, Any] = {"institution": loaded.institution, "effective_from": since, "by": loaded.by}
    shared |= {"at": house.AT, "on": house.ON, "scheme": scheme}
    indicator = None if place is None else goals.indicators_of(loaded.institution)[place]

    def decide() -> None:
        try:
            with transaction.atomic():
                if indicator is None:
                    actions.save_scheme(parameters=Scheme(green=93).to_parameters(), **shared)
                else:
                    actions.assign_scheme(indicator=indicator, reason="Medición", **shared)
                raise Undone
        except Undone:
            pass

    return decide
