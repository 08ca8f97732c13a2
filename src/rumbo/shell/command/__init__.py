"""The `rumbo` command: each subcommand is a file here that calls one action of an app.

Exit codes: 0 done; 1 `audit verify` found something; 2 bad input or a refusal, with the reason on stderr.
"""

import os
import sys
from collections.abc import Sequence

DEMONSTRATION_DAY = "2026-12-03"


def main(arguments: Sequence[str] | None = None) -> None:
    """Entry of the console script."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "rumbo.shell.settings")
    sys.exit(run(sys.argv[1:] if arguments is None else list(arguments)))


def run(arguments: Sequence[str]) -> int:
    """The exit code. Django is prepared first: the help itself is translated with its catalogues."""
    if command_of(arguments) == "demo":
        # the demonstration has its own day and key; no other command turns it on
        os.environ.setdefault("RUMBO_TODAY", DEMONSTRATION_DAY)
        os.environ["RUMBO_DEMO"] = "1"
    from django.core.exceptions import ImproperlyConfigured

    try:
        prepare(arguments)
    except ImproperlyConfigured as problem:
        print(problem, file=sys.stderr)
        return 2
    from rumbo.shell.command.running import run as run_command

    return run_command(arguments)


def prepare(arguments: Sequence[str]) -> None:
    """The whole house; for a command of files alone, its words and settings: loading tables is most of a start."""
    if command_of(arguments) == "evaluate" and "--columnar" in arguments:
        from django.apps import apps
        from django.conf import settings

        apps.populate(())
        settings.INSTALLED_APPS  # noqa: B018  (reads the settings, and so refuses what is wrong with them)
    else:
        import django

        django.setup()


def command_of(arguments: Sequence[str]) -> str:
    """The name of the command, before anything can be read with care: «--as demo» names a person."""
    words = iter(arguments)
    for word in words:
        if word == "--as":
            next(words, None)
        elif not word.startswith("-"):
            return word
    return ""
