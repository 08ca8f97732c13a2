"""En lo que se suma mes con mes se captura solo el mes, no el acumulado.

1. Con menos de dos meses capturados en el año no hay con qué comparar.
"""

from decimal import Decimal

from rumbo.core.rendering.told import Figure
from rumbo.core.rules import Citation, Finding, Rule, Severity, not_applicable, passed
from rumbo.core.vocabulary.accumulation import Accumulation
from rumbo.core.vocabulary.marking import N_
from rumbo.systems.captures.rules._facts import CaptureFacts

MONTHS_TO_COMPARE = 2  # with one month, the accumulated plus a usual month is only the double of it
# Ours: the month just done is within a third of a usual one, seen against several months accumulated.
TOLERANCE = Decimal("0.10")


def check(facts: CaptureFacts) -> Finding:
    if facts.accumulation is not Accumulation.SUM or facts.numerator is None:
        return not_applicable(N_("Este modo no acumula meses."))
    accumulated = sum(facts.before, Decimal(0))
    if len(facts.before) < MONTHS_TO_COMPARE or accumulated <= 0:
        return not_applicable(N_("Todavía no hay dos meses con los que comparar."))
    expected = accumulated + accumulated / len(facts.before)
    near = abs(facts.numerator - expected) <= expected * TOLERANCE
    if near or facts.numerator == accumulated:
        return RULE.broken(
            N_("El valor se parece al acumulado del año (%(total)s). ¿Capturó el acumulado en lugar del mes?"),
            total=Figure(expected, 0) if near else Figure(accumulated),
            evidence={"accumulated": str(accumulated), "months": len(facts.before)},
        )
    return passed(N_("El valor no se parece al acumulado del año."))


RULE: Rule[CaptureFacts] = Rule(
    code="captures.accumulated_as_month",
    sentence=N_("En lo que se suma mes con mes se captura solo el mes, no el acumulado."),
    citation=Citation("Anexo técnico 1, capacitación", "captura, interpretación y uso", ("A1-17",)),
    severity=Severity.WARNS,
    check=check,
    exceptions=(N_("Con menos de dos meses capturados en el año no hay con qué comparar."),),
)
