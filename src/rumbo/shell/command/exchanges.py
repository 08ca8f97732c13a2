"""The five workbooks that go in and out, each asked in the way of its app and answered in one way."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from rumbo.core.rendering.intake import marked
from rumbo.core.rendering.table import CellError
from rumbo.core.vocabulary.permission import Permission
from rumbo.foundation.organization import exchange as organization
from rumbo.foundation.organization import queries as organization_queries
from rumbo.foundation.organization.models import Institution
from rumbo.foundation.planning import exchange as planning
from rumbo.shell.command.standing import Actor
from rumbo.systems.captures import exchange as captures
from rumbo.systems.indicators import exchange as indicators


@dataclass(frozen=True, slots=True)
class Asked:
    """Who brings which file, to where and when."""

    institution: Institution
    by: Actor
    on: date
    at: datetime
    content: bytes = b""
    dry_run: bool = False
    year: int = 0


@dataclass(frozen=True, slots=True)
class Answer:
    """With errors nothing was applied. `rows` read well."""

    rows: int
    errors: Sequence[CellError]
    warnings: Sequence[CellError]
    marked: Callable[[], bytes]


@dataclass(frozen=True, slots=True)
class Exchange:
    """`permissions`: any of them lets the actor bring or take the workbook; the app asks again for what it writes."""

    take: Callable[[Asked], Answer]
    template: Callable[[Asked], bytes]
    permissions: tuple[Permission, ...]


def take_areas(asked: Asked) -> Answer:
    outcome = organization.import_areas(
        institution=asked.institution, content=asked.content, by=asked.by, at=asked.at, dry_run=asked.dry_run
    )
    return Answer(outcome.good, outcome.errors, outcome.warnings, outcome.marked)


def take_people(asked: Asked) -> Answer:
    outcome = organization.import_people(
        institution=asked.institution,
        content=asked.content,
        by=asked.by,
        on=asked.on,
        at=asked.at,
        dry_run=asked.dry_run,
    )
    return Answer(outcome.good, outcome.errors, outcome.warnings, outcome.marked)


def take_plan(asked: Asked) -> Answer:
    return take_checked(planning, asked)


def take_goals(asked: Asked) -> Answer:
    return take_checked(indicators, asked)


def take_checked(app: Any, asked: Asked) -> Answer:
    """Apps that check a whole workbook first and apply what was checked."""
    checked = app.check(institution=asked.institution, content=asked.content, on=asked.on)
    if not checked.errors and not asked.dry_run:
        app.apply(checked, by=asked.by, at=asked.at)
    wrong = {(error.sheet, error.row) for error in checked.errors}
    rows = {(record.sheet, record.row) for parsed in checked.taken.sheets.values() for record in parsed.records}
    return Answer(
        len(rows - wrong), checked.errors, checked.warnings, lambda: marked(asked.content, checked.errors, translate=_)
    )


def take_captures(asked: Asked) -> Answer:
    loaded = captures.load(
        asked.content,
        institution=asked.institution,
        by=asked.by,
        on=asked.on,
        at=asked.at,
        dry_run=asked.dry_run,
    )
    return Answer(loaded.rows, loaded.errors, loaded.warnings, lambda: captures.marked(asked.content, loaded.errors))


def banner(asked: Asked) -> str:
    return organization_queries.data_notice(asked.institution)


EXCHANGES = {
    "areas": Exchange(
        take_areas,
        lambda asked: organization.template_areas(institution=asked.institution, banner=banner(asked)),
        (Permission.CONFIGURE, Permission.MANAGE_PEOPLE),
    ),
    "people": Exchange(
        take_people,
        lambda asked: organization.template_people(institution=asked.institution, on=asked.on, banner=banner(asked)),
        (Permission.MANAGE_PEOPLE,),
    ),
    "plan": Exchange(
        take_plan,
        lambda asked: planning.template(asked.institution, on=asked.on, banner=banner(asked) or None, translate=_),
        (Permission.EDIT_PLAN,),
    ),
    "goals": Exchange(
        take_goals,
        lambda asked: indicators.template(asked.institution, on=asked.on, banner=banner(asked) or None, translate=_),
        (Permission.EDIT_GOALS,),
    ),
    "captures": Exchange(
        take_captures,
        lambda asked: captures.workbook(
            asked.by,
            asked.institution,
            year=asked.institution.year_called(asked.year) if asked.year else asked.institution.year_on(asked.on),
            on=asked.on,
            banner=banner(asked) or None,
            translate=_,
        ),
        (Permission.CAPTURE, Permission.CLOSE_MONTH),
    ),
}
