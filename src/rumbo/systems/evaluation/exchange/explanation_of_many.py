"""«¿Cómo se calculó?» of a figure of many goals as data that programs read: the mean with each of its goals, or counts.

`docs/formats/cifra.md` tells each key.
"""

from typing import TYPE_CHECKING, Any

from rumbo.core.vocabulary.light import Light
from rumbo.core.vocabulary.performance_class import PerformanceClass
from rumbo.systems.evaluation.exchange.explanation import VERSION, closing_data, operation_data, scheme_data
from rumbo.systems.indicators import queries as indicators

if TYPE_CHECKING:
    from rumbo.systems.evaluation.models import RollupResult
    from rumbo.systems.evaluation.presenters.calculations import RolledCalculation

# What an address calls each figure, and the key of its value.
FIGURES = {
    "cumplimiento": "compliance",
    "avance": "annual_progress",
    "clases": "achieved_or_good_pct",
    "cobertura": "coverage",
}


def rolled_data(calculation: "RolledCalculation") -> dict[str, Any]:
    """JSON-able. One query more than the page: the codes of the goals of a mean."""
    opened, now, key = calculation.opened, calculation.now, FIGURES[calculation.figure]
    return {
        "schema_version": VERSION,
        "institution": opened.institution.slug,
        "data_nature": opened.institution.nature,
        "of": str(now.tree),
        "code": calculation.code or None,
        "name": calculation.name,
        "period": str(opened.period),
        "closing": closing_data(opened.month.closing),
        "scheme": scheme_data(calculation.version),
        "figure": key,
        "value": getattr(now, key),
        "operation": None if calculation.operation is None else operation_data(calculation.operation),
        "cap": calculation.cap,
        "programmed_progress": now.programmed_progress if key == "annual_progress" else None,
        "goals": _goals(calculation),
        "counts": _counts(now),
    }


def _counts(now: "RollupResult") -> dict[str, Any]:
    return {
        "goals": now.goals,
        "counted": now.counted,
        "expected": now.expected,
        "achieved_or_good": now.achieved_or_good,
        "lights": {light.key: now.lights[light] for light in Light},
        "classes": {grade.key or "none": now.classes[grade] for grade in PerformanceClass},
    }


def _goals(calculation: "RolledCalculation") -> list[dict[str, Any]]:
    """Those that enter a mean, by code, each with its percentage before the cap."""
    if not calculation.rows:
        return []
    found = indicators.indicators_by_id(row.indicator_id for row in calculation.rows)
    yearly = calculation.figure == "avance"
    told = [
        {
            "code": found[row.indicator_id].goal.code,
            "weight": row.weight,
            "percentage": row.compliance_year if yearly else row.compliance_to_date,
            "light": Light(row.light).key,
        }
        for row in calculation.rows
    ]
    return sorted(told, key=lambda one: str(one["code"]))
