"""Files that are either whole or not there: written aside, then given their name."""

import os
import tempfile
from collections.abc import Mapping
from pathlib import Path

from django.utils.translation import gettext as _

DIGESTS = "huellas.txt"


def write_whole(file: Path, content: bytes) -> Path:
    """Makes the folder if needed. A process killed in the middle leaves what there was before."""
    file.parent.mkdir(parents=True, exist_ok=True)
    handle, aside = tempfile.mkstemp(dir=file.parent, prefix=".rumbo-")
    try:
        with os.fdopen(handle, "wb") as target:
            target.write(content)
            target.flush()
            os.fsync(target.fileno())
        Path(aside).chmod(0o644)
        Path(aside).replace(file)
    except BaseException:
        Path(aside).unlink(missing_ok=True)
        raise
    return file


def write_delivery(folder: Path, files: Mapping[str, bytes]) -> list[Path]:
    """Several files that belong together, over those of an older delivery if there is one.

    The list of digests goes first saying that the rest is not whole, and last as it is: whoever finds the folder cut
    in the middle, with files of two deliveries, is told so, and `sha256sum --check` fails.
    """
    if DIGESTS in files:
        unfinished = _("Esta entrega quedó a medias y puede mezclar archivos de dos: no la use. Repita la orden.")
        write_whole(folder / DIGESTS, f"{unfinished}\n".encode())
    ordered = sorted(files, key=lambda name: name == DIGESTS)
    return [write_whole(folder / name, files[name]) for name in ordered]
