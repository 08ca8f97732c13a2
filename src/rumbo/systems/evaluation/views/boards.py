"""Boards of the institution, of an area and of a plan element, and their list as a file."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from rumbo.core.vocabulary.permission import Permission
from rumbo.foundation.organization import queries as organization
from rumbo.foundation.planning import queries as planning
from rumbo.foundation.ui.doors import Request, door, require
from rumbo.systems.evaluation.forms import ListForm
from rumbo.systems.evaluation.presenters import boards, downloads
from rumbo.systems.evaluation.presenters.menus import areas_menu, months_menu
from rumbo.systems.evaluation.presenters.opened import Opened, tops
from rumbo.systems.evaluation.presenters.wording import closing_name, parameters_note
from rumbo.systems.evaluation.queries.listing import listed, places_of, rows_of
from rumbo.systems.evaluation.views.opening import must_see_everything, open_board

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@door(Permission.VIEW_BOARDS)
def institution(request: Request) -> HttpResponse:
    """Who sees only some areas goes to the board of theirs."""
    opened = open_board(request)
    seen = request.actor.units(Permission.VIEW_BOARDS, request.institution.pk)
    if seen is not None:
        mine = tops(organization.units_of(request.institution), seen)
        if not mine:
            raise Http404
        address = redirect("evaluation:area", slug=request.institution.slug, code=mine[0].code)
        address["Location"] += f"?{request.GET.urlencode()}" if request.GET else ""
        return address
    if opened is None:
        return render(request, "evaluation/nothing_yet.html", {})
    board = boards.institution_board(opened, request.GET)
    return _answer(request, "evaluation/institution.html", opened, board)


@door(Permission.VIEW_BOARDS)
def area(request: Request, code: str) -> HttpResponse:
    units = organization.units_of(request.institution, with_retired=True)
    unit = next((unit for unit in units if unit.code == code), None)
    if unit is None:
        raise Http404
    require(request.actor, Permission.VIEW_BOARDS, request.institution.pk, unit.pk)
    opened = open_board(request)
    if opened is None:
        return render(request, "evaluation/nothing_yet.html", {})
    board = boards.area_board(opened, request.GET, unit, units)
    others = [one for one in units if opened.sees(one.pk) and (one.retired_on is None or one.pk == unit.pk)]
    menu = areas_menu(opened, others, unit) if len(others) > 1 else ""
    return _answer(request, "evaluation/area.html", opened, board, {"unit": unit, "areas_menu": menu})


@door(Permission.VIEW_BOARDS)
def element(request: Request, code: str) -> HttpResponse:
    must_see_everything(request)
    opened = open_board(request)
    if opened is None:
        return render(request, "evaluation/nothing_yet.html", {})
    plan = planning.plan_of(request.institution, opened.period.last_day)
    depth = request.GET.get("nivel", "")
    found = planning.element_by_code(plan, code, int(depth) if depth.isdecimal() else None) if plan else None
    if plan is None or found is None:
        raise Http404
    board = boards.element_board(opened, request.GET, plan, found)
    chain = planning.chains_of(plan).get(found.pk, ())
    return _answer(request, "evaluation/element.html", opened, board, {"element": found, "chain": chain[:-1]})


@door(Permission.VIEW_BOARDS)
def download(request: Request, kind: str) -> HttpResponse:
    """The list with the filters of the address, of the areas that whoever asks may see."""
    opened = open_board(request)
    if opened is None or kind not in ("xlsx", "csv"):
        raise Http404
    units = [unit for unit in organization.units_of(request.institution) if opened.sees(unit.pk)]
    plan = planning.plan_of(request.institution, opened.period.last_day)
    axes = planning.elements_below(plan, None) if plan else []
    form = ListForm(request.GET, units=units, elements=axes)
    scope = boards.Scope(units=opened.seen)
    filters = boards.filters_of(opened, form, scope, units, plan)
    rows = rows_of(listed(request.institution.pk, opened.month, filters))
    places = places_of(request.institution.pk, opened.month, [row.indicator_id for row in rows])
    name = f"metas-{request.institution.slug}-{opened.period}.{kind}"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    if kind == "csv":
        text = downloads.table(opened, rows, places)
        return HttpResponse(text, content_type="text/csv; charset=utf-8", headers=headers)
    content = downloads.workbook(opened, rows, places, request.today)
    return HttpResponse(content, content_type=XLSX, headers=headers)


def _answer(
    request: HttpRequest, template: str, opened: Opened, board: boards.Board, more: dict[str, Any] | None = None
) -> HttpResponse:
    closing = opened.month.closing
    context = {
        "opened": opened,
        "board": board,
        "month": opened.month,
        "closing": closing,
        "closing_name": closing_name(closing) if closing else "",
        "earlier": opened.months.of(opened.period.plus(-1)),
        "later": opened.months.after(opened.month),
        "months_menu": months_menu(opened),
        "parameters_note": parameters_note(board.snapshot.version),
    }
    return render(request, template, context | (more or {}))
