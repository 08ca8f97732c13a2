"""A method of calculation told in words, as a formula: «Suma de casos atendidos y turnados entre casos recibidos, por
100».

Nothing is guessed: each word is the name of a variable, a number, an operation, or one of a few that say nothing. What
has any other word is no formula.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from rumbo.core.engine.formula.names import LETTER, folded, is_symbol
from rumbo.core.engine.formula.tokens import LIMITS
from rumbo.core.engine.formula.units import singular
from rumbo.core.engine.formula.variables import Variable

MOST_PARTS = 8  # sentences of a method that are tried
_PIECE = re.compile(rf"[{LETTER}][{LETTER}0-9_]*|[0-9][0-9.,]*\s?%?|[^\s]")
_PARTS = re.compile(r"(?<=[.;:])\s+|\n|=")
_EMPTY = frozenset(
    ("numero", "cantidad", "monto", "valor", "de", "del", "la", "las", "el", "los", "al", "resultado", "se", "su")
)  # fmt: skip
_SIGNS = {"+": "+", "-": "-", "−": "-", "–": "-", "*": "*", "×": "*", "·": "*", "/": "/", "÷": "/", "(": "(",
          ")": ")", "[": "(", "]": ")", "{": "(", "}": ")"}  # fmt: skip
_SPOKEN = {"mas": "+", "menos": "-", "por": "*", "x": "*", "multiplicado": "*", "multiplicada": "*"}
_OVER = frozenset(("entre", "dividido", "dividida", "sobre", "respecto", "contra"))
_HEADS = {"suma": "+", "sumatoria": "+", "promedio": "mean", "media": "mean", "diferencia": "-", "resta": "-"}
_NUMBERS = {"cien": "100", "ciento": "100", "mil": "1000"}
_HUNDRED = frozenset(("porcentaje", "proporcion"))
_AND, _DIVIDE = "y", "÷"


def formula_of_words(text: str, variables: Sequence[Variable]) -> Iterator[str]:
    """Of each sentence that is a formula of two variables or more, whole; nothing of a text too long to be one."""
    if len(text) > LIMITS.length:
        return
    spoken = _names(variables)
    for part in _PARTS.split(text)[:MOST_PARTS]:
        if formula := _Reader(spoken).formula(part.strip(" .;:,")):
            yield formula


@dataclass(frozen=True, slots=True)
class _Spoken:
    """A name as the words that say it; the longest ones are looked for first."""

    words: tuple[str, ...]
    symbol: str


def _names(variables: Sequence[Variable]) -> list[_Spoken]:
    found = [
        _Spoken(tuple(singular(text).split("_")), one.symbol)
        for one in variables
        if is_symbol(one.symbol)
        for text in {folded(one.name), folded(one.symbol)}
        if text
    ]
    return sorted(found, key=lambda one: -len(one.words))


@dataclass(slots=True)
class _Reader:
    """The pieces of one sentence as they are told: symbols, numbers, signs, and words of ours for the rest."""

    spoken: Sequence[_Spoken]
    told: list[str] = field(default_factory=list)
    used: set[str] = field(default_factory=set)
    percent: bool = False

    def formula(self, text: str) -> str:
        pieces = _PIECE.findall(text)[: LIMITS.tokens]
        words = [singular(folded(piece)) for piece in pieces]
        at = 0
        while at < len(pieces):
            step = self._name(words, at) or self._piece(pieces[at], folded(pieces[at]))
            if not step:
                return ""
            at += step
        return self._whole() if len(self.used) > 1 else ""

    def _name(self, words: Sequence[str], at: int) -> int:
        """How many pieces the name that begins here takes."""
        for one in self.spoken:
            if words[at] == one.words[0] and tuple(words[at : at + len(one.words)]) == one.words:
                self.told.append(one.symbol)
                self.used.add(one.symbol)
                return len(one.words)
        return 0

    def _piece(self, piece: str, word: str) -> int:
        if piece[0].isdigit():
            number = piece.replace(",", "").rstrip("% ").rstrip(".")
            self.told.append(number)
            return int(bool(number))
        if not piece[0].isalpha():
            if piece == ",":
                self.told.append(_AND)
            elif piece in _SIGNS:
                self.told.append(_SIGNS[piece])
            return int(piece == "," or piece in _SIGNS)
        if word in _HUNDRED and not self.told:
            self.percent = True
        elif word in _NUMBERS:
            self.told.append(_NUMBERS[word])
        elif word in _OVER:
            self._over()
        elif word in _SPOKEN:
            self._sign(_SPOKEN[word])
        elif word in _HEADS:
            self.told.append(f"#{_HEADS[word]}")
        elif word in ("y", "e"):
            self.told.append(_AND)
        elif word not in _EMPTY:
            return 0
        return 1

    def _over(self) -> None:
        """«dividido entre» is one division, and the «entre» of a difference is none."""
        if self.told and self.told[-1] != _DIVIDE and not self.told[-1].startswith("#"):
            self.told.append(_DIVIDE)

    def _sign(self, sign: str) -> None:
        if not (self.told and self.told[-1] == sign):  # «multiplicado por» is one product
            self.told.append(sign)

    def _whole(self) -> str:
        told = _without_trailing(self.told)
        told, times = _times(told)
        parts = _split(told)
        if len(parts) > 2 or any(not part for part in parts):
            return ""
        formula = " / ".join(_grouped(_listed(part), alone=len(parts) == 1 and not times) for part in parts)
        if self.percent and times is None and len(parts) == 2:
            times = "100"
        whole = f"{times} * {formula}" if times else formula
        return _bare(whole.replace("( ", "(").replace(" )", ")"))


def _without_trailing(told: list[str]) -> list[str]:
    """A comma before an operation says nothing."""
    return [one for place, one in enumerate(told) if one != _AND or _joins(told, place)]


def _joins(told: Sequence[str], place: int) -> bool:
    after = told[place + 1] if place + 1 < len(told) else ")"
    return after not in ("+", "-", "*", "/", _DIVIDE, ")", _AND)


def _times(told: list[str]) -> tuple[list[str], str | None]:
    """What is said at the end of everything, «…, por 100», multiplies everything."""
    if len(told) > 2 and told[-2] == "*" and told[-1][0].isdigit() and _DIVIDE in told:
        return told[:-2], told[-1]
    return told, None


def _split(told: Sequence[str]) -> list[list[str]]:
    """By the divisions that are said and not written: all that is before over all that is after."""
    parts: list[list[str]] = [[]]
    for one in told:
        if one == _DIVIDE:
            parts.append([])
        else:
            parts[-1].append(one)
    return parts


def _grouped(part: Sequence[str], *, alone: bool) -> str:
    text = " ".join(part)
    return (
        text
        if alone or len(part) == 1 or (text.count("(") == 1 and text[0] == "(" and text[-1] == ")")
        else f"({text})"
    )


def _bare(text: str) -> str:
    """Without the only parentheses, when all is within them."""
    return text[1:-1] if text.count("(") == 1 and text[0] == "(" and text[-1] == ")" else text


def _listed(part: Sequence[str]) -> list[str]:
    """«suma de a, b y c» as a + b + c; the mean is divided by how many they are."""
    found: list[str] = []
    at = 0
    while at < len(part):
        if not part[at].startswith("#"):
            found.append(part[at])
            at += 1
            continue
        head, rows = part[at][1:], []
        at += 1
        while at < len(part) and (part[at] == _AND or is_symbol(part[at])):
            if part[at] != _AND:
                rows.append(part[at])
            at += 1
        sign = "-" if head == "-" else "+"
        found += ["(", f" {sign} ".join(rows), ")"] if head != "mean" or len(rows) < 2 else [_mean(rows)]
    return [one for one in found if one]


def _mean(symbols: Sequence[str]) -> str:
    return f"({' + '.join(symbols)}) / {len(symbols)}"
