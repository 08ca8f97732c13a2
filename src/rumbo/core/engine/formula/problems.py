"""What is wrong with a formula and where, as data: a page marks the place, a workbook names the column."""

from dataclasses import dataclass, field
from typing import Any

from rumbo.core.vocabulary.refusal import Refusal


@dataclass(frozen=True, slots=True)
class Span:
    """Where in what the person typed: `column` from 1, in characters; 0 is the formula as a whole."""

    column: int = 0
    length: int = 0


NOWHERE = Span()


@dataclass(frozen=True, slots=True)
class Problem:
    """`template` is a source string to translate; `params` go into it. `blocks`: it cannot be saved so.

    `instead` is what the person probably meant, ready to replace the marked place; empty when nobody knows.
    """

    code: str
    template: str
    params: dict[str, Any] = field(default_factory=dict)
    span: Span = NOWHERE
    blocks: bool = True
    instead: str = ""

    @property
    def column(self) -> int:
        return self.span.column

    def __str__(self) -> str:
        return self.template % self.params if self.params else self.template


class FormulaError(Refusal):
    """The formula cannot be read. `problem` says where and why."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        super().__init__(problem.template, **problem.params)


def wrong(code: str, template: str, span: Span = NOWHERE, *, instead: str = "", **params: Any) -> FormulaError:
    """To be raised."""
    return FormulaError(Problem(code, template, params, span, instead=instead))
