"""What came of doing the same to many captures: each either went on or says why not."""

from dataclasses import dataclass

from rumbo.core.vocabulary.refusal import Refusal
from rumbo.systems.captures.models import Capture


@dataclass(frozen=True, slots=True)
class Outcome:
    done: tuple[Capture, ...]
    refused: tuple[tuple[Capture, Refusal], ...]

    @property
    def only(self) -> Capture:
        """The one capture that there was. Raises its refusal."""
        for _, refusal in self.refused:
            raise refusal
        return self.done[0]
