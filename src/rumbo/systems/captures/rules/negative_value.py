"""Un valor que se suma, o que cuenta casos, no es negativo.

1. En los demás modos un valor puede ser negativo: una variación, un saldo.
2. Lo que resulta de restar una variable de otra puede ser negativo.
"""

from rumbo.core.rendering.told import Figure, Word
from rumbo.core.rules import Citation, Finding, Rule, Severity, not_applicable, passed
from rumbo.core.vocabulary.accumulation import Accumulation
from rumbo.core.vocabulary.marking import N_
from rumbo.systems.captures.rules._facts import CaptureFacts

COUNTS = (Accumulation.SUM, Accumulation.RATIO, Accumulation.RATE)


def check(facts: CaptureFacts) -> Finding:
    if facts.accumulation not in COUNTS:
        return not_applicable(N_("En este modo el valor puede ser negativo."))
    if facts.by_readings:
        return not_applicable(N_("Una resta de variables puede ser negativa."))
    negative = [value for value in facts.values if value < 0]
    if negative:
        return RULE.broken(
            N_(
                "El valor de %(month)s (%(value)s) es negativo. Escriba lo realizado en el mes, cero o más; para"
                " corregir un mes cerrado use «Solicitar corrección de un mes cerrado»."
            ),
            month=Word(facts.month),
            value=Figure(negative[0]),
        )
    return passed(N_("El valor no es negativo."))


RULE: Rule[CaptureFacts] = Rule(
    code="captures.negative_value",
    sentence=N_("Un valor que se suma, o que cuenta casos, no es negativo."),
    citation=Citation(N_("Regla del producto"), N_("números"), ours=True),
    severity=Severity.BLOCKS,
    check=check,
    exceptions=(
        N_("En los demás modos un valor puede ser negativo: una variación, un saldo."),
        N_("Lo que resulta de restar una variable de otra puede ser negativo."),
    ),
)
