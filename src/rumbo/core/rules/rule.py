"""One rule: its sentence, where it comes from, since when it holds, and the question it asks."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from rumbo.core.rules.finding import Finding, Severity, not_applicable
from rumbo.core.vocabulary.marking import N_


@dataclass(frozen=True, slots=True)
class Citation:
    """Where the rule is written: document and place, and the ids of the requirements catalogue it answers to.

    A rule of our own (`ours=True`) says so: no document fixes it and the institution may decide otherwise.
    """

    document: str
    place: str = ""
    requirements: tuple[str, ...] = ()
    ours: bool = False

    def __str__(self) -> str:
        return ", ".join(part for part in (self.document, self.place) if part)


@dataclass(frozen=True, slots=True)
class InForce:
    """Days on which the rule holds, both included; None leaves the side open."""

    since: date | None = None
    until: date | None = None

    def __post_init__(self) -> None:
        if self.since and self.until and self.until < self.since:
            raise ValueError("a rule cannot end before it begins")

    def holds_on(self, day: date) -> bool:
        return (self.since is None or self.since <= day) and (self.until is None or day <= self.until)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule[Subject]:
    """`code` is "app.name", stable: closings and audit events name it. `check` is pure."""

    code: str
    sentence: str
    citation: Citation
    severity: Severity
    check: Callable[[Subject], Finding]
    in_force: InForce = InForce()
    exceptions: tuple[str, ...] = ()

    def broken(self, template: str, /, *, evidence: Mapping[str, Any] | None = None, **params: Any) -> Finding:
        """The finding of a subject that does not meet the rule; its verdict is that of the severity."""
        return Finding(self.severity.verdict, template, params, evidence or {})

    def judge(self, subject: Subject, *, on: date) -> "Judgement":
        """What the rule says of a subject on a day; outside its dates it does not apply, and says so."""
        if not self.in_force.holds_on(on):
            return Judgement(self, not_applicable(_NOT_IN_FORCE))
        return Judgement(self, self.check(subject))


@dataclass(frozen=True, slots=True)
class Judgement:
    """A rule and what it found."""

    rule: Rule[Any]
    finding: Finding

    @property
    def blocks(self) -> bool:
        return not self.finding.is_met and self.rule.severity is Severity.BLOCKS


_NOT_IN_FORCE = N_("La regla no estaba vigente en esa fecha.")
