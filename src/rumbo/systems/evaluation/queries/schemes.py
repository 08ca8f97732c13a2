"""The scheme in force: the version with the latest start on or before the last day of the period (decision B).

An institution is evaluated by its general scheme, or by the one that it assigned to itself; an indicator by its own
assignment when it has one.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from rumbo.core.engine.scheme import Scheme
from rumbo.core.timekeeping.period import Period
from rumbo.systems.evaluation.models import SchemeAssignment, SchemeVersion

GENERAL = SchemeVersion.GENERAL


@dataclass(frozen=True, slots=True)
class Schemes:
    """Everything that an institution decided about its schemes: versions and assignments, from the oldest."""

    versions: Mapping[str, list[SchemeVersion]]
    assignments: list[SchemeAssignment]

    def version_on(self, day: date, indicator_id: int | None = None) -> SchemeVersion | None:
        """What evaluates the institution, or an indicator; the first version for days before it (carga histórica)."""
        if indicator_id is not None:
            own = self.special_on(day).get(indicator_id)
            if own is not None:
                return own
        code = ""
        for one in self._started(day):
            code = one.scheme if one.indicator_id is None else code
        return in_force(self.versions.get(code or GENERAL, []), day)

    def special_on(self, day: date) -> dict[int, SchemeVersion]:
        """The indicators with a scheme of their own, and its version."""
        codes = {one.indicator_id: one.scheme for one in self._started(day) if one.indicator_id is not None}
        found = {pk: in_force(self.versions.get(code, []), day) for pk, code in codes.items() if code}
        return {pk: version for pk, version in found.items() if version is not None}

    def _started(self, day: date) -> Iterable[SchemeAssignment]:
        return (one for one in self.assignments if one.effective_from <= day)


@dataclass(frozen=True, slots=True)
class InForce:
    """What evaluates some months (columns 0..11 of their year): the general scheme, and those of some indicators."""

    version: SchemeVersion | None
    columns: list[int]
    special: Mapping[int, SchemeVersion] = field(default_factory=dict)

    @property
    def scheme(self) -> Scheme:
        return parameters_of(self.version)

    def rows_of(self, indicator_ids: Sequence[int]) -> list[tuple[SchemeVersion, list[int]]]:
        """The places in `indicator_ids` that each scheme of some indicators evaluates."""
        found: dict[int, tuple[SchemeVersion, list[int]]] = {}  # by identity: a proposed version has no key yet
        for row, pk in enumerate(indicator_ids if self.special else ()):
            if pk in self.special:
                version = self.special[pk]
                found.setdefault(id(version), (version, []))[1].append(row)
        return list(found.values())

    def with_version(self, proposed: SchemeVersion, *, everywhere: bool = False) -> "InForce":
        """As though `proposed` were in force wherever its scheme evaluates today; or for the whole institution."""
        general = self.version.scheme if self.version else GENERAL
        return InForce(
            proposed if everywhere or general == proposed.scheme else self.version,
            self.columns,
            {pk: proposed if one.scheme == proposed.scheme else one for pk, one in self.special.items()},
        )

    def with_indicator(self, indicator_id: int, version: SchemeVersion | None) -> "InForce":
        """As though an indicator had this scheme; None gives it back to the general one."""
        special = {pk: one for pk, one in self.special.items() if pk != indicator_id}
        return InForce(self.version, self.columns, special | ({indicator_id: version} if version else {}))

    def uses(self, code: str) -> bool:
        """Whether the scheme evaluates anything."""
        general = self.version.scheme if self.version else GENERAL
        return general == code or any(one.scheme == code for one in self.special.values())


def schemes_of(institution_id: int) -> Schemes:
    """Two queries."""
    versions: dict[str, list[SchemeVersion]] = {}
    for version in SchemeVersion.objects.filter(institution=institution_id).order_by("effective_from", "number"):
        versions.setdefault(version.scheme, []).append(version)
    assignments = SchemeAssignment.objects.filter(institution=institution_id).select_related("indicator")
    return Schemes(versions, list(assignments.order_by("effective_from", "pk")))


def schemes_by_month(institution_id: int, months: Iterable[Period]) -> list[InForce]:
    """The months of one year grouped by what is in force on their last day."""
    schemes = schemes_of(institution_id)
    groups: list[InForce] = []
    for month in months:
        version, special = schemes.version_on(month.last_day), schemes.special_on(month.last_day)
        same = next((one for one in groups if (one.version, one.special) == (version, special)), None)
        if same is None:
            groups.append(InForce(version, [month.month - 1], special))
        else:
            same.columns.append(month.month - 1)
    return groups


def in_force_on(institution_id: int, period: Period) -> InForce:
    """For one month."""
    return schemes_by_month(institution_id, [period])[0]


def scheme_version_on(institution_id: int, day: date) -> SchemeVersion | None:
    """The institution's; None when it decided nothing."""
    return schemes_of(institution_id).version_on(day)


def scheme_in_force(institution_id: int, day: date, indicator_id: int | None = None) -> Scheme:
    """Its parameters as the engine takes them; the product's defaults when the institution decided nothing."""
    return parameters_of(schemes_of(institution_id).version_on(day, indicator_id))


def in_force(versions: list[SchemeVersion], day: date) -> SchemeVersion | None:
    started = [version for version in versions if version.effective_from <= day]
    return started[-1] if started else (versions[0] if versions else None)


def parameters_of(version: SchemeVersion | None) -> Scheme:
    return Scheme.from_parameters(version.parameters if version else {})
