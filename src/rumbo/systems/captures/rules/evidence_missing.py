"""Cuando la institución pide evidencia, la captura se envía con ella.

1. Sin valor no hay qué probar.
"""

from rumbo.core.rules import Citation, Finding, Rule, Severity, not_applicable, passed
from rumbo.core.vocabulary.marking import N_
from rumbo.systems.captures.rules._facts import CaptureFacts


def check(facts: CaptureFacts) -> Finding:
    if not facts.evidence_required:
        return not_applicable(N_("La institución no exige evidencia para enviar."))
    if not facts.values:
        return not_applicable(N_("Sin valor no hay qué probar."))
    if facts.evidence_count:
        return passed(N_("La captura tiene evidencia."))
    if not facts.required_evidence:
        return RULE.broken(N_("Falta la evidencia. Adjúntela para poder enviar. La captura se guardó como borrador."))
    return RULE.broken(
        N_("Falta la evidencia que pide esta meta (%(what)s). La captura se guardó como borrador."),
        what=facts.required_evidence,
    )


RULE: Rule[CaptureFacts] = Rule(
    code="captures.evidence_missing",
    sentence=N_("Cuando la institución pide evidencia, la captura se envía con ella."),
    citation=Citation("Anexo técnico 1, objetivo", "información oportuna, clara y verificable", ("A1-01",)),
    severity=Severity.BLOCKS,
    check=check,
    exceptions=(N_("Sin valor no hay qué probar."),),
)
