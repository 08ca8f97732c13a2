"""How a message is told: translated first, filled afterwards, each figure and date in the language of the reader.

A rule or a refusal keeps its parameters raw, wrapped in the kind that says how they are read (a percentage, a month:
`rumbo.core.rendering.told`), and nobody writes them until somebody reads. `str` as the catalogue gives Spanish.
"""

from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping
from typing import Any

type Translate = Callable[[str], str]


class Told(ABC):
    """A parameter that is written when it is read. Subclasses are frozen dataclasses of plain values."""

    @abstractmethod
    def told(self, translate: Translate) -> str:
        """As the language of this catalogue writes it."""

    def __str__(self) -> str:
        return self.told(str)


def fill(template: str, params: Mapping[str, Any], translate: Translate = str) -> str:
    """The sentence of a source string with %(name)s places. Without parameters its percent signs are its own."""
    said = translate(template)
    if not params:
        return said
    return said % {name: value.told(translate) if isinstance(value, Told) else value for name, value in params.items()}
