"""The first door, the language, and what is said when something cannot be shown."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from rumbo.core.vocabulary.permission import Permission
from rumbo.foundation.organization import queries as organization
from rumbo.foundation.organization.models import Institution
from rumbo.foundation.ui.doors import everyone, signed_in
from rumbo.shell.sections import address

WORK = (Permission.CAPTURE, Permission.APPROVE_AREA, Permission.VALIDATE, Permission.CLOSE_MONTH)


@signed_in
def start(request: Any) -> HttpResponseBase:
    """To the first institution of the person; when none opens first, they choose."""
    institutions = organization.institutions_of(request.actor)
    first = next((institution for institution in institutions if institution.on_first_screen), None)
    if first is None and len(institutions) == 1:
        first = institutions[0]
    if first is not None:
        return redirect(home_of(first, request.actor))
    choices = [{"name": item.name, "url": home_of(item, request.actor)} for item in institutions]
    return render(request, "shell/institutions.html", {"choices": choices})


def home_of(institution: Institution, actor: Any) -> str:
    """Who owes work sees it first; who only reads goes to what the institution chose: board, plan or inbox."""
    inbox = address("shell:inbox", institution.slug)
    if institution.home == "plan":
        return address("planning:plan", institution.slug) or inbox
    if institution.home == "inbox" or any(actor.may(permission, institution.pk) for permission in WORK):
        return inbox
    if not actor.may(Permission.VIEW_BOARDS, institution.pk):
        return inbox
    return address("evaluation:board", institution.slug) or inbox


@everyone
@require_POST
def language(request: Any) -> HttpResponseBase:
    """Keeps the chosen language in the browser and, for who is signed in, with the person."""
    chosen = request.POST.get("language", "")
    if chosen not in dict(settings.LANGUAGES):
        chosen = settings.LANGUAGE_CODE
    if request.actor is not None and request.user.language != chosen:
        remember_language(request, chosen)
    answer = HttpResponseRedirect(safe_next(request))
    answer.set_cookie(settings.LANGUAGE_COOKIE_NAME, chosen, max_age=365 * 24 * 60 * 60, samesite="Lax")
    return answer


def remember_language(request: Any, chosen: str) -> None:
    from rumbo.foundation.organization import actions

    actions.choose_language(person=request.user, language=chosen)


def safe_next(request: HttpRequest) -> str:
    target = request.POST.get("next", "")
    own = url_has_allowed_host_and_scheme(target, {request.get_host()}, require_https=request.is_secure())
    return target if own else "/"


# Refusals and accidents. Each says what happened and what to do now, never a number or a word of the machine.


def answer(request: HttpRequest, status: int, title: str, text: str, *, back: bool = True) -> HttpResponse:
    """A page of the house when it can be drawn; the context processor needs what the middleware puts."""
    context = {"title": title, "text": text, "back": back}
    return render(request, "shell/refusal.html", context, status=status)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    return answer(
        request,
        400,
        _("No se entendió lo que envió el navegador"),
        _("No se guardó nada. Regrese a la página anterior y vuelva a intentarlo."),
    )


def forbidden(request: Any, exception: Exception) -> HttpResponse:
    """Says whose page it is, when the door said it in the exception."""
    said = str(exception)
    institution = getattr(request, "institution", None)
    planning = _("la Dirección de Planeación")
    if institution is not None:
        unit = organization.settings_on(institution, request.today).planning_unit_name
        planning = _("la %(unit)s") % {"unit": unit}
    text = said or _("Es de otra área o de otro puesto.")
    return answer(
        request,
        403,
        _("Esta página no es de su puesto"),
        text + " " + _("Si la necesita para su trabajo, pídala a %(planning)s.") % {"planning": planning},
    )


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return answer(
        request,
        404,
        _("No hay nada en esta dirección"),
        _("Puede ser que el enlace esté incompleto o que lo que busca ya no exista. Regrese al inicio."),
    )


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The header lets a page that asked for a part of itself say the same: a 403 alone is somebody else's work."""
    refused = answer(
        request,
        403,
        _("La sesión terminó por inactividad"),
        _("No se guardó lo que envió. Regrese a la página anterior: lo que escribió sigue ahí; entre de nuevo."),
    )
    refused["X-Session-Ended"] = "1"
    return refused


def failed(request: HttpRequest) -> HttpResponse:
    """Drawn without asking the database anything: it may be what failed."""
    with translation.override(translation.get_language() or settings.LANGUAGE_CODE):
        return render(None, "shell/failed.html", status=500)
