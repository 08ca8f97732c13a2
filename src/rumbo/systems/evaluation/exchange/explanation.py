"""«¿Cómo se calculó?» as data that programs read: the same chain as the page and the sheet on paper.

Keys and codes are those of the vocabulary, in English; figures are plain numbers in the unit of the indicator,
percentages on 0..100, days and months as ISO text; null is «there is none».
`docs/formats/cifra.md` tells each key.
"""

from typing import TYPE_CHECKING, Any

from rumbo.core.timekeeping.period import Period
from rumbo.core.vocabulary.light import Light
from rumbo.core.vocabulary.performance_class import PerformanceClass
from rumbo.systems.indicators.queries import asked_of

if TYPE_CHECKING:
    from rumbo.core.engine import Explanation
    from rumbo.core.engine.explanation import Band, Operation
    from rumbo.foundation.review.queries import Decided
    from rumbo.systems.evaluation.models import Closing, SchemeVersion
    from rumbo.systems.evaluation.presenters.calculations import GoalCalculation, MonthRead
    from rumbo.systems.indicators.models import Indicator

VERSION = 1


def explanation_data(calculation: "GoalCalculation") -> dict[str, Any]:
    """JSON-able. A reserved piece of evidence is told by its digest, without its name."""
    opened, found = calculation.opened, calculation.found
    return {
        "schema_version": VERSION,
        "institution": opened.institution.slug,
        "data_nature": opened.institution.nature,
        "area": calculation.goal.unit.code,
        "goal": {"code": calculation.goal.code, "statement": calculation.goal.statement},
        "indicator": _indicator(calculation.indicator),
        "period": str(opened.period),
        "shown_period": _month(calculation.shown_period),
        "closing": closing_data(opened.month.closing),
        "scheme": scheme_data(found.version),
        "evidence": [_taken(month) for month in calculation.months],
        "operation_of_month": _made(calculation),
        "decisions": [_decided(one) for one in calculation.decisions],
        "explanation": _chain(found.explained, calculation.since),
        "agrees_with_stored": found.agrees,
        "corrected_later": [
            {
                "period": str(Period.of(change.capture.period)),
                "before": _plain(change.before_numerator),
                "after": _plain(change.after_numerator),
                "decided_on": _iso(change.decided_on),
            }
            for change in found.later
        ],
        "with_todays_values": None if found.today is None else _chain(found.today, None),
    }


def _indicator(indicator: "Indicator") -> dict[str, Any]:
    return {
        "code": indicator.code,
        "principal": indicator.principal,
        "name": indicator.name,
        "formula": indicator.formula,
        "unit": indicator.unit_of_measure,
        "numerator": asked_of(indicator).numerator_title,
        "denominator": asked_of(indicator).denominator_title,
        "variables": [
            {"symbol": one.symbol, "name": one.name, "unit": one.unit} for one in asked_of(indicator).variables
        ],
        "factor": _plain(indicator.factor),
        "baseline": _plain(indicator.baseline),
        "frequency": str(indicator.frequency),
    }


def _made(calculation: "GoalCalculation") -> dict[str, Any] | None:
    """The formula with the values of the month shown, where it says more than the value."""
    made = calculation.formula
    if made is None:
        return None
    return {
        "symbols": made.symbols,
        "numbers": made.numbers,
        "variables": {one.symbol: value for one, value in made.variables},
    }


def closing_data(closing: "Closing | None") -> dict[str, Any] | None:
    if closing is None:
        return None
    return {
        "number": closing.number,
        "kind": str(closing.kind),
        "closed_on": _iso(closing.closed_on),
        "digest": closing.digest,
    }


def scheme_data(version: "SchemeVersion | None") -> dict[str, Any] | None:
    if version is None:
        return None
    return {"code": version.scheme, "version": version.number, "effective_from": _iso(version.effective_from)}


def _taken(month: "MonthRead") -> dict[str, Any]:
    taken = month.evidence
    return {
        "period": str(Period.of(month.period)),
        "due": taken.due,
        "owed": taken.owed,
        "reported": taken.reported,
        "programmed": taken.programmed,
        "programmed_denominator": taken.programmed_den,
        "actual": taken.actual,
        "actual_denominator": taken.actual_den,
        "readings": month.capture.readings if month.capture else {},
        "state": str(month.capture.state) if month.capture else None,
        "files": [
            {"name": None if piece.reserved else piece.file_name, "digest": piece.digest} for piece in month.pieces
        ],
    }


def _decided(one: "Decided") -> dict[str, Any]:
    """By its post and not by the name of a person, as on paper."""
    return {
        "step": one.step,
        "verdict": one.verdict,
        "at": one.at.isoformat(),
        "post": one.post,
        "reason_kind": one.reason_kind or None,
        "reason": one.reason or None,
    }


def _chain(one: "Explanation", since: int | None) -> dict[str, Any]:
    return {
        "accumulation": one.accumulation.name.lower(),
        "direction": one.direction.name.lower(),
        "programmed_to_date": operation_data(one.programmed),
        "actual_to_date": operation_data(one.actual),
        "compliance": operation_data(one.compliance),
        "compliance_to_date": one.percentage,
        "compliance_capped": one.capped,
        "compliance_original_programme": one.original,
        "compliance_month": one.month_percentage,
        "compliance_year": one.year_percentage,
        "decimals": one.decimals,
        "distance": None if one.distance is None else operation_data(one.distance),
        "annual_target": one.annual_target,
        "gap": one.gap,
        "light": one.light.key,
        "performance_class": one.performance_class.key or None,
        "reason": one.reason.name.lower(),
        "marks": [mark.name.lower() for mark in one.marks if mark.name],
        "streak": one.streak,
        "streak_since": _month(since),
        "light_bands": [_band(Light(band.code).key, band) for band in one.light_bands],
        "class_bands": [_band(PerformanceClass(band.code).key, band) for band in one.class_bands],
        "unit_bands": [_band(Light(band.code).key, band) for band in one.unit_bands],
        "notes": [str(note) for note in one.notes],
    }


def operation_data(operation: "Operation") -> dict[str, Any]:
    return {"symbols": operation.symbols, "numbers": operation.numbers, "value": operation.value}


def _band(key: str, band: "Band") -> dict[str, Any]:
    return {"key": key, "from": band.low, "below": band.high, "matched": band.matched}


def _month(index: int | None) -> str | None:
    return None if index is None else str(Period.of(index))


def _iso(day: Any) -> str | None:
    return None if day is None else day.isoformat()


def _plain(value: Any) -> float | None:
    return None if value is None else float(value)
