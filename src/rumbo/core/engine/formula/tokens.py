"""What a person typed, cut into numbers, names and signs; or the first character that no formula has.

A length is refused before a single character is looked at, so that a book pasted by mistake costs nothing.
"""

import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Final

from rumbo.core.engine.formula.names import LETTER, MAX_SYMBOL
from rumbo.core.engine.formula.problems import FormulaError, Span, wrong
from rumbo.core.vocabulary.marking import N_


@dataclass(frozen=True, slots=True)
class Limits:
    """Characters, tokens and levels of parentheses. Ours: three times what the longest sheet of ours needs."""

    length: int = 2_000
    tokens: int = 600
    depth: int = 30


LIMITS: Final = Limits()
MOST_DIGITS = 15  # whole digits of a number: as many as a double tells apart
MOST_DECIMALS = 10


class Kind(StrEnum):
    NUMBER = "number"
    NAME = "name"
    SIGN = "sign"
    COMPARISON = "comparison"
    OPEN = "open"
    CLOSE = "close"
    COMMA = "comma"


@dataclass(frozen=True, slots=True)
class Token:
    """`text` as typed; `sign` as the language writes it (* / + - == …); `value` of a number, its «%» applied."""

    kind: Kind
    text: str
    span: Span
    sign: str = ""
    value: Decimal = Decimal(0)


# What keyboards, word processors and PDFs put where the language has one sign.
SIGNS = {
    "+": "+", "＋": "+",
    "-": "-", "−": "-", "–": "-", "—": "-", "‐": "-", "‑": "-", "‒": "-",
    "*": "*", "×": "*", "·": "*", "⋅": "*", "∙": "*", "✕": "*", "✖": "*", "∗": "*",
    "/": "/", "÷": "/", "∕": "/", "⁄": "/",
}  # fmt: skip
COMPARISONS = {
    "<=": "<=", ">=": ">=", "==": "==", "!=": "!=", "<>": "!=", "≤": "<=", "≥": ">=", "≠": "!=", "=": "==",
    "<": "<", ">": ">",
}  # fmt: skip
_BRACKETS = {"(": ")", "[": "]", "{": "}"}
_SPACES = " \t\r\n\u00a0\u2007\u2009\u202f"  # thin and hard ones come with what is pasted from a document
_NAME = re.compile(rf"[{LETTER}_][{LETTER}0-9_\u0300-\u036f]*")
_NUMBER = re.compile(r"[0-9]+(?:\.[0-9]+)?|\.[0-9]+")
_AFTER = re.compile(rf"[{LETTER}0-9_.]+")
_COMMA_INSIDE = re.compile(r"[0-9.]*,[0-9][0-9,.]*")
_COMPARED = re.compile("|".join(re.escape(sign) for sign in COMPARISONS))
_POWERS = re.compile(r"\*\*|\^|[²³¹⁰⁴-⁹]")
_QUOTES = "\"'`´“”‘’«»"


def tokens(text: str, limits: Limits = LIMITS) -> list[Token]:
    """Raises FormulaError."""
    if len(text) > limits.length:
        raise wrong("too_long", _TOO_LONG, Span(limits.length + 1, 0), length=len(text), most=limits.length)
    found: list[Token] = []
    at, end = 0, len(text)
    while at < end:
        if text[at] in _SPACES:
            at += 1
            continue
        token, at = _next(text, at)
        if len(found) >= limits.tokens:
            raise wrong("too_many", _TOO_MANY, token.span, most=limits.tokens)
        found.append(token)
    return found


def _next(text: str, at: int) -> tuple[Token, int]:
    char = text[at]
    if number := _NUMBER.match(text, at):
        return _number(text, number)
    if name := _NAME.match(text, at):
        return _name(name), name.end()
    if power := _POWERS.match(text, at):
        raise wrong("power", _POWER, _span(at, power.end()))
    if text.startswith("//", at):
        raise wrong("whole_division", _WHOLE_DIVISION, _span(at, at + 2), instead="/")
    if char in SIGNS:
        return Token(Kind.SIGN, char, _span(at, at + 1), SIGNS[char]), at + 1
    if compared := _COMPARED.match(text, at):
        return Token(Kind.COMPARISON, compared[0], _span(at, compared.end()), COMPARISONS[compared[0]]), compared.end()
    if char in _BRACKETS:
        return Token(Kind.OPEN, char, _span(at, at + 1), _BRACKETS[char]), at + 1
    if char in _BRACKETS.values():
        return Token(Kind.CLOSE, char, _span(at, at + 1), char), at + 1
    if char in ",;":
        return Token(Kind.COMMA, char, _span(at, at + 1), ","), at + 1
    raise _strange(text, at)


def _span(start: int, end: int) -> Span:
    return Span(start + 1, end - start)


def _name(match: re.Match[str]) -> Token:
    """Accents typed apart are joined to their letter. Underscores in front or in pairs belong to programs."""
    written, span = match[0], _span(match.start(), match.end())
    name = unicodedata.normalize("NFC", written)
    if len(name) > MAX_SYMBOL:
        raise wrong("long_name", _LONG_NAME, span, name=name[:20], most=MAX_SYMBOL)
    if name.startswith("_") or "__" in name:
        raise wrong("underscores", _UNDERSCORES, span, name=name)
    return Token(Kind.NAME, name, span)


def _number(text: str, match: re.Match[str]) -> tuple[Token, int]:
    at = match.start()
    comma = _COMMA_INSIDE.match(text, at)
    if comma and comma.end() > match.end():
        raise _comma(comma, text)
    after = _AFTER.match(text, match.end())
    if after:
        span = _span(at, after.end())
        raise wrong("bad_number", _BAD_NUMBER, span, value=text[at : after.end()][:40])
    whole, _, decimals = match[0].partition(".")
    if len(whole.lstrip("0")) > MOST_DIGITS or len(decimals) > MOST_DECIMALS:
        raise wrong("large_number", _LARGE_NUMBER, _span(at, match.end()), digits=MOST_DIGITS, decimals=MOST_DECIMALS)
    end, value = match.end(), Decimal(match[0])
    percent = end
    while percent < len(text) and text[percent] in _SPACES:
        percent += 1
    if text[percent : percent + 1] in ("%", "％"):
        return Token(Kind.NUMBER, f"{match[0]} %", _span(at, percent + 1), value=value / 100), percent + 1
    return Token(Kind.NUMBER, match[0], _span(at, end), value=value), end


def _comma(match: re.Match[str], text: str) -> FormulaError:
    """1,250 · 0,5 · max(0,5): three readings, so none is guessed."""
    written, span = match[0], _span(match.start(), match.end())
    groups = written.partition(".")[0].split(",")
    if all(len(group) == 3 for group in groups[1:]) and len(groups[0]) <= 3 and groups[0].strip("0"):
        plain = written.replace(",", "")
        return wrong("comma_in_number", _THOUSANDS, span, value=written[:40], plain=plain[:40], instead=plain)
    plain, apart = written.replace(",", ".", 1)[:40], written.replace(",", ", ")
    instead = apart if "(" in text[: match.start()] else ""  # inside of a function, two values are likelier
    return wrong(
        "comma_in_number", _DECIMAL_COMMA, span, value=written[:40], plain=plain, apart=apart[:40], instead=instead
    )


def _strange(text: str, at: int) -> FormulaError:
    char, span = text[at], _span(at, at + 1)
    category = unicodedata.category(char)
    if char in _QUOTES:
        return wrong("text", _TEXT, span)
    if char in "%％":
        return wrong("percent_alone", _PERCENT_ALONE, span)
    if char == "$":
        return wrong("money_sign", _MONEY, span)
    if char == ".":
        return wrong("dot", _DOT, span)
    if category[0] == "C" or category[0] == "Z" or category == "Mn":
        return wrong("invisible", _INVISIBLE, span, point=f"U+{ord(char):04X}")
    if category[0] == "L" or category == "Nd" or category == "Nl":
        return wrong("other_alphabet", _OTHER_ALPHABET, span, char=char, point=f"U+{ord(char):04X}")
    return wrong("strange_character", _STRANGE, span, char=char)


_TOO_LONG = N_(
    "La fórmula tiene %(length)s caracteres y el máximo es %(most)s. Abréviela o divídala en dos indicadores."
)
_TOO_MANY = N_("La fórmula tiene más de %(most)s elementos. Divídala en dos indicadores.")
_POWER = N_("Las fórmulas no llevan potencias. Escriba la multiplicación: a × a.")
_WHOLE_DIVISION = N_("«//» no se usa: para dividir escriba una sola diagonal.")
_TEXT = N_("Una fórmula no lleva textos entre comillas: escriba el símbolo de la variable, sin comillas.")
_PERCENT_ALONE = N_("«%» va pegado a un número: 50 %. Para expresar un porcentaje multiplique por 100.")
_MONEY = N_("Escriba la cantidad sin el signo de pesos.")
_DOT = N_("El punto solo va dentro de un número, como en 0.5.")
_INVISIBLE = N_("Aquí hay un carácter que no se ve (%(point)s), quizá pegado de un documento. Bórrelo.")
_OTHER_ALPHABET = N_("«%(char)s» (%(point)s) es de otro alfabeto, aunque se parezca a una letra. Escríbala de nuevo.")
_STRANGE = N_("«%(char)s» no se usa en las fórmulas.")
_LONG_NAME = N_("El nombre «%(name)s…» tiene más de %(most)s caracteres. Abrévielo.")
_UNDERSCORES = N_("«%(name)s»: un nombre no empieza con guion bajo ni lleva dos seguidos.")
_BAD_NUMBER = N_(
    "«%(value)s» no es un número ni un nombre: los números se escriben 1250.5 y los nombres empiezan con una letra."
)
_LARGE_NUMBER = N_("El número es demasiado largo: hasta %(digits)s cifras enteras y %(decimals)s decimales.")
_THOUSANDS = N_("«%(value)s»: escriba el número sin comas, %(plain)s. En una fórmula la coma separa valores.")
_DECIMAL_COMMA = N_(
    "«%(value)s»: los decimales van con punto, %(plain)s. Si son dos valores, deje un espacio: %(apart)s."
)
