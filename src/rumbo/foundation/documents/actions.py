"""Storing files: once, whole, and before the transaction that refers to them."""

import hashlib
import os
import tempfile
from datetime import datetime, timedelta
from pathlib import Path
from typing import IO, TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext_noop as _

from rumbo.core.vocabulary.refusal import Refusal
from rumbo.foundation.documents import queries
from rumbo.foundation.documents.models import StoredFile

if TYPE_CHECKING:
    from rumbo.foundation.organization.models import Institution

MEGABYTE = 1024 * 1024
DEFAULT_MEGABYTES = 20
GRACE = timedelta(days=1)  # decision X: an unfinished action has long ended by then


class FileRefused(Refusal):
    """The file is not stored: its type, its size or its name."""


def store(
    *,
    institution: "Institution",
    content: bytes | IO[bytes],
    declared_name: str,
    at: datetime,
    max_megabytes: int = DEFAULT_MEGABYTES,
) -> StoredFile:
    """Keep the bytes and give back their row; equal bytes of one institution are one row. Raises FileRefused.

    The bytes are on the disk, whole and named by their digest, before the row exists: a process that dies in between
    leaves an orphan, never a row without its file.
    """
    data = content if isinstance(content, bytes) else content.read(max_megabytes * MEGABYTE + 1)
    media_type = _checked(data, declared_name, max_megabytes)
    return keep(institution=institution, content=data, media_type=media_type.value, at=at)


def keep(*, institution: "Institution", content: bytes, media_type: str, at: datetime) -> StoredFile:
    """The same for what the product itself has written: neither its kind nor its size is in doubt."""
    digest = digest_of(content)
    _write(queries.path_of(digest), content, at)
    with transaction.atomic():
        row, _created = StoredFile.objects.get_or_create(
            institution=institution,
            digest=digest,
            defaults={"size": len(content), "media_type": media_type, "stored_at": at},
        )
    return row


def digest_of(content: bytes) -> str:
    """SHA-256 in hexadecimal: the name of the bytes."""
    return hashlib.sha256(content).hexdigest()


def sweep_orphans(*, at: datetime) -> list[str]:
    """Delete files that no row names and that are older than a day, and what was left half written. Their digests."""
    oldest = (at - GRACE).timestamp()
    names = [path for path in queries.folder().rglob("*") if path.is_file() and path.stat().st_mtime < oldest]
    known = set(StoredFile.objects.filter(digest__in=[path.name for path in names]).values_list("digest", flat=True))
    swept = [path for path in names if path.name not in known]
    for path in swept:
        path.unlink(missing_ok=True)
    return sorted(path.name for path in swept)


def _checked(data: bytes, name: str, max_megabytes: int) -> queries.MediaType:
    shown = Path(name.replace("\\", "/")).name[:80] or "archivo"
    names = ", ".join(kind.name for kind in queries.ACCEPTED[:-1]) + f" y {queries.ACCEPTED[-1].name}"
    if not data:
        raise FileRefused(_("«%(name)s» está vacío y no se adjuntó. Lo demás no cambió."), name=shown)
    media_type = queries.media_type_of(data)
    extension = queries.extension_of(name)
    if len(data) > max_megabytes * MEGABYTE or media_type is None:
        raise FileRefused(
            _("«%(name)s» no se adjuntó: solo se aceptan %(kinds)s de hasta %(size)s MB. Lo demás no cambió."),
            name=shown,
            kinds=names,
            size=max_megabytes,
        )
    if extension not in media_type.extensions:
        raise FileRefused(
            _(
                "«%(name)s» no se adjuntó: su contenido es %(kind)s y su nombre dice otra cosa. "
                "Guárdelo como .%(extension)s y adjúntelo de nuevo. Lo demás no cambió."
            ),
            name=shown,
            kind=media_type.name,
            extension=media_type.extensions[0],
        )
    return media_type


def _write(path: Path, data: bytes, at: datetime) -> None:
    """Write, fsync, rename. The time of the file is that of the action, by which orphans are told."""
    if path.exists() and path.read_bytes() == data:
        os.utime(path, (at.timestamp(), at.timestamp()))
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=".")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        os.utime(temporary, (at.timestamp(), at.timestamp()))
        Path(temporary).replace(path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise
    _sync_folder(path.parent)


def _sync_folder(folder: Path) -> None:
    """The name itself survives a power cut only once its folder is on the disk."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
