"""Provisional results of the months that are still open."""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction

from rumbo.core.rendering.told import Month
from rumbo.core.timekeeping.period import Period
from rumbo.core.timekeeping.slots import FiscalYear
from rumbo.core.vocabulary.marking import N_
from rumbo.core.vocabulary.permission import Actor
from rumbo.core.vocabulary.refusal import Refusal
from rumbo.foundation.audit.actions import record
from rumbo.systems.evaluation import queries
from rumbo.systems.evaluation.actions.storing import store_results
from rumbo.systems.evaluation.models import Result, SchemeVersion
from rumbo.systems.evaluation.queries.blocks import year_of
from rumbo.systems.evaluation.queries.evaluated import table_of
from rumbo.systems.evaluation.queries.schemes import Schemes

if TYPE_CHECKING:
    from rumbo.foundation.organization.models import Institution

BATCH = 500  # rows per INSERT: 30 columns of them stay under SQLite's 32,766 variables


class PeriodIsClosed(Refusal):
    """The month is sealed: its results are not provisional."""


def evaluate_month(*, institution: "Institution", period: Period, by: Actor, at: datetime) -> int:
    """Recompute the provisional results of an open month for the whole institution. Returns how many.

    It leaves its event like every other write: what is kept of the boards is kept until the trail grows. Who asks has
    the permission. Raises PeriodIsClosed.
    """
    if queries.closing_of(institution.pk, period):
        raise PeriodIsClosed(
            N_("%(month)s ya está cerrado y sus resultados no cambian. Use «Solicitar corrección de un mes cerrado»."),
            month=Month(period, first=True),
        )
    with transaction.atomic():
        stored = store_month(institution, period)
        record(
            chain=institution.slug, by=by, action="evaluation.evaluate", at=at, title=period.label,
            details={"period": period.index, "results": stored},
        )  # fmt: skip
    return stored


def store_month(institution: "Institution", period: Period) -> int:
    """Provisional results of one month for everything. Inside a transaction."""
    return _store(institution.pk, institution.fiscal_start, [period], indicator_ids=None)


def evaluate(*, institution_id: int, fiscal_start: int, indicator_ids: Collection[int], first: int, last: int) -> int:
    """Provisional results of some indicators in the open months from `first` to `last` (year * 12 + month - 1).

    Called inside the transaction of a capture or of a change of programme: a block of a few rows. Months of years
    before that of `last` wait for their closing (carga histórica).
    """
    closed = queries.last_closed_period(institution_id)
    year = FiscalYear.containing(Period.of(last), fiscal_start)
    start = max(first, year.first.index, closed.index + 1 if closed else 0)
    months = [Period.of(index) for index in range(start, last + 1)]
    return _store(institution_id, fiscal_start, months, indicator_ids=indicator_ids) if months else 0


def evaluate_again(institution: "Institution", before: Schemes) -> int:
    """Open months are evaluated again where another scheme judges them now than did in `before`. Returns how many rows.

    Boards of an open month show stored rows: none may be left under a scheme that no longer judges it, and none is
    written that would come out the same. Inside the transaction of the decision.
    """
    stored = Result.objects.filter(institution=institution, closing=None).order_by("period")
    now = queries.schemes_of(institution.pk)
    wanted: dict[Collection[int] | None, list[Period]] = {}
    for month in map(Period.of, stored.values_list("period", flat=True).distinct()):
        day = month.last_day
        if before.version_on(day) != now.version_on(day):
            wanted.setdefault(None, []).append(month)
        elif ids := _judged_otherwise(before.special_on(day), now.special_on(day)):
            wanted.setdefault(ids, []).append(month)
    start = institution.fiscal_start
    return sum(_store(institution.pk, start, months, indicator_ids=ids) for ids, months in wanted.items())


def _judged_otherwise(before: Mapping[int, SchemeVersion], now: Mapping[int, SchemeVersion]) -> frozenset[int]:
    """The indicators with a scheme that is not the institution's, or that had one, and another now."""
    return frozenset(pk for pk in before.keys() | now.keys() if before.get(pk) != now.get(pk))


def _store(
    institution_id: int, fiscal_start: int, months: list[Period], *, indicator_ids: Collection[int] | None
) -> int:
    stored = 0
    of_years: dict[FiscalYear, list[Period]] = {}
    for month in months:
        of_years.setdefault(FiscalYear.containing(month, fiscal_start), []).append(month)
    for year, wanted in of_years.items():
        stored += _store_year(institution_id, year, wanted, indicator_ids)
    return stored


def _store_year(
    institution_id: int, year: FiscalYear, months: list[Period], indicator_ids: Collection[int] | None
) -> int:
    data = year_of(institution_id, year, cut=year.elapsed(months[-1]), indicator_ids=indicator_ids)
    old = Result.objects.filter(institution=institution_id, closing=None, period__in=[month.index for month in months])
    if indicator_ids is not None:
        old = old.filter(indicator__in=list(indicator_ids))
    old.delete()
    stored = 0
    for schemes in queries.schemes_by_month(institution_id, months):
        stored += store_results(table_of(institution_id, data, schemes, ranked=False))
    return stored
