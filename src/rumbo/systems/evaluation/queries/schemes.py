"""The scheme in force: the version with the latest start on or before the last day of the period (decision B).

An indicator is evaluated by the scheme assigned to it; without one, by that of the contract that its goal is measured
under that day; without one, by that of the institution, which is the general one until it assigns itself another.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from rumbo.core.engine.scheme import Scheme
from rumbo.core.timekeeping.period import Period
from rumbo.systems.evaluation.models import SchemeAssignment, SchemeVersion
from rumbo.systems.indicators import queries as indicators
from rumbo.systems.indicators.queries import Term

GENERAL = SchemeVersion.GENERAL
type Key = tuple[str, int]  # what an assignment names: "indicator", "contract" or the institution
WHOLE: Key = ("institution", 0)


@dataclass(frozen=True, eq=False)
class Schemes:
    """Everything that an institution decided about its schemes: versions and assignments, from the oldest.

    `under`: the indicators measured under each contract that was ever assigned a scheme, or is about to be, each with
    the days on which it is.
    """

    versions: Mapping[str, list[SchemeVersion]]
    assignments: list[SchemeAssignment]
    under: Mapping[int, Sequence[tuple[int, Term]]] = field(default_factory=dict)

    def version_on(self, day: date, indicator_id: int | None = None) -> SchemeVersion | None:
        """What evaluates the institution, or an indicator; the first version for days before it (carga histórica)."""
        if indicator_id is not None:
            own = self._own(("indicator", indicator_id), day) or self._own(self._contract_of(indicator_id, day), day)
            if own is not None:
                return own
        return self._own(WHOLE, day) or in_force(self.versions.get(GENERAL, []), day)

    def special_on(self, day: date) -> dict[int, SchemeVersion]:
        """The indicators with a scheme that is not the institution's, and its version."""
        found: dict[int, SchemeVersion] = {}
        for kind in ("contract", "indicator"):  # the latter over the former
            for key in self._by_key:
                version = self._own(key, day) if key[0] == kind else None
                if version is not None:
                    found |= dict.fromkeys(self.reached_by(key, day), version)
        return found

    def assigned_on(self, day: date, key: Key) -> SchemeAssignment | None:
        """The latest assignment of this very thing, whatever it ends or begins."""
        started = [one for one in self._by_key.get(key, ()) if one.effective_from <= day]
        return started[-1] if started else None

    def reached_by(self, key: Key, day: date) -> Sequence[int]:
        """The indicators that it names: itself, or those under the contract that day."""
        kind, pk = key
        return (pk,) if kind == "indicator" else [one for one, term in self.under.get(pk, ()) if term.holds(day)]

    def proposal(self, key: Key, version: SchemeVersion | None, day: date) -> "Callable[[InForce], InForce]":
        """What is in force as though `key` were assigned `version` that day; None: as though its own one ended."""
        if key == WHOLE:
            return lambda schemes: schemes if version is None else schemes.with_version(version, everywhere=True)
        kind, pk = key
        if kind == "indicator":
            instead = version or self._own(self._contract_of(pk, day), day)
            return lambda schemes: schemes.with_indicators((pk,), instead)
        ids = [each for each in self.reached_by(key, day) if self._own(("indicator", each), day) is None]
        return lambda schemes: schemes.with_indicators(ids, version)

    def _own(self, key: Key | None, day: date) -> SchemeVersion | None:
        one = self.assigned_on(day, key) if key is not None else None
        return in_force(self.versions.get(one.scheme, []), day) if one is not None else None

    @cached_property
    def _by_key(self) -> Mapping[Key, list[SchemeAssignment]]:
        found: dict[Key, list[SchemeAssignment]] = {}
        for one in self.assignments:
            found.setdefault(key_of(one), []).append(one)
        return found

    def _contract_of(self, indicator_id: int, day: date) -> Key | None:
        terms = self._terms_of.get(indicator_id, ())
        return next((("contract", term.contract) for term in terms if term.holds(day)), None)

    @cached_property
    def _terms_of(self) -> Mapping[int, list[Term]]:
        found: dict[int, list[Term]] = {}
        for pk, term in (one for measured in self.under.values() for one in measured):
            found.setdefault(pk, []).append(term)
        return found


def key_of(assignment: SchemeAssignment) -> Key:
    """What it names."""
    if assignment.indicator_id is not None:
        return "indicator", assignment.indicator_id
    return ("contract", assignment.contract_id) if assignment.contract_id is not None else WHOLE


@dataclass(frozen=True, slots=True)
class InForce:
    """What evaluates some months of one year: the general scheme, and those of some indicators."""

    version: SchemeVersion | None
    months: list[Period]
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
            self.months,
            {pk: proposed if one.scheme == proposed.scheme else one for pk, one in self.special.items()},
        )

    def with_indicators(self, ids: Collection[int], version: SchemeVersion | None) -> "InForce":
        """As though these indicators had this scheme; None gives them back to the institution's."""
        rest = {pk: one for pk, one in self.special.items() if pk not in ids}
        return InForce(self.version, self.months, rest | (dict.fromkeys(ids, version) if version else {}))

    def uses(self, code: str) -> bool:
        """Whether the scheme evaluates anything."""
        general = self.version.scheme if self.version else GENERAL
        return general == code or any(one.scheme == code for one in self.special.values())


def schemes_of(institution_id: int, *, also: Collection[int] = ()) -> Schemes:
    """Two queries; one more where a contract was assigned a scheme, or `also` names some about to be."""
    versions: dict[str, list[SchemeVersion]] = {}
    for version in SchemeVersion.objects.filter(institution=institution_id).order_by("effective_from", "number"):
        versions.setdefault(version.scheme, []).append(version)
    found = SchemeAssignment.objects.filter(institution=institution_id).select_related("indicator", "contract")
    assignments = list(found.order_by("effective_from", "pk"))
    contracts = {one.contract_id for one in assignments if one.contract_id is not None} | set(also)
    return Schemes(versions, assignments, indicators.indicator_terms(contracts))


def schemes_by_month(institution_id: int, months: Iterable[Period]) -> list[InForce]:
    """The months of one year grouped by what is in force on their last day."""
    schemes = schemes_of(institution_id)
    groups: list[InForce] = []
    for month in months:
        version, special = schemes.version_on(month.last_day), schemes.special_on(month.last_day)
        same = next((one for one in groups if (one.version, one.special) == (version, special)), None)
        if same is None:
            groups.append(InForce(version, [month], special))
        else:
            same.months.append(month)
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
