"""Whether tokens follow each other as in a formula, and which names are calls. The first fault is told where it is."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from rumbo.core.engine.formula.names import FUNCTIONS, function_of, meant
from rumbo.core.engine.formula.problems import FormulaError, Span, wrong
from rumbo.core.engine.formula.tokens import Kind, Limits, Token
from rumbo.core.vocabulary.marking import N_

MOST_SIGNS = 2  # «5 − −3» is seen; three signs in a row are a slip


@dataclass(slots=True)
class _Reader:
    limits: Limits
    known: Sequence[str]
    open: list[tuple[Token, bool]] = field(default_factory=list)  # each bracket, and whether it is a function's
    wants_value: bool = True
    signs: int = 0


def demand(found: Sequence[Token], limits: Limits, known: Sequence[str] = ()) -> None:
    """`known`: symbols that exist, for «¿quiso decir…?». Raises FormulaError."""
    if not found:
        raise wrong("empty", N_("Escriba la fórmula."))
    reader = _Reader(limits, known)
    for index, token in enumerate(found):
        _step(reader, found, index, token)
    last = found[-1]
    if reader.wants_value:
        after = Span(last.span.column + last.span.length, 0)
        raise wrong("value_missing", N_("La fórmula termina en «%(sign)s»: falta un valor."), after, sign=last.text)
    if reader.open:
        bracket = reader.open[-1][0]
        raise wrong("not_closed", N_("Falta cerrar este «%(sign)s»."), bracket.span, sign=bracket.text)


def _step(reader: _Reader, found: Sequence[Token], index: int, token: Token) -> None:
    before = found[index - 1] if index else None
    match token.kind:
        case Kind.NUMBER | Kind.NAME:
            if not reader.wants_value:
                raise _no_operation(reader, found, index)
            _value(reader, found, index, token)
        case Kind.OPEN:
            _opened(reader, found, index, token, before)
        case Kind.CLOSE:
            _closed(reader, token, before)
        case Kind.COMMA:
            _comma(reader, token)
        case Kind.SIGN | Kind.COMPARISON:
            _sign(reader, token)


def _value(reader: _Reader, found: Sequence[Token], index: int, token: Token) -> None:
    reader.signs = 0
    reader.wants_value = False
    if token.kind is Kind.NUMBER:
        return
    called = index + 1 < len(found) and found[index + 1].kind is Kind.OPEN and found[index + 1].text == "("
    function = function_of(token.text)
    if called and function is None:
        near = meant(token.text, FUNCTIONS) if token.text not in reader.known else ""
        raise _not_a_function(token, near)
    if function is not None and not called:
        if token.text.lower() == "if":
            raise wrong("condition_form", _CONDITION_FORM, token.span)
        raise wrong("function_alone", _FUNCTION_ALONE, token.span, name=token.text)
    if called:
        reader.wants_value = True


def _not_a_function(token: Token, near: str) -> FormulaError:
    if near:
        return wrong("not_a_function", _NOT_A_FUNCTION_NEAR, token.span, instead=near, name=token.text, near=near)
    return wrong("not_a_function", _NOT_A_FUNCTION, token.span, name=token.text)


def _opened(reader: _Reader, found: Sequence[Token], index: int, token: Token, before: Token | None) -> None:
    is_call = before is not None and before.kind is Kind.NAME and function_of(before.text) is not None
    if not reader.wants_value:
        raise _no_operation(reader, found, index)
    if len(reader.open) >= reader.limits.depth:
        raise wrong("too_deep", _TOO_DEEP, token.span, most=reader.limits.depth)
    reader.open.append((token, is_call))
    reader.signs = 0


def _closed(reader: _Reader, token: Token, before: Token | None) -> None:
    if not reader.open:
        raise wrong("not_opened", N_("Este «%(sign)s» no tiene con qué abrir."), token.span, sign=token.text)
    opened = reader.open[-1][0]
    if opened.sign != token.text:
        raise wrong("crossed", _CROSSED, token.span, sign=token.text, opened=opened.text)
    if reader.wants_value:
        if before is opened:
            raise wrong("value_missing", N_("Entre los paréntesis falta un valor."), token.span)
        raise wrong("value_missing", N_("Falta un valor antes de «%(sign)s»."), token.span, sign=token.text)
    reader.open.pop()


def _comma(reader: _Reader, token: Token) -> None:
    if not reader.open or not reader.open[-1][1]:
        raise wrong("comma", _COMMA, token.span, sign=token.text)
    if reader.wants_value:
        raise wrong("value_missing", N_("Falta un valor antes de «%(sign)s»."), token.span, sign=token.text)
    reader.wants_value = True


def _sign(reader: _Reader, token: Token) -> None:
    if reader.wants_value:
        reader.signs += 1
        if token.sign not in ("+", "-"):
            raise wrong("value_missing", N_("Falta un valor antes de «%(sign)s»."), token.span, sign=token.text)
        if reader.signs >= MOST_SIGNS:
            raise wrong("signs", N_("Hay demasiados signos seguidos."), token.span)
        return
    reader.wants_value = True
    reader.signs = 0


def _no_operation(reader: _Reader, found: Sequence[Token], index: int) -> FormulaError:
    """Two values side by side: an operation was left out, or a name was written with its spaces."""
    before, token = found[index - 1], found[index]
    if token.kind is Kind.NAME and token.text.lower() in ("if", "else"):
        return wrong("condition_form", _CONDITION_FORM, token.span)
    spoken = next((one for one in (before, token) if one.text.lower() in _SPOKEN), None)
    if spoken:
        sign = _SPOKEN[spoken.text.lower()]
        return wrong("spoken", _SPOKEN_SIGN, spoken.span, instead=sign, word=spoken.text, sign=sign)
    if before.kind is Kind.NAME and token.kind is not Kind.OPEN:
        first, last = _run(found, index)
        joined = "_".join(one.text for one in found[first : last + 1])
        near = meant(joined, reader.known)
        span = Span(found[first].span.column, found[last].span.column + found[last].span.length
                    - found[first].span.column)  # fmt: skip
        if near:
            return wrong("spaces", _SPACES_NEAR, span, instead=near, near=near)
        if len(joined) <= reader.limits.length and found[last].kind is Kind.NAME:
            return wrong("spaces", _SPACES, span, joined=joined[:80])
    times = f"{before.text} × {token.text}"
    return wrong("operation_missing", _NO_OPERATION, token.span, before=before.text, after=token.text, times=times)


def _run(found: Sequence[Token], index: int) -> tuple[int, int]:
    """The names (and numbers after them) that stand side by side around `index`."""
    words = (Kind.NAME, Kind.NUMBER)
    first = last = index
    while first > 0 and found[first - 1].kind in words:
        first -= 1
    while last + 1 < len(found) and found[last + 1].kind in words:
        last += 1
    return first, last


_SPOKEN = {"entre": "÷", "por": "×", "x": "×", "más": "+", "mas": "+", "menos": "−"}
_SPOKEN_SIGN = N_("«%(word)s» se escribe con su signo: %(sign)s.")
_CONDITION_FORM = N_("Una condición se escribe si(a > b, valor, otro valor).")
_FUNCTION_ALONE = N_("«%(name)s» es una función: lleva sus valores entre paréntesis.")
_NOT_A_FUNCTION = N_("«%(name)s» no es una función. Hay: si, min, max, abs y redondear. ¿Faltó un «×»?")
_NOT_A_FUNCTION_NEAR = N_("«%(name)s» no es una función. ¿Quiso decir «%(near)s»?")
_TOO_DEEP = N_("Hay más de %(most)s paréntesis, uno dentro de otro. Simplifique la fórmula.")
_CROSSED = N_("«%(sign)s» cierra lo que se abrió con «%(opened)s».")
_COMMA = N_("«%(sign)s» solo separa los valores de una función. Los decimales van con punto.")
_SPACES_NEAR = N_("Un nombre no lleva espacios. ¿Quiso decir «%(near)s»?")
_SPACES = N_("Un nombre no lleva espacios: escríbalo «%(joined)s», o ponga la operación que falta.")
_NO_OPERATION = N_("Falta la operación entre «%(before)s» y «%(after)s». ¿Quiso decir «%(times)s»?")
