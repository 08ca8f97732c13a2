"""Forms of accounts, people and areas. They only read what was written; the actions decide."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from rumbo.core.vocabulary.role import Role
from rumbo.foundation.organization.actions.units import CODE_LENGTH, NAME_LENGTH


class SignInForm(forms.Form):
    email = forms.CharField(
        label=_("Correo"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "username", "autofocus": True, "spellcheck": "false"}),
    )
    password = forms.CharField(
        label=_("Contraseña"),
        max_length=4096,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )


class NewPasswordForm(forms.Form):
    """A new password, typed twice."""

    password = forms.CharField(
        label=_("Contraseña nueva"),
        max_length=4096,
        strip=False,
        help_text=_("Al menos 10 caracteres; no use su nombre ni una contraseña común."),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    again = forms.CharField(
        label=_("Repita la contraseña"),
        max_length=4096,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        if found.get("password") and found.get("again") and found["password"] != found["again"]:
            self.add_error("again", _("No es igual a la contraseña nueva. Escríbala otra vez."))
        return found


class ChangePasswordForm(NewPasswordForm):
    current = forms.CharField(
        label=_("Contraseña actual"),
        max_length=4096,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )
    field_order = ("current", "password", "again")


class PersonForm(forms.Form):
    """A person and one role. `unit` is asked only of the roles that are held over an area."""

    email = forms.CharField(label=_("Correo"), max_length=254, widget=forms.EmailInput)
    name = forms.CharField(label=_("Nombre"), max_length=150)
    role = forms.ChoiceField(label=_("Papel"))
    unit = forms.ChoiceField(
        label=_("Área"),
        required=False,
        help_text=_(
            "Solo para quien captura y para quien da el visto bueno: el papel vale ahí y en lo que está dentro."
        ),
    )
    post = forms.CharField(
        label=_("Cargo"), max_length=200, required=False, help_text=_("Así aparece en los documentos; el nombre no.")
    )

    def __init__(self, *args: Any, units: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["role"].choices = [(role.value, _(role.label)) for role in Role]  # type: ignore[attr-defined]
        self.fields["unit"].choices = [("", _("Toda la institución")), *units]  # type: ignore[attr-defined]


class ReasonForm(forms.Form):
    reason = forms.CharField(label=_("Motivo"), max_length=300, widget=forms.Textarea(attrs={"rows": 2}))


SOMEBODY_NEW = "nueva"


class HandOverForm(ReasonForm):
    """Who receives: somebody already in the institution, or somebody new by address and name."""

    to = forms.ChoiceField(label=_("Quién recibe"))
    email = forms.CharField(
        label=_("Correo de la persona nueva"),
        max_length=254,
        required=False,
        widget=forms.EmailInput,
        help_text=_("Solo si quien recibe no está en la lista."),
    )
    name = forms.CharField(label=_("Nombre de la persona nueva"), max_length=150, required=False)
    field_order = ("to", "email", "name", "reason")

    def __init__(self, *args: Any, people: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to"].choices = [(SOMEBODY_NEW, _("Una persona nueva")), *people]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        if found.get("to") == SOMEBODY_NEW and not (found.get("email") and found.get("name")):
            self.add_error("to", _("Elija a quien recibe, o escriba el correo y el nombre de una persona nueva."))
        return found


class UnitForm(forms.Form):
    code = forms.CharField(label=_("Clave"), max_length=CODE_LENGTH)
    name = forms.CharField(label=_("Nombre del área"), max_length=NAME_LENGTH)
    parent = forms.ChoiceField(label=_("Está dentro de"), required=False)
    head_post = forms.CharField(label=_("Cargo de la persona titular"), max_length=200, required=False)
    liaison_post = forms.CharField(label=_("Cargo del enlace de planeación"), max_length=200, required=False)
    position = forms.IntegerField(
        label=_("Orden"), required=False, min_value=0, max_value=100_000, help_text=_("Entre las áreas de su nivel.")
    )

    def __init__(self, *args: Any, units: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["parent"].choices = [("", _("Ninguna: es la de más arriba")), *units]  # type: ignore[attr-defined]
