"""A magnitude that a formula names."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Variable:
    """`symbol` is what is written in the formula, without spaces; `name`, how people call it; `unit`, of one of it.

    An empty unit is not known and is never said to be wrong.
    """

    symbol: str
    name: str = ""
    unit: str = ""

    @property
    def title(self) -> str:
        return self.name or self.symbol
