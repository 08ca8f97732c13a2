"""Files that are either whole or not there: written aside, then given their name."""

import os
import tempfile
from pathlib import Path


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
