"""El rótulo del trimestre, el ejercicio y las dos fechas del periodo dicen lo mismo."""

from rumbo.core.rendering.told import Day
from rumbo.core.rules import Citation, Finding, Rule, Severity, passed
from rumbo.core.timekeeping.quarter import Quarter
from rumbo.core.vocabulary.marking import N_
from rumbo.systems.transparency.rules._subject import RecordSheet


def check(sheet: RecordSheet) -> Finding:
    quarter = Quarter(sheet.fiscal_year, sheet.quarter)
    if (sheet.label, sheet.period_start, sheet.period_end) == (quarter.label, quarter.start, quarter.end):
        return passed(N_("El rótulo, el ejercicio y las fechas coinciden."))
    return RULE.broken(
        N_("«%(label)s» no coincide con el ejercicio y las fechas: el %(number)s.º trimestre de %(year)s va del"
           " %(start)s al %(end)s. Corrija el que esté mal."),
        label=sheet.label,
        number=sheet.quarter,
        year=sheet.fiscal_year,
        start=Day(quarter.start),
        end=Day(quarter.end),
        evidence={"period_start": sheet.period_start.isoformat(), "period_end": sheet.period_end.isoformat()},
    )  # fmt: skip


RULE: Rule[RecordSheet] = Rule(
    code="transparency.quarter_agrees",
    sentence=N_("El rótulo del trimestre, el ejercicio y las dos fechas del periodo dicen lo mismo."),
    citation=Citation("Artículo 121, fracción XXII, inciso b)", "renglón del trimestre", ("IECM-04", "IECM-05")),
    severity=Severity.BLOCKS,
    check=check,
)
