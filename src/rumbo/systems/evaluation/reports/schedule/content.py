"""The year of each area: its goals with what is programmed month by month and quarter by quarter."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rumbo.core.vocabulary.accumulation import Accumulation
from rumbo.core.vocabulary.marking import N_
from rumbo.core.vocabulary.refusal import Refusal
from rumbo.systems.evaluation.queries.quarters import ProgrammeInTime, programmed_in_time
from rumbo.systems.evaluation.reports.alignment import content as alignment
from rumbo.systems.evaluation.reports.alignment.content import Aligned
from rumbo.systems.evaluation.reports.frame import Frame
from rumbo.systems.indicators import queries as indicators

if TYPE_CHECKING:
    from rumbo.foundation.organization.models import Unit
    from rumbo.systems.indicators.models import Indicator
    from rumbo.systems.indicators.programming import MonthTarget


class NothingProgrammed(Refusal):
    """No goal has a programme in the year."""


@dataclass(frozen=True, slots=True)
class Programmed:
    """One goal: [12] months and [4] quarters, in the unit of its indicator; `targets`, its months as set."""

    aligned: Aligned
    indicator: "Indicator"
    in_time: ProgrammeInTime
    targets: Mapping[int, "MonthTarget"]

    @property
    def adds_up(self) -> bool:
        return self.indicator.accumulation == Accumulation.SUM


@dataclass(frozen=True, slots=True)
class Schedule:
    """Areas in the order of their tree, those with goals alone."""

    frame: Frame
    areas: Sequence[tuple["Unit", Sequence[Programmed]]]


def gather(frame: Frame) -> Schedule:
    """A fixed number of queries. Raises NoPlan, NothingProgrammed."""
    aligned = alignment.gather(frame)
    in_time = programmed_in_time(frame.institution.pk, frame.year)
    by_unit: dict[int, list[Programmed]] = {}
    for row in aligned.rows:
        if row.indicator is not None and row.programme is not None:
            by_unit.setdefault(row.goal.unit_id, []).append(
                Programmed(
                    row,
                    row.indicator,
                    in_time.get(row.indicator.pk) or ProgrammeInTime(),
                    indicators.targets_of(row.programme),
                )
            )
    if not by_unit:
        raise NothingProgrammed(
            N_("Ninguna meta tiene programación en %(year)s. Cárguela antes de pedir este documento."),
            year=frame.year.label,
        )
    return Schedule(frame, [(unit, by_unit[unit.pk]) for unit in frame.units if unit.pk in by_unit])
