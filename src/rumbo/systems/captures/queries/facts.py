"""The facts that the rules of a capture look at."""

from datetime import date
from decimal import Decimal

from django.db.models import Count, Q
from django.utils.translation import gettext as _

from rumbo.core.rules import Judgement
from rumbo.core.timekeeping.period import Period
from rumbo.core.vocabulary.accumulation import Accumulation
from rumbo.foundation.organization.settings import InstitutionSettings
from rumbo.systems.captures.events import CaptureLight, light_reader
from rumbo.systems.captures.models import Capture
from rumbo.systems.captures.rules import RECENT_MONTHS, RULEBOOK, CaptureFacts

MONTHS = 12
PER_CENT = frozenset({"%", "porcentaje", "por ciento"})


def judgements_of(
    capture: Capture, settings: InstitutionSettings, *, on: date, light: CaptureLight | None = None
) -> list[Judgement]:
    """What every rule says of a stored capture (with its indicator and goal), on a day."""
    return RULEBOOK.judge(facts_of(capture, settings, on=on, light=light), on=on)


def facts_of(
    capture: Capture, settings: InstitutionSettings, *, on: date, light: CaptureLight | None = None
) -> CaptureFacts:
    """From the row, its months before and its stored light (read here unless it is given). Two queries at most."""
    indicator = capture.indicator
    shown = light or light_reader.light_of(indicator.pk, capture.period)
    before, recent = _earlier(capture)
    month = Period.of(capture.period)
    return CaptureFacts(
        month=_(month.month_name),
        last_day=month.last_day,
        on=on,
        accumulation=Accumulation(indicator.accumulation),
        has_denominator=bool(indicator.denominator_name),
        numerator_name=indicator.numerator_name,
        denominator_name=indicator.denominator_name,
        percentage=indicator.unit_of_measure.strip().lower() in PER_CENT,
        decimals=indicator.decimals,
        principal=indicator.principal,
        numerator=capture.numerator,
        denominator=capture.denominator,
        before=before,
        recent=recent,
        jump_factor=Decimal(str(settings.jump_factor)),
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
        evidence_count=_pieces(capture),
        not_available_reason=capture.not_available_reason,
        expected_on=capture.expected_on,
    )


def _earlier(capture: Capture) -> tuple[tuple[Decimal, ...], tuple[Decimal, ...]]:
    """Values of the months before: those of the same year, and those of the last six months."""
    january = capture.period - capture.period % MONTHS
    since = min(january, capture.period - RECENT_MONTHS)
    rows = Capture.objects.filter(
        indicator=capture.indicator_id, period__range=(since, capture.period - 1), numerator__isnull=False
    )
    known = [
        (period, value)
        for period, value in rows.order_by("period").values_list("period", "numerator")
        if value is not None
    ]
    before = tuple(value for period, value in known if period >= january)
    return before, tuple(value for period, value in known if period >= capture.period - RECENT_MONTHS)


def _pieces(capture: Capture) -> int:
    if capture.pk is None:
        return 0
    counted = getattr(capture, "pieces", None)
    if counted is not None:
        return int(counted)
    live = Capture.objects.filter(pk=capture.pk).aggregate(
        pieces=Count("evidence", filter=Q(evidence__retired_on__isnull=True))
    )
    return int(live["pieces"])
