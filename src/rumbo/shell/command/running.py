"""Reads the words of a command, runs it, and turns what it refuses into a sentence on stderr."""

import os
from argparse import Namespace
from collections.abc import Mapping, Sequence

from django.core.exceptions import ImproperlyConfigured
from django.db import OperationalError, ProgrammingError
from django.utils import translation
from django.utils.translation import gettext as _

from rumbo.core.timekeeping.period import InvalidPeriod
from rumbo.core.vocabulary.filling import fill
from rumbo.core.vocabulary.refusal import Refusal
from rumbo.shell.command.console import Console
from rumbo.shell.command.parsing import BadInput, UsageProblem
from rumbo.shell.command.tree import parser

BAD_INPUT = 2


def run(arguments: Sequence[str]) -> int:
    with translation.override(language_of(os.environ)):
        console = Console(as_json="--json" in arguments)
        try:
            asked = parser(next(iter(arguments), "")).parse_args(arguments)
            return execute(asked, console)
        except UsageProblem as problem:
            console.complain(problem.usage)
            console.complain(str(problem))
            return BAD_INPUT


def execute(asked: Namespace, console: Console) -> int:
    """0, or what the command says; 2 with the reason when it refuses."""
    try:
        return int(asked.run(asked, console) or 0)
    except Refusal as refusal:
        console.complain(fill(refusal.template, refusal.params, _))
    except (BadInput, InvalidPeriod, ImproperlyConfigured) as problem:
        console.complain(str(problem))
    except OSError as problem:
        if problem.filename is None:
            raise
        console.complain(
            _("No se pudo usar «%(file)s»: %(why)s.") % {"file": problem.filename, "why": problem.strerror}
        )
    except (OperationalError, ProgrammingError) as problem:
        if not is_empty_database(problem):
            raise
        console.complain(_("La base de datos todavía no tiene tablas. Ejecute «rumbo init» y vuelva a intentar."))
    except KeyboardInterrupt:
        console.complain(_("Se interrumpió. Lo que no había terminado no se guardó."))
    return BAD_INPUT


def is_empty_database(problem: Exception) -> bool:
    text = str(problem)
    return "no such table" in text or "does not exist" in text or "unable to open database file" in text


def language_of(environment: Mapping[str, str]) -> str:
    """English when the terminal speaks it; Spanish otherwise, also where the locale says nothing."""
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if value := environment.get(name):
            return "en" if value.lower().startswith("en") else "es"
    return "es"
