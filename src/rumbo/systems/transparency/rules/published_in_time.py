"""Se publica a más tardar 45 días naturales después de concluido el trimestre.

Se avisa antes y se marca lo extemporáneo. Los días se cuentan todos y el plazo no se recorre aunque venza en día
inhábil (Q-04); la institución puede decidir otro.

1. Una corrección no cambia el plazo: cuenta el día en que el trimestre se publicó por primera vez.
"""

from typing import Any

from rumbo.core.rendering.told import Day, Figure
from rumbo.core.rules import Citation, Finding, Rule, Severity, passed
from rumbo.core.vocabulary.marking import N_
from rumbo.systems.transparency.rules._subject import RecordSheet


def check(sheet: RecordSheet) -> Finding:
    published_on = sheet.first_published_on or sheet.published_on
    days = ((published_on or sheet.on) - sheet.due_on).days
    facts: dict[str, Any] = {"due": Day(sheet.due_on), "days": Figure(abs(days), 0)}
    if published_on is not None:
        if days > 0:
            return RULE.broken(
                N_("Publicación extemporánea: vencía el %(due)s; días naturales de atraso: %(days)s."), **facts
            )
        return passed(N_("Se publicó en plazo: vencía el %(due)s."), due=facts["due"])
    if days > 0:
        return RULE.broken(
            N_("El plazo venció el %(due)s; días naturales de atraso: %(days)s. Publique cuanto antes: quedará como"
               " extemporánea."), **facts
        )  # fmt: skip
    if -days <= sheet.alert_days:
        return RULE.broken(N_("El plazo vence el %(due)s; días naturales que faltan: %(days)s."), **facts)
    return passed(N_("El plazo vence el %(due)s; días naturales que faltan: %(days)s."), **facts)


RULE: Rule[RecordSheet] = Rule(
    code="transparency.published_in_time",
    sentence=N_("Se publica a más tardar 45 días naturales después de concluido el trimestre; se avisa antes y se marca"
                " lo extemporáneo."),
    citation=Citation(
        "Artículo 121, fracción XXII, inciso b)", "leyenda del formato", ("IECM-24", "IECM-25", "IECM-26")
    ),
    severity=Severity.WARNS,
    check=check,
)  # fmt: skip
