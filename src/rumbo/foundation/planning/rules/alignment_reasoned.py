"""La vinculación con el plan superior se escribe, o se dice por qué no aplica.

Cita: Artículo 121, fracción XXII, inciso b), Vinculación con el Programa General de Desarrollo (IECM-17, IECM-18).
Vigencia: sin límite.
Sin excepciones.
"""

from rumbo.core.rules import Citation, Finding, Rule, Severity, passed
from rumbo.core.vocabulary.marking import N_
from rumbo.foundation.planning.rules._subjects import PlanSheet

SENTENCE = N_("La vinculación con el plan superior se escribe, o se dice por qué no aplica.")


def check(subject: PlanSheet) -> Finding:
    if subject.higher_plan_alignment.strip():
        return passed(N_("La vinculación está escrita."))
    if subject.higher_plan_not_applicable_reason.strip():
        return passed(N_("Dice por qué no aplica."))
    return RULE.broken(N_("Falta la vinculación con el plan superior. Si no aplica, escriba por qué."))


RULE = Rule(
    code="planning.alignment_reasoned",
    sentence=SENTENCE,
    citation=Citation(
        "Artículo 121, fracción XXII, inciso b)",
        "Vinculación con el Programa General de Desarrollo",
        ("IECM-17", "IECM-18"),
    ),
    severity=Severity.BLOCKS,
    check=check,
)
