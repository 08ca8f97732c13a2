"""Pages of the set-up: the summary, and one page for each step."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from rumbo.core.vocabulary.permission import Permission
from rumbo.core.vocabulary.refusal import Refusal
from rumbo.foundation.organization import actions as organization_actions
from rumbo.foundation.organization import queries as organization
from rumbo.foundation.organization.settings import InvalidSetting
from rumbo.foundation.ui.doors import Request, door
from rumbo.foundation.ui.presenters import filled
from rumbo.shell import emblem
from rumbo.shell.sections import address
from rumbo.shell.setup import steps
from rumbo.shell.setup.forms import IdentityForm, SettingsForm
from rumbo.shell.setup.standing import Standing, standing
from rumbo.systems.evaluation import actions as evaluation_actions
from rumbo.systems.evaluation import queries as evaluation
from rumbo.systems.evaluation.forms.schemes import SchemeForm


@door(Permission.CONFIGURE)
def summary(request: Request) -> HttpResponse:
    found = standing(request.institution, request.today)
    context = {
        "steps": menu(request, found, current=steps.SUMMARY),
        "missing": sum(len(one.missing) for one in found.values()),
    }
    return render(request, "shell/setup.html", context)


@door(Permission.CONFIGURE)
def step(request: Request, step: str) -> HttpResponse:
    if step not in steps.BY_KEY:
        raise Http404
    asked = steps.BY_KEY[step]
    form = form_of(request, asked)
    if request.method == "POST" and form is not None and form.is_valid() and saved(request, asked, form):
        messages.success(request, _("Se guardó: definida por la institución hoy. Lo anterior sigue en su versión."))
        return redirect(after(request, asked))
    found = standing(request.institution, request.today)
    context = {
        "asked": asked,
        "number": steps.STEPS.index(asked) + 1,
        "form": form,
        "links": links(request, asked),
        "standing": found[asked.key],
        "steps": menu(request, found, current=asked.key),
        "next_url": after(request, asked),
        "draft": f"{request.institution.slug}:configuracion:{asked.key}",
    }
    wrong = form is not None and form.is_bound
    return render(request, "shell/setup_step.html", context, status=422 if wrong else 200)


def form_of(request: Request, asked: steps.Step) -> SettingsForm | SchemeForm | IdentityForm | None:
    data = request.POST if request.method == "POST" else None
    institution, today = request.institution, request.today
    initial = {"effective_from": today}
    if asked.key == steps.IDENTITY:
        named = {name: getattr(institution, name) for name in ("name", "short_name", "home")}
        files = request.FILES if request.method == "POST" else None
        return IdentityForm(data, files, has_logo=bool(institution.logo), initial=initial | named)
    if asked.key == steps.SCALES:
        if evaluation.scheme_version_on(institution.pk, today) is None:
            initial["effective_from"] = institution.year_on(today).first.first_day
        return SchemeForm(data, scheme=evaluation.scheme_in_force(institution.pk, today), initial=initial)
    if not asked.fields:
        return None
    if organization.configuration_on(institution, today) is None:
        initial["effective_from"] = institution.year_on(today).first.first_day
    settings = organization.settings_on(institution, today)
    return SettingsForm(data, names=asked.fields, settings=settings, fixed=fixed_in(request, asked), initial=initial)


def fixed_in(request: Request, asked: steps.Step) -> dict[str, str]:
    """What the institution can no longer decide, and why, said before it tries."""
    stays = organization_actions.why_fiscal_start_stays(request.institution) if "fiscal_start" in asked.fields else None
    return {"fiscal_start": filled(stays)} if stays else {}


def saved(request: Request, asked: steps.Step, form: Any) -> bool:
    """False when the action refuses; the reason goes beside the form."""
    shared: dict[str, Any] = {
        "institution": request.institution,
        "effective_from": form.cleaned_data["effective_from"],
        "by": request.actor,
        "at": request.now,
        "on": request.today,
    }
    try:
        if asked.key == steps.IDENTITY:
            organization_actions.change_identity(**identity(request, form), **shared)
        elif asked.key == steps.SCALES:
            evaluation_actions.save_scheme(parameters=form.parameters, **shared)
        else:
            organization_actions.configure(values=form.values, **shared)
    except Refusal as refusal:
        form.add_error(None, filled(refusal))
        return False
    except InvalidSetting as problem:
        form.add_error(None, _(str(problem)))
        return False
    return True


def identity(request: Request, form: Any) -> dict[str, Any]:
    """The emblem that there is stays unless another comes or it is taken away."""
    said = form.cleaned_data
    logo = "" if said.get("without_logo") else request.institution.logo
    if said["logo"]:
        logo = emblem.stored(request, said["logo"], said["logo"].name)
    return {"name": said["name"], "short_name": said["short_name"], "home": said["home"], "logo": logo}


def after(request: Request, asked: steps.Step) -> str:
    key = steps.following(asked.key)
    slug = request.institution.slug
    if key == steps.SUMMARY:
        return reverse("shell:setup", kwargs={"slug": slug})
    return reverse("shell:setup_step", kwargs={"slug": slug, "step": key})


def links(request: Request, asked: steps.Step) -> list[tuple[str, str]]:
    """Label and address of what exists."""
    found = [(_(label), address(name, request.institution.slug)) for name, label in asked.links]
    return [(label, url) for label, url in found if url]


def menu(request: Request, found: dict[str, Standing], *, current: str) -> list[dict[str, Any]]:
    slug = request.institution.slug
    return [
        {
            "title": _(one.title),
            "question": _(one.question),
            "url": reverse("shell:setup_step", kwargs={"slug": slug, "step": one.key}),
            "current": one.key == current,
            "standing": found[one.key],
        }
        for one in steps.STEPS
    ]
