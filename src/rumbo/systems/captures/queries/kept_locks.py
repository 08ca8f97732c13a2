"""Whether the months that the trail says were closed are still closed, with the omissions that were accepted."""

from collections import defaultdict

from django.utils.translation import gettext as _

from rumbo.core.timekeeping.period import Period
from rumbo.foundation.audit import queries as audit
from rumbo.foundation.calendars.queries import month_and_year
from rumbo.systems.captures.models import MonthLock, Omission

LOCKED = "captures.lock_month"


def altered_locks() -> list[str]:
    """For `rumbo audit verify`: locks and omissions have no events of their own, but that of their closing."""
    told = {
        (chain, details["period"]): sorted((one["count"], one["reason"]) for one in details["omissions"])
        for chain, _ref, details in audit.details_of(LOCKED)
    }
    locks = set(MonthLock.objects.values_list("institution__slug", "period"))
    accepted: dict[tuple[str, int], list[tuple[int, str]]] = defaultdict(list)
    for slug, period, count, reason in Omission.objects.values_list("institution__slug", "period", "count", "reason"):
        accepted[slug, period].append((count, reason))
    problems = []
    for slug, period in sorted(told.keys() | locks | accepted.keys()):
        words = {"institution": slug, "month": month_and_year(Period.of(period))}
        if (slug, period) not in locks:
            problems.append(_("%(institution)s: %(month)s se cerró y su candado ya no está") % words)
        elif (slug, period) not in told:
            problems.append(_("%(institution)s: el candado de %(month)s no lo puso ningún cierre") % words)
        elif sorted(accepted[slug, period]) != told[slug, period]:
            problems.append(
                _("%(institution)s: las omisiones de %(month)s no son las que se aceptaron al cerrar") % words
            )
    return problems
