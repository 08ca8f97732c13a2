"""«Instalación»: the institutions that live here and who may open one. Nothing of what is inside them."""

from typing import Any
from urllib.parse import urljoin

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from rumbo.core.vocabulary.refusal import Refusal
from rumbo.foundation.organization import actions, presenters, queries
from rumbo.foundation.ui.doors import signed_in
from rumbo.foundation.ui.presenters import filled


class InstitutionForm(forms.Form):
    name = forms.CharField(label=gettext_lazy("Nombre de la institución"), max_length=200)
    short_name = forms.CharField(
        label=gettext_lazy("Nombre corto"),
        max_length=60,
        required=False,
        help_text=gettext_lazy("Para los encabezados de las páginas. Vacío: el mismo nombre."),
    )
    slug = forms.CharField(
        label=gettext_lazy("Clave para las direcciones"),
        max_length=60,
        help_text=gettext_lazy("Minúsculas sin acento, números y guiones, como «alcaldia-central». No cambia después."),
    )
    admin_name = forms.CharField(label=gettext_lazy("Nombre de quien la administrará"), max_length=150)
    admin_email = forms.EmailField(label=gettext_lazy("Su correo"), max_length=254)


@signed_in
def page(request: Any) -> HttpResponse:
    only_who_runs_it(request)
    context = {
        "places": queries.every_institution(request.actor),
        "people": queries.who_run_the_installation(),
    }
    return render(request, "shell/installation.html", context)


@signed_in
@never_cache
def add(request: Any) -> HttpResponseBase:
    """A new institution. Its first administrator gets a printable link, shown only in this answer."""
    only_who_runs_it(request)
    form = InstitutionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            opened = actions.open_institution(**form.cleaned_data, by=request.actor, on=request.today, at=request.now)
        except Refusal as refusal:
            form.add_error("slug" if "slug" in refusal.params else None, filled(refusal))
        else:
            return render(request, "shell/institution_opened.html", told(request, opened))
    return render(request, "shell/institution_form.html", {"form": form}, status=422 if form.errors else 200)


def told(request: Any, opened: actions.Opened) -> dict[str, Any]:
    address = urljoin(request.build_absolute_uri("/"), opened.link) if opened.link else ""
    return {
        "opened": opened,
        "address": address,
        "code": presenters.qr_drawing(address) if address else "",
        "expires": presenters.link_expires(request.now),
    }


@signed_in
@require_POST
def give(request: Any) -> HttpResponseBase:
    """`email` of who begins to run the installation, or stops with `withdraw`."""
    only_who_runs_it(request)
    person = queries.person_by_email(request.POST.get("email", ""))
    if person is None:
        messages.error(request, _("Nadie tiene ese correo. La persona entra primero a alguna institución."))
        return redirect("installation")
    try:
        actions.give_installation(person=person, runs="withdraw" not in request.POST, by=request.actor, at=request.now)
    except Refusal as refusal:
        messages.error(request, filled(refusal))
    else:
        messages.success(request, _("Se guardó. Quedó en la bitácora de la instalación."))
    return redirect("installation")


def only_who_runs_it(request: Any) -> None:
    if not request.user.runs_installation:
        raise PermissionDenied(_("Esta página es de quien administra la instalación."))
