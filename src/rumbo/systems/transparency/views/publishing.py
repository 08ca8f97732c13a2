"""The steps after preparing: validate, reopen, publish."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from rumbo.core.vocabulary.permission import Permission
from rumbo.core.vocabulary.refusal import Refusal
from rumbo.foundation.ui.doors import Request, door
from rumbo.systems.transparency import actions
from rumbo.systems.transparency.forms import PublishForm, ReopenForm, ValidateForm
from rumbo.systems.transparency.models import DisclosureRecord
from rumbo.systems.transparency.views.common import address, record_or_404, told
from rumbo.systems.transparency.views.working import working_page


@door(Permission.PUBLISH_TRANSPARENCY)
@require_POST
def validate(request: Request, year: int, number: int) -> HttpResponse:
    record = record_or_404(request, year, number)

    def do(values: dict[str, Any]) -> str:
        actions.validate(record=record, **values, by=request.actor, on=request.today, at=request.now)
        return _("Se validó el registro: su texto queda como está. Publíquelo y anote la fecha.")

    return _step(request, record, "validate", ValidateForm(request.POST), do)


@door(Permission.PUBLISH_TRANSPARENCY)
@require_POST
def reopen(request: Request, year: int, number: int) -> HttpResponse:
    record = record_or_404(request, year, number)

    def do(values: dict[str, Any]) -> str:
        actions.reopen(record=record, **values, by=request.actor, at=request.now)
        return _("Se reabrió el registro.")

    return _step(request, record, "reopen", ReopenForm(request.POST), do)


@door(Permission.PUBLISH_TRANSPARENCY)
@require_POST
def publish(request: Request, year: int, number: int) -> HttpResponse:
    record = record_or_404(request, year, number)

    def do(values: dict[str, Any]) -> str:
        done = actions.publish(record=record, **values, by=request.actor, on=request.today, at=request.now)
        return (
            _("Se publicó fuera de plazo: queda marcada como extemporánea.")
            if done.published_late
            else _("Se publicó en plazo.")
        )

    return _step(request, record, "publish", PublishForm(request.POST), do)


def _step(
    request: Request, record: DisclosureRecord, name: str, form: forms.Form, do: Callable[[dict[str, Any]], str]
) -> HttpResponse:
    if form.is_valid():
        try:
            said = do(form.cleaned_data)
        except Refusal as refusal:
            told(form, refusal)
        else:
            messages.success(request, said)
            return redirect(address(request, "work", record.period))
    return working_page(request, record, **{name: form})
