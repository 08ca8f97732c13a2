"""The parts of boards that were drawn already, kept while nothing is written.

A board says the same to everybody who may see the same areas, in the same language and on the same day, until the
institution's trail grows or its open month is computed again. Filtered lists are each their own and are not kept.
"""

from collections.abc import MutableMapping
from typing import TYPE_CHECKING

from django.utils.safestring import SafeString
from django.utils.translation import get_language

from rumbo.foundation.audit.queries import Memory
from rumbo.systems.evaluation.presenters.opened import Opened

if TYPE_CHECKING:
    from django.http import HttpRequest

type Parts = MutableMapping[str, SafeString]

PLAIN = frozenset({"mes", "nivel"})  # parameters of a board that is shown as it opens
_drawn = Memory(48)  # pages of some 200 KB; ours: those that an institution in use looks at between two captures


def parts_of(request: "HttpRequest", opened: Opened) -> Parts:
    """What `{% kept %}` finds and leaves: empty for a page that is drawn for the first time."""
    if not PLAIN.issuperset(request.GET):
        return {}
    months = tuple((month.period.index, month.newest) for month in opened.months.months if month.is_open)
    name = (request.get_full_path(), opened.period.index, months, opened.seen, opened.today, get_language())
    ground = opened.ground
    return _drawn.under(ground.institution.slug, ground.head, name, dict[str, SafeString])
