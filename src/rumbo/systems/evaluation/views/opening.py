"""The first questions of every board: which month, which area or goal, and may whoever asks see it?"""

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.utils.translation import gettext as _

from rumbo.core.timekeeping.period import InvalidPeriod
from rumbo.core.vocabulary.permission import Permission
from rumbo.foundation.ui.doors import Request
from rumbo.systems.evaluation.presenters.opened import Opened, opened
from rumbo.systems.evaluation.queries.ground import Ground


def open_board(request: Request) -> Opened | None:
    """None when nothing was ever evaluated. A month that does not exist is answered with 404."""
    wanted = request.GET.get("mes", "").strip()
    try:
        found = opened(ground_of(request), request.actor, request.today, wanted)
    except InvalidPeriod as error:
        raise Http404(str(error)) from error
    if found is None and wanted:
        raise Http404(wanted)
    return found


def ground_of(request: Request) -> Ground:
    return Ground(request.institution, str(request.head))


def must_see_everything(request: Request) -> None:
    """For what speaks of the whole institution."""
    if request.actor.units(Permission.VIEW_BOARDS, request.institution.pk) is not None:
        raise PermissionDenied(_("Este tablero es de toda la institución y su puesto ve el de su área."))


def must_read_every_report(request: Request) -> None:
    """The documents speak of the whole institution."""
    if request.actor.units(Permission.VIEW_REPORTS, request.institution.pk) is not None:
        raise PermissionDenied(_("Los informes son de toda la institución y su puesto ve los de su área."))
