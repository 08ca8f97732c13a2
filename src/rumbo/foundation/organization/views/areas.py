"""Areas as a tree."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from rumbo.core.vocabulary.permission import Permission
from rumbo.core.vocabulary.refusal import Refusal
from rumbo.foundation.organization import actions, exchange, presenters, queries
from rumbo.foundation.organization.forms import ReasonForm, UnitForm
from rumbo.foundation.organization.models import Unit
from rumbo.foundation.ui.doors import Request, door
from rumbo.foundation.ui.exchange import upload_page, workbook_answer
from rumbo.foundation.ui.presenters import filled


@door(Permission.CONFIGURE)
def index(request: Request) -> HttpResponse:
    retired = request.GET.get("bajas") == "1"
    units = queries.units_of(request.institution, with_retired=retired)
    people = queries.people_per_unit(request.institution, on=request.today)
    context = {"lines": presenters.unit_lines(units, people), "retired": retired}
    return render(request, "organization/areas.html", context)


@door(Permission.CONFIGURE)
def add(request: Request) -> HttpResponseBase:
    inside = request.GET.get("dentro", "")
    return _edit(request, None, {"parent": inside}, _("Agregar área"))


@door(Permission.CONFIGURE)
def edit(request: Request, unit: UUID) -> HttpResponseBase:
    found = _unit(request, unit)
    initial = {
        "code": found.code,
        "name": found.name,
        "parent": str(found.parent.ref) if found.parent else "",
        "head_post": found.head_post,
        "liaison_post": found.liaison_post,
        "position": found.position,
    }
    return _edit(request, found, initial, _("Cambiar el área %(code)s") % {"code": found.code})


@door(Permission.CONFIGURE)
def retire(request: Request, unit: UUID) -> HttpResponseBase:
    found = _unit(request, unit)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.retire_unit(
                unit=found, reason=form.cleaned_data["reason"], by=request.actor, on=request.today, at=request.now
            )
        except Refusal as refusal:
            form.add_error(None, filled(refusal))
        else:
            messages.success(request, _("El área «%(name)s» quedó dada de baja.") % {"name": found.name})
            return redirect("organization:areas", slug=request.institution.slug)
    context = {
        "form": form,
        "title": _("Dar de baja el área %(code)s") % {"code": found.code},
        "lead": found.name + ". " + _("Deja de ofrecerse; lo que hizo se conserva."),
        "button": _("Dar de baja"),
        "danger": True,
        "back": "areas",
    }
    return render(request, "organization/form.html", context, status=422 if form.errors else 200)


@door(Permission.CONFIGURE)
def upload(request: Request) -> HttpResponseBase:
    return upload_page(
        request,
        title=_("Subir áreas desde Excel"),
        run=lambda content, dry_run: exchange.import_areas(
            institution=request.institution, content=content, by=request.actor, at=request.now, dry_run=dry_run
        ),
        template="organization:areas_template",
        back="organization:areas",
    )


@door(Permission.CONFIGURE)
def template(request: Request) -> HttpResponse:
    content = exchange.template_areas(institution=request.institution)
    return workbook_answer(content, f"areas-{request.institution.slug}.xlsx")


def _edit(request: Request, unit: Unit | None, initial: dict[str, object], title: str) -> HttpResponseBase:
    units = [item for item in queries.units_of(request.institution) if unit is None or item.pk != unit.pk]
    form = UnitForm(request.POST or None, initial=initial, units=presenters.unit_choices(units))
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            saved = actions.save_unit(
                institution=request.institution,
                unit=unit,
                code=said["code"],
                name=said["name"],
                parent=next((item for item in units if str(item.ref) == said["parent"]), None),
                head_post=said["head_post"],
                liaison_post=said["liaison_post"],
                position=said["position"],
                by=request.actor,
                at=request.now,
            )
        except Refusal as refusal:
            form.add_error(None, filled(refusal))
        else:
            messages.success(request, _("El área «%(name)s» quedó guardada.") % {"name": saved.name})
            return redirect("organization:areas", slug=request.institution.slug)
    context = {"form": form, "title": title, "button": _("Guardar área"), "back": "areas"}
    return render(request, "organization/form.html", context, status=422 if form.errors else 200)


def _unit(request: Request, ref: UUID) -> Unit:
    found = queries.unit_by_ref(request.institution, str(ref))
    if found is None:
        raise Http404
    return found
