"""Areas and people in workbooks: back and forth, and what hostile files get."""

import io
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils.translation import override

from rumbo.core.rendering.refused import WorkbookRefused
from rumbo.foundation.organization import exchange, queries
from rumbo.foundation.organization.models import Institution, Person
from rumbo.foundation.ui.exchange import Outcome
from tests.cast import FOUNDED, NOW, SYSTEM, TODAY, Character, Units

pytestmark = pytest.mark.django_db
AREAS_HEAD = ["Clave", "Está dentro de", "Nombre del área"]
PEOPLE_HEAD = ["Correo", "Nombre", "Papel", "Área", "Cargo"]
DEMONSTRATION = Path(__file__).resolve().parents[3] / "demo-data" / "miguel-hidalgo"


def workbook(*rows: Sequence[Any], name: str = "Áreas", merge: str = "") -> bytes:
    output = io.BytesIO()
    book = xlsxwriter.Workbook(output, {"in_memory": True})
    sheet = book.add_worksheet(name)
    for number, row in enumerate(rows):
        sheet.write_row(number, 0, row)
    if merge:
        sheet.merge_range(merge, "combinada")
    book.close()
    return output.getvalue()


def areas(institution: Institution, content: bytes, *, dry_run: bool = False) -> Outcome:
    return exchange.import_areas(institution=institution, content=content, by=SYSTEM, at=NOW, dry_run=dry_run)


def people(institution: Institution, content: bytes) -> Outcome:
    return exchange.import_people(institution=institution, content=content, by=SYSTEM, on=FOUNDED, at=NOW)


def codes(institution: Institution) -> list[str]:
    return [unit.code for unit in queries.units_of(institution)]


def test_who_may_not_configure_imports_nothing(institution: Institution, ana: Character) -> None:
    before = codes(institution)
    content = workbook(AREAS_HEAD, ["X", "", "Área X"])
    outcome = exchange.import_areas(institution=institution, content=content, by=ana.actor, at=NOW)
    assert "No se cambió nada" in outcome.errors[0].message
    assert codes(institution) == before


def test_who_may_not_manage_people_imports_nobody(institution: Institution, carmen: Character) -> None:
    content = workbook(PEOPLE_HEAD, ["nora@prueba.example", "Nora", "auditor"], name="Personas")
    outcome = exchange.import_people(institution=institution, content=content, by=carmen.actor, on=FOUNDED, at=NOW)
    assert not outcome.applied
    assert not Person.objects.filter(name="Nora").exists()


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "vacío"),
        (b"MZ\x90\x00" + bytes(600), "no es un libro de Excel"),
        (b"%PDF-1.7", "PDF"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "contraseña"),
        (b"PK\x03\x04" + bytes(100), "dañado"),
    ],
)
def test_a_file_that_cannot_be_read_says_why(institution: Institution, content: bytes, reason: str) -> None:
    with pytest.raises(WorkbookRefused, match=reason):
        areas(institution, content)


def test_a_macro_and_a_bomb_are_refused(institution: Institution) -> None:
    with_macro = io.BytesIO(workbook(AREAS_HEAD))
    with zipfile.ZipFile(with_macro, "a") as package:
        package.writestr("xl/vbaProject.bin", b"x")
    with pytest.raises(WorkbookRefused, match="macros"):
        areas(institution, with_macro.getvalue())
    bomb = io.BytesIO(workbook(AREAS_HEAD))
    with zipfile.ZipFile(bomb, "a", zipfile.ZIP_DEFLATED) as package:
        package.writestr("xl/worksheets/sheet2.xml", b"0" * 200_000_000)
    with pytest.raises(WorkbookRefused, match="demasiado"):
        areas(institution, bomb.getvalue())


def test_a_missing_column_is_named_and_nothing_is_applied(institution: Institution) -> None:
    outcome = areas(institution, workbook(["Clave", "Titular"], ["A", "Quien sea"]))
    assert "«Nombre del área»" in outcome.lines()[0]
    assert codes(institution) == []


def test_a_sheet_without_lines_says_so(institution: Institution) -> None:
    assert "no tiene filas" in areas(institution, workbook(AREAS_HEAD)).lines()[0]


def test_merged_cells_are_asked_about(institution: Institution) -> None:
    outcome = areas(institution, workbook(AREAS_HEAD, ["A", "", "Uno"], ["B", "", "Dos"], merge="C2:C3"))
    assert "C2:C3" in outcome.lines()[0]
    assert codes(institution) == []


def test_every_fault_is_found_at_once_in_its_cell(institution: Institution) -> None:
    content = workbook(
        AREAS_HEAD,
        ["A", "", "Uno"],
        ["A", "", "Otra vez"],
        ["B", "NADA", "Dos"],
        ["", "A", "Tres"],
        ["C" * 31, "A", "Cuatro"],
    )
    outcome = areas(institution, content)
    assert outcome.sentence == "Se leyeron bien 3 filas; 2 por corregir; no se aplicó ninguna."
    assert outcome.lines() == [
        "Fila 5, columna A: Falta «Clave». Escríbalo.",
        "Fila 6, columna A: El texto tiene 31 caracteres y el máximo es 30. Acórtelo.",
    ]
    outcome = areas(institution, workbook(AREAS_HEAD, ["A", "", "Uno"], ["A", "", "Otra vez"], ["B", "NADA", "Dos"]))
    assert outcome.lines() == [
        "Fila 3, columna A: La clave «A» ya está en la fila 2. Deje una sola.",
        "Fila 4, columna B: El área «NADA» no existe ni está en este libro. Agréguela o corrija la clave.",
    ]
    assert codes(institution) == []


def test_a_knot_in_the_tree_is_named_in_its_cell(institution: Institution) -> None:
    outcome = areas(institution, workbook(AREAS_HEAD, ["A", "B", "Uno"], ["B", "A", "Dos"]))
    assert outcome.lines() == ["Fila 2, columna A: El área «A» quedaría dentro de sí misma. Elija otra área superior."]
    assert codes(institution) == []


def test_the_faults_come_back_marked_in_the_persons_own_workbook(institution: Institution) -> None:
    outcome = areas(institution, workbook(AREAS_HEAD, ["A", "NADA", "Uno"], name="Mis áreas"))
    book = openpyxl.load_workbook(io.BytesIO(outcome.marked()))
    comment = book["Mis áreas"]["B2"].comment
    assert comment is not None
    assert "«NADA» no existe" in comment.text
    assert book["Errores"]["B4"].value == "B2"


def test_a_rehearsal_says_what_would_happen_and_applies_nothing(institution: Institution) -> None:
    outcome = areas(institution, workbook(AREAS_HEAD, ["A", "", "Uno"]), dry_run=True)
    assert not outcome.applied
    assert outcome.sentence.endswith("Solo se revisó: no se aplicó ninguna.")
    assert codes(institution) == []


def test_a_formula_in_a_name_stays_a_text(institution: Institution) -> None:
    assert areas(institution, workbook(AREAS_HEAD, ["A", "", "'=1+1"])).applied
    book = openpyxl.load_workbook(io.BytesIO(exchange.template_areas(institution=institution)))
    assert book["Áreas"]["C2"].data_type == "s"


def test_the_template_goes_back_without_changing_anything(
    institution: Institution, units: Units, other_institution: Institution
) -> None:
    content = exchange.template_areas(institution=institution)
    assert areas(institution, content).applied
    assert areas(other_institution, content).applied
    kept = [(unit.code, unit.name, unit.head_post, unit.position) for unit in queries.units_of(institution)]
    assert kept == [
        (unit.code, unit.name, unit.head_post, unit.position) for unit in queries.units_of(other_institution)
    ]
    assert len(kept) == 4


def test_every_sheet_of_a_demonstration_says_so(institution: Institution) -> None:
    institution.nature = Institution.Nature.DEMONSTRATION
    institution.save()
    book = openpyxl.load_workbook(io.BytesIO(exchange.template_areas(institution=institution)))
    assert {str(sheet["A1"].value)[:22] for sheet in book} == {"DATOS DE DEMOSTRACIÓN."}


def test_ten_thousand_areas_are_read_in_one_transaction(institution: Institution) -> None:
    rows = [[f"A{number}", f"A{number // 10}" if number else "", f"Área {number}"] for number in range(10_000)]
    outcome = areas(institution, workbook(AREAS_HEAD, *rows, ["ROTA", "NADA", "Sin padre"]))
    assert outcome.sentence == "Se leyeron bien 10,000 filas; 1 por corregir; no se aplicó ninguna."
    assert codes(institution) == []


def test_the_areas_and_people_of_the_demonstration_go_in_as_they_are(institution: Institution) -> None:
    assert areas(institution, (DEMONSTRATION / "areas.csv").read_bytes()).errors == ()
    outcome = people(institution, (DEMONSTRATION / "people.csv").read_bytes())
    assert outcome.errors == ()
    assert outcome.applied
    assert len(queries.memberships_of(institution, on=TODAY)) == outcome.good


def test_people_go_back_and_forth(institution: Institution, everyone_of_the_cast: dict[str, Character]) -> None:
    before = queries.memberships_of(institution, on=TODAY)
    outcome = people(institution, exchange.template_people(institution=institution, on=TODAY))
    assert outcome.applied
    assert queries.memberships_of(institution, on=TODAY) == before


def test_each_fault_of_a_person_is_in_its_cell(institution: Institution, units: Units) -> None:
    content = workbook(
        PEOPLE_HEAD,
        ["nora", "Nora", "Captura del área", "DESU"],
        ["paco@prueba.example", "Paco", "capturer", ""],
        ["luz@prueba.example", "Luz", "capturer", "NADA"],
        ["luz@prueba.example", "Luz", "auditor"],
        ["LUZ@prueba.example", "Luz", "auditor"],
        name="Personas",
    )
    outcome = people(institution, content)
    assert [(error.row, error.letter) for error in outcome.errors] == [(2, "A"), (3, "D"), (4, "D"), (6, "A")]
    assert not Person.objects.exists()


def test_a_role_that_does_not_exist_lists_those_that_do(institution: Institution) -> None:
    outcome = people(institution, workbook(PEOPLE_HEAD, ["a@b.mx", "A", "jefe"], name="Personas"))
    assert "Captura del área" in outcome.lines()[0]


# The page


def upload(client: Client, name: str, content: bytes, **said: str) -> Any:
    url = reverse(f"organization:upload_{name}", kwargs={"slug": "prueba"})
    return client.post(url, {"file": SimpleUploadedFile("libro.xlsx", content), **said})


def test_the_page_refuses_says_where_and_gives_the_marked_workbook_to_that_person_alone(
    client_of: Callable[[Character], Client], fede: Character, carmen: Character, settings: Any, tmp_path: Path
) -> None:
    settings.HOME = tmp_path
    client = client_of(fede)
    answer = upload(client, "areas", workbook(AREAS_HEAD, ["A", "NADA", "Uno"]))
    assert answer.status_code == 422
    assert "Fila 2, columna B" in answer.content.decode()
    url = f"{reverse('organization:upload_areas', kwargs={'slug': 'prueba'})}?errores={answer.context['token']}"
    assert client_of(carmen).get(url).status_code == 404
    assert client.get(url.replace("errores=", "errores=../")).status_code == 404
    downloaded = client.get(url)
    book = openpyxl.load_workbook(io.BytesIO(b"".join(downloaded.streaming_content)))
    assert book.sheetnames[0] == "Errores"


def test_the_page_says_why_a_file_is_not_read(client_of: Callable[[Character], Client], fede: Character) -> None:
    answer = upload(client_of(fede), "people", b"%PDF-1.7")
    assert answer.status_code == 422
    assert "El archivo es un PDF" in answer.content.decode()
    url = reverse("organization:upload_people", kwargs={"slug": "prueba"})
    assert client_of(fede).post(url, {}).status_code == 422


def test_the_page_applies_what_is_right(
    client_of: Callable[[Character], Client], fede: Character, institution: Institution
) -> None:
    client = client_of(fede)
    content = workbook(AREAS_HEAD, ["A", "", "Uno"])
    assert upload(client, "areas", content, rehearse="on").status_code == 200
    assert codes(institution) == []
    assert upload(client, "areas", content).status_code == 302
    assert codes(institution) == ["A"]


def test_the_template_is_downloaded_as_a_workbook(client_of: Callable[[Character], Client], fede: Character) -> None:
    for name in ("areas", "people"):
        answer = client_of(fede).get(reverse(f"organization:{name}_template", kwargs={"slug": "prueba"}))
        assert openpyxl.load_workbook(io.BytesIO(answer.content)).sheetnames[1] == "Instrucciones"


@pytest.mark.parametrize(("written", "read"), [("en", "es-mx"), ("es-mx", "en"), ("en", "en")])
def test_a_workbook_written_in_one_language_is_read_in_another(
    institution: Institution, everyone_of_the_cast: dict[str, Character], written: str, read: str
) -> None:
    before = queries.memberships_of(institution, on=TODAY)
    with override(written):
        places, roles = (
            exchange.template_areas(institution=institution),
            exchange.template_people(institution=institution, on=TODAY),
        )
    heads = [cell.value for cell in openpyxl.load_workbook(io.BytesIO(roles)).worksheets[0][1]]
    assert heads[2] == ("Role *" if written == "en" else "Papel *")
    with override(read):
        assert areas(institution, places).errors == ()
        assert people(institution, roles).errors == ()
    assert queries.memberships_of(institution, on=TODAY) == before


def people_as(institution: Institution, content: bytes, who: Character) -> Outcome:
    return exchange.import_people(institution=institution, content=content, by=who.actor, on=TODAY, at=NOW)


def test_an_administrator_s_own_row_that_asks_for_another_role_is_refused(
    institution: Institution, fede: Character
) -> None:
    content = workbook(PEOPLE_HEAD, [fede.email, "Fede", "closer"], name="Personas")
    outcome = people_as(institution, content, fede)
    assert "Nadie se da un papel a sí mismo" in outcome.errors[0].message
    assert [item.role for item in queries.memberships_of(institution, on=TODAY)] == ["administrator"]


def test_the_template_goes_up_again_by_who_administers_and_is_in_it(
    institution: Institution, units: Units, ana: Character, fede: Character
) -> None:
    """They add a line to the workbook they were given: their own, unchanged, asks for nothing."""
    assert people_as(institution, exchange.template_people(institution=institution, on=TODAY), fede).applied
    known = [[ana.email, "Ana", "capturer", "DESU"], [fede.email, "Fede", "administrator"]]
    rows = [*known, ["zoe@x.mx", "Zoe", "auditor"]]
    assert people_as(institution, workbook(PEOPLE_HEAD, *rows, name="Personas"), fede).applied
    assert [item.person.name for item in queries.memberships_of(institution, on=TODAY)] == ["Ana", "Fede", "Zoe"]


def test_the_list_of_people_leads_to_its_workbook(client_of: Callable[[Character], Client], fede: Character) -> None:
    page = client_of(fede).get("/i/prueba/personas/").content.decode()
    assert 'href="/i/prueba/personas/plantilla.xlsx"' in page
