"""`rumbo init`: the folder, its key, the tables, the first institution and who administers it."""

import os
import secrets
import sys
from argparse import ArgumentParser, Namespace
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db import transaction
from django.utils.translation import gettext as _

from rumbo.core.vocabulary.marking import N_
from rumbo.foundation.organization import actions, queries
from rumbo.foundation.organization.actor import SystemActor
from rumbo.shell import clock
from rumbo.shell.command import standing
from rumbo.shell.command.console import Console
from rumbo.shell.command.parsing import BadInput

NAME = "init"
SUMMARY = N_(
    "crea la instalación: carpeta, clave, base de datos, institución y administración; o abre otra institución"
)
KEY_BYTES = 50
PRIVATE = 0o600
QUESTIONS = {
    "name": N_("Nombre de la institución"),
    "slug": N_("Clave para las direcciones (minúsculas, números y guiones)"),
    "admin_name": N_("Nombre de quien administra el sistema"),
    "admin_email": N_("Correo de quien administra el sistema"),
}


def arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--name", help=_("nombre de la institución"))
    parser.add_argument("--short-name", default="", help=_("nombre corto, para los encabezados"))
    parser.add_argument("--slug", help=_("clave para las direcciones: minúsculas, números y guiones"))
    parser.add_argument("--admin-name", help=_("nombre de quien administra el sistema"))
    parser.add_argument("--admin-email", help=_("correo de quien administra el sistema"))
    parser.add_argument(
        "--another", action="store_true", help=_("abre otra institución en la instalación que ya existe")
    )


def run(asked: Namespace, console: Console) -> None:
    operator = standing.operator()
    there_is = settings.HOME.exists() and tables_exist() and bool(queries.institutions_of(operator))
    if asked.another:
        run_another(asked, console, operator, there_is=there_is)
        return
    if there_is:
        raise BadInput(
            _(
                "Ya hay una instalación en %(home)s. Para abrir otra institución en ella use «rumbo init --another»; "
                "para otra instalación, indique otra carpeta en RUMBO_HOME."
            )
            % {"home": settings.HOME}
        )
    answers = {name: ask(getattr(asked, name), question) for name, question in QUESTIONS.items()}
    key = make_home(settings.HOME)
    with console.working(_("Creando las tablas")):
        call_command("migrate", verbosity=0, interactive=False)
    settings.SECRET_KEY = key
    link = create(answers, asked.short_name, operator)
    console.result(
        {"home": str(settings.HOME), "institution": answers["slug"], "first_password_path": link},
        _("Listo. La instalación está en %(home)s.") % {"home": settings.HOME},
        _("1. Ejecute «rumbo serve»."),
        _("2. Abra http://127.0.0.1:8000%(link)s y elija la contraseña de %(email)s.")
        % {"link": link, "email": answers["admin_email"]},
        _("   El enlace sirve una sola vez y caduca en siete días."),
    )


def run_another(asked: Namespace, console: Console, operator: SystemActor, *, there_is: bool) -> None:
    """One more institution in the installation that there is. Each sees only its own."""
    if not there_is:
        raise BadInput(_("Todavía no hay una instalación en %(home)s: use «rumbo init».") % {"home": settings.HOME})
    answers = {name: ask(getattr(asked, name), question) for name, question in QUESTIONS.items()}
    opened = actions.open_institution(
        **answers, short_name=asked.short_name, by=operator, on=clock.today(), at=clock.now()
    )
    said = {"name": opened.institution.name, "link": opened.link, "email": opened.administrator.email}
    console.result(
        {"home": str(settings.HOME), "institution": opened.institution.slug, "first_password_path": opened.link},
        _("Listo. %(name)s vive ahora en esta instalación.") % said,
        _("%(email)s elige su contraseña, una sola vez y en siete días, en %(link)s") % said
        if opened.link
        else _("%(email)s ya tiene contraseña: entra como siempre.") % said,
    )


def ask(given: str | None, question: str) -> str:
    """What was given as an option, or what is typed; without a terminal there is nobody to ask."""
    if given:
        return given.strip()
    if not sys.stdin.isatty():
        raise BadInput(_("Falta un dato: %(question)s. Vea «rumbo init --help».") % {"question": _(question).lower()})
    answer = ""
    while not answer:
        answer = input(f"{_(question)}: ").strip()
    return answer


def tables_exist() -> bool:
    from django.db import connection

    return "organization_institution" in connection.introspection.table_names()


def make_home(home: Path) -> str:
    """The folder, only for its owner, and its key. Repeatable: a key that is there stays."""
    home.mkdir(parents=True, exist_ok=True, mode=0o700)
    if settings.RUMBO_DEMO or os.environ.get("RUMBO_SECRET_KEY"):
        return str(settings.SECRET_KEY)
    file = home / "secret.key"
    if not file.exists():
        with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, PRIVATE), "w") as target:
            target.write(secrets.token_urlsafe(KEY_BYTES))
    return file.read_text().strip()


def create(answers: dict[str, str], short_name: str, by: SystemActor) -> str:
    """Institution, administrator and the path of the link with which they choose a password: all or nothing."""
    now, today = clock.now(), clock.today()
    with transaction.atomic():
        opened = actions.open_institution(**answers, short_name=short_name, by=by, on=today, at=now)
        actions.give_installation(person=opened.administrator, runs=True, by=by, at=now)
        return opened.link
