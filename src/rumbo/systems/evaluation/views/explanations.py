"""«¿Cómo se calculó?» to take along: as a sheet of paper and as data."""

from django.http import Http404, HttpResponseBase, JsonResponse
from django.views.decorators.http import require_http_methods

from rumbo.core.vocabulary.permission import Permission
from rumbo.foundation.ui.doors import Request, door
from rumbo.foundation.ui.exchange import downloaded
from rumbo.systems.evaluation.exchange.explanation import explanation_data
from rumbo.systems.evaluation.exchange.explanation_of_many import rolled_data
from rumbo.systems.evaluation.presenters.calculations import GoalCalculation, goal_calculation
from rumbo.systems.evaluation.presenters.wording import language
from rumbo.systems.evaluation.reports.calculation.sheet import calculation_sheet
from rumbo.systems.evaluation.views.goals import found_goal, found_rolled


@door(Permission.VIEW_BOARDS)
def data(request: Request, code: str, measure: str = "") -> HttpResponseBase:
    """JSON, for who checks the figure with a program of their own."""
    return JsonResponse(
        explanation_data(_calculation(request, code, measure)), json_dumps_params={"ensure_ascii": False}
    )


@door(Permission.VIEW_BOARDS)
def rolled(request: Request) -> HttpResponseBase:
    """JSON of a figure of many goals."""
    return JsonResponse(rolled_data(found_rolled(request)), json_dumps_params={"ensure_ascii": False})


@door(Permission.VIEW_BOARDS)
@require_http_methods(["GET"])  # taking a document is told to the trail, and HEAD takes none
def sheet(request: Request, code: str, measure: str = "") -> HttpResponseBase:
    """PDF."""
    calculation = _calculation(request, code, measure)
    content = calculation_sheet(
        calculation,
        by=request.actor,
        on=request.today,
        at=request.now,
        language=language(),
        site=request.build_absolute_uri("/"),
    )
    name = f"{request.institution.slug}-{calculation.opened.period}-{calculation.code}-memoria-de-calculo.pdf"
    return downloaded(content, name, "application/pdf")


def _calculation(request: Request, code: str, measure: str) -> GoalCalculation:
    """Asks as the page does; 404 when the month has no result of the goal."""
    explained = goal_calculation(*found_goal(request, code, measure))
    if explained is None:
        raise Http404
    return explained
