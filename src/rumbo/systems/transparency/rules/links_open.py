"""Los hipervínculos son direcciones completas.

Excepciones:
1. No juzga los que están vacíos.
"""

import re

from rumbo.core.rules import Citation, Finding, Rule, Severity, not_applicable, passed
from rumbo.core.vocabulary.marking import N_
from rumbo.systems.transparency.rules._subject import RecordSheet

_ADDRESS = re.compile(r"https?://[^\s/]+\.[^\s/]+(/\S*)?")
LINKS = ("annual_plan_url", "work_programme_url")


def check(sheet: RecordSheet) -> Finding:
    written = [sheet.text(key) for key in LINKS if sheet.text(key)]
    # 1
    if not written:
        return not_applicable(N_("No hay hipervínculos."))
    for link in written:
        if not _ADDRESS.fullmatch(link):
            return RULE.broken(
                N_("«%(link)s» no es una dirección completa. Escríbala como https://www.ejemplo.mx/programa.pdf."),
                link=link,
            )
    return passed(N_("Los hipervínculos son direcciones completas."))


RULE: Rule[RecordSheet] = Rule(
    code="transparency.links_open",
    sentence=N_("Los hipervínculos son direcciones completas."),
    citation=Citation("Artículo 121, fracción XXII, inciso b)", "hipervínculos", ("IECM-06", "IECM-07")),
    severity=Severity.BLOCKS,
    check=check,
    exceptions=(N_("No juzga los que están vacíos."),),
)
