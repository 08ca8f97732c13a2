"""What the evaluation of a year takes from beyond it: the streaks that come from the former year, and what was first
programmed where an authorised change moved it."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from rumbo.core.engine import NO_SLOT, Carried, Original
from rumbo.systems.evaluation.models import Result
from rumbo.systems.evaluation.queries.blocks import Year, records_of, rows_of
from rumbo.systems.indicators import queries as indicators

FEW = 200  # more indicators than these are asked for by their institution
CARRIED: indicators.Layout = (("indicator", "i8"), ("light", "i4"), ("streak", "i4"), ("since", "i4"))


@dataclass(frozen=True, slots=True, eq=False)
class Beside:
    """Both row by row of the year; None where there is nothing of it."""

    before: Carried | None = None
    original: Original | None = None

    def take(self, rows: Sequence[int]) -> "Beside":
        at = np.array(rows)
        before, original = self.before, self.original
        return Beside(
            before and Carried(before.light[at], before.streak[at], before.since[at]),
            original and Original(np.asarray(original.programmed)[at], np.asarray(original.programmed_den)[at]),
        )


def beside_of(institution_id: int, year: Year) -> Beside:
    """One query, and another where something was reprogrammed."""
    return Beside(_before(institution_id, year), _original(year))


def _before(institution_id: int, year: Year) -> Carried | None:
    """From the stored results of the former year's last month: those of its closing, or what is provisional."""
    programme = year.programme
    first = programme.year.first.index
    # The month's own keys are asked alone: without results then, an empty reach into their index is all that it costs.
    rows = Result.objects.filter(
        institution=institution_id, period=first - 1, streak__gt=0, streak_since__isnull=False
    ).exclude(closing__current=False)
    if len(programme) <= FEW:
        rows = rows.filter(indicator__in=programme.indicator_ids)
    columns = rows.order_by().values_list("indicator_id", "light", "streak", "streak_since")
    whole = indicators.as_records(columns, CARRIED)
    found = np.array(list(columns), dtype=list(CARRIED)) if whole is None else records_of(whole, CARRIED)
    place, known = rows_of(programme.indicator_ids, found["indicator"].astype(np.int64))
    if not known.any():
        return None
    carried = Carried.nothing(len(programme))
    place, found = place[known], found[known]
    carried.light[place], carried.streak[place] = found["light"], found["streak"]
    carried.since[place] = np.maximum(found["since"].astype(np.int64) - first, NO_SLOT + 1)
    return carried


def _original(year: Year) -> Original | None:
    programme = year.programme
    moved = [pk for pk, since in zip(programme.indicator_ids, programme.rescheduled_from, strict=True) if since]
    if not moved:
        return None
    first = programme.year.first.index
    programmed, den = year.block.programmed.copy(), year.block.programmed_den.copy()
    place = {pk: row for row, pk in enumerate(programme.indicator_ids)}
    for pk in moved:
        programmed[place[pk]], den[place[pk]] = np.nan, np.nan
    for pk, period, numerator, denominator in indicators.original_months(moved, programme.year):
        if numerator is not None:
            programmed[place[pk], period - first] = numerator
        if denominator is not None:
            den[place[pk], period - first] = denominator
    return Original(programmed, den)
