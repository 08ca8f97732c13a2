"""Cada línea de acción tiene al menos una meta.

Cita: Anexo técnico 1, Sistema de Ejecución y Seguimiento de Indicadores, entregable 1, matriz de alineación (A1-19).
Vigencia: sin límite.
Sin excepciones.
"""

from rumbo.core.rules import Citation, Finding, Rule, Severity, passed
from rumbo.core.vocabulary.marking import N_
from rumbo.systems.indicators.rules._subjects import LineSheet

SENTENCE = N_("Cada línea de acción tiene al menos una meta.")


def check(subject: LineSheet) -> Finding:
    if subject.goals:
        return passed(N_("Tiene metas."), evidence={"goals": subject.goals})
    return RULE.broken(N_("La línea de acción %(code)s no tiene metas."), code=subject.code)


RULE = Rule(
    code="indicators.line_has_goal",
    sentence=SENTENCE,
    citation=Citation(
        "Anexo técnico 1, Sistema de Ejecución y Seguimiento de Indicadores",
        "entregable 1, matriz de alineación",
        ("A1-19",),
    ),
    severity=Severity.WARNS,
    check=check,
)
