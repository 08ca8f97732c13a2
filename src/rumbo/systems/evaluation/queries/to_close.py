"""The next month to close: when it is due, what is missing in it, and what will be sealed."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from rumbo.core.timekeeping.period import Period
from rumbo.core.vocabulary.capture_state import CaptureState
from rumbo.core.vocabulary.owed import Owed
from rumbo.core.vocabulary.permission import Actor, Permission
from rumbo.foundation.calendars import queries as calendars
from rumbo.foundation.organization import queries as organization
from rumbo.systems.captures import queries as captures
from rumbo.systems.captures.queries import PendingUnit
from rumbo.systems.evaluation.models import SchemeVersion
from rumbo.systems.evaluation.queries.closings import first_programmed_period, last_closed_period
from rumbo.systems.evaluation.queries.schemes import scheme_version_on
from rumbo.systems.indicators import queries as indicators

if TYPE_CHECKING:
    from rumbo.foundation.organization.models import Institution
    from rumbo.systems.captures.models import Correction


@dataclass(frozen=True, slots=True)
class ToClose:
    """`ended`: the month is over and may be closed. `due`: reports owed; `validated`: those that will be sealed."""

    period: Period
    due_on: date
    ended: bool
    due: int
    pending: list[PendingUnit]
    version: SchemeVersion | None
    adjustments: "list[Correction]" = field(default_factory=list)

    @property
    def by_state(self) -> dict[CaptureState, int]:
        """Unfinished captures by where they stand, in the order of the work."""
        counts: Counter[CaptureState] = Counter()
        for unit in self.pending:
            counts.update(unit.by_state)
        return {state: counts[state] for state in CaptureState if counts[state]}

    @property
    def unfinished(self) -> int:
        return sum(unit.count for unit in self.pending)

    @property
    def validated(self) -> int:
        return max(self.due - self.unfinished, 0)


def next_to_close(institution_id: int) -> Period | None:
    """The month after the last closed; the first with programme when none is; None without programme."""
    last = last_closed_period(institution_id)
    return last.plus(1) if last else first_programmed_period(institution_id)


def to_close(institution: "Institution", on: date) -> ToClose | None:
    """A fixed number of queries. None when nothing is programmed."""
    period = next_to_close(institution.pk)
    if period is None:
        return None
    return ToClose(
        period=period,
        due_on=close_due_day(institution, period, on),
        ended=period.last_day < on,
        due=len(indicators.due_in(institution, period.index)),
        pending=captures.omissions_by_unit(institution, period.index),
        version=scheme_version_on(institution.pk, period.last_day),
        adjustments=captures.adjustments_in(institution, period.index),
    )


def close_due_day(institution: "Institution", period: Period, on: date) -> date:
    """The business day of the next month on which the institution closes (Q-12)."""
    settings = organization.settings_on(institution, on)
    return calendars.business_day_of_month(institution, period.plus(1), settings.close_due_day)


def owed(actor: Actor, *, on: date) -> list[Owed]:
    """In every institution of the actor."""
    return [line for institution in organization.institutions_of(actor) for line in owed_in(actor, institution, on=on)]


def owed_in(actor: Actor, institution: "Institution", *, on: date) -> list[Owed]:
    """The oldest month that has ended and waits to be closed, for who closes. Corrections are told by captures."""
    if not actor.may(Permission.CLOSE_MONTH, institution.pk):
        return []
    period = next_to_close(institution.pk)
    if period is None or period.last_day >= on:
        return []
    more = Period.containing(on).index - period.index - 1
    detail = ngettext("Hay %(count)s mes más por cerrar", "Hay %(count)s meses más por cerrar", more)
    return [
        Owed(
            kind="close",
            title=_("Cerrar %(month)s de %(year)s") % {"month": _(period.month_name), "year": period.year},
            detail=detail % {"count": more} if more else "",
            url=reverse("evaluation:closing", kwargs={"slug": institution.slug}),
            due_on=close_due_day(institution, period, on),
        )
    ]
