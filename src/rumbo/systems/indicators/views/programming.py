"""What is programmed for a year: typed, in equal parts, by season, as last year; and its authorised changes."""

from decimal import Decimal
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponseBase, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from rumbo.core.vocabulary.accumulation import Accumulation
from rumbo.core.vocabulary.permission import Permission
from rumbo.core.vocabulary.refusal import Refusal
from rumbo.foundation.ui.doors import Request, door
from rumbo.foundation.ui.presenters import filled
from rumbo.systems.indicators import actions, queries
from rumbo.systems.indicators.forms import ChangeForm, ProgrammeForm, month_values
from rumbo.systems.indicators.forms.fields import written
from rumbo.systems.indicators.models import Indicator, Programme
from rumbo.systems.indicators.programming import SEASONS, MonthTarget, as_last_year, by_shares, climbing, evenly, level
from rumbo.systems.indicators.views.subject import indicator_of

YEARS = range(2000, 2101)


@door(Permission.EDIT_GOALS)
def programme(request: Request, ref: UUID, year: int) -> HttpResponseBase:
    indicator = _indicator(request, ref, year)
    stored = queries.programme_of(indicator, year)
    if stored is not None and indicator.goal.agreed_on is not None:
        messages.info(request, _("La programación ya se acordó con el área: para cambiarla, reprograme."))
        return redirect("indicators:change", slug=request.institution.slug, ref=ref, year=year)
    fiscal = request.institution.year_called(year)
    initial = ProgrammeForm.initial_of(stored)
    form = ProgrammeForm(request.POST or None, indicator=indicator, year=fiscal, initial=initial)
    way = request.POST.get("repartir", "")
    if request.method == "POST" and form.is_valid():
        if way:
            form = _spread(form, way)
        else:
            try:
                _save(request, indicator, form)
            except Refusal as refusal:
                form.add_error(None, filled(refusal))
            else:
                return _done(request, indicator, _("Se guardó la programación de %(year)s.") % {"year": fiscal.label})
    return _page(request, form, indicator, stored)


@door(Permission.EDIT_GOALS)
def change(request: Request, ref: UUID, year: int) -> HttpResponseBase:
    indicator = _indicator(request, ref, year)
    stored = queries.programme_of(indicator, year)
    if stored is None:
        raise Http404
    fiscal = request.institution.year_called(year)
    this = request.institution.year_on(request.today) == fiscal
    initial = ProgrammeForm.initial_of(stored) | {"from_month": request.today.month if this else fiscal.start_month}
    form = ChangeForm(request.POST or None, indicator=indicator, year=fiscal, initial=initial)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            actions.change_programme(
                programme=stored,
                annual_target=said["annual_target"],
                low=said["low"],
                high=said["high"],
                months=form.months(),
                bands=said["bands"],
                from_period=fiscal.month(said["from_month"]).index,
                reason=said["reason"],
                letter_number=said["letter_number"],
                on=request.today,
                by=request.actor,
                at=request.now,
            )
        except Refusal as refusal:
            form.add_error(None, filled(refusal))
        else:
            return _done(
                request, indicator, _("Se reprogramó %(code)s. La original se conserva.") % {"code": indicator.code}
            )
    return _page(request, form, indicator, stored, changing=True)


def _save(request: Request, indicator: Indicator, form: ProgrammeForm) -> Programme:
    said = form.cleaned_data
    return actions.set_programme(
        indicator=indicator,
        year=form.year.year,
        annual_target=said["annual_target"],
        low=said["low"],
        high=said["high"],
        months=form.months(),
        bands=said["bands"],
        by=request.actor,
        at=request.now,
    )


def _spread(form: ProgrammeForm, way: str) -> ProgrammeForm:
    """The same form with its months filled in, still to be saved; or with the reason why not."""
    try:
        targets = _shared(form, way)
    except Refusal as refusal:
        form.add_error(None, filled(refusal))
        return form
    if targets is None:
        form.add_error("annual_target", _("Escriba la meta anual para poder repartirla."))
        return form
    values: dict[str, Any] = form.data.dict() if isinstance(form.data, QueryDict) else dict(form.data)
    for month in form.order:
        values[f"n{month}"] = ""
    for name, value in month_values(targets).items():
        if name in form.fields:
            values[name] = written(value)
    return ProgrammeForm(values, indicator=form.indicator, year=form.year)


def _shared(form: ProgrammeForm, way: str) -> dict[int, MonthTarget] | None:
    indicator, year, said = form.indicator, form.year, form.cleaned_data
    if way == "anterior":
        last = queries.programme_of(indicator, year.year - 1)
        targets = queries.targets_of(last) if last else {}
        return as_last_year(targets, said["factor"] or Decimal(1), indicator.decimals)
    total = said["annual_target"]
    if total is None:
        return None
    months = indicator.periods_due(year)
    if indicator.accumulation != Accumulation.SUM:
        start = indicator.baseline
        rises = way == "temporada" and start is not None
        amounts = climbing(start or Decimal(0), total, months, indicator.decimals) if rises else level(total, months)
    elif way == "temporada":
        season = SEASONS.get(said["season"])
        shares = {  # a season is of the calendar, wherever the year begins
            month.index: season[1][month.month - 1] if season else said[f"n{month.month}"] or Decimal(0)
            for month in year.months
        }
        amounts = by_shares(total, {period: shares[period] for period in months}, indicator.decimals)
    else:
        amounts = evenly(total, months, indicator.decimals)
    return {period: MonthTarget(amount) for period, amount in amounts.items()}


def _indicator(request: Request, ref: UUID, year: int) -> Indicator:
    if year not in YEARS:
        raise Http404
    return indicator_of(request, ref)


def _page(
    request: Request, form: ProgrammeForm, indicator: Indicator, stored: Programme | None, *, changing: bool = False
) -> HttpResponseBase:
    context: dict[str, Any] = {
        "form": form,
        "indicator": indicator,
        "asked": queries.asked_of(indicator),
        "goal": indicator.goal,
        "year": form.year.label,
        "stored": stored,
        "changing": changing,
        "is_sum": indicator.accumulation == Accumulation.SUM,
        "has_last": queries.programme_of(indicator, form.year.year - 1) is not None,
    }
    return render(request, "indicators/programme.html", context, status=422 if form.errors else 200)


def _done(request: Request, indicator: Indicator, said: str) -> HttpResponseBase:
    messages.success(request, said)
    return redirect("indicators:goal", slug=request.institution.slug, ref=indicator.goal.ref)
