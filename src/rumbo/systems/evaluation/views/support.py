"""The log of technical support: the list, its form, its workbook and its proofs."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from rumbo.core.timekeeping.period import Period
from rumbo.core.vocabulary.permission import Permission
from rumbo.core.vocabulary.refusal import Forbidden, Refusal
from rumbo.core.vocabulary.support_kind import SupportKind
from rumbo.foundation.documents import queries as documents
from rumbo.foundation.organization import queries as organization
from rumbo.foundation.ui.doors import Request, door
from rumbo.foundation.ui.exchange import stored_file, workbook_answer
from rumbo.foundation.ui.presenters import filled
from rumbo.systems.evaluation import actions
from rumbo.systems.evaluation.forms.support import RetireSupportForm, SupportForm
from rumbo.systems.evaluation.models import SupportEntry
from rumbo.systems.evaluation.presenters import support as presenters
from rumbo.systems.evaluation.presenters.wording import month_and_year
from rumbo.systems.evaluation.queries import support as queries

PAGE = 25
UNPROCESSABLE = 422


@door(Permission.VIEW_BOARDS)
def log(request: Request) -> HttpResponse:
    """What was attended, newest first, with filters kept in the address."""
    entries, chosen = _chosen(request)
    page = Paginator(entries, PAGE).get_page(request.GET.get("pagina"))
    shown = list(page.object_list)
    seen = queries.entries_seen(request.actor, request.institution)
    months = sorted(set(seen.order_by().values_list("period", flat=True)), reverse=True)
    context = {
        "page": page,
        "groups": presenters.by_month(
            presenters.rows_of(
                queries.lines_of(request.institution, shown),
                [queries.may_open_evidence(request.actor, entry) for entry in shown],
            )
        ),
        "chosen": chosen,
        "kinds": [(kind.value, _(kind.label)) for kind in SupportKind],
        "months": [(str(Period.of(index)), month_and_year(Period.of(index))) for index in months],
        "units": [(unit.code, unit.name) for unit in _units_seen(request)],
        "query": request.GET.urlencode(),
        "narrowed": any(chosen.values()),
    }
    return render(request, "evaluation/support.html", context)


@door(Permission.VIEW_BOARDS)
def download(request: Request) -> HttpResponse:
    """The list with the filters of its address."""
    entries, _chosen_filters = _chosen(request)
    content = presenters.workbook(
        request.institution, queries.lines_of(request.institution, list(entries)), request.today
    )
    name = f"acompanamiento-{request.institution.slug}.xlsx"
    return workbook_answer(content, name)


@door(Permission.PREPARE_REPORTS)
def add(request: Request) -> HttpResponse:
    units = organization.units_of(request.institution)
    form = SupportForm(
        request.POST or None,
        request.FILES or None,
        units=units,
        initial={"attended_on": request.today, "attended_by": request.actor.post_in(request.institution.pk)},
    )
    if request.method == "POST" and form.is_valid():
        try:
            entry = actions.record_support(
                institution=request.institution, data=_data(form, units), evidence=_file(form),
                by=request.actor, on=request.today, at=request.now,
            )  # fmt: skip
        except Refusal as refusal:
            _told(form, refusal)
        else:
            messages.success(request, _saved(entry))
            return redirect("evaluation:support", request.institution.slug)
    return _form_page(request, form, None)


@door(Permission.VIEW_BOARDS)
def edit(request: Request, ref: UUID) -> HttpResponse:
    """Whoever may see it reads it; whoever may change it has the form."""
    entry = _entry(request, ref)
    if not queries.may_change(request.actor, entry):
        if request.method == "POST":
            raise PermissionDenied(_("Esta atención ya no se modifica o la registró otra persona."))
        return _form_page(request, None, entry)
    units = organization.units_of(request.institution, with_retired=True)
    form = SupportForm(request.POST or None, request.FILES or None, units=units, initial=_initial(entry))
    if request.method == "POST" and form.is_valid():
        try:
            entry = actions.edit_support(
                entry=entry, data=_data(form, units), evidence=_file(form),
                by=request.actor, on=request.today, at=request.now,
            )  # fmt: skip
        except Refusal as refusal:
            _told(form, refusal)
        else:
            messages.success(request, _saved(entry))
            return redirect("evaluation:support", request.institution.slug)
    return _form_page(request, form, entry)


@door(Permission.PREPARE_REPORTS)
@require_POST
def retire(request: Request, ref: UUID) -> HttpResponse:
    entry = _entry(request, ref)
    form = RetireSupportForm(request.POST)
    if form.is_valid():
        try:
            actions.retire_support(
                entry=entry, reason=form.cleaned_data["reason"], by=request.actor, on=request.today, at=request.now
            )
        except Forbidden:
            raise
        except Refusal as refusal:
            messages.error(request, filled(refusal))
        else:
            messages.success(request, _("La atención se retiró; queda en la bitácora con su motivo."))
        return redirect("evaluation:support", request.institution.slug)
    units = organization.units_of(request.institution, with_retired=True)
    return _form_page(request, SupportForm(units=units, initial=_initial(entry)), entry, retiring=form)


@door(Permission.VIEW_BOARDS)
def evidence(request: Request, ref: UUID) -> HttpResponseBase:
    entry = _entry(request, ref)
    if not entry.evidence_digest:
        raise Http404
    if not queries.may_open_evidence(request.actor, entry):
        raise PermissionDenied
    return stored_file(
        lambda: documents.open(request.institution, entry.evidence_digest),
        name=entry.evidence_name,
        media_type=entry.evidence_type,
    )


def _chosen(request: Request) -> tuple[Any, dict[str, str]]:
    """Entries that match, and the filters understood: a shared address never fails."""
    entries = queries.entries_seen(request.actor, request.institution)
    chosen = {name: request.GET.get(name, "").strip() for name in ("mes", "tipo", "area")}
    if chosen["tipo"] in {kind.value for kind in SupportKind}:
        entries = entries.filter(kind=chosen["tipo"])
    if chosen["area"]:
        entries = entries.filter(unit__code=chosen["area"])
    if chosen["mes"]:
        months = {str(Period.of(index)): index for index in set(entries.order_by().values_list("period", flat=True))}
        entries = entries.filter(period=months.get(chosen["mes"], 0))
    return entries, chosen


def _units_seen(request: Request) -> list[Any]:
    held = request.actor.units(Permission.VIEW_BOARDS, request.institution.pk)
    return [unit for unit in organization.units_of(request.institution) if held is None or unit.pk in held]


def _entry(request: Request, ref: UUID) -> SupportEntry:
    found = queries.entry_seen(request.actor, request.institution, ref)
    if found is None:
        raise Http404
    return found


def _form_page(
    request: Request, form: SupportForm | None, entry: SupportEntry | None, retiring: RetireSupportForm | None = None
) -> HttpResponse:
    here = _("Registrar una atención") if entry is None else entry.subject
    row = None
    if entry is not None:
        lines = queries.lines_of(request.institution, [entry])
        row = presenters.rows_of(lines, [queries.may_open_evidence(request.actor, entry)])[0]
    context = {
        "form": form,
        "entry": entry,
        "row": row,
        "sealed": presenters.sealed_note(entry) if entry else "",
        "retire_form": retiring or RetireSupportForm(),
        "crumbs": [
            (_("Acompañamiento técnico"), reverse("evaluation:support", kwargs={"slug": request.institution.slug})),
            (here, ""),
        ],
    }
    failed = any(one is not None and one.is_bound and one.errors for one in (form, retiring))
    return render(request, "evaluation/support_form.html", context, status=UNPROCESSABLE if failed else 200)


def _initial(entry: SupportEntry) -> dict[str, Any]:
    names = ("kind", "asked_on", "attended_on", "subject", "people_count", "people", "agreed", "agreed_by",
             "attended_by")  # fmt: skip
    return {name: getattr(entry, name) for name in names} | {
        "unit": entry.unit.code if entry.unit else "",
        "hours": format(entry.hours.normalize(), "f"),
    }


def _data(form: SupportForm, units: list[Any]) -> actions.SupportData:
    said = form.cleaned_data
    ids = {unit.code: unit.pk for unit in units}
    return actions.SupportData(
        kind=SupportKind(said["kind"]),
        unit_id=ids.get(said["unit"]),
        asked_on=said["asked_on"],
        attended_on=said["attended_on"],
        subject=said["subject"],
        people=said["people"],
        people_count=said["people_count"],
        agreed=said["agreed"],
        agreed_by=said["agreed_by"],
        attended_by=said["attended_by"],
        hours=said["hours"],
    )


def _file(form: SupportForm) -> actions.SupportFile | None:
    sent = form.cleaned_data["evidence"]
    return actions.SupportFile(sent.name or "archivo", sent.read()) if sent else None


def _told(form: SupportForm, refusal: Refusal) -> None:
    if isinstance(refusal, Forbidden):
        raise PermissionDenied(filled(refusal)) from refusal
    form.add_error(getattr(refusal, "field", "") or None, ValidationError(filled(refusal)))


def _saved(entry: SupportEntry) -> str:
    month = Period.of(entry.period)
    if month == Period.containing(entry.attended_on):
        return _("Se guardó la atención.")
    return _("Se guardó la atención. Su mes ya está cerrado: la contará el informe de %(month)s.") % {
        "month": month_and_year(month)
    }
