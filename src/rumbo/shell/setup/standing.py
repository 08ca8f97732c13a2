"""How far the set-up is: what each step has, and what is still missing to begin to capture."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from rumbo.core.rendering.text import short_date
from rumbo.core.vocabulary.role import Role
from rumbo.foundation.calendars import queries as calendars
from rumbo.foundation.organization import queries as organization
from rumbo.foundation.planning import queries as planning
from rumbo.systems.evaluation import queries as evaluation
from rumbo.systems.indicators import queries as indicators


@dataclass(frozen=True, slots=True)
class Standing:
    """`says` what there is; `missing` what is still needed, each a sentence; `proposed`: nobody has confirmed it."""

    says: str
    missing: tuple[str, ...] = ()
    proposed: bool = False

    @property
    def ready(self) -> bool:
        return not self.missing


def standing(institution: Any, today: date) -> dict[str, Standing]:
    """By key of the step. A fixed number of queries."""
    settings = decided_settings(institution, today)
    units = organization.units_of(institution)
    return {
        "identidad": of_identity(institution, today),
        "institucion": settings,
        "areas": of_areas(units),
        "personas": of_people(institution, units, today),
        "calendario": of_calendar(institution, today, settings),
        "programa": of_plan(institution, today),
        "periodo": settings,
        "escalas": decided_scale(institution, today),
        "revision": settings,
        "transparencia": settings,
        "papel": settings,
    }


def of_identity(institution: Any, today: date) -> Standing:
    identity = organization.identity_on(institution, today)
    if not identity.number:
        return Standing(_("%(name)s, como se abrió.") % {"name": identity.name})
    said = {"name": identity.name, "day": short_date(identity.effective_from)}
    return Standing(_("%(name)s, desde el %(day)s.") % said)


def decided_settings(institution: Any, today: date) -> Standing:
    """«Definida por la institución el 03/12/2026 (versión 2)», or that it is our proposal."""
    return decided(
        organization.configuration_on(institution, today),
        _("Definida por la institución el %(day)s (versión %(number)s)."),
    )


def decided_scale(institution: Any, today: date) -> Standing:
    return decided(
        evaluation.scheme_version_on(institution.pk, today),
        _("Definidas por la institución el %(day)s (versión %(number)s)."),
    )


def decided(version: Any, sentence: str) -> Standing:
    if version is None:
        return Standing(_("Propuesta del sistema, sin confirmar."), proposed=True)
    return Standing(sentence % {"day": short_date(version.decided_on), "number": version.number})


def of_areas(units: list[Any]) -> Standing:
    count = len(units)
    if not count:
        return Standing(_("Ninguna área."), (_("Agregue las áreas responsables o suba su Excel."),))
    return Standing(ngettext("%(count)s área.", "%(count)s áreas.", count) % {"count": count})


def of_people(institution: Any, units: list[Any], today: date) -> Standing:
    """Somebody must validate and close, and every area that owes captures needs who captures."""
    memberships = organization.memberships_of(institution, on=today)
    held = {membership.role for membership in memberships}
    people = len({membership.person_id for membership in memberships})
    missing = [
        _("Falta una persona con el papel «%(role)s».") % {"role": _(role.label)}
        for role in (Role.CAPTURER, Role.AREA_HEAD, Role.CLOSER)
        if role not in held
    ]
    missing += uncovered(memberships, units, indicators.goals_of(institution))
    return Standing(ngettext("%(count)s persona.", "%(count)s personas.", people) % {"count": people}, tuple(missing))


def uncovered(memberships: list[Any], units: list[Any], goals: list[Any]) -> list[str]:
    """Areas with goals where nobody captures, neither there nor above."""
    covered = {
        membership.unit.path for membership in memberships if membership.role == Role.CAPTURER and membership.unit
    }
    owing = {goal.unit_id for goal in goals}
    alone = [
        unit.name for unit in units if unit.pk in owing and not any(unit.path.startswith(path) for path in covered)
    ]
    return [_("Nadie captura en: %(areas)s.") % {"areas": ", ".join(alone)}] if alone else []


def of_calendar(institution: Any, today: date, settings: Standing) -> Standing:
    count = len(calendars.days_of_year(institution, today.year))
    says = ngettext("%(count)s día inhábil en %(year)s.", "%(count)s días inhábiles en %(year)s.", count)
    missing = () if count else (_("Agregue los días inhábiles del año: los plazos se cuentan sin ellos."),)
    return replace(settings, says=f"{says % {'count': count, 'year': today.year}} {settings.says}", missing=missing)


def of_plan(institution: Any, today: date) -> Standing:
    plan = planning.plan_of(institution, today)
    if plan is None:
        return Standing(_("Sin programa."), (_("Cargue el programa: sus niveles y sus elementos."),))
    elements, goals = planning.elements_of(plan), indicators.goals_of(institution)
    loose = len(planning.unlinked_of(plan))
    missing = []
    if loose:
        missing.append(
            ngettext(
                "%(count)s elemento espera a que una persona diga de qué cuelga.",
                "%(count)s elementos esperan a que una persona diga de qué cuelgan.",
                loose,
            )
            % {"count": loose}
        )
    if not goals:
        missing.append(_("Ninguna meta: cargue metas e indicadores."))
    says = _("%(name)s: %(elements)s elementos, %(goals)s metas.")
    return Standing(says % {"name": plan.name, "elements": len(elements), "goals": len(goals)}, tuple(missing))
