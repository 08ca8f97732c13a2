"""The `rumbo` command."""

import os
import sys


def main() -> None:
    """Entry of the console script."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "rumbo.shell.settings")
    sys.exit(0)
