"""Ningún texto rebasa lo que cabe en una celda del formato."""

from rumbo.core.rendering.told import Figure
from rumbo.core.rules import Citation, Finding, Rule, Severity, passed
from rumbo.core.vocabulary.marking import N_
from rumbo.systems.transparency.rules._subject import RecordSheet


def check(sheet: RecordSheet) -> Finding:
    for column in sheet.columns:
        if len(column.text) > sheet.cell_limit:
            return RULE.broken(
                N_("%(column)s tiene %(length)s caracteres y una celda admite %(most)s. Acórtelo: en el archivo"
                   " saldría cortado."),
                column=column.name,
                length=Figure(len(column.text), 0),
                most=Figure(sheet.cell_limit, 0),
            )  # fmt: skip
    return passed(N_("Todos los textos caben en su celda."))


RULE: Rule[RecordSheet] = Rule(
    code="transparency.text_fits_a_cell",
    sentence=N_("Ningún texto rebasa lo que cabe en una celda del formato."),
    citation=Citation(N_("Formato XLSX"), N_("longitud de una celda"), ("IECM-10",)),
    severity=Severity.BLOCKS,
    check=check,
)
