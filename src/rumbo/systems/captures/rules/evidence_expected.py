"""Si la meta dice qué evidencia espera y no la hay, se avisa aunque la institución no la exija."""

from rumbo.core.rules import Citation, Finding, Rule, Severity, not_applicable, passed
from rumbo.core.vocabulary.marking import N_
from rumbo.systems.captures.rules._facts import CaptureFacts


def check(facts: CaptureFacts) -> Finding:
    if facts.evidence_required or not facts.required_evidence or not facts.values:
        return not_applicable(N_("No hay evidencia esperada que avisar."))
    if facts.evidence_count:
        return passed(N_("La captura tiene evidencia."))
    return RULE.broken(
        N_("Esta meta espera evidencia (%(what)s) y todavía no hay ninguna. Puede enviarla así."),
        what=facts.required_evidence,
    )


RULE: Rule[CaptureFacts] = Rule(
    code="captures.evidence_expected",
    sentence=N_("Si la meta dice qué evidencia espera y no la hay, se avisa aunque la institución no la exija."),
    citation=Citation(N_("Regla del producto"), N_("evidencia"), ("A1-01",), ours=True),
    severity=Severity.WARNS,
    check=check,
)
