"""One cell of a person's workbook: what was written, as the kind that its column asks for, or why it cannot be.

Pure: a value comes as the reader of workbooks or CSV gives it (text, number, boolean, date, nothing).
"""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any, Final

from rumbo.core.rendering.printable import legal
from rumbo.core.vocabulary.filling import fill
from rumbo.core.vocabulary.marking import N_

type Cell = str | int | float | bool | date | datetime | Decimal | None

DECIMALS: Final = 6  # captured values and targets are Decimal(20, 6)
LARGEST: Final = Decimal(10) ** 14
_PLAIN = re.compile(r"[+-]?\d+(\.\d*)?|[+-]?\.\d+")
_GROUPED = re.compile(r"[+-]?\d{1,3}(,\d{3})+(\.\d*)?")
_DECIMAL_COMMA = re.compile(r"[+-]?(\d{1,3}(\.\d{3})+|\d+),\d+")
_BROKEN = re.compile(r"#(REF|N/A|DIV/0|VALUE|NAME|NUM|NULL|SPILL|CALC)[!?]?", re.IGNORECASE)
NO_WORDS: Final[Mapping[str, Sequence[str]]] = {}
_YES: Final = frozenset({"si", "yes", "x", "1", "verdadero", "true"})
_NO: Final = frozenset({"no", "0", "falso", "false"})


class Unreadable(Exception):
    """The cell is not what its column asks for. `template` with `params` says why and how to write it."""

    def __init__(self, template: str, **params: Any) -> None:
        self.template, self.params = template, params
        super().__init__(fill(template, params))


@dataclass(frozen=True, slots=True)
class CellError:
    """Something wrong in a place of a workbook. `row` and `column` count from 1; `column` 0 is the whole row, and
    `row` 0 the whole sheet."""

    row: int
    column: int
    template: str
    params: Mapping[str, Any] = field(default_factory=dict)
    sheet: str = ""

    @property
    def message(self) -> str:
        """What is wrong and what to do, in Spanish; a page translates `template` and fills `params`."""
        return fill(self.template, self.params)

    @property
    def letter(self) -> str:
        return column_letter(self.column)

    def __str__(self) -> str:
        """«Fila 37, columna H: «1.250,5» no es un número. Escríbalo 1,250.5.»"""
        if not self.row:
            return self.message
        place = f"Fila {self.row}, columna {self.letter}" if self.column else f"Fila {self.row}"
        return f"{place}: {self.message}"


def column_letter(column: int) -> str:
    """1 is A, 28 is AB; 0 is nothing."""
    letters = ""
    while column > 0:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def normal(text: object) -> str:
    """For comparing what people write: no accents, no capitals, no signs, single spaces."""
    plain = unicodedata.normalize("NFKD", str(text)).encode("ascii", "ignore").decode()
    return " ".join(re.findall(r"[a-z0-9]+", plain.lower()))


def is_blank(value: Cell) -> bool:
    return value is None or (isinstance(value, str) and not value.strip(" \t\r\n\u00a0\u200b\ufeff"))


def to_text(value: Cell, max_length: int = 0) -> str:
    """Trimmed, without control characters. A whole number loses its «.0»: a code typed 3 comes from Excel as 3.0."""
    if isinstance(value, bool):
        text = "Sí" if value else "No"
    elif isinstance(value, datetime | date):
        text = value.strftime("%d/%m/%Y")
    elif isinstance(value, float | Decimal):
        text = format(value, "f") if isinstance(value, Decimal) else format(value, ".15g")
    else:
        text = legal(str(value if value is not None else "")).replace("\u00a0", " ").strip()
    if _BROKEN.fullmatch(text):
        raise Unreadable(N_("La fórmula da «%(value)s». Corríjala o escriba el valor."), value=text)
    if max_length and len(text) > max_length:
        raise Unreadable(
            N_("El texto tiene %(length)s caracteres y el máximo es %(most)s. Acórtelo."),
            length=len(text),
            most=max_length,
        )
    return text


def to_decimal(value: Cell, decimals: int = DECIMALS) -> Decimal:
    """«1,250.5», 1250.5 or «1250.5». A decimal comma is refused, never guessed."""
    number = value if isinstance(value, Decimal) else _number(value)
    if not number.is_finite() or abs(number) >= LARGEST:
        raise Unreadable(N_("«%(value)s» es un número demasiado grande. Revise la unidad."), value=value)
    exponent = number.normalize().as_tuple().exponent
    if isinstance(exponent, int) and -exponent > decimals:
        raise Unreadable(
            N_("«%(value)s» tiene más de %(decimals)s decimales. Redondéelo."), value=value, decimals=decimals
        )
    return number


def to_integer(value: Cell) -> int:
    number = to_decimal(value)
    if number != number.to_integral_value():
        raise Unreadable(N_("«%(value)s» no es un número entero. Escríbalo sin decimales."), value=value)
    return int(number)


def to_date(value: Cell) -> date:
    """A date cell, «31/10/2026» or «2026-10-31». Never the order of months and days of another country."""
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    text = str(value).strip()
    found = re.fullmatch(r"(\d{1,2})/(\d{1,2})/(\d{4})", text)
    parts = (int(found[3]), int(found[2]), int(found[1])) if found else None
    found = re.fullmatch(r"(\d{4})-(\d{2})-(\d{2})(?:[T ].*)?", text)
    if found:
        parts = (int(found[1]), int(found[2]), int(found[3]))
    try:
        return date(*parts) if parts else _no_date(text)
    except ValueError:
        return _no_date(text)


def to_boolean(value: Cell) -> bool:
    if isinstance(value, bool):
        return value
    word = normal(to_text(value))
    if word in _YES:
        return True
    if word in _NO:
        return False
    raise Unreadable(N_("«%(value)s» debe ser «Sí» o «No»."), value=value)


def to_choice(value: Cell, choices: Mapping[str, str], also: Mapping[str, Sequence[str]] = NO_WORDS) -> str:
    """The key of the choice, written by its key, by its words or by others that mean the same (`also`)."""
    text = to_text(value)
    wanted = normal(text)
    for key, words in choices.items():
        if text == key or wanted in {normal(word) for word in (key, words, *also.get(key, ()))}:
            return key
    some = " · ".join(list(choices.values())[:8]) + (" …" if len(choices) > 8 else "")
    raise Unreadable(N_("«%(value)s» no está en la lista. Elija: %(choices)s."), value=text, choices=some)


def _number(value: Cell) -> Decimal:
    if isinstance(value, bool) or value is None or isinstance(value, datetime | date):
        raise Unreadable(N_("«%(value)s» no es un número. Escríbalo como 1,250.5."), value=to_text(value))
    if isinstance(value, int):
        return Decimal(value)
    if isinstance(value, float):
        # fifteen digits are what Excel shows: 0.1 + 0.2 is 0.3 for whoever typed it
        return Decimal(format(value, ".15g"))
    text = to_text(value).replace("−", "-").replace(" ", "").removeprefix("$")
    if _PLAIN.fullmatch(text) or _GROUPED.fullmatch(text):
        try:
            return Decimal(text.replace(",", ""))
        except InvalidOperation:  # pragma: no cover  (the patterns leave only numbers)
            pass
    if _DECIMAL_COMMA.fullmatch(text):
        whole, fraction = text.replace(".", "").split(",")
        raise Unreadable(
            N_("«%(value)s» no es un número. Escríbalo %(right)s."), value=value, right=f"{int(whole):,}.{fraction}"
        )
    if text.endswith("%"):
        raise Unreadable(N_("«%(value)s» lleva el signo de porcentaje. Escriba solo el número."), value=value)
    raise Unreadable(N_("«%(value)s» no es un número. Escríbalo como 1,250.5."), value=value)


def _no_date(text: str) -> date:
    raise Unreadable(N_("«%(value)s» no es una fecha. Escríbala como 31/10/2026."), value=text)
