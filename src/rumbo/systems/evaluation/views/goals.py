"""The page of a goal, and «¿Cómo se calculó?» of a goal or of a figure of many."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from rumbo.core.timekeeping.period import Period
from rumbo.core.vocabulary.permission import Permission
from rumbo.foundation.planning import queries as planning
from rumbo.foundation.ui.doors import Request, door, require
from rumbo.systems.evaluation.presenters import calculations
from rumbo.systems.evaluation.presenters.goal import goal_page
from rumbo.systems.evaluation.presenters.menus import months_menu
from rumbo.systems.evaluation.presenters.opened import Opened, below
from rumbo.systems.evaluation.presenters.warnings import goal_alerts
from rumbo.systems.evaluation.presenters.wording import closing_name, parameters_note
from rumbo.systems.evaluation.queries.rollups import PLAN, UNIT
from rumbo.systems.evaluation.queries.snapshot import WHOLE
from rumbo.systems.evaluation.views.opening import must_see_everything, open_board
from rumbo.systems.indicators import queries as indicators

if TYPE_CHECKING:
    from rumbo.systems.indicators.models import Goal, Indicator


@door(Permission.VIEW_BOARDS)
def goal(request: Request, code: str) -> HttpResponse:
    opened, found, indicator = found_goal(request, code)
    page = goal_page(opened, found, indicator, _closing_url(request))
    closing = opened.month.closing
    alerts = goal_alerts(opened, found, [indicator, *(one for one, _result in page.complementary)])
    context = {
        "page": page,
        "alert": alerts.get(indicator.pk),
        "complementary": [
            (one, result, alerts.get(one.pk), opened.links.calculation(found.code, one.code))
            for one, result in page.complementary
        ],
        "estimated": bool(alerts),
        "goal": found,
        "contracts": indicators.terms_of(found),
        "indicator": indicator,
        "opened": opened,
        "month": opened.month,
        "closing": closing,
        "closing_name": closing_name(closing) if closing else "",
        "earlier": opened.months.of(opened.period.plus(-1)),
        "later": opened.months.after(opened.month),
        "months_menu": months_menu(opened),
        "area_url": opened.links.area(found.unit.code),
        "explain_url": opened.links.calculation(found.code),
        "parameters_note": parameters_note(closing.scheme_version if closing else None),
    }
    return render(request, "evaluation/goal.html", context)


@door(Permission.VIEW_BOARDS)
def calculation(request: Request, code: str, measure: str = "") -> HttpResponse:
    """A part of the page for the dialog, or the whole page where there are no scripts."""
    opened, found, indicator = found_goal(request, code, measure)
    explained = calculations.goal_calculation(opened, found, indicator)
    if explained is None:
        raise Http404
    closing = opened.month.closing
    context = {
        "calculation": explained,
        "goal": found,
        "indicator": indicator,
        "opened": opened,
        "closing": closing,
        "closing_name": closing_name(closing) if closing else "",
        "goal_url": opened.links.goal(found.code),
        "parameters_note": parameters_note(explained.found.version),
    }
    return render(request, _template(request, "calculation"), context)


@door(Permission.VIEW_BOARDS)
def rolled(request: Request) -> HttpResponse:
    """The explanation of a figure of the institution, an area or a plan element."""
    explained = found_rolled(request)
    opened = explained.opened
    closing = opened.month.closing
    context = {
        "calculation": explained,
        "opened": opened,
        "closing": closing,
        "closing_name": closing_name(closing) if closing else "",
        "parameters_note": parameters_note(explained.version),
    }
    return render(request, _template(request, "rolled"), context)


def found_rolled(request: Request) -> calculations.RolledCalculation:
    """What the address asks for, of what whoever asks may see; 404 when there is none."""
    opened = open_board(request)
    figure = request.GET.get("dato", "")
    if opened is None or figure not in calculations.FIGURES:
        raise Http404
    explained = _rolled(request, opened, figure)
    if explained is None:
        raise Http404
    return explained


def _rolled(request: Request, opened: Opened, figure: str) -> calculations.RolledCalculation | None:
    if area := request.GET.get("area"):
        units = opened.ground.all_units
        unit = next((unit for unit in units if unit.code == area), None)
        if unit is None:
            raise Http404
        require(request.actor, Permission.VIEW_BOARDS, request.institution.pk, unit.pk)
        return calculations.rolled_calculation(
            opened,
            figure,
            (UNIT.value, unit.pk),
            code=unit.code,
            name=unit.name,
            board=opened.links.area(unit.code),
            units=below(units, unit),
            elements=None,
        )
    must_see_everything(request)
    if code := request.GET.get("eje"):
        plan = opened.ground.plan_on(opened.period.last_day)
        depth = request.GET.get("nivel", "")
        element = planning.element_by_code(plan, code, int(depth) if depth.isdecimal() else None) if plan else None
        if element is None:
            raise Http404
        return calculations.rolled_calculation(
            opened,
            figure,
            (PLAN.value, element.pk),
            code=element.code,
            name=f"{element.code} {element.statement}",
            board=opened.links.element(element.code, element.level.depth),
            units=None,
            elements=planning.subtree_ids(element),
        )
    return calculations.rolled_calculation(
        opened,
        figure,
        WHOLE,
        code="",
        name=request.institution.name,
        board=opened.links.board(),
        units=None,
        elements=None,
    )


def found_goal(request: Request, code: str, measure: str = "") -> "tuple[Opened, Goal, Indicator]":
    """The goal of the address, which must be of an area that whoever asks may see; with its principal indicator, or
    the one of code `measure`."""
    found = indicators.goal_by_code(request.institution, code)
    if found is None:
        raise Http404
    require(request.actor, Permission.VIEW_BOARDS, request.institution.pk, found.unit_id)
    wanted = (one for one in found.indicators.all() if one.code == measure) if measure else None
    indicator = found.principal_indicator if wanted is None else next(wanted, None)
    opened = open_board(request)
    if indicator is None or opened is None:
        raise Http404
    return opened, found, indicator


def _closing_url(request: Request) -> Callable[[int, int], str]:
    def url(period: int, number: int) -> str:
        month = str(Period.of(period))
        kwargs = {"slug": request.institution.slug, "month": month, "number": number}
        return reverse("evaluation:comparison", kwargs=kwargs)

    return url


def _template(request: Request, name: str) -> str:
    return f"evaluation/parts/{name}.html" if request.htmx else f"evaluation/{name}.html"
