"""An institution's calendar: what it adds, what it takes away, and the rest days that the law fixes."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import TYPE_CHECKING

import holidays
from django.db import transaction
from django.utils.translation import gettext_noop as _

from rumbo.core.rendering.told import Day
from rumbo.core.vocabulary.permission import Actor, Permission
from rumbo.core.vocabulary.refusal import Forbidden, Refusal
from rumbo.foundation.audit import actions as audit
from rumbo.foundation.calendars.models import NonWorkingDay

if TYPE_CHECKING:
    from rumbo.foundation.organization.models import Institution

NAME_LENGTH = 150


class DayRefused(Refusal):
    """The calendar cannot say that."""


def set_days(
    *,
    institution: "Institution",
    days: Mapping[date, str],
    by: Actor,
    at: datetime,
    origin: str = NonWorkingDay.Origin.INSTITUTION,
) -> list[NonWorkingDay]:
    """Add days that are not worked, by date; a day already there takes the new name. One event for all."""
    _must_configure(by, institution)
    for day, name in days.items():
        if not name.strip() or len(name) > NAME_LENGTH:
            raise DayRefused(_("Escriba el motivo del %(day)s (hasta 150 caracteres)."), day=Day(day))
    with transaction.atomic():
        known = {row.day: row for row in NonWorkingDay.objects.filter(institution=institution, day__in=list(days))}
        changed: list[NonWorkingDay] = []
        for day, name in sorted(days.items()):
            row = known.get(day)
            if row is not None and row.name == name.strip():
                continue
            if row is None:
                row = NonWorkingDay(institution=institution, day=day, origin=origin)
            row.name = name.strip()
            row.save()
            changed.append(row)
        if changed:
            audit.record(
                chain=institution.slug,
                by=by,
                action="calendars.set_days",
                at=at,
                rows=changed,
                details={"days": {row.day.isoformat(): row.name for row in changed}},
            )
        return changed


def remove_days(*, institution: "Institution", days: Iterable[date], by: Actor, at: datetime) -> None:
    """Days that are worked after all. The trail keeps that they were in the calendar."""
    _must_configure(by, institution)
    with transaction.atomic():
        rows = list(NonWorkingDay.objects.filter(institution=institution, day__in=list(days)))
        if not rows:
            raise DayRefused(_("Ese día no está en el calendario. No se cambió nada."))
        audit.record(
            chain=institution.slug,
            by=by,
            action="calendars.remove_days",
            at=at,
            gone=rows,
            details={"days": {row.day.isoformat(): row.name for row in rows}},
        )
        NonWorkingDay.objects.filter(pk__in=[row.pk for row in rows]).delete()


def seed_statutory(*, institution: "Institution", years: Iterable[int], by: Actor, at: datetime) -> list[NonWorkingDay]:
    """The rest days of LFT art. 74 for those years; what the institution had already written stays."""
    _must_configure(by, institution)
    wanted = statutory_days(years)
    with transaction.atomic():
        present = set(
            NonWorkingDay.objects.filter(institution=institution, day__in=list(wanted)).values_list("day", flat=True)
        )
        return set_days(
            institution=institution,
            days={day: name for day, name in wanted.items() if day not in present},
            by=by,
            at=at,
            origin=NonWorkingDay.Origin.STATUTORY,
        )


def statutory_days(years: Iterable[int]) -> dict[date, str]:
    """Date and name of each mandatory rest day. Sundays and Saturdays too: the list is the law's."""
    return dict(holidays.country_holidays("MX", years=list(years), language="es"))


def _must_configure(by: Actor, institution: "Institution") -> None:
    if not by.may(Permission.CONFIGURE, institution.pk):
        raise Forbidden(
            _("El calendario lo cambian la Dirección de Planeación y la Administración del sistema. No se cambió nada.")
        )
