"""The log of technical support: written by who assists, sealed with its month, retired with a reason."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from pathlib import PurePath
from typing import TYPE_CHECKING, Any

from django.db import transaction

from rumbo.core.rendering.text import short_date
from rumbo.core.rendering.told import Day, Month
from rumbo.core.timekeeping.period import Period
from rumbo.core.vocabulary.marking import N_
from rumbo.core.vocabulary.permission import Actor, Permission
from rumbo.core.vocabulary.refusal import Forbidden, Refusal
from rumbo.core.vocabulary.support_kind import SupportKind
from rumbo.foundation.audit.actions import record
from rumbo.foundation.audit.states import state_of
from rumbo.foundation.documents import actions as documents
from rumbo.foundation.organization import queries as organization
from rumbo.systems.evaluation.models import SupportEntry
from rumbo.systems.evaluation.queries.support import is_sealed, may_change, reporting_month

if TYPE_CHECKING:
    from rumbo.foundation.organization.models import Institution

_LONGEST_NAME = 200
_LONGEST_DAY = Decimal(24)


class SupportRefused(Refusal):
    """What was written does not hold together. `field` is the question of the form where it is seen; may be empty."""

    def __init__(self, template: str, *, field: str = "", **params: Any) -> None:
        super().__init__(template, **params)
        self.field = field


class SupportSealed(Refusal):
    """The month whose report tells it is closed."""


@dataclass(frozen=True, slots=True)
class SupportData:
    """What is written of one attention. `people` and `attended_by` are posts; `hours` is what it took."""

    kind: SupportKind
    attended_on: date
    subject: str
    attended_by: str
    hours: Decimal
    unit_id: int | None = None
    asked_on: date | None = None
    people: str = ""
    people_count: int = 1
    agreed: str = ""
    agreed_by: date | None = None


@dataclass(frozen=True, slots=True)
class SupportFile:
    """An optional proof: the list of those who attended, the minutes, the mail."""

    name: str
    content: bytes


def record_support(
    *,
    institution: "Institution",
    data: SupportData,
    by: Actor,
    on: date,
    at: datetime,
    evidence: SupportFile | None = None,
) -> SupportEntry:
    """Write down an attention. Raises Forbidden, SupportRefused, documents.FileRefused."""
    _may_write(by, institution.pk)
    _check(institution, data, on)
    stored = _kept(institution, evidence, on, at)
    with transaction.atomic():
        entry = SupportEntry(institution=institution, recorded_by=by.label, recorded_at=at)
        _write(entry, data, stored)
        entry.save()
        record(
            chain=institution.slug, by=by, action="evaluation.record_support", at=at, subject=entry,
            title=_title(entry),
        )  # fmt: skip
    return entry


def edit_support(
    *, entry: SupportEntry, data: SupportData, by: Actor, on: date, at: datetime, evidence: SupportFile | None = None
) -> SupportEntry:
    """By its author or Planning, until its month is closed; without a new proof the old one stays.

    Raises Forbidden, SupportSealed, SupportRefused, documents.FileRefused.
    """
    institution = entry.institution
    _may_write(by, institution.pk)
    _check(institution, data, on)
    stored = _kept(institution, evidence, on, at)
    with transaction.atomic():
        entry = _taken(entry, by)
        before = state_of(entry)
        _write(entry, data, stored)
        entry.save()
        record(
            chain=institution.slug, by=by, action="evaluation.edit_support", at=at, subject=entry,
            title=_title(entry), before=before,
        )  # fmt: skip
    return entry


def retire_support(*, entry: SupportEntry, reason: str, by: Actor, on: date, at: datetime) -> SupportEntry:
    """What was written by mistake no longer counts; it stays readable with its reason.

    Raises Forbidden, SupportSealed, SupportRefused.
    """
    _may_write(by, entry.institution_id)
    if not reason.strip():
        raise SupportRefused(N_("Escriba por qué retira la atención. No se retiró."))
    with transaction.atomic():
        entry = _taken(entry, by)
        before = state_of(entry)
        entry.retired_on, entry.retired_reason = on, reason.strip()[:300]
        entry.save(update_fields=["retired_on", "retired_reason"])
        record(
            chain=entry.institution.slug, by=by, action="evaluation.retire_support", at=at, subject=entry,
            title=_title(entry), before=before,
        )  # fmt: skip
    return entry


def _may_write(by: Actor, institution_id: int) -> None:
    if not by.may(Permission.PREPARE_REPORTS, institution_id):
        raise Forbidden(
            N_("La bitácora de acompañamiento la lleva el prestador del servicio o la Dirección de Planeación.")
        )


def _taken(entry: SupportEntry, by: Actor) -> SupportEntry:
    """The row held until the transaction ends, if it may still be changed."""
    entry = SupportEntry.objects.select_for_update(of=("self",)).select_related("institution").get(pk=entry.pk)
    if is_sealed(entry):
        raise SupportSealed(
            N_(
                "%(month)s ya está cerrado y su informe cuenta esta atención: no se modifica. Si falta algo, registre"
                " otra atención que lo aclare."
            ),
            month=Month(Period.of(entry.period), first=True),
        )
    if entry.retired_on is not None:
        raise SupportRefused(N_("La atención se retiró el %(day)s y ya no se modifica."), day=Day(entry.retired_on))
    if not may_change(by, entry):
        raise Forbidden(N_("Esta atención la registró otra persona: la cambia ella o la Dirección de Planeación."))
    return entry


def _check(institution: "Institution", data: SupportData, on: date) -> None:
    for field, wrong, message in (
        ("attended_on", data.attended_on > on, N_("La atención no se guardó: su fecha todavía no llega.")),
        (
            "asked_on",
            data.asked_on is not None and data.asked_on > data.attended_on,
            N_("La atención no se guardó: se solicitó después de atenderse. Revise las dos fechas."),
        ),
        ("subject", not data.subject.strip(), N_("La atención no se guardó: escriba el asunto.")),
        (
            "attended_by",
            not data.attended_by.strip(),
            N_("La atención no se guardó: escriba el cargo de quien atendió."),
        ),
        (
            "hours",
            not 0 < data.hours <= _LONGEST_DAY,
            N_("La atención no se guardó: las horas van de más de 0 a 24. Si duró varios días, registre cada día."),
        ),
        ("people_count", data.people_count < 1, N_("La atención no se guardó: al menos una persona fue atendida.")),
        (
            "agreed",
            data.agreed_by is not None and not data.agreed.strip(),
            N_("La atención no se guardó: hay una fecha de compromiso y falta lo acordado."),
        ),
        (
            "agreed_by",
            data.agreed_by is not None and data.agreed_by < data.attended_on,
            N_("La atención no se guardó: lo acordado vence antes de la atención."),
        ),
        (
            "unit",
            data.unit_id is not None
            and data.unit_id not in {unit.pk for unit in organization.units_of(institution, with_retired=True)},
            N_("La atención no se guardó: el área no es de esta institución."),
        ),
    ):
        if wrong:
            raise SupportRefused(message, field=field)


def _kept(
    institution: "Institution", evidence: SupportFile | None, on: date, at: datetime
) -> tuple[str, str, str] | None:
    """Digest, name and type of the proof, whose bytes are on the disk before the transaction begins."""
    if evidence is None:
        return None
    stored = documents.store(
        institution=institution,
        content=evidence.content,
        declared_name=evidence.name,
        at=at,
        max_megabytes=organization.settings_on(institution, on).evidence_max_megabytes,
    )
    plain = PurePath(evidence.name.replace("\\", "/")).name
    ending = PurePath(plain).suffix
    name = plain if len(plain) <= _LONGEST_NAME else plain[: _LONGEST_NAME - len(ending)] + ending
    return stored.digest, name, stored.media_type


def _write(entry: SupportEntry, data: SupportData, stored: tuple[str, str, str] | None) -> None:
    entry.kind = data.kind.value
    entry.unit_id = data.unit_id
    entry.period = reporting_month(entry.institution_id, data.attended_on).index
    entry.asked_on, entry.attended_on = data.asked_on, data.attended_on
    entry.people, entry.people_count = data.people.strip(), data.people_count
    entry.subject = " ".join(data.subject.split())[:300]
    entry.agreed, entry.agreed_by = data.agreed.strip(), data.agreed_by
    entry.attended_by, entry.hours = data.attended_by.strip()[:200], data.hours
    if stored is not None:
        entry.evidence_digest, entry.evidence_name, entry.evidence_type = stored


def _title(entry: SupportEntry) -> str:
    return f"{SupportKind(entry.kind).label} · {short_date(entry.attended_on)} · {entry.subject}"
