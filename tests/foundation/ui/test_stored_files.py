"""A stored file goes out as what it is, and to nobody's shelf."""

import io
from typing import BinaryIO

import pytest
from django.http import Http404

from rumbo.core.vocabulary.marking import N_
from rumbo.core.vocabulary.refusal import Refusal
from rumbo.foundation.ui.exchange import stored_file

PDF, DOCX = "application/pdf", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def content() -> BinaryIO:
    return io.BytesIO(b"%PDF-1.7")


def test_a_file_that_the_shelf_refuses_is_not_found() -> None:
    def gone() -> BinaryIO:
        raise Refusal(N_("El archivo falta."))

    with pytest.raises(Http404, match="falta"):
        stored_file(gone, name="acta.pdf", media_type=PDF)


@pytest.mark.parametrize(
    ("media_type", "always_downloaded", "disposition"),
    [(PDF, False, "inline"), (DOCX, False, "attachment"), (PDF, True, "attachment")],
)
def test_only_what_a_browser_shows_safely_opens_in_place(
    media_type: str, always_downloaded: bool, disposition: str
) -> None:
    answer = stored_file(content, name="acta.pdf", media_type=media_type, always_downloaded=always_downloaded)
    assert answer["Content-Disposition"] == f'{disposition}; filename="acta.pdf"'
    assert answer["Content-Type"] == media_type


def test_no_browser_keeps_it_nor_guesses_another_type() -> None:
    answer = stored_file(content, name="acta.pdf", media_type=PDF)
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Cache-Control"] == "private, no-store"
