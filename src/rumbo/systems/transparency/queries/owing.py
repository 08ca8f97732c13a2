"""What a person owes here: to prepare, validate or publish a quarter whose term runs (decision N)."""

from datetime import date
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _

from rumbo.core.rendering.text import short_date
from rumbo.core.vocabulary.data_nature import DataNature
from rumbo.core.vocabulary.marking import N_
from rumbo.core.vocabulary.owed import Owed
from rumbo.core.vocabulary.permission import Actor, Permission
from rumbo.foundation.organization import queries as organization
from rumbo.systems.transparency.queries.standing import Standing, standings_of
from rumbo.systems.transparency.states import RecordState

if TYPE_CHECKING:
    from rumbo.foundation.organization.models import Institution

# What is owed in each state, the permission of whoever does it and the page where it is done.
STEPS = {
    RecordState.TO_PREPARE: (N_("Preparar el registro"), Permission.PREPARE_REPORTS, "transparency:prepare"),
    RecordState.DRAFT: (N_("Validar el registro"), Permission.PUBLISH_TRANSPARENCY, "transparency:work"),
    RecordState.VALIDATED: (N_("Publicar el registro"), Permission.PUBLISH_TRANSPARENCY, "transparency:work"),
}
CORRECTION_STEPS = {
    RecordState.DRAFT: (N_("Validar la corrección"), Permission.PUBLISH_TRANSPARENCY, "transparency:work"),
    RecordState.VALIDATED: (N_("Publicar la corrección"), Permission.PUBLISH_TRANSPARENCY, "transparency:work"),
}


def owed(actor: Actor, *, on: date) -> list[Owed]:
    """In every institution of the actor."""
    return [line for institution in organization.institutions_of(actor) for line in owed_in(actor, institution, on=on)]


def owed_in(actor: Actor, institution: "Institution", *, on: date) -> list[Owed]:
    """The quarter that ended last, and any other with a record that is not published yet: what nobody ever began is
    seen in the list of quarters. Test data are owed to nobody. Five queries, none for who does nothing here."""
    if DataNature(institution.nature) is DataNature.TEST_DATA or not _works_here(actor, institution.pk):
        return []
    if not organization.settings_on(institution, on).transparency_kept:
        return []
    standings = standings_of(institution, on=on)
    pending = [one for one in standings if one.ended and one.expected and not one.published]
    corrected = [(one, one.correction.state) for one in standings if one.correction]
    return [
        _line(institution, standing) for standing in pending if actor.may(STEPS[standing.state][1], institution.pk)
    ] + [
        _correction(institution, standing, state)
        for standing, state in corrected
        if actor.may(STEPS[state][1], institution.pk)
    ]


def _works_here(actor: Actor, institution_id: int) -> bool:
    return any(actor.may(permission, institution_id) for _words, permission, _page in STEPS.values())


def _line(institution: "Institution", standing: Standing) -> Owed:
    words, _permission, page = STEPS[standing.state]
    quarter = standing.quarter
    return Owed(
        kind="publish",
        title=_("%(step)s: %(quarter)s de %(year)s")
        % {"step": _(words), "quarter": _(quarter.ordinal).lower(), "year": quarter.year},
        detail=_detail(standing),
        url=reverse(page, kwargs={"slug": institution.slug, "year": quarter.year, "number": quarter.number}),
        due_on=standing.deadline.due,
    )


def _correction(institution: "Institution", standing: Standing, state: RecordState) -> Owed:
    """A correction has no term of its own: while it waits, the version published stays in force."""
    words, _permission, page = CORRECTION_STEPS[state]
    quarter = standing.quarter
    return Owed(
        kind="publish",
        title=_("%(step)s: %(quarter)s de %(year)s")
        % {"step": _(words), "quarter": _(quarter.ordinal).lower(), "year": quarter.year},
        detail=_("Sigue vigente la versión publicada"),
        url=reverse(page, kwargs={"slug": institution.slug, "year": quarter.year, "number": quarter.number}),
        reason=standing.correction.correction_reason if standing.correction else "",
    )


def _detail(standing: Standing) -> str:
    if standing.late:
        return _("Quedará como extemporánea")
    return _("Fecha segura: %(day)s") % {"day": short_date(standing.deadline.safe)}
