"""Under which contract a goal is measured, since when and until when. Pure.

The goal says what was decided last: a contract or none, and since when (None: always). What held before is kept as
terms; a later decision ends one and never rewrites those before it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from rumbo.core.rendering.told import Day
from rumbo.core.vocabulary.marking import N_
from rumbo.core.vocabulary.refusal import Refusal


class MembershipOutOfOrder(Refusal):
    """What is decided of a goal's contract starts after what was decided before, on a day that is said."""


@dataclass(frozen=True, slots=True)
class Decided:
    """The contract's key, None for none; `since` None: always."""

    contract: int | None = None
    since: date | None = None


@dataclass(frozen=True, slots=True)
class Term:
    """From `since` (None: always) until the day before `until` (None: still)."""

    contract: int
    since: date | None
    until: date | None

    def holds(self, day: date) -> bool:
        return (self.since is None or self.since <= day) and (self.until is None or day < self.until)


@dataclass(frozen=True, slots=True)
class Turn:
    """What a decision leaves: what holds from now on; the term that it ends; another end for the last of those before.

    Both are None where there is nothing to keep or to move.
    """

    now: Decided
    ended: Term | None = None
    last_until: date | None = None


def wanted(now: Decided, contract: int | None, since: date | None, *, starts_on: date | None) -> Decided:
    """What is asked for: without a date, another contract holds since `starts_on`, and the same one since it did."""
    return Decided(contract, starts_on if since is None and contract != now.contract else since)


def turn(now: Decided, before: Sequence[Term], wanted: Decided) -> Turn | None:
    """From `now`, after the terms `before` in time order, to `wanted`; None when it already says so.

    `wanted.since` None keeps the date of the same contract. Raises MembershipOutOfOrder.
    """
    last = before[-1] if before else None
    if wanted.contract == now.contract:
        undated = now == Decided() or wanted.since in (None, now.since)  # what never had a contract has no date
        return None if undated else _dated_again(now, last, wanted)
    if wanted.since is None:
        raise MembershipOutOfOrder(N_("Escriba desde cuándo deja de medirse bajo su contrato. No se guardó."))
    if now.since is not None and (wanted.since < now.since or (now.contract and wanted.since == now.since)):
        raise MembershipOutOfOrder(
            N_("Lo anterior vale desde el %(day)s: el cambio de contrato va después de ese día. No se guardó."),
            day=Day(now.since),
        )
    ended = Term(now.contract, now.since, wanted.since) if now.contract is not None else None
    return Turn(wanted, ended=ended)


def _dated_again(now: Decided, last: Term | None, wanted: Decided) -> Turn:
    """The same contract from another day: the term before it ends there, if it ended where this one began."""
    together = last is not None and last.until == now.since
    first = None if last is None else last.since if together else last.until
    too_early = first is not None and wanted.since is not None and wanted.since <= first
    if first is not None and too_early:
        raise MembershipOutOfOrder(
            N_("Otro contrato valía el %(day)s: escriba un día posterior. No se guardó."), day=Day(first)
        )
    return Turn(wanted, last_until=wanted.since if together else None)
