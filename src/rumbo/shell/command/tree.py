"""The subcommands, in the order of the help. Each is a file with NAME, SUMMARY, `arguments` and `run`."""

import argparse
from importlib import import_module

from django.utils.translation import gettext as _

from rumbo.core.vocabulary.marking import N_
from rumbo.shell.command.parsing import Parser

FILES = (
    "demo", "init", "serve", "import_", "template", "evaluate", "close", "report", "export", "foresight", "audit",
    "sweep",
)  # fmt: skip
DESCRIPTION = N_("Rumbo: planear, medir cada mes, evaluar, informar y publicar.")


def parser(asked: str = "") -> Parser:
    """`asked`: the first word of the line. When it is a command, only its file is loaded, which is most of a start."""
    top = Parser(prog="rumbo", description=_(DESCRIPTION))
    common(top)
    places = top.add_subparsers(dest="command", metavar=_("orden"), required=True, title=_("órdenes"))
    wanted = [name for name in FILES if name.rstrip("_") == asked]
    for name in wanted or FILES:
        module = import_module(f"rumbo.shell.command.{name}")
        mine = places.add_parser(module.NAME, help=_(module.SUMMARY), description=_(module.SUMMARY))
        common(mine)
        module.arguments(mine)
        mine.set_defaults(run=module.run)
    return top


def common(parser: argparse.ArgumentParser) -> None:
    """Options of every command, before or after its name: neither place erases what the other said."""
    parser.add_argument(
        "--as", dest="as_", metavar="EMAIL", default=argparse.SUPPRESS,
        help=_("persona en cuyo nombre se ejecuta (o la variable RUMBO_AS)"),
    )  # fmt: skip
    parser.add_argument(
        "--json", action="store_true", default=argparse.SUPPRESS, help=_("responde en JSON, para programas")
    )
