"""What every board starts from: whose it is, who looks, which month is shown and how far they may see."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING
from urllib.parse import quote

from django.urls import reverse

from rumbo.core.timekeeping.period import Period
from rumbo.core.timekeeping.slots import FiscalYear
from rumbo.core.vocabulary.permission import Actor, Permission
from rumbo.foundation.ui.presenters import DEFAULT_ACCENT, parse_colour, readable, written
from rumbo.systems.evaluation.queries.board_months import BoardMonth, BoardMonths
from rumbo.systems.evaluation.queries.ground import Ground

if TYPE_CHECKING:
    from rumbo.foundation.organization.models import Institution, Unit


@dataclass(frozen=True, slots=True)
class Opened:
    """`seen`: the areas whose boards the actor may open, None for all of them. `accent`: the institution's colour."""

    ground: Ground
    actor: Actor
    today: date
    seen: frozenset[int] | None
    months: BoardMonths
    month: BoardMonth
    accent: str

    @property
    def institution(self) -> "Institution":
        return self.ground.institution

    @property
    def whole(self) -> bool:
        return self.seen is None

    @property
    def period(self) -> Period:
        return self.month.period

    @property
    def year(self) -> FiscalYear:
        return self.month.year

    @property
    def before(self) -> BoardMonth | None:
        return self.months.before(self.month)

    @property
    def links(self) -> "Links":
        return Links(self.institution.slug, str(self.period))

    def sees(self, unit_id: int) -> bool:
        return self.seen is None or unit_id in self.seen


@dataclass(frozen=True, slots=True)
class Links:
    """Addresses that carry the month, so that what is shared shows what was seen."""

    slug: str
    month: str

    def board(self) -> str:
        return self._of("board")

    def area(self, code: str) -> str:
        return self._of("area", code)

    def element(self, code: str, depth: int) -> str:
        return self._of("element", code) + f"&nivel={depth}"

    def goal(self, code: str) -> str:
        return self._of("goal", code)

    def calculation(self, code: str, measure: str = "") -> str:
        """Of a goal, or of one of its other indicators."""
        return self._of("indicator_calculation" if measure else "calculation", code, measure)

    def calculation_files(self, code: str, measure: str = "") -> dict[str, str]:
        """The same on paper and as data."""
        prefix = "indicator_calculation" if measure else "calculation"
        return {kind: self._of(f"{prefix}_{kind}", code, measure) for kind in ("sheet", "data")}

    def rolled(self, figure: str, *, area: str = "", element: str = "", depth: int = 0) -> str:
        """The explanation of a figure of many goals."""
        subject = f"&area={quote(area)}" if area else f"&eje={quote(element)}&nivel={depth}" if element else ""
        return self._of("rolled") + f"&dato={figure}{subject}"

    @property
    def download(self) -> dict[str, str]:
        """Without month nor filters, which the page adds from its own address."""
        kinds = ("xlsx", "csv")
        return {kind: reverse("evaluation:download", kwargs={"slug": self.slug, "kind": kind}) for kind in kinds}

    def _of(self, name: str, code: str | None = None, measure: str = "") -> str:
        # the code is quoted here: `reverse` for each row of a list costs more than the row
        kwargs = {"slug": self.slug} | ({} if code is None else {"code": "_0_"})
        address = reverse(f"evaluation:{name}", kwargs=kwargs | ({"measure": measure} if measure else {}))
        return f"{address.replace('_0_', quote(code or '', safe=''), 1)}?mes={self.month}"


def opened(ground: Ground, actor: Actor, today: date, wanted: str) -> Opened | None:
    """The month asked for as 2026-10, or the last closed. None when there is no such month. Raises InvalidPeriod."""
    months = ground.months(today)
    month = months.of(Period.parse(wanted)) if wanted else months.first_shown
    if month is None:
        return None
    colour = parse_colour(ground.settings_on(today).accent_colour)
    return Opened(
        ground=ground,
        actor=actor,
        today=today,
        seen=actor.units(Permission.VIEW_BOARDS, ground.institution.pk),
        months=months,
        month=ground.shown(month),
        accent=written(readable(colour)) if colour else DEFAULT_ACCENT,
    )


def tops(units: "Collection[Unit]", seen: frozenset[int] | None) -> "list[Unit]":
    """Of the tree (in order), the areas that the actor sees and that hang from none that they see."""
    mine = [unit for unit in units if seen is None or unit.pk in seen]
    known = {unit.pk for unit in mine}
    return [unit for unit in mine if unit.parent_id not in known]


def children(units: "Collection[Unit]", parent: "Unit | None") -> "list[Unit]":
    """Directly below an area; below the only root, for the institution; the roots, when there are several."""
    if parent is None:
        roots = [unit for unit in units if unit.parent_id is None]
        if len(roots) != 1:
            return roots
        parent = roots[0]
    return [unit for unit in units if unit.parent_id == parent.pk]


def below(units: "Collection[Unit]", top: "Unit") -> frozenset[int]:
    """The area and everything below it."""
    return frozenset(unit.pk for unit in units if unit.path.startswith(top.path))
