"""What planning tells, inside its transaction, to the apps above it."""

from dataclasses import dataclass, field
from datetime import date

from rumbo.core.vocabulary.announcement import Announcement


@dataclass(frozen=True, slots=True)
class ElementRetired:
    """An element is being retired: whoever still hangs something from it refuses by raising."""

    institution_id: int
    element_id: int
    on: date


element_retired: Announcement[ElementRetired] = Announcement()


@dataclass(frozen=True, slots=True)
class CountAsked:
    """The page of the plan asks whoever hangs something from it: they add to `counts`, by element's key."""

    institution_id: int
    counts: dict[int, int] = field(default_factory=dict)


count_asked: Announcement[CountAsked] = Announcement()
