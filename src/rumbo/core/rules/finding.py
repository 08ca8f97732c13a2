"""What a rule says of one subject: a verdict, always with its reason in words."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from rumbo.core.vocabulary.filling import fill
from rumbo.core.vocabulary.marking import N_


class Verdict(StrEnum):
    PASS = "pass"  # noqa: S105  (a verdict, not a password)
    FAIL = "fail"
    NEEDS_JUSTIFICATION = "needs_justification"
    WARN = "warn"
    NOT_APPLICABLE = "not_applicable"

    @property
    def label(self) -> str:
        return _VERDICTS[self]


class Severity(StrEnum):
    """What follows when a rule is not met."""

    BLOCKS = "blocks"
    NEEDS_JUSTIFICATION = "needs_justification"
    WARNS = "warns"

    @property
    def label(self) -> str:
        return _SEVERITIES[self]

    @property
    def verdict(self) -> Verdict:
        """The verdict of a rule of this severity that is not met."""
        return _CONSEQUENCES[self]


@dataclass(frozen=True, slots=True)
class Finding:
    """`template` is the reason as a Spanish source string; a page translates it and fills `params`, which stay raw
    until then, in the kind that says how they are read (`rendering.told`).

    `evidence` holds the plain values the rule looked at, so that the verdict can be checked by hand.
    """

    verdict: Verdict
    template: str
    params: Mapping[str, Any] = field(default_factory=dict)
    evidence: Mapping[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if not self.template.strip():
            raise ValueError("a verdict always has a reason")

    @property
    def reason(self) -> str:
        """The reason in Spanish, filled in."""
        return fill(self.template, self.params)

    @property
    def is_met(self) -> bool:
        """Passed, or had nothing to judge."""
        return self.verdict in (Verdict.PASS, Verdict.NOT_APPLICABLE)


def passed(template: str, /, *, evidence: Mapping[str, Any] | None = None, **params: Any) -> Finding:
    return Finding(Verdict.PASS, template, params, evidence or {})


def failed(template: str, /, *, evidence: Mapping[str, Any] | None = None, **params: Any) -> Finding:
    return Finding(Verdict.FAIL, template, params, evidence or {})


def needs_justification(template: str, /, *, evidence: Mapping[str, Any] | None = None, **params: Any) -> Finding:
    return Finding(Verdict.NEEDS_JUSTIFICATION, template, params, evidence or {})


def warned(template: str, /, *, evidence: Mapping[str, Any] | None = None, **params: Any) -> Finding:
    return Finding(Verdict.WARN, template, params, evidence or {})


def not_applicable(template: str, /, *, evidence: Mapping[str, Any] | None = None, **params: Any) -> Finding:
    return Finding(Verdict.NOT_APPLICABLE, template, params, evidence or {})


_VERDICTS = {
    Verdict.PASS: N_("Se cumple"),
    Verdict.FAIL: N_("No se cumple"),
    Verdict.NEEDS_JUSTIFICATION: N_("Requiere justificación"),
    Verdict.WARN: N_("Aviso"),
    Verdict.NOT_APPLICABLE: N_("No aplica"),
}
_SEVERITIES = {
    Severity.BLOCKS: N_("Impide continuar"),
    Severity.NEEDS_JUSTIFICATION: N_("Pide una justificación"),
    Severity.WARNS: N_("Avisa"),
}
_CONSEQUENCES = {
    Severity.BLOCKS: Verdict.FAIL,
    Severity.NEEDS_JUSTIFICATION: Verdict.NEEDS_JUSTIFICATION,
    Severity.WARNS: Verdict.WARN,
}
