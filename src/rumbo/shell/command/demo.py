"""`rumbo demo`: three institutions to look at, their documents written to a folder, and the pages served."""

import os
import shlex
import shutil
import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.utils.translation import gettext as _

from rumbo.core.vocabulary.marking import N_
from rumbo.foundation.organization.queries import institutions_of
from rumbo.shell.command import standing
from rumbo.shell.command.console import Console
from rumbo.shell.command.parsing import BadInput, port
from rumbo.shell.command.serve import check_place
from rumbo.shell.demonstration.loading import load_everything
from rumbo.shell.demonstration.loading.documents import write_documents
from rumbo.shell.demonstration.loading.setting_up import PASSWORD

NAME = "demo"
SUMMARY = N_("carga la demostración, escribe los documentos del mes y sirve las páginas")
DATA = Path(__file__).resolve().parents[4] / "demo-data"
ACCOUNTS = (
    ("ana@miguel-hidalgo.example", N_("captura del área (Servicios Urbanos)")),
    ("beto@miguel-hidalgo.example", N_("titular del área: visto bueno (Servicios Urbanos)")),
    ("marta@miguel-hidalgo.example", N_("Planeación: revisa y valida")),
    ("carmen@miguel-hidalgo.example", N_("Planeación: valida y cierra el mes")),
    ("titular@miguel-hidalgo.example", N_("persona titular de la Alcaldía")),
    ("prestador@miguel-hidalgo.example", N_("prestador del servicio: prepara informes")),
    ("solicitante@miguel-hidalgo.example", N_("área solicitante: acepta entregas")),
    ("auditoria@miguel-hidalgo.example", N_("Órgano Interno de Control: consulta")),
    ("administracion@miguel-hidalgo.example", N_("administración del sistema")),
    ("carmen@iecm.example", N_("IECM: Planeación")),
    ("carmen@transporte.example", N_("Transporte (datos reales de prueba): Planeación")),
)


def arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--out", type=Path, default=Path("demo"), help=_("carpeta de los documentos (demo)"))
    parser.add_argument("--no-serve", action="store_true", help=_("termina al escribir los documentos"))
    parser.add_argument("--port", type=port, default=8000, help=_("puerto (8000)"))
    parser.add_argument("--fresh", action="store_true", help=_("vuelve a cargar la demostración desde el principio"))


def run(asked: Namespace, console: Console) -> None:
    if not asked.no_serve:
        check_place("127.0.0.1", asked.port)  # before the minute that loading takes
    if asked.fresh or not is_loaded():
        make_room()
        load(console)
    else:
        call_command("migrate", verbosity=0, interactive=False)  # loaded by a former version of the program
    with console.working(_("Escribiendo los documentos")):
        written = write_documents(asked.out, by=standing.operator())
    console.result({"documents": [str(file) for file in written], "password": PASSWORD}, *told(written))
    if not asked.no_serve:
        serve_afresh(asked.port)


def serve_afresh(port: int) -> None:
    """This process becomes `rumbo serve`. A server divides itself in several processes, and what compiled a document
    keeps threads that do not pass to them: the first PDF asked of one would never come.
    """
    sys.stdout.flush()
    words = ["-c", "from rumbo.shell.command import main; main()", "serve", "--port", str(port)]
    os.execv(sys.executable, [sys.executable, *words])  # noqa: S606  (our own command, with no shell)


def is_loaded() -> bool:
    return settings.DEMONSTRATION.exists()


def make_room() -> None:
    """Takes away a demonstration that was cut in the middle; never touches an installation that is not one."""
    home: Path = settings.HOME
    unfinished = home / "demonstration.loading"
    if home.exists() and any(home.iterdir()) and not (settings.DEMONSTRATION.exists() or unfinished.exists()):
        raise BadInput(
            _(
                "En %(home)s hay una instalación que no es la demostración, y no se tocó. "
                "Indique otra carpeta en RUMBO_HOME."
            )
            % {"home": home}
        )
    refuse_a_database_in_use(home)
    home.mkdir(parents=True, exist_ok=True)
    unfinished.touch()
    settings.DEMONSTRATION.unlink(missing_ok=True)  # first: from here on it is not whole, and must not say that it is
    for item in home.iterdir():
        if item == unfinished:
            continue
        shutil.rmtree(item) if item.is_dir() else item.unlink()


def refuse_a_database_in_use(home: Path) -> None:
    """One that is not in the demonstration's folder may be somebody's: no account with a known password goes there."""
    if home in Path(str(connection.settings_dict["NAME"])).parents:
        return
    if "organization_institution" in connection.introspection.table_names() and institutions_of(standing.operator()):
        raise BadInput(
            _(
                "La base de datos de RUMBO_DATABASE_URL ya tiene instituciones, y no se tocó. "
                "Indique una vacía o quite la variable. Si es una demostración que se cortó a la mitad y no hay nada "
                "más en ella, vacíela y repita la orden:\n  %(command)s"
            )
            % {"command": emptying(connection.settings_dict)}
        )


def emptying(database: Mapping[str, Any]) -> str:
    """The words that leave the database empty, with its own server and name; the password is asked for."""
    options = {"-h": database.get("HOST"), "-p": database.get("PORT"), "-U": database.get("USER")}
    where = " ".join(f"{option} {shlex.quote(str(value))}" for option, value in options.items() if value)
    name = shlex.quote(str(database["NAME"]))
    return " && ".join(" ".join(filter(None, (program, where, name))) for program in ("dropdb", "createdb"))


def load(console: Console) -> None:
    if not DATA.is_dir():
        raise BadInput(
            _("Falta la carpeta %(data)s: la demostración se carga desde una copia del repositorio.") % {"data": DATA}
        )
    call_command("migrate", verbosity=0, interactive=False)
    load_everything(DATA, lambda text: console.say(f"  {text}"))
    (settings.HOME / "demonstration.loading").write_text(settings.RUMBO_TODAY)
    (settings.HOME / "demonstration.loading").rename(settings.DEMONSTRATION)


def told(written: list[Path]) -> Iterator[str]:
    yield ""
    yield _("Documentos:")
    for file in written:
        yield f"  {file}"
    yield ""
    yield _("Cuentas (contraseña de todas: %(password)s):") % {"password": PASSWORD}
    for email, role in ACCOUNTS:
        yield f"  {email:<42} {_(role)}"
    yield ""
