"""Las fechas de una corrección no son anteriores a las de la versión que corrige.

1. Un registro que no corrige a otro no tiene con qué compararse.
"""

from rumbo.core.rendering.told import Day
from rumbo.core.rules import Citation, Finding, Rule, Severity, not_applicable, passed
from rumbo.core.vocabulary.marking import N_
from rumbo.systems.transparency.rules._subject import RecordSheet


def check(sheet: RecordSheet) -> Finding:
    if sheet.corrects is None:
        return not_applicable(N_("El registro no corrige a otro."))
    updated_on, validated_on = sheet.corrects
    if sheet.updated_on < updated_on:
        return RULE.broken(
            N_("La fecha de actualización (%(day)s) es anterior a la de la versión que se corrige (%(before)s)."),
            day=Day(sheet.updated_on), before=Day(updated_on),
        )  # fmt: skip
    if sheet.validated_on < validated_on:
        return RULE.broken(
            N_("La fecha de validación (%(day)s) es anterior a la de la versión que se corrige (%(before)s)."),
            day=Day(sheet.validated_on), before=Day(validated_on),
        )  # fmt: skip
    return passed(N_("Se actualiza y se valida después de la versión que corrige."))


RULE: Rule[RecordSheet] = Rule(
    code="transparency.correction_after_previous",
    sentence=N_("Las fechas de una corrección no son anteriores a las de la versión que corrige."),
    citation=Citation(
        "Artículo 121, fracción XXII, inciso b)", "fecha de validación", ("IECM-20", "IECM-21", "IECM-22")
    ),
    severity=Severity.BLOCKS,
    check=check,
)
