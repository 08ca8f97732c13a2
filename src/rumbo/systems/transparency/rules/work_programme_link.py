"""El hipervínculo al Programa de Trabajo se llena en su caso; si no hay programa, la nota lo dice.

Puede ser de otro ejercicio: un programa de varios años puede ser anterior al que se informa.
"""

from rumbo.core.rules import Citation, Finding, Rule, Severity, passed
from rumbo.core.vocabulary.marking import N_
from rumbo.systems.transparency.rules._subject import RecordSheet


def check(sheet: RecordSheet) -> Finding:
    if sheet.text("work_programme_url"):
        return passed(N_("Tiene el hipervínculo al Programa de Trabajo."))
    if sheet.text("note"):
        return passed(N_("No tiene Programa de Trabajo y la nota lo explica."))
    return RULE.broken(
        N_("No hay hipervínculo al Programa de Trabajo. Si la institución no tiene uno, dígalo en la nota.")
    )


RULE: Rule[RecordSheet] = Rule(
    code="transparency.work_programme_link",
    sentence=N_("El hipervínculo al Programa de Trabajo se llena en su caso; si no hay programa, la nota lo dice."),
    citation=Citation(
        "Artículo 121, fracción XXII, inciso b)",
        "Hipervínculo al Programa de Trabajo, en su caso",
        ("IECM-07", "IECM-23"),
    ),
    severity=Severity.WARNS,
    check=check,
)
