"""Reading the words of a command with argparse, in the language of the terminal."""

import argparse
from typing import Any, NoReturn

from django.utils.translation import gettext as _

from rumbo.core.timekeeping.period import Period
from rumbo.core.vocabulary.marking import N_


class BadInput(Exception):
    """What was asked cannot be done as it was asked; the text says what to do."""


class UsageProblem(BadInput):
    """The words themselves are wrong."""

    def __init__(self, message: str, usage: str) -> None:
        self.usage = usage
        super().__init__(message)


class Parser(argparse.ArgumentParser):
    """Its own words (usage, options, errors) go through the product's catalogue too."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("formatter_class", Formatter)
        super().__init__(add_help=False, allow_abbrev=False, **options)
        self._positionals.title = _("argumentos")
        self._optionals.title = _("opciones")
        self.add_argument("-h", "--help", action="help", help=_("muestra esta ayuda"))

    def error(self, message: str) -> NoReturn:
        raise UsageProblem(message, self.format_usage().strip())


class Formatter(argparse.HelpFormatter):
    def add_usage(self, usage: Any, actions: Any, groups: Any, prefix: str | None = None) -> None:
        super().add_usage(usage, actions, groups, _("uso: ") if prefix is None else prefix)


# argparse asks for its sentences by their English text; these are the ones a person can meet.
_SENTENCES = {
    "the following arguments are required: %s": N_("faltan estos argumentos: %s"),
    "unrecognized arguments: %s": N_("no se reconocen estos argumentos: %s"),
    "argument %(argument_name)s: %(message)s": N_("argumento %(argument_name)s: %(message)s"),
    "invalid choice: %(value)r (choose from %(choices)s)": N_("«%(value)s» no es una opción; elija entre %(choices)s"),
    "invalid %(type)s value: %(value)r": N_("«%(value)s» no es un valor de %(type)s"),
    "expected one argument": N_("espera un valor"),
    "expected at least one argument": N_("espera al menos un valor"),
    "not allowed with argument %s": N_("no se admite junto con %s"),
    "one of the arguments %s is required": N_("falta uno de estos argumentos: %s"),
}


def sentence(text: str) -> str:
    return _(_SENTENCES[text]) if text in _SENTENCES else text


# The module looks its sentences up by this name each time.
setattr(argparse, "_", sentence)  # noqa: B010


def period(text: str) -> Period:
    """For `type=`: argparse shows the reason of ArgumentTypeError as it is."""
    try:
        return Period.parse(text)
    except ValueError as problem:
        raise argparse.ArgumentTypeError(str(problem)) from problem


def port(text: str) -> int:
    if not text.isdigit() or not 1 <= int(text) <= 65535:
        raise argparse.ArgumentTypeError(_("«%(text)s» no es un puerto: use un número de 1 a 65535") % {"text": text})
    return int(text)
