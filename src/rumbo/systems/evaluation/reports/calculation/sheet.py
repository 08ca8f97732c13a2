"""The calculation sheet of one goal: made when it is asked for, told to the trail."""

from datetime import date, datetime
from typing import TYPE_CHECKING

from django.utils import translation
from django.utils.translation import gettext

from rumbo.core.rendering.text import Language
from rumbo.core.vocabulary.permission import Actor
from rumbo.foundation.organization import queries as organization
from rumbo.systems.evaluation.reports.calculation.printed import TITLE, print_calculation
from rumbo.systems.evaluation.reports.frame import frame_of
from rumbo.systems.evaluation.reports.paper import typeset
from rumbo.systems.evaluation.reports.telling import tell
from rumbo.systems.evaluation.reports.words import Voice

if TYPE_CHECKING:
    from rumbo.systems.evaluation.presenters.calculations import GoalCalculation


def calculation_sheet(
    calculation: "GoalCalculation", *, by: Actor, on: date, at: datetime, language: Language, site: str
) -> bytes:
    """PDF. Whoever calls has asked already whether `by` may see the goal."""
    opened, code = calculation.opened, calculation.code
    with translation.override(language):
        named = organization.as_called_on(opened.institution, opened.period.last_day)
        voice = Voice(language, gettext)
        frame = frame_of(named, opened.period, opened.month.closing, voice=voice, on=on, site=site)
        title = f"{voice.say(TITLE)}. {code}. {voice.month_and_year(opened.period)}"
        content = typeset(frame, "calculation", title, print_calculation(frame, calculation))
    files = {f"{code}.pdf": content}
    tell(
        "calculation",
        f"{TITLE}, {code}",
        files,
        institution=opened.institution,
        period=opened.period,
        by=by,
        at=at,
    )
    return content
