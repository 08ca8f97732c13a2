"""Un cociente sin casos que medir no se calcula, y se dice antes de enviar."""

from rumbo.core.rendering.told import Word
from rumbo.core.rules import Citation, Finding, Rule, Severity, not_applicable, passed
from rumbo.core.vocabulary.marking import N_
from rumbo.systems.captures.rules._facts import CaptureFacts


def check(facts: CaptureFacts) -> Finding:
    if not facts.has_denominator or facts.denominator is None:
        return not_applicable(N_("No hay denominador que revisar."))
    if facts.denominator == 0:
        return RULE.broken(
            N_(
                "No se puede calcular: en %(month)s no hubo %(cases)s (0). Se mostrará «No calculable» y no afecta al"
                " área."
            ),
            month=Word(facts.month),
            cases=_lower_first(facts.denominator_name),
        )
    return passed(N_("El denominador es distinto de cero."))


def _lower_first(name: str) -> str:
    """«Solicitudes recibidas» inside a sentence; an acronym stays as it is."""
    return name if name[:2].isupper() else name[:1].lower() + name[1:]


RULE: Rule[CaptureFacts] = Rule(
    code="captures.zero_denominator",
    sentence=N_("Un cociente sin casos que medir no se calcula, y se dice antes de enviar."),
    citation=Citation(N_("Regla del producto"), N_("no calculable"), ours=True),
    severity=Severity.WARNS,
    check=check,
)
