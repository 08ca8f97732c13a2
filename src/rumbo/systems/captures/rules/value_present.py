"""Una captura se envía con su valor, o con la razón por la que aún no se tiene y la fecha en que se espera.

1. Un cociente necesita sus dos valores.
2. Lo que resulta de variables tiene su propia regla: pide cada una.
"""

from rumbo.core.rendering.told import Word
from rumbo.core.rules import Citation, Finding, Rule, Severity, not_applicable, passed
from rumbo.core.vocabulary.marking import N_
from rumbo.systems.captures.rules._facts import CaptureFacts


def check(facts: CaptureFacts) -> Finding:
    if facts.by_readings and not facts.not_available_reason:
        return not_applicable(N_("El valor resulta de sus variables."))
    if facts.numerator is None and facts.denominator is None:
        return _without_value(facts)
    if facts.has_denominator and (facts.numerator is None or facts.denominator is None):
        missing = facts.numerator_name if facts.numerator is None else facts.denominator_name
        return RULE.broken(
            N_("Falta «%(name)s» de %(month)s. Escriba los dos valores; si no hubo casos, escriba 0."),
            name=missing,
            month=Word(facts.month),
        )
    return passed(N_("La captura tiene su valor."))


def _without_value(facts: CaptureFacts) -> Finding:
    if facts.not_available_reason.strip() and facts.expected_on:
        return passed(N_("Aún no se cuenta con el dato: dice por qué y cuándo se espera."))
    return RULE.broken(
        N_("Falta el valor de %(month)s. Escríbalo, o use «Aún no se cuenta con el dato» con su razón y su fecha."),
        month=Word(facts.month),
    )


RULE: Rule[CaptureFacts] = Rule(
    code="captures.value_present",
    sentence=N_("Una captura se envía con su valor, o con la razón por la que aún no se tiene y cuándo se espera."),
    citation=Citation("Anexo técnico 1, tableros de control", "actualización mensual", ("A1-11", "A1-01")),
    severity=Severity.BLOCKS,
    check=check,
    exceptions=(
        N_("Un cociente necesita sus dos valores."),
        N_("Lo que resulta de variables tiene su propia regla: pide cada una."),
    ),
)
