"""The letter of a delivery, opened again."""

import io
from datetime import date

import docx
import pytest
from docx.shared import Mm

from rumbo.core.rendering.document import letter

ON = date(2026, 11, 20)


def _letter(**changes: object) -> bytes:
    arguments: dict[str, object] = {
        "on": ON,
        "place": "Ciudad de México",
        "number": "PS/010/2026",
        "subject": "Entrega 10 de 11, octubre de 2026",
        "addressee": ["Persona titular de la Dirección de Planeación", "Alcaldía Miguel Hidalgo"],
        "paragraphs": ["Con fundamento en el contrato AMH/DGA/SRM/029/2026, se entrega el informe mensual."],
        "annexes": ["Informe mensual (PDF)", "Cuadro de metas (XLSX)"],
        "signatory": ["Prestador del servicio"],
        "institution": "Prestador del servicio",
    }
    return letter(**(arguments | changes))  # type: ignore[arg-type]


def test_it_says_place_date_number_addressee_and_annexes() -> None:
    lines = [paragraph.text for paragraph in docx.Document(io.BytesIO(_letter())).paragraphs]
    assert "Ciudad de México, a 20 de noviembre de 2026" in lines
    assert "Oficio núm. PS/010/2026" in lines
    assert "Persona titular de la Dirección de Planeación" in lines
    assert "2. Cuadro de metas (XLSX)" in lines
    assert lines[-1] == "Prestador del servicio"


def test_it_is_carta_and_dated_by_its_argument() -> None:
    document = docx.Document(io.BytesIO(_letter()))
    assert abs(document.sections[0].page_width - Mm(216)) < Mm(1)
    assert document.core_properties.created.date() == ON
    assert document.core_properties.title == "Entrega 10 de 11, octubre de 2026"
    assert document.core_properties.language == "es-MX"
    assert _letter() == _letter()


@pytest.mark.parametrize("banner", [None, "DATOS DE DEMOSTRACIÓN."])
def test_demonstration_data_is_said_on_the_letter(banner: str | None) -> None:
    first = docx.Document(io.BytesIO(_letter(banner=banner))).paragraphs[0].text
    assert (first == banner) is (banner is not None)


def test_it_can_be_written_in_english() -> None:
    content = _letter(language="en", labels=("No.", "Subject", "", "Sincerely", "Annexes"))
    lines = [paragraph.text for paragraph in docx.Document(io.BytesIO(content)).paragraphs]
    assert "Ciudad de México, 20 November 2026" in lines
    assert "Annexes:" in lines
