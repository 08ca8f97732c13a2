"""How a goal is measured."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import transaction

from rumbo.core.vocabulary.accumulation import Accumulation
from rumbo.core.vocabulary.dimension import Dimension
from rumbo.core.vocabulary.direction import Direction
from rumbo.core.vocabulary.frequency import Frequency
from rumbo.core.vocabulary.marking import N_
from rumbo.core.vocabulary.permission import Actor
from rumbo.core.vocabulary.refusal import Refusal
from rumbo.foundation.audit.actions import record
from rumbo.foundation.audit.states import state_of
from rumbo.systems.indicators.actions.common import Amount, may_edit_goals, tell
from rumbo.systems.indicators.actions.goals import refuse_retired
from rumbo.systems.indicators.models import Goal, Indicator
from rumbo.systems.indicators.programming import exact


class IndicatorCodeTaken(Refusal):
    """A code names one indicator of the institution."""


class RatioWithoutDenominator(Refusal):
    """A quotient of accumulated values needs two variables with their names."""


class PrincipalStays(Refusal):
    """A goal is never left without the indicator that gives its percentage."""


def save_indicator(
    *,
    goal: Goal,
    code: str,
    name: str,
    unit_of_measure: str,
    direction: int,
    accumulation: int,
    by: Actor,
    at: datetime,
    principal: bool | None = None,
    definition: str = "",
    formula: str = "",
    numerator_symbol: str = "V",
    numerator_name: str = "",
    numerator_unit: str = "",
    denominator_symbol: str = "",
    denominator_name: str = "",
    denominator_unit: str = "",
    other_variables: Sequence[Mapping[str, str]] = (),
    factor: Amount = 1,
    decimals: int = 0,
    frequency: str = Frequency.MONTHLY,
    due_months: Sequence[int] = (),
    dimension: str = "",
    baseline: Amount = None,
    baseline_year: int | None = None,
    source: str = "",
    means_of_verification: str = "",
    required_evidence: str = "",
    indicator: Indicator | None = None,
) -> Indicator:
    """A new indicator, or changes to `indicator`. The first of a goal is its principal unless told otherwise;
    `principal=True` takes the place of the former one, which stays as complementary.

    Raises Forbidden, RetiredGoal, IndicatorCodeTaken, RatioWithoutDenominator, AmountOutOfRange.
    """
    may_edit_goals(by, goal.institution_id, goal.unit_id)
    refuse_retired(goal)
    refuse_half_a_ratio(code, accumulation, denominator_name)
    with transaction.atomic():
        before = state_of(indicator) if indicator else None
        saved = indicator or Indicator(institution_id=goal.institution_id, goal=goal, principal=False)
        if Indicator.objects.filter(institution=goal.institution_id, code=code).exclude(pk=saved.pk).exists():
            raise IndicatorCodeTaken(N_("La clave %(code)s ya nombra a otro indicador. Escriba otra."), code=code)
        saved.code, saved.name, saved.unit_of_measure = code, name, unit_of_measure
        saved.direction, saved.accumulation = Direction(direction), Accumulation(accumulation)
        saved.frequency, saved.due_months = Frequency(frequency), sorted(set(due_months))
        saved.definition, saved.formula = definition, formula
        saved.numerator_symbol, saved.numerator_name = numerator_symbol, numerator_name
        saved.denominator_symbol, saved.denominator_name = denominator_symbol, denominator_name
        saved.numerator_unit, saved.denominator_unit = numerator_unit, denominator_unit
        saved.other_variables = [dict(one) for one in other_variables]
        saved.factor, saved.decimals = exact(factor) or Decimal(1), decimals
        saved.dimension = Dimension(dimension) if dimension else ""
        saved.baseline, saved.baseline_year = exact(baseline), baseline_year
        saved.source, saved.means_of_verification = source, means_of_verification
        saved.required_evidence = required_evidence
        saved.save()
        _told(saved, by, at, "indicators.save_indicator", before)
        alone = not Indicator.objects.filter(goal=goal, principal=True).exclude(pk=saved.pk).exists()
        if not saved.principal and (principal or (principal is None and alone)):
            make_principal(indicator=saved, by=by, at=at)
    return saved


def refuse_half_a_ratio(code: str, accumulation: int, denominator_name: str) -> None:
    """Raises RatioWithoutDenominator."""
    if Accumulation(accumulation).by_parts and not denominator_name.strip():
        raise RatioWithoutDenominator(
            N_("%(code)s es un cociente de acumulados: escriba el nombre del denominador o elija otra acumulación."),
            code=code,
        )


def make_principal(*, indicator: Indicator, by: Actor, at: datetime) -> Indicator:
    """It gives from now on its goal's percentage; the former one stays as complementary. Raises Forbidden."""
    goal = indicator.goal
    may_edit_goals(by, goal.institution_id, goal.unit_id)
    with transaction.atomic():
        for former in Indicator.objects.filter(goal=goal, principal=True).exclude(pk=indicator.pk):
            before = state_of(former)
            former.principal = False
            former.save(update_fields=["principal"])
            _told(former, by, at, "indicators.make_complementary", before)
        before = state_of(indicator)
        indicator.principal = True
        indicator.save(update_fields=["principal"])
        _told(indicator, by, at, "indicators.make_principal", before)
    return indicator


def retire_indicator(*, indicator: Indicator, on: date, by: Actor, at: datetime) -> Indicator:
    """Only a complementary one: the principal leaves with its goal. Raises Forbidden, PrincipalStays."""
    may_edit_goals(by, indicator.institution_id, indicator.goal.unit_id)
    if indicator.principal:
        raise PrincipalStays(
            N_("%(code)s es el indicador principal de su meta. Haga principal a otro antes de retirarlo."),
            code=indicator.code,
        )
    with transaction.atomic():
        before = state_of(indicator)
        indicator.retired_on = on
        indicator.save(update_fields=["retired_on"])
        _told(indicator, by, at, "indicators.retire_indicator", before)
    return indicator


def _told(indicator: Indicator, by: Actor, at: datetime, action: str, before: dict[str, Any] | None) -> None:
    if before is not None:
        tell(indicator.institution, [indicator.pk], (), by, at)
    chain = indicator.institution.slug
    title = f"{indicator.code} {indicator.name}"
    record(chain=chain, by=by, action=action, at=at, subject=indicator, title=title, before=before)
