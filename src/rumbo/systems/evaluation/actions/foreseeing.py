"""What is foreseen of each goal at the end of a month, kept."""

from typing import TYPE_CHECKING

from django.db import transaction

from rumbo.core.timekeeping.period import Period
from rumbo.systems.evaluation.models import Outlook
from rumbo.systems.evaluation.queries.foreseen import foreseen

if TYPE_CHECKING:
    from rumbo.foundation.organization.models import Institution

BATCH = 500
_SAME = (
    "indicator_id", "goal_id", "unit_id", "principal", "critical", "risk", "sureness", "probability", "expected", "low",
    "high", "pace", "recent",
)  # fmt: skip


def foresee_month(*, institution: "Institution", period: Period, learn: bool = True) -> int:
    """Store what is foreseen at the end of `period`, in place of what was. Returns of how many indicators.

    `learn`: former years correct it (see `queries.foreseen`). It is not part of a closing: no seal depends on it.
    """
    told = foreseen(institution.pk, period, learn=learn)
    rows = [
        Outlook(
            institution_id=institution.pk,
            period=period.index,
            reasons=[reason.stored() for reason in one.reasons],
            **{name: getattr(one, name) for name in _SAME},
        )
        for one in told
    ]
    with transaction.atomic():
        Outlook.objects.filter(institution=institution.pk, period=period.index).delete()
        Outlook.objects.bulk_create(rows, batch_size=BATCH)
    return len(rows)
