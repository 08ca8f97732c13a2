"""La línea base dice de qué año es, y ese año es anterior al programado.

Cita: Criterio de Rumbo, ficha técnica del indicador (A1-08).
Vigencia: sin límite.
Excepciones:
1. No aplica sin línea base.
"""

from rumbo.core.rules import Citation, Finding, Rule, Severity, not_applicable, passed
from rumbo.core.vocabulary.marking import N_
from rumbo.systems.indicators.rules._subjects import IndicatorSheet

SENTENCE = N_("La línea base dice de qué año es, y ese año es anterior al programado.")


def check(subject: IndicatorSheet) -> Finding:
    # 1
    if subject.baseline is None:
        return not_applicable(N_("No tiene línea base."))
    if subject.baseline_year is None:
        return RULE.broken(N_("La línea base de %(code)s no dice de qué año es. Escríbalo."), code=subject.code)
    if subject.baseline_year >= subject.year:
        return RULE.broken(
            N_("La línea base de %(code)s es de %(baseline_year)s y lo programado, de %(year)s. Revise el año."),
            code=subject.code,
            baseline_year=subject.baseline_year,
            year=subject.year,
        )
    return passed(N_("La línea base es de un año anterior."))


RULE = Rule(
    code="indicators.baseline_year",
    sentence=SENTENCE,
    citation=Citation(N_("Criterio de Rumbo"), N_("ficha técnica del indicador"), ("A1-08",), ours=True),
    severity=Severity.WARNS,
    check=check,
    exceptions=(N_("No aplica sin línea base."),),
)
