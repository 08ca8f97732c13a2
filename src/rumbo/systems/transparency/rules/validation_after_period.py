"""La fecha de validación es posterior al término del periodo que se informa."""

from rumbo.core.rendering.told import Day
from rumbo.core.rules import Citation, Finding, Rule, Severity, passed
from rumbo.core.vocabulary.marking import N_
from rumbo.systems.transparency.rules._subject import RecordSheet


def check(sheet: RecordSheet) -> Finding:
    if sheet.validated_on > sheet.period_end:
        return passed(N_("Se valida después de terminado el periodo."))
    return RULE.broken(
        N_("La fecha de validación (%(validated)s) no es posterior al término del periodo (%(end)s). Valide a partir"
           " del día siguiente."),
        validated=Day(sheet.validated_on),
        end=Day(sheet.period_end),
    )  # fmt: skip


RULE: Rule[RecordSheet] = Rule(
    code="transparency.validation_after_period",
    sentence=N_("La fecha de validación es posterior al término del periodo que se informa."),
    citation=Citation("Artículo 121, fracción XXII, inciso b)", "fecha de validación", ("IECM-21", "IECM-22")),
    severity=Severity.BLOCKS,
    check=check,
)
