"""La meta anual mejora la línea base en el sentido del indicador.

Cita: Criterio de Rumbo, sentido del indicador (A1-12).
Vigencia: sin límite.
Excepciones:
1. No aplica a rangos ni a valores nominales.
2. No aplica sin línea base o sin meta anual.
"""

from rumbo.core.rendering.told import Figure
from rumbo.core.rules import Citation, Finding, Rule, Severity, not_applicable, passed
from rumbo.core.vocabulary.direction import Direction
from rumbo.core.vocabulary.marking import N_
from rumbo.systems.indicators.rules._subjects import IndicatorSheet

SENTENCE = N_("La meta anual mejora la línea base en el sentido del indicador.")


def check(subject: IndicatorSheet) -> Finding:
    # 1
    if subject.direction not in (Direction.INCREASING, Direction.DECREASING):
        return not_applicable(N_("No tiene un sentido en que mejorar."))
    # 2
    if subject.baseline is None or subject.annual_target is None:
        return not_applicable(N_("Falta la línea base o la meta anual."))
    evidence = {"baseline": subject.baseline, "annual_target": subject.annual_target}
    worse = (
        subject.annual_target < subject.baseline
        if subject.direction == Direction.INCREASING
        else subject.annual_target > subject.baseline
    )
    if not worse:
        return passed(N_("La meta mantiene o mejora la línea base."), evidence=evidence)
    return RULE.broken(
        N_("La meta anual de %(code)s (%(target)s) es peor que su línea base (%(baseline)s). Revise uno de los dos."),
        code=subject.code,
        target=Figure(subject.annual_target),
        baseline=Figure(subject.baseline),
        evidence=evidence,
    )


RULE = Rule(
    code="indicators.direction_against_baseline",
    sentence=SENTENCE,
    citation=Citation(N_("Criterio de Rumbo"), N_("sentido del indicador"), ("A1-12",), ours=True),
    severity=Severity.WARNS,
    check=check,
    exceptions=(
        N_("No aplica a rangos ni a valores nominales."),
        N_("No aplica sin línea base o sin meta anual."),
    ),
)
