"""What an institution decides about itself, in dated versions: «definida por la institución el …»."""

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_noop as _

from rumbo.core.rendering.told import Day
from rumbo.core.vocabulary.permission import Actor
from rumbo.core.vocabulary.refusal import Refusal
from rumbo.foundation.audit import actions as audit
from rumbo.foundation.organization import queries
from rumbo.foundation.organization.actions.allowed import must_configure
from rumbo.foundation.organization.events import FiscalStartMoving, fiscal_start_moving
from rumbo.foundation.organization.models import Configuration, Institution
from rumbo.foundation.organization.settings import InstitutionSettings, InvalidSetting


class SettingRefused(Refusal):
    """The institution cannot decide that."""


def configure(
    *,
    institution: Institution,
    values: dict[str, Any],
    effective_from: date,
    by: Actor,
    at: datetime,
    on: date | None = None,
) -> Configuration:
    """A new version: `values` on top of what was in force that day. `on` is the day of the decision.

    The month in which the fiscal year starts is not dated: it is decided once, before anything is programmed.
    Raises Forbidden, SettingRefused, and what the apps above say of a fiscal year that cannot move.
    """
    must_configure(by, institution)
    with transaction.atomic():
        locked = Institution.objects.select_for_update().get(pk=institution.pk)
        last = Configuration.objects.filter(institution=institution).order_by("-number").first()
        if last is not None and effective_from < last.effective_from:
            raise SettingRefused(
                _(
                    "Ya hay una versión que rige desde el %(day)s. "
                    "Una posterior no puede regir antes: elija esa fecha u otra más reciente."
                ),
                day=Day(last.effective_from),
            )
        current = queries.settings_on(institution, effective_from).to_values()
        try:
            settings = InstitutionSettings.from_values(current | values)
        except (InvalidSetting, TypeError) as problem:
            raise SettingRefused("%(problem)s", problem=str(problem)) from problem
        version = Configuration(
            institution=institution,
            number=last.number + 1 if last else 1,
            effective_from=effective_from,
            decided_on=on or at.date(),
            decided_by=by.label,
            values=settings.to_values(),
        )
        version.save()
        moved = _moved(institution, locked, settings.fiscal_start)
        audit.record(
            chain=institution.slug,
            by=by,
            action="organization.configure",
            at=at,
            subject=version,
            rows=moved,
            title=f"Versión {version.number}, vigente desde el {effective_from:%d/%m/%Y}",
        )
        return version


def why_fiscal_start_stays(institution: Institution) -> Refusal | None:
    """What the apps above would answer to another fiscal start; None while it can still be decided. Writes nothing."""
    try:
        fiscal_start_moving.announce(FiscalStartMoving(institution.pk))
    except Refusal as refusal:
        return refusal
    return None


def _moved(institution: Institution, locked: Institution, start: int) -> list[Institution]:
    """The institution with its fiscal year starting in another month, if that changes and nobody refuses."""
    if start == locked.fiscal_start:
        return []
    fiscal_start_moving.announce(FiscalStartMoving(institution.pk))
    locked.fiscal_start = institution.fiscal_start = start
    locked.save(update_fields=["fiscal_start"])
    return [locked]
