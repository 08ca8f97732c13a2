"""Files by digest, whatever they are called."""

import io
import os
import zipfile
import zlib
from datetime import timedelta
from pathlib import Path
from typing import Any

import docx
import pytest
import xlsxwriter

from rumbo.foundation.audit import queries as audit
from rumbo.foundation.documents import actions, queries
from rumbo.foundation.documents.models import StoredFile
from rumbo.foundation.organization.models import Institution
from tests.cast import NOW

pytestmark = pytest.mark.django_db

PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF\n"
JPG = b"\xff\xd8\xff\xe0\x00\x10JFIF" + bytes(40) + b"\xff\xd9"
PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + bytes(20) + b"\x00\x00\x00\x00IEND\xaeB`\x82"
CURP = "GOML850312MDFNRS07"
RFC = "GOML850312AB1"


def workbook(*rows: tuple[str, ...], sheets: int = 1) -> bytes:
    output = io.BytesIO()
    book = xlsxwriter.Workbook(output, {"in_memory": True})
    for _ in range(sheets):
        sheet = book.add_worksheet()
        for number, row in enumerate(rows or (("Uno",),)):
            sheet.write_row(number, 0, row)
    book.close()
    return output.getvalue()


def letter(text: str = "Minuta") -> bytes:
    output = io.BytesIO()
    document = docx.Document()
    paragraph = document.add_paragraph()
    for piece in (text[:5], text[5:]):
        paragraph.add_run(piece)
    document.save(output)
    return output.getvalue()


def added(package: bytes, name: str, content: bytes = b"x") -> bytes:
    output = io.BytesIO(package)
    with zipfile.ZipFile(output, "a") as archive:
        archive.writestr(name, content)
    return output.getvalue()


def store(institution: Institution, content: bytes, name: str, megabytes: int = 20) -> StoredFile:
    return actions.store(institution=institution, content=content, declared_name=name, at=NOW, max_megabytes=megabytes)


@pytest.fixture(autouse=True)
def empty_folder(settings: Any, tmp_path: Path) -> None:
    """Each test has its own documents."""
    settings.HOME = tmp_path


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("fotos.exe", b"MZ\x90\x00" + bytes(100)),
        ("acta.pdf", b"MZ\x90\x00" + bytes(100)),
        ("acta.pdf", b"%PDF-1.7 cut before its end"),
        ("pagina.pdf", b"<html><script>alert(1)</script></html>"),
        ("dibujo.png", b"<svg xmlns='http://www.w3.org/2000/svg'/>"),
        ("libro.xlsx", b"PK\x03\x04 not an archive"),
        ("libro.xlsx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)),
        ("libro.xlsm", added(workbook(), "xl/vbaProject.bin")),
        ("libro.xlsx", added(workbook(), "xl/vbaProject.bin")),
        ("texto.txt", b"hola"),
    ],
)
def test_what_is_not_one_of_the_five_kinds_is_refused(institution: Institution, name: str, content: bytes) -> None:
    with pytest.raises(actions.FileRefused) as refusal:
        store(institution, content, name)
    assert str(refusal.value) == (
        f"«{name}» no se adjuntó: solo se aceptan PDF, JPG, PNG, XLSX y DOCX de hasta 20 MB. Lo demás no cambió."
    )
    assert not StoredFile.objects.exists()


def test_a_name_that_lies_about_the_content_is_refused(institution: Institution) -> None:
    with pytest.raises(actions.FileRefused, match=r"su contenido es JPG .* Guárdelo como \.jpg"):
        store(institution, JPG, "acta.pdf")


def test_an_empty_file_is_refused(institution: Institution) -> None:
    with pytest.raises(actions.FileRefused, match="está vacío"):
        store(institution, b"", "acta.pdf")


def test_a_file_over_the_limit_is_refused(institution: Institution) -> None:
    with pytest.raises(actions.FileRefused, match="hasta 1 MB"):
        store(institution, PDF + bytes(1024 * 1024), "acta.pdf", megabytes=1)


def test_a_path_in_the_name_goes_nowhere(institution: Institution) -> None:
    with pytest.raises(actions.FileRefused, match="«passwd»"):
        store(institution, b"root", "../../etc/passwd")


def test_a_file_of_another_institution_is_not_opened(institution: Institution, other_institution: Institution) -> None:
    row = store(other_institution, PDF, "acta.pdf")
    with pytest.raises(queries.NotStored):
        queries.open(institution, row.digest)


@pytest.mark.requirement("A1-01")
def test_an_altered_file_is_not_opened_and_is_named_by_verify(institution: Institution) -> None:
    row = store(institution, PDF, "acta.pdf")
    queries.path_of(row.digest).write_bytes(PDF + b" ")
    with pytest.raises(queries.FileAltered):
        queries.open(institution, row.digest)
    assert [str(problem) for problem in audit.verify()] == [
        f"documento {row.digest}: fue alterado en la carpeta de documentos"
    ]
    store(institution, PDF, "acta.pdf")
    assert queries.open(institution, row.digest).read() == PDF


def test_a_lost_file_is_named_by_verify(institution: Institution) -> None:
    row = store(institution, PDF, "acta.pdf")
    queries.path_of(row.digest).unlink()
    with pytest.raises(queries.NotStored, match="respaldo"):
        queries.open(institution, row.digest)
    assert [str(problem) for problem in audit.verify()] == [
        f"documento {row.digest}: falta en la carpeta de documentos"
    ]


@pytest.mark.parametrize(
    ("name", "content", "media_type"),
    [
        ("acta.pdf", PDF, "application/pdf"),
        ("FOTO.JPEG", JPG, "image/jpeg"),
        ("foto.png", PNG, "image/png"),
        ("padrón.xlsx", workbook(), "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
        ("minuta.docx", letter(), "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    ],
)
def test_the_five_kinds_are_stored_and_opened(
    institution: Institution, name: str, content: bytes, media_type: str
) -> None:
    row = store(institution, content, name)
    assert (row.media_type, row.size) == (media_type, len(content))
    assert queries.open(institution, row.digest).read() == content
    assert queries.path_of(row.digest).parent.name == row.digest[2:4]


def test_equal_bytes_are_one_row_of_each_institution(institution: Institution, other_institution: Institution) -> None:
    one = store(institution, PDF, "acta.pdf")
    assert actions.store(institution=institution, content=io.BytesIO(PDF), declared_name="otra.pdf", at=NOW) == one
    assert store(other_institution, PDF, "acta.pdf").digest == one.digest
    assert StoredFile.objects.count() == 2
    assert len([path for path in queries.folder().rglob("*") if path.is_file()]) == 1


def test_orphans_are_swept_after_a_day_and_nothing_else(institution: Institution) -> None:
    kept = store(institution, PDF, "acta.pdf")
    orphan = store(institution, JPG, "foto.jpg")
    orphan.delete()
    half = queries.path_of(kept.digest).parent / ".half-written"
    half.write_bytes(b"x")
    os.utime(half, (NOW.timestamp(), NOW.timestamp()))
    assert actions.sweep_orphans(at=NOW + timedelta(hours=23)) == []
    assert actions.sweep_orphans(at=NOW + timedelta(hours=25)) == [".half-written", orphan.digest]
    assert queries.open(institution, kept.digest).read() == PDF


def of_kind(content: bytes) -> str:
    found = queries.media_type_of(content)
    assert found is not None
    return queries.personal_data(content, found.value)


@pytest.mark.requirement("A1-05")
def test_identifiers_in_a_workbook_are_named_with_their_column() -> None:
    assert of_kind(workbook(("Nombre", "Colonia", "Clave"), ("Ana", "Anáhuac", CURP))) == "CURP en la columna C"
    assert of_kind(workbook(("Nombre", RFC.lower()))) == "RFC en la columna B"
    assert of_kind(workbook((CURP,), sheets=2)) == (
        "CURP en la columna A de la hoja «Sheet1»; CURP en la columna A de la hoja «Sheet2»"
    )


def test_identifiers_in_a_letter_are_found_though_split_in_runs() -> None:
    assert of_kind(letter(f"CURP {CURP}")) == "CURP"
    assert of_kind(letter(f"{CURP} y {RFC}")) == "CURP y RFC"


def test_identifiers_in_the_text_of_a_pdf_are_found() -> None:
    text = f"BT (Titular: {CURP[:6]}) Tj [({CURP[:6]}) -20 ({CURP[6:]})] TJ ET".encode()
    pdf = b"%PDF-1.7\nstream\n" + zlib.compress(text) + b"\nendstream\n%%EOF"
    assert of_kind(pdf) == "CURP"


def test_what_only_looks_like_an_identifier_is_let_through() -> None:
    # a company's RFC, a date that does not exist, a folio
    assert of_kind(workbook(("ABC850312AB1", "GOML851332MDFNRS07", "AMH-DESU-2026-000123"))) == ""
    assert of_kind(letter("Sesión del 12 de marzo")) == ""
    assert of_kind(PDF) == ""
    assert of_kind(PNG) == ""
