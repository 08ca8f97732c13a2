"""The captures of the demonstration, January to November 2026, ready to be told through the product's own actions.

Every capture is a `CaptureStory`; `timeline` gives its steps in order (submit, approve_area, return, validate…), each
with its date and the values said at that moment. Whoever loads them only follows the steps. What was not reported in
time is an `Omission`. Amounts are `Decimal` in the unit of the indicator, dates belong to the year 2026.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from pathlib import Path

from rumbo.core.timekeeping.period import Period
from rumbo.core.vocabulary.capture_state import CaptureState
from rumbo.core.vocabulary.return_reason import ReturnReason
from rumbo.core.vocabulary.variation_cause import VariationCause
from rumbo.shell.demonstration import conduct
from rumbo.shell.demonstration.conduct import YEAR, Correction, Returned, TargetChange
from rumbo.shell.demonstration.dataset import ZERO, Goal, MonthTarget, owes, programme, read_goals
from rumbo.shell.demonstration.figures import LAST_MONTH, Figure, actuals, chance
from rumbo.shell.demonstration.standing import needs_cause
from rumbo.shell.demonstration.texts import Explanation, Text, explain, read_texts
from rumbo.shell.demonstration.workdays import Workdays, read_workdays

State = CaptureState


@dataclass(frozen=True, slots=True)
class EvidenceStory:
    """A file to make: its name (with extension), the kind of evidence, and whether it is reserved."""

    name: str
    kind: str
    reserved: bool = False


@dataclass(frozen=True, slots=True)
class Return:
    """One return: who («area» or «planning»), when and why; and the version that was returned."""

    by: str
    on: date
    reason: ReturnReason
    text: str
    numerator: Decimal
    denominator: Decimal | None
    cause_text: str
    evidence: tuple[EvidenceStory, ...]
    area_approved_on: date | None  # before planning returned it; None when the area's head did
    resubmitted_on: date | None  # None while it waits for the area


@dataclass(frozen=True, slots=True)
class Step:
    """One act: `kind` is draft, submit, approve_area, return or validate; `by` is capturer, area or planning."""

    kind: str
    on: date
    by: str
    numerator: Decimal | None = None
    denominator: Decimal | None = None
    cause_text: str = ""
    evidence: tuple[EvidenceStory, ...] = ()
    reason: ReturnReason | None = None
    text: str = ""


@dataclass(frozen=True, slots=True)
class CaptureStory:
    """What one area captured for one goal and month, and what came of it.

    `numerator` and `denominator` are the figures that stand; `returns` hold what was said before. `late_days` are
    business days after the due day. Cause, action, commitment and post are empty where nothing needs explaining.
    A draft has figures and nothing else. `note` explains a zero denominator.
    """

    goal: str
    month: int
    numerator: Decimal
    denominator: Decimal | None
    captured_on: date
    late_days: int
    state: CaptureState
    area_approved_on: date | None = None
    validated_on: date | None = None
    returns: tuple[Return, ...] = ()
    cause: VariationCause | None = None
    cause_text: str = ""
    action: str = ""
    commitment_on: date | None = None
    responsible_post: str = ""
    evidence: tuple[EvidenceStory, ...] = ()
    note: str = ""

    @property
    def timeline(self) -> tuple[Step, ...]:
        """The acts in order of time; the values of each submission are those said in it."""
        return tuple(self._steps())

    def _steps(self) -> Iterator[Step]:
        if self.state is State.DRAFT:
            yield Step("draft", self.captured_on, "capturer", self.numerator, self.denominator)
            return
        submitted_on: date | None = self.captured_on
        for returned in self.returns:
            if submitted_on is None:
                return
            yield Step(
                "submit",
                submitted_on,
                "capturer",
                returned.numerator,
                returned.denominator,
                returned.cause_text,
                returned.evidence,
            )
            if returned.area_approved_on:
                yield Step("approve_area", returned.area_approved_on, "area")
            yield Step("return", returned.on, returned.by, reason=returned.reason, text=returned.text)
            submitted_on = returned.resubmitted_on
        if submitted_on is None:
            return
        yield Step("submit", submitted_on, "capturer", self.numerator, self.denominator, self.cause_text, self.evidence)
        if self.area_approved_on:
            yield Step("approve_area", self.area_approved_on, "area")
        if self.validated_on:
            yield Step("validate", self.validated_on, "planning")


@dataclass(frozen=True, slots=True)
class Omission:
    """A capture that an area owed and did not send by the closing; the reason with which planning accepted it."""

    goal: str
    area: str
    month: int
    reason: str


@dataclass(frozen=True, slots=True)
class Story:
    """All that happens to the demonstration's institution in the year, in order of goal and month."""

    captures: tuple[CaptureStory, ...]
    omissions: tuple[Omission, ...]
    closings: dict[int, date]
    corrections: tuple[Correction, ...] = conduct.CORRECTIONS
    target_changes: tuple[TargetChange, ...] = conduct.TARGET_CHANGES
    november: dict[str, CaptureState] = field(default_factory=dict)

    def of(self, goal: str, month: int) -> CaptureStory | None:
        return next((c for c in self.captures if (c.goal, c.month) == (goal, month)), None)


def targets_in_force(goal: Goal) -> dict[int, MonthTarget]:
    """The programme after the authorised changes: what captures are judged by from the month of the change."""
    targets = programme(goal)
    for change in conduct.TARGET_CHANGES:
        if change.goal == goal.code:
            for month, denominator in change.denominators.items():
                targets[month] = MonthTarget(goal.annual_target * denominator / goal.factor, denominator)
    return targets


def closing_days(workdays: Workdays) -> dict[int, date]:
    """The day on which each month from January to October was closed."""
    return {month: _closing(workdays, month) for month in range(1, LAST_MONTH)}


def tell(data: Path) -> Story:
    """The whole story from `data` (the folder with `calendar.csv` and `miguel-hidalgo/`)."""
    folder = data / "miguel-hidalgo"
    goals = read_goals(folder)
    teller = _Teller(read_workdays(data / "calendar.csv", "miguel-hidalgo"), read_texts(folder), _november(goals))
    captures = [capture for goal in goals for capture in teller.captures(goal)]
    return Story(
        captures=tuple(captures),
        omissions=tuple(_omissions(goals)),
        closings=closing_days(teller.workdays),
        november=teller.november,
    )


def _closing(workdays: Workdays, month: int) -> date:
    position = conduct.CLOSING_POSITION.get(month, conduct.USUAL_CLOSING_POSITION)
    return workdays.nth_of_month(YEAR, month + 1, position)


def _omissions(goals: tuple[Goal, ...]) -> Iterator[Omission]:
    for goal in goals:
        for month in sorted(conduct.MISSING.get(goal.code, ())):
            if owes(goal, month) and month < LAST_MONTH:
                month_name = Period(YEAR, month).month_name
                reason = f"El área no remitió la captura de {month_name} al cierre ni solicitó prórroga."
                yield Omission(goal.code, goal.area, month, reason)


def _november(goals: tuple[Goal, ...]) -> dict[str, CaptureState]:
    """The state of each capture owed in November on the demonstration day."""
    states: dict[str, CaptureState] = {}
    for area, counts in conduct.NOVEMBER_COUNTS.items():
        owed = [goal.code for goal in goals if goal.area == area and owes(goal, LAST_MONTH)]
        states |= {code: State.RETURNED for code in owed if code in conduct.NOVEMBER_RETURNS}
        rest = [code for code in owed if code not in states]
        # Those that never report stay missing; who else is late or early is the same chance every time.
        rest.sort(key=lambda code: (LAST_MONTH in conduct.MISSING.get(code, ()), chance(code, LAST_MONTH, "state")))
        order = (State.APPROVED, State.PLANNING_REVIEW, State.AREA_REVIEW, State.DRAFT, State.MISSING)
        queue = [state for state, count in zip(order, counts, strict=True) for _ in range(count)]
        states |= dict(zip(rest, queue, strict=True))
    return states


@dataclass(frozen=True, slots=True)
class _Teller:
    workdays: Workdays
    texts: tuple[Text, ...]
    november: dict[str, CaptureState]

    def captures(self, goal: Goal) -> Iterator[CaptureStory]:
        targets = targets_in_force(goal)
        missing = conduct.MISSING.get(goal.code, frozenset())
        figures = {month: figure for month, figure in actuals(goal, targets).items() if month not in missing}
        for month in figures:
            state = State.APPROVED if month < LAST_MONTH else self.november.get(goal.code, State.MISSING)
            if state is not State.MISSING:
                yield self._capture(goal, targets, figures, month, state)

    def _capture(
        self,
        goal: Goal,
        targets: Mapping[int, MonthTarget],
        figures: Mapping[int, Figure],
        month: int,
        state: CaptureState,
    ) -> CaptureStory:
        figure = _first_said(goal, month, figures[month])
        captured_on, late_days = self._captured(goal, month, state)
        capture = CaptureStory(
            goal=goal.code,
            month=month,
            numerator=figure.numerator,
            denominator=figure.denominator,
            captured_on=captured_on,
            late_days=late_days,
            state=state,
            note=_note(figure, goal),
        )
        if state is State.DRAFT:
            return capture
        capture = replace(capture, evidence=_evidence(goal, month))
        told = (
            conduct.RETURNS.get((goal.code, month)) if month < LAST_MONTH else conduct.NOVEMBER_RETURNS.get(goal.code)
        )
        sense = needs_cause(goal, targets, figures, month) or ("below" if told and told.first_cause_text else "")
        if sense:
            capture = self._explained(goal, capture, sense)
        return self._reviewed(goal, capture, told, figures)

    def _captured(self, goal: Goal, month: int, state: CaptureState) -> tuple[date, int]:
        """The day of capture and its business days of delay."""
        delays = conduct.LATE_AREAS.get((goal.area, month))
        late = conduct.LATE.get((goal.code, month), 0)
        if delays:
            late = delays[int((chance(goal.code, month, "late") + 1) / 2 * len(delays))]
        if late:
            return self.workdays.nth_of_month(YEAR, month + 1, conduct.DUE_POSITION + late), late
        if month == LAST_MONTH:  # open month: three business days have gone by, and what is validated came first
            position = {State.APPROVED: 1, State.PLANNING_REVIEW: 2, State.RETURNED: 1}.get(state, 3)
        elif (goal.code, month) in conduct.RETURNS:
            position = 2
        else:
            area_day = (chance(goal.area, month, "day") + 1) * 2  # 0 ≤ day < 4
            position = 1 + int(area_day + (chance(goal.code, month, "day") + 1) / 2)
        return self.workdays.nth_of_month(YEAR, month + 1, position), 0

    def _explained(self, goal: Goal, capture: CaptureStory, sense: str) -> CaptureStory:
        period = Period(YEAR, capture.month)
        commitment = period.plus(2 if chance(goal.code, capture.month, "commitment") < 0.3 else 3)
        due_on = self.workdays.nth_of_month(commitment.year, commitment.month, 1)
        due_on = _last_workday_before(self.workdays, due_on)
        told: Explanation = explain(goal, period, sense, due_on, self.texts)
        return replace(
            capture,
            cause=told.cause,
            cause_text=told.text,
            action=told.action,
            commitment_on=due_on,
            responsible_post=goal.responsible_post,
        )

    def _reviewed(
        self, goal: Goal, capture: CaptureStory, told: Returned | None, figures: Mapping[int, Figure]
    ) -> CaptureStory:
        submitted_on = capture.captured_on
        if told:
            returned = self._returned(goal, capture, told, figures)
            capture = replace(capture, returns=(returned,))
            if returned.resubmitted_on is None:
                return capture
            submitted_on = returned.resubmitted_on
        if capture.state is State.AREA_REVIEW:
            return capture
        approved_on = self._not_after_closing(capture.month, submitted_on, 0 if told or capture.late_days else 1)
        capture = replace(capture, area_approved_on=approved_on)
        if capture.state is State.PLANNING_REVIEW:
            return capture
        wait = 1 if capture.month == LAST_MONTH or told or capture.late_days else 2
        return replace(capture, validated_on=self._not_after_closing(capture.month, approved_on, wait))

    def _returned(self, goal: Goal, capture: CaptureStory, told: Returned, figures: Mapping[int, Figure]) -> Return:
        pace = 0 if capture.late_days else 1
        by_planning = told.by == "planning"
        area_approved_on = self.workdays.plus(capture.captured_on, pace) if by_planning else None
        returned_on = self.workdays.plus(area_approved_on or capture.captured_on, 1)
        accumulated = sum((figure.numerator for m, figure in figures.items() if m <= capture.month), ZERO)
        waits = capture.state is State.RETURNED
        return Return(
            by=told.by,
            on=returned_on,
            reason=told.reason,
            text=told.text.format(accumulated=f"{accumulated:,.0f}"),
            numerator=_first_numerator(told, capture, accumulated),
            denominator=Decimal(told.first_denominator) if told.first_denominator else capture.denominator,
            cause_text=told.first_cause_text or capture.cause_text,
            evidence=_evidence(goal, capture.month - 1) if told.other_period_evidence else capture.evidence,
            area_approved_on=area_approved_on,
            resubmitted_on=None if waits else self.workdays.plus(returned_on, pace),
        )

    def _not_after_closing(self, month: int, start: date, wait: int) -> date:
        day = self.workdays.plus(start, wait)
        return min(day, _closing(self.workdays, month)) if month < LAST_MONTH else day


def _last_workday_before(workdays: Workdays, first: date) -> date:
    """The last business day of the month before `first`'s."""
    before = Period.containing(first).plus(-1)
    day = before.last_day
    while not workdays.is_workday(day):
        day = day.replace(day=day.day - 1)
    return day


def _first_said(goal: Goal, month: int, figure: Figure) -> Figure:
    """What the area said at the time; a later correction tells what it really was."""
    for correction in conduct.CORRECTIONS:
        if (correction.goal, correction.month) == (goal.code, month):
            return Figure(correction.was, figure.denominator)
    return figure


def _first_numerator(told: Returned, capture: CaptureStory, accumulated: Decimal) -> Decimal:
    if told.first_numerator == "accumulated":
        return accumulated
    return Decimal(told.first_numerator) if told.first_numerator else capture.numerator


NOTES = {
    "M027": "Sin encharcamientos reportados en el mes.",
    "M055": "No se concluyó ninguna obra en el mes.",
    "M075": "Receso escolar: sin días de asistencia en el mes.",
}


def _note(figure: Figure, goal: Goal) -> str:
    return NOTES[goal.code] if figure.denominator == ZERO else ""


FILES = {
    "bitácora firmada": ("bitacora", "pdf"),
    "padrón sin datos personales": ("padron", "xlsx"),
    "fotografía con ubicación y fecha": ("fotografia", "png"),
    "acta o minuta": ("acta", "pdf"),
    "estimación de obra": ("estimacion", "pdf"),
    "reporte del sistema CESAC": ("reporte-cesac", "pdf"),
    "oficio": ("oficio", "pdf"),
    "captura de publicación": ("publicacion", "png"),
}


def _evidence(goal: Goal, month: int) -> tuple[EvidenceStory, ...]:
    """The file that the goal asks for; works add a photograph every second month."""
    reserved = goal.code in conduct.RESERVED_EVIDENCE
    kinds = [goal.evidence_type]
    if goal.evidence_type == "estimación de obra" and month % 2 == 0:
        kinds.append("fotografía con ubicación y fecha")
    period = Period(YEAR, month) if month else Period(YEAR - 1, 12)
    return tuple(
        EvidenceStory(f"{goal.code}-{period}-{FILES[kind][0]}.{FILES[kind][1]}", kind, reserved) for kind in kinds
    )
