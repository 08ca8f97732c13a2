"""Whatever is pasted into the field is refused in milliseconds, with the place; nothing of it is ever run."""

import time

import pytest

from rumbo.core.engine.formula import FormulaError, Variable, check, read

CPU = 0.005  # seconds, the best of three: other work on the machine is not the reader's
A_AND_B = [Variable("a"), Variable("b")]

# What was typed, the code of the refusal, and the column where it is marked.
HOSTILE = {
    "attribute": ("a.__class__", "dot", 2),
    "attribute of a number": ("1.real", "bad_number", 1),
    "dunder name": ("__import__(a)", "underscores", 1),
    "builtins": ("__builtins__", "underscores", 1),
    "name in two underscores": ("a + b__c", "underscores", 5),
    "private name": ("_a + 1", "underscores", 1),
    "eval": ("eval(a)", "not_a_function", 1),
    "exec with text": ("exec('import os')", "text", 6),
    "open": ("open(a)", "not_a_function", 1),
    "getattr": ("getattr(a, b)", "not_a_function", 1),
    "lambda": ("lambda x: x", "strange_character", 9),
    "lambda called": ("(lambda: a)()", "strange_character", 8),
    "comprehension": ("[a for a in b]", "spaces", 2),
    "generator": ("max(a for a in b)", "spaces", 5),
    "set": ("{a, b}", "comma", 3),
    "dict": ("{a: b}", "strange_character", 3),
    "list": ("[a, b]", "comma", 3),
    "index": ("a[0]", "operation_missing", 2),
    "slice": ("a[1:2]", "strange_character", 4),
    "power": ("9**9**9**9", "power", 2),
    "caret": ("a^b", "power", 2),
    "superscript": ("a²", "power", 2),
    "whole division": ("a // b", "whole_division", 3),
    "shift": ("1 << 999999999", "value_missing", 4),
    "matrix product": ("a @ b", "strange_character", 3),
    "remainder": ("a % b", "percent_alone", 3),
    "deep parentheses": ("(" * 290 + "a" + ")" * 290, "too_deep", 31),
    "deeper parentheses": ("(" * 900 + "a" + ")" * 900, "too_many", 601),
    "deep calls": ("abs(" * 190 + "a" + ")" * 190, "too_deep", 124),
    "deep conditionals": ("si(a>1;1;" * 60 + "a" + ")" * 60, "too_deep", 273),
    "many signs": ("-" * 500 + "a", "signs", 2),
    "many terms": ("a+" * 900 + "a", "too_many", 601),
    "many brackets open": ("[" * 599, "too_deep", 31),
    "cyrillic letter": ("\u0430 + b", "other_alphabet", 1),
    "greek letter in a name": ("caso\u03bf / b", "other_alphabet", 5),
    "full-width letters": ("\uff41 + b", "other_alphabet", 1),
    "arabic digits": ("a * \u0661\u0662", "other_alphabet", 5),
    "roman numeral sign": ("a * \u2167", "other_alphabet", 5),
    "mathematical bold": ("\U0001d41a + b", "other_alphabet", 1),
    "ordinal indicator": ("1\u00aa", "other_alphabet", 2),
    "null byte": ("a\x00 + b", "invisible", 2),
    "escape": ("a \x1b[31m", "invisible", 3),
    "zero width space": ("a\u200b + b", "invisible", 2),
    "text turned around": ("a \u202e+ b", "invisible", 3),
    "byte order mark": ("\ufeffa", "invisible", 1),
    "lone surrogate": ("\ud800", "invisible", 1),
    "a megabyte of names": ("a" * 1_000_000, "too_long", 2_001),
    "a megabyte of parentheses": ("(" * 1_000_000, "too_long", 2_001),
    "a megabyte of digits": ("9" * 1_000_000, "too_long", 2_001),
    "as much as fits, of digits": ("9" * 2_000, "large_number", 1),
    "as much as fits, of letters": ("a" * 2_000, "long_name", 1),
    "as much as fits, of commas": ("1," * 999, "comma_in_number", 1),
    "as much as fits, of accents": ("a" + "\u0301" * 1_999, "long_name", 1),
    "text": ("'a'", "text", 1),
    "text of several lines": ('"""a"""', "text", 1),
    "f-string": ("f'{a}'", "text", 2),
    "bytes": ("b'a'", "text", 2),
    "typographic quotes": ("«a» / b", "text", 1),
    "walrus": ("(c := a)", "strange_character", 4),
    "assignment": ("c = a", "comparison_alone", 1),
    "star-args": ("max(*a)", "value_missing", 5),
    "double star-args": ("max(**a)", "power", 5),
    "named argument": ("round(a, ndigits=2)", "comparison_alone", 10),
    "semicolon": ("a; b", "comma", 2),
    "comment": ("a # b", "strange_character", 3),
    "continuation": ("a \\\n + b", "strange_character", 3),
    "await": ("await a", "spaces", 1),
    "ternary": ("a if b else 1", "condition_form", 3),
    "boolean": ("a and b", "spaces", 1),
    "ellipsis": ("...", "dot", 1),
    "complex": ("1j", "bad_number", 1),
    "exponent": ("1e999", "bad_number", 1),
    "hexadecimal": ("0xFF * a", "bad_number", 1),
    "octal": ("0o17", "bad_number", 1),
    "underscored digits": ("1_000", "bad_number", 1),
    "two points": ("1.2.3", "bad_number", 1),
    "money": ("$100 * a", "money_sign", 1),
    "backtick": ("`a`", "text", 1),
    "template": ("%(a)s", "percent_alone", 1),
    "markup": ("<script>", "value_missing", 1),
    "function not called": ("max", "function_alone", 1),
    "function of a function": ("max(a, b)(a)", "operation_missing", 10),
    "round to many places": ("round(a, 400)", "places", 10),
    "round by a variable": ("round(a, b)", "places", 10),
    "nothing": ("   \n ", "empty", 0),
}  # fmt: skip


@pytest.mark.requirement("A1-08")
@pytest.mark.parametrize(("typed", "code", "column"), HOSTILE.values(), ids=HOSTILE.keys())
def test_hostile_input_gets_a_clear_error_with_its_column(typed: str, code: str, column: int) -> None:
    with pytest.raises(FormulaError) as caught:
        read(typed)
    problem = caught.value.problem
    assert (problem.code, problem.column) == (code, column)
    assert problem.blocks
    assert "%(" not in str(problem), "the sentence has all of its parameters"
    assert len(str(problem)) < 200, "what was pasted is not thrown back at the person"


@pytest.mark.parametrize("typed", [typed for typed, _, _ in HOSTILE.values()], ids=HOSTILE.keys())
def test_hostile_input_is_refused_in_milliseconds(typed: str) -> None:
    assert _cpu(typed, A_AND_B) < CPU


def test_the_largest_formula_and_many_unknown_names_are_answered_in_time() -> None:
    names = " + ".join(f"variable_{number}" for number in range(120))
    known = [Variable(f"otra_variable_{number}", f"Otra variable {number}") for number in range(40)]
    assert len(check(names, known).problems) == 8, "nobody reads a hundred remarks"
    assert _cpu(names, known) < 4 * CPU, "a whole check, with its suggestions"


def test_what_looks_like_an_attack_but_is_a_variable_is_only_a_name() -> None:
    tree = read("import1 / eval_2", known=["import1", "eval_2"])
    assert tree is not None


def _cpu(typed: str, known: list[Variable]) -> float:
    best = float("inf")
    for _ in range(3):
        start = time.process_time()
        check(typed, known)
        best = min(best, time.process_time() - start)
    return best
