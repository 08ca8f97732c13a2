"""Ninguna fecha del registro es posterior al día en que se escribe."""

from rumbo.core.rendering.told import Day
from rumbo.core.rules import Citation, Finding, Rule, Severity, passed
from rumbo.core.vocabulary.marking import N_
from rumbo.systems.transparency.rules._subject import RecordSheet


def check(sheet: RecordSheet) -> Finding:
    ahead = [day for day in (sheet.updated_on, sheet.validated_on, sheet.published_on) if day and day > sheet.on]
    if not ahead:
        return passed(N_("Las fechas ya llegaron."))
    return RULE.broken(
        N_("El %(day)s todavía no llega. La fecha dice cuándo se hizo, no cuándo se hará."), day=Day(ahead[0])
    )


RULE: Rule[RecordSheet] = Rule(
    code="transparency.dates_have_come",
    sentence=N_("Ninguna fecha del registro es posterior al día en que se escribe."),
    citation=Citation(
        "Artículo 121, fracción XXII, inciso b)",
        "fechas de actualización y de validación",
        ("IECM-20", "IECM-21"),
        ours=True,
    ),
    severity=Severity.BLOCKS,
    check=check,
)
