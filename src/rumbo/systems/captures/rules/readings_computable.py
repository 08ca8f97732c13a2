"""Lo que la fórmula no puede calcular no se envía sin decir por qué."""

from rumbo.core.rendering.told import Word
from rumbo.core.rules import Citation, Finding, Rule, Severity, not_applicable, passed
from rumbo.core.vocabulary.marking import N_
from rumbo.systems.captures.rules._facts import CaptureFacts


def check(facts: CaptureFacts) -> Finding:
    if not facts.by_readings or facts.not_available_reason:
        return not_applicable(N_("No hay una fórmula que calcular."))
    if not facts.not_computable:
        return passed(N_("La fórmula tiene resultado."))
    if facts.by_stretches:
        return RULE.broken(
            N_(
                "La fórmula no da resultado en %(month)s. %(why)s Revise los valores, o escriba la razón en su renglón."
            ),
            month=Word(facts.month),
            why=Word(facts.not_computable[0]),
        )
    return RULE.broken(
        N_(
            "La fórmula no da resultado en %(month)s. %(why)s Revise los valores, o use «Aún no se cuenta con el dato»."
        ),
        month=Word(facts.month),
        why=Word(facts.not_computable[0]),
    )


RULE: Rule[CaptureFacts] = Rule(
    code="captures.readings_computable",
    sentence=N_("Lo que la fórmula no puede calcular no se envía sin decir por qué."),
    citation=Citation(N_("Regla del producto"), N_("no calculable"), ("A1-08",), ours=True),
    severity=Severity.BLOCKS,
    check=check,
)
