"""En los indicadores que se suman, los meses suman la meta anual.

Cita: Criterio de Rumbo, programación mensual (A1-20).
Vigencia: sin límite.
Excepciones:
1. No aplica a los que no se suman ni a los rangos.
2. No aplica mientras falte la meta anual o toda la programación mensual.
"""

from decimal import Decimal

from rumbo.core.rendering.told import Figure
from rumbo.core.rules import Citation, Finding, Rule, Severity, not_applicable, passed
from rumbo.core.vocabulary.accumulation import Accumulation
from rumbo.core.vocabulary.direction import Direction
from rumbo.core.vocabulary.marking import N_
from rumbo.systems.indicators.rules._subjects import IndicatorSheet

SENTENCE = N_("En los indicadores que se suman, los meses suman la meta anual.")


def check(subject: IndicatorSheet) -> Finding:
    # 1
    if subject.accumulation != Accumulation.SUM or subject.direction == Direction.RANGE:
        return not_applicable(N_("No se suma mes con mes."))
    # 2
    if subject.annual_target is None or not subject.numerators:
        return not_applicable(N_("Todavía no tiene meta anual o programación mensual."))
    total = sum(subject.numerators, Decimal(0))
    evidence = {"months": total, "annual_target": subject.annual_target}
    if total == subject.annual_target:
        return passed(N_("Los meses suman la meta anual."), evidence=evidence)
    return RULE.broken(
        N_("Los meses de %(code)s suman %(months)s y la meta anual es %(target)s. Corrija uno de los dos."),
        code=subject.code,
        months=Figure(total),
        target=Figure(subject.annual_target),
        evidence=evidence,
    )


RULE = Rule(
    code="indicators.months_add_up",
    sentence=SENTENCE,
    citation=Citation(N_("Criterio de Rumbo"), N_("programación mensual"), ("A1-20",), ours=True),
    severity=Severity.WARNS,
    check=check,
    exceptions=(
        N_("No aplica a los que no se suman ni a los rangos."),
        N_("No aplica mientras falte la meta anual o toda la programación mensual."),
    ),
)
