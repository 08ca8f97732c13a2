"""Una meta que no está en meta, o que pasó la marca superior, se envía con causa, acción, fecha y responsable.

1. Los indicadores complementarios no dan el semáforo de la meta.
2. Sin semáforo que sea color no hay variación que explicar.
"""

from rumbo.core.rendering.told import DayAndMonth, Percentage
from rumbo.core.rules import Citation, Finding, Rule, Severity, not_applicable, passed
from rumbo.core.timekeeping.period import Period
from rumbo.core.timekeeping.slots import FiscalYear
from rumbo.core.vocabulary.light import Light
from rumbo.core.vocabulary.marking import N_
from rumbo.systems.captures.rules._facts import CaptureFacts


def is_needed(facts: CaptureFacts) -> bool:
    """Whether the light asks for an explanation, written or not."""
    return facts.principal and (facts.over or facts.light in (Light.AMBER, Light.RED))


def check(facts: CaptureFacts) -> Finding:
    if not facts.principal or facts.light is None or not facts.light.is_colour:
        return not_applicable(N_("No hay una variación que explicar."))
    if not is_needed(facts):
        return passed(N_("La meta está en meta."))
    if _complete(facts):
        return passed(N_("La variación tiene causa, acción correctiva, fecha compromiso y responsable."))
    reached = Percentage(facts.compliance)
    if facts.over:
        end = DayAndMonth(FiscalYear.containing(Period.containing(facts.last_day), facts.fiscal_start).last.last_day)
        return RULE.broken(_OVER, reached=reached, end=end, evidence={"compliance": facts.compliance})
    template = _COMMITMENT if facts.explained and facts.corrective_action.strip() else _BELOW
    return RULE.broken(template, reached=reached, evidence={"compliance": facts.compliance})


def _complete(facts: CaptureFacts) -> bool:
    texts = (facts.corrective_action, facts.responsible_post)
    return facts.explained and all(text.strip() for text in texts) and facts.commitment_on is not None


_BELOW = N_(
    "La meta quedó en %(reached)s de lo programado. Escriba la causa de la variación y la acción correctiva para poder"
    " enviarla."
)
_COMMITMENT = N_(
    "La meta quedó en %(reached)s de lo programado. Escriba la fecha compromiso y el puesto responsable para poder"
    " enviarla."
)
_OVER = N_(
    "Se alcanzó %(reached)s de lo programado. Escriba la causa; si la programación quedó corta, solicite su ajuste"
    " antes del %(end)s."
)

RULE: Rule[CaptureFacts] = Rule(
    code="captures.cause_needed",
    sentence=N_("Una meta que no está en meta, o que pasó la marca superior, se envía con causa, acción y compromiso."),
    citation=Citation("Anexo técnico 1, seguimiento periódico", "avances y rezagos", ("A1-12",)),
    severity=Severity.BLOCKS,
    check=check,
    exceptions=(
        N_("Los indicadores complementarios no dan el semáforo de la meta."),
        N_("Sin semáforo que sea color no hay variación que explicar."),
    ),
)
