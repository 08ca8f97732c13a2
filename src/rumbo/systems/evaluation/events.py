"""What the evaluation announces, inside its transaction."""

from dataclasses import dataclass
from datetime import datetime

from rumbo.core.vocabulary.announcement import Announcement


@dataclass(frozen=True, slots=True)
class MonthClosed:
    """A month was sealed, or superseded by a complementary closing."""

    institution_id: int
    period: int
    closing_id: int
    at: datetime


month_closed = Announcement[MonthClosed]()
