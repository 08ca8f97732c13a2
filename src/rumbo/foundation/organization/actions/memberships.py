"""Roles that people receive and lose. A role that ended stays in the table with its last day and reason."""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext_noop as _

from rumbo.core.vocabulary.permission import Actor
from rumbo.core.vocabulary.refusal import Refusal
from rumbo.core.vocabulary.role import Role
from rumbo.foundation.audit import actions as audit
from rumbo.foundation.audit.states import state_of
from rumbo.foundation.organization import queries
from rumbo.foundation.organization.actions.allowed import must_manage_people
from rumbo.foundation.organization.models import Institution, Membership, Person, Unit
from rumbo.foundation.organization.roles import ROLES


class MembershipRefused(Refusal):
    """The role cannot be given or ended so."""


def add_membership(
    *,
    institution: Institution,
    person: Person,
    role: Role,
    unit: Unit | None = None,
    post: str = "",
    by: Actor,
    on: date,
    at: datetime,
) -> Membership:
    """Give a role from a day on. Nobody gives a role to themselves."""
    must_manage_people(by, institution)
    with transaction.atomic():
        membership = build_membership(
            institution=institution, person=person, role=role, unit=unit, post=post, by=by, on=on
        )
        for held in queries.memberships_of(institution, on=on, person=person):
            if (held.role, held.unit_id) == (membership.role, membership.unit_id):
                raise MembershipRefused(
                    _("«%(name)s» ya tiene el papel «%(role)s» ahí. No se cambió nada."),
                    name=person.name,
                    role=role.label,
                )
        membership.save()
        audit.record(
            chain=institution.slug,
            by=by,
            action="organization.add_membership",
            at=at,
            subject=membership,
            title=title_of(membership),
        )
        return membership


def end_membership(*, membership: Membership, reason: str, by: Actor, on: date, at: datetime) -> Membership:
    """The role is no longer held from `on` on."""
    institution = membership.institution
    must_manage_people(by, institution)
    if not reason.strip():
        raise MembershipRefused(_("Escriba el motivo por el que termina este papel."))
    with transaction.atomic():
        membership = Membership.objects.select_for_update(of=("self",)).select_related("person").get(pk=membership.pk)
        if membership.ends_on is not None:
            raise MembershipRefused(_("Este papel ya había terminado. No se cambió nada."))
        if membership.role == Role.ADMINISTRATOR and not _other_administrators(membership, on):
            raise MembershipRefused(
                _(
                    "«%(name)s» es la única persona en la Administración del sistema. "
                    "Dé ese papel a otra antes de terminarlo."
                ),
                name=membership.person.name,
            )
        before = state_of(membership)
        close_membership(membership, reason=reason, on=on)
        audit.record(
            chain=institution.slug,
            by=by,
            action="organization.end_membership",
            at=at,
            subject=membership,
            before=before,
            title=title_of(membership),
        )
        return membership


def build_membership(
    *,
    institution: Institution,
    person: Person,
    role: Role,
    unit: Unit | None,
    post: str,
    by: Actor,
    on: date,
) -> Membership:
    """A membership that may be saved. A role of the whole institution keeps no unit; raises MembershipRefused."""
    definition = ROLES[role]
    if by.person_id is not None and by.person_id == person.pk:
        raise MembershipRefused(
            _("Nadie se da un papel a sí mismo: pídalo a otra persona de la Administración del sistema.")
        )
    if definition.needs_unit and unit is None:
        raise MembershipRefused(
            _("El papel «%(role)s» se tiene sobre un área. Elija el área de «%(name)s»."),
            role=role.label,
            name=person.name,
        )
    if unit is not None and (unit.institution_id != institution.pk or unit.retired_on is not None):
        raise MembershipRefused(_("El área «%(unit)s» no existe o está dada de baja. Elija otra."), unit=unit.code)
    return Membership(
        institution=institution,
        person=person,
        role=role.value,
        unit=unit if definition.needs_unit else None,
        post=post.strip()[:200],
        starts_on=on,
    )


def place_of(person: Person, role: Role, unit: Unit | None) -> tuple[int, str, int | None]:
    """What makes two memberships the same one: the area counts only for the roles that are held over one."""
    return person.pk, role.value, unit.pk if unit is not None and ROLES[role].needs_unit else None


def close_membership(membership: Membership, *, reason: str, on: date) -> None:
    membership.ends_on = max(on, membership.starts_on)
    membership.ended_reason = reason.strip()[:300]
    membership.save()


def title_of(membership: Membership) -> str:
    return f"{membership.person.email} · {Role(membership.role).label}"


def _other_administrators(membership: Membership, on: date) -> bool:
    return any(
        item.role == Role.ADMINISTRATOR and item.person_id != membership.person_id and item.person.is_active
        for item in queries.memberships_of(membership.institution, on=on)
    )
