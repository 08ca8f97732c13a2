"""Correcting what was published: a new version with its reason, or dropping it while it is in hand."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from rumbo.core.vocabulary.permission import Permission
from rumbo.core.vocabulary.refusal import Forbidden, Refusal
from rumbo.foundation.ui.doors import Request, door
from rumbo.foundation.ui.presenters import filled
from rumbo.systems.transparency import actions, presenters
from rumbo.systems.transparency.forms import CorrectForm
from rumbo.systems.transparency.views.common import address, crumbs, record_or_404, told
from rumbo.systems.transparency.views.working import working_page

UNPROCESSABLE = 422


@door(Permission.PUBLISH_TRANSPARENCY)
def correct(request: Request, year: int, number: int) -> HttpResponse:
    """Asks for the reason and begins the new version; what is in hand is continued."""
    record = record_or_404(request, year, number)
    quarter = record.period
    if record.published_on is None:
        return working_page(request, record)
    form = CorrectForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.correct(
                record=record, reason=form.cleaned_data["reason"], post=request.actor.post_in(request.institution.pk),
                by=request.actor, on=request.today, at=request.now,
            )  # fmt: skip
        except Refusal as refusal:
            told(form, refusal)
        else:
            messages.success(
                request, _("Se inició la corrección. La versión publicada sigue vigente hasta que publique esta.")
            )
            return redirect(address(request, "work", quarter))
    context = {
        "record": record,
        "correct_form": form,
        "name": presenters.quarter_name(quarter),
        "crumbs": crumbs(request, quarter, _("Corregir")),
    }
    return render(request, "transparency/correct.html", context, status=UNPROCESSABLE if form.errors else 200)


@door(Permission.PUBLISH_TRANSPARENCY)
@require_POST
def discard(request: Request, year: int, number: int) -> HttpResponse:
    record = record_or_404(request, year, number)
    try:
        actions.discard(record=record, by=request.actor, at=request.now)
    except Forbidden:
        raise
    except Refusal as refusal:
        messages.error(request, filled(refusal))
    else:
        messages.success(request, _("Se descartó la corrección. Sigue vigente la versión publicada."))
    return redirect(address(request, "record", record.period))
