"""The record on a desk and on a phone: readable, accessible, without a page wider than the screen."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth import SESSION_KEY
from django.test import Client
from playwright.sync_api import Page
from pytest_django.live_server_helper import LiveServer

from rumbo.core.timekeeping.quarter import Quarter
from rumbo.foundation.organization import queries as organization
from rumbo.shell.demonstration.loading import electoral
from rumbo.systems.transparency.models import DisclosureRecord

DATA = Path(__file__).parents[2] / "demo-data"
PAGES = {"lista": "", "registro": "2021/2/", "formato": "2021/2/tabla/", "preparar": "2021/3/preparar/"}


@pytest.fixture
def signed_in(transactional_db: None, live_server: LiveServer, settings: Any) -> Callable[[Page], str]:
    """`signed_in(page)` opens the door as who publishes; gives the address of the section."""
    settings.RUMBO_DEMO = True
    electoral.load(DATA, lambda text: None)
    person = organization.person_by_email(electoral.PUBLISHER)
    assert person is not None
    client = Client()
    client.force_login(person)
    assert SESSION_KEY in client.session

    def enter(page: Page) -> str:
        cookie = client.cookies["sessionid"].value
        page.context.add_cookies([{"name": "sessionid", "value": cookie, "url": live_server.url}])
        return f"{live_server.url}/i/iecm/transparencia/"

    return enter


@pytest.mark.requirement("IECM-02")
def test_each_page_is_accessible_and_fits_on_desk_and_phone(
    signed_in: Callable[[Page], str],
    page: Page,
    phone: Page,
    axe: Callable[[Page], None],
    screenshot: Callable[..., Path],
) -> None:
    for screen, place in ((page, "escritorio"), (phone, "telefono")):
        start = signed_in(screen)
        for name, address in PAGES.items():
            screen.goto(start + address)
            assert screen.locator("h1").count() == 1
            assert screen.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), name
            axe(screen)
            screenshot(screen, f"{name}-{place}")


def test_a_quarter_is_prepared_and_what_the_rules_find_is_beside(
    signed_in: Callable[[Page], str], page: Page, axe: Callable[[Page], None]
) -> None:
    start = signed_in(page)
    page.goto(f"{start}2021/3/preparar/")
    page.get_by_role("button", name="Preparar con el programa").click()
    page.wait_for_url("**/2021/3/trabajo/")
    page.get_by_text(re.compile(r"^\d+ reglas que se cumplen$")).wait_for()
    axe(page)
    record = DisclosureRecord.objects.get(fiscal_year=2021, quarter=3)
    assert (record.period, record.validated_on) == (Quarter(2021, 3), None)
    assert record.responsible_units == "Secretaría Administrativa"
