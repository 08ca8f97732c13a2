"""Work that follows an answer: who closed a month does not wait for its early warnings to be estimated."""

from collections.abc import Callable
from functools import partial

from django.http import HttpResponseRedirect

from rumbo.core.timekeeping.period import Period
from rumbo.foundation.ui.doors import Request
from rumbo.systems.evaluation import actions


class Afterwards(HttpResponseRedirect):
    """Sends the browser on, and works once the server has given the answer out and closes it.

    If the work fails the closing stands, the server's log says why, and the pages say that nothing was estimated.
    """

    def __init__(self, place: str, work: Callable[[], object]) -> None:
        super().__init__(place)
        self._work = work

    def close(self) -> None:
        try:
            self._work()
        finally:
            super().close()


def foreseeing(request: Request, period: Period) -> Callable[[], object]:
    """The estimate of a month just closed."""
    return partial(
        actions.foresee_after, institution=request.institution, period=period, by=request.actor, on=request.today,
        at=request.now,
    )  # fmt: skip
