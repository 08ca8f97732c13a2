"""Business days (días hábiles) and natural days.

A business day is not Saturday, Sunday nor one of `non_working`. During an electoral process all days and hours count
(TEPJF, tesis XVII/2004): `electoral` are its spans, both ends included. Counting starts the day after the act.
"""

from collections.abc import Container, Iterator, Sequence
from datetime import date, timedelta

from rumbo.core.timekeeping.period import Period

type Span = tuple[date, date]

ONE_DAY = timedelta(days=1)
_SATURDAY = 5
_LONGEST = 3660  # days searched before giving up: ten years without a business day are a wrong calendar


class NoSuchBusinessDay(ValueError):
    """The month, or the calendar, has not that many business days."""


def is_business_day(day: date, non_working: Container[date], electoral: Sequence[Span] = ()) -> bool:
    if any(start <= day <= end for start, end in electoral):
        return True
    return day.weekday() < _SATURDAY and day not in non_working


def add_business_days(start: date, count: int, non_working: Container[date], electoral: Sequence[Span] = ()) -> date:
    """The `count`-th business day after `start`, or before it when negative; with 0, `start` as it is."""
    step = ONE_DAY if count > 0 else -ONE_DAY
    left, day = abs(count), start
    for _ in range(_LONGEST + 7 * abs(count)):
        if not left:
            return day
        day += step
        if is_business_day(day, non_working, electoral):
            left -= 1
    raise NoSuchBusinessDay(f"No hay {abs(count)} días hábiles desde el {start:%d/%m/%Y}. Revise el calendario.")


def add_natural_days(start: date, count: int) -> date:
    """The `count`-th day after `start`, whatever it is."""
    return start + timedelta(days=count)


def business_day_or_next(day: date, non_working: Container[date], electoral: Sequence[Span] = ()) -> date:
    """The day itself if it is a business day, else the next one."""
    return day if is_business_day(day, non_working, electoral) else add_business_days(day, 1, non_working, electoral)


def business_day_or_previous(day: date, non_working: Container[date], electoral: Sequence[Span] = ()) -> date:
    """The day itself if it is a business day, else the last one before it: the safe date of a natural term."""
    return day if is_business_day(day, non_working, electoral) else add_business_days(day, -1, non_working, electoral)


def nth_business_day(period: Period, number: int, non_working: Container[date], electoral: Sequence[Span] = ()) -> date:
    """The `number`-th (from 1) business day of a month; negative counts from the end, −1 is the last one."""
    days = [day for day in _days(period) if is_business_day(day, non_working, electoral)]
    if number == 0 or abs(number) > len(days):
        raise NoSuchBusinessDay(f"{period.label} no tiene {abs(number)} días hábiles, tiene {len(days)}.")
    return days[number - 1 if number > 0 else number]


def business_days_late(due: date, done: date, non_working: Container[date], electoral: Sequence[Span] = ()) -> int:
    """Business days after `due` up to `done`, both counted as law counts; 0 when it was on time."""
    return sum(
        is_business_day(due + timedelta(days=later), non_working, electoral)
        for later in range(1, (done - due).days + 1)
    )


def natural_days_late(due: date, done: date) -> int:
    """0 when it was on time."""
    return max((done - due).days, 0)


def _days(period: Period) -> Iterator[date]:
    for number in range(1, period.last_day.day + 1):
        yield date(period.year, period.month, number)
