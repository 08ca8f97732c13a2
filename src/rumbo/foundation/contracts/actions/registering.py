"""Registering a contract, so that the goals measured under it may name it."""

from datetime import date, datetime
from typing import TYPE_CHECKING

from django.db import transaction

from rumbo.core.rendering.told import Day
from rumbo.core.vocabulary.marking import N_
from rumbo.core.vocabulary.permission import Actor, Permission
from rumbo.core.vocabulary.refusal import Forbidden, Refusal
from rumbo.foundation.audit.actions import record
from rumbo.foundation.audit.states import state_of
from rumbo.foundation.contracts.models import Contract

if TYPE_CHECKING:
    from rumbo.foundation.organization.models import Institution


class ContractNumberTaken(Refusal):
    """A number names one contract of the institution."""


class TermOutOfOrder(Refusal):
    """A contract that would end before it starts."""


def save_contract(
    *,
    institution: "Institution",
    number: str,
    title: str,
    starts_on: date,
    by: Actor,
    at: datetime,
    ends_on: date | None = None,
    supplier: str = "",
    contract: Contract | None = None,
) -> Contract:
    """A new contract, or changes to `contract`. Raises Forbidden, ContractNumberTaken, TermOutOfOrder."""
    if not by.may(Permission.EDIT_GOALS, institution.pk):
        raise Forbidden(N_("Los contratos bajo los que se miden metas los registra la Dirección de Planeación."))
    if ends_on is not None and ends_on < starts_on:
        raise TermOutOfOrder(
            N_("El contrato terminaría antes de empezar, el %(day)s. Corrija una de las dos fechas."),
            day=Day(starts_on),
        )
    with transaction.atomic():
        before = state_of(contract) if contract else None
        saved = contract or Contract(institution=institution)
        if Contract.objects.filter(institution=institution, number=number.strip()).exclude(pk=saved.pk).exists():
            raise ContractNumberTaken(
                N_("Ya hay un contrato con el número «%(number)s». Escriba otro."), number=number.strip()
            )
        saved.number, saved.title, saved.supplier = number.strip(), title.strip(), supplier.strip()
        saved.starts_on, saved.ends_on = starts_on, ends_on
        saved.save()
        record(
            chain=institution.slug,
            by=by,
            action="contracts.save_contract",
            at=at,
            subject=saved,
            title=f"{saved.number} {saved.title}",
            before=before,
        )
    return saved
