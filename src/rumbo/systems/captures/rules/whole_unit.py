"""Lo que se cuenta en enteros se captura en enteros.

1. Un cociente no se cuenta en enteros: sus dos valores pueden tener decimales.
"""

from rumbo.core.rendering.told import Figure, Word
from rumbo.core.rules import Citation, Finding, Rule, Severity, not_applicable, passed
from rumbo.core.vocabulary.marking import N_
from rumbo.systems.captures.rules._facts import CaptureFacts


def check(facts: CaptureFacts) -> Finding:
    if facts.decimals or facts.has_denominator:
        return not_applicable(N_("La unidad admite decimales."))
    if facts.numerator is not None and facts.numerator.is_finite() and facts.numerator % 1:
        return RULE.broken(
            N_("El valor de %(month)s (%(value)s) tiene decimales y la unidad se cuenta en enteros. Revíselo."),
            month=Word(facts.month),
            value=Figure(facts.numerator),
        )
    return passed(N_("El valor es entero, como su unidad."))


RULE: Rule[CaptureFacts] = Rule(
    code="captures.whole_unit",
    sentence=N_("Lo que se cuenta en enteros se captura en enteros."),
    citation=Citation(N_("Regla del producto"), N_("números"), ours=True),
    severity=Severity.WARNS,
    check=check,
    exceptions=(N_("Un cociente no se cuenta en enteros: sus dos valores pueden tener decimales."),),
)
