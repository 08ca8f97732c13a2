"""Los indicadores críticos son pocos: no más de uno de cada cinco.

Cita: Criterio de Rumbo, alertas tempranas (A1-13, Q-08).
Vigencia: sin límite.
Excepciones:
1. No aplica mientras no haya metas.
2. Una sola meta crítica cabe siempre.
"""

from rumbo.core.rendering.told import Figure
from rumbo.core.rules import Citation, Finding, Rule, Severity, not_applicable, passed
from rumbo.core.vocabulary.marking import N_
from rumbo.systems.indicators.rules._subjects import GoalSet

ONE_IN = 5  # no source says how many; a fifth is ours
SENTENCE = N_("Los indicadores críticos son pocos: no más de uno de cada cinco.")


def check(subject: GoalSet) -> Finding:
    # 1
    if not subject.goals:
        return not_applicable(N_("Todavía no hay metas."))
    evidence = {"critical": subject.critical, "goals": subject.goals}
    # 2
    if subject.critical <= 1 or subject.critical * ONE_IN <= subject.goals:
        return passed(N_("Los críticos son pocos."), evidence=evidence)
    return RULE.broken(
        N_(
            "%(critical)s de %(goals)s metas serían críticas y lo más es una de cada cinco: si todo es crítico, nada"
            " lo es. Quite antes la marca de otra."
        ),
        critical=Figure(subject.critical),
        goals=Figure(subject.goals),
        evidence=evidence,
    )


RULE = Rule(
    code="indicators.critical_share",
    sentence=SENTENCE,
    citation=Citation(N_("Criterio de Rumbo"), N_("alertas tempranas"), ("A1-13", "Q-08"), ours=True),
    severity=Severity.BLOCKS,
    check=check,
    exceptions=(N_("No aplica mientras no haya metas."), N_("Una sola meta crítica cabe siempre.")),
)
