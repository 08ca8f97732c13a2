"""El diagnóstico tiene sus cuatro bloques: fortalezas, debilidades, oportunidades y amenazas.

Excepciones:
1. Un diagnóstico en blanco ya lo señala la regla de columnas completas.
"""

from rumbo.core.rules import Citation, Finding, Rule, Severity, not_applicable, passed
from rumbo.core.vocabulary.marking import N_
from rumbo.systems.transparency.rules._subject import RecordSheet


def check(sheet: RecordSheet) -> Finding:
    text = sheet.text("situation_analysis")
    # 1
    if not text:
        return not_applicable(N_("El diagnóstico está en blanco."))
    missing = [block.capitalize() for block in sheet.blocks if block not in text]
    if missing:
        return RULE.broken(
            N_("Al diagnóstico le falta: %(blocks)s. Complete el FODA del programa y vuelva a componer el registro."),
            blocks=", ".join(missing),
        )
    return passed(N_("El diagnóstico tiene sus cuatro bloques."))


RULE: Rule[RecordSheet] = Rule(
    code="transparency.situation_in_four_blocks",
    sentence=N_("El diagnóstico tiene sus cuatro bloques: fortalezas, debilidades, oportunidades y amenazas."),
    citation=Citation("Artículo 121, fracción XXII, inciso b)", "Diagnóstico general", ("IECM-10", "IECM-11")),
    severity=Severity.WARNS,
    check=check,
    exceptions=(N_("Un diagnóstico en blanco ya lo señala la regla de columnas completas."),),
)
