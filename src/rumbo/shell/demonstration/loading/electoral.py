"""The electoral institute of the city: its published programme, with the lines that nobody has tied yet."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

from rumbo.shell.demonstration.loading.setting_up import House, set_up

START = date(2021, 1, 4)


def load(data: Path, progress: Callable[[str], None]) -> House:
    progress("Instituto Electoral de la Ciudad de México")
    return set_up(data / "iecm", on=START, nature="real", home="plan", first=True, position=1)
