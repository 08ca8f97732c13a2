"""What every board of an institution stands on: its areas, its plan, its closings, its scheme.

Read once for each head of the institution's trail and shared by all boards after it: none of it is to be changed.
"""

from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from rumbo.foundation.audit.queries import remembered
from rumbo.foundation.organization import queries as organization
from rumbo.foundation.planning import queries as planning
from rumbo.systems.evaluation.models import SchemeVersion
from rumbo.systems.evaluation.queries.board_months import BoardMonth, BoardMonths, board_months, closed_months, shown
from rumbo.systems.evaluation.queries.rollups import Membership, membership
from rumbo.systems.evaluation.queries.schemes import schemes_of

if TYPE_CHECKING:
    from rumbo.foundation.organization.models import Institution, Unit
    from rumbo.foundation.organization.settings import InstitutionSettings
    from rumbo.foundation.planning.models import Plan, PlanElement


@dataclass(frozen=True, slots=True)
class Ground:
    """`head`: of the institution's trail when the page was asked for."""

    institution: "Institution"
    head: str

    @property
    def all_units(self) -> "list[Unit]":
        """The tree in order, with those retired."""
        return organization.units_under(self.institution, self.head)

    @property
    def units(self) -> "list[Unit]":
        return organization.in_tree_order(unit for unit in self.all_units if unit.retired_on is None)

    @property
    def membership(self) -> Membership:
        return remembered(self.institution.slug, self.head, "membership", partial(membership, self.institution.pk))

    def settings_on(self, day: date) -> "InstitutionSettings":
        return organization.settings_under(self.institution, self.head, day)

    def plan_on(self, day: date) -> "Plan | None":
        return planning.plan_under(self.institution, self.head, day)

    def below(self, plan: "Plan | None", parent: "PlanElement | None") -> "list[PlanElement]":
        """As `planning.queries.elements_below`; nothing without a plan."""
        if plan is None:
            return []
        elements = planning.elements_under(plan, self.institution.slug, self.head).values()
        found = [
            one
            for one in elements
            if one.retired_on is None and (one.level.depth == 1 if parent is None else one.parent_id == parent.pk)
        ]
        return sorted(found, key=lambda one: (one.level.depth, one.position, one.code))

    def chains(self, plan: "Plan") -> "dict[int, tuple[PlanElement, ...]]":
        """Of each element, its chain from the top down to itself."""
        elements = planning.elements_under(plan, self.institution.slug, self.head)
        return remembered(
            self.institution.slug, self.head, ("chains", plan.pk), partial(planning.chains_among, elements)
        )

    def months(self, today: date) -> BoardMonths:
        closed = remembered(self.institution.slug, self.head, "closed months", partial(closed_months, self.institution))
        return board_months(self.institution, today, closed)

    def shown(self, month: BoardMonth) -> BoardMonth:
        """The month with its closing and scheme."""
        if month.closing_id is None:
            return month
        return remembered(self.institution.slug, self.head, ("closing", month.closing_id), partial(shown, month))

    def scheme_version_on(self, day: date) -> SchemeVersion | None:
        schemes = remembered(self.institution.slug, self.head, "schemes", partial(schemes_of, self.institution.pk))
        return schemes.version_on(day)
