"""The delivery of a month: made by who prepares it, accepted or observed by the requesting area."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from rumbo.core.timekeeping.period import InvalidPeriod, Period
from rumbo.core.vocabulary.permission import Permission
from rumbo.core.vocabulary.refusal import Forbidden, Refusal
from rumbo.foundation.contracts import actions, queries
from rumbo.foundation.contracts.queries import DeliveryState
from rumbo.foundation.documents import queries as documents
from rumbo.foundation.ui.doors import Request, door
from rumbo.foundation.ui.exchange import stored_file
from rumbo.foundation.ui.presenters import filled
from rumbo.systems.evaluation import reports
from rumbo.systems.evaluation.forms.deliveries import AnswerForm, ObserveForm
from rumbo.systems.evaluation.models import Closing
from rumbo.systems.evaluation.presenters.deliveries import rows_of
from rumbo.systems.evaluation.presenters.wording import month_and_year
from rumbo.systems.evaluation.queries.closings import closing_of, closings_of
from rumbo.systems.evaluation.queries.deliveries import delivery_due
from rumbo.systems.evaluation.views.opening import must_read_every_report

UNPROCESSABLE = 422
KIND = "delivery"


@door(Permission.VIEW_REPORTS)
def delivery(request: Request, month: str) -> HttpResponse:
    """What was delivered of a month, with the digest of each file, and what was decided of each delivery."""
    must_read_every_report(request)
    return _page(request, *_closed(request, month))


@door(Permission.PREPARE_REPORTS)
@require_POST
def deliver(request: Request, month: str) -> HttpResponseBase:
    """Produce the documents of the closing in force, and deliver them as they come out."""
    period, closing = _closed(request, month)
    source = actions.Source(f"Cierre núm. {closing.number}", closing.digest)
    last = queries.latest_of(request.institution, period)
    observed = last is not None and last.state == DeliveryState.OBSERVED
    form = AnswerForm(request.POST, required=observed)
    if not form.is_valid():
        return _page(request, period, closing, answer=form)
    try:
        actions.may_deliver(institution=request.institution, period=period, source=source, by=request.actor)
        produced = reports.produce(
            KIND, institution=request.institution, period=period, by=request.actor, on=request.today, at=request.now,
            site=request.build_absolute_uri("/"),
        )  # fmt: skip
        made = actions.deliver(
            institution=request.institution,
            period=period,
            source=source,
            files={
                name: actions.DeliveredFile(name, content, reports.media_type(name))
                for name, content in produced.items()
            },
            due_on=delivery_due(request.institution, period),
            answer=form.cleaned_data["answer"],
            post=request.actor.post_in(request.institution.pk),
            by=request.actor,
            on=request.today,
            at=request.now,
        )
    except Forbidden:
        raise
    except Refusal as refusal:
        messages.error(request, filled(refusal))
    else:
        messages.success(
            request,
            _("Se hizo la entrega núm. %(number)s. El área solicitante la verá en sus pendientes.")
            % {"number": made.number},
        )
    return _back(request, period)


@door(Permission.ACCEPT_DELIVERABLES)
@require_POST
def accept(request: Request, month: str) -> HttpResponseBase:
    period, _closing = _closed(request, month)
    try:
        actions.accept(delivery=_to_decide(request, period), **_deciding(request))
    except Forbidden:
        raise
    except Refusal as refusal:
        messages.error(request, filled(refusal))
    else:
        messages.success(request, _("Se aceptó la entrega de %(month)s.") % {"month": month_and_year(period)})
    return _back(request, period)


@door(Permission.ACCEPT_DELIVERABLES)
@require_POST
def observe(request: Request, month: str) -> HttpResponseBase:
    period, closing = _closed(request, month)
    form = ObserveForm(request.POST)
    if form.is_valid():
        try:
            actions.observe(
                delivery=_to_decide(request, period), reasons=form.cleaned_data["reasons"], **_deciding(request)
            )
        except Forbidden:
            raise
        except Refusal as refusal:
            form.add_error(None, ValidationError(filled(refusal)))
        else:
            messages.success(request, _("Se observó la entrega. Quien entrega verá los motivos en sus pendientes."))
            return _back(request, period)
    return _page(request, period, closing, observing=form)


@door(Permission.VIEW_REPORTS)
def delivered_file(request: Request, month: str, number: int, name: str) -> HttpResponseBase:
    """A file exactly as it was delivered: its bytes are compared with their digest before they go out."""
    must_read_every_report(request)
    found = queries.document_of(request.institution, _period(month), number, name)
    if found is None:
        raise Http404
    return stored_file(
        lambda: documents.open(request.institution, found.digest),
        name=f"{request.institution.slug}-{month}-entrega-{number}-{found.name}",
        media_type=found.media_type,
        always_downloaded=True,
    )


def _page(
    request: Request,
    period: Period,
    closing: Closing,
    *,
    answer: AnswerForm | None = None,
    observing: ObserveForm | None = None,
) -> HttpResponse:
    made = queries.deliveries_of(request.institution, period)
    last = made[0] if made else None
    stale = last is not None and last.source_digest != closing.digest
    waits = last is not None and last.state == DeliveryState.DELIVERED
    observed = last is not None and last.state == DeliveryState.OBSERVED
    context = {
        "period": period,
        "month": month_and_year(period),
        "rows": rows_of(request.institution, made, closings_of(request.institution.pk)),
        "due_on": last.due_on if last else delivery_due(request.institution, period),
        "last": last,
        "stale": stale,
        "observed": observed,
        "may_decide": waits and request.actor.may(Permission.ACCEPT_DELIVERABLES, request.institution.pk),
        "may_deliver": (last is None or observed or (stale and not waits))
        and request.actor.may(Permission.PREPARE_REPORTS, request.institution.pk),
        "answer_form": answer or AnswerForm(required=observed),
        "observe_form": observing or ObserveForm(),
        "crumbs": [
            (_("Informes y entregables"), reverse("evaluation:reports", kwargs={"slug": request.institution.slug})),
            (_("Entrega de %(month)s") % {"month": month_and_year(period)}, ""),
        ],
    }
    failed = any(form is not None and form.errors for form in (answer, observing))
    return render(request, "evaluation/delivery.html", context, status=UNPROCESSABLE if failed else 200)


def _deciding(request: Request) -> dict[str, Any]:
    return {
        "post": request.actor.post_in(request.institution.pk),
        "by": request.actor,
        "on": request.today,
        "at": request.now,
    }


def _to_decide(request: Request, period: Period) -> Any:
    last = queries.latest_of(request.institution, period)
    if last is None:
        raise Http404
    return last


def _closed(request: Request, month: str) -> tuple[Period, Closing]:
    period = _period(month)
    closing = closing_of(request.institution.pk, period)
    if closing is None:
        raise Http404
    return period, closing


def _period(month: str) -> Period:
    try:
        return Period.parse(month)
    except InvalidPeriod as error:
        raise Http404(str(error)) from error


def _back(request: Request, period: Period) -> HttpResponseBase:
    return redirect("evaluation:delivery", request.institution.slug, str(period))
