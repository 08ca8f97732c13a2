"""From the plan to a draft, and what may be typed in it."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.db import transaction

from rumbo.core.rendering.told import Day
from rumbo.core.timekeeping.quarter import Quarter
from rumbo.core.vocabulary.marking import N_
from rumbo.core.vocabulary.permission import Actor
from rumbo.core.vocabulary.refusal import Refusal
from rumbo.foundation.audit.states import state_of
from rumbo.foundation.planning import queries as planning
from rumbo.systems.transparency import queries
from rumbo.systems.transparency.actions.steps import may_prepare, may_publish, must_be_draft, taken, told
from rumbo.systems.transparency.models import DisclosureRecord
from rumbo.systems.transparency.settings import format_on

if TYPE_CHECKING:
    from rumbo.foundation.organization.models import Institution

EDITABLE = ("annual_plan_url", "work_programme_url", "responsible_units", "updated_on", "note")


class NoPlan(Refusal):
    """Without a plan there is nothing to publish."""


class NotBegun(Refusal):
    """A quarter is prepared once it has begun."""


class AlreadyPrepared(Refusal):
    """One record per quarter."""


def prepare(
    *, institution: "Institution", quarter: Quarter, units: Sequence[str], by: Actor, on: date, at: datetime
) -> DisclosureRecord:
    """A draft composed from the plan in force when the quarter ends (or today, if it has not). `units`: codes of the
    areas that generate, hold, publish and update the information (IECM-19).

    Raises Forbidden, NotBegun, NoPlan, AlreadyPrepared.
    """
    may_prepare(by, institution.pk)
    if on < quarter.start:
        raise NotBegun(
            N_("El trimestre %(quarter)s empieza el %(day)s. Prepárelo a partir de ese día."),
            quarter=str(quarter), day=Day(quarter.start),
        )  # fmt: skip
    plan = planning.plan_of(institution, min(on, quarter.end))
    if plan is None:
        raise NoPlan(N_("La institución todavía no tiene programa. Cárguelo antes de preparar el registro."))
    with transaction.atomic():
        if queries.record_of(institution, quarter) is not None:
            raise AlreadyPrepared(
                N_("El registro del trimestre %(quarter)s ya existe. Ábralo para continuar."), quarter=str(quarter)
            )
        record = DisclosureRecord(
            institution=institution,
            plan=plan,
            format_code=format_on(quarter.end).code,
            fiscal_year=quarter.year,
            quarter=quarter.number,
            period_start=quarter.start,
            period_end=quarter.end,
            due_on=queries.deadline_for(institution, quarter).due,
            annual_plan_url=plan.annual_plan_url,
            work_programme_url=plan.work_programme_url,
            responsible_units="\n".join(queries.responsible_names(institution, units)),
            updated_on=on,
            **queries.composed(plan),
        )
        record.save()
        return told(record, "prepare", by=by, at=at)


def recompose(*, record: DisclosureRecord, by: Actor, on: date, at: datetime) -> DisclosureRecord:
    """The texts again, as the plan says them today; links, areas and note stay. The information was updated today.

    Raises Forbidden, Frozen.
    """
    may_prepare(by, record.institution_id)
    with transaction.atomic():
        record = taken(record)
        must_be_draft(record)
        before = state_of(record)
        _write(record, queries.composed(record.plan) | {"updated_on": on})
        return told(record, "recompose", by=by, at=at, before=before)


def edit(*, record: DisclosureRecord, values: dict[str, Any], by: Actor, at: datetime) -> DisclosureRecord:
    """`values` by name, of `EDITABLE`. Raises Forbidden, Frozen."""
    may_publish(by, record.institution_id)
    unknown = set(values) - set(EDITABLE)
    if unknown:
        raise TypeError(f"a record is not edited in {sorted(unknown)}")
    with transaction.atomic():
        record = taken(record)
        must_be_draft(record)
        before = state_of(record)
        _write(record, values)
        return told(record, "edit", by=by, at=at, before=before)


def _write(record: DisclosureRecord, values: dict[str, Any]) -> None:
    for name, value in values.items():
        setattr(record, name, value)
    record.save(update_fields=list(values))
