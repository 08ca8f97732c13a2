"""Writing goals and indicators."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.forms import Form
from django.http import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from rumbo.core.vocabulary.permission import Permission
from rumbo.core.vocabulary.refusal import Refusal
from rumbo.foundation.contracts import queries as contracts
from rumbo.foundation.organization import queries as organization
from rumbo.foundation.planning import queries as planning
from rumbo.foundation.ui.doors import Request, door
from rumbo.foundation.ui.presenters import filled
from rumbo.systems.indicators import actions
from rumbo.systems.indicators.forms import GoalForm, IndicatorForm, ReasonForm
from rumbo.systems.indicators.models import Goal, Indicator
from rumbo.systems.indicators.views.formula import formula_context
from rumbo.systems.indicators.views.subject import goal_of, indicator_of

_BESIDE: dict[type[Refusal], str] = {actions.GoalCodeTaken: "code", actions.MembershipOutOfOrder: "contract_since"}


@door(Permission.EDIT_GOALS)
def add(request: Request) -> HttpResponseBase:
    return _goal_form(request, None)


@door(Permission.EDIT_GOALS)
def edit(request: Request, ref: UUID) -> HttpResponseBase:
    return _goal_form(request, goal_of(request, ref, to_edit=True))


@door(Permission.EDIT_GOALS)
def retire(request: Request, ref: UUID) -> HttpResponseBase:
    goal = goal_of(request, ref, to_edit=True)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.retire_goal(
                goal=goal, reason=form.cleaned_data["reason"], on=request.today, by=request.actor, at=request.now
            )
        except Refusal as refusal:
            form.add_error(None, filled(refusal))
        else:
            return _done(request, goal, _("La meta %(code)s quedó retirada.") % {"code": goal.code})
    lead = _("Deja de capturarse y de mostrarse en los tableros; lo que hizo se conserva.")
    return _page(request, (form,), goal, _("Retirar la meta %(code)s") % {"code": goal.code}, lead=lead, danger=True)


@door(Permission.EDIT_GOALS)
def add_indicator(request: Request, ref: UUID) -> HttpResponseBase:
    goal = goal_of(request, ref, to_edit=True)
    title = _("Indicador complementario de %(code)s") % {"code": goal.code}
    return _indicator_form(request, goal, None, title)


@door(Permission.EDIT_GOALS)
def edit_indicator(request: Request, ref: UUID) -> HttpResponseBase:
    indicator = indicator_of(request, ref)
    title = _("Indicador %(code)s") % {"code": indicator.code}
    return _indicator_form(request, indicator.goal, indicator, title)


@door(Permission.EDIT_GOALS)
@require_POST
def principal(request: Request, ref: UUID) -> HttpResponseBase:
    indicator = indicator_of(request, ref)
    try:
        actions.make_principal(indicator=indicator, by=request.actor, at=request.now)
    except Refusal as refusal:
        messages.error(request, filled(refusal))
        return redirect("indicators:goal", slug=request.institution.slug, ref=indicator.goal.ref)
    said = _("%(code)s es ahora el indicador principal.") % {"code": indicator.code}
    return _done(request, indicator.goal, said)


@door(Permission.EDIT_GOALS)
@require_POST
def retire_indicator(request: Request, ref: UUID) -> HttpResponseBase:
    indicator = indicator_of(request, ref)
    try:
        actions.retire_indicator(indicator=indicator, on=request.today, by=request.actor, at=request.now)
    except Refusal as refusal:
        messages.error(request, filled(refusal))
        return redirect("indicators:goal", slug=request.institution.slug, ref=indicator.goal.ref)
    return _done(request, indicator.goal, _("%(code)s quedó retirado.") % {"code": indicator.code})


def _goal_form(request: Request, goal: Goal | None) -> HttpResponseBase:
    """The goal and its principal indicator together: one without the other measures nothing."""
    units = {str(unit.ref): unit for unit in organization.units_of(request.institution)}
    plan = planning.plan_of(request.institution, request.today)
    elements = {str(element.ref): element for element in (planning.elements_of(plan) if plan else [])}
    if goal is not None:  # what it has stays among the choices, although it were of another plan
        elements.setdefault(str(goal.plan_element.ref), goal.plan_element)
    agreements = {str(one.ref): one for one in contracts.contracts_of(request.institution)}
    indicator = goal.principal_indicator if goal else None
    areas = [(ref, f"{unit.code} · {unit.name}") for ref, unit in units.items()]
    form = GoalForm(
        request.POST or None,
        choices={
            "plan_element": [
                (ref, f"{item.level.singular} {item.code} · {item.statement[:70]}") for ref, item in elements.items()
            ],
            "unit": areas,
            "co_responsible": areas,
            "contract": [(ref, f"{one.number} · {one.title[:70]}") for ref, one in agreements.items()],
        },
        initial=GoalForm.initial_of(goal) if goal else {},
    )
    second = IndicatorForm(request.POST or None, initial=IndicatorForm.initial_of(indicator) if indicator else {})
    if request.method == "POST" and all([form.is_valid(), second.is_valid()]):
        said = dict(form.cleaned_data)
        said |= {
            "plan_element": elements[said["plan_element"]],
            "unit": units[said["unit"]],
            "co_responsible": [units[ref] for ref in said["co_responsible"]],
            "contract": agreements.get(said["contract"]),
        }
        if goal is not None and goal.contract is not None and said["contract"] is None:
            said["contract_since"] = said["contract_since"] or request.today
        try:
            with transaction.atomic():
                saved = actions.save_goal(
                    institution=request.institution, goal=goal, by=request.actor, at=request.now, **said
                )
                actions.save_indicator(
                    goal=saved, indicator=indicator, by=request.actor, at=request.now, **second.cleaned_data
                )
        except actions.IndicatorCodeTaken as refusal:
            second.add_error("code", filled(refusal))
        except Refusal as refusal:
            form.add_error(_BESIDE.get(type(refusal)), filled(refusal))
        else:
            return _done(request, saved, _("Se guardó la meta %(code)s.") % {"code": saved.code})
    title = _("Meta %(code)s") % {"code": goal.code} if goal else _("Agregar meta")
    return _page(request, (form, second), goal, title)


def _indicator_form(request: Request, goal: Goal, indicator: Indicator | None, title: str) -> HttpResponseBase:
    form = IndicatorForm(request.POST or None, initial=IndicatorForm.initial_of(indicator) if indicator else {})
    if request.method == "POST" and form.is_valid():
        try:
            saved = actions.save_indicator(
                goal=goal, indicator=indicator, by=request.actor, at=request.now, **form.cleaned_data
            )
        except Refusal as refusal:
            form.add_error("code" if isinstance(refusal, actions.IndicatorCodeTaken) else None, filled(refusal))
        else:
            return _done(request, goal, _("Se guardó el indicador %(code)s.") % {"code": saved.code})
    return _page(request, (form,), goal, title)


def _page(
    request: Request, forms: tuple[Form, ...], goal: Goal | None, title: str, *, lead: str = "", danger: bool = False
) -> HttpResponseBase:
    context: dict[str, Any] = {"forms": forms, "goal": goal, "title": title, "lead": lead, "danger": danger}
    context |= next(
        (
            formula_context(form, request.POST if form.is_bound else None)
            for form in forms
            if isinstance(form, IndicatorForm)
        ),
        {},
    )
    wrong = any(form.errors for form in forms)
    return render(request, "indicators/form.html", context, status=422 if wrong else 200)


def _done(request: Request, goal: Goal, said: str) -> HttpResponseBase:
    messages.success(request, said)
    return redirect("indicators:goal", slug=request.institution.slug, ref=goal.ref)
