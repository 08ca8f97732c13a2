"""El plan tiene misión y visión.

Cita: Artículo 121, fracción XXII, inciso b), Misión y Visión (IECM-08, IECM-09).
Vigencia: sin límite.
Sin excepciones.
"""

from rumbo.core.rules import Citation, Finding, Rule, Severity, passed
from rumbo.core.vocabulary.marking import N_
from rumbo.foundation.planning.rules._subjects import PlanSheet

SENTENCE = N_("El plan tiene misión y visión.")


def check(subject: PlanSheet) -> Finding:
    if subject.mission.strip() and subject.vision.strip():
        return passed(N_("Tiene misión y visión."))
    return RULE.broken(N_("Falta la misión o la visión de «%(plan)s». Escríbala."), plan=subject.name)


RULE = Rule(
    code="planning.mission_and_vision",
    sentence=SENTENCE,
    citation=Citation("Artículo 121, fracción XXII, inciso b)", "Misión y Visión", ("IECM-08", "IECM-09")),
    severity=Severity.WARNS,
    check=check,
)
