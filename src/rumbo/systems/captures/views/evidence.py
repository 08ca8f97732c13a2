"""Attaching a proof, opening it, taking it away."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from rumbo.core.vocabulary.permission import Permission
from rumbo.core.vocabulary.refusal import Forbidden, Refusal
from rumbo.foundation.documents import queries as documents
from rumbo.foundation.ui.doors import Request, door, require
from rumbo.foundation.ui.exchange import stored_file
from rumbo.systems.captures import actions, queries
from rumbo.systems.captures.forms import EvidenceForm, RetireForm
from rumbo.systems.captures.models import Capture, Evidence
from rumbo.systems.captures.states import EDITABLE
from rumbo.systems.captures.views.subject import said, subject


@door(Permission.CAPTURE)
@require_POST
def attach(request: Request, code: str, period: str) -> HttpResponse:
    """Store a file; a capture that nobody began yet is begun."""
    indicator, month = subject(request, code, period, Permission.CAPTURE)
    form = EvidenceForm(request.POST, request.FILES, auto_id="evidencia-%s")
    problem, found = "", ""
    capture = queries.capture_of(request.institution, indicator.pk, month)
    if form.is_valid():
        try:
            capture = capture or actions.save_draft(
                institution=request.institution,
                indicator=indicator,
                period=month,
                entry={},
                version=0,
                by=request.actor,
                at=request.now,
            )
            piece = actions.attach(
                institution=request.institution,
                capture=capture,
                content=form.cleaned_data["file"].file,
                file_name=form.cleaned_data["file"].name or "archivo",
                kind=form.cleaned_data["kind"],
                reserved=form.cleaned_data["reserved"],
                by=request.actor,
                at=request.now,
            )
            found = _warned(piece)
        except Refusal as refusal:
            problem = said(refusal)
    else:
        problem = _("No llegó ningún archivo. Elija uno y adjúntelo de nuevo.")
    if request.htmx:
        return _list(request, capture, problem, found)
    if problem or found:
        messages.warning(request, problem or found)
    else:
        messages.success(request, _("Se adjuntó la evidencia."))
    return redirect(queries.url_of(request.institution, indicator.code, month))


@door(Permission.VIEW_BOARDS)
def serve(request: Request, ref: UUID) -> HttpResponseBase:
    piece = queries.evidence_by_ref(request.actor, request.institution, ref)
    if piece is None:
        raise Http404
    if not queries.may_open(request.actor, request.institution, piece):
        raise PermissionDenied
    return stored_file(
        lambda: documents.open(request.institution, piece.digest), name=piece.file_name, media_type=piece.media_type
    )


@door(Permission.CAPTURE)
@require_POST
def retire(request: Request, ref: UUID) -> HttpResponse:
    piece = queries.evidence_by_ref(request.actor, request.institution, ref)
    if piece is None:
        raise Http404
    indicator = piece.capture.indicator
    require(request.actor, Permission.CAPTURE, request.institution.pk, indicator.goal.unit_id)
    form = RetireForm(request.POST)
    try:
        actions.detach(
            institution=request.institution,
            evidence=piece,
            reason=form.data.get("reason", ""),
            by=request.actor,
            at=request.now,
        )
    except Forbidden as refusal:
        raise PermissionDenied from refusal
    except Refusal as refusal:
        messages.error(request, said(refusal))
    else:
        messages.success(request, _("Se retiró «%(name)s».") % {"name": piece.file_name})
    return redirect(queries.url_of(request.institution, indicator.code, piece.capture.period))


def _warned(piece: Evidence) -> str:
    """Personal data that the file seems to contain, unless it was already marked as reserved."""
    if not piece.personal_data_found or piece.reserved:
        return ""
    return _(
        "Este archivo parece contener %(found)s. Si no es indispensable, súbalo sin datos personales o marque"
        " «Evidencia reservada»."
    ) % {"found": piece.personal_data_found}


def _list(request: Request, capture: Capture | None, problem: str, found: str) -> HttpResponse:
    context = {
        "capture": capture,
        "evidence": queries.evidence_of([capture]).get(capture.pk, []) if capture else [],
        "may_edit": capture is None or capture.state in EDITABLE,
        "problem": problem,
        "found": found,
        "swapped": True,
    }
    return render(request, "captures/evidence_list.html", context, status=422 if problem else 200)
