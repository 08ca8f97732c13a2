"""What evaluation does, in the same transaction, when the apps below announce a change."""

from collections.abc import Sequence
from datetime import datetime

from django.utils import timezone

from rumbo.core.timekeeping.period import Period
from rumbo.core.timekeeping.slots import FiscalYear
from rumbo.systems.captures.events import CaptureChanged
from rumbo.systems.evaluation.actions.evaluating import evaluate
from rumbo.systems.evaluation.models import Outlook
from rumbo.systems.indicators.events import ProgrammeChanged


def after_capture(news: CaptureChanged) -> None:
    """A new value changes its month and every later open month, up to the last one ended or captured."""
    ended = Period.containing(timezone.localtime(news.at).date()).index - 1
    evaluate(
        institution_id=news.institution_id,
        fiscal_start=news.fiscal_start,
        indicator_ids=news.indicator_ids,
        first=min(news.periods),
        last=max(ended, *news.periods),
    )
    _outdate(news.indicator_ids, min(news.periods), news.at)


def after_programme(news: ProgrammeChanged) -> None:
    """A changed programme or sheet changes the provisional results of every open month that has ended."""
    ended = Period.containing(timezone.localtime(news.at).date()).index - 1
    evaluate(
        institution_id=news.institution_id,
        fiscal_start=news.fiscal_start,
        indicator_ids=news.indicator_ids,
        first=0,
        last=ended,
    )
    this_year = FiscalYear.containing(Period.of(ended), news.fiscal_start)
    _outdate(news.indicator_ids, this_year.first.index, news.at)


def _outdate(indicator_ids: Sequence[int], first: int, at: datetime) -> None:
    """What was foreseen from `first` on did not know this; the estimate stays as it was made, and says so."""
    told = Outlook.objects.filter(indicator__in=indicator_ids, period__gte=first, changed_at=None)
    told.update(changed_at=at)
