"""Putting goals under a contract, or out of it, from a day on. Inside the transaction of who changes them."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from rumbo.systems.indicators import queries
from rumbo.systems.indicators.membership import Decided, Term, Turn, turn, wanted
from rumbo.systems.indicators.models import FormerContract, Goal

if TYPE_CHECKING:
    from rumbo.foundation.contracts.models import Contract


def decide_contract(goal: Goal, contract: "Contract | None", since: date | None) -> Turn | None:
    """Sets it on the goal, still to be saved; gives what `keep_terms` has to write. Raises MembershipOutOfOrder."""
    now, key = queries.decided_of(goal), contract.pk if contract else None
    asked = wanted(now, key, since, starts_on=contract.starts_on if contract else None)
    decided = turn(now, queries.former_terms_of(goal), asked)
    if decided is not None:
        goal.contract, goal.contract_since = contract, decided.now.since
    return decided


def placed(goal: Goal, values: Mapping[str, Any], before: Sequence[Term]) -> tuple[Mapping[str, Any], Turn | None]:
    """The values of a row with its contract as it is to be stored, and what `keep_terms` has to write for it.

    Raises MembershipOutOfOrder.
    """
    if "contract_id" not in values:
        return values, None
    now = queries.decided_of(goal)
    decided = turn(now, before, Decided(values["contract_id"], values.get("contract_since")))
    stored = decided.now if decided else now
    return dict(values) | {"contract_id": stored.contract, "contract_since": stored.since}, decided


def keep_terms(turns: Iterable[tuple[Goal, Turn]]) -> None:
    """The terms that decisions ended, and the ends that they moved, of goals already saved."""
    ended: list[FormerContract] = []
    for goal, decided in turns:
        if decided.last_until is not None:
            last = FormerContract.objects.filter(goal=goal).order_by("until").last()
            FormerContract.objects.filter(pk=last.pk if last else 0).update(until=decided.last_until)
        term = decided.ended
        if term is not None and term.until is not None:
            house, contract = goal.institution_id, term.contract
            ended.append(
                FormerContract(
                    goal=goal, institution_id=house, contract_id=contract, since=term.since, until=term.until
                )
            )
    FormerContract.objects.bulk_create(ended)
