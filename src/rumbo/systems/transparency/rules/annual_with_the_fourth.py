"""El contenido anual se actualiza con el registro del cuarto trimestre.

«Trimestral y anual» se lee así: un registro por trimestre y, con el cuarto, el contenido anual, en el mismo plazo
(Q-05).
Excepciones:
1. Los tres primeros trimestres conservan el contenido anual como esté.
"""

from rumbo.core.rendering.told import Day
from rumbo.core.rules import Citation, Finding, Rule, Severity, not_applicable, passed
from rumbo.core.vocabulary.marking import N_
from rumbo.systems.transparency.rules._subject import RecordSheet

FOURTH = 4


def check(sheet: RecordSheet) -> Finding:
    # 1
    if sheet.quarter != FOURTH:
        return not_applicable(N_("El contenido anual se actualiza con el cuarto trimestre."))
    if sheet.updated_on >= sheet.period_start:
        return passed(N_("El contenido anual se actualizó en el cuarto trimestre o después."))
    if sheet.text("note"):
        return passed(N_("El contenido anual no cambió y la nota lo explica."))
    return RULE.broken(
        N_("La fecha de actualización (%(updated)s) es anterior al cuarto trimestre, y con él se actualiza el contenido"
           " anual. Actualícelo, o explique en la nota por qué no cambió."),
        updated=Day(sheet.updated_on),
    )  # fmt: skip


RULE: Rule[RecordSheet] = Rule(
    code="transparency.annual_with_the_fourth",
    sentence=N_("El contenido anual se actualiza con el registro del cuarto trimestre."),
    citation=Citation(
        "Artículo 121, fracción XXII, inciso b)", "leyenda del formato: «Trimestral y anual»", ("IECM-24",)
    ),
    severity=Severity.NEEDS_JUSTIFICATION,
    check=check,
    exceptions=(N_("Los tres primeros trimestres conservan el contenido anual como esté."),),
)
