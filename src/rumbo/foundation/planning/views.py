"""Pages of the plan: the tree, its texts, its situation analysis, and the links that wait for a person."""

import hashlib
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from rumbo.core.vocabulary.permission import Permission
from rumbo.core.vocabulary.refusal import Refusal
from rumbo.foundation.planning import actions, exchange, presenters, queries
from rumbo.foundation.planning.actions import SwotLine
from rumbo.foundation.planning.events import CountAsked, count_asked
from rumbo.foundation.planning.forms import ElementForm, NewPlanForm, PlanForm, ReasonForm, SwotForm
from rumbo.foundation.planning.models import Plan, PlanElement
from rumbo.foundation.ui.doors import Request, door
from rumbo.foundation.ui.exchange import Outcome, banner_of, upload_page, workbook_answer
from rumbo.foundation.ui.presenters import filled

CONFIRMED = "plan_workbook_with_warnings"


@door(Permission.VIEW_PLAN)
def plan(request: Request) -> HttpResponse:
    found = queries.plan_of(request.institution, request.today)
    if found is None:
        return render(request, "planning/none.html")
    elements = queries.elements_of(found)
    asked = CountAsked(request.institution.pk)
    count_asked.announce(asked)
    text = request.GET.get("busca", "")
    linked = [element for element in elements if element.parent_id or element.level.depth == 1]
    waiting = [element for element in elements if not element.parent_id and element.level.depth > 1]
    context = {
        "plan": found,
        "branches": presenters.branches(linked, asked.counts, text),
        "counts": presenters.level_counts(elements),
        "waiting": waiting,
        "suggested": sum(element.suggested_parent_id is not None for element in waiting),
        "parents": [
            element for element in elements if element.level.depth < (waiting[0].level.depth if waiting else 0)
        ],
        "swot": queries.swot_of(found).items(),
        "findings": [(e, j) for e, j in queries.findings_of(found, on=request.today) if e is None],
        "text": text,
    }
    return render(request, "planning/plan.html", context)


@door(Permission.EDIT_PLAN)
def create(request: Request) -> HttpResponseBase:
    form = NewPlanForm.of(None, request.POST or None)
    if request.method == "POST" and form.is_valid():
        said = dict(form.cleaned_data)
        try:
            actions.create_plan(institution=request.institution, by=request.actor, at=request.now, **said)
        except Refusal as refusal:
            form.add_error(None, filled(refusal))
        else:
            return _done(request, _("Se creó el plan. Agregue sus elementos o súbalos desde Excel."))
    return _form(request, form, _("Crear el plan"), _("Crear plan"))


@door(Permission.EDIT_PLAN)
def texts(request: Request) -> HttpResponseBase:
    found = _plan(request)
    form = PlanForm.of(found, request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.describe_plan(plan=found, by=request.actor, at=request.now, **form.cleaned_data)
        except Refusal as refusal:
            form.add_error(None, filled(refusal))
        else:
            return _done(request, _("Se guardaron los textos del plan."))
    return _form(request, form, _("Textos del plan"), _("Guardar"))


@door(Permission.EDIT_PLAN)
def swot(request: Request) -> HttpResponseBase:
    found = _plan(request)
    form = SwotForm(request.POST or None, initial=_swot_text(found))
    if request.method == "POST" and form.is_valid():
        items = [SwotLine(*item) for item in form.items()]
        try:
            actions.save_swot(plan=found, items=items, by=request.actor, at=request.now)
        except Refusal as refusal:
            form.add_error(None, filled(refusal))
        else:
            return _done(request, _("Se guardó el diagnóstico FODA."))
    lead = _("En cada bloque, un enunciado por renglón con su explicación debajo; un renglón vacío los separa.")
    return _form(request, form, _("Diagnóstico FODA"), _("Guardar"), lead=lead)


@door(Permission.EDIT_PLAN)
def add(request: Request) -> HttpResponseBase:
    inside = queries.element_by_ref(request.institution, request.GET.get("dentro", "")) if _is_ref(request) else None
    initial = {"parent": str(inside.ref), "level": str(inside.level.depth + 1)} if inside else {}
    return _element_form(request, None, initial, _("Agregar elemento"))


@door(Permission.EDIT_PLAN)
def edit(request: Request, ref: UUID) -> HttpResponseBase:
    element = _element(request, ref)
    initial = {
        "level": str(element.level.depth),
        "code": element.code,
        "statement": element.statement,
        "parent": str(element.parent.ref) if element.parent else "",
    }
    title = f"{element.level.singular} {element.code}"
    return _element_form(request, element, initial, title)


@door(Permission.EDIT_PLAN)
def retire(request: Request, ref: UUID) -> HttpResponseBase:
    element = _element(request, ref)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.retire_element(
                element=element, reason=form.cleaned_data["reason"], on=request.today, by=request.actor, at=request.now
            )
        except Refusal as refusal:
            form.add_error(None, filled(refusal))
        else:
            return _done(request, _("%(code)s quedó retirado.") % {"code": element.code})
    title = _("Retirar %(code)s") % {"code": element.code}
    return _form(request, form, title, _("Retirar"), lead=element.statement, danger=True)


@door(Permission.EDIT_PLAN)
@require_POST
def link(request: Request) -> HttpResponseBase:
    """Elements with the parent chosen for each, and those ticked with the parent suggested for each."""
    found = _plan(request)
    elements = {str(element.ref): element for element in queries.elements_of(found)}
    ticked = set(request.POST.getlist("elemento"))
    pairs = []
    for ref, element in elements.items():
        picked = elements.get(request.POST.get(f"padre-{ref}", ""))
        parent = picked or (element.suggested_parent if ref in ticked else None)
        if parent is not None:
            pairs.append((element, parent))
    if not pairs:
        messages.warning(request, _("No se ligó ninguno: elija de qué depende o marque los que tienen sugerencia."))
        return redirect("planning:plan", slug=request.institution.slug)
    try:
        linked = actions.link_many(links=pairs, by=request.actor, at=request.now)
    except Refusal as refusal:
        messages.error(request, filled(refusal))
        return redirect("planning:plan", slug=request.institution.slug)
    count = len(linked)
    return _done(
        request, ngettext("Se ligó %(count)s elemento.", "Se ligaron %(count)s elementos.", count) % {"count": count}
    )


@door(Permission.EDIT_PLAN)
def upload(request: Request) -> HttpResponseBase:
    return upload_page(
        request,
        title=_("Subir el plan desde Excel"),
        lead=_("Si hay avisos (claves que se corrigieron, textos por revisar), primero se muestran sin aplicar nada; "
               "suba otra vez el mismo archivo para confirmarlos."),
        run=lambda content, rehearse: _import(request, content, rehearse),
        template="planning:template",
        back="planning:plan",
    )  # fmt: skip


def _import(request: Request, content: bytes, rehearse: bool) -> Outcome:
    """With warnings a person confirms by uploading the same file again (IECM-31)."""
    checked = exchange.check(institution=request.institution, content=content, on=request.today)
    digest = hashlib.sha256(content).hexdigest()
    confirmed = not checked.warnings or request.session.get(CONFIRMED) == digest
    apply = not checked.errors and not rehearse and confirmed
    if apply:
        exchange.apply(checked, by=request.actor, at=request.now)
    request.session[CONFIRMED] = digest if checked.warnings and not apply else ""
    good = checked.taken.rows_read
    return Outcome(content, good, tuple(checked.errors), tuple(checked.warnings), apply)


@door(Permission.VIEW_PLAN)
def template(request: Request) -> HttpResponse:
    content = exchange.template(
        request.institution, on=request.today, banner=banner_of(request.institution) or None, translate=_
    )
    return workbook_answer(content, f"programa-{request.institution.slug}.xlsx")


def _element_form(
    request: Request, element: PlanElement | None, initial: dict[str, str], title: str
) -> HttpResponseBase:
    found = element.plan if element else _plan(request)
    levels, elements = queries.levels_of(found), queries.elements_of(found)
    parents = [other for other in elements if other != element and other.level.depth < len(levels)]
    form = ElementForm(request.POST or None, levels=levels, elements=parents, initial=initial)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            actions.save_element(plan=found, element=element, by=request.actor, at=request.now, **said)
        except Refusal as refusal:
            form.add_error("code" if isinstance(refusal, actions.CodeTaken) else None, filled(refusal))
        else:
            return _done(request, _("Se guardó %(code)s.") % {"code": said["code"]})
    return _form(request, form, title, _("Guardar"), element=element)


def _form(
    request: Request, form: Any, title: str, button: str, *, lead: str = "", danger: bool = False,
    element: PlanElement | None = None,
) -> HttpResponse:  # fmt: skip
    context = {"form": form, "title": title, "button": button, "lead": lead, "danger": danger, "element": element}
    return render(request, "planning/form.html", context, status=422 if form.errors else 200)


def _done(request: Request, said: str) -> HttpResponseBase:
    messages.success(request, said)
    return redirect("planning:plan", slug=request.institution.slug)


def _plan(request: Request) -> Plan:
    found = queries.plan_of(request.institution, request.today)
    if found is None:
        raise Http404
    return found


def _element(request: Request, ref: UUID) -> PlanElement:
    found = queries.element_by_ref(request.institution, str(ref))
    if found is None or found.retired_on is not None:
        raise Http404
    return found


def _is_ref(request: Request) -> bool:
    try:
        UUID(request.GET.get("dentro", ""))
    except ValueError:
        return False
    return True


def _swot_text(found: Plan) -> dict[str, str]:
    return {
        kind.value: "\n\n".join(item.headline + ("\n" + item.explanation if item.explanation else "") for item in items)
        for kind, items in queries.swot_of(found).items()
    }
