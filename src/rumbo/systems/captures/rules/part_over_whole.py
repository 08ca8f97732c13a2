"""En un porcentaje la parte no pasa del todo sin una explicación.

1. Un cociente que no es porcentaje (días por trámite, casos por mil) puede pasar de uno.
"""

from rumbo.core.rendering.told import Figure, Word
from rumbo.core.rules import Citation, Finding, Rule, Severity, not_applicable, passed
from rumbo.core.vocabulary.marking import N_
from rumbo.systems.captures.rules._facts import CaptureFacts


def check(facts: CaptureFacts) -> Finding:
    if not facts.percentage or facts.numerator is None or facts.denominator is None:
        return not_applicable(N_("No es un porcentaje con sus dos valores."))
    if facts.numerator <= facts.denominator:
        return passed(N_("La parte no pasa del todo."))
    if facts.explained:
        return passed(N_("La parte pasa del todo y la causa está escrita."))
    return RULE.broken(
        N_(
            "En %(month)s, «%(part)s» (%(numerator)s) es mayor que «%(whole)s» (%(denominator)s). Si es correcto,"
            " explique la causa; si no, corríjalo."
        ),
        month=Word(facts.month),
        part=facts.numerator_name,
        numerator=Figure(facts.numerator),
        whole=facts.denominator_name,
        denominator=Figure(facts.denominator),
    )


RULE: Rule[CaptureFacts] = Rule(
    code="captures.part_over_whole",
    sentence=N_("En un porcentaje la parte no pasa del todo sin una explicación."),
    citation=Citation(N_("Regla del producto"), N_("cocientes"), ours=True),
    severity=Severity.NEEDS_JUSTIFICATION,
    check=check,
    exceptions=(N_("Un cociente que no es porcentaje (días por trámite, casos por mil) puede pasar de uno."),),
)
