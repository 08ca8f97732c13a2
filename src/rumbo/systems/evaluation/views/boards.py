"""Boards of the institution, of an area and of a plan element, and their list as a file."""

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import SimpleLazyObject

from rumbo.core.vocabulary.permission import Permission
from rumbo.foundation.planning import queries as planning
from rumbo.foundation.ui.doors import Request, door, require
from rumbo.foundation.ui.exchange import downloaded, workbook_answer
from rumbo.systems.evaluation.forms.lists import ListForm
from rumbo.systems.evaluation.presenters import downloads
from rumbo.systems.evaluation.presenters.area_board import area_board
from rumbo.systems.evaluation.presenters.board import Board
from rumbo.systems.evaluation.presenters.boards import element_board, institution_board
from rumbo.systems.evaluation.presenters.goal_list import Scope, filters_of
from rumbo.systems.evaluation.presenters.menus import areas_menu, months_menu
from rumbo.systems.evaluation.presenters.opened import Opened, below, tops
from rumbo.systems.evaluation.presenters.pages import parts_of
from rumbo.systems.evaluation.presenters.warnings import board_alerts
from rumbo.systems.evaluation.presenters.wording import closing_name, parameters_note
from rumbo.systems.evaluation.queries.listing import listed, places_of, rows_of
from rumbo.systems.evaluation.views.opening import ground_of, must_see_everything, open_board


@door(Permission.VIEW_BOARDS)
def institution(request: Request) -> HttpResponse:
    """Who sees only some areas goes to the board of theirs."""
    opened = open_board(request)
    seen = request.actor.units(Permission.VIEW_BOARDS, request.institution.pk)
    if seen is not None:
        mine = tops(ground_of(request).units, seen)
        if not mine:
            raise Http404
        address = redirect("evaluation:area", slug=request.institution.slug, code=mine[0].code)
        address["Location"] += f"?{request.GET.urlencode()}" if request.GET else ""
        return address
    if opened is None:
        return render(request, "evaluation/nothing_yet.html", {})
    more = {"alerts": SimpleLazyObject(lambda: board_alerts(opened))}
    return _answer(request, "evaluation/institution.html", opened, lambda: institution_board(opened, request.GET), more)


@door(Permission.VIEW_BOARDS)
def area(request: Request, code: str) -> HttpResponse:
    units = ground_of(request).all_units
    unit = next((unit for unit in units if unit.code == code), None)
    if unit is None:
        raise Http404
    require(request.actor, Permission.VIEW_BOARDS, request.institution.pk, unit.pk)
    opened = open_board(request)
    if opened is None:
        return render(request, "evaluation/nothing_yet.html", {})
    others = [one for one in units if opened.sees(one.pk) and (one.retired_on is None or one.pk == unit.pk)]
    menu = areas_menu(opened, others, unit) if len(others) > 1 else ""
    alerts = SimpleLazyObject(lambda: board_alerts(opened, units=below(units, unit), within={"area": unit.code}))
    more = {"unit": unit, "areas_menu": menu, "alerts": alerts}
    gather = lambda: area_board(opened, request.GET, unit, units)  # noqa: E731  (called where the page is drawn)
    return _answer(request, "evaluation/area.html", opened, gather, more)


@door(Permission.VIEW_BOARDS)
def element(request: Request, code: str) -> HttpResponse:
    must_see_everything(request)
    opened = open_board(request)
    if opened is None:
        return render(request, "evaluation/nothing_yet.html", {})
    plan = opened.ground.plan_on(opened.period.last_day)
    depth = request.GET.get("nivel", "")
    found = planning.element_by_code(plan, code, int(depth) if depth.isdecimal() else None) if plan else None
    if plan is None or found is None:
        raise Http404
    chain = opened.ground.chains(plan).get(found.pk, ())
    alerts = SimpleLazyObject(
        lambda: board_alerts(opened, elements=planning.subtree_ids(found), within={"elemento": str(found.ref)})
    )
    more = {"element": found, "chain": chain[:-1], "alerts": alerts}
    gather = lambda: element_board(opened, request.GET, plan, found)  # noqa: E731
    return _answer(request, "evaluation/element.html", opened, gather, more)


@door(Permission.VIEW_BOARDS)
def download(request: Request, kind: str) -> HttpResponse:
    """The list with the filters of the address, of the areas that whoever asks may see."""
    opened = open_board(request)
    if opened is None or kind not in ("xlsx", "csv"):
        raise Http404
    units = [unit for unit in opened.ground.units if opened.sees(unit.pk)]
    plan = opened.ground.plan_on(opened.period.last_day)
    form = ListForm(request.GET, units=units, elements=opened.ground.below(plan, None))
    filters = filters_of(opened, form, Scope(units=opened.seen), units, plan)
    rows = rows_of(listed(request.institution.pk, opened.month, filters))
    places = places_of(request.institution.pk, opened.month, [row.indicator_id for row in rows])
    name = f"metas-{request.institution.slug}-{opened.period}.{kind}"
    if kind == "csv":
        return downloaded(downloads.table(opened, rows, places), name, "text/csv; charset=utf-8")
    return workbook_answer(downloads.workbook(opened, rows, places, request.today), name)


def _answer(
    request: Request, template: str, opened: Opened, gather: Callable[[], Board], more: dict[str, Any] | None = None
) -> HttpResponse:
    """The board is gathered only where something of it is not kept already."""
    closing = opened.month.closing
    version = closing.scheme_version if closing else opened.ground.scheme_version_on(opened.period.last_day)
    context = {
        "opened": opened,
        "board": SimpleLazyObject(gather),
        "kept": parts_of(request, opened),
        "month": opened.month,
        "closing": closing,
        "closing_name": closing_name(closing) if closing else "",
        "earlier": opened.months.of(opened.period.plus(-1)),
        "later": opened.months.after(opened.month),
        "months_menu": months_menu(opened),
        "parameters_note": parameters_note(version),
    }
    return render(request, template, context | (more or {}))
