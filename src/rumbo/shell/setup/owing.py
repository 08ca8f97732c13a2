"""The set-up as pending work, until something is programmed."""

from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from rumbo.core.vocabulary.owed import Owed
from rumbo.core.vocabulary.permission import Permission
from rumbo.shell.setup.standing import standing
from rumbo.systems.indicators import queries as indicators


def owed_in(actor: Any, institution: Any, *, on: date) -> list[Owed]:
    """One line for who configures. Once there is a programme it asks one question and says nothing."""
    if not actor.may(Permission.CONFIGURE, institution.pk) or indicators.years_programmed(institution):
        return []
    missing = [sentence for one in standing(institution, on).values() for sentence in one.missing]
    if not missing:
        return []
    says = ngettext("Falta %(count)s cosa para empezar.", "Faltan %(count)s cosas para empezar.", len(missing))
    return [
        Owed(
            kind="setup",
            title=_("Puesta en marcha"),
            detail=says % {"count": len(missing)},
            url=reverse("shell:setup", kwargs={"slug": institution.slug}),
        )
    ]
