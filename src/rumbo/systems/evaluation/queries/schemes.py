"""The scheme in force: the version with the latest start on or before the last day of the period (decision B)."""

from collections.abc import Iterable
from datetime import date

from rumbo.core.engine.scheme import Scheme
from rumbo.core.timekeeping.period import Period
from rumbo.systems.evaluation.models import SchemeVersion


def scheme_version_on(institution_id: int, day: date) -> SchemeVersion | None:
    """The version in force on a day; the first one for days before it (carga histórica); None when there is none."""
    return in_force(versions_of(institution_id), day)


def scheme_in_force(institution_id: int, day: date) -> Scheme:
    """Its parameters as the engine takes them; the product's defaults when the institution decided nothing."""
    return _scheme(scheme_version_on(institution_id, day))


def schemes_by_month(
    institution_id: int, months: Iterable[Period]
) -> list[tuple[SchemeVersion | None, Scheme, list[int]]]:
    """The months of one year (as columns 0..11) grouped by the version in force on their last day. One query."""
    versions = versions_of(institution_id)
    groups: dict[SchemeVersion | None, list[int]] = {}
    for month in months:
        groups.setdefault(in_force(versions, month.last_day), []).append(month.month - 1)
    return [(version, _scheme(version), columns) for version, columns in groups.items()]


def versions_of(institution_id: int) -> list[SchemeVersion]:
    """From the oldest."""
    return list(SchemeVersion.objects.filter(institution=institution_id).order_by("effective_from", "number"))


def in_force(versions: list[SchemeVersion], day: date) -> SchemeVersion | None:
    started = [version for version in versions if version.effective_from <= day]
    return started[-1] if started else (versions[0] if versions else None)


def _scheme(version: SchemeVersion | None) -> Scheme:
    return Scheme.from_parameters(version.parameters if version else {})
