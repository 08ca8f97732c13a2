"""The language in which people write how an indicator is computed, and nothing else that a program could do.

    variables = [Variable("atendidos", "Casos atendidos", "caso"), Variable("recibidos", "Casos recibidos", "caso")]
    checked = check("100 × atendidos ÷ recibidos", variables, unit="%")
    run = compiled(checked.tree)                        # the same over arrays [n] or [n, s]
    run({"atendidos": done, "recibidos": received})

It has variables, numbers, + - * / ( ), comparisons inside of a conditional, and min, max, abs and round. What people
type is cut into tokens, told as Python with every name and number replaced by a mark of ours, read by `ast` and kept
only if each node is one of a short list. There is no text, attribute, index, assignment, power or loop to write.
"""

from rumbo.core.engine.formula.attempting import Attempt, attempt
from rumbo.core.engine.formula.capturing import Captured, Shape, captured, shape_of
from rumbo.core.engine.formula.checking import MOST_VARIABLES, Checked, check
from rumbo.core.engine.formula.compiling import Compiled, compiled
from rumbo.core.engine.formula.explaining import sentence, symbols, told_sum, with_numbers
from rumbo.core.engine.formula.names import symbol_of
from rumbo.core.engine.formula.problems import FormulaError, Problem
from rumbo.core.engine.formula.reading import read
from rumbo.core.engine.formula.suggesting import Described, Suggestion, suggest
from rumbo.core.engine.formula.tokens import Limits
from rumbo.core.engine.formula.tree import Node, names_in
from rumbo.core.engine.formula.variables import Variable

__all__ = [
    "MOST_VARIABLES",
    "Attempt",
    "Captured",
    "Checked",
    "Compiled",
    "Described",
    "FormulaError",
    "Limits",
    "Node",
    "Problem",
    "Shape",
    "Suggestion",
    "Variable",
    "attempt",
    "captured",
    "check",
    "compiled",
    "names_in",
    "read",
    "sentence",
    "shape_of",
    "suggest",
    "symbol_of",
    "symbols",
    "told_sum",
    "with_numbers",
]
