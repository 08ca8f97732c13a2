"""The machinery of executable rules: what a rule is, what it cites, what it finds. Pure.

One rule, one file: its first line is the rule in Spanish; then its citation, its dates in force and its numbered
exceptions; then the code, in that order. A file of an app's `rules/` folder reads so:

    def check(subject: SubmittedValue) -> Finding:
        if subject.average is None:
            return not_applicable(N_("Todavía no hay seis meses con los que comparar."))
        if subject.value > subject.average * subject.factor:
            return RULE.broken(N_("El valor de %(month)s es más del doble del promedio."), month=subject.month)
        return passed(N_("El valor no salta respecto de los últimos seis meses."))

    RULE = Rule(
        code="captures.jump",
        sentence=N_("Un valor que salta respecto de los últimos seis meses se explica o se corrige."),
        citation=Citation("Anexo técnico 1", "apartado 2.2", ("A1-12",)),
        severity=Severity.NEEDS_JUSTIFICATION,
        check=check,
    )

and the app's `rules/__init__.py` lists them: `RULEBOOK = Rulebook("captures", N_("Captura"), (jump.RULE, …))`.
Subjects are frozen dataclasses filled by the app's queries. Thresholds are records of the institution and travel in
the subject; the rule is code.
"""

from rumbo.core.rules.finding import (
    Finding,
    Severity,
    Verdict,
    failed,
    needs_justification,
    not_applicable,
    passed,
    warned,
)
from rumbo.core.rules.rule import Citation, InForce, Judgement, Rule
from rumbo.core.rules.rulebook import Rulebook, RulebookError

__all__ = [
    "Citation",
    "Finding",
    "InForce",
    "Judgement",
    "Rule",
    "Rulebook",
    "RulebookError",
    "Severity",
    "Verdict",
    "failed",
    "needs_justification",
    "not_applicable",
    "passed",
    "warned",
]
