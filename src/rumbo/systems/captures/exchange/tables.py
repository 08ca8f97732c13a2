"""The two shapes of a workbook of captures, declared once.

The area's sheet: one row per value of an indicator (a ratio has two), twelve months. The long one, for past months:
one row per indicator and month.
"""

from rumbo.core.rendering.table import Column, Sheet
from rumbo.core.timekeeping.period import MONTH_NAMES, Period
from rumbo.core.vocabulary.marking import N_
from rumbo.core.vocabulary.variation_cause import VariationCause

NUMERATOR, DENOMINATOR = "numerator", "denominator"
PARTS = {NUMERATOR: N_("Valor"), DENOMINATOR: N_("Denominador")}


def month_key(period: int) -> str:
    """The column of a month, whatever its year."""
    return f"month_{Period.of(period).month}"


INFORMATIVE = {
    "name": N_("Indicador"),
    "variable": N_("Qué se escribe"),
    "unit": N_("Área"),
    "unit_of_measure": N_("Unidad"),
    "accumulation": N_("Acumulación"),
}

SHEET = Sheet(
    N_("Captura"),
    [
        Column("code", N_("Clave"), required=True, max_length=30),
        Column("part", N_("Dato"), required=True, kind="choice", choices=PARTS, aliases=("Variable",)),
        Column("year", N_("Año"), required=True, kind="integer"),
        # written for whoever reads the sheet; not read back, and no news when it returns
        *(Column(key, title) for key, title in INFORMATIVE.items()),
        *(
            Column(f"month_{number}", name, kind="decimal", aliases=(name[:3],))
            for number, name in enumerate(MONTH_NAMES, start=1)
        ),
    ],
)

HISTORY = Sheet(
    N_("Carga histórica"),
    [
        Column("code", N_("Clave"), required=True, max_length=30, aliases=("Indicador",)),
        Column("period", N_("Periodo"), required=True, max_length=7, aliases=("Mes",), example="2026-10"),
        Column(NUMERATOR, N_("Numerador"), required=True, kind="decimal", aliases=("Valor", "Realizado")),
        Column(DENOMINATOR, N_("Denominador"), kind="decimal"),
        Column(
            "cause_kind",
            N_("Causa de la variación"),
            kind="choice",
            choices={item.value: item.label for item in VariationCause},
        ),
        Column("cause", N_("Explicación de la causa")),
        Column("corrective_action", N_("Acción correctiva")),
        Column("commitment_on", N_("Fecha compromiso"), kind="date"),
        Column("responsible_post", N_("Puesto responsable"), max_length=200),
    ],
)
