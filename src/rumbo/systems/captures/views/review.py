"""«Revisión»: what waits, many at once or one by one."""

from itertools import groupby
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from rumbo.core.timekeeping.period import Period
from rumbo.core.vocabulary.capture_state import CaptureState
from rumbo.core.vocabulary.permission import Permission
from rumbo.core.vocabulary.refusal import Forbidden, Refusal
from rumbo.core.vocabulary.return_reason import ReturnReason
from rumbo.foundation.audit import queries as audit
from rumbo.foundation.organization import queries as organization
from rumbo.foundation.review import queries as decisions
from rumbo.foundation.ui.doors import Request, door
from rumbo.systems.captures import actions, presenters, queries
from rumbo.systems.captures.events import light_reader
from rumbo.systems.captures.forms import ReturnForm
from rumbo.systems.captures.models import Capture
from rumbo.systems.captures.presenters.reviewing import review_line
from rumbo.systems.captures.views.subject import MAY_ASK, said
from rumbo.systems.indicators.queries import asked_of

if TYPE_CHECKING:
    from rumbo.foundation.organization.models import Unit

PAGE = 50
STEPS: tuple[tuple[CaptureState, Permission], ...] = (
    (CaptureState.AREA_REVIEW, Permission.APPROVE_AREA),
    (CaptureState.PLANNING_REVIEW, Permission.VALIDATE),
)
DECISIONS = {"visto-bueno": actions.approve_area_many, "validar": actions.validate_many}


def _done(move: str, count: int) -> str:
    """As its button says it: a capture is validated; what is approved is a plan."""
    if move == "visto-bueno":
        return ngettext(
            "Se dio el visto bueno a %(count)s captura.", "Se dio el visto bueno a %(count)s capturas.", count
        )
    return ngettext("Se validó %(count)s captura.", "Se validaron %(count)s capturas.", count)


def _must_review(request: Request) -> None:
    if not any(request.actor.may(permission, request.institution.pk) for _state, permission in STEPS):
        raise PermissionDenied


@door(Permission.VIEW_BOARDS)
def queue(request: Request) -> HttpResponse:
    _must_review(request)
    code = request.GET.get("area", "")
    unit = organization.unit_by_code(request.institution, code) if code else None
    units = organization.subtree_ids(unit) if unit else None
    found = queries.queue_of(request.actor, request.institution, units=units)
    counts = queries.queue_counts(found, request.actor)
    page = Paginator(found, PAGE).get_page(request.GET.get("pagina"))
    waiting = queries.waiting_of(request.actor, list(page.object_list))
    settings = organization.settings_under(request.institution, str(request.head), request.today)
    judged = queries.judgements_of_many(
        [one.capture for one in waiting],
        settings,
        on=request.today,
        lights={one.capture.pk: one.light for one in waiting},
    )
    context = {
        "tabs": _tabs(request, unit),
        "lists": [
            _list(state, [one for one in waiting if one.capture.state == state], judged, counts.get(state, 0))
            for state, _permission in STEPS
            if any(one.capture.state == state for one in waiting)
        ],
        "page": page,
        "area": unit,
        "areas": _areas(request),
        "corrections": queries.corrections_requested(request.actor, request.institution)
        if request.actor.may(Permission.CORRECT_CLOSED_MONTH, request.institution.pk)
        else [],
    }
    return render(request, "captures/review.html", context)


@door(Permission.VALIDATE)
def validated(request: Request) -> HttpResponse:
    """What was validated in open months: until the month closes, Planning may still return it with its reason."""
    code, text = request.GET.get("area", ""), request.GET.get("busca", "")
    unit = organization.unit_by_code(request.institution, code) if code else None
    units = organization.subtree_ids(unit) if unit else None
    found = queries.validated_of(request.actor, request.institution, units=units, text=text)
    page = Paginator(found, PAGE).get_page(request.GET.get("pagina"))
    lines = [review_line(one, ()) for one in queries.waiting_of(request.actor, list(page.object_list))]
    context = {
        "tabs": _tabs(request, unit),
        "page": page,
        "lines": lines,
        "area": unit,
        "areas": _areas(request),
        "text": text,
    }
    return render(request, "captures/validated.html", context)


def _tabs(request: Request, unit: "Unit | None") -> list[dict[str, Any]]:
    """The two lists of the review, for those who have both; the area that was chosen goes along."""
    if not request.actor.may(Permission.VALIDATE, request.institution.pk):
        return []
    names = ((_("Por revisar"), "captures:review"), (_("Validadas de meses abiertos"), "captures:validated"))
    here = request.path
    tail = f"?area={unit.code}" if unit else ""
    urls = [(label, reverse(name, kwargs={"slug": request.institution.slug})) for label, name in names]
    return [{"label": label, "url": url + tail, "current": url == here} for label, url in urls]


def _areas(request: Request) -> "list[Unit]":
    """Where the actor reviews, in the order of the tree."""
    held = [request.actor.units(permission, request.institution.pk) for _state, permission in STEPS]
    units = organization.units_of(request.institution)
    return [unit for unit in units if any(some is None or unit.pk in some for some in held)]


def _list(state: CaptureState, waiting: list[queries.Waiting], judged: dict[int, Any], count: int) -> dict[str, Any]:
    """One step of the review: its captures by area, each with what the rules say of it."""
    lines = [review_line(one, presenters.warnings(judged[one.capture.pk])) for one in waiting]
    months = {line.capture.period for line in lines}
    return {
        "state": state,
        "count": count,
        "month": months.pop() if len(months) == 1 else None,
        "groups": [
            (unit, list(group)) for unit, group in groupby(lines, key=lambda line: line.capture.indicator.goal.unit)
        ],
    }


@door(Permission.VIEW_BOARDS)
@require_POST
def decide_many(request: Request) -> HttpResponse:
    _must_review(request)
    decide = DECISIONS.get(request.POST.get("accion", ""))
    if decide is None:
        raise Http404
    try:
        refs = [UUID(ref) for ref in request.POST.getlist("captura")]
    except ValueError as wrong:
        raise Http404 from wrong
    captures = queries.captures_by_refs(request.actor, request.institution, refs)
    if not captures:
        messages.warning(request, _("No eligió ninguna captura. Marque las que quiera y repita."))
        return _back(request)
    try:
        outcome = decide(institution=request.institution, captures=captures, by=request.actor, at=request.now)
    except Refusal as refusal:
        messages.error(request, said(refusal))
        return _back(request)
    if outcome.done:
        count = len(outcome.done)
        messages.success(request, _done(request.POST["accion"], count) % {"count": count})
    for capture, reason in outcome.refused:
        messages.error(request, f"{capture.indicator.code}: {said(reason)}")
    return _back(request)


@door(Permission.VIEW_BOARDS)
def one(request: Request, ref: UUID) -> HttpResponse:
    """Everything needed to decide about one capture."""
    _must_review(request)
    return _shown(request, _capture(request, ref), ReturnForm())


@door(Permission.VIEW_BOARDS)
@require_POST
def give_back(request: Request, ref: UUID) -> HttpResponse:
    _must_review(request)
    capture = _capture(request, ref)
    form = ReturnForm(request.POST)
    if not form.is_valid():
        return _shown(request, capture, form, status=422)
    try:
        actions.return_(
            institution=request.institution,
            capture=capture,
            kind=ReturnReason(form.cleaned_data["kind"]),
            text=form.cleaned_data["text"],
            by=request.actor,
            at=request.now,
        )
    except Forbidden as refusal:
        raise PermissionDenied from refusal
    except Refusal as refusal:
        form.add_error(None, ValidationError(said(refusal)))
        return _shown(request, capture, form, status=422)
    messages.success(request, _("%(code)s se devolvió con su motivo.") % {"code": capture.indicator.code})
    return _back(request)


def _capture(request: Request, ref: UUID) -> Capture:
    capture = queries.capture_by_ref(request.actor, request.institution, ref)
    if capture is None:
        raise Http404
    return capture


def _shown(request: Request, capture: Capture, form: ReturnForm, status: int = 200) -> HttpResponse:
    settings = organization.settings_on(request.institution, request.today)
    light = light_reader.light_of(capture.indicator_id, capture.period)
    said_before = decisions.decisions_of("captures", capture.ref)
    unit_id = capture.indicator.goal.unit_id
    may = {state: request.actor.may(asked, request.institution.pk, unit_id) for state, asked in STEPS}
    state = CaptureState(capture.state)
    lock = queries.month_lock(request.institution, capture.period)
    may_return = lock is None and (may.get(state, False) or may[CaptureState.PLANNING_REVIEW])
    context = {
        "crumbs": [
            (_("Revisión"), reverse("captures:review", kwargs={"slug": request.institution.slug})),
            (capture.indicator.code, ""),
        ],
        "capture": capture,
        "indicator": capture.indicator,
        "light": light,
        "result": presenters.resulting(capture.indicator, capture.period, light),
        "notices": presenters.warnings(queries.judgements_of(capture, settings, on=request.today, light=light)),
        "evidence": queries.evidence_of([capture]).get(capture.pk, []),
        "asked": asked_of(capture.indicator),
        "made": queries.made_of(capture),
        "history": presenters.history(audit.history_of("captures.capture", str(capture.ref)), said_before),
        "commitment": queries.commitment_before(capture.indicator, capture.period),
        "year": queries.year_of(capture.indicator, request.institution.year_of(Period.of(capture.period))),
        "own": request.actor.person_id is not None and capture.captured_by_id == request.actor.person_id,
        "decision": "visto-bueno" if state is CaptureState.AREA_REVIEW else "validar",
        "lock": lock,
        "may_decide": lock is None and may.get(state, False),
        "may_return": may_return and state in (*may, CaptureState.APPROVED),
        "may_ask": any(request.actor.may(one, request.institution.pk, unit_id) for one in MAY_ASK),
        "form": form,
    }
    return render(request, "captures/review_one.html", context, status=status)


def _back(request: Request) -> HttpResponse:
    area = request.POST.get("area", "")
    address = reverse("captures:review", kwargs={"slug": request.institution.slug})
    known = organization.unit_by_code(request.institution, area) if area else None
    return redirect(f"{address}?area={known.code}" if known else address)
