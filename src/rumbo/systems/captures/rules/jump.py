"""Un valor que salta respecto de los últimos seis meses se explica o se corrige.

1. Con menos de tres meses capturados no hay con qué comparar.
2. Un cociente no se compara por su numerador.
3. Si el salto estaba programado para el mes, no sorprende.
"""

from decimal import Decimal

from rumbo.core.rendering.told import Figure, Word
from rumbo.core.rules import Citation, Finding, Rule, Severity, not_applicable, passed
from rumbo.core.vocabulary.marking import N_
from rumbo.systems.captures.rules._facts import CaptureFacts

MONTHS_TO_COMPARE = 3  # ours: an average of fewer months says little
# Ours: up to this many times what the month had programmed, the jump was in the programme (the default upper mark).
PROGRAMMED_FACTOR = Decimal("1.3")


def check(facts: CaptureFacts) -> Finding:
    if facts.has_denominator or facts.numerator is None:
        return not_applicable(N_("Un cociente no se compara por su numerador."))
    if len(facts.recent) < MONTHS_TO_COMPARE:
        return not_applicable(N_("Todavía no hay tres meses con los que comparar."))
    average = sum(facts.recent, Decimal(0)) / len(facts.recent)
    if average <= 0 or facts.numerator <= average * facts.jump_factor:
        return passed(N_("El valor no salta respecto de los últimos seis meses."))
    if facts.programmed is not None and facts.numerator <= facts.programmed * PROGRAMMED_FACTOR:
        return passed(N_("El salto estaba programado para el mes."))
    if facts.explained:
        return passed(N_("El valor salta y la causa está escrita."))
    double = facts.jump_factor == 2
    return RULE.broken(
        _MORE_THAN_DOUBLE if double else _MORE_THAN,
        month=Word(facts.month),
        value=Figure(facts.numerator),
        factor=Figure(facts.jump_factor),
        average=Figure(average, facts.decimals),
        evidence={"average": str(average), "months": len(facts.recent)},
    )


_MORE_THAN_DOUBLE = N_(
    "El valor de %(month)s (%(value)s) es más del doble del promedio de los últimos seis meses (%(average)s). Si es"
    " correcto, explique la causa; si no, corríjalo."
)
_MORE_THAN = N_(
    "El valor de %(month)s (%(value)s) es más de %(factor)s veces el promedio de los últimos seis meses (%(average)s)."
    " Si es correcto, explique la causa; si no, corríjalo."
)

RULE: Rule[CaptureFacts] = Rule(
    code="captures.jump",
    sentence=N_("Un valor que salta respecto de los últimos seis meses se explica o se corrige."),
    citation=Citation("Anexo técnico 1, objetivo", "información oportuna, clara y verificable", ("A1-01",)),
    severity=Severity.NEEDS_JUSTIFICATION,
    check=check,
    exceptions=(
        N_("Con menos de tres meses capturados no hay con qué comparar."),
        N_("Un cociente no se compara por su numerador."),
        N_("Si el salto estaba programado para el mes, no sorprende."),
    ),
)
