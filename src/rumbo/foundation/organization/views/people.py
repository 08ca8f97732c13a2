"""People and their roles."""

from typing import Any
from urllib.parse import urljoin
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from rumbo.core.vocabulary.permission import Permission
from rumbo.core.vocabulary.refusal import Refusal
from rumbo.core.vocabulary.role import Role
from rumbo.foundation.organization import actions, exchange, presenters, queries
from rumbo.foundation.organization.forms import HandOverForm, PersonForm, ReasonForm
from rumbo.foundation.organization.models import Membership, Person, Unit
from rumbo.foundation.ui.doors import Request, door
from rumbo.foundation.ui.exchange import upload_page, workbook_answer
from rumbo.foundation.ui.presenters import filled

PER_PAGE = 50


@door(Permission.MANAGE_PEOPLE)
def index(request: Request) -> HttpResponse:
    chosen = presenters.PeopleFilter(
        text=request.GET.get("busca", "").strip(),
        role=request.GET.get("papel", ""),
        unit=_uuid(request.GET.get("area", "")),
        ended=request.GET.get("terminados") == "1",
    )
    lines = presenters.people_lines(request.institution, chosen, on=request.today)
    context = {
        "chosen": chosen,
        "page": Paginator(lines, PER_PAGE).get_page(request.GET.get("pagina")),
        "units": presenters.unit_choices(queries.units_of(request.institution)),
        "roles": [(role.value, role.label) for role in Role],
        "described": presenters.roles_described(),
    }
    return render(request, "organization/people.html", context)


@door(Permission.MANAGE_PEOPLE)
def add(request: Request) -> HttpResponseBase:
    units = queries.units_of(request.institution)
    form = PersonForm(request.POST or None, units=presenters.unit_choices(units))
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            person = actions.add_person(
                institution=request.institution,
                email=said["email"],
                name=said["name"],
                role=Role(said["role"]),
                unit=_chosen(units, said["unit"]),
                post=said["post"],
                by=request.actor,
                on=request.today,
                at=request.now,
            )
        except Refusal as refusal:
            form.add_error(None, filled(refusal))
        else:
            messages.success(request, _("«%(name)s» ya tiene su papel.") % {"name": person.name})
            return redirect("organization:people", slug=request.institution.slug)
    return _form_page(request, form, _("Agregar persona"), _("Agregar"))


@door(Permission.MANAGE_PEOPLE)
def end(request: Request, membership: UUID) -> HttpResponseBase:
    found = _membership(request, membership)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.end_membership(
                membership=found,
                reason=form.cleaned_data["reason"],
                by=request.actor,
                on=request.today,
                at=request.now,
            )
        except Refusal as refusal:
            form.add_error(None, filled(refusal))
        else:
            messages.success(request, _("El papel terminó. Lo que se hizo con él se conserva."))
            return redirect("organization:people", slug=request.institution.slug)
    title = _("Terminar el papel de %(name)s") % {"name": found.person.name}
    lead = _(Role(found.role).label) + (f" · {found.unit}" if found.unit else "")
    return _form_page(request, form, title, _("Terminar papel"), lead=lead, danger=True)


@door(Permission.MANAGE_PEOPLE)
def hand_over(request: Request, person: UUID) -> HttpResponseBase:
    """Everything a person has pending goes to another, in one step."""
    giver = _person(request, person)
    others = {
        str(item.person.ref): item.person
        for item in queries.memberships_of(request.institution, on=request.today)
        if item.person_id != giver.pk
    }
    form = HandOverForm(request.POST or None, people=[(ref, str(other.name)) for ref, other in others.items()])
    if request.method == "POST" and form.is_valid():
        try:
            taker = others.get(form.cleaned_data["to"]) or actions.ensure_person(
                institution=request.institution,
                email=form.cleaned_data["email"],
                name=form.cleaned_data["name"],
                by=request.actor,
                at=request.now,
            )
            actions.hand_over(
                institution=request.institution,
                from_person=giver,
                to_person=taker,
                reason=form.cleaned_data["reason"],
                by=request.actor,
                on=request.today,
                at=request.now,
            )
        except Refusal as refusal:
            form.add_error(None, filled(refusal))
        else:
            said = {"giver": giver.name, "taker": taker.name}
            messages.success(request, _("Lo pendiente de «%(giver)s» es ahora de «%(taker)s».") % said)
            return redirect("organization:people", slug=request.institution.slug)
    title = _("Entregar el trabajo de %(name)s") % {"name": giver.name}
    held = queries.memberships_of(request.institution, on=request.today, person=giver)
    roles = "; ".join(_(Role(item.role).label) + (f" ({item.unit.code})" if item.unit else "") for item in held)
    lead = _("Terminan hoy y pasan a otra persona, con todo lo pendiente: %(roles)s.") % {"roles": roles or "–"}
    return _form_page(request, form, title, _("Entregar todo"), lead=lead)


@door(Permission.MANAGE_PEOPLE)
@never_cache
@require_POST
def link(request: Request, person: UUID) -> HttpResponseBase:
    """The printable page with the one-use link. Only an answer to a POST: the link is in no address but its own."""
    owner = _person(request, person)
    try:
        path = actions.issue_first_password_link(
            institution=request.institution, person=owner, by=request.actor, at=request.now
        )
    except Refusal as refusal:
        messages.error(request, filled(refusal))
        return redirect("organization:people", slug=request.institution.slug)
    address = urljoin(request.build_absolute_uri("/"), path)
    context = {
        "owner": owner,
        "address": address,
        "code": presenters.qr_drawing(address),
        "expires": presenters.link_expires(request.now),
    }
    return render(request, "organization/link.html", context)


@door(Permission.MANAGE_PEOPLE)
def upload(request: Request) -> HttpResponseBase:
    return upload_page(
        request,
        title=_("Subir personas desde Excel"),
        run=lambda content, dry_run: exchange.import_people(
            institution=request.institution,
            content=content,
            by=request.actor,
            on=request.today,
            at=request.now,
            dry_run=dry_run,
        ),
        template="organization:people_template",
        back="organization:people",
    )


@door(Permission.MANAGE_PEOPLE)
def template(request: Request) -> HttpResponse:
    content = exchange.template_people(institution=request.institution, on=request.today)
    return workbook_answer(content, f"personas-{request.institution.slug}.xlsx")


def _form_page(
    request: Request, form: Any, title: str, button: str, *, lead: str = "", danger: bool = False
) -> HttpResponse:
    context = {"form": form, "title": title, "button": button, "lead": lead, "danger": danger, "back": "people"}
    return render(request, "organization/form.html", context, status=422 if form.errors else 200)


def _person(request: Request, ref: UUID) -> Person:
    found = queries.person_in(request.institution, str(ref))
    if found is None:
        raise Http404
    return found


def _membership(request: Request, ref: UUID) -> Membership:
    found = queries.membership_by_ref(request.institution, str(ref))
    if found is None:
        raise Http404
    return found


def _chosen(units: list[Unit], ref: str) -> Unit | None:
    return next((unit for unit in units if str(unit.ref) == ref), None)


def _uuid(text: str) -> str:
    """What somebody wrote in the address, if it is a reference."""
    try:
        return str(UUID(text))
    except ValueError:
        return ""
