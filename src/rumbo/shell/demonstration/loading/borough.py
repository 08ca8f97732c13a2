"""The borough of the demonstration: its goals, and its year told step by step through the actions."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

from rumbo.core.timekeeping.period import Period
from rumbo.core.vocabulary.role import Role
from rumbo.core.vocabulary.variation_cause import VariationCause
from rumbo.foundation.organization import actions as organization
from rumbo.foundation.organization.actor import PersonActor
from rumbo.shell.demonstration.conduct import YEAR
from rumbo.shell.demonstration.dataset import read_rows
from rumbo.shell.demonstration.loading import (
    assistance,
    deliveries,
    disclosure,
    evidence_files,
    foreseeing,
    hiring,
    reading,
    weekly,
    workbooks,
)
from rumbo.shell.demonstration.loading.setting_up import SYSTEM, House, set_up
from rumbo.shell.demonstration.stories import CaptureStory, Step, Story, tell
from rumbo.systems.captures import actions as captures
from rumbo.systems.evaluation import actions as evaluation
from rumbo.systems.indicators import actions as indicators
from rumbo.systems.indicators import queries as goals

if TYPE_CHECKING:
    from rumbo.systems.captures.models import Capture
    from rumbo.systems.indicators.models import Indicator

START = date(YEAR, 1, 5)  # first working day: the plan stands before the first month is captured
WEEKLY = "DEPCR"  # the area of what the autumn's meeting asked to be measured each week
CLOSER, REVIEWER = "carmen@miguel-hidalgo.example", "marta@miguel-hidalgo.example"


@dataclass(frozen=True, slots=True)
class Act:
    """One step of one capture, with its place in time."""

    on: date
    order: int
    story: CaptureStory
    step: Step


@dataclass(slots=True)
class Teller:
    """What is needed to tell the year: who acts for each area, and the captures as they come to be."""

    house: House
    story: Story
    indicators: dict[str, "Indicator"]
    capturers: dict[str, PersonActor]
    heads: dict[str, PersonActor]
    reviewer: PersonActor
    captures: dict[tuple[str, int], "Capture"] = field(default_factory=dict)


def load(data: Path, progress: Callable[[str], None]) -> House:
    """January to October closed, November open and alive."""
    house = set_up(data / "miguel-hidalgo", on=START, nature="demonstration", home="board", first=True, position=0)
    _configure(house)
    disclosure.complete_plan(house, START)
    _goals(house)
    hiring.award(house)
    teller = _teller(house, tell(data))
    for month in range(1, 12):
        period = Period(YEAR, month)
        progress(f"{house.institution.short_name}: {period.label}")
        _change_targets(teller, month)
        assistance.tell(house, month)
        for acts in _days_of(teller.story, month):
            _perform(teller, acts)
        if month in teller.story.closings:
            _close(teller, period)
        foreseeing.tell(house, month, teller.story.closings.get(month))
        _correct(teller, period)
        deliveries.tell(house, month)
        hiring.tell(house, month)
        disclosure.tell(house, month, house.person(CLOSER, START))
        weekly.tell(house, month, teller.capturers[WEEKLY], teller.heads[WEEKLY])
    return house


def _configure(house: House) -> None:
    contract = house.values["contract"]
    organization.configure(
        institution=house.institution,
        values={
            "contract_number": contract["number"],
            "contractor_name": hiring.CONTRACTOR_NAME,
            "requesting_area_name": "Jefatura de Oficina de la Alcaldía",
            "deliveries_total": contract["deliveries"],
            "first_delivery_period": f"{YEAR}-01",
            "term_name": house.values["term"]["name"],
            "planning_unit_name": "Subdirección de Seguimiento y Evaluación",
        },
        effective_from=date(YEAR, 1, 1),
        by=SYSTEM,
        at=reading.moment(START, 9),
        on=START,
    )
    evaluation.save_scheme(
        institution=house.institution,
        parameters={},
        effective_from=date(YEAR, 1, 1),
        by=SYSTEM,
        at=reading.moment(START, 9),
        on=START,
    )


def _goals(house: House) -> None:
    rows = read_rows(house.folder / "goals.csv")
    months: dict[str, dict[int, tuple[str, str]]] = {}
    for row in read_rows(house.folder / "targets.csv"):
        months.setdefault(row["goal"], {})[int(row["month"])] = (row["numerator"], row["denominator"])
    sheets = {
        "Metas": [workbooks.goal_row(row | {"agreed_on": START.isoformat()}) for row in rows],
        "Programación": [
            workbooks.programme_row(
                row["code"], YEAR, row["annual_target"], months[row["code"]], low=row["low"], high=row["high"]
            )
            for row in rows
        ],
    }
    workbooks.take(
        "goals",
        workbooks.book(sheets),
        institution=house.institution,
        by=SYSTEM,
        on=START,
        at=reading.moment(START, 9),
    )


def _teller(house: House, story: Story) -> Teller:
    by_role: dict[Role, dict[str, PersonActor]] = {}
    for row in read_rows(house.folder / "people.csv"):
        by_role.setdefault(Role(row["role"]), {})[row["unit"]] = house.person(row["email"], START)
    return Teller(
        house=house,
        story=story,
        indicators={item.code: item for item in goals.indicators_of(house.institution)},
        capturers=by_role[Role.CAPTURER],
        heads=by_role[Role.AREA_HEAD],
        reviewer=house.person(REVIEWER, START),
    )


def _days_of(story: Story, month: int) -> Iterator[list[Act]]:
    """The month's acts in order of time: one list per day, kind of act and actor's area."""
    acts = [
        Act(step.on, order, capture, step)
        for capture in story.captures
        if capture.month == month
        for order, step in enumerate(capture.timeline)
    ]
    acts.sort(key=lambda act: (act.on, act.order, act.step.kind, act.story.goal))
    for _, day in groupby(acts, key=lambda act: (act.on, act.order, act.step.kind)):
        yield list(day)


def _perform(teller: Teller, acts: list[Act]) -> None:
    kind = acts[0].step.kind
    by_area: dict[str, list[Act]] = {}
    for act in acts:
        by_area.setdefault(_area(teller, act), []).append(act)
    if kind in ("validate",):
        _decide(teller, acts, captures.validate_many, teller.reviewer, hour=16)
        return
    for area, own in by_area.items():
        if kind in ("draft", "submit"):
            _capture(teller, own, teller.capturers[area], send=kind == "submit")
        elif kind == "approve_area":
            _decide(teller, own, captures.approve_area_many, teller.heads[area], hour=12)
        else:
            _give_back(teller, own, teller.heads[area] if own[0].step.by == "area" else teller.reviewer)


def _area(teller: Teller, act: Act) -> str:
    return teller.indicators[act.story.goal].goal.unit.code


def _capture(teller: Teller, acts: list[Act], by: PersonActor, *, send: bool) -> None:
    institution, at = teller.house.institution, reading.moment(acts[0].on, 10, acts[0].order)
    drafts = [
        captures.Draft(teller.indicators[act.story.goal], Period(YEAR, act.story.month).index, _entry(act, send=send))
        for act in acts
    ]
    saved = captures.save_drafts(institution=institution, drafts=drafts, by=by, at=at)
    for act, capture in zip(acts, saved, strict=True):
        teller.captures[act.story.goal, act.story.month] = capture
        for proof in act.step.evidence:
            captures.attach(
                institution=institution,
                capture=capture,
                file_name=proof.name,
                content=evidence_files.content(proof, act.story, capture.indicator.goal.statement),
                kind=proof.kind,
                reserved=proof.reserved,
                by=by,
                at=at,
            )
    if send:
        _send(teller, saved, by, at)


def _send(teller: Teller, sent: Sequence["Capture"], by: PersonActor, at: datetime, *, explained: bool = False) -> None:
    """Who recovers what was late jumps over what the month had programmed, and is asked why."""
    institution = teller.house.institution
    outcome = captures.submit_many(institution=institution, captures=sent, by=by, at=at)
    unfinished = [capture for capture, refusal in outcome.refused if isinstance(refusal, captures.Unfinished)]
    if outcome.refused and (explained or len(unfinished) < len(outcome.refused)):
        raise RuntimeError("; ".join(f"{capture}: {refusal}" for capture, refusal in outcome.refused))
    if unfinished:
        drafts = [captures.Draft(capture.indicator, capture.period, RECOVERY) for capture in unfinished]
        again = captures.save_drafts(institution=institution, drafts=drafts, by=by, at=at)
        _send(teller, again, by, at, explained=True)


RECOVERY: captures.Entry = {
    "cause_kind": VariationCause.RESCHEDULED.value,
    "cause": "Se concluyó en el mes trabajo que venía retrasado, con cuadrillas y turnos adicionales.",
}


def _entry(act: Act, *, send: bool) -> captures.Entry:
    story, step = act.story, act.step
    entry: captures.Entry = {"numerator": step.numerator, "denominator": step.denominator}
    if send and step.numerator != story.numerator:
        # what was said first and returned: whoever typed it believed it, and said so
        entry |= _believed(act)
    if send and story.cause is not None:
        entry |= {
            "cause_kind": story.cause.value,
            "cause": step.cause_text,
            "corrective_action": story.action,
            "commitment_on": story.commitment_on,
            "responsible_post": story.responsible_post,
        }
    elif send and story.note:
        entry["cause"] = story.note
    elif send and step.numerator == story.numerator and story.returns:
        entry |= {"cause_kind": "", "cause": "", "corrective_action": "", "commitment_on": None}
    return entry


def _believed(act: Act) -> captures.Entry:
    return {
        "cause_kind": "other",
        "cause": act.step.cause_text or "Dato del sistema de operación del área.",
        "corrective_action": "Se revisa el registro con la subdirección que lo lleva.",
        "commitment_on": Period(YEAR, act.story.month).plus(2).last_day,
        "responsible_post": act.story.responsible_post or "Enlace de planeación del área",
    }


def _decide(
    teller: Teller, acts: list[Act], decide: Callable[..., captures.Outcome], by: PersonActor, hour: int
) -> None:
    outcome = decide(
        institution=teller.house.institution,
        captures=[teller.captures[act.story.goal, act.story.month] for act in acts],
        by=by,
        at=reading.moment(acts[0].on, hour, acts[0].order),
    )
    for capture, refusal in outcome.refused:
        raise RuntimeError(f"{capture.indicator.code} {capture.period}: {refusal}")


def _give_back(teller: Teller, acts: list[Act], by: PersonActor) -> None:
    for act in acts:
        assert act.step.reason is not None  # noqa: S101  (a return always has its typed reason)
        captures.return_(
            institution=teller.house.institution,
            capture=teller.captures[act.story.goal, act.story.month],
            kind=act.step.reason,
            text=act.step.text,
            by=by,
            at=reading.moment(act.on, 15, act.order),
        )


def _close(teller: Teller, period: Period) -> None:
    day = teller.story.closings[period.month]
    reasons = {
        teller.house.units[omission.area]: omission.reason
        for omission in teller.story.omissions
        if omission.month == period.month
    }
    evaluation.close(
        institution=teller.house.institution,
        period=period,
        by=teller.house.person(CLOSER, day),
        at=reading.moment(day, 18),
        on=day,
        accept_missing=reasons,
    )


def _change_targets(teller: Teller, month: int) -> None:
    """Authorised in one month, in force from the next."""
    for change in teller.story.target_changes:
        if change.from_month != month:
            continue
        indicator = teller.indicators[change.goal]
        programme = goals.programme_of(indicator, YEAR)
        assert programme is not None  # noqa: S101  (every goal of the demonstration is programmed)
        months = goals.targets_of(programme)
        for number, denominator in change.denominators.items():
            numerator = programme.annual_target * denominator / indicator.factor
            months[Period(YEAR, number).index] = type(next(iter(months.values())))(numerator, denominator)
        indicators.change_programme(
            programme=programme,
            annual_target=programme.annual_target,
            low=programme.low,
            high=programme.high,
            months=months,
            from_period=Period(YEAR, month).index,
            reason=change.reason,
            letter_number=change.letter,
            on=change.decided_on,
            by=teller.house.person(CLOSER, change.decided_on),
            at=reading.moment(change.decided_on, 13),
        )


def _correct(teller: Teller, closed: Period) -> None:
    """A complementary closing, once the month before its decision is closed."""
    for correction in teller.story.corrections:
        if correction.decided_on.month != closed.month + 1:
            continue
        institution = teller.house.institution
        capture = teller.captures[correction.goal, correction.month]
        asked = captures.request_correction(
            institution=institution,
            capture=capture,
            numerator=correction.becomes,
            reason=correction.reason,
            kind="supplementary",
            letter_number=correction.letter,
            by=teller.heads[teller.indicators[correction.goal].goal.unit.code],
            at=reading.moment(correction.asked_on, 11),
        )
        evaluation.supersede(
            institution=institution,
            period=Period(YEAR, correction.month),
            by=teller.house.person(CLOSER, correction.decided_on),
            at=reading.moment(correction.decided_on, 17),
            on=correction.decided_on,
            reason=correction.reason,
            letter_number=correction.letter,
            corrections=[asked],
        )
