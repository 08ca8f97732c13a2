"""What indicators tell, inside their transaction, to the apps above."""

from dataclasses import dataclass
from datetime import datetime

from rumbo.core.vocabulary.announcement import Announcement
from rumbo.core.vocabulary.permission import Actor


@dataclass(frozen=True, slots=True)
class ProgrammeChanged:
    """What the evaluation of these indicators stands on changed: their targets, their sheet, their goal or their area.

    `periods` are the months whose programmed value changed, in order; empty when only the definition did (then every
    year that the indicators have programmed is touched). Who keeps closed months may refuse by raising.
    """

    institution_id: int
    fiscal_start: int
    indicator_ids: tuple[int, ...]
    periods: tuple[int, ...]
    at: datetime
    by: Actor


programme_changed: Announcement[ProgrammeChanged] = Announcement()
