"""The month's seal: evaluate everything, store it with its digest, never touch it again."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.db import transaction

from rumbo.core.engine import Scheme
from rumbo.core.rendering.told import Month
from rumbo.core.timekeeping.period import Period
from rumbo.core.vocabulary.marking import N_
from rumbo.core.vocabulary.permission import Actor, Permission
from rumbo.core.vocabulary.refusal import Forbidden, Refusal
from rumbo.foundation.audit.actions import record
from rumbo.foundation.audit.queries import head_hash
from rumbo.systems.captures import actions as captures
from rumbo.systems.evaluation import queries
from rumbo.systems.evaluation.actions.evaluating import BATCH, store_month
from rumbo.systems.evaluation.actions.storing import store_results
from rumbo.systems.evaluation.events import MonthClosed, month_closed
from rumbo.systems.evaluation.models import Closing, Result, RollupResult, SchemeVersion
from rumbo.systems.evaluation.queries.blocks import Year, year_of
from rumbo.systems.evaluation.queries.evaluated import table_of
from rumbo.systems.evaluation.queries.rollups import courses_of, membership, rolled_up
from rumbo.systems.evaluation.queries.schemes import InForce, in_force_on
from rumbo.systems.evaluation.queries.sealing import digest_of, kept_beside
from rumbo.systems.evaluation.queries.table import Table

if TYPE_CHECKING:
    from rumbo.foundation.organization.models import Institution
    from rumbo.systems.captures.models import Correction

Kind = Closing.Kind


class NotClosable(Refusal):
    """The month cannot be closed now."""


def close(
    *,
    institution: "Institution",
    period: Period,
    by: Actor,
    at: datetime,
    on: date,
    accept_missing: str | Mapping[int, str] = "",
    kind: str = Kind.ORDINARY,
) -> Closing:
    """Seal a month. One transaction: locks, results, roll-ups, digest and trail stand or fall together.

    `accept_missing` is one reason for every area that did not report, or a reason per area (primary key of the unit).
    Raises Forbidden, NotClosable, and what captures says of pending work.
    """
    _may_close(institution, by)
    with transaction.atomic():
        _check_order(institution, period, on)
        captures.lock_month(institution=institution, period=period.index, accepted=accept_missing, by=by, at=at)
        closing = _seal(institution, period, kind=kind, by=by, at=at, on=on)
        following = period.plus(1)
        if following.first_day <= on:
            # What nobody has captured yet has its row too: the board of the open month shows who is missing.
            store_month(institution, following)
    return closing


def close_history(
    *, institution: "Institution", through: Period, by: Actor, at: datetime, on: date, reason: str
) -> list[Closing]:
    """Seal in one batch every month from the first with programme to `through` (carga histórica, decision G)."""
    _may_close(institution, by)
    with transaction.atomic():
        last = queries.last_closed_period(institution.pk)
        first = last.plus(1) if last else queries.first_programmed_period(institution.pk)
        if first is None or first > through:
            raise NotClosable(N_("No hay meses por cerrar hasta %(month)s."), month=Month(through))
        closings = []
        for index in range(first.index, through.index + 1):
            period = Period.of(index)
            captures.lock_month(institution=institution, period=period.index, accepted=reason, by=by, at=at)
            closings.append(_seal(institution, period, kind=Kind.HISTORICAL, by=by, at=at, on=on, reason=reason))
    return closings


def supersede(
    *,
    institution: "Institution",
    period: Period,
    by: Actor,
    at: datetime,
    on: date,
    reason: str,
    letter_number: str,
    corrections: Sequence["Correction"] = (),
) -> list[Closing]:
    """A complementary closing of a month and of every later closed month of its year, in one transaction.

    `corrections` are those requested that it applies. Raises Forbidden, NotClosable.
    """
    if not by.may(Permission.CORRECT_CLOSED_MONTH, institution.pk):
        raise Forbidden(N_("El cierre complementario lo decide la Dirección de Planeación."))
    if not reason.strip() or not letter_number.strip():
        raise NotClosable(N_("El cierre complementario necesita motivo y número de oficio."))
    with transaction.atomic():
        old = queries.closing_of(institution.pk, period)
        if old is None:
            raise NotClosable(
                N_("%(month)s no está cerrado: corrija la captura directamente."), month=Month(period, first=True)
            )
        for correction in corrections:
            captures.apply_correction(
                institution=institution,
                correction=correction,
                applied_in=period.index,
                reason=reason,
                letter_number=letter_number,
                by=by,
                at=at,
            )
        later = queries.current_closings_from(institution, period)
        return [
            _seal(
                institution,
                Period.of(closing.period),
                kind=Kind.SUPPLEMENTARY,
                by=by,
                at=at,
                on=on,
                reason=reason,
                letter_number=letter_number,
                supersedes=closing,
            )
            for closing in later
        ]


def _may_close(institution: "Institution", by: Actor) -> None:
    if not by.may(Permission.CLOSE_MONTH, institution.pk):
        raise Forbidden(N_("El mes lo cierra la Dirección de Planeación."))


def _check_order(institution: "Institution", period: Period, on: date) -> None:
    if queries.closing_of(institution.pk, period):
        raise NotClosable(
            N_("%(month)s ya está cerrado. Para cambiar un dato use «Solicitar corrección de un mes cerrado»."),
            month=Month(period, first=True),
        )
    if on <= period.last_day:
        raise NotClosable(
            N_("%(month)s no ha terminado. Podrá cerrarlo a partir del día siguiente a su último día."),
            month=Month(period, first=True),
        )
    last = queries.last_closed_period(institution.pk)
    first = last.plus(1) if last else queries.first_programmed_period(institution.pk)
    if first is None:
        raise NotClosable(N_("No hay metas programadas: cargue la programación antes de cerrar un mes."))
    if period != first:
        raise NotClosable(
            N_("Los meses se cierran en orden: el siguiente por cerrar es %(month)s."), month=Month(first)
        )


def _seal(
    institution: "Institution",
    period: Period,
    *,
    kind: str,
    by: Actor,
    at: datetime,
    on: date,
    reason: str = "",
    letter_number: str = "",
    supersedes: Closing | None = None,
) -> Closing:
    schemes = _schemes_for(institution, period, by=by, at=at, on=on)
    closing = Closing(
        institution=institution,
        period=period.index,
        number=supersedes.number + 1 if supersedes else 1,
        kind=kind,
        scheme_version=schemes.version,
        cutoff_on=period.last_day,
        closed_on=on,
        closed_by=by.label,
        reason=reason,
        letter_number=letter_number,
        audit_hash=head_hash(institution.slug),
        supersedes=supersedes,
    )
    fiscal = institution.year_of(period)
    year = year_of(institution.pk, fiscal, cut=fiscal.elapsed(period), only_approved=True)
    results = table_of(institution.pk, year, schemes, ranked=True)
    closing.digest = digest_of(
        results, dict(zip(year.programme.indicator_ids, year.programme.indicator_codes, strict=True))
    )
    column = fiscal.column(period)
    owed = year.owed[:, column]
    closing.goals_due = int(owed.sum())
    closing.goals_reported = int((owed & year.reported[:, column]).sum())
    _store(closing, results, year, schemes.scheme, by=by, at=at)
    month_closed.announce(MonthClosed(institution_id=institution.pk, period=period.index, closing_id=closing.pk, at=at))
    return closing


def _store(closing: Closing, results: Table, year: Year, scheme: Scheme, *, by: Actor, at: datetime) -> None:
    institution, superseded = closing.institution, closing.supersedes
    if superseded is not None:
        superseded.current = False
        superseded.save(update_fields=["current"])
    closing.save()
    store_results(results, closing.pk)
    principal = results.where(results["principal"])
    trees = membership(institution.pk)
    courses = courses_of(year, principal, scheme, trees)
    rolled = rolled_up(institution.pk, principal, closing.period, scheme, trees, closing, courses)
    RollupResult.objects.bulk_create(rolled, batch_size=BATCH)
    Result.objects.filter(institution=institution, closing=None, period=closing.period).delete()
    record(
        chain=institution.slug,
        by=by,
        action="evaluation.close" if superseded is None else "evaluation.supersede",
        at=at,
        subject=closing,
        rows=[superseded] if superseded is not None else [],
        title=f"Cierre de {Period.of(closing.period).label}, núm. {closing.number}",
        details=kept_beside(closing, results),
    )


def _schemes_for(institution: "Institution", period: Period, *, by: Actor, at: datetime, on: date) -> InForce:
    """Those in force; the product's defaults become version 1 the first time an institution closes."""
    found = in_force_on(institution.pk, period)
    if found.version is None:
        version = SchemeVersion.objects.create(
            institution=institution,
            number=1,
            effective_from=institution.year_of(period).first.first_day,
            parameters=Scheme().to_parameters(),
            decided_on=on,
            decided_by=by.label,
        )
        record(
            chain=institution.slug,
            by=by,
            action="evaluation.adopt_default_scheme",
            at=at,
            subject=version,
            title="Escala de evaluación propuesta por el sistema, versión 1",
        )
        found = replace(found, version=version)
    return found
