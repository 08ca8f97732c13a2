"""The tables of the goals' workbook."""

from rumbo.core.rendering.cells import normal
from rumbo.core.rendering.table import Column, Sheet
from rumbo.core.timekeeping.period import MONTH_SHORT
from rumbo.core.vocabulary.accumulation import Accumulation
from rumbo.core.vocabulary.dimension import Dimension
from rumbo.core.vocabulary.direction import Direction
from rumbo.core.vocabulary.frequency import Frequency
from rumbo.core.vocabulary.goal_type import GoalType
from rumbo.core.vocabulary.marking import N_

OF_GOAL = (
    Column("code", "Clave", required=True, max_length=30, aliases=("Clave de la meta",)),
    Column("statement", "Meta", required=True, aliases=("Enunciado",)),
    Column(
        "line", "Línea de acción", required=True, max_length=100, aliases=("Clave de la línea", "Elemento del plan")
    ),
    Column("unit", "Área", required=True, max_length=30, aliases=("Área responsable", "Clave del área")),
    Column("co_responsible", "Áreas corresponsables", help=N_("Claves separadas por punto y coma.")),
    Column("goal_type", "Tipo", kind="choice", choices={kind.value: kind.label for kind in GoalType}),
    Column("weight", "Ponderación", kind="decimal", decimals=4, help=N_("Mayor que cero; vacía vale 1.")),
    Column("critical", "Crítica", kind="boolean"),
    Column("term_target", "Meta del periodo", kind="decimal", help=N_("La de todo el periodo de gobierno.")),
    Column("responsible_post", "Responsable (cargo)", max_length=200),
    Column("sdg", "ODS", max_length=60),
    Column("agreed_on", "Acordada el", kind="date", help=N_("Fecha en que se acordó con la persona titular del área.")),
)
_WORDS = N_("Se escribe como en la lista.")
OF_INDICATOR = (
    Column("indicator", "Clave del indicador", max_length=30, help=N_("Vacía toma la clave de la meta.")),
    Column("name", "Indicador", required=True, max_length=300, aliases=("Nombre del indicador",)),
    Column("definition", "Definición"),
    Column("formula", "Fórmula", aliases=("Método de cálculo",)),
    Column("unit_of_measure", "Unidad de medida", required=True, max_length=100),
    Column("direction", "Sentido", required=True, help=_WORDS),
    Column("accumulation", "Acumulación", required=True, help=_WORDS),
    Column("frequency", "Frecuencia", kind="choice", choices={item.value: item.label for item in Frequency}),
    Column("due_months", "Meses en que reporta", help=N_("Solo si no son los de su frecuencia: 6; 11.")),
    Column("numerator_symbol", "Variable", max_length=60, aliases=("Variable del numerador",)),
    Column("numerator_name", "Nombre de la variable", max_length=300, aliases=("Numerador",)),
    Column("denominator_symbol", "Variable del denominador", max_length=60),
    Column("denominator_name", "Nombre del denominador", max_length=300, aliases=("Denominador",)),
    Column("factor", "Factor", kind="decimal", help=N_("100 en porcentajes; vacío vale 1.")),
    Column("decimals", "Decimales", kind="integer"),
    Column("dimension", "Dimensión", kind="choice", choices={item.value: item.label for item in Dimension}),
    Column("baseline", "Línea base", kind="decimal"),
    Column("baseline_year", "Año de la línea base", kind="integer"),
    Column("source", "Fuente", max_length=300),
    Column("means_of_verification", "Medio de verificación", max_length=300),
    Column("required_evidence", "Evidencia que se pide", max_length=200),
)
MONTHS = tuple(month.capitalize() for month in MONTH_SHORT)
OF_MONTHS = (
    *(Column(f"n{number}", month, kind="decimal") for number, month in enumerate(MONTHS, start=1)),
    *(Column(f"d{number}", f"Denominador {month}", kind="decimal") for number, month in enumerate(MONTHS, start=1)),
)

GOALS = Sheet(
    "Metas",
    (*OF_GOAL, *OF_INDICATOR),
    help=N_("Un renglón por meta, con su indicador principal. Lo que ya existe se actualiza por su clave."),
)
COMPLEMENTARY = Sheet(
    "Complementarios",
    (Column("goal", "Clave de la meta", required=True, max_length=30, aliases=("Meta",)), *OF_INDICATOR),
    help=N_("Los demás indicadores de una meta; no le dan su porcentaje."),
)
PROGRAMMES = Sheet(
    "Programación",
    (
        Column("indicator", "Clave del indicador", required=True, max_length=30, aliases=("Indicador", "Clave")),
        Column("year", "Año", required=True, kind="integer"),
        Column("annual_target", "Meta anual", kind="decimal"),
        Column("low", "Límite inferior", kind="decimal"),
        Column("high", "Límite superior", kind="decimal"),
        *OF_MONTHS,
    ),
    help=N_("Un renglón por indicador y año. En un mes vacío no hay nada programado; cero es cero."),
)
SHEETS = (GOALS, COMPLEMENTARY, PROGRAMMES)

# The phrase of the form and the word of the indicator sheet are both understood.
DIRECTIONS = {normal(word): item for item in Direction for word in (item.label, item.technical, item.name)}
ACCUMULATIONS = {normal(word): item for item in Accumulation for word in (item.label, item.technical, item.name)}
