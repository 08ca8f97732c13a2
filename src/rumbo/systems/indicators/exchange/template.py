"""The goals' workbook, with what there is already: uploading it back changes nothing."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from rumbo.core.rendering import table
from rumbo.core.rendering.workbook import Cell, Column, Kind, Workbook
from rumbo.core.rendering.years import order_of
from rumbo.core.timekeeping.slots import FiscalYear
from rumbo.core.vocabulary.accumulation import Accumulation
from rumbo.core.vocabulary.direction import Direction
from rumbo.core.vocabulary.marking import N_
from rumbo.foundation.contracts import queries as contracts
from rumbo.foundation.organization import queries as organization
from rumbo.foundation.planning import queries as planning
from rumbo.systems.indicators import queries
from rumbo.systems.indicators.exchange import variables
from rumbo.systems.indicators.exchange.changes import write_changes
from rumbo.systems.indicators.exchange.sheets import (
    COMPLEMENTARY,
    GOALS,
    OF_GOAL,
    OF_INDICATOR,
    programmes_of,
)
from rumbo.systems.indicators.models import OWN_BANDS, Goal, Indicator, Programme
from rumbo.systems.indicators.programming import MonthTarget

if TYPE_CHECKING:
    from rumbo.foundation.organization.models import Institution

SPARE = 50  # empty lines, already with their lists
EXACT_DIGITS = 15  # what a number of a workbook keeps: a longer one is written as text, which is read back whole
_WIDE = {"statement", "definition", "formula", "other_variables", "name", "source", "means_of_verification"}
_YEARS = {"year", "baseline_year"}  # numbers that are not grouped: 2026, not 2,026
_TITLE = N_("Metas e indicadores")
_NAMED = {"direction", "accumulation"}  # words of the product that are not a choice of the table
_YES, _NO = N_("Sí"), N_("No")
_KINDS = {"integer": Kind.INTEGER, "decimal": Kind.NUMBER, "date": Kind.DATE}


def template(
    institution: "Institution",
    *,
    on: date,
    goals: Sequence[Goal] | None = None,
    banner: str | None = None,
    translate: Callable[[str], str] = str,
    who: bool = False,
) -> bytes:
    """XLSX with the live goals (or those given) and every year that they have programmed, plus the year of `on`.

    What was reprogrammed follows, original beside adjusted, only to be consulted; `who` adds who registered it.
    Headers, lists and words are those of the reader's language; uploading understands every language.
    """
    found = queries.goals_of(institution) if goals is None else list(goals)
    live = [indicator for goal in found for indicator in goal.indicators.all() if indicator.retired_on is None]
    title = f"{translate(_TITLE)} · {institution.short_name}"
    book = Workbook(title, on=on, banner=banner, translate=translate)
    plan = planning.plan_of(institution, on)
    choices: dict[str, Sequence[str]] = {
        "unit": [unit.code for unit in organization.units_of(institution)],
        "contract": [contract.number for contract in contracts.contracts_of(institution)],
        "line": [element.code for element in planning.elements_of(plan)] if plan else [],
        "direction": [translate(direction.label) for direction in Direction],
        "accumulation": [translate(mode.label) for mode in Accumulation],
    }
    lowest = planning.lowest_by_code(plan) if plan else {}
    main = [_goal(goal, lowest) for goal in found]
    others = [_complementary(indicator) for indicator in live if not indicator.principal]
    _write(book, GOALS, main, choices, translate, SPARE)
    _write(book, COMPLEMENTARY, others, choices, translate, SPARE)
    year = institution.year_on(on)
    programmed = _programmes(institution, live, year.year)
    _write(book, programmes_of(year), programmed, choices, translate, 0, order_of(year, translate))
    write_changes(book, [indicator.pk for indicator in live], year, translate, who=who)
    return book.to_bytes()


def _write(
    book: Workbook,
    sheet: table.Sheet,
    rows: Sequence[Mapping[str, Any]],
    choices: Mapping[str, Sequence[str]],
    translate: Callable[[str], str],
    spare: int,
    more: str = "",
) -> None:
    columns = [
        Column(
            translate(column.title),
            Kind.TEXT if column.key in _YEARS else _KINDS.get(column.kind, Kind.TEXT),
            width=44 if column.key in _WIDE else None if column.kind in _KINDS else 18,
            editable=True,
            choices=choices.get(column.key) or _words(column, translate),
        )
        for column in sheet.columns
    ]
    lines = [[_cell(column, row.get(column.key), translate) for column in sheet.columns] for row in rows]
    empty: list[list[Cell]] = [[None] * len(columns)] * spare
    name = translate(sheet.name)
    lead = f"{translate(sheet.help)} {more}".strip()
    book.sheet(name, columns, [*lines, *empty], heading=name, lead=lead, frozen_columns=1)


def _words(column: table.Column, translate: Callable[[str], str]) -> Sequence[str]:
    words = (_YES, _NO) if column.kind == "boolean" else column.choices.values()
    return [translate(word) for word in words]


def _cell(column: table.Column, value: Any, translate: Callable[[str], str]) -> Cell:
    if value is None or value == "":
        return None
    if isinstance(value, bool):
        return translate(_YES if value else _NO)
    if isinstance(value, Decimal):
        number = value.normalize()
        return format(number, "f") if len(number.as_tuple().digits) > EXACT_DIGITS else number
    if column.kind == "choice":
        return translate(str(column.choices.get(value, value)))
    if column.key in _NAMED:
        return translate(str(value))
    return value if isinstance(value, int | date) else str(value)


def _goal(goal: Goal, lowest: Mapping[str, int]) -> dict[str, Any]:
    element = goal.plan_element
    # The code alone is read as the lowest level's; any other says its level.
    alone = lowest.get(element.code) in (element.pk, None)
    values: dict[str, Any] = {column.key: getattr(goal, column.key, None) for column in OF_GOAL}
    values |= {
        "line": element.code if alone else f"{element.level.singular}: {element.code}",
        "unit": goal.unit.code,
        "contract": goal.contract.number if goal.contract else None,
        "co_responsible": "; ".join(sorted(shared.unit.code for shared in goal.co_responsibilities.all())),
    }
    indicator = goal.principal_indicator
    return values | (_indicator(indicator) if indicator else {})


def _complementary(indicator: Indicator) -> dict[str, Any]:
    return {"goal": indicator.goal.code} | _indicator(indicator)


def _indicator(indicator: Indicator) -> dict[str, Any]:
    values: dict[str, Any] = {column.key: getattr(indicator, column.key, None) for column in OF_INDICATOR}
    return values | {
        "indicator": indicator.code,
        "direction": Direction(indicator.direction).label,
        "accumulation": Accumulation(indicator.accumulation).label,
        "due_months": "; ".join(map(str, indicator.due_months)),
        "other_variables": variables.told(indicator.other_variables),
    }


def _programmes(institution: "Institution", live: Sequence[Indicator], year: int) -> list[dict[str, Any]]:
    """Every year that is programmed, and an empty line of the year for who has nothing yet."""
    years = sorted({*queries.years_programmed(institution), year})
    stored = {each: queries.programmes_of(institution, each) for each in years}
    return [
        _programme(indicator, institution.year_called(each), stored[each].get(indicator.pk))
        for indicator in live
        for each in years
        if each == year or indicator.pk in stored[each]
    ]


def _programme(indicator: Indicator, year: FiscalYear, programme: Programme | None) -> dict[str, Any]:
    line: dict[str, Any] = {"indicator": indicator.code, "year": year.year}
    if programme is None:
        return line
    targets = queries.targets_of(programme)
    for month in year.months:
        target = targets.get(month.index, MonthTarget())
        line |= {f"n{month.month}": target.numerator, f"d{month.month}": target.denominator}
    return line | {name: getattr(programme, name) for name in ("annual_target", "low", "high", *OWN_BANDS)}
