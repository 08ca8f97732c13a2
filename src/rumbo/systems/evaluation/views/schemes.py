"""The scales of evaluation: which there are, and what a new version would change."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.text import slugify
from django.utils.translation import gettext as _

from rumbo.core.engine import Scheme
from rumbo.core.vocabulary.permission import Permission
from rumbo.core.vocabulary.refusal import Refusal
from rumbo.foundation.ui.doors import Request, door
from rumbo.foundation.ui.presenters import filled
from rumbo.systems.evaluation import actions
from rumbo.systems.evaluation.forms.schemes import NewSchemeForm, SchemeForm
from rumbo.systems.evaluation.models import SchemeVersion
from rumbo.systems.evaluation.presenters import schemes as presenters
from rumbo.systems.evaluation.queries.preview import Preview, preview
from rumbo.systems.evaluation.queries.schemes import GENERAL, InForce, Schemes, in_force, parameters_of, schemes_of

UNPROCESSABLE = 422
STARTS = {"general": Scheme, "nation": Scheme.nation}


@door(Permission.CONFIGURE)
def schemes(request: Request) -> HttpResponse:
    """Every scheme with what it evaluates, and the assignments, newest first."""
    found = schemes_of(request.institution.pk)
    new = NewSchemeForm(request.POST or None, taken=set(found.versions) | {GENERAL})
    if request.method == "POST" and new.is_valid():
        return _create(request, new)
    context = {
        "cards": presenters.cards(request.institution.slug, found, request.today),
        "assignments": presenters.assignment_rows(found),
        "new": new,
    }
    return render(request, "evaluation/schemes.html", context, status=UNPROCESSABLE if new.errors else 200)


def _create(request: Request, form: NewSchemeForm) -> HttpResponse:
    code = slugify(form.cleaned_data["name"])[:40]
    actions.save_scheme(
        institution=request.institution,
        parameters=STARTS[form.cleaned_data["start"]]().to_parameters(),
        effective_from=request.institution.year_on(request.today).first.first_day,
        by=request.actor,
        at=request.now,
        on=request.today,
        scheme=code,
        name=form.cleaned_data["name"],
    )
    messages.success(request, _("La escala quedó creada. No evalúa nada hasta que la asigne."))
    return redirect("evaluation:scheme", request.institution.slug, code)


@door(Permission.CONFIGURE)
def scheme(request: Request, code: str) -> HttpResponse:
    """One scheme: its versions, the form of a new one, and what that would change before it is saved."""
    found = schemes_of(request.institution.pk)
    versions = found.versions.get(code, [])
    if not versions and code != GENERAL:
        raise Http404
    current = in_force(versions, request.today)
    of_year = request.institution.year_on(request.today).first.first_day
    initial = {"effective_from": request.today if versions else of_year}
    form = SchemeForm(request.POST or None, scheme=parameters_of(current), initial=initial)
    seen: Preview | None = None
    if request.method == "POST" and form.is_valid():
        try:
            if "preview" not in request.POST:
                return _save(request, code, versions, form)
            seen = preview(request.institution, _proposal(code, form, found, request))
        except Refusal as refusal:
            form.add_error(None, filled(refusal))
    context = {
        "code": code,
        "name": presenters.name_of(code, versions),
        "used": presenters.use_of(found, code, request.today),
        "form": form,
        "rows": presenters.version_rows(versions, request.today),
        "foreseen": presenters.foreseen(seen) if seen else None,
        "asked": "preview" in request.POST,
        "draft": f"{request.institution.slug}:escala:{code}",
    }
    return render(request, "evaluation/scheme.html", context, status=UNPROCESSABLE if form.errors else 200)


def _proposal(code: str, form: SchemeForm, found: Schemes, request: Request) -> Any:
    """What the preview puts in the place of what is in force: for all goals when the scheme evaluates none yet."""
    draft = SchemeVersion(scheme=code, parameters=actions.checked(form.parameters).to_parameters())

    def change(schemes: InForce) -> InForce:
        return schemes.with_version(draft, everywhere=not schemes.uses(code))

    return change


def _save(request: Request, code: str, versions: list[SchemeVersion], form: SchemeForm) -> HttpResponse:
    saved = actions.save_scheme(
        institution=request.institution,
        parameters=form.parameters,
        effective_from=form.cleaned_data["effective_from"],
        by=request.actor,
        at=request.now,
        on=request.today,
        scheme=code,
        name=versions[-1].name if versions else "",
    )
    messages.success(
        request,
        _("Se guardó la versión %(number)s. Los meses cerrados conservan la suya; los abiertos ya usan esta.")
        % {"number": saved.number},
    )
    return redirect("evaluation:scheme", request.institution.slug, code)
