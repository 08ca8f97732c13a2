"""Cada meta tiene exactamente un indicador principal, que le da su porcentaje.

Cita: Criterio de Rumbo, cuadro de metas (A1-08).
Vigencia: sin límite.
Sin excepciones.
"""

from rumbo.core.rules import Citation, Finding, Rule, Severity, passed
from rumbo.core.vocabulary.marking import N_
from rumbo.systems.indicators.rules._subjects import GoalSheet

SENTENCE = N_("Cada meta tiene exactamente un indicador principal, que le da su porcentaje.")


def check(subject: GoalSheet) -> Finding:
    if subject.principals == 1:
        return passed(N_("Tiene un indicador principal."))
    return RULE.broken(
        N_("La meta %(code)s no tiene indicador principal. Registre uno para poder darle seguimiento."),
        code=subject.code,
    )


RULE = Rule(
    code="indicators.one_principal",
    sentence=SENTENCE,
    citation=Citation(N_("Criterio de Rumbo"), N_("cuadro de metas"), ("A1-08",), ours=True),
    severity=Severity.BLOCKS,
    check=check,
)
