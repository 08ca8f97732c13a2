"""The page of the scales: their versions with what each changed, and the preview before saving."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from rumbo.core.engine.comparing import difference
from rumbo.core.rendering import text
from rumbo.core.vocabulary.light import Light
from rumbo.core.vocabulary.performance_class import PerformanceClass
from rumbo.systems.evaluation.forms.schemes import SCALE_LABELS
from rumbo.systems.evaluation.models import SchemeAssignment, SchemeVersion
from rumbo.systems.evaluation.presenters.charts import LIGHT_ORDER
from rumbo.systems.evaluation.presenters.wording import month_and_year, percent
from rumbo.systems.evaluation.queries.preview import Preview, Tally
from rumbo.systems.evaluation.queries.schemes import GENERAL, Schemes, in_force, parameters_of

SHOWN = 200  # goals of a preview that a page lists; the rest are counted


@dataclass(frozen=True, slots=True)
class Edit:
    """One parameter that a version changed."""

    label: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class VersionRow:
    """`changes` against the version before it in force; empty for the first. `state`: in force, to come or past."""

    version: SchemeVersion
    state: str
    changes: list[Edit]


def version_rows(versions: list[SchemeVersion], on: date) -> list[VersionRow]:
    """Newest first. `versions` of one scheme, from the oldest."""
    current = [version for version in versions if version.effective_from <= on]
    in_force = current[-1] if current else None
    rows = []
    for place, version in enumerate(versions):
        before = versions[place - 1] if place else None
        rows.append(VersionRow(version, _state(version, in_force, on), _edits(before, version)))
    return rows[::-1]


def _state(version: SchemeVersion, in_force: SchemeVersion | None, on: date) -> str:
    if version.effective_from > on:
        return "to_come"
    return "in_force" if version == in_force else "past"


def _edits(before: SchemeVersion | None, after: SchemeVersion) -> list[Edit]:
    if before is None:
        return []
    was, now = parameters_of(before), parameters_of(after)
    return [
        Edit(_(label), shown(getattr(was, name)), shown(getattr(now, name)))
        for name, label in SCALE_LABELS.items()
        if hasattr(was, name) and getattr(was, name) != getattr(now, name)
    ]


def shown(value: Any) -> str:
    """A parameter in words."""
    if value is None:
        return _("ninguno")
    if isinstance(value, bool):
        return _("Sí") if value else _("No")
    if hasattr(value, "label"):
        return str(_(value.label))
    return text.number(value)


@dataclass(frozen=True, slots=True)
class Card:
    """A scheme in the list: how it is called, its version in force and what it evaluates."""

    code: str
    name: str
    version: SchemeVersion | None
    bands: list[tuple[Light, str]]
    used: str
    url: str


def cards(slug: str, schemes: Schemes, on: date) -> list[Card]:
    """The general one first, even when nobody decided it yet."""
    codes = [GENERAL, *sorted(set(schemes.versions) - {GENERAL})]
    return [_card(slug, schemes, code, on) for code in codes]


def _card(slug: str, schemes: Schemes, code: str, on: date) -> Card:
    versions = schemes.versions.get(code, [])
    version = in_force(versions, on)
    parameters = parameters_of(version)
    bands = [
        (Light.GREEN, _("desde %(percent)s") % {"percent": percent(parameters.green, 0)}),
        (Light.AMBER, _("desde %(percent)s") % {"percent": percent(parameters.amber, 0)}),
        (Light.RED, _("por debajo")),
    ]
    url = reverse("evaluation:scheme", kwargs={"slug": slug, "code": code})
    return Card(code, name_of(code, versions), version, bands, use_of(schemes, code, on), url)


def name_of(code: str, versions: list[SchemeVersion]) -> str:
    named = [version.name for version in versions if version.name]
    return named[-1] if named else _("Escala general") if code == GENERAL else code


def use_of(schemes: Schemes, code: str, on: date) -> str:
    """«Evalúa a toda la institución y a 3 indicadores»."""
    version = schemes.version_on(on)
    general = (version.scheme if version else GENERAL) == code
    own = sum(one.scheme == code for one in schemes.special_on(on).values())
    some = ngettext("%(count)s indicador", "%(count)s indicadores", own) % {"count": own}
    if general:
        return (
            _("Evalúa a toda la institución") if not own else _("Evalúa a la institución y a %(some)s") % {"some": some}
        )
    return _("Evalúa a %(some)s") % {"some": some} if own else _("No evalúa nada todavía")


@dataclass(frozen=True, slots=True)
class AssignmentRow:
    """`named`: what it evaluates, in words."""

    assignment: SchemeAssignment
    scheme: str
    named: str


def assignment_rows(schemes: Schemes) -> list[AssignmentRow]:
    """Newest first."""
    return [
        AssignmentRow(
            one,
            name_of(one.scheme, schemes.versions.get(one.scheme, [])) if one.scheme else _("Ninguna propia"),
            named(one),
        )
        for one in reversed(schemes.assignments)
    ]


def named(assignment: SchemeAssignment) -> str:
    if assignment.indicator:
        return assignment.indicator.code
    if assignment.contract:
        return _("Contrato %(number)s") % {"number": assignment.contract.number}
    return _("Toda la institución")


@dataclass(frozen=True, slots=True)
class Count:
    """Goals with a light or a class, under each scheme."""

    what: Any
    before: int
    after: int

    @property
    def change(self) -> int:
        return self.after - self.before


@dataclass(frozen=True, slots=True)
class Foreseen:
    """What the page says of a preview."""

    preview: Preview
    month: str
    lights: list[Count]
    classes: list[Count]
    compliance_change: float | None
    hidden: int

    @property
    def moved(self) -> list[Any]:
        return self.preview.moved[:SHOWN]


def foreseen(preview: Preview) -> Foreseen:
    before, after = preview.before, preview.after
    return Foreseen(
        preview=preview,
        month=month_and_year(preview.period),
        lights=_counts([*LIGHT_ORDER], before, after, "lights"),
        classes=_counts(sorted(PerformanceClass, reverse=True), before, after, "classes"),
        compliance_change=difference(after.whole.compliance, before.whole.compliance),
        hidden=max(len(preview.moved) - SHOWN, 0),
    )


def _counts(order: list[Light] | list[PerformanceClass], before: Tally, after: Tally, name: str) -> list[Count]:
    was, now = getattr(before, name), getattr(after, name)
    found = [Count(one, was.get(one, 0), now.get(one, 0)) for one in order]
    return [one for one in found if one.before or one.after]
