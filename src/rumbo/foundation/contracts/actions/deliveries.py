"""Delivering a month, accepting it, observing it: each once, with its day and its event in the trail."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction

from rumbo.core.rendering.told import Day, Month
from rumbo.core.timekeeping.period import Period
from rumbo.core.vocabulary.marking import N_
from rumbo.core.vocabulary.permission import Actor, Permission
from rumbo.core.vocabulary.refusal import Forbidden, Refusal
from rumbo.foundation.audit.actions import record
from rumbo.foundation.audit.states import state_of
from rumbo.foundation.contracts import queries
from rumbo.foundation.contracts.models import DeliveredDocument, Delivery
from rumbo.foundation.contracts.states import DeliveryState
from rumbo.foundation.documents import actions as documents

if TYPE_CHECKING:
    from rumbo.foundation.organization.models import Institution


class NotDeliverable(Refusal):
    """The month cannot be delivered now."""


class NotDecidable(Refusal):
    """The delivery cannot be decided now, or not so."""


@dataclass(frozen=True, slots=True)
class DeliveredFile:
    """A file as it is delivered, with its media type."""

    name: str
    content: bytes
    media_type: str


@dataclass(frozen=True, slots=True)
class Source:
    """What the documents come from: the name and digest of the sealed results."""

    name: str
    digest: str


def may_deliver(*, institution: "Institution", period: Period, source: Source, by: Actor) -> None:
    """Raises Forbidden, NotDeliverable: so that nobody prepares documents that cannot be delivered."""
    if not by.may(Permission.PREPARE_REPORTS, institution.pk):
        raise Forbidden(N_("La entrega la hace el prestador del servicio o la Dirección de Planeación."))
    last = queries.latest_of(institution, period)
    if last is None or last.state == DeliveryState.OBSERVED:
        return
    if last.state == DeliveryState.DELIVERED:
        raise NotDeliverable(
            N_("La entrega núm. %(number)s de %(month)s espera la verificación del área solicitante. No se entregó"
               " otra."),
            number=last.number, month=Month(period),
        )  # fmt: skip
    if last.source_digest == source.digest:
        raise NotDeliverable(
            N_("%(month)s ya está aceptado desde el %(day)s. Solo un cierre complementario puede dar otra entrega."),
            month=Month(period, first=True), day=Day(last.decided_on),
        )  # fmt: skip


def deliver(
    *,
    institution: "Institution",
    period: Period,
    source: Source,
    files: Mapping[str, DeliveredFile],
    due_on: date | None,
    answer: str = "",
    post: str = "",
    by: Actor,
    on: date,
    at: datetime,
) -> Delivery:
    """The files of a month, kept as they are, for the requesting area to verify. After an observation, `answer` says
    what was mended. Raises Forbidden, NotDeliverable."""
    may_deliver(institution=institution, period=period, source=source, by=by)
    if not files:
        raise NotDeliverable(N_("La entrega no tiene documentos. No se entregó."))
    for file in files.values():
        documents.keep(institution=institution, content=file.content, media_type=file.media_type, at=at)
    with transaction.atomic():
        may_deliver(institution=institution, period=period, source=source, by=by)
        last = queries.latest_of(institution, period)
        if last is not None and last.state == DeliveryState.OBSERVED and not answer.strip():
            raise NotDeliverable(
                N_("La entrega núm. %(number)s se observó: escriba qué se corrigió. No se entregó."), number=last.number
            )
        delivery = Delivery(
            institution=institution,
            period=period.index,
            number=last.number + 1 if last else 1,
            source=source.name,
            source_digest=source.digest,
            due_on=due_on,
            delivered_on=on,
            delivered_by=by.label,
            delivered_post=post[:200],
            answer=answer.strip(),
        )
        try:
            delivery.save(force_insert=True)
        except IntegrityError as error:  # two people press the button at once: the number is taken
            raise NotDeliverable(
                N_("Otra persona entregó %(month)s en este momento. Vuelva a abrir la página para ver su entrega."),
                month=Month(period),
            ) from error
        DeliveredDocument.objects.bulk_create(
            DeliveredDocument(
                delivery=delivery, institution=institution, name=name, digest=documents.digest_of(file.content),
                media_type=file.media_type, size=len(file.content),
            )
            for name, file in files.items()
        )  # fmt: skip
        record(
            chain=institution.slug, by=by, action="contracts.deliver", at=at, subject=delivery, title=_title(delivery)
        )
    return delivery


def accept(*, delivery: Delivery, post: str = "", by: Actor, on: date, at: datetime) -> Delivery:
    """The requesting area is satisfied (A1-26). Raises Forbidden, NotDecidable."""
    return _decide(delivery, DeliveryState.ACCEPTED, "", post, by, on, at)


def observe(*, delivery: Delivery, reasons: str, post: str = "", by: Actor, on: date, at: datetime) -> Delivery:
    """It is not accepted as it is; the reasons say what to mend. Raises Forbidden, NotDecidable."""
    if not reasons.strip():
        raise NotDecidable(N_("Escriba qué observa y qué debe corregirse. La entrega no se observó."))
    return _decide(delivery, DeliveryState.OBSERVED, reasons.strip(), post, by, on, at)


def _decide(
    delivery: Delivery, state: DeliveryState, reasons: str, post: str, by: Actor, on: date, at: datetime
) -> Delivery:
    if not by.may(Permission.ACCEPT_DELIVERABLES, delivery.institution_id):
        raise Forbidden(N_("La entrega la acepta o la observa el área solicitante."))
    with transaction.atomic():
        delivery = Delivery.objects.select_for_update(of=("self",)).select_related("institution").get(pk=delivery.pk)
        if delivery.state != DeliveryState.DELIVERED:
            raise NotDecidable(
                N_("La entrega núm. %(number)s ya se decidió el %(day)s y queda como está."),
                number=delivery.number, day=Day(delivery.decided_on),
            )  # fmt: skip
        if delivery.delivered_by == by.label:
            raise NotDecidable(N_("Quien entregó no verifica su propia entrega. Pídalo a otra persona del área."))
        if on < delivery.delivered_on:
            raise NotDecidable(N_("La entrega se hizo el %(day)s: no se decide antes."), day=Day(delivery.delivered_on))
        before = state_of(delivery)
        delivery.state, delivery.decided_on = state.value, on
        delivery.decided_by, delivery.decided_post, delivery.reasons = by.label, post[:200], reasons
        delivery.save(update_fields=["state", "decided_on", "decided_by", "decided_post", "reasons"])
        record(
            chain=delivery.institution.slug, by=by, at=at, subject=delivery, before=before, title=_title(delivery),
            action="contracts.accept" if state is DeliveryState.ACCEPTED else "contracts.observe",
        )  # fmt: skip
    return delivery


def _title(delivery: Delivery) -> str:
    return f"Entrega de {Period.of(delivery.period).label}, núm. {delivery.number}"
