"""What the base page needs on every page. Everything is lazy: a partial answer that shows none of it asks nothing."""

from datetime import date
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _

from rumbo.core.rendering.text import short_date
from rumbo.core.vocabulary.data_nature import DataNature
from rumbo.foundation.organization import queries as organization
from rumbo.foundation.planning import queries as planning
from rumbo.shell import sections
from rumbo.shell.sections import Link
from rumbo.systems.evaluation import queries as evaluation

INBOX = "shell:inbox"


def shell(request: Any) -> dict[str, Any]:
    """Names used by `ui/base.html`; each documented there."""
    institution = getattr(request, "institution", None)
    actor = getattr(request, "actor", None)
    found: dict[str, Any] = {"institution": institution, "language_url": reverse("language")}
    if actor is not None:
        found["person"] = SimpleLazyObject(lambda: person(request))
    if institution is None:
        return found
    return found | {
        "notice": organization.data_notice(institution),
        "notice_day": notice_day(request.today, institution.nature),
        "accent": SimpleLazyObject(lambda: accent(request)),
        "home_url": sections.address(INBOX, institution.slug),
        "logo_url": sections.logo_address(institution),
        "nav": SimpleLazyObject(lambda: navigation(request)),
        "footer_links": SimpleLazyObject(lambda: footer(request)),
        "parameters_note": SimpleLazyObject(lambda: parameters_note(request)),
    }


def notice_day(today: date, nature: str) -> date | None:
    """The fixed day of the demonstration, said because the person's own calendar says another (decision T)."""
    return today if settings.RUMBO_TODAY and nature == DataNature.DEMONSTRATION else None


def accent(request: Any) -> str:
    settings = organization.settings_under(request.institution, str(request.head), request.today)
    return settings.accent_colour.lstrip("#")


def navigation(request: Any) -> list[Link]:
    """Only what exists and may be opened."""
    found = list(sections.open_to(request.actor, request.institution))
    here = current(request, [section for section, _url in found])
    return [
        Link(
            label=label_of(section, request),
            url=url,
            current=section is here,
            counts=sections.address("shell:inbox_count", request.institution.slug) if section.name == INBOX else "",
            apart=before is not None and before.group is not section.group,
        )
        for (section, url), before in zip(found, (None, *(section for section, _url in found)), strict=False)
    ]


def current(request: Any, found: list[sections.Section]) -> sections.Section | None:
    """The section of which an address begins this one; the longest such address, and its own before another's."""
    slug = request.institution.slug
    places = [(section, sections.address(section.name, slug)) for section in found]
    places += [(section, sections.address(name, slug)) for section in found for name in section.also]
    within = [(len(url), section) for section, url in places if is_within(request.path, url, section)]
    return max(within, key=lambda place: place[0], default=(0, None))[1]


def is_within(path: str, url: str, section: sections.Section) -> bool:
    """The inbox lives at the institution's own address, with which every other one begins."""
    return path == url if section.name == INBOX else bool(url) and path.startswith(url)


def label_of(section: sections.Section, request: Any) -> str:
    """The programme's name is data: «Programa de gobierno», «Programa institucional»."""
    if section.name == sections.PLAN:
        plan = planning.plan_under(request.institution, str(request.head), request.today)
        if plan is not None:
            return plan.kind_name
    return _(section.label)


def footer(request: Any) -> list[Link]:
    if request.actor is None:
        return []
    opened = sections.open_to(request.actor, request.institution, sections.FOOTER)
    return [Link(label=_(section.label), url=url) for section, url in opened]


def parameters_note(request: Any) -> str:
    """The sentence that goes at the foot of everything with lights (Q-07): the thresholds are the institution's."""
    version = evaluation.scheme_version_on(request.institution.pk, request.today)
    if version is None:
        return _(
            "Parámetros de semaforización y clasificación propuestos por el sistema, sin confirmar por la institución. "
            "No existe un umbral oficial aplicable."
        )
    return _(
        "Parámetros de semaforización y clasificación vigentes desde el %(day)s, definidos por la institución "
        "(versión %(number)s). No existe un umbral oficial aplicable; el sistema propuso los valores iniciales."
    ) % {"day": short_date(version.effective_from), "number": version.number}


def person(request: Any) -> dict[str, Any]:
    """Who is signed in, and the other institutions where they have a place."""
    user, actor, here = request.user, request.actor, getattr(request, "institution", None)
    # most people have a place in one institution alone: nothing to choose, nothing to ask
    places = organization.institutions_of(actor) if len(actor.institutions) > 1 else []
    return {
        "name": user.name,
        "email": user.email,
        "initials": initials(user.name),
        "own_url": reverse("account:own"),
        "post": actor.post_in(here.pk) if here else "",
        "installation_url": reverse("installation") if user.runs_installation else "",
        "sign_out_url": reverse("account:sign_out"),
        "institutions": [
            {
                "name": place.name,
                "url": sections.address(INBOX, place.slug),
                "current": here is not None and place.pk == here.pk,
            }
            for place in places
        ]
        if len(places) > 1
        else [],
    }


def initials(name: str) -> str:
    words = [word for word in name.split() if word[:1].isupper()]
    return "".join(word[0] for word in words[:2]) or name[:1].upper()
