"""Bytes by their digest, in RUMBO_HOME/documents/ab/cd/<sha256>."""

import hashlib
import io
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from django.conf import settings
from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

from rumbo.core.vocabulary.refusal import Refusal
from rumbo.foundation.documents.models import StoredFile

if TYPE_CHECKING:
    from rumbo.foundation.organization.models import Institution


class NotStored(Refusal):
    """The institution keeps no file with that digest, or its bytes are gone."""


class FileAltered(Refusal):
    """The bytes on the disk are no longer those that were stored."""


def folder() -> Path:
    return Path(settings.HOME) / "documents"


def path_of(digest: str) -> Path:
    return folder() / digest[:2] / digest[2:4] / digest


def stored(institution: "Institution", digest: str) -> StoredFile | None:
    return StoredFile.objects.filter(institution=institution, digest=digest).first()


def open_(institution: "Institution", digest: str) -> BinaryIO:
    """The bytes, verified against their digest, at their beginning. Raises NotStored, FileAltered.

    Whoever serves them has asked for the permission before.
    """
    if stored(institution, digest) is None:
        raise NotStored(_("El archivo %(digest)s no está en esta institución."), digest=digest[:12])
    try:
        content = path_of(digest).read_bytes()
    except FileNotFoundError as missing:
        raise NotStored(
            _("El archivo %(digest)s falta en la carpeta de documentos. Recupérelo del respaldo."), digest=digest[:12]
        ) from missing
    if hashlib.sha256(content).hexdigest() != digest:
        raise FileAltered(
            _("El archivo %(digest)s fue alterado en la carpeta de documentos. Recupérelo del respaldo."),
            digest=digest[:12],
        )
    return io.BytesIO(content)


def altered_files() -> Iterator[str]:
    """Sentences, for `rumbo audit verify`: files that are missing or are not what was stored."""
    for digest in StoredFile.objects.order_by("digest").values_list("digest", flat=True).distinct():
        path = path_of(digest)
        if not path.is_file():
            yield gettext("documento %(digest)s: falta en la carpeta de documentos") % {"digest": digest}
            continue
        with path.open("rb") as file:
            if hashlib.file_digest(file, "sha256").hexdigest() != digest:
                yield gettext("documento %(digest)s: fue alterado en la carpeta de documentos") % {"digest": digest}
