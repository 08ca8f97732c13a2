"""What the address of the sheet chooses: an area (which is remembered), a month, a standing, a page."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.core.paginator import Page, Paginator
from django.urls import reverse

from rumbo.core.timekeeping.period import Period
from rumbo.core.vocabulary.permission import Permission
from rumbo.foundation.organization import queries as organization
from rumbo.foundation.ui.doors import Request
from rumbo.systems.captures import queries
from rumbo.systems.captures.presenters.standing import Standing, asked_standing, ids_by_standing
from rumbo.systems.captures.queries import Sheet

if TYPE_CHECKING:
    from rumbo.foundation.organization.models import Unit

# Ours: rows of twelve months on one page. An area has fewer; whoever sees the whole institution goes page by page.
MOST_ROWS = 60
REMEMBERED = "sheet_area"  # in the session: the last area chosen in each institution


@dataclass(frozen=True, slots=True)
class Choice:
    """`area` is None when it is everything the actor sees; `standing` is None when it is all of them.

    `ids` are the keys of the indicators under each standing, what is missing first.
    """

    seen: "list[Unit]"
    area: "Unit | None"
    working: int
    standing: Standing | None
    ids: dict[Standing, list[int]]

    @property
    def wanted(self) -> list[int]:
        """Those of the standing that was asked for, in the order of the page."""
        return [pk for one, ids in self.ids.items() if self.standing in (None, one) for pk in ids]


def choice_of(request: Request) -> Choice:
    """From `?area=` (an area and everything below it), `?mes=2026-11` and `?ver=`."""
    seen, working = areas(request), working_of(request)
    area = _area(request, seen)
    slots = queries.slots_of(request.actor, request.institution, working, units=units_of(area))
    return Choice(seen, area, working, asked_standing(request.GET.get("ver", "")), ids_by_standing(slots))


def page_of(request: Request, choice: Choice) -> "Page[Any]":
    """Of indicators, in the order in which they are worked on."""
    return Paginator(choice.wanted, MOST_ROWS).get_page(request.GET.get("pagina"))


def sheet_of(request: Request, choice: Choice, ids: Sequence[int]) -> Sheet:
    """The twelve months of some of the indicators that may be seen."""
    return queries.sheet_of(
        request.actor,
        request.institution,
        year=request.institution.year_of(Period.of(choice.working)),
        working=choice.working,
        on=request.today,
        units=units_of(choice.area),
        indicator_ids=ids,
    )


def areas(request: Request) -> "list[Unit]":
    """Those that the actor sees, in the order of the tree."""
    seen = request.actor.units(Permission.VIEW_BOARDS, request.institution.pk)
    return [unit for unit in organization.units_of(request.institution) if seen is None or unit.pk in seen]


def units_of(area: "Unit | None") -> frozenset[int] | None:
    return frozenset(organization.subtree_ids(area)) if area else None


def working_of(request: Request) -> int:
    """The month asked for, or the one that is being worked on."""
    asked = request.GET.get("mes", "")
    try:
        return Period.parse(asked).index if asked else queries.working_period(request.institution, request.today)
    except ValueError:
        return queries.working_period(request.institution, request.today)


def address(request: Request, choice: Choice, *without: str) -> str:
    """Of the sheet on show, to come back to it. Its area and month are always said: it may be sent to somebody."""
    kept = request.GET.copy()
    for name in ("guardado", *without):
        kept.pop(name, None)
    kept["area"] = choice.area.code if choice.area else ""
    kept["mes"] = str(Period.of(choice.working))
    return f"{reverse('captures:home', kwargs={'slug': request.institution.slug})}?{kept.urlencode()}"


def _area(request: Request, seen: "list[Unit]") -> "Unit | None":
    """The one of the address, or the last one that was chosen; an empty one forgets it."""
    slug = request.institution.slug
    remembered: dict[str, str] = request.session.get(REMEMBERED, {})
    code = request.GET.get("area", remembered.get(slug, ""))
    found = next((unit for unit in seen if unit.code == code), None) if code else None
    kept = found.code if found else ""
    if "area" in request.GET and kept != remembered.get(slug, ""):
        request.session[REMEMBERED] = remembered | {slug: kept}
    return found
