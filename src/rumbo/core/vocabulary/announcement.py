"""News that an app tells, inside its transaction, to the apps above it (decision J)."""

from collections.abc import Callable


class Announcement[T]:
    """A typed list of subscribers. Subscribing happens once, in `apps.py`; an exception in a handler undoes all."""

    def __init__(self) -> None:
        self._handlers: list[Callable[[T], None]] = []

    def subscribe(self, handler: Callable[[T], None]) -> None:
        if handler not in self._handlers:
            self._handlers.append(handler)

    def announce(self, news: T) -> None:
        for handler in self._handlers:
            handler(news)
