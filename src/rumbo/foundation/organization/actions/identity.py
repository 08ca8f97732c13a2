"""What an institution is called and its emblem: dated, so that what was printed can be printed again."""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext_noop as _

from rumbo.core.vocabulary.permission import Actor
from rumbo.foundation.audit import actions as audit
from rumbo.foundation.audit.states import state_of
from rumbo.foundation.organization import queries
from rumbo.foundation.organization.actions.allowed import must_configure
from rumbo.foundation.organization.actions.institutions import InstitutionRefused, check_names
from rumbo.foundation.organization.models import Identity, Institution

HOMES = ("board", "plan", "inbox")


def change_identity(
    *,
    institution: Institution,
    name: str,
    short_name: str,
    home: str,
    logo: str,
    effective_from: date,
    by: Actor,
    on: date,
    at: datetime,
) -> Institution:
    """Name, short name and emblem from a day on, which has come; what opens first, from now. Before and after are told.

    The pages say the newest name; a document, that of its month. `logo` is a digest of documents, empty for none.
    """
    must_configure(by, institution)
    check_names(name, short_name, institution.slug)
    if home not in HOMES:
        raise InstitutionRefused(_("«%(home)s» no es una página de inicio."), home=home)
    if effective_from > on:
        raise InstitutionRefused(_("El nombre y el logotipo rigen desde hoy o desde antes: esa fecha no ha llegado."))
    with transaction.atomic():
        institution = Institution.objects.select_for_update().get(pk=institution.pk)
        before, short = state_of(institution), (short_name or name).strip()[:60]
        told = queries.identities_of(institution)
        if told and effective_from < told[-1].effective_from:
            raise InstitutionRefused(
                _("Ya hay un nombre que rige desde el %(day)s. Elija esa fecha u otra más reciente."),
                day=told[-1].effective_from.strftime("%d/%m/%Y"),
            )
        current = told[-1] if told else queries.identity_on(institution, on)
        written: list[Identity] = []
        if (name.strip(), short, logo) != (current.name, current.short_name, current.logo):
            written = _write(institution, told, name.strip(), short, logo, effective_from, by, on)
        institution.name, institution.short_name = name.strip(), short
        institution.logo, institution.home = logo, home
        if not written and state_of(institution) == before:
            return institution
        institution.save(update_fields=["name", "short_name", "logo", "home"])
        audit.record(
            chain=institution.slug,
            by=by,
            action="organization.change_identity",
            at=at,
            subject=institution,
            before=before,
            rows=written,
            title=institution.name,
            details={"effective_from": effective_from} if written else None,
        )
        return institution


def _write(
    institution: Institution,
    told: list[Identity],
    name: str,
    short_name: str,
    logo: str,
    effective_from: date,
    by: Actor,
    on: date,
) -> list[Identity]:
    """The new one; with the first change also the one that there was, for the days before."""
    rows: list[Identity] = []
    if not told:
        rows.append(
            Identity(
                institution=institution,
                number=1,
                effective_from=min(institution.created_on, effective_from),
                name=institution.name,
                short_name=institution.short_name,
                decided_on=institution.created_on,
                decided_by="sistema",
            )
        )
    rows.append(
        Identity(
            institution=institution,
            number=len(told) + len(rows) + 1,
            effective_from=effective_from,
            name=name,
            short_name=short_name,
            logo=logo,
            decided_on=on,
            decided_by=by.label,
        )
    )
    for row in rows:
        row.save()
    return rows
