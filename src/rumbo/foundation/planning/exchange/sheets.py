"""The tables of the plan's workbook."""

from rumbo.core.rendering.table import Column, Sheet
from rumbo.core.vocabulary.marking import N_
from rumbo.core.vocabulary.swot import SwotKind

PLAN = Sheet(
    N_("Plan"),
    (
        Column(
            "level", N_("Nivel"), required=True, max_length=60,
            help=N_("El nombre del nivel, o su número: 1 es el más alto."),
        ),
        Column("code", N_("Clave"), required=True, max_length=30, aliases=("Código",)),
        Column(
            "parent", N_("Depende de"), max_length=100, aliases=("Clave superior", "parent"),
            help=N_("Clave del elemento del que depende. Déjela vacía si todavía no se sabe: la numeración no basta."),
        ),
        Column("text", N_("Texto"), required=True, aliases=("Descripción", "Redacción")),
        Column(
            "suggested", N_("Sugerencia"), max_length=100, aliases=("Se sugiere que depende de",),
            help=N_("Clave de la que parece depender. Una persona la confirma en pantalla."),
        ),
    ),
    help=N_("Un renglón por eje, objetivo, estrategia o línea de acción. Lo que ya existe se actualiza por su clave."),
)  # fmt: skip
SWOT = Sheet(
    N_("FODA"),
    (
        Column(
            "kind", N_("Bloque"), required=True, kind="choice", choices={kind.value: kind.label for kind in SwotKind}
        ),
        Column("headline", N_("Enunciado"), required=True),
        Column("explanation", N_("Explicación")),
    ),
    help=N_("El diagnóstico completo: lo que está aquí sustituye a lo anterior."),
)
LEVELS = Sheet(
    N_("Niveles"),
    (
        Column("depth", N_("Orden"), required=True, kind="integer", help=N_("1 es el nivel más alto.")),
        Column("singular", N_("Nombre en singular"), required=True, max_length=60, example="Eje rector"),
        Column("plural", N_("Nombre en plural"), required=True, max_length=60, example="Ejes rectores"),
    ),
    help=N_("Los niveles del plan, del más alto al más bajo."),
)
FACTS = {
    "name": N_("Nombre del plan"),
    "kind_name": N_("Cómo se llama (programa de gobierno, programa institucional)"),
    "term_start": N_("Inicio del periodo"),
    "term_end": N_("Término del periodo"),
    "mission": N_("Misión"),
    "vision": N_("Visión"),
    "higher_plan_alignment": N_("Vinculación con el plan superior"),
    "higher_plan_not_applicable_reason": N_("Por qué no aplica la vinculación"),
    "annual_plan_url": N_("Enlace al Programa Operativo Anual"),
    "work_programme_url": N_("Enlace al Programa de Trabajo"),
}
IDENTITY = Sheet(
    N_("Identidad"),
    (
        Column("fact", N_("Dato"), required=True, kind="choice", choices=FACTS),
        Column("value", N_("Valor")),
    ),
    help=N_("Los textos del plan. Lo que no se nombra queda como está; lo que se deja vacío se borra."),
)
SHEETS = (PLAN, SWOT, LEVELS, IDENTITY)
LENGTHS = {"name": 300, "kind_name": 100, "annual_plan_url": 500, "work_programme_url": 500}
