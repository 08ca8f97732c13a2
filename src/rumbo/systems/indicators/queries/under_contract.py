"""Which goals are measured under a contract, and when: as dated as the schemes that their contracts are assigned."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.db.models import DateField, Q, Value
from django.db.models.functions import Cast

from rumbo.systems.indicators.membership import Decided, Term
from rumbo.systems.indicators.models import FormerContract, Goal, Indicator
from rumbo.systems.indicators.queries.goals import goals_with_all

if TYPE_CHECKING:
    from rumbo.foundation.contracts.models import Contract
    from rumbo.foundation.organization.models import Institution


@dataclass(frozen=True, slots=True)
class Measured:
    """A contract and the days on which a goal is, was or will be measured under it."""

    contract: "Contract"
    term: Term


def terms_of(goal: Goal) -> list[Measured]:
    """In time order. One query; none for a goal that never had a contract."""
    if decided_of(goal) == Decided():
        return []
    former = goal.former_contracts.select_related("contract").order_by("until")
    found = [Measured(one.contract, _term(one)) for one in former]
    return (
        [*found, Measured(goal.contract, Term(goal.contract.pk, goal.contract_since, None))] if goal.contract else found
    )


def decided_of(goal: Goal) -> Decided:
    """What was decided last."""
    return Decided(goal.contract_id, goal.contract_since)


def former_terms(institution: "Institution") -> dict[int, list[Term]]:
    """Those before it, by goal and in time order. One query."""
    found: dict[int, list[Term]] = {}
    for one in FormerContract.objects.filter(institution=institution).order_by("until"):
        found.setdefault(one.goal_id, []).append(_term(one))
    return found


def former_terms_of(goal: Goal) -> list[Term]:
    """The same of one goal, saved or not yet."""
    return [_term(one) for one in goal.former_contracts.order_by("until")] if goal.pk else []


def indicator_terms(contracts: Collection[int]) -> Mapping[int, Sequence[tuple[int, Term]]]:
    """By contract, the indicators of the goals ever measured under it, retired ones included, each with its days.

    One query; none for none.
    """
    if not contracts:
        return {}
    now = Indicator.objects.filter(goal__contract__in=list(contracts)).order_by()
    before = FormerContract.objects.filter(contract__in=list(contracts), goal__indicators__isnull=False).order_by()
    still = Cast(Value(None), DateField())
    rows = now.values_list("goal__contract_id", "pk", "goal__contract_since", still).union(
        before.values_list("contract_id", "goal__indicators__pk", "since", "until"), all=True
    )
    rows = rows.order_by()  # a union takes the table's own order again
    found: dict[int, list[tuple[int, Term]]] = {}
    for contract, pk, since, until in sorted(rows, key=lambda row: row[1]):
        found.setdefault(contract, []).append((pk, Term(contract, since, until)))
    return found


def goals_under(contract_id: int, on: date) -> list[Goal]:
    """The live ones measured under a contract that day, in their order."""
    return list(goals_with_all().filter(_under(contract_id, on), retired_on__isnull=True))


def ever_under(contract_id: int) -> bool:
    """Whether any live goal is, was or will be measured under it."""
    known = Q(contract=contract_id) | Q(former_contracts__contract=contract_id)
    return Goal.objects.filter(known, retired_on__isnull=True).exists()


def contract_counts(institution: "Institution | int", on: date) -> dict[int, int]:
    """Live goals measured under each contract that day. Two queries."""
    live = Goal.objects.filter(institution=institution, retired_on__isnull=True).order_by()
    now = live.filter(_begun("contract_since", on), contract__isnull=False)
    before = FormerContract.objects.filter(_begun("since", on), goal__in=live, until__gt=on).order_by()
    return dict(Counter([*now.values_list("contract_id", flat=True), *before.values_list("contract_id", flat=True)]))


def _under(contract_id: int, on: date) -> Q:
    before = FormerContract.objects.filter(_begun("since", on), contract=contract_id, until__gt=on)
    return (Q(contract=contract_id) & _begun("contract_since", on)) | Q(pk__in=before.values("goal"))


def _begun(name: str, on: date) -> Q:
    return Q(**{f"{name}__isnull": True}) | Q(**{f"{name}__lte": on})


def _term(one: FormerContract) -> Term:
    return Term(one.contract_id, one.since, one.until)
