"""Closing a month, what was sealed, complementary closings, and two closings of a month side by side."""

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import render, resolve_url
from django.utils.translation import gettext as _

from rumbo.core.timekeeping.period import InvalidPeriod, Period
from rumbo.core.vocabulary.permission import Permission
from rumbo.core.vocabulary.refusal import Forbidden, Refusal
from rumbo.foundation.ui.doors import Request, door
from rumbo.foundation.ui.presenters import filled
from rumbo.systems.captures.queries.corrections import supplementary_requested
from rumbo.systems.evaluation import actions
from rumbo.systems.evaluation.forms.closing import CloseForm, SupersedeForm
from rumbo.systems.evaluation.models import Closing
from rumbo.systems.evaluation.presenters.closings import closing_rows, rows_of
from rumbo.systems.evaluation.presenters.wording import closing_name, month_and_year
from rumbo.systems.evaluation.queries.closing_detail import closing_detail, closing_numbered
from rumbo.systems.evaluation.queries.closings import closing_of, current_closings_from
from rumbo.systems.evaluation.queries.comparison import compare
from rumbo.systems.evaluation.queries.to_close import to_close
from rumbo.systems.evaluation.views.afterwards import Afterwards, foreseeing
from rumbo.systems.evaluation.views.opening import must_see_everything


@door(Permission.CLOSE_MONTH)
def closing(request: Request) -> HttpResponseBase:
    """What is missing, what will be sealed, and the button that seals it."""
    found = to_close(request.institution, request.today)
    pending = found.pending if found else []
    form = CloseForm(request.POST, pending=pending) if request.method == "POST" else CloseForm(pending=pending)
    refusal = ""
    if request.method == "POST" and found is not None and form.is_valid():
        try:
            sealed = actions.close(
                institution=request.institution,
                period=found.period,
                by=request.actor,
                at=request.now,
                on=request.today,
                accept_missing=form.accepted(),
            )
        except Forbidden:
            raise
        except Refusal as error:
            refusal = filled(error)
        else:
            messages.success(
                request, _("%(month)s quedó cerrado.") % {"month": month_and_year(found.period).capitalize()}
            )
            place = resolve_url("evaluation:closed", request.institution.slug, str(found.period), sealed.number)
            return Afterwards(place, foreseeing(request, found.period))
    context = {
        "found": found,
        "form": form,
        "refusal": refusal,
        "closings": closing_rows(request.institution),
        "supplementary": supplementary_requested(request.actor, request.institution),
    }
    return render(request, "evaluation/closing.html", context, status=422 if form.errors or refusal else 200)


@door(Permission.VIEW_BOARDS)
def closed(request: Request, month: str, number: int) -> HttpResponse:
    """What a closing sealed, with its digest."""
    must_see_everything(request)
    sealed = _closing(request, month, number)
    detail = closing_detail(request.institution, sealed)
    (row,) = rows_of(request.institution.slug, [sealed])
    after = rows_of(request.institution.slug, [detail.superseded_by] if detail.superseded_by else [])
    context = {"detail": detail, "row": row, "after": after[0] if after else None, "period": Period.of(sealed.period)}
    return render(request, "evaluation/closed.html", context)


@door(Permission.VIEW_BOARDS)
def comparison(request: Request, month: str, number: int) -> HttpResponse:
    """A closing that was superseded beside the one of its month that is in force, or beside `?con=`."""
    must_see_everything(request)
    before = _closing(request, month, number)
    wanted = request.GET.get("con", "")
    after = (
        closing_numbered(request.institution.pk, Period.of(before.period), int(wanted))
        if wanted.isdecimal()
        else closing_of(request.institution.pk, Period.of(before.period))
    )
    if after is None or after.pk == before.pk:
        raise Http404
    one, other = sorted((before, after), key=lambda sealed: sealed.number)
    rows = rows_of(request.institution.slug, (one, other))
    context = {"comparison": compare(one, other), "before": rows[0], "after": rows[1], "period": Period.of(one.period)}
    return render(request, "evaluation/comparison.html", context)


@door(Permission.CORRECT_CLOSED_MONTH)
def supersede(request: Request, month: str) -> HttpResponseBase:
    """A complementary closing: decision, letter and corrections; then the list of what changed."""
    period = _period(month)
    sealed = closing_of(request.institution.pk, period)
    if sealed is None:
        raise Http404
    asked = [
        one for one in supplementary_requested(request.actor, request.institution) if one.capture.period == period.index
    ]
    form = (
        SupersedeForm(request.POST, corrections=asked) if request.method == "POST" else SupersedeForm(corrections=asked)
    )
    refusal = ""
    if request.method == "POST" and form.is_valid():
        try:
            *_others, latest = actions.supersede(
                institution=request.institution,
                period=period,
                by=request.actor,
                at=request.now,
                on=request.today,
                reason=form.cleaned_data["reason"],
                letter_number=form.cleaned_data["letter_number"],
                corrections=form.chosen(),
            )
        except Forbidden:
            raise
        except Refusal as error:
            refusal = filled(error)
        else:
            messages.success(request, _("Se hizo el cierre complementario. Esto es lo que cambió."))
            place = resolve_url("evaluation:comparison", request.institution.slug, str(period), sealed.number)
            return Afterwards(place, foreseeing(request, Period.of(latest.period)))
    context = {
        "form": form,
        "refusal": refusal,
        "period": period,
        "closing": sealed,
        "closing_name": closing_name(sealed),
        "asked": asked,
        "later": rows_of(request.institution.slug, current_closings_from(request.institution, period)),
    }
    return render(request, "evaluation/supersede.html", context, status=422 if form.errors or refusal else 200)


def _period(month: str) -> Period:
    try:
        return Period.parse(month)
    except InvalidPeriod as error:
        raise Http404(str(error)) from error


def _closing(request: Request, month: str, number: int) -> Closing:
    found = closing_numbered(request.institution.pk, _period(month), number)
    if found is None:
        raise Http404
    return found
