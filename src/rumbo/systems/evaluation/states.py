"""The canonical text of a sealed month, whose digest is printed in its documents; and the steps of a warning. Pure."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from types import NoneType
from typing import Any

from rumbo.core.vocabulary.risk import Risk
from rumbo.core.vocabulary.warning_state import WarningState

SEALED = (
    "slot_period", "due", "state", "weight", "critical", "programmed", "actual", "programmed_to_date",
    "actual_to_date", "annual_target", "compliance_month", "compliance_to_date", "compliance_year",
    "programmed_year", "gap", "light", "performance_class", "reason", "marks", "streak", "rank",
)  # fmt: skip
# Written only where they say something, so that months sealed before they existed keep their digest.
LATER = ("streak_since", "compliance_original", "term_actual", "term_compliance")


def line(code: str, values: Mapping[str, Any]) -> str:
    """One indicator's results as text: floats with eight decimals (decision I), absent ones empty."""
    return code + "|" + "|".join(_text(values[name]) for name in SEALED) + _later(*(values[name] for name in LATER))


def lines(codes: Sequence[str], columns: Sequence[Sequence[Any]], later: Sequence[Sequence[Any]]) -> Iterable[str]:
    """`line` of many indicators, from the columns of SEALED and LATER: a column at a time costs half as much."""
    said = [_texts(column, f"|{name}=") for name, column in zip(LATER, later, strict=True) if any(map(_said, column))]
    texts = map("|".join, zip(codes, *map(_texts, columns), strict=True))
    return map("".join, zip(texts, *said, strict=True)) if said else texts


def _said(value: Any) -> bool:
    return value is not None


def _later(*values: Any) -> str:
    return "".join(f"|{name}={_text(value)}" for name, value in zip(LATER, values, strict=True) if value is not None)


def digest(lines: Iterable[str]) -> str:
    """sha256 over the sorted lines, in hexadecimal."""
    return hashlib.sha256("\n".join(sorted(lines)).encode()).hexdigest()


def _texts(column: Sequence[Any], before: str = "") -> list[str]:
    """`_text` of each that there is, after `before`; asked once what they are."""
    kinds = set(map(type, column))
    if kinds <= {float, NoneType}:
        return ["" if value is None else f"{before}{value:.8f}" for value in column]
    if kinds <= {int, NoneType}:
        return ["" if value is None else f"{before}{value}" for value in column]
    return ["" if value is None else before + _text(value) for value in column]


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "1" if value else "0"
    if isinstance(value, float):
        return format(value, ".8f")
    return str(value)


# The steps that people take in the follow-up of an early warning; an estimate opens it again or closes it.
STEPS: Mapping[str, frozenset[WarningState]] = {
    "see": frozenset({WarningState.NEW}),
    "decide": frozenset({WarningState.NEW, WarningState.SEEN, WarningState.ATTENDED}),
    "do": frozenset({WarningState.ATTENDED}),
    "close": frozenset({WarningState.NEW, WarningState.SEEN, WarningState.ATTENDED}),
}


def after_estimate(state: WarningState, told: Risk, risk: Risk) -> WarningState:
    """Where a warning told at `told` stands once the risk is `risk`: it appears again only if the risk rose a step."""
    if risk > max(told, Risk.LOW):
        return WarningState.NEW
    return WarningState.CLOSED if risk <= Risk.LOW else state
