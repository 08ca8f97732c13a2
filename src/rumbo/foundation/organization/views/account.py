"""Coming in, going out, and one's own password."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth import authenticate, login, logout, update_session_auth_hash
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from rumbo.core.vocabulary.refusal import Refusal
from rumbo.foundation.organization import actions, presenters, queries
from rumbo.foundation.organization.forms import ChangePasswordForm, NewPasswordForm, SignInForm
from rumbo.foundation.organization.models import Person
from rumbo.foundation.ui.doors import everyone, signed_in
from rumbo.foundation.ui.presenters import filled

BACKEND = "rumbo.foundation.organization.backend.LockingBackend"


@everyone
@never_cache
@sensitive_post_parameters("password")
def sign_in(request: Any) -> HttpResponseBase:
    """Back to where one was. What is answered is the same whether the address is somebody's or not."""
    target = safe_next(request)
    if request.actor is not None:
        return redirect(target)
    form = SignInForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        email = form.cleaned_data["email"].strip()
        person = authenticate(request, username=email, password=form.cleaned_data["password"])
        if isinstance(person, Person):
            login(request, person, backend=BACKEND)
            return redirect(target)
        form.add_error(None, _why_not(email, request))
    context = {"form": form, "next": target, "expired": bool(request.GET.get("next")) and request.method == "GET"}
    return render(request, "organization/sign_in.html", context, status=422 if form.errors else 200)


def _why_not(email: str, request: Any) -> str:
    until = queries.locked_until(email, at=request.now)
    if until is None:
        return _("El correo o la contraseña no coinciden. Revíselos e intente de nuevo.")
    return _(
        "Hubo varios intentos fallidos con este correo. Por seguridad, espere hasta las %(time)s para volver a "
        "intentarlo; si olvidó su contraseña, pida un enlace a la Administración del sistema."
    ) % {"time": timezone.localtime(until).strftime("%H:%M")}


@signed_in
@require_POST
def sign_out(request: HttpRequest) -> HttpResponseBase:
    logout(request)
    return redirect("account:sign_in")


@everyone
@never_cache
@sensitive_post_parameters("password", "again")
def first_password(request: Any, who: UUID, token: str) -> HttpResponseBase:
    """The page of the printed link: it opens until the password is chosen or the link expires."""
    person = queries.person_by_ref(str(who))
    if person is None or not actions.link_is_valid(person, token):
        return render(request, "organization/link_spent.html", {}, status=410)
    form = NewPasswordForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.choose_password(
                person=person,
                token=token,
                password=form.cleaned_data["password"],
                by=queries.actor_of(person, on=request.today),
                at=request.now,
            )
        except Refusal as refusal:
            form.add_error("password", filled(refusal))
        else:
            person.refresh_from_db()
            login(request, person, backend=BACKEND)
            messages.success(request, _("Su contraseña quedó guardada."))
            return redirect("/")
    return _page(request, "organization/first_password.html", form, {"owner": person})


@signed_in
@never_cache
@sensitive_post_parameters("current", "password", "again")
def own(request: Any) -> HttpResponseBase:
    """«Mi cuenta»: one's places and one's password."""
    form = ChangePasswordForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.change_password(
                person=request.user,
                current=form.cleaned_data["current"],
                password=form.cleaned_data["password"],
                by=request.actor,
                at=request.now,
            )
        except actions.PasswordRefused as refusal:
            form.add_error("password" if refusal.params else "current", filled(refusal))
        else:
            update_session_auth_hash(request, request.user)
            messages.success(request, _("Su contraseña quedó cambiada."))
            return redirect("account:own")
    return _page(request, "organization/account.html", form, {"places": presenters.places_of(request.actor)})


def _page(request: Any, template: str, form: Any, context: dict[str, Any]) -> HttpResponse:
    return render(request, template, context | {"form": form}, status=422 if form.errors else 200)


def safe_next(request: Any) -> str:
    """Only addresses of this site; never the page of signing out or in."""
    target = request.POST.get("next") or request.GET.get("next") or "/"
    own_site = url_has_allowed_host_and_scheme(target, {request.get_host()}, require_https=request.is_secure())
    return target if own_site and not target.startswith(("/salir", "/entrar")) else "/"
