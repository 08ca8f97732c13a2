"""Words around a value: what the field wants, what results, what the rules say, what happened to it."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from rumbo.core.rendering import text
from rumbo.core.rules import Judgement, Verdict
from rumbo.core.timekeeping.period import Period
from rumbo.core.vocabulary.accumulation import Accumulation
from rumbo.core.vocabulary.capture_state import CaptureState
from rumbo.core.vocabulary.marking import N_
from rumbo.core.vocabulary.return_reason import ReturnReason
from rumbo.foundation.ui.presenters import filled
from rumbo.systems.captures.events import CaptureLight

if TYPE_CHECKING:
    from rumbo.foundation.audit.models import Event
    from rumbo.foundation.review.queries import Decided
    from rumbo.systems.indicators.models import Indicator


def language() -> text.Language:
    return "en" if (get_language() or "").startswith("en") else "es"


def month_name(period: int) -> str:
    """«octubre»."""
    return _(Period.of(period).month_name)


def plain(value: Decimal | None) -> str:
    """As a field shows it: a point, no thousands mark, no trailing zeros."""
    return "" if value is None else format(value.normalize(), "f") if value else "0"


def value_labels(indicator: "Indicator", period: int) -> tuple[str, str]:
    """Labels of the two fields; the second is empty when there is only one."""
    if not indicator.denominator_name:
        return _("Realizado en %(month)s (%(unit)s)") % {
            "month": month_name(period),
            "unit": indicator.unit_of_measure,
        }, ""
    template = _("%(name)s, en %(month)s")
    first, second = (
        template % {"name": name, "month": month_name(period)}
        for name in (indicator.numerator_name, indicator.denominator_name)
    )
    return first, second


def sentence(indicator: "Indicator", period: int) -> SafeString | str:
    """What the field wants, by the way in which the months are accumulated."""
    month = Period.of(period)
    match Accumulation(indicator.accumulation):
        case Accumulation.SUM:
            only = _("Solo lo realizado en %(month)s") % {"month": month_name(period)}
            return format_html("<strong>{}</strong> {}", only, _("(no el acumulado)."))
        case Accumulation.LAST | Accumulation.CONSTANT:
            day = text.day_and_month(month.last_day, language=language())
            return _("El valor al %(day)s.") % {"day": day}
        case Accumulation.AVERAGE:
            return _("El valor del mes; el sistema lo promedia.")
        case Accumulation.RATIO | Accumulation.RATE:
            return _("Los dos valores solo de %(month)s; el sistema acumula cada uno.") % {"month": month_name(period)}
        case _:
            return _("El valor de %(month)s; cada mes se evalúa por separado.") % {"month": month_name(period)}


def resulting(indicator: "Indicator", period: int, light: CaptureLight | None) -> str:
    """The line under the field: what results, in the figures that were stored."""
    if light is None or light.actual_to_date is None:
        return ""
    decimals = indicator.decimals
    done = text.number(light.actual_to_date, decimals)
    if Accumulation(indicator.accumulation).by_parts and light.actual is not None:
        return _("%(value)s en %(month)s; %(total)s acumulado.") % {
            "value": _with_unit(indicator, light.actual),
            "month": month_name(period),
            "total": _with_unit(indicator, light.actual_to_date),
        }
    if light.programmed_to_date is None:
        return _("Resultado al corte: %(done)s.") % {"done": done}
    planned = text.number(light.programmed_to_date, decimals)
    if indicator.accumulation == Accumulation.SUM:
        return _("Acumulado resultante: %(done)s de %(planned)s programados.") % {"done": done, "planned": planned}
    return _("Resultado al corte: %(done)s; programado: %(planned)s.") % {"done": done, "planned": planned}


def _with_unit(indicator: "Indicator", value: float) -> str:
    if indicator.unit_of_measure.strip() == "%":
        return text.percent(value, max(indicator.decimals, 1), language=language())
    return text.number(value, indicator.decimals)


@dataclass(frozen=True, slots=True)
class Notice:
    """What a rule says beside the field. `tone`: error (it cannot be sent), warning, info. `about`: value, cause,
    evidence."""

    tone: str
    message: str
    about: str


_MISSING = ("captures.value_present", "captures.readings_complete")
_ABOUT = {
    "captures.cause_needed": "cause",
    "captures.commitment_ahead": "cause",
    "captures.evidence_missing": "evidence",
    "captures.evidence_expected": "evidence",
}


def warnings(judgements: Iterable[Judgement], *, typed: bool = True) -> list[Notice]:
    """What is not met, in the order of the book. Before anything is typed, that it is missing is no news."""
    return [
        Notice(_tone(one), _filled(one), _ABOUT.get(one.rule.code, "value"))
        for one in judgements
        if not one.finding.is_met and (typed or one.rule.code not in _MISSING)
    ]


def _tone(judgement: Judgement) -> str:
    if judgement.blocks:
        return "info" if judgement.finding.evidence.get("waiting") else "error"  # a week that has not ended is no fault
    return "info" if judgement.finding.verdict is Verdict.WARN else "warning"


def _filled(judgement: Judgement) -> str:
    return filled(judgement.finding)


# What happened to a capture


@dataclass(frozen=True, slots=True)
class Happened:
    at: datetime
    who: str
    what: str
    detail: str = ""


_SAVED = {
    "captures.save": N_("Guardada"),
    "captures.save_sheet": N_("Guardada desde la hoja del área"),
    "captures.mark_unavailable": N_("Aún no se cuenta con el dato"),
    "captures.correct": N_("Corregida después del cierre"),
}


def history(events: Sequence["Event"], decisions: Sequence["Decided"]) -> list[Happened]:
    """Versions and decisions, newest first."""
    said = [
        Happened(
            at=one.at,
            who=" · ".join(part for part in (one.person_name, one.post) if part),
            what=_(one.label),
            detail=returned_because(one.reason_kind, one.reason),
        )
        for one in decisions
    ]
    saved = [
        Happened(event.at, event.actor, _(_SAVED[event.action]), _values(event))
        for event in events
        if event.action in _SAVED
    ]
    return sorted([*said, *saved], key=lambda one: one.at, reverse=True)


def returned_because(kind: str, reason: str) -> str:
    """«Evidencia de otro periodo: La evidencia es de septiembre.»"""
    return f"{_(ReturnReason(kind).label)}: {reason}" if kind else reason


def returned_by(back: "Decided") -> str:
    """«Devuelta por Planeación el 03/12/2026: «La evidencia es de septiembre.»»"""
    return _("%(what)s el %(day)s: «%(reason)s»") % {
        "what": _(back.label),
        "day": text.short_date(timezone.localtime(back.at).date()),
        "reason": back.reason,
    }


def _values(event: "Event") -> str:
    after: dict[str, Any] = json.loads(event.payload).get("after", {})
    parts = [after.get("numerator"), after.get("denominator")]
    shown = [text.number(Decimal(part)) for part in parts if part is not None]
    return " / ".join(shown) or str(after.get("not_available_reason") or "")


def state_label(state: str) -> str:
    return _(CaptureState(state).label)
