"""What was published is corrected by another version, with its reason; the one before is still read by anybody."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from rumbo.systems.transparency.models import DisclosureRecord
from tests.cast import Character
from tests.functional.conftest import DESKTOP, PHONE
from tests.systems.transparency import conftest as records

plan, draft, validated, published = records.plan, records.draft, records.validated, records.published
pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("december")]
PAGE = "transparencia/2026/3/"


@pytest.mark.requirement("IECM-05", "IECM-20", "IECM-21")
@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desk", "phone"])
def test_a_published_record_is_corrected_and_both_versions_are_read(
    visit: Callable[..., Page],
    look: Callable[..., None],
    published: DisclosureRecord,
    carmen: Character,
    hugo: Character,
    size: dict[str, int],
) -> None:
    page = visit(carmen, PAGE, on=size)
    page.get_by_role("link", name="Corregir").press("Enter")
    page.wait_for_url("**/corregir/")
    look(page, "corregir")
    page.get_by_role("button", name="Iniciar la corrección").click()
    assert DisclosureRecord.objects.count() == 1, "nothing begins without a reason"
    page.get_by_label("Motivo").fill("El hipervínculo llevaba al programa de 2025")
    page.get_by_role("button", name="Iniciar la corrección").press("Enter")
    expect(page.get_by_text("Se inició la corrección.")).to_be_visible()
    look(page, "trabajo")

    page.get_by_role("button", name="Validar").first.click()
    publish = page.get_by_role("button", name="Anotar la publicación")
    expect(publish).to_be_visible()
    look(page, "validada")
    publish.press("Enter")
    expect(page.get_by_text("Versión 2").first).to_be_visible()

    reader = visit(hugo, PAGE, on=size)
    expect(reader.get_by_text("El hipervínculo llevaba al programa de 2025")).to_be_visible()
    look(reader, "vigente")
    reader.get_by_role("link", name="Versión 1").first.click()
    expect(reader.get_by_text("Esta versión se sustituyó el 3 de diciembre de 2026")).to_be_visible()
    look(reader, "anterior")
    assert [one.version for one in DisclosureRecord.objects.order_by("version")] == [1, 2]
