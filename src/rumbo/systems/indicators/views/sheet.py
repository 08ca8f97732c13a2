"""The sheet of a goal: the ficha técnica of its indicators, its programme, its changes and its history."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render

from rumbo.core.vocabulary.permission import Permission
from rumbo.foundation.audit import queries as audit
from rumbo.foundation.planning import queries as planning
from rumbo.foundation.ui.doors import Request, door
from rumbo.systems.indicators import presenters, queries
from rumbo.systems.indicators.views.subject import goal_of, year_in

HISTORY = 30  # events shown; the trail has them all


@door(Permission.VIEW_PLAN)
def goal(request: Request, ref: UUID) -> HttpResponse:
    found = goal_of(request, ref)
    programmes = queries.programmes_of_goal(found)
    this_year = request.institution.year_on(request.today).year
    years = sorted({item.year for items in programmes.values() for item in items} | {this_year})
    year = year_in(request.GET.get("anio", ""), this_year)
    fiscal = request.institution.year_called(year)
    of_year = {key: item for key, items in programmes.items() for item in items if item.year == year}
    live = [indicator for indicator in found.indicators.all() if indicator.retired_on is None]
    refs = [str(found.ref), *(str(item.ref) for item in live)]
    refs += [str(item.ref) for items in programmes.values() for item in items]
    judged = queries.findings_of_goal(found, of_year, year, on=request.today)
    plan = found.plan_element.plan
    context = {
        "goal": found,
        "contracts": queries.terms_of(found),
        "chain": planning.chains_of(plan).get(found.plan_element_id, ()),
        "year": year,
        "year_label": fiscal.label,
        "years": [request.institution.year_called(one) for one in years],
        "blocks": [
            {
                "indicator": indicator,
                "sheet": presenters.sheet(indicator),
                "asked": queries.asked_of(indicator),
                "year": presenters.year_of(indicator, of_year[indicator.pk], fiscal)
                if indicator.pk in of_year
                else None,
            }
            for indicator in live
        ],
        "changes": presenters.changes(queries.changes_of(found)),
        "findings": [judgement for judgement in judged if not judgement.finding.is_met],
        "history": [
            (event, presenters.ACTIONS.get(event.action, event.action))
            for event in audit.history_of_all(refs)[:HISTORY]
        ],
    }
    return render(request, "indicators/goal.html", context)
