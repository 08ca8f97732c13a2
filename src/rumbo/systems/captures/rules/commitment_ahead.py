"""La fecha compromiso es posterior al mes que se explica."""

from rumbo.core.rendering.told import Day, Word
from rumbo.core.rules import Citation, Finding, Rule, Severity, not_applicable, passed
from rumbo.core.vocabulary.marking import N_
from rumbo.systems.captures.rules._facts import CaptureFacts


def check(facts: CaptureFacts) -> Finding:
    if facts.commitment_on is None:
        return not_applicable(N_("No hay fecha compromiso."))
    if facts.commitment_on <= facts.last_day:
        return RULE.broken(
            N_("La fecha compromiso (%(day)s) no es posterior a %(month)s. Escriba el día en que se verá el cambio."),
            day=Day(facts.commitment_on),
            month=Word(facts.month),
        )
    return passed(N_("La fecha compromiso es posterior al mes."))


RULE: Rule[CaptureFacts] = Rule(
    code="captures.commitment_ahead",
    sentence=N_("La fecha compromiso es posterior al mes que se explica."),
    citation=Citation(N_("Regla del producto"), N_("causa y compromiso"), ours=True),
    severity=Severity.BLOCKS,
    check=check,
)
