"""A person leaves, another takes their place: the work follows the area, so only the roles change hands."""

from collections.abc import Iterable
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext_noop as _

from rumbo.core.vocabulary.permission import Actor
from rumbo.core.vocabulary.refusal import Refusal
from rumbo.core.vocabulary.role import Role
from rumbo.foundation.audit import actions as audit
from rumbo.foundation.organization import queries
from rumbo.foundation.organization.actions.allowed import must_manage_people
from rumbo.foundation.organization.actions.memberships import (
    MembershipRefused,
    build_membership,
    close_membership,
)
from rumbo.foundation.organization.models import Institution, Membership, Person


class NothingToHandOver(Refusal):
    """The person holds nothing here on that day."""


def hand_over(
    *,
    institution: Institution,
    from_person: Person,
    to_person: Person,
    reason: str,
    by: Actor,
    on: date,
    at: datetime,
    memberships: Iterable[Membership] | None = None,
) -> list[Membership]:
    """End the roles of one person (all, or those given) and give them to another. Returns the roles received.

    What was pending is now pending for who received. One event tells both sides. A role that the other person
    already held ends without being given twice.
    """
    must_manage_people(by, institution)
    if from_person.pk == to_person.pk:
        raise MembershipRefused(_("Elija a otra persona: el trabajo ya es de «%(name)s»."), name=from_person.name)
    if not reason.strip():
        raise MembershipRefused(_("Escriba el motivo de la entrega."))
    with transaction.atomic():
        held = queries.memberships_of(institution, on=on, person=from_person)
        if memberships is not None:
            chosen = {membership.pk for membership in memberships}
            held = [item for item in held if item.pk in chosen]
        if not held:
            raise NothingToHandOver(_("«%(name)s» no tiene papeles vigentes que entregar."), name=from_person.name)
        received = _given(held, institution, to_person, reason=reason, by=by, on=on)
        audit.record(
            chain=institution.slug,
            by=by,
            action="organization.hand_over",
            at=at,
            rows=[*held, *received],
            title=f"{from_person.email} → {to_person.email}",
            details={"from": from_person.email, "to": to_person.email, "reason": reason.strip()},
        )
        return received


def _given(
    held: Iterable[Membership], institution: Institution, to_person: Person, *, reason: str, by: Actor, on: date
) -> list[Membership]:
    """Those held are closed; those that the other person did not hold already are theirs."""
    already = {(item.role, item.unit_id) for item in queries.memberships_of(institution, on=on, person=to_person)}
    received: list[Membership] = []
    for item in held:
        close_membership(item, reason=reason, on=on)
        if (item.role, item.unit_id) in already:
            continue
        given = build_membership(
            institution=institution,
            person=to_person,
            role=Role(item.role),
            unit=item.unit,
            post=item.post,
            by=by,
            on=on,
        )
        given.save()
        received.append(given)
    return received
