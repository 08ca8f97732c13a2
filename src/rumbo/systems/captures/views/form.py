"""The page of one indicator in one month: what to type, what results, what is missing, what happened."""

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from rumbo.core.timekeeping.period import Period
from rumbo.core.vocabulary.capture_state import CaptureState
from rumbo.core.vocabulary.permission import Permission
from rumbo.core.vocabulary.refusal import Refusal
from rumbo.foundation.audit import queries as audit
from rumbo.foundation.organization import queries as organization
from rumbo.foundation.review import queries as review
from rumbo.foundation.ui.doors import Request, door, require
from rumbo.systems.captures import actions, presenters, queries
from rumbo.systems.captures.events import light_reader
from rumbo.systems.captures.forms import EntryForm, EvidenceForm, UnavailableForm
from rumbo.systems.captures.models import Capture
from rumbo.systems.captures.states import EDITABLE
from rumbo.systems.captures.views.subject import MAY_ASK, said, subject
from rumbo.systems.indicators import queries as indicators

if TYPE_CHECKING:
    from rumbo.systems.indicators.models import Indicator

NOT_SAVED = "X-Not-Saved"  # tells the browser to keep its own draft


@door(Permission.VIEW_BOARDS)
def page(request: Request, code: str, period: str) -> HttpResponse:
    indicator, month = subject(request, code, period)
    if request.method == "POST":
        require(request.actor, Permission.CAPTURE, request.institution.pk, indicator.goal.unit_id)
        return _save(request, indicator, month)
    return _shown(request, indicator, month, saved="guardado" in request.GET)


@door(Permission.CAPTURE)
@require_POST
def unavailable(request: Request, code: str, period: str) -> HttpResponse:
    """«Aún no se cuenta con el dato»: saved with its reason, and sent."""
    indicator, month = subject(request, code, period, Permission.CAPTURE)
    form = UnavailableForm(request.POST)
    if not form.is_valid():
        return _shown(request, indicator, month, unavailable_form=form, status=422)
    try:
        capture = actions.mark_unavailable(
            institution=request.institution,
            indicator=indicator,
            period=month,
            reason=form.cleaned_data["reason"],
            expected_on=form.cleaned_data["expected_on"],
            version=None,
            by=request.actor,
            at=request.now,
        )
        actions.submit(institution=request.institution, capture=capture, by=request.actor, at=request.now)
    except Refusal as refusal:
        return _shown(request, indicator, month, unavailable_form=form, refusal=said(refusal), status=422)
    messages.success(request, _("Se avisó que aún no se cuenta con el dato de %(code)s.") % {"code": indicator.code})
    return redirect("captures:home", slug=request.institution.slug)


def _save(request: Request, indicator: "Indicator", month: int) -> HttpResponse:
    form = EntryForm(request.POST, indicator=indicator, period=month, today=request.today)
    if not form.is_valid():
        return _shown(request, indicator, month, form=form, status=422)
    try:
        capture = actions.save_draft(
            institution=request.institution,
            indicator=indicator,
            period=month,
            entry=form.entry(),
            version=form.cleaned_data["version"],
            by=request.actor,
            at=request.now,
        )
    except actions.Conflict as conflict:
        mine = _mine(request, conflict, indicator, month)
        return _shown(
            request, indicator, month, form=mine, refusal=said(conflict), current=conflict.current, status=409
        )
    except Refusal as refusal:
        return _shown(request, indicator, month, form=form, refusal=said(refusal), status=422)
    if request.POST.get("accion") == "enviar":
        return _send(request, indicator, month, capture)
    if request.htmx:
        return _shown(request, indicator, month, saved=True, capture=capture)
    messages.success(request, _("Se guardó el borrador."))
    return redirect(queries.url_of(request.institution, indicator.code, month) + "?guardado=1")


def _mine(request: Request, conflict: actions.Conflict, indicator: "Indicator", month: int) -> EntryForm:
    """What the person typed, ready to be saved over what is stored if they so choose."""
    typed = request.POST.copy()
    typed["version"] = str(conflict.current.version)
    return EntryForm(typed, indicator=indicator, period=month, today=request.today)


def _send(request: Request, indicator: "Indicator", month: int, capture: Capture) -> HttpResponse:
    try:
        sent = actions.submit(institution=request.institution, capture=capture, by=request.actor, at=request.now)
    except Refusal as refusal:
        return _shown(request, indicator, month, saved=True, refusal=said(refusal), status=422)
    messages.success(
        request,
        _("%(code)s se envió. Estado: %(state)s.")
        % {"code": indicator.code, "state": presenters.state_label(sent.state)},
    )
    address = reverse("captures:home", kwargs={"slug": request.institution.slug})
    if request.htmx:
        return HttpResponse(headers={"HX-Redirect": address})
    return redirect(address)


def _shown(
    request: Request,
    indicator: "Indicator",
    month: int,
    *,
    form: EntryForm | None = None,
    unavailable_form: UnavailableForm | None = None,
    refusal: str = "",
    current: Capture | None = None,
    capture: Capture | None = None,
    saved: bool = False,
    status: int = 200,
) -> HttpResponse:
    """The whole page, or only its form when that is all that was asked for. `capture`: as it was just saved."""
    context = _of_form(request, indicator, month, form, capture) | {
        "refusal": refusal,
        "conflict": current,
        "saved": saved,
        "unavailable_form": unavailable_form or UnavailableForm(auto_id="sin-dato-%s"),
        "unavailable_open": unavailable_form is not None,
    }
    if request.htmx:
        answer = render(request, "captures/entry.html", context, status=status)
    else:
        answer = render(
            request, "captures/form.html", context | _of_page(request, indicator, month, context), status=status
        )
    if status != 200 and not saved:
        answer[NOT_SAVED] = "1"
    return answer


def _of_form(
    request: Request, indicator: "Indicator", month: int, form: EntryForm | None, saved: Capture | None
) -> dict[str, Any]:
    institution = request.institution
    capture = saved or queries.capture_of(institution, indicator.pk, month)
    light = light_reader.light_of(indicator.pk, month)
    settings = organization.settings_on(institution, request.today)
    row = capture or Capture(institution=institution, indicator=indicator, period=month, version=0)
    judged = queries.judgements_of(row, settings, on=request.today, light=light) if capture else []
    lock = None if saved else queries.month_lock(institution, month)  # what was just saved is in an open month
    state = capture.state if capture else "missing"
    may_capture = request.actor.may(Permission.CAPTURE, institution.pk, indicator.goal.unit_id)
    typed = bool(capture and (capture.numerator is not None or capture.readings))
    notices = presenters.warnings(judged, typed=typed)
    before = queries.commitment_before(indicator, month)
    shown = form or EntryForm.of(indicator, month, capture, today=request.today)
    explain = typed and bool(light and light.needs_cause) and indicator.principal
    if explain:
        shown.ask_for_cause()
    return {
        "indicator": indicator,
        "period": month,
        "capture": capture,
        "form": shown,
        "light": light,
        "result": presenters.resulting(indicator, month, light) if typed else "",
        "asked": indicators.asked_of(indicator),
        "made": queries.made_of(capture) if capture else None,
        "reading_hint": presenters.hint(indicators.asked_of(indicator), month),
        "value_notices": [one for one in notices if one.about == "value"],
        "cause_notices": [one for one in notices if one.about == "cause"],
        "evidence_notices": [one for one in notices if one.about == "evidence"],
        "cause_open": explain
        or any(one.tone == "warning" for one in notices)  # it asks to explain the cause
        or bool(capture and (capture.cause or capture.cause_kind)),
        "commitment": before,
        "lock": lock,
        "may_edit": may_capture and lock is None and state in EDITABLE,
        "may_capture": may_capture,
        "settings": settings,
        "draft_key": f"{institution.slug}:{indicator.code}:{month}:{request.actor.person_id}",
    }


def _may_return(request: Request, indicator: "Indicator", capture: Capture | None, lock: Any) -> bool:
    """Planning validated it, the month is open, and who looks is not who captured it: it may still be returned."""
    return (
        capture is not None
        and capture.state == CaptureState.APPROVED
        and lock is None
        and request.actor.may(Permission.VALIDATE, request.institution.pk, indicator.goal.unit_id)
        and (request.actor.person_id is None or capture.captured_by_id != request.actor.person_id)
    )


def _of_page(request: Request, indicator: "Indicator", month: int, shown: dict[str, Any]) -> dict[str, Any]:
    """What the form alone does not need: evidence, reviews, versions."""
    institution, capture = request.institution, shown["capture"]
    decisions = review.decisions_of("captures", capture.ref) if capture else []
    events = audit.history_of("captures.capture", str(capture.ref)) if capture else []
    returned = [one for one in decisions if one.verdict == review.Verdict.RETURNED]
    home = reverse("captures:home", kwargs={"slug": institution.slug})
    return {
        "crumbs": [(_("Captura"), home), (f"{indicator.code}", "")],
        "may_return": _may_return(request, indicator, capture, shown["lock"]),
        "may_ask": any(request.actor.may(one, institution.pk, indicator.goal.unit_id) for one in MAY_ASK),
        "due_on": queries.due_day(institution, Period.of(month), shown["settings"].capture_due_day),
        "evidence": queries.evidence_of([capture]).get(capture.pk, []) if capture else [],
        "evidence_form": EvidenceForm(auto_id="evidencia-%s"),
        "history": presenters.history(events, decisions),
        "year": queries.year_of(indicator, request.institution.year_of(Period.of(month))),
        "returned": returned[-1] if returned and capture and capture.state == "returned" else None,
        "corrections": queries.corrections_of(capture) if capture else [],
    }
