"""A slow, obvious evaluator of formulas: one row, plain floats, None is «no result». Knows nothing of trees or arrays.

An expression is a tuple: ("number", text) · ("name", symbol) · ("-", a) · ("+-*/", a, b) · ("min", a, b, …) ·
("abs", a) · ("round", a, places) · ("if", sign, a, b, then, otherwise).
"""

import math
from collections.abc import Mapping
from typing import Any

TIE = 1e-13
LEVEL = {"+": 1, "-": 1, "*": 2, "/": 2}


def write(expression: Any, signs: Mapping[str, str]) -> str:
    """As a person would write it, with parentheses only where they are needed."""
    kind, *parts = expression
    if kind in ("number", "name"):
        return str(parts[0])
    if kind == "-" and len(parts) == 1:
        return f"({signs['-']}{_inside(parts[0], 3, signs)})"
    if kind in LEVEL:
        level = LEVEL[kind]
        return f"{_inside(parts[0], level, signs)} {signs[kind]} {_inside(parts[1], level + 1, signs)}"
    if kind == "round":
        return f"round({write(parts[0], signs)}, {parts[1]})"
    if kind == "if":
        sign, a, b, then, otherwise = parts
        sides = f"{write(a, signs)} {sign} {write(b, signs)}"
        return f"si({sides}; {write(then, signs)}; {write(otherwise, signs)})"
    return f"{kind}({', '.join(write(part, signs) for part in parts)})"


def _inside(expression: Any, level: int, signs: Mapping[str, str]) -> str:
    text = write(expression, signs)
    is_lower = expression[0] in LEVEL and len(expression) == 3 and LEVEL[expression[0]] < level
    return f"({text})" if is_lower else text


def evaluate(expression: Any, values: Mapping[str, float | None]) -> float | None:
    kind, *parts = expression
    if kind == "number":
        return float(parts[0])
    if kind == "name":
        return values[parts[0]]
    if kind == "if":
        return _if(parts, values)
    if kind == "round":
        return _round(evaluate(parts[0], values), parts[1])
    if kind in LEVEL and len(parts) == 2:
        return _operation(expression, values)
    found = [evaluate(part, values) for part in parts]
    if any(one is None for one in found):
        return None
    numbers = [one for one in found if one is not None]
    if kind == "-":
        return -numbers[0]
    if kind == "abs":
        return abs(numbers[0])
    return min(numbers) if kind == "min" else max(numbers)


def _operation(expression: Any, values: Mapping[str, float | None]) -> float | None:
    """«a + b − c» is one sum, cancelled to zero when only noise is left; «a × b ÷ c» goes on from left to right."""
    level = LEVEL[expression[0]]
    chain = []
    while expression[0] in LEVEL and len(expression) == 3 and LEVEL[expression[0]] == level:
        chain.append((expression[0], evaluate(expression[2], values)))
        expression = expression[1]
    total = evaluate(expression, values)
    if total is None or any(value is None for _, value in chain):
        return None
    largest = abs(total)
    for sign, value in reversed(chain):
        assert value is not None
        largest = max(largest, abs(value))
        if sign == "/" and value == 0:
            return None
        total = _two(total, sign, value)
    if level == 1 and abs(total) <= TIE * largest:
        return 0.0
    return total if math.isfinite(total) else None


def _two(a: float, sign: str, b: float) -> float:
    return {"+": lambda: a + b, "-": lambda: a - b, "*": lambda: a * b, "/": lambda: a / b}[sign]()


def _round(value: float | None, places: int) -> float | None:
    if value is None:
        return None
    scaled = value * 10.0**places
    scaled += max(abs(scaled), 100.0 * 10.0**places) * TIE
    return math.floor(scaled + 0.5) / 10.0**places


def _if(parts: list[Any], values: Mapping[str, float | None]) -> float | None:
    sign, left, right, then, otherwise = parts
    a, b = evaluate(left, values), evaluate(right, values)
    if a is None or b is None:
        return None
    same = abs(a - b) <= TIE * max(abs(a), abs(b))
    holds = {"=": same, "≠": not same, "<": a < b and not same, "≤": a < b or same}[sign]
    return evaluate(then if holds else otherwise, values)
