"""A line of the review queue: the value in the unit of its programme, so that both can be compared."""

from collections.abc import Sequence
from dataclasses import dataclass

from rumbo.core.rendering import text
from rumbo.core.vocabulary.accumulation import Accumulation
from rumbo.systems.captures.models import Capture, Evidence
from rumbo.systems.captures.presenters.sheet import written
from rumbo.systems.captures.presenters.words import Notice
from rumbo.systems.captures.queries import Waiting
from rumbo.systems.indicators.queries import asked_of


@dataclass(frozen=True, slots=True)
class ReviewLine:
    """`done` and `programmed` are of the month and in the same unit; `parts` is «101 / 127» when it is a ratio."""

    capture: Capture
    own: bool
    done: str
    parts: str
    programmed: str
    compliance: float | None
    light: int | None
    over: bool
    evidence: tuple[Evidence, ...]
    notices: tuple[Notice, ...]


def review_line(waiting: Waiting, notices: Sequence[Notice]) -> ReviewLine:
    capture, light = waiting.capture, waiting.light
    indicator = capture.indicator
    ratio = Accumulation(indicator.accumulation).by_parts or asked_of(indicator).has_denominator
    parts = written(capture.numerator, capture.denominator) if ratio else ""
    decimals = (
        max(indicator.decimals, 1) if ratio else indicator.decimals
    )  # 79.5 is not 80: one decimal, as in the form
    done = light.actual if ratio and light else capture.numerator
    return ReviewLine(
        capture=capture,
        own=waiting.own,
        done=text.number(done, decimals if ratio else None),
        parts=parts,
        programmed=text.number(light.programmed if light else None, decimals),
        compliance=light.compliance_to_date if light else None,
        light=light.light if light else None,
        over=bool(light and light.over),
        evidence=waiting.evidence,
        notices=tuple(notices),
    )
