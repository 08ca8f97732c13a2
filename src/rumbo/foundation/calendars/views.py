"""The year of an institution: when each month is due, and the days that it does not work."""

from datetime import date

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from rumbo.core.vocabulary.permission import Permission
from rumbo.core.vocabulary.refusal import Refusal
from rumbo.foundation.calendars import actions, queries
from rumbo.foundation.calendars.forms import DaysForm
from rumbo.foundation.ui.doors import Request, door
from rumbo.foundation.ui.presenters import filled

FIRST_YEAR, LAST_YEAR = 2000, 2100


@door(Permission.VIEW_INBOX)
def year(request: Request) -> HttpResponse:
    """Everybody of the institution may see when things are due; who configures may change it."""
    return _page(request, DaysForm(), _year(request.GET.get("anio", ""), request.today))


@door(Permission.CONFIGURE)
@require_POST
def add(request: Request) -> HttpResponseBase:
    form = DaysForm(request.POST)
    if not form.is_valid():
        return _page(request, form, request.today.year, status=422)
    try:
        actions.set_days(institution=request.institution, days=form.days, by=request.actor, at=request.now)
    except Refusal as refusal:
        form.add_error("name", filled(refusal))
        return _page(request, form, request.today.year, status=422)
    messages.success(request, _("El calendario quedó cambiado. Las fechas de vencimiento ya lo toman en cuenta."))
    return _back(request, form.cleaned_data["start"].year)


@door(Permission.CONFIGURE)
@require_POST
def remove(request: Request) -> HttpResponseBase:
    try:
        day = date.fromisoformat(request.POST.get("day", ""))
        actions.remove_days(institution=request.institution, days=[day], by=request.actor, at=request.now)
    except ValueError as wrong:
        raise Http404 from wrong
    except Refusal as refusal:
        messages.error(request, filled(refusal))
        return _back(request, day.year)
    messages.success(request, _("Ese día vuelve a ser hábil."))
    return _back(request, day.year)


@door(Permission.CONFIGURE)
@require_POST
def statutory(request: Request) -> HttpResponseBase:
    chosen = _year(request.POST.get("anio", ""), request.today)
    added = actions.seed_statutory(institution=request.institution, years=[chosen], by=request.actor, at=request.now)
    if added:
        said = {"count": len(added), "year": chosen}
        messages.success(request, _("Se agregaron %(count)s días de descanso obligatorio de %(year)s.") % said)
    else:
        messages.info(request, _("Los días de descanso obligatorio de %(year)s ya estaban.") % {"year": chosen})
    return _back(request, chosen)


def _page(request: Request, form: DaysForm, chosen: int, status: int = 200) -> HttpResponse:
    context = {
        "form": form,
        "year": chosen,
        "days": queries.days_of_year(request.institution, chosen),
        "months": queries.due_dates_of_year(request.institution, chosen),
    }
    return render(request, "calendars/year.html", context, status=status)


def _back(request: Request, chosen: int) -> HttpResponseBase:
    return redirect(f"{reverse('calendars:year', kwargs={'slug': request.institution.slug})}?anio={chosen}")


def _year(text: str, today: date) -> int:
    return int(text) if text.isascii() and text.isdigit() and FIRST_YEAR <= int(text) <= LAST_YEAR else today.year
