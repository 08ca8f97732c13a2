"""«No aplica» vale solo con su razón.

Excepciones:
1. Una vinculación en blanco ya la señala la regla de columnas completas.
"""

import re

from rumbo.core.rules import Citation, Finding, Rule, Severity, not_applicable, passed
from rumbo.core.vocabulary.marking import N_
from rumbo.systems.transparency.rules._subject import RecordSheet

# «No aplica», «N/A», «NA», «ninguna», with whatever signs they carry.
_ALONE = re.compile(r"\W*(no\s+aplica|n\W?a|ningun[ao]|sin\s+vinculaci[oó]n)\W*", re.IGNORECASE)


def check(sheet: RecordSheet) -> Finding:
    alignment = sheet.text("higher_plan_alignment")
    # 1
    if not alignment:
        return not_applicable(N_("La vinculación está en blanco."))
    if _ALONE.fullmatch(alignment):
        return RULE.broken(N_("«%(text)s» no basta: escriba por qué no aplica, con su fundamento."), text=alignment)
    return passed(N_("La vinculación está escrita, o dice por qué no aplica."))


RULE: Rule[RecordSheet] = Rule(
    code="transparency.alignment_reasoned",
    sentence=N_("«No aplica» vale solo con su razón."),
    citation=Citation(
        "Artículo 121, fracción XXII, inciso b)",
        "Vinculación con el Programa General de Desarrollo",
        ("IECM-17", "IECM-18"),
    ),
    severity=Severity.BLOCKS,
    check=check,
    exceptions=(N_("Una vinculación en blanco ya la señala la regla de columnas completas."),),
)
