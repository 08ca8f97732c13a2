"""Which pieces of evidence whoever reads may open."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from rumbo.systems.captures import queries as captures
from rumbo.systems.evaluation.presenters.opened import Opened

if TYPE_CHECKING:
    from rumbo.systems.captures.models import Capture, Evidence
    from rumbo.systems.indicators.models import Goal, Indicator


def openable(
    opened: Opened, goal: "Goal", indicator: "Indicator", held: "Iterable[tuple[Capture, Iterable[Evidence]]]"
) -> frozenset[int]:
    """Primary keys. No query: captures, indicator and goal were read already."""
    indicator.goal = goal
    found = set()
    for capture, pieces in held:
        capture.indicator = indicator
        for piece in pieces:
            piece.capture = capture
            if captures.may_open(opened.actor, opened.institution, piece):
                found.add(piece.pk)
    return frozenset(found)
