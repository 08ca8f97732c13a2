"""Who runs the command and about which institution (decision Z)."""

import os
from argparse import Namespace
from collections.abc import Iterable

from django.conf import settings
from django.utils.translation import gettext as _

from rumbo.core.vocabulary.permission import Permission
from rumbo.foundation.organization import queries
from rumbo.foundation.organization.actor import PersonActor, SystemActor
from rumbo.foundation.organization.models import Institution
from rumbo.shell import clock
from rumbo.shell.command.parsing import BadInput

type Actor = PersonActor | SystemActor


def actor(asked: Namespace) -> Actor:
    """The person of `--as` or RUMBO_AS; without one, the operating user if RUMBO_HOME is theirs."""
    email = getattr(asked, "as_", "") or os.environ.get("RUMBO_AS", "")
    if email:
        person = queries.person_by_email(email)
        if person is None or not person.is_active:
            raise BadInput(_("No hay ninguna persona activa con el correo «%(email)s».") % {"email": email})
        return queries.actor_of(person, on=clock.today())
    return operator()


def operator() -> SystemActor:
    """Raises BadInput when RUMBO_HOME belongs to somebody else."""
    home = settings.HOME
    if hasattr(os, "geteuid") and home.exists() and home.stat().st_uid != os.geteuid():
        raise BadInput(
            _(
                "La carpeta %(home)s es de otra persona del sistema operativo. Use «--as CORREO» o ejecute el comando "
                "como quien la posee."
            )
            % {"home": home}
        )
    return SystemActor()


def institution(asked: Namespace, by: Actor) -> Institution:
    """The one of `--institution`. For who has no place in it, it does not exist."""
    found = queries.institution_for(by, asked.institution)
    if found is None:
        known = ", ".join(item.slug for item in queries.institutions_of(by)) or "–"
        raise BadInput(
            _("No existe la institución «%(slug)s». Las que puede usar: %(known)s.")
            % {"slug": asked.institution, "known": known}
        )
    return found


def require(by: Actor, permission: Permission, where: Institution) -> None:
    """Reading obeys the same permissions as the pages."""
    require_any(by, (permission,), where)


def require_any(by: Actor, permissions: Iterable[Permission], where: Institution) -> None:
    if not any(by.may(permission, where.pk) for permission in permissions):
        raise BadInput(
            _("«%(who)s» no tiene permiso para esto en %(institution)s. Pídalo a la administración del sistema.")
            % {"who": by.label, "institution": where.name}
        )
