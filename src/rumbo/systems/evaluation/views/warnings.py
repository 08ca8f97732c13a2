"""Early warnings: the list, its workbook, and the page where one is followed."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from rumbo.core.timekeeping.period import Period
from rumbo.core.vocabulary.permission import Permission
from rumbo.core.vocabulary.refusal import Forbidden, Refusal
from rumbo.core.vocabulary.risk import Risk
from rumbo.core.vocabulary.trail import ACTIONS
from rumbo.core.vocabulary.warning_state import WarningState
from rumbo.foundation.audit import queries as audit
from rumbo.foundation.organization import queries as organization
from rumbo.foundation.planning import queries as planning
from rumbo.foundation.ui.doors import Request, door
from rumbo.foundation.ui.exchange import workbook_answer
from rumbo.foundation.ui.presenters import filled
from rumbo.systems.evaluation import actions
from rumbo.systems.evaluation.forms.warnings import CloseWarningForm, DecideForm, DoForm
from rumbo.systems.evaluation.models import EarlyWarning, Outlook
from rumbo.systems.evaluation.presenters import warnings as presenters
from rumbo.systems.evaluation.presenters.opened import below
from rumbo.systems.evaluation.presenters.wording import month_and_year
from rumbo.systems.evaluation.queries import warnings as queries
from rumbo.systems.evaluation.queries.warnings import AtRisk, Estimated, Wanted
from rumbo.systems.evaluation.states import STEPS
from rumbo.systems.indicators import queries as indicators

PAGE = 25
UNPROCESSABLE = 422
FILTERS = ("area", "elemento", "riesgo", "estado", "critica")
RISKS = {"alto": Risk.HIGH, "medio": Risk.MEDIUM, "bajo": Risk.LOW}


@dataclass(frozen=True, slots=True)
class Chosen:
    """The month and the filters of an address, as far as they are understood: a shared address never fails."""

    months: list[Estimated]
    month: Estimated | None
    wanted: Wanted
    units: list[Any]
    element: Any = None


@door(Permission.VIEW_BOARDS)
def warnings(request: Request) -> HttpResponse:
    """Critical ones first, then the most likely to miss."""
    chosen = _chosen(request)
    month, institution = chosen.month, request.institution
    found: QuerySet[Outlook] | list[Outlook] = (
        queries.at_risk(institution, month.period, chosen.wanted) if month else []
    )
    page = Paginator(found, PAGE).get_page(request.GET.get("pagina"))
    shown = queries.followed(list(page.object_list), institution.year_of(month.period).year) if month else []
    context = {
        "page": page,
        "lines": presenters.lines_of(institution, shown, request.today),
        "month": month,
        "year": institution.year_of(month.period) if month else None,
        "months": [(str(one.period), month_and_year(one.period)) for one in chosen.months],
        "counts": queries.counts_by_risk(institution.pk, month.period, _seen(request))[0] if month else {},
        "units": [(unit.code, unit.name) for unit in chosen.units],
        "element": chosen.element,
        "narrowed": any(request.GET.get(name) for name in FILTERS),
        "risks": [(word, _(risk.label)) for word, risk in RISKS.items()],
        "states": [(state.value, _(state.label)) for state in WarningState],
        "may_mark": any(
            one.warning and one.warning.state == WarningState.NEW and queries.may_attend(request.actor, one.warning)
            for one in shown
        ),
    }
    return render(request, "evaluation/warnings.html", context)


@door(Permission.VIEW_BOARDS)
def download(request: Request) -> HttpResponse:
    """The list with the filters of its address."""
    chosen = _chosen(request)
    if chosen.month is None:
        raise Http404
    period = chosen.month.period
    found = _followed(request, period, chosen.wanted)
    lines = presenters.lines_of(request.institution, found, request.today)
    content = presenters.workbook(request.institution, lines, chosen.month, request.today)
    name = f"alertas-{request.institution.slug}-{period}.xlsx"
    return workbook_answer(content, name)


@door(Permission.VIEW_BOARDS)
@require_POST
def seen(request: Request) -> HttpResponse:
    """Every new one of the list that whoever asks follows."""
    chosen = _chosen(request)
    if chosen.month is not None:
        period = chosen.month.period
        found = _followed(request, period, chosen.wanted)
        mine = [one.warning for one in found if one.warning and queries.may_attend(request.actor, one.warning)]
        told = actions.see_warnings(
            institution=request.institution, warnings=mine, by=request.actor, on=request.today, at=request.now
        )
        said = ngettext("%(count)s alerta quedó como vista.", "%(count)s alertas quedaron como vistas.", len(told))
        messages.success(request, said % {"count": len(told)})
    answer = redirect("evaluation:warnings", request.institution.slug)
    answer["Location"] += f"?{request.GET.urlencode()}" if request.GET else ""
    return answer


@door(Permission.VIEW_BOARDS)
def warning(request: Request, ref: UUID) -> HttpResponse:
    return _page(request, _found(request, ref))


@door(Permission.VIEW_BOARDS)
@require_POST
def see(request: Request, ref: UUID) -> HttpResponse:
    found = _found(request, ref)
    if not _allowed(request, found)["see"]:
        raise PermissionDenied
    actions.see_warnings(
        institution=request.institution, warnings=[found], by=request.actor, on=request.today, at=request.now
    )
    return redirect("evaluation:warning", request.institution.slug, found.ref)


@door(Permission.VIEW_BOARDS)
@require_POST
def decide(request: Request, ref: UUID) -> HttpResponse:
    return _step(request, ref, "decide", DecideForm, actions.decide_warning, _("La decisión quedó guardada."))


@door(Permission.VIEW_BOARDS)
@require_POST
def do(request: Request, ref: UUID) -> HttpResponse:
    return _step(request, ref, "do", DoForm, actions.do_warning, _("Lo decidido quedó informado como cumplido."))


@door(Permission.VIEW_BOARDS)
@require_POST
def close(request: Request, ref: UUID) -> HttpResponse:
    said = _("La alerta se cerró. Volverá a aparecer si el riesgo sube.")
    return _step(request, ref, "close", CloseWarningForm, actions.close_warning, said)


def _step(
    request: Request, ref: UUID, name: str, kind: type[forms.Form], action: Callable[..., EarlyWarning], said: str
) -> HttpResponse:
    found, form = _found(request, ref), kind(request.POST)
    if form.is_valid():
        try:
            action(warning=found, by=request.actor, on=request.today, at=request.now, **form.cleaned_data)
        except Forbidden as refusal:
            raise PermissionDenied(filled(refusal)) from refusal
        except Refusal as refusal:
            form.add_error(None, ValidationError(filled(refusal)))
        else:
            messages.success(request, said)
            return redirect("evaluation:warning", request.institution.slug, found.ref)
    elif not _allowed(request, found)[name]:
        raise PermissionDenied
    return _page(request, found, {name: form})


def _allowed(request: Request, found: EarlyWarning) -> dict[str, bool]:
    """Which steps are of whoever asks."""
    actor = request.actor
    attends = queries.may_attend(actor, found)
    return {
        "see": attends,
        "decide": queries.may_decide(actor, found),
        "do": attends,
        "close": queries.may_follow(actor, found.institution_id),
    }


def _may(request: Request, found: EarlyWarning) -> dict[str, bool]:
    """Those of them that the warning still takes."""
    state = WarningState(found.state)
    open_to = {name: mine and state in STEPS[name] for name, mine in _allowed(request, found).items()}
    return open_to | {"do": open_to["do"] and found.done_on is None}


def _page(request: Request, found: EarlyWarning, failed: dict[str, forms.Form] | None = None) -> HttpResponse:
    """The estimate of the newest month of its year beside the follow-up."""
    of_year = request.institution.year_called(found.year).months
    months = [one for one in queries.estimated_months(request.institution.pk) if one.period in of_year]
    goal = indicators.goal_by_code(request.institution, found.goal.code)
    indicator = goal.principal_indicator if goal else None
    outlook = queries.outlook_of(indicator.pk, months[0].period) if months and indicator else None
    line = None
    if outlook is not None and goal is not None and indicator is not None:
        outlook.goal, outlook.indicator = goal, indicator
        (line,) = presenters.lines_of(request.institution, [AtRisk(outlook, found)], request.today)
    may, bound = _may(request, found), failed or {}
    initial = {
        "decision": found.decision, "due_on": found.due_on,
        "responsible_post": found.responsible_post or (goal.responsible_post if goal else ""),
    }  # fmt: skip
    events = audit.history_of("evaluation.earlywarning", str(found.ref))
    context = {
        "warning": found,
        "goal": found.goal,
        "alert": line,
        "overdue": queries.is_overdue(found, request.today),
        "may": may,
        "turn": "" if may["decide"] or may["do"] or may["close"] else presenters.whose_turn(found),
        "decide_form": bound.get("decide") or DecideForm(initial=initial),
        "do_form": bound.get("do") or DoForm(),
        "close_form": bound.get("close") or CloseWarningForm(),
        "history": [(event.at, event.actor, _(ACTIONS[event.action])) for event in reversed(events)],
        "raised": month_and_year(Period.of(found.period)),
    }
    return render(request, "evaluation/warning.html", context, status=UNPROCESSABLE if failed else 200)


def _found(request: Request, ref: UUID) -> EarlyWarning:
    found = queries.warning_seen(request.actor, request.institution, ref)
    if found is None:
        raise Http404
    return found


def _followed(request: Request, period: Period, wanted: Wanted) -> list[AtRisk]:
    """All of the list, whatever the page on show."""
    found = list(queries.at_risk(request.institution, period, wanted))
    return queries.followed(found, request.institution.year_of(period).year)


def _seen(request: Request) -> frozenset[int] | None:
    return request.actor.units(Permission.VIEW_BOARDS, request.institution.pk)


def _chosen(request: Request) -> Chosen:
    asked, held = request.GET, _seen(request)
    months = queries.estimated_months(request.institution.pk)
    month = next((one for one in months if str(one.period) == asked.get("mes")), months[0] if months else None)
    units = [unit for unit in organization.units_of(request.institution) if held is None or unit.pk in held]
    top = next((unit for unit in units if unit.code == asked.get("area")), None)
    limit = held if top is None else below(units, top)
    states = {state.value: state for state in WarningState}
    element = _element(request, month)
    return Chosen(
        months=months,
        month=month,
        wanted=Wanted(
            units=limit,
            elements=planning.subtree_ids(element) if element else None,
            risk=RISKS.get(asked.get("riesgo", "")),
            critical=True if asked.get("critica") == "1" else None,
            state=states.get(asked.get("estado", "")),
        ),
        units=units,
        element=element,
    )


def _element(request: Request, month: Estimated | None) -> Any:
    """The part of the plan that the address names, as a plan element's board does; None asks for the whole plan."""
    asked = request.GET.get("elemento", "")
    plan = planning.plan_of(request.institution, month.period.last_day) if asked and month else None
    return next((one for one in planning.elements_of(plan) if str(one.ref) == asked), None) if plan else None
