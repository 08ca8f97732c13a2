"""The three institutions, in the order in which they are shown."""

from collections.abc import Callable
from pathlib import Path

from rumbo.shell.demonstration.loading import borough, electoral, transport


def load_everything(data: Path, progress: Callable[[str], None] = lambda text: None) -> None:
    """`data` is the folder `demo-data` of the clone. About half a minute."""
    borough.load(data, progress)
    electoral.load(data, progress)
    transport.load(data, progress)
