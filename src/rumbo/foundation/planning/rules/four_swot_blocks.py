"""El diagnóstico tiene sus cuatro bloques: fortalezas, debilidades, oportunidades y amenazas.

Cita: Artículo 121, fracción XXII, inciso b), Diagnóstico general (IECM-10, IECM-11).
Vigencia: sin límite.
Excepciones:
1. No aplica a los planes que no lo llevan.
"""

from rumbo.core.rules import Citation, Finding, Rule, Severity, not_applicable, passed
from rumbo.core.vocabulary.marking import N_
from rumbo.foundation.planning.rules._subjects import PlanSheet

SENTENCE = N_("El diagnóstico tiene sus cuatro bloques: fortalezas, debilidades, oportunidades y amenazas.")


def check(subject: PlanSheet) -> Finding:
    # 1
    if not any(subject.swot_blocks):
        return not_applicable(N_("El plan no tiene diagnóstico FODA."))
    if all(subject.swot_blocks):
        return passed(N_("Los cuatro bloques tienen elementos."))
    return RULE.broken(N_("El diagnóstico tiene bloques vacíos. Complételos o diga por qué no los hay."))


RULE = Rule(
    code="planning.four_swot_blocks",
    sentence=SENTENCE,
    citation=Citation(
        "Artículo 121, fracción XXII, inciso b)",
        "Diagnóstico general",
        ("IECM-10", "IECM-11"),
    ),
    severity=Severity.WARNS,
    check=check,
    exceptions=(N_("No aplica a los planes que no lo llevan."),),
)
