"""Asking to change a closed month, and deciding it."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _

from rumbo.core.timekeeping.period import Period
from rumbo.core.vocabulary.permission import Permission
from rumbo.core.vocabulary.refusal import Forbidden, Refusal
from rumbo.foundation.ui.doors import Request, door
from rumbo.systems.captures import actions, presenters, queries
from rumbo.systems.captures.forms import CorrectionForm, DecisionForm
from rumbo.systems.captures.models import Capture, Correction
from rumbo.systems.captures.views.subject import MAY_ASK, said, subject
from rumbo.systems.indicators.queries import asked_of


@door(Permission.VIEW_BOARDS)
def ask(request: Request, code: str, period: str) -> HttpResponse:
    """«Solicitar corrección de un mes cerrado»."""
    indicator, month = subject(request, code, period)
    unit_id = indicator.goal.unit_id
    if not any(request.actor.may(permission, request.institution.pk, unit_id) for permission in MAY_ASK):
        raise PermissionDenied
    capture = queries.capture_of(request.institution, indicator.pk, month)
    lock = queries.month_lock(request.institution, month)
    if lock is None:
        raise Http404
    capture = capture or Capture(institution=request.institution, indicator=indicator, period=month)
    form = CorrectionForm(request.POST or None, indicator=indicator, capture=capture)
    if request.method == "POST" and form.is_valid():
        numerator, denominator = form.amounts
        try:
            actions.request_correction(
                institution=request.institution,
                capture=capture,
                numerator=numerator,
                denominator=denominator,
                **form.typed_readings(),
                reason=form.cleaned_data["reason"],
                kind=form.cleaned_data["kind"],
                letter_number=form.cleaned_data["letter_number"],
                by=request.actor,
                at=request.now,
            )
        except Refusal as refusal:
            form.add_error(None, ValidationError(said(refusal)))
        else:
            messages.success(request, _("Se solicitó la corrección. La decide quien cierra el mes."))
            return redirect(queries.url_of(request.institution, indicator.code, month))
    here = queries.url_of(request.institution, indicator.code, month)
    context = {
        "crumbs": [
            (_("Captura"), reverse("captures:home", kwargs={"slug": request.institution.slug})),
            (indicator.code, here),
            (_("Solicitar corrección"), ""),
        ],
        "indicator": indicator,
        "capture": capture,
        "period": month,
        "lock": lock,
        "asked": asked_of(indicator),
        "made": queries.made_of(capture),
        "form": form,
        "draft_key": f"correccion:{request.institution.slug}:{indicator.code}:{month}:{request.actor.person_id}",
    }
    return render(request, "captures/ask_correction.html", context, status=422 if form.errors else 200)


@door(Permission.CORRECT_CLOSED_MONTH)
def requested(request: Request) -> HttpResponse:
    context = {"corrections": queries.corrections_requested(request.actor, request.institution)}
    return render(request, "captures/corrections.html", context)


@door(Permission.CORRECT_CLOSED_MONTH)
def decide(request: Request, ref: UUID) -> HttpResponse:
    correction = queries.correction_by_ref(request.actor, request.institution, ref)
    if correction is None:
        raise Http404
    form = DecisionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            decided = actions.decide_correction(
                institution=request.institution,
                correction=correction,
                approve=request.POST.get("accion") == "aprobar",
                reason=form.cleaned_data["reason"],
                by=request.actor,
                at=request.now,
            )
        except Forbidden as refusal:
            raise PermissionDenied from refusal
        except Refusal as refusal:
            form.add_error(None, ValidationError(said(refusal)))
        else:
            applied = decided.state == decided.State.APPLIED
            messages.success(request, _("Se aplicó el ajuste.") if applied else _("Se rechazó la solicitud."))
            return redirect("captures:corrections", slug=request.institution.slug)
    context = {
        "crumbs": [
            (_("Correcciones"), reverse("captures:corrections", kwargs={"slug": request.institution.slug})),
            (correction.capture.indicator.code, ""),
        ],
        "correction": correction,
        "capture": correction.capture,
        "changed": presenters.changed_readings(correction),
        "indicator": correction.capture.indicator,
        "applies_in": queries.next_open_period(request.institution, after=correction.capture.period),
        "closing_url": _closing_url(request, correction),
        "form": form,
    }
    return render(request, "captures/correction.html", context, status=422 if form.errors else 200)


def _closing_url(request: Request, correction: Correction) -> str:
    """Where a complementary closing of its month is made; empty when nothing above closes months."""
    if correction.kind != Correction.Kind.SUPPLEMENTARY:
        return ""
    month = str(Period.of(correction.capture.period))
    try:
        return reverse("evaluation:supersede", kwargs={"slug": request.institution.slug, "month": month})
    except NoReverseMatch:
        return ""
