"""The tables of the goals' workbook."""

from dataclasses import replace

from rumbo.core.rendering.table import Column, Sheet
from rumbo.core.timekeeping.slots import FiscalYear
from rumbo.core.vocabulary.accumulation import Accumulation
from rumbo.core.vocabulary.dimension import Dimension
from rumbo.core.vocabulary.direction import Direction
from rumbo.core.vocabulary.frequency import Frequency
from rumbo.core.vocabulary.goal_type import GoalType
from rumbo.core.vocabulary.marking import N_

FREQUENCIES = {item.value: item.label for item in Frequency}
OF_GOAL = (
    Column("code", N_("Clave"), required=True, max_length=30, aliases=("Clave de la meta",)),
    Column("statement", N_("Meta"), required=True, aliases=("Enunciado",)),
    Column(
        "line", N_("Línea de acción"), required=True, max_length=100, aliases=("Clave de la línea", "Elemento del plan")
    ),
    Column("unit", N_("Área"), required=True, max_length=30, aliases=("Área responsable", "Clave del área")),
    Column("co_responsible", N_("Áreas corresponsables"), help=N_("Claves separadas por punto y coma.")),
    Column(
        "contract",
        N_("Contrato"),
        max_length=60,
        aliases=("Número de contrato",),
        help=N_("Número del contrato bajo el que se mide, si lo hay."),
    ),
    Column(
        "contract_since",
        N_("Bajo el contrato desde"),
        kind="date",
        aliases=("Se mide bajo el contrato desde",),
        help=N_("Cambia con el contrato. Vacía: desde que este inicia, o desde hoy si deja de tenerlo."),
    ),
    Column("goal_type", N_("Tipo"), kind="choice", choices={kind.value: kind.label for kind in GoalType}),
    Column("weight", N_("Ponderación"), kind="decimal", decimals=4, help=N_("Mayor que cero; vacía vale 1.")),
    Column("critical", N_("Crítica"), kind="boolean"),
    Column("term_target", N_("Meta del periodo"), kind="decimal", help=N_("La de todo el periodo de gobierno.")),
    Column("responsible_post", N_("Responsable (cargo)"), max_length=200),
    Column("sdg", N_("ODS"), max_length=60),
    Column(
        "agreed_on", N_("Acordada el"), kind="date", help=N_("Fecha en que se acordó con la persona titular del área.")
    ),
)
_WORDS = N_("Se escribe como en la lista.")
OF_INDICATOR = (
    Column("indicator", N_("Clave del indicador"), max_length=30, help=N_("Vacía toma la clave de la meta.")),
    Column("name", N_("Indicador"), required=True, max_length=300, aliases=("Nombre del indicador",)),
    Column("definition", N_("Definición")),
    Column("formula", N_("Fórmula"), aliases=("Método de cálculo",)),
    Column("unit_of_measure", N_("Unidad de medida"), required=True, max_length=100),
    Column("direction", N_("Sentido"), required=True, help=_WORDS),
    Column("accumulation", N_("Acumulación"), required=True, help=_WORDS),
    Column("frequency", N_("Frecuencia"), kind="choice", choices=FREQUENCIES),
    Column("due_months", N_("Meses en que reporta"), help=N_("Solo si no son los de su frecuencia: 6; 11.")),
    Column("numerator_symbol", N_("Variable"), max_length=60, aliases=("Variable del numerador",)),
    Column("numerator_name", N_("Nombre de la variable"), max_length=300, aliases=("Numerador",)),
    Column("numerator_unit", N_("Unidad de la variable"), max_length=100),
    Column("denominator_symbol", N_("Variable del denominador"), max_length=60),
    Column("denominator_name", N_("Nombre del denominador"), max_length=300, aliases=("Denominador",)),
    Column("denominator_unit", N_("Unidad del denominador"), max_length=100),
    Column(
        "other_variables",
        N_("Otras variables"),
        help=N_("Las demás de la fórmula; también se capturan. «gasto: Gasto ejercido [pesos]», con punto y coma."),
    ),
    Column("factor", N_("Factor"), kind="decimal", help=N_("100 en porcentajes; vacío vale 1.")),
    Column("decimals", N_("Decimales"), kind="integer"),
    Column("dimension", N_("Dimensión"), kind="choice", choices={item.value: item.label for item in Dimension}),
    Column("baseline", N_("Línea base"), kind="decimal"),
    Column("baseline_year", N_("Año de la línea base"), kind="integer"),
    Column("source", N_("Fuente"), max_length=300),
    Column("means_of_verification", N_("Medio de verificación"), max_length=300),
    Column("required_evidence", N_("Evidencia que se pide"), max_length=200),
)
MONTHS = (
    N_("Ene"), N_("Feb"), N_("Mar"), N_("Abr"), N_("May"), N_("Jun"), N_("Jul"), N_("Ago"), N_("Sep"), N_("Oct"),
    N_("Nov"), N_("Dic"),
)  # fmt: skip
DENOMINATORS = (
    N_("Denominador Ene"), N_("Denominador Feb"), N_("Denominador Mar"), N_("Denominador Abr"), N_("Denominador May"),
    N_("Denominador Jun"), N_("Denominador Jul"), N_("Denominador Ago"), N_("Denominador Sep"), N_("Denominador Oct"),
    N_("Denominador Nov"), N_("Denominador Dic"),
)  # fmt: skip
OF_MONTHS = (
    *(Column(f"n{number}", month, kind="decimal") for number, month in enumerate(MONTHS, start=1)),
    *(Column(f"d{number}", month, kind="decimal") for number, month in enumerate(DENOMINATORS, start=1)),
)

GOALS = Sheet(
    N_("Metas"),
    (*OF_GOAL, *OF_INDICATOR),
    help=N_("Un renglón por meta, con su indicador principal. Lo que ya existe se actualiza por su clave."),
)
COMPLEMENTARY = Sheet(
    N_("Complementarios"),
    (
        Column("goal", N_("Clave de la meta"), required=True, max_length=30, aliases=("Meta",)),
        replace(OF_INDICATOR[0], help=N_("Vacía, se le asigna una; se dice cuál antes de aplicar.")),
        *OF_INDICATOR[1:],
    ),
    help=N_(
        "Los demás indicadores de una meta; no le dan su porcentaje. Sin clave, el sistema le asigna una: la de la meta"
        " y un número."
    ),
)
PROGRAMMES = Sheet(
    N_("Programación"),
    (
        Column("indicator", N_("Clave del indicador"), required=True, max_length=30, aliases=("Indicador", "Clave")),
        Column("year", N_("Año"), required=True, kind="integer"),
        Column("annual_target", N_("Meta anual"), kind="decimal"),
        Column("low", N_("Límite inferior"), kind="decimal"),
        Column("high", N_("Límite superior"), kind="decimal"),
        Column(
            "units_green",
            N_("En meta hasta, en unidades"),
            kind="decimal",
            help=N_("Distancia a lo programado que todavía está en meta. Vacía: se juzga por porcentaje."),
        ),
        Column("units_amber", N_("En riesgo hasta, en unidades"), kind="decimal"),
        Column(
            "units_below",
            N_("Se juzga en unidades hasta"),
            kind="decimal",
            help=N_("Solo si lo programado al corte no pasa de esto; vacío, siempre."),
        ),
        *OF_MONTHS,
    ),
    help=N_("Un renglón por indicador y año. En un mes vacío no hay nada programado; cero es cero."),
)
OF_MONTH = {column.key: column for column in OF_MONTHS}


def programmes_of(year: FiscalYear) -> Sheet:
    """The table of programmes with its months in the order of the year; read, they come in any."""
    order = [month.month for month in year.months]
    months = tuple(OF_MONTH[f"{part}{number}"] for part in "nd" for number in order)
    return replace(PROGRAMMES, columns=(*PROGRAMMES.columns[: -len(OF_MONTHS)], *months))


SHEETS = (GOALS, COMPLEMENTARY, PROGRAMMES)

# The phrase of the form and the word of the indicator sheet are both understood.
DIRECTIONS = {item: (item.label, item.technical, item.name) for item in Direction}
ACCUMULATIONS = {item: (item.label, item.technical, item.name) for item in Accumulation}
