"""The facts that the rules of a capture look at."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Count

from rumbo.core.rules import Judgement
from rumbo.core.timekeeping.period import Period
from rumbo.core.timekeeping.slots import FiscalYear
from rumbo.core.vocabulary.accumulation import Accumulation
from rumbo.foundation.organization.settings import InstitutionSettings
from rumbo.systems.captures.events import CaptureLight, light_reader
from rumbo.systems.captures.models import Capture, Evidence
from rumbo.systems.captures.queries.readings import month_in
from rumbo.systems.captures.rules import RECENT_MONTHS, RULEBOOK, CaptureFacts
from rumbo.systems.indicators import queries as indicators

PER_CENT = frozenset({"%", "porcentaje", "por ciento"})


type Known = list[tuple[int, Decimal]]  # period and value, oldest first


def judgements_of(
    capture: Capture, settings: InstitutionSettings, *, on: date, light: CaptureLight | None = None
) -> list[Judgement]:
    """What every rule says of a stored capture (with its indicator and goal), on a day."""
    return RULEBOOK.judge(facts_of(capture, settings, on=on, light=light), on=on)


def judgements_of_many(
    captures: Sequence[Capture],
    settings: InstitutionSettings,
    *,
    on: date,
    lights: Mapping[int, CaptureLight | None],
) -> dict[int, list[Judgement]]:
    """By capture (primary key), as `lights` is. Two queries."""
    known, pieces = _known(captures, settings.fiscal_start), _pieces(captures)
    return {
        capture.pk: RULEBOOK.judge(
            _facts(
                capture,
                settings,
                on,
                lights.get(capture.pk),
                known.get(capture.indicator_id, []),
                pieces.get(capture.pk, 0),
            ),
            on=on,
        )
        for capture in captures
    }


def facts_of(
    capture: Capture, settings: InstitutionSettings, *, on: date, light: CaptureLight | None = None
) -> CaptureFacts:
    """From the row, its months before and its stored light (read here unless it is given). Three queries at most."""
    shown = light or light_reader.light_of(capture.indicator_id, capture.period)
    known = _known([capture], settings.fiscal_start).get(capture.indicator_id, [])
    pieces = _pieces([capture]).get(capture.pk, 0) if capture.pk else 0
    return _facts(capture, settings, on, shown, known, pieces)


def _facts(
    capture: Capture,
    settings: InstitutionSettings,
    on: date,
    shown: CaptureLight | None,
    known: Known,
    pieces: int,
) -> CaptureFacts:
    indicator = capture.indicator
    month = Period.of(capture.period)
    asked = indicators.asked_of(indicator)
    first = FiscalYear.containing(month, settings.fiscal_start).first.index
    return CaptureFacts(
        month=month.month_name,
        last_day=month.last_day,
        on=on,
        accumulation=Accumulation(indicator.accumulation),
        fiscal_start=settings.fiscal_start,
        has_denominator=asked.has_denominator,
        numerator_name=asked.numerator_title,
        denominator_name=asked.denominator_title,
        percentage=indicator.unit_of_measure.strip().lower() in PER_CENT,
        decimals=indicator.decimals,
        principal=indicator.principal,
        numerator=capture.numerator,
        denominator=capture.denominator,
        before=tuple(value for period, value in known if first <= period < capture.period),
        recent=tuple(value for period, value in known if capture.period - RECENT_MONTHS <= period < capture.period),
        jump_factor=Decimal(str(settings.jump_factor)),
        programmed=Decimal(str(shown.programmed)) if shown and shown.programmed is not None else None,
        light=shown.light if shown else None,
        compliance=shown.compliance_to_date if shown else None,
        over=shown.over if shown else False,
        cause_kind=capture.cause_kind,
        cause=capture.cause,
        corrective_action=capture.corrective_action,
        commitment_on=capture.commitment_on,
        responsible_post=capture.responsible_post,
        required_evidence=indicator.required_evidence,
        evidence_required=settings.evidence_required,
        evidence_count=pieces,
        not_available_reason=capture.not_available_reason,
        expected_on=capture.expected_on,
        **_of_readings(capture, asked),
    )


def _of_readings(capture: Capture, asked: indicators.Asked) -> dict[str, Any]:
    if not asked.by_readings:
        return {}
    made = month_in(capture.readings, asked, capture.period)
    titles = {one.symbol: one.title for one in asked.variables}
    return {
        "by_readings": True,
        "by_stretches": asked.by_stretches,
        "missing": tuple(slot for slot in asked.stretches(capture.period) if slot.last_day in made.missing),
        "lacking": tuple(titles[symbol] for day in made.missing for symbol in made.lacking[day]),
        "not_computable": tuple(problem.template for _day, problem in made.problems),
    }


def _known(captures: Sequence[Capture], fiscal_start: int) -> dict[int, Known]:
    """Values of the indicators from the start of the earliest year (or six months before) to the newest month."""
    if not captures:
        return {}
    earliest = min(capture.period for capture in captures)
    since = min(FiscalYear.containing(Period.of(earliest), fiscal_start).first.index, earliest - RECENT_MONTHS)
    rows = Capture.objects.filter(
        indicator__in={capture.indicator_id for capture in captures},
        period__range=(since, max(capture.period for capture in captures) - 1),
    )
    found: dict[int, Known] = {}
    for indicator_id, period, value in rows.order_by("period").values_list("indicator_id", "period", "numerator"):
        if value is not None:
            found.setdefault(indicator_id, []).append((period, value))
    return found


def _pieces(captures: Sequence[Capture]) -> dict[int, int]:
    """How many proofs each capture has."""
    rows = Evidence.objects.filter(capture__in=[capture.pk for capture in captures], retired_on__isnull=True)
    return dict(rows.order_by().values_list("capture_id").annotate(pieces=Count("pk")))
