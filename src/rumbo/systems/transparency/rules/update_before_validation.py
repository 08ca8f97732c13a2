"""La fecha de actualización no es posterior a la de validación."""

from rumbo.core.rendering.told import Day
from rumbo.core.rules import Citation, Finding, Rule, Severity, passed
from rumbo.core.vocabulary.marking import N_
from rumbo.systems.transparency.rules._subject import RecordSheet


def check(sheet: RecordSheet) -> Finding:
    if sheet.updated_on <= sheet.validated_on:
        return passed(N_("La información se actualizó antes de validarse."))
    return RULE.broken(
        N_("La fecha de actualización (%(updated)s) es posterior a la de validación (%(validated)s). Se valida lo que"
           " ya está actualizado: corrija una de las dos."),
        updated=Day(sheet.updated_on),
        validated=Day(sheet.validated_on),
    )  # fmt: skip


RULE: Rule[RecordSheet] = Rule(
    code="transparency.update_before_validation",
    sentence=N_("La fecha de actualización no es posterior a la de validación."),
    citation=Citation(
        "Artículo 121, fracción XXII, inciso b)",
        "fechas de actualización y de validación",
        ("IECM-20", "IECM-21", "IECM-22"),
    ),
    severity=Severity.BLOCKS,
    check=check,
)
