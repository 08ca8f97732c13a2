"""Todo indicador tiene unidad de medida.

Cita: Criterio de Rumbo, ficha técnica del indicador (A1-08).
Vigencia: sin límite.
Sin excepciones.
"""

from rumbo.core.rules import Citation, Finding, Rule, Severity, passed
from rumbo.core.vocabulary.marking import N_
from rumbo.systems.indicators.rules._subjects import IndicatorSheet

SENTENCE = N_("Todo indicador tiene unidad de medida.")


def check(subject: IndicatorSheet) -> Finding:
    if subject.unit_of_measure.strip():
        return passed(N_("Tiene unidad de medida."))
    return RULE.broken(N_("A %(code)s le falta la unidad de medida. Escríbala."), code=subject.code)


RULE = Rule(
    code="indicators.unit_of_measure",
    sentence=SENTENCE,
    citation=Citation(N_("Criterio de Rumbo"), N_("ficha técnica del indicador"), ("A1-08",), ours=True),
    severity=Severity.BLOCKS,
    check=check,
)
