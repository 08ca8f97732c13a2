"""El registro dice lo que dice el programa del día en que se valida.

Excepciones:
1. Un registro publicado conserva lo que se publicó.
"""

from rumbo.core.rules import Citation, Finding, Rule, Severity, not_applicable, passed
from rumbo.core.vocabulary.marking import N_
from rumbo.systems.transparency.rules._subject import RecordSheet


def check(sheet: RecordSheet) -> Finding:
    # 1
    if sheet.published_on is not None:
        return not_applicable(N_("El registro publicado conserva lo que se publicó."))
    if not sheet.changed:
        return passed(N_("El registro dice lo que dice el programa."))
    return RULE.broken(
        N_("El programa cambió después de preparar el registro: %(columns)s. Vuelva a componerlo, o valide si debe"
           " quedar como estaba."),
        columns=", ".join(sheet.changed),
    )  # fmt: skip


RULE: Rule[RecordSheet] = Rule(
    code="transparency.as_the_plan_says",
    sentence=N_("El registro dice lo que dice el programa del día en que se valida."),
    citation=Citation(
        "Artículo 121, fracción XXII, inciso b)",
        "Misión, Visión, Diagnóstico general, Objetivos estratégicos, Líneas de acción",
        ("IECM-08", "IECM-09", "IECM-10", "IECM-14", "IECM-15"),
        ours=True,
    ),
    severity=Severity.WARNS,
    check=check,
    exceptions=(N_("Un registro publicado conserva lo que se publicó."),),
)
