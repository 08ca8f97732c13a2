"""Un texto más largo que el límite de la institución se avisa.

Ningún documento fija el límite de la plataforma de carga: lo decide la institución y solo avisa.
Excepciones:
1. No aplica si la institución no puso límite.
"""

from rumbo.core.rendering.told import Figure
from rumbo.core.rules import Citation, Finding, Rule, Severity, not_applicable, passed
from rumbo.core.vocabulary.marking import N_
from rumbo.systems.transparency.rules._subject import RecordSheet


def check(sheet: RecordSheet) -> Finding:
    # 1
    if not sheet.text_limit:
        return not_applicable(N_("La institución no puso límite a los textos."))
    long = [column for column in sheet.columns if len(column.text) > sheet.text_limit]
    if not long:
        return passed(N_("Los textos no rebasan el límite de la institución."))
    return RULE.broken(
        N_("%(column)s tiene %(length)s caracteres, más de los %(limit)s que fijó la institución. Si la plataforma no"
           " lo acepta, publíquelo aparte y ponga el enlace."),
        column=long[0].name,
        length=Figure(len(long[0].text), 0),
        limit=Figure(sheet.text_limit, 0),
        evidence={column.key: len(column.text) for column in long},
    )  # fmt: skip


RULE: Rule[RecordSheet] = Rule(
    code="transparency.text_within_limit",
    sentence=N_("Un texto más largo que el límite de la institución se avisa."),
    citation=Citation(N_("Configuración de la institución"), N_("límite de texto"), ("IECM-10",), ours=True),
    severity=Severity.WARNS,
    check=check,
    exceptions=(N_("No aplica si la institución no puso límite."),),
)
