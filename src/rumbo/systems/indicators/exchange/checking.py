"""Reads a goals' workbook against what there is, without writing; then writes it whole or not at all."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import count
from typing import TYPE_CHECKING, Any

from rumbo.core.rendering.cells import normal
from rumbo.core.rendering.intake import Taken, Weighed
from rumbo.core.rendering.table import Record
from rumbo.core.rendering.told import Words
from rumbo.core.rules import Severity
from rumbo.core.vocabulary.accumulation import Accumulation
from rumbo.core.vocabulary.direction import Direction
from rumbo.core.vocabulary.frequency import Frequency
from rumbo.core.vocabulary.goal_type import GoalType
from rumbo.core.vocabulary.marking import N_
from rumbo.core.vocabulary.permission import Actor
from rumbo.core.vocabulary.refusal import Refusal
from rumbo.foundation.ui.exchange import everywhere, take_spoken
from rumbo.systems.indicators import actions, queries
from rumbo.systems.indicators.actions import GoalRow, IndicatorRow, Loaded, ProgrammeRow
from rumbo.systems.indicators.exchange.critical import too_many_critical
from rumbo.systems.indicators.exchange.known import Known, known_of
from rumbo.systems.indicators.exchange.sheets import (
    ACCUMULATIONS,
    COMPLEMENTARY,
    DIRECTIONS,
    GOALS,
    OF_GOAL,
    OF_INDICATOR,
    PROGRAMMES,
    SHEETS,
)
from rumbo.systems.indicators.exchange.subjects import subject_of
from rumbo.systems.indicators.exchange.variables import variables_in
from rumbo.systems.indicators.membership import Decided, turn, wanted
from rumbo.systems.indicators.models import OWN_BANDS, Goal
from rumbo.systems.indicators.programming import MonthTarget, OwnBands, in_order
from rumbo.systems.indicators.queries.formulas import OF_FORMULA, Written, judged
from rumbo.systems.indicators.rules import OF_INDICATORS, RULEBOOK

if TYPE_CHECKING:
    from rumbo.foundation.organization.models import Institution

CODE_LENGTH = 30  # as the column
YEARS = range(2000, 2101)
# Cells that are not a field of the same name.
_APART = {
    "code", "line", "unit", "contract", "contract_since", "co_responsible", "indicator", "direction", "accumulation",
    "due_months", "other_variables",
}  # fmt: skip
# What a blank cell means where the table does not take nothing.
_BLANK = {
    "goal_type": GoalType.ACTION, "weight": 1, "critical": False, "frequency": Frequency.MONTHLY, "factor": 1,
    "decimals": 0, "dimension": "", "numerator_symbol": "V",
}  # fmt: skip


@dataclass(slots=True)
class Checked(Weighed):
    """What a workbook would do. With `errors` nothing is applied; `warnings` are for a person to look at."""

    institution: "Institution"
    taken: Taken
    on: date
    goals: dict[str, GoalRow] = field(default_factory=dict)


def check(*, institution: "Institution", content: bytes, on: date) -> Checked:
    """Raises WorkbookRefused for a file that is not read at all. A fixed number of queries."""
    checked = Checked(institution, take_spoken(content, SHEETS, main=GOALS), on)
    years = {record["year"] for record in checked.taken.records(PROGRAMMES) if record["year"] in YEARS}
    _Check(checked, known_of(institution, years, on=on)).run()
    return checked


def apply(checked: Checked, *, by: Actor, at: datetime) -> Loaded:
    """One transaction. Raises Forbidden and what the actions refuse; ValueError when there are errors."""
    if checked.errors:
        raise ValueError("a workbook with errors is not applied")
    return actions.load_goals(institution=checked.institution, goals=list(checked.goals.values()), by=by, at=at)


@dataclass(slots=True)
class _Sheet:
    """An indicator of the workbook: where it was read, and its values."""

    record: Record
    goal: str
    values: dict[str, Any]
    programmes: dict[int, ProgrammeRow] = field(default_factory=dict)


class _Check:
    """One pass over the three tables."""

    def __init__(self, checked: Checked, known: Known) -> None:
        self.checked, self.known = checked, known
        self.rows: dict[str, tuple[Record, dict[str, Any], list[int] | None]] = {}
        self.sheets: dict[str, _Sheet] = {}
        written = (record["indicator"] for sheet in (GOALS, COMPLEMENTARY) for record in checked.taken.records(sheet))
        self.taken = {*known.owners, *known.goals, *filter(None, written)}

        self.directions, self.accumulations = _heard(DIRECTIONS), _heard(ACCUMULATIONS)

    def run(self) -> None:
        unread = bool(self.checked.errors)
        for record in self.checked.taken.records(GOALS):
            self.goal(record)
        for record in self.checked.taken.records(COMPLEMENTARY):
            self.complementary(record)
        for record in self.checked.taken.records(PROGRAMMES):
            self.programme(record)
        for code, sheet in self.sheets.items():
            self.judge(code, sheet)
        if not unread:  # of lines that were not read nobody knows how many are critical
            rows = {code: (record, values) for code, (record, values, _shared) in self.rows.items()}
            self.checked.errors.extend(too_many_critical(rows, self.known, on=self.checked.on))
        if not self.checked.errors:
            self.gather()

    def wrong(self, record: Record, key: str, template: str, **params: Any) -> None:
        self.checked.errors.append(record.error(key, template, **params))

    def goal(self, record: Record) -> None:
        code = record["code"]
        if code in self.rows:
            self.wrong(record, "code", _TWICE, code=code, row=self.rows[code][0].row)
            return
        existing = self.known.goals.get(code)
        if existing is not None and existing.retired_on is not None:
            self.wrong(
                record, "code", N_("La meta %(code)s está retirada y solo se consulta. Quite la fila."), code=code
            )
            return
        values = _values(record, OF_GOAL)
        if values.get("weight") is not None and values["weight"] <= 0:
            self.wrong(record, "weight", N_("La ponderación debe ser mayor que cero. Déjela vacía si vale 1."))
        element = self.known.element(record["line"], existing)
        if element is None:
            self.wrong(
                record,
                "line",
                N_("«%(code)s» no es una clave del plan. Revísela o cárguela antes."),
                code=record["line"],
            )
        values["plan_element_id"] = element
        if record.has("contract"):
            values |= self.contract(record, existing)
        values["unit_id"] = self.unit(record, "unit", record["unit"])
        shared = None
        if record.has("co_responsible"):
            codes = [part.strip() for part in record["co_responsible"].replace(",", ";").split(";") if part.strip()]
            shared = [unit for unit in (self.unit(record, "co_responsible", part) for part in codes) if unit]
        self.rows[code] = (record, values, shared)
        self.indicator(record, code, record["indicator"], principal=True)

    def complementary(self, record: Record) -> None:
        code = record["goal"]
        existing = self.known.goals.get(code)
        if code not in self.rows and existing is None:
            self.wrong(record, "goal", N_("No hay ninguna meta %(code)s en el archivo ni en el sistema."), code=code)
            return
        own = record["indicator"] or self.assigned(record, code, existing)
        if len(own) > CODE_LENGTH:
            self.wrong(record, "indicator", N_("No se le pudo asignar una clave corta. Escríbala."))
            return
        self.indicator(record, code, own, principal=False)

    def assigned(self, record: Record, goal: str, existing: Goal | None) -> str:
        """The code of a complementary indicator that came without one, told so that the person may write it.

        The one of the same name keeps its own, so that the same workbook twice does not make it twice.
        """
        name = normal(record["name"])
        of_goal = existing.indicators.all() if existing else ()
        known = next((one.code for one in of_goal if not one.principal and normal(one.name) == name), None)
        if known is not None:
            return known
        code = next(code for number in count(2) if (code := f"{goal}-{number}") not in self.taken)
        self.taken.add(code)
        self.checked.warnings.append(
            record.error("indicator", N_("Se le asignará la clave «%(code)s». Si prefiere otra, escríbala."), code=code)
        )
        return code

    def indicator(self, record: Record, goal: str, own: str, *, principal: bool) -> None:
        existing = self.known.goals.get(goal)
        former = existing.principal_indicator if existing and principal else None
        code = own or (former.code if former else goal)
        if code in self.sheets:
            self.wrong(record, "indicator", _TWICE, code=code, row=self.sheets[code].record.row)
            return
        owner = self.known.goal_of(code)
        if owner is not None and owner != goal:
            self.wrong(
                record, "indicator", N_("%(code)s ya es un indicador de la meta %(goal)s."), code=code, goal=owner
            )
        values = _values(record, OF_INDICATOR) | {"principal": principal}
        values["direction"] = self.word(record, "direction", self.directions)
        values["accumulation"] = self.word(record, "accumulation", self.accumulations)
        if record.has("due_months"):
            values["due_months"] = self.months(record)
        if record.has("other_variables"):
            values["other_variables"] = self.other_variables(record)
        if values.get("decimals") is not None and not 0 <= values["decimals"] <= 6:
            self.wrong(record, "decimals", N_("Los decimales van de 0 a 6."))
        if values.get("baseline_year") is not None and values["baseline_year"] not in range(1900, 2101):
            self.wrong(record, "baseline_year", _NO_YEAR, year=values["baseline_year"])
        self.sheets[code] = _Sheet(record, goal, values)

    def programme(self, record: Record) -> None:
        code, year = record["indicator"], record["year"]
        owner = self.known.goal_of(code) or (self.sheets[code].goal if code in self.sheets else None)
        if owner is None:
            self.wrong(
                record, "indicator", N_("No hay ningún indicador %(code)s en el archivo ni en el sistema."), code=code
            )
            return
        if year not in YEARS:
            self.wrong(record, "year", _NO_YEAR, year=year)
            return
        sheet = self.sheets.setdefault(code, _Sheet(record, owner, {}))
        if year in sheet.programmes:
            self.wrong(
                record, "year", N_("%(code)s ya tiene otra fila de %(year)s. Deje una sola."), code=code, year=year
            )
            return
        months = {
            month.index: target
            for month in self.checked.institution.year_called(year).months
            if (target := MonthTarget(record[f"n{month.month}"], record[f"d{month.month}"])) != MonthTarget()
        }
        bands = self.bands(record, code)
        if bands is None:
            return
        row = ProgrammeRow(year, record["annual_target"], record["low"], record["high"], months, bands)
        if row == ProgrammeRow(year):
            return  # a line of the template that nobody filled
        if row.low is not None and row.high is not None and row.high < row.low:
            self.wrong(record, "low", N_("El límite inferior es mayor que el superior. Corrija uno de los dos."))
            return
        if self.known.is_agreed(code, row):
            self.wrong(
                record, "annual_target",
                N_("La programación de %(code)s ya se acordó con su área. Use «Reprogramar», con motivo y oficio."),
                code=code,
            )  # fmt: skip
            return
        sheet.programmes[year] = row

    def formula(self, code: str, sheet: _Sheet) -> None:
        """A formula that cannot be read is kept as the text that it is, and told."""
        if not sheet.values.get("formula"):
            return
        stored = self.known.indicators.get(code)
        facts = {name: getattr(stored, name) for name in OF_FORMULA} if stored else {}
        found = judged(Written.of(facts | sheet.values))
        shape = found.capture.shape if found.capture and found.is_computed else None
        if shape is not None and shape.by_parts and sheet.values.get("factor", found.written.factor) == 1:
            sheet.values["factor"] = shape.factor  # as in the form: it is written once, in the formula
        fault = next((problem for problem in found.problems if problem.blocks), None)
        if fault is not None:
            self.checked.warnings.append(sheet.record.error("formula", fault.template, **fault.params))

    def judge(self, code: str, sheet: _Sheet) -> None:
        """What the rules say of the indicator as the workbook would leave it."""
        self.formula(code, sheet)
        this_year = self.checked.institution.year_on(self.checked.on).year
        for programme in sheet.programmes.values() or [None]:
            subject = subject_of(code, sheet.values, self.known.indicators.get(code), programme, this_year)
            if subject is None:
                return
            for judgement in RULEBOOK.judge(subject, on=self.checked.on, codes=OF_INDICATORS):
                if judgement.finding.is_met:
                    continue
                place = sheet.record.error(
                    _CELLS.get(judgement.rule.code, ""), judgement.finding.template, **judgement.finding.params
                )
                # A range may get its limits later, with its programme.
                later = programme is None and judgement.rule.code == "indicators.range_in_order"
                blocks = judgement.rule.severity is Severity.BLOCKS and not later
                (self.checked.errors if blocks else self.checked.warnings).append(place)

    def gather(self) -> None:
        """Rows for the action, goals in the order of the file."""
        of_goal: dict[str, list[IndicatorRow]] = {}
        for code, sheet in self.sheets.items():
            programmes = [sheet.programmes[year] for year in sorted(sheet.programmes)]
            of_goal.setdefault(sheet.goal, []).append(IndicatorRow(code, sheet.values, programmes))
        for code, (_record, values, shared) in self.rows.items():
            self.checked.goals[code] = GoalRow(code, values, shared, of_goal.pop(code, []))
        for code, indicators in of_goal.items():
            self.checked.goals[code] = GoalRow(code, {}, None, indicators)

    def contract(self, record: Record, existing: Goal | None) -> dict[str, Any]:
        number = record["contract"]
        found = self.known.contracts.get(number) if number else None
        if number and found is None:
            self.wrong(
                record, "contract", N_("No hay ningún contrato con el número «%(number)s». Regístrelo antes."),
                number=number,
            )  # fmt: skip
            return {}
        now = queries.decided_of(existing) if existing else Decided()
        since = record["contract_since"] if record.has("contract_since") else None
        starts_on = found.starts_on if found else self.checked.on
        asked = wanted(now, found.pk if found else None, since, starts_on=starts_on)
        try:
            turn(now, self.known.terms.get(existing.pk, []) if existing else [], asked)
        except Refusal as refusal:
            self.wrong(record, "contract_since", refusal.template, **refusal.params)
        return {"contract_id": asked.contract, "contract_since": asked.since}

    def bands(self, record: Record, code: str) -> OwnBands | None:
        """As the row says; of a workbook without their columns, those that there are. None when they cannot be."""
        if not any(record.has(name) for name in OWN_BANDS):
            return self.known.own_bands(code, record["year"])
        try:
            return in_order(OwnBands(*(record[name] for name in OWN_BANDS)))
        except Refusal as refusal:
            self.wrong(record, "units_amber", refusal.template, **refusal.params)
            return None

    def unit(self, record: Record, key: str, code: str) -> int | None:
        unit = self.known.units.get(code)
        if unit is None:
            self.wrong(record, key, N_("No hay ningún área vigente con la clave «%(code)s»."), code=code)
        return unit

    def word[T: (Direction, Accumulation)](self, record: Record, key: str, words: Mapping[str, T]) -> T | None:
        found = words.get(normal(record[key]))
        if found is None:
            choices = Words(tuple(dict.fromkeys(value.label for value in words.values())))
            self.wrong(
                record, key, N_("«%(value)s» no está en la lista. Elija: %(choices)s."),
                value=record[key], choices=choices,
            )  # fmt: skip
        return found

    def other_variables(self, record: Record) -> list[dict[str, str]]:
        found = variables_in(record["other_variables"] or "")
        if found is None:
            self.wrong(record, "other_variables", N_("Escriba cada variable como «símbolo: Nombre [unidad]»."))
        return found or []

    def months(self, record: Record) -> list[int]:
        parts = record["due_months"].replace(";", " ").replace(",", " ").split()
        months = sorted({int(part) for part in parts if part.isdecimal()})
        if len(months) != len(set(parts)) or any(month not in range(1, 13) for month in months):
            self.wrong(
                record, "due_months", N_("Escriba los números de los meses, de 1 a 12, separados por punto y coma.")
            )
        return months


def _heard[T](words: Mapping[T, Sequence[str]]) -> dict[str, T]:
    """What each word means, in every language of the product."""
    return {normal(said): item for item, names in words.items() for name in names for said in everywhere(name)}


def _values(record: Record, columns: Any) -> dict[str, Any]:
    """Fields of the columns that the workbook has; a blank one takes its default."""
    return {
        column.key: _BLANK.get(column.key)
        if record[column.key] in (None, "") and column.key in _BLANK
        else record[column.key]
        for column in columns
        if column.key not in _APART and record.has(column.key)
    }


_TWICE = N_("La clave %(code)s ya está en la fila %(row)s. Deje una sola.")
_NO_YEAR = N_("%(year)s no parece un año. Escríbalo con cuatro cifras.")
# Where each rule's fault is seen.
_CELLS = {
    "indicators.unit_of_measure": "unit_of_measure",
    "indicators.ratio_has_denominator": "denominator_name",
    "indicators.range_in_order": "direction",
    "indicators.months_add_up": "indicator",
    "indicators.baseline_year": "baseline_year",
    "indicators.direction_against_baseline": "baseline",
}
