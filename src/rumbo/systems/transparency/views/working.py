"""Preparing a quarter's record and filling what the plan does not say, with what the rules find beside it."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from rumbo.core.vocabulary.permission import Permission
from rumbo.core.vocabulary.refusal import Refusal
from rumbo.foundation.organization import queries as organization
from rumbo.foundation.planning import queries as planning
from rumbo.foundation.ui.doors import Request, door
from rumbo.foundation.ui.presenters import filled
from rumbo.systems.transparency import actions, presenters, queries
from rumbo.systems.transparency.forms import EditForm, PrepareForm, PublishForm, ReopenForm, ValidateForm
from rumbo.systems.transparency.models import DisclosureRecord
from rumbo.systems.transparency.views.common import address, crumbs, quarter_of, record_or_404, told

UNPROCESSABLE = 422


@door(Permission.PREPARE_REPORTS)
def prepare(request: Request, year: int, number: int) -> HttpResponse:
    quarter = quarter_of(year, number)
    if queries.record_of(request.institution, quarter) is not None:
        return redirect(address(request, "work", quarter))
    units = organization.units_of(request.institution)
    form = PrepareForm(
        request.POST if request.method == "POST" else None,
        choices=[(unit.code, unit.name) for unit in units],
        initial={"units": _those_before(request, {unit.name: unit.code for unit in units})},
    )
    if request.method == "POST" and form.is_valid():
        try:
            actions.prepare(
                institution=request.institution, quarter=quarter, units=form.cleaned_data["units"],
                by=request.actor, on=request.today, at=request.now,
            )  # fmt: skip
        except Refusal as refusal:
            told(form, refusal)
        else:
            messages.success(
                request, _("Se preparó el registro con el programa de hoy. Revise lo que señalan las reglas.")
            )
            return redirect(address(request, "work", quarter))
    context = {
        "prepare_form": form,
        "name": presenters.quarter_name(quarter),
        "quarter": quarter,
        "deadline": queries.deadline_for(request.institution, quarter),
        "plan": planning.plan_of(request.institution, min(request.today, quarter.end)),
        "crumbs": [crumbs(request, quarter)[0], (presenters.quarter_name(quarter), "")],
    }
    return render(request, "transparency/prepare.html", context, status=_status(form))


@door(Permission.PREPARE_REPORTS)
def work(request: Request, year: int, number: int) -> HttpResponse:
    """One page for the whole way of a record: what is missing, what is typed, and the next step."""
    record = record_or_404(request, year, number)
    form = edit_form(request, record, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.edit(record=record, values=form.cleaned_data, by=request.actor, at=request.now)
        except Refusal as refusal:
            told(form, refusal)
        else:
            messages.success(request, _("Se guardó el registro."))
            return redirect(address(request, "work", record.period))
    return working_page(request, record, edit=form)


@door(Permission.PREPARE_REPORTS)
@require_POST
def recompose(request: Request, year: int, number: int) -> HttpResponse:
    record = record_or_404(request, year, number)
    try:
        actions.recompose(record=record, by=request.actor, on=request.today, at=request.now)
    except Refusal as refusal:
        messages.error(request, filled(refusal))
    else:
        messages.success(request, _("El registro dice ahora lo que dice el programa de hoy."))
    return redirect(address(request, "work", record.period))


def working_page(request: Request, record: DisclosureRecord, **forms: Any) -> HttpResponse:
    """The page with whichever form failed, or with all of them fresh."""
    judgements = queries.findings_of(record, on=request.today)
    today = {"validated_on": request.today, "published_on": request.today}
    context = {
        "record": record,
        "name": presenters.quarter_name(record.period),
        "crumbs": crumbs(request, record.period, _("Preparar y publicar")),
        "findings": presenters.findings(judgements),
        "deadline": queries.deadline_for(request.institution, record.period),
        "edit_form": forms.get("edit") or edit_form(request, record),
        "validate_form": forms.get("validate") or ValidateForm(initial=today),
        "publish_form": forms.get("publish") or PublishForm(initial=today),
        "reopen_form": forms.get("reopen") or ReopenForm(),
    }
    failed = next((form for form in forms.values() if form.is_bound and form.errors), None)
    return render(request, "transparency/work.html", context, status=_status(failed))


def edit_form(request: Request, record: DisclosureRecord, data: Any = None) -> EditForm:
    """Areas with today's names; those that the record names and no longer exist stay to be chosen."""
    named = record.responsible_units.splitlines()
    names = [unit.name for unit in organization.units_of(request.institution)]
    initial = {
        "annual_plan_url": record.annual_plan_url,
        "work_programme_url": record.work_programme_url,
        "responsible_units": named,
        "updated_on": record.updated_on,
        "note": record.note,
    }
    return EditForm(data, choices=list(dict.fromkeys([*names, *named])), initial=initial)


def _those_before(request: Request, codes: dict[str, str]) -> list[str]:
    """Codes of the areas of the newest record, to be kept."""
    before = queries.records_of(request.institution)
    named = before[0].responsible_units.splitlines() if before else []
    return [codes[name] for name in named if name in codes]


def _status(form: Any) -> int:
    return UNPROCESSABLE if form is not None and form.is_bound and form.errors else 200
