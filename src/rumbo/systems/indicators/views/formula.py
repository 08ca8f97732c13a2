"""The formula of the indicator's form as it is written: what it says, what is wrong and where, and a try of it."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from rumbo.core.engine.formula import (
    Attempt,
    Described,
    Problem,
    Suggestion,
    Variable,
    attempt,
    names_in,
    sentence,
    suggest,
    symbols,
)
from rumbo.core.vocabulary.frequency import Frequency
from rumbo.core.vocabulary.permission import Permission
from rumbo.foundation.ui.doors import Request, door
from rumbo.foundation.ui.forms import plain_figure
from rumbo.systems.indicators.forms import IndicatorForm
from rumbo.systems.indicators.presenters import captured_words
from rumbo.systems.indicators.queries.asked import asked_by
from rumbo.systems.indicators.queries.formulas import Judged, Written, judged

EXAMPLES = ("45", "60", "10", "20", "30", "40")  # a first try, before anybody writes values
TRIED = f"{IndicatorForm.prefix}-try"
FORMULA = f"{IndicatorForm.prefix}-formula"


@door(Permission.EDIT_GOALS)
@require_POST
def formula(request: Request) -> HttpResponse:
    """Nothing is saved. Without a button, what is said of the formula; with one, the editor as the button leaves it."""
    data = request.POST.copy()
    rows = 1
    if "usar" in data:
        data[FORMULA] = str(data["usar"])
    elif "cambiar" in data:
        data[FORMULA] = _changed(str(data.get(FORMULA, "")), str(data["cambiar"]))
    elif "agregar" in data:
        rows = 2
    else:
        return render(request, "indicators/formula_said.html", formula_context(IndicatorForm(data), data))
    return render(request, "indicators/formula_editor.html", formula_context(IndicatorForm(data), data, rows))


def _changed(text: str, change: str) -> str:
    """`change` is «column:length:what goes there», as the page that showed the problem wrote it."""
    column, _colon, rest = change.partition(":")
    length, _colon, instead = rest.partition(":")
    if not (column.isdecimal() and length.isdecimal() and len(change) < len(text) + 200):
        return text
    start = int(column) - 1
    return f"{text[:start]}{instead}{text[start + int(length) :]}"


@dataclass(frozen=True, slots=True)
class Row:
    """A variable of the editor; `tried` is what was written to try it with."""

    variable: Variable
    tried: str


@dataclass(frozen=True, slots=True)
class Shown:
    """A problem with the formula cut in three around its place, and what the button would put there."""

    problem: Problem
    before: str = ""
    marked: str = ""
    after: str = ""
    change: str = ""


@dataclass(frozen=True, slots=True)
class Said:
    """What is told under the formula."""

    judged: Judged
    sentence: str
    symbols: str
    attempt: Attempt | None
    problems: list[Shown]
    suggestions: list[Suggestion]
    factor: str
    captured: str


def formula_context(form: IndicatorForm, data: QueryDict | None = None, rows: int = 1) -> dict[str, Any]:
    """`rows`: how many empty ones for other variables."""
    written = form.written()
    tried = list(data.getlist(TRIED)) if data is not None else []
    others = [*written.others, *(Variable("") for _row in range(rows))]
    shown = [written.numerator, written.denominator, *others]
    lines = [
        Row(variable, tried[place] if place < len(tried) else EXAMPLES[place] if place < len(EXAMPLES) else "")
        for place, variable in enumerate(shown)
    ]
    frequency = str(form["frequency"].value() or "")
    monthly = Frequency(frequency) if frequency in Frequency else Frequency.MONTHLY
    name, method = (str(form[field].value() or "") for field in ("name", "definition"))
    described = Described(name, method, written.formula)
    tries = {line.variable.symbol: line.tried for line in lines if line.variable.symbol}
    said = _said(written, monthly, tries, described)
    return {"measuring": form, "written": written, "lines": lines, "others": lines[2:], "said": said}


def _said(written: Written, frequency: Frequency, tried: dict[str, str], described: Described) -> Said:
    found = judged(written)
    tree = found.tree
    values = {symbol: _figure(text) for symbol, text in tried.items()}
    readable = tree is not None and not any(problem.code == "unknown" for problem in found.problems)
    shape = found.capture.shape if found.capture else None
    return Said(
        judged=found,
        sentence=sentence(tree, written.variables, say=_) if tree is not None and readable else "",
        symbols=symbols(tree) if tree is not None and readable else "",
        attempt=attempt(tree, {name: values.get(name) for name in names_in(tree)})
        if tree is not None and readable
        else None,
        problems=[_shown(problem, written.formula) for problem in found.problems],
        suggestions=[] if found.is_sound else suggest(written.accumulation, written.variables, written.unit, described),
        factor=format(shape.factor, "f") if shape and found.is_computed and shape.by_parts else "",
        captured=captured_words(asked_by(written, frequency)),
    )


def _shown(problem: Problem, text: str) -> Shown:
    if not problem.column:
        return Shown(problem)
    start = problem.column - 1
    end = start + problem.span.length
    change = f"{problem.column}:{problem.span.length}:{problem.instead}" if problem.instead else ""
    near = max(0, start - 40)
    return Shown(problem, f"{'…' if near else ''}{text[near:start]}", text[start:end], text[end : end + 40], change)


def _figure(text: str) -> float | None:
    plain = plain_figure(text[:30])
    return float(plain) if plain else None
