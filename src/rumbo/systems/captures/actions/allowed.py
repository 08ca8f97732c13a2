"""The questions that every action asks before it writes."""

from datetime import date, datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from rumbo.core.vocabulary.marking import N_
from rumbo.core.vocabulary.permission import Actor, Permission
from rumbo.core.vocabulary.refusal import Forbidden
from rumbo.systems.captures.actions.refusals import SelfReview

if TYPE_CHECKING:
    from rumbo.foundation.organization.models import Institution
    from rumbo.systems.captures.models import Capture


def demand(by: Actor, permission: Permission, institution: "Institution", unit_id: int | None = None) -> None:
    """Raises Forbidden."""
    if not by.may(permission, institution.pk, unit_id):
        raise Forbidden(N_("No tiene permiso para esto en esta área. Si lo necesita, pídalo a quien administra."))


def refuse_own(by: Actor, capture: "Capture", *, submitted: bool = False) -> None:
    """Nobody reviews what they captured or sent. Raises SelfReview."""
    if by.person_id is not None and (capture.captured_by_id == by.person_id or submitted):
        raise SelfReview


def local_day(institution: "Institution", at: datetime) -> date:
    """The legal day of a moment, where the institution is."""
    return at.astimezone(ZoneInfo(institution.time_zone)).date()
