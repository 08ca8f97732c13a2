"""What the system already has, looked up once before reading a workbook against it."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from rumbo.core.rendering.cells import normal
from rumbo.foundation.contracts import queries as contracts
from rumbo.foundation.organization import queries as organization
from rumbo.foundation.planning import queries as planning
from rumbo.systems.indicators import queries
from rumbo.systems.indicators.actions import ProgrammeRow
from rumbo.systems.indicators.membership import Term
from rumbo.systems.indicators.models import Goal, Indicator, Programme
from rumbo.systems.indicators.programming import NO_BANDS, OwnBands

if TYPE_CHECKING:
    from rumbo.foundation.contracts.models import Contract
    from rumbo.foundation.organization.models import Institution


@dataclass(frozen=True, slots=True)
class Known:
    """Goals by code, retired ones included; live areas and plan elements by code, contracts by number; the former terms
    of goals by key; programmes by indicator and year."""

    goals: dict[str, Goal]
    indicators: dict[str, Indicator]
    owners: dict[str, str]
    units: dict[str, int]
    contracts: dict[str, "Contract"]
    terms: dict[int, list[Term]]
    elements: dict[str, int]
    programmes: dict[tuple[int, int], Programme]

    def goal_of(self, indicator: str) -> str | None:
        return self.owners.get(indicator)

    def element(self, code: str, existing: Goal | None) -> int | None:
        """By «code», of several levels the lowest, or by «level: code». What a goal already hangs from stays."""
        if existing is not None and existing.plan_element.code == code:
            return existing.plan_element_id
        level, _, rest = code.partition(":")
        return self.elements.get(f"{normal(level)}:{rest.strip()}" if rest else code)

    def is_agreed(self, indicator: str, row: ProgrammeRow) -> bool:
        """Whether the goal was agreed and the row would change what its year has programmed."""
        stored = self.indicators.get(indicator)
        if stored is None or self.goals[self.owners[indicator]].agreed_on is None:
            return False
        programme = self.programmes.get((stored.pk, row.year))
        if programme is None:
            return False
        in_force = (programme.annual_target, programme.low, programme.high, queries.targets_of(programme))
        return (*in_force, bands_of(programme)) != (row.annual_target, row.low, row.high, row.months, row.bands)

    def own_bands(self, indicator: str, year: int) -> OwnBands:
        """Those of its programme; none where it has none."""
        stored = self.indicators.get(indicator)
        programme = self.programmes.get((stored.pk, year)) if stored else None
        return bands_of(programme) if programme else NO_BANDS


def bands_of(programme: Programme) -> OwnBands:
    return OwnBands(programme.units_green, programme.units_amber, programme.units_below)


def known_of(institution: "Institution", years: Collection[int], *, on: date) -> Known:
    goals = {goal.code: goal for goal in queries.goals_of(institution, with_retired=True)}
    owners = {indicator.code: goal.code for goal in goals.values() for indicator in goal.indicators.all()}
    plan = planning.plan_of(institution, on)
    elements: dict[str, int] = {}
    # From the top down: of several levels with the same code, the lowest stays.
    for element in sorted(planning.elements_of(plan) if plan else [], key=lambda item: item.level.depth):
        elements[element.code] = element.pk
        elements[f"{normal(element.level.singular)}:{element.code}"] = element.pk
    return Known(
        goals=goals,
        indicators={indicator.code: indicator for goal in goals.values() for indicator in goal.indicators.all()},
        owners=owners,
        units={unit.code: unit.pk for unit in organization.units_of(institution)},
        contracts={contract.number: contract for contract in contracts.contracts_of(institution)},
        terms=queries.former_terms(institution),
        elements=elements,
        programmes={
            (programme.indicator_id, year): programme
            for year in sorted(years)
            for programme in queries.programmes_of(institution, year).values()
        },
    )
