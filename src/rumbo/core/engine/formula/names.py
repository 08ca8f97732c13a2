"""Symbols of variables: which can be written, how one is made of a name, and which one was meant."""

import re
import unicodedata
from collections.abc import Iterable
from difflib import get_close_matches

MAX_SYMBOL = 60
# Latin letters with the accents of Europe: no other alphabet can pass for one of these.
LETTER = "A-Za-zÀ-ÖØ-öø-ÿĀ-ſ"
SYMBOL = re.compile(rf"[{LETTER}][{LETTER}0-9_]*")
# By the name that the language gives them. People of Mexico know them from their spreadsheet.
FUNCTIONS = {
    "min": "min", "mín": "min", "minimo": "min", "mínimo": "min",
    "max": "max", "máx": "max", "maximo": "max", "máximo": "max",
    "abs": "abs", "absoluto": "abs",
    "round": "round", "redondear": "round", "redondea": "round",
    "si": "si", "if": "si",
}  # fmt: skip
LITTLE_WORDS = frozenset(
    ("a", "al", "con", "de", "del", "el", "en", "la", "las", "lo", "los", "of", "para", "por", "que", "se", "un",
     "una", "y")
)  # fmt: skip
_CLOSE = 0.6  # share of letters in common from which two symbols are taken for a slip


def folded(text: str) -> str:
    """Without accents, capitals or signs, words joined by «_»: what two ways of writing one name share."""
    plain = unicodedata.normalize("NFKD", text[:300]).encode("ascii", "ignore").decode()
    return "_".join(re.findall(r"[a-z0-9]+", plain.lower()))


def function_of(name: str) -> str | None:
    """The function's own name, or None. Capitals do not count: MAX is max."""
    return FUNCTIONS.get(name.lower())


def is_symbol(text: str) -> bool:
    """It can be written in a formula and cannot be taken for a function."""
    whole = SYMBOL.fullmatch(text) is not None and len(text) <= MAX_SYMBOL
    return whole and "__" not in text and function_of(text) is None


def symbol_of(name: str) -> str:
    """«Casos atendidos en 24 horas» → casos_atendidos_24_horas; empty when nothing can be made of it."""
    words = [word for word in folded(name).split("_") if word and word not in LITTLE_WORDS]
    while words and words[0][0].isdigit():
        words.append(words.pop(0)) if any(not word[0].isdigit() for word in words) else words.clear()
    symbol = ""
    for word in words:
        longer = f"{symbol}_{word}" if symbol else word[:MAX_SYMBOL]
        if len(longer) > MAX_SYMBOL:
            break
        symbol = longer
    return symbol if is_symbol(symbol) else f"{symbol}_1" if symbol else ""


def meant(name: str, known: Iterable[str]) -> str:
    """The known name that was probably meant, or nothing."""
    by_fold = {folded(one): one for one in known}
    wanted = folded(name)
    if wanted in by_fold:
        return by_fold[wanted]
    near = get_close_matches(wanted, by_fold, n=1, cutoff=_CLOSE)
    return by_fold[near[0]] if near else ""
