"""Answers kept while nothing is written.

Every write of an institution leaves an event in its chain, in the same transaction. So while the head of the chain
stays the same, what the institution decided, its areas and its plan stay the same too, and asking again is a waste.
What a write does not tell the trail (provisional results recomputed by command) is not kept by this alone.
"""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Any, ClassVar

ANSWERS = 1_000  # of all the institutions of a process; ours: some ten of each one in use, and its closings


class Memory:
    """A few answers of this process, each under one head of one chain. The one used longest ago goes first."""

    every: ClassVar[list["Memory"]] = []

    def __init__(self, most: int) -> None:
        self.most = most
        self._kept: OrderedDict[tuple[str, Hashable], tuple[str, Any]] = OrderedDict()
        self._lock = Lock()
        self.every.append(self)

    def under[T](self, chain: str, head: str, name: Hashable, ask: Callable[[], T]) -> T:
        """The answer to `name`: asked for again only under another head. It is shared by whoever asks.

        `head` is read before asking: what is written in between is at worst asked for once more.
        """
        key = (chain, name)
        with self._lock:
            if key in self._kept and self._kept[key][0] == head:
                self._kept.move_to_end(key)
                found: T = self._kept[key][1]
                return found
        answer = ask()
        with self._lock:
            self._kept[key] = (head, answer)
            self._kept.move_to_end(key)
            while len(self._kept) > self.most:
                self._kept.popitem(last=False)
        return answer

    def forget(self) -> None:
        with self._lock:
            self._kept.clear()


_answers = Memory(ANSWERS)
remembered = _answers.under  # what is given is read and never changed


def forget() -> None:
    """Everything, of every institution: for tests and measurements."""
    for memory in Memory.every:
        memory.forget()
