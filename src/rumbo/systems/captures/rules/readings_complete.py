"""Lo que se captura por semanas o por variables se envía con todas, o con la razón de las que faltan.

1. Cuando aún no se cuenta con el dato del mes, basta esa razón.
"""

from rumbo.core.rendering.stretches import Stretches
from rumbo.core.rendering.told import Names, Word
from rumbo.core.rules import Citation, Finding, Rule, Severity, not_applicable, passed
from rumbo.core.vocabulary.marking import N_
from rumbo.systems.captures.rules._facts import CaptureFacts

MOST_NAMED = 4  # variables named in one message


def check(facts: CaptureFacts) -> Finding:
    if not facts.by_readings:
        return not_applicable(N_("El valor se escribe completo."))
    if facts.not_available_reason:
        return not_applicable(N_("Aún no se cuenta con el dato del mes."))
    if not facts.missing:
        return passed(N_("Están todas."))
    if not facts.by_stretches:
        return RULE.broken(
            N_("Falta «%(names)s» de %(month)s. Escriba todas las variables; si no hubo casos, escriba 0."),
            names=Names(facts.lacking, MOST_NAMED),
            month=Word(facts.month),
        )
    ended = tuple(slot for slot in facts.missing if slot.last_day < facts.on)
    if not ended:
        return RULE.broken(
            N_("Todavía no termina la %(stretches)s. Podrá enviarse cuando tenga su dato."),
            stretches=Stretches(facts.missing),
            evidence={"waiting": True},
        )
    return RULE.broken(
        N_("Falta el dato de la %(stretches)s. Escríbalo completo, o la razón por la que no lo hay."),
        stretches=Stretches(ended),
    )


RULE: Rule[CaptureFacts] = Rule(
    code="captures.readings_complete",
    sentence=N_("Lo que se captura por semanas o por variables se envía con todas, o con la razón de las que faltan."),
    citation=Citation(N_("Regla del producto"), N_("el silencio nunca conviene"), ("A1-11", "A1-08"), ours=True),
    severity=Severity.BLOCKS,
    check=check,
    exceptions=(N_("Cuando aún no se cuenta con el dato del mes, basta esa razón."),),
)
