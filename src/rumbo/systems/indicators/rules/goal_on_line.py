"""Cada meta cuelga de una línea de acción.

Cita: Anexo técnico 1, Sistema de Ejecución y Seguimiento de Indicadores, entregable 1, matriz de alineación (A1-19).
Vigencia: sin límite.
Sin excepciones.
"""

from rumbo.core.rules import Citation, Finding, Rule, Severity, passed
from rumbo.core.vocabulary.marking import N_
from rumbo.systems.indicators.rules._subjects import GoalSheet

SENTENCE = N_("Cada meta cuelga de una línea de acción.")


def check(subject: GoalSheet) -> Finding:
    if subject.on_line:
        return passed(N_("Cuelga de una línea de acción."))
    return RULE.broken(
        N_("La meta %(code)s no cuelga de una línea de acción. Elija la que le corresponde."), code=subject.code
    )


RULE = Rule(
    code="indicators.goal_on_line",
    sentence=SENTENCE,
    citation=Citation(
        "Anexo técnico 1, Sistema de Ejecución y Seguimiento de Indicadores",
        "entregable 1, matriz de alineación",
        ("A1-19",),
    ),
    severity=Severity.WARNS,
    check=check,
)
