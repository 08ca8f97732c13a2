"""Las metas se establecen previamente con la persona titular del área.

Cita: Anexo técnico 1, Sistema de Ejecución y Seguimiento de Indicadores, evaluación periódica (A1-18).
Vigencia: sin límite.
Sin excepciones.
"""

from rumbo.core.rules import Citation, Finding, Rule, Severity, passed
from rumbo.core.vocabulary.marking import N_
from rumbo.systems.indicators.rules._subjects import GoalSheet

SENTENCE = N_("Las metas se establecen previamente con la persona titular del área.")


def check(subject: GoalSheet) -> Finding:
    if subject.agreed_on is not None:
        return passed(N_("Se acordó con la persona titular del área."), evidence={"agreed_on": subject.agreed_on})
    return RULE.broken(
        N_("La meta %(code)s no tiene la fecha en que se acordó con la persona titular del área. Regístrela."),
        code=subject.code,
    )


RULE = Rule(
    code="indicators.agreed",
    sentence=SENTENCE,
    citation=Citation(
        "Anexo técnico 1, Sistema de Ejecución y Seguimiento de Indicadores", "evaluación periódica", ("A1-18",)
    ),
    severity=Severity.WARNS,
    check=check,
)
