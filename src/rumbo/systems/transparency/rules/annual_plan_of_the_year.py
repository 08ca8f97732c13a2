"""El Programa Operativo Anual que se enlaza es el del ejercicio que se informa.

Excepciones:
1. No juzga una dirección que no dice ningún año.
"""

import re

from rumbo.core.rules import Citation, Finding, Rule, Severity, not_applicable, passed
from rumbo.core.vocabulary.marking import N_
from rumbo.systems.transparency.rules._subject import RecordSheet

_YEAR = re.compile(r"(?<!\d)(?:19|20)\d{2}(?!\d)")


def check(sheet: RecordSheet) -> Finding:
    years = {int(year) for year in _YEAR.findall(sheet.text("annual_plan_url"))}
    # 1
    if not years:
        return not_applicable(N_("La dirección no dice de qué año es."))
    if sheet.fiscal_year in years:
        return passed(N_("La dirección es del ejercicio que se informa."))
    return RULE.broken(
        N_("La dirección del Programa Operativo Anual parece de %(year)s y el ejercicio es %(fiscal_year)s. Verifique"
           " que sea el programa aprobado para el ejercicio."),
        year=max(years),
        fiscal_year=sheet.fiscal_year,
    )  # fmt: skip


RULE: Rule[RecordSheet] = Rule(
    code="transparency.annual_plan_of_the_year",
    sentence=N_("El Programa Operativo Anual que se enlaza es el del ejercicio que se informa."),
    citation=Citation(
        "Artículo 121, fracción XXII, inciso b)",
        "Hipervínculo al Programa Operativo Anual",
        ("IECM-03", "IECM-06"),
    ),
    severity=Severity.WARNS,
    check=check,
    exceptions=(N_("No juzga una dirección que no dice ningún año."),),
)
