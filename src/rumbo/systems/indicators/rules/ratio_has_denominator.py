"""Un cociente de acumulados nombra su numerador y su denominador.

Cita: Criterio de Rumbo, ficha técnica del indicador (A1-08).
Vigencia: sin límite.
Excepciones:
1. No aplica a las demás formas de acumulación.
"""

from rumbo.core.rules import Citation, Finding, Rule, Severity, not_applicable, passed
from rumbo.core.vocabulary.marking import N_
from rumbo.systems.indicators.rules._subjects import IndicatorSheet

SENTENCE = N_("Un cociente de acumulados nombra su numerador y su denominador.")


def check(subject: IndicatorSheet) -> Finding:
    # 1
    if not subject.accumulation.by_parts:
        return not_applicable(N_("No es un cociente de acumulados."))
    if subject.denominator_name.strip():
        return passed(N_("Tiene denominador."))
    return RULE.broken(
        N_("%(code)s es un cociente de acumulados y le falta el denominador. Escriba su nombre."), code=subject.code
    )


RULE = Rule(
    code="indicators.ratio_has_denominator",
    sentence=SENTENCE,
    citation=Citation(N_("Criterio de Rumbo"), N_("ficha técnica del indicador"), ("A1-08",), ours=True),
    severity=Severity.BLOCKS,
    check=check,
    exceptions=(N_("No aplica a las demás formas de acumulación."),),
)
