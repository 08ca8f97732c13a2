"""`rumbo serve`: the pages, on this machine's own web server."""

import socket
from argparse import ArgumentParser, Namespace
from typing import Any

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.migrations.executor import MigrationExecutor
from django.utils.translation import gettext as _
from gunicorn.app.base import BaseApplication

from rumbo.core.vocabulary.marking import N_
from rumbo.foundation.documents import actions as documents
from rumbo.shell import clock
from rumbo.shell.command.console import Console
from rumbo.shell.command.parsing import BadInput, port

NAME = "serve"
SUMMARY = N_("sirve las páginas")
# Two processes for two cores; threads because most of a request waits for the database.
WORKERS, THREADS = 2, 8


def arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--host", default="127.0.0.1", help=_("dirección en la que atiende (127.0.0.1)"))
    parser.add_argument("--port", type=port, default=8000, help=_("puerto (8000)"))
    parser.add_argument("--workers", type=int, default=WORKERS, help=_("procesos (2)"))
    parser.add_argument(
        "--migrate", action="store_true", help=_("actualiza la base de datos antes de servir; haga antes un respaldo")
    )


def run(asked: Namespace, console: Console) -> None:
    check_key()
    if asked.migrate:
        call_command("migrate", verbosity=0, interactive=False)
    check_database()
    check_place(asked.host, asked.port)
    documents.sweep_orphans(at=clock.now())
    serve(asked.host, asked.port, asked.workers, console)


def check_place(host: str, port: int) -> None:
    """The server itself would try for some seconds and end with words of its own."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as place:
        place.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)  # as the server does: one that just ended is free
        try:
            place.bind((host, port))
        except OSError as problem:
            raise BadInput(
                _(
                    "No se puede atender en el puerto %(port)s de %(host)s: está ocupado o no se permite. "
                    "Elija otro con «--port 8001»; con make, «PORT=8001»."
                )
                % {"port": port, "host": host}
            ) from problem


def check_key() -> None:
    """Django refuses to give an empty key."""
    try:
        settings.SECRET_KEY  # noqa: B018
    except ImproperlyConfigured as problem:
        raise BadInput(
            _("Falta la clave secreta de la instalación. Ejecute «rumbo init», que crea una en %(home)s.")
            % {"home": settings.HOME}
        ) from problem


def check_database() -> None:
    executor = MigrationExecutor(connections[DEFAULT_DB_ALIAS])
    pending = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if pending and not executor.loader.applied_migrations:
        raise BadInput(_("La base de datos todavía no tiene tablas. Ejecute «rumbo init» y vuelva a intentar."))
    if pending:
        raise BadInput(
            _("La base de datos es de una versión anterior. Haga un respaldo y ejecute «rumbo serve --migrate».")
        )


def serve(host: str, port: int, workers: int, console: Console) -> None:
    """Until it is stopped with Ctrl+C or a signal."""
    place = f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
    console.say(_("Rumbo atiende en http://%(place)s/ (Ctrl+C para terminar)") % {"place": place})
    # whitenoise warns in each process when its folder is missing; the files themselves come with the package
    settings.STATIC_ROOT.mkdir(parents=True, exist_ok=True)
    connections.close_all()  # each process opens its own
    Server({"bind": place, "workers": workers}).run()  # type: ignore[no-untyped-call]


class Server(BaseApplication):
    """gunicorn with threads, without its command line."""

    def __init__(self, options: dict[str, Any]) -> None:
        self.options = {
            "worker_class": "gthread",
            "threads": THREADS,
            "timeout": 120,  # a workbook of ten thousand rows is read within the request
            "loglevel": "warning",
            "proc_name": "rumbo",
        } | options
        super().__init__()  # type: ignore[no-untyped-call]

    def load_config(self) -> None:
        assert self.cfg is not None  # noqa: S101  (made by the base class)
        for name, value in self.options.items():
            self.cfg.set(name, value)

    def load(self) -> Any:
        from rumbo.shell.wsgi import application

        return application
