"""Ninguna columna obligatoria va en blanco.

Excepciones:
1. El hipervínculo al Programa de Trabajo se llena en su caso.
2. La nota puede ir vacía.
"""

from rumbo.core.rules import Citation, Finding, Rule, Severity, passed
from rumbo.core.vocabulary.marking import N_
from rumbo.systems.transparency.rules._subject import RecordSheet


def check(sheet: RecordSheet) -> Finding:
    missing = [column.name for column in sheet.columns if column.required and not column.text.strip()]
    if missing:
        return RULE.broken(
            N_(
                "Falta: %(columns)s. Una columna en blanco no equivale a «No aplica»: llénela o diga por qué no aplica."
            ),
            columns=", ".join(missing),
            evidence={"missing": missing},
        )
    return passed(N_("Las columnas obligatorias están llenas."))


RULE: Rule[RecordSheet] = Rule(
    code="transparency.columns_complete",
    sentence=N_("Ninguna columna obligatoria va en blanco."),
    citation=Citation(
        "Artículo 121, fracción XXII, inciso b)",
        "las quince columnas del formato",
        ("IECM-02", "IECM-03", "IECM-06", "IECM-08", "IECM-09", "IECM-10", "IECM-14", "IECM-15", "IECM-19"),
    ),
    severity=Severity.BLOCKS,
    check=check,
    exceptions=(
        N_("El hipervínculo al Programa de Trabajo se llena en su caso."),
        N_("La nota puede ir vacía."),
    ),
)
