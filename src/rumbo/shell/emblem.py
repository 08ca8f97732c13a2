"""The institution's emblem, for the heading of its pages and of its documents."""

from typing import IO

from django.http import Http404, HttpResponse
from django.utils.translation import gettext_noop as _

from rumbo.core.vocabulary.permission import Permission
from rumbo.core.vocabulary.refusal import Refusal
from rumbo.foundation.documents import actions as documents
from rumbo.foundation.documents import queries as files
from rumbo.foundation.ui.doors import Request, door

PNG = "image/png"
MEGABYTES = 1


class EmblemRefused(Refusal):
    """It is not a picture that can be printed."""


@door(Permission.VIEW_INBOX)
def picture(request: Request, digest: str) -> HttpResponse:
    """Only the one in force: an older one is in the documents that carry it."""
    logo = request.institution.logo
    if not logo or not logo.startswith(digest):
        raise Http404
    try:
        content = files.open_(request.institution, logo).read()
    except (files.NotStored, files.FileAltered) as missing:
        raise Http404 from missing
    return HttpResponse(content, content_type=PNG, headers={"Cache-Control": "private, max-age=604800, immutable"})


def stored(request: Request, upload: IO[bytes], name: str) -> str:
    """Its digest, once its bytes are kept. Raises EmblemRefused, documents.FileRefused."""
    row = documents.store(
        institution=request.institution, content=upload, declared_name=name, at=request.now, max_megabytes=MEGABYTES
    )
    if row.media_type != PNG:
        raise EmblemRefused(_("El logotipo es una imagen PNG de hasta 1 MB. No se guardó."))
    return row.digest
