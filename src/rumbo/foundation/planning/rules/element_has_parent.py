"""Cada elemento del plan se liga de forma explícita al que lo contiene.

Cita: Artículo 121, fracción XXII, inciso b), Líneas de acción (IECM-16, Q-01).
Vigencia: sin límite.
Excepciones:
1. No aplica al nivel más alto.
"""

from rumbo.core.rules import Citation, Finding, Rule, Severity, not_applicable, passed
from rumbo.core.vocabulary.marking import N_
from rumbo.foundation.planning.rules._subjects import ElementSheet

SENTENCE = N_("Cada elemento del plan se liga de forma explícita al que lo contiene.")


def check(subject: ElementSheet) -> Finding:
    # 1
    if subject.depth == 1:
        return not_applicable(N_("Es del nivel más alto."))
    if subject.has_parent:
        return passed(N_("Dice de qué depende."))
    return RULE.broken(
        N_("%(level)s %(code)s no dice de qué depende: la numeración no basta. Elíjalo."),
        level=subject.level,
        code=subject.code,
    )


RULE = Rule(
    code="planning.element_has_parent",
    sentence=SENTENCE,
    citation=Citation("Artículo 121, fracción XXII, inciso b)", "Líneas de acción", ("IECM-16", "Q-01")),
    severity=Severity.WARNS,
    check=check,
    exceptions=(N_("No aplica al nivel más alto."),),
)
