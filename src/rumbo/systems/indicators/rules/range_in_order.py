"""Un rango tiene al menos un límite, y el inferior no es mayor que el superior.

Cita: Criterio de Rumbo, sentido del indicador (A1-09).
Vigencia: sin límite.
Excepciones:
1. No aplica a los demás sentidos.
"""

from rumbo.core.rules import Citation, Finding, Rule, Severity, not_applicable, passed
from rumbo.core.vocabulary.direction import Direction
from rumbo.core.vocabulary.marking import N_
from rumbo.systems.indicators.rules._subjects import IndicatorSheet

SENTENCE = N_("Un rango tiene al menos un límite, y el inferior no es mayor que el superior.")


def check(subject: IndicatorSheet) -> Finding:
    # 1
    if subject.direction != Direction.RANGE:
        return not_applicable(N_("No es un rango."))
    if subject.low is None and subject.high is None:
        return RULE.broken(
            N_("%(code)s va dentro de un rango y no tiene límites. Escriba al menos uno."), code=subject.code
        )
    if subject.low is not None and subject.high is not None and subject.high < subject.low:
        return RULE.broken(
            N_("El límite inferior de %(code)s es mayor que el superior. Corrija uno de los dos."), code=subject.code
        )
    return passed(N_("Sus límites están en orden."))


RULE = Rule(
    code="indicators.range_in_order",
    sentence=SENTENCE,
    citation=Citation(N_("Criterio de Rumbo"), N_("sentido del indicador"), ("A1-09",), ours=True),
    severity=Severity.BLOCKS,
    check=check,
    exceptions=(N_("No aplica a los demás sentidos."),),
)
