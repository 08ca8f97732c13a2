"""What every write of this app asks and tells."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING

from rumbo.core.vocabulary.marking import N_
from rumbo.core.vocabulary.permission import Actor, Permission
from rumbo.core.vocabulary.refusal import Forbidden
from rumbo.systems.indicators.events import ProgrammeChanged, programme_changed
from rumbo.systems.indicators.programming import MonthTarget, exact

if TYPE_CHECKING:
    from rumbo.foundation.organization.models import Institution

type Amount = Decimal | int | str | None
type Months = Mapping[int, MonthTarget | tuple[Amount, Amount]]


def may_edit_goals(by: Actor, institution_id: int, unit_id: int) -> None:
    """Raises Forbidden."""
    if not by.may(Permission.EDIT_GOALS, institution_id, unit_id):
        raise Forbidden(
            N_("No se guardó la meta: la mantiene la Dirección de Planeación. Si requiere un cambio, solicítelo ahí.")
        )


def tell(
    institution: "Institution", indicators: Iterable[int], periods: Iterable[int], by: Actor, at: datetime
) -> None:
    """Announce inside the transaction; nothing when no indicator is touched."""
    ids = tuple(sorted(set(indicators)))
    if ids:
        told = tuple(sorted(set(periods)))
        programme_changed.announce(ProgrammeChanged(institution.pk, institution.fiscal_start, ids, told, at, by))


def exact_months(months: Months) -> dict[int, MonthTarget]:
    """With exact amounts, without months of which nothing is said. Raises AmountOutOfRange."""
    found = {}
    for period, target in months.items():
        numerator, denominator = (target.numerator, target.denominator) if isinstance(target, MonthTarget) else target
        kept = MonthTarget(exact(numerator), exact(denominator))
        if kept != MonthTarget():
            found[period] = kept
    return found
