"""The list of goals, its workbook, and recording that several were agreed."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from rumbo.core.vocabulary.goal_type import GoalType
from rumbo.core.vocabulary.permission import Permission
from rumbo.core.vocabulary.refusal import Refusal
from rumbo.foundation.organization import queries as organization
from rumbo.foundation.planning import queries as planning
from rumbo.foundation.ui.doors import Request, door
from rumbo.foundation.ui.exchange import Outcome, banner_of, upload_page, workbook_answer
from rumbo.foundation.ui.presenters import filled
from rumbo.systems.indicators import actions, exchange, presenters, queries
from rumbo.systems.indicators.forms import AgreeForm
from rumbo.systems.indicators.views.subject import year_in

PAGE = 25  # rows that a phone still scrolls; the rest is what the filters are for
FILTERS = ("busca", "area", "elemento", "tipo", "critica", "retiradas")


@dataclass(slots=True)
class _Asked:
    """The filters of the address, and what they may be chosen from."""

    wanted: queries.GoalFilter
    units: list[Any]
    elements: list[Any]
    year: int


@door(Permission.VIEW_PLAN)
def goals(request: Request) -> HttpResponse:
    asked = _asked(request)
    page = Paginator(queries.search_goals(request.institution, asked.wanted), PAGE).get_page(request.GET.get("pagina"))
    found = list(page.object_list)
    ids = [indicator.pk for goal in found if (indicator := goal.principal_indicator)]
    context = {
        "page": page,
        "lines": presenters.goal_lines(found, queries.annual_targets(ids, asked.year)),
        "asked": request.GET,
        "narrowed": any(request.GET.get(name) for name in FILTERS),
        "year": request.institution.year_called(asked.year).label,
        "units": asked.units,
        "elements": asked.elements,
        "types": list(GoalType),
        "agree_form": AgreeForm(initial={"agreed_on": request.today}),
    }
    return render(request, "indicators/goals.html", context)


@door(Permission.VIEW_PLAN)
def template(request: Request) -> HttpResponse:
    """The workbook of what the list shows: all of it, whatever its page."""
    found = list(queries.search_goals(request.institution, _asked(request).wanted))
    banner = banner_of(request.institution) or None
    who = any(request.actor.may(one, request.institution.pk) for one in (Permission.VIEW_TRAIL, Permission.EDIT_GOALS))
    content = exchange.template(request.institution, on=request.today, goals=found, banner=banner, translate=_, who=who)
    return workbook_answer(content, f"metas-{request.institution.slug}.xlsx")


@door(Permission.EDIT_GOALS)
def upload(request: Request) -> HttpResponseBase:
    return upload_page(
        request,
        title=_("Subir metas desde Excel"),
        run=lambda content, rehearse: _import(request, content, rehearse),
        template="indicators:template",
        back="indicators:goals",
    )


def _import(request: Request, content: bytes, rehearse: bool) -> Outcome:
    checked = exchange.check(institution=request.institution, content=content, on=request.today)
    apply = not checked.errors and not rehearse
    good = checked.taken.rows_read
    if apply:
        exchange.apply(checked, by=request.actor, at=request.now)
    return Outcome(content, good, tuple(checked.errors), tuple(checked.warnings), apply)


@door(Permission.EDIT_GOALS)
@require_POST
def agree(request: Request) -> HttpResponseBase:
    form = AgreeForm(request.POST)
    chosen = set(request.POST.getlist("meta"))
    found = [goal for goal in queries.goals_of(request.institution) if str(goal.ref) in chosen]
    if not form.is_valid() or not found:
        messages.warning(request, _("No se registró nada: marque las metas y escriba la fecha del acuerdo."))
        return redirect("indicators:goals", slug=request.institution.slug)
    try:
        agreed = actions.agree_goals(goals=found, on=form.cleaned_data["agreed_on"], by=request.actor, at=request.now)
    except Refusal as refusal:
        messages.error(request, filled(refusal))
    else:
        count = len(agreed)
        said = ngettext(
            "Se registró el acuerdo de %(count)s meta.", "Se registró el acuerdo de %(count)s metas.", count
        )
        messages.success(request, said % {"count": count})
    return redirect("indicators:goals", slug=request.institution.slug)


def _asked(request: Request) -> _Asked:
    """Unknown values of the address are as if they were not there."""
    query = request.GET
    units = organization.units_of(request.institution)
    plan = planning.plan_of(request.institution, request.today)
    elements = planning.elements_of(plan) if plan else []
    unit = next((item for item in units if item.code == query.get("area")), None)
    element = next((item for item in elements if str(item.ref) == query.get("elemento")), None)
    kinds = {kind.value for kind in GoalType}
    wanted = queries.GoalFilter(
        text=query.get("busca", ""),
        units=[item.pk for item in units if item.path.startswith(unit.path)] if unit else None,
        elements=[item.pk for item in elements if item.path.startswith(element.path)] if element else None,
        goal_type=kind if (kind := query.get("tipo", "")) in kinds else "",
        critical=query.get("critica") == "1",
        retired=query.get("retiradas") == "1",
        order=query.get("orden", ""),
    )
    this_year = request.institution.year_on(request.today).year
    return _Asked(wanted, units, elements, year_in(query.get("anio", ""), this_year))
