"""What evaluation does, in the same transaction, when the apps below announce a change."""

from django.utils import timezone

from rumbo.core.timekeeping.period import Period
from rumbo.systems.captures.events import CaptureChanged
from rumbo.systems.evaluation.actions.evaluating import evaluate
from rumbo.systems.indicators.events import ProgrammeChanged


def after_capture(news: CaptureChanged) -> None:
    """A new value changes its month and every later open month, up to the last one ended or captured."""
    ended = Period.containing(timezone.localtime(news.at).date()).index - 1
    evaluate(
        institution_id=news.institution_id,
        indicator_ids=news.indicator_ids,
        first=min(news.periods),
        last=max(ended, *news.periods),
    )


def after_programme(news: ProgrammeChanged) -> None:
    """A changed programme or sheet changes the provisional results of every open month that has ended."""
    ended = Period.containing(timezone.localtime(news.at).date()).index - 1
    evaluate(institution_id=news.institution_id, indicator_ids=news.indicator_ids, first=0, last=ended)
