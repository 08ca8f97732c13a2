"""Goals, indicators and programmes at once, as a workbook brings them: one transaction, one event."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.db import connection, models, transaction

from rumbo.core.vocabulary.marking import N_
from rumbo.core.vocabulary.permission import Actor
from rumbo.foundation.audit.actions import record
from rumbo.systems.indicators import queries
from rumbo.systems.indicators.actions.common import may_edit_goals, tell
from rumbo.systems.indicators.actions.goals import keep_critical_few, refuse_retired
from rumbo.systems.indicators.actions.indicators import IndicatorCodeTaken, refuse_half_a_ratio
from rumbo.systems.indicators.actions.membership import keep_terms, placed
from rumbo.systems.indicators.actions.programmes import agreed, changed_periods, check, sheet_of
from rumbo.systems.indicators.models import OWN_BANDS, CoResponsibility, Goal, Indicator, MonthlyTarget, Programme
from rumbo.systems.indicators.programming import NO_BANDS, MonthTarget, OwnBands, in_order

if TYPE_CHECKING:
    from rumbo.foundation.organization.models import Institution

GOAL_FIELDS = (
    "statement", "plan_element_id", "unit_id", "goal_type", "weight", "critical", "term_target", "responsible_post",
    "sdg", "agreed_on", "position", "contract_id", "contract_since",
)  # fmt: skip
INDICATOR_FIELDS = (
    "principal", "name", "definition", "formula", "numerator_symbol", "numerator_name", "numerator_unit",
    "denominator_symbol", "denominator_name", "denominator_unit", "other_variables", "factor", "unit_of_measure",
    "decimals", "direction", "accumulation", "frequency", "due_months", "dimension", "baseline", "baseline_year",
    "source", "means_of_verification", "required_evidence",
)  # fmt: skip
PROGRAMME_FIELDS = ("annual_target", "original_target", "low", "high", *OWN_BANDS)
BATCH = 1_000  # rows in a statement; ours: below it a load of 5,000 goals slows down, above it nothing is gained


@dataclass(frozen=True, slots=True)
class ProgrammeRow:
    """What a year has programmed; `months` by period."""

    year: int
    annual_target: Decimal | None = None
    low: Decimal | None = None
    high: Decimal | None = None
    months: Mapping[int, MonthTarget] = field(default_factory=dict)
    bands: OwnBands = NO_BANDS


@dataclass(frozen=True, slots=True)
class IndicatorRow:
    """`values`: any of INDICATOR_FIELDS, typed as the table. What is not named stays, or takes its default."""

    code: str
    values: Mapping[str, Any]
    programmes: Sequence[ProgrammeRow] = ()


@dataclass(frozen=True, slots=True)
class GoalRow:
    """`values`: any of GOAL_FIELDS, typed. `co_responsible`: areas' keys, None to leave them as they are."""

    code: str
    values: Mapping[str, Any]
    co_responsible: Sequence[int] | None = None
    indicators: Sequence[IndicatorRow] = ()


@dataclass(slots=True)
class Loaded:
    """How many goals were new, changed or already as the file says; and the same of their programmes."""

    created: int = 0
    updated: int = 0
    unchanged: int = 0
    indicators: int = 0
    programmes: int = 0


def load_goals(*, institution: "Institution", goals: Sequence[GoalRow], by: Actor, at: datetime) -> Loaded:
    """Create or update by code. What the rows do not name stays as it is.

    A new principal indicator takes the place of the former one. A fixed number of queries for each thousand rows.
    A contract comes with its `contract_since` (None keeps the date of the one that there is). Raises Forbidden,
    RetiredGoal, MembershipOutOfOrder, IndicatorCodeTaken, RatioWithoutDenominator, AgreedProgramme, MonthOutsideYear,
    RangeOutOfOrder, TooManyCritical.
    """
    with transaction.atomic():
        load = _Load(institution, goals, by, at)
        load.write_goals()
        load.write_indicators()
        load.write_programmes()
        return load.tell()


class _Load:
    """The state of one load, floor by floor."""

    def __init__(self, institution: "Institution", rows: Sequence[GoalRow], by: Actor, at: datetime) -> None:
        self.institution, self.rows, self.by, self.at = institution, rows, by, at
        self.goals: dict[str, Goal] = {goal.code: goal for goal in queries.goals_of(institution, with_retired=True)}
        self.indicators: dict[str, Indicator] = {
            indicator.code: indicator for goal in self.goals.values() for indicator in goal.indicators.all()
        }
        self.new_goals: set[str] = set()
        self.touched: dict[type[models.Model], list[int]] = {Goal: [], Indicator: [], Programme: []}
        self.periods: set[int] = set()
        self.told: set[int] = set()
        self.critical = sum(goal.critical for goal in self.goals.values() if goal.retired_on is None)
        self.was_agreed = {goal.pk for goal in self.goals.values() if goal.agreed_on is not None}
        self.loaded = Loaded()

    def write_goals(self) -> None:
        units = {row.values["unit_id"] for row in self.rows if "unit_id" in row.values}
        units |= {self.goals[row.code].unit_id for row in self.rows if row.code in self.goals}
        for unit in units:
            may_edit_goals(self.by, self.institution.pk, unit)
        last = max((goal.position for goal in self.goals.values()), default=0)
        new, changed, turns = [], [], []
        terms = queries.former_terms(self.institution)
        for row in self.rows:
            goal = self.goals.get(row.code)
            if goal is None:
                last += 1
                goal = self.goals[row.code] = Goal(institution=self.institution, code=row.code, position=last)
                new.append(goal)
                self.new_goals.add(row.code)
            else:
                refuse_retired(goal)
            values, decided = placed(goal, row.values, terms.get(goal.pk, ()))
            if _assign(goal, values, GOAL_FIELDS) and goal.pk:
                changed.append(goal)
            if decided is not None:
                turns.append((goal, decided))
        Goal.objects.bulk_create(new, batch_size=BATCH)
        Goal.objects.bulk_update(changed, GOAL_FIELDS, batch_size=BATCH)
        keep_terms(turns)
        if sum(goal.critical for goal in self.goals.values() if goal.retired_on is None) > self.critical:
            keep_critical_few(self.institution, self.at)
        shared = self._share()
        updated = {goal.pk for goal in changed} | shared
        self.touched[Goal] = [goal.pk for goal in new] + sorted(updated)
        self.loaded.created, self.loaded.updated = len(new), len(updated)
        self.loaded.unchanged = len(self.rows) - len(new) - len(updated)
        # Of a goal with indicators, its area or weight may have moved: their stored results have to follow.
        self.told |= {item.pk for item in self.indicators.values() if item.goal_id in updated}

    def _share(self) -> set[int]:
        """Set the co-responsible areas; gives the goals that existed and changed by it."""
        gone: list[int] = []
        new: list[CoResponsibility] = []
        touched = set()
        for row in self.rows:
            if row.co_responsible is None:
                continue
            goal = self.goals[row.code]
            wanted = set(row.co_responsible) - {goal.unit_id}
            known = (
                {} if row.code in self.new_goals else {one.unit_id: one.pk for one in goal.co_responsibilities.all()}
            )
            gone += [pk for unit, pk in known.items() if unit not in wanted]
            missing = sorted(wanted - known.keys())
            new += [CoResponsibility(institution=self.institution, goal=goal, unit_id=unit) for unit in missing]
            if row.code not in self.new_goals and wanted != known.keys():
                touched.add(goal.pk)
        CoResponsibility.objects.filter(pk__in=gone).delete()
        CoResponsibility.objects.bulk_create(new, batch_size=BATCH)
        return touched

    def write_indicators(self) -> None:
        new, changed = [], []
        for row in self.rows:
            goal = self.goals[row.code]
            for sheet in row.indicators:
                indicator = self.indicators.get(sheet.code)
                if indicator is None:
                    indicator = Indicator(institution=self.institution, goal=goal, code=sheet.code)
                    self.indicators[sheet.code] = indicator
                    new.append(indicator)
                elif indicator.goal_id != goal.pk:
                    raise IndicatorCodeTaken(
                        N_("La clave %(code)s ya nombra a otro indicador. Escriba otra."), code=sheet.code
                    )
                modified = _assign(indicator, sheet.values, INDICATOR_FIELDS)
                refuse_half_a_ratio(indicator.code, indicator.accumulation, indicator.denominator_name)
                if modified and indicator.pk:
                    changed.append(indicator)
        changed += self._demote({indicator.pk for indicator in changed})
        # First nobody, then the new one: the table never holds two principal indicators of a goal.
        Indicator.objects.filter(pk__in=[item.pk for item in changed if not item.principal]).update(principal=False)
        Indicator.objects.bulk_update(changed, INDICATOR_FIELDS, batch_size=BATCH)
        Indicator.objects.bulk_create(new, batch_size=BATCH)
        self.touched[Indicator] = [item.pk for item in (*new, *changed)]
        self.told |= {item.pk for item in changed}
        self.loaded.indicators = len(new) + len(changed)

    def _demote(self, already: set[int]) -> list[Indicator]:
        """Principal indicators of goals to which the rows bring another one."""
        brought = {
            self.goals[row.code].pk: sheet.code
            for row in self.rows
            for sheet in row.indicators
            if self.indicators[sheet.code].principal
        }
        demoted = []
        for indicator in self.indicators.values():
            principal = brought.get(indicator.goal_id)
            if indicator.pk and indicator.principal and principal is not None and principal != indicator.code:
                indicator.principal = False
                if indicator.pk not in already:
                    demoted.append(indicator)
        return demoted

    def write_programmes(self) -> None:
        wanted = [
            (self.indicators[sheet.code], programme)
            for row in self.rows
            for sheet in row.indicators
            for programme in sheet.programmes
        ]
        stored = {
            year: queries.programmes_of(self.institution, year) for year in sorted({row.year for _, row in wanted})
        }
        new, changed, months = [], [], []
        for indicator, row in wanted:
            year = self.institution.year_called(row.year)
            sheet = check(year, row.annual_target, row.low, row.high, row.months)
            sheet = sheet._replace(bands=in_order(row.bands))
            programme = stored[row.year].get(indicator.pk)
            if programme is not None and sheet_of(programme) == sheet:
                continue
            if programme is not None and indicator.goal_id in self.was_agreed:
                raise agreed(indicator.code, year)
            self.periods |= set(changed_periods(programme, sheet))
            if programme is None:
                programme = Programme(institution=self.institution, indicator=indicator, year=row.year)
                new.append(programme)
            else:
                changed.append(programme)
            sheet.write_to(programme)
            programme.original_target = programme.annual_target
            months.append((programme, sheet.months))
        Programme.objects.bulk_create(new, batch_size=BATCH)
        Programme.objects.bulk_update(changed, PROGRAMME_FIELDS, batch_size=BATCH)
        MonthlyTarget.objects.filter(programme__in=[programme.pk for programme in changed]).delete()
        _insert_months(months)
        self.touched[Programme] = [programme.pk for programme in (*new, *changed)]
        self.told |= {programme.indicator_id for programme in (*new, *changed)}
        self.loaded.programmes = len(new) + len(changed)

    def tell(self) -> Loaded:
        """Announce, and leave one event with the digest of every row that was written."""
        tell(self.institution, self.told, self.periods, self.by, self.at)
        goals = Goal.objects.prefetch_related(*Goal.audit_prefetch).filter(pk__in=self.touched[Goal])
        indicators = Indicator.objects.filter(pk__in=self.touched[Indicator])
        programmes = Programme.objects.prefetch_related(*Programme.audit_prefetch)
        rows: Iterable[models.Model] = (*goals, *indicators, *programmes.filter(pk__in=self.touched[Programme]))
        details = {
            "created": self.loaded.created,
            "updated": self.loaded.updated,
            "indicators": self.loaded.indicators,
            "programmes": self.loaded.programmes,
        }
        record(
            chain=self.institution.slug, by=self.by, action="indicators.load_goals", at=self.at,
            rows=rows, details=details,
        )  # fmt: skip
        return self.loaded


def _insert_months(programmes: Iterable[tuple[Programme, Mapping[int, MonthTarget]]]) -> None:
    """As first approved: in force and original are the same.

    Straight to the table: sixty thousand months as models cost more than the rest of a load of five thousand goals.
    """
    cells = [
        (
            programme.institution_id, programme.pk, programme.indicator_id, period,
            target.numerator, target.denominator, target.numerator, target.denominator,
        )
        for programme, targets in programmes
        for period, target in sorted(targets.items())
    ]  # fmt: skip
    with connection.cursor() as cursor:
        cursor.executemany(
            "INSERT INTO indicators_monthlytarget (institution_id, programme_id, indicator_id, period,"
            " numerator, denominator, original_numerator, original_denominator)"
            " VALUES (%s, %s, %s, %s, %s, %s, %s, %s)",
            cells,
        )


def _assign(row: models.Model, values: Mapping[str, Any], allowed: Sequence[str]) -> bool:
    """Set the values; whether any was another one."""
    changed = False
    for name, value in values.items():
        if name not in allowed:
            raise TypeError(f"{type(row).__name__} has no {name} to be loaded")
        if getattr(row, name) != value:
            setattr(row, name, value)
            changed = True
    return changed
