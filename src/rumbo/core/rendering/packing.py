"""Office files are archives; written again with one fixed moment they have the same bytes for the same content."""

import io
import zipfile
from collections.abc import Callable

# The first moment an archive can hold.
_MOMENT = (1980, 1, 1, 0, 0, 0)


def repacked(package: bytes, change: Callable[[str, bytes], bytes] | None = None) -> bytes:
    """The same files in the same order; `change(name, content)` may replace the content of each."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(package)) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.infolist():
            content = old.read(entry)
            info = zipfile.ZipInfo(entry.filename, date_time=_MOMENT)
            info.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(info, content if change is None else change(entry.filename, content))
    return target.getvalue()
