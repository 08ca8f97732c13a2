"""A real browser on the live server: desktop and phone pages, accessibility, screenshots.

Every test here is marked `browser`. Playwright drives the Chromium that the machine already has.
"""

import os
import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from tests.cast import NOW, Character

ROOT = Path(__file__).resolve().parents[2]
ARTIFACTS = ROOT / "test-artifacts"
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
DESKTOP = {"width": 1440, "height": 900}
PHONE = {"width": 390, "height": 844}
PATIENCE = 30_000  # ms: the first page of a process takes seconds on a busy machine; who waits less fails by chance
# A test's browser speaks to the live server alone: nothing is fetched, updated or reported in the background.
QUIET = [
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-quic",
    "--disable-default-apps",
    "--disable-domain-reliability",
    "--disable-features=OptimizationHints,MediaRouter,Translate,AutofillServerCommunication,PreloadTopChromeWebUI",
    "--no-first-run",
    "--no-pings",
    "--no-default-browser-check",
    "--disable-dev-shm-usage",  # containers give /dev/shm only 64 MB
]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents and "browser" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    # Playwright's synchronous interface keeps an event loop in this thread, and Django refuses its ORM where it sees
    # one. The tests stay synchronous: the refusal protects nobody here.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    path = next((found for name in BROWSERS if (found := shutil.which(name))), None)
    if path is None:
        pytest.fail("no Chromium on this machine (Debian: apt-get install chromium)")
    root = ["--no-sandbox"] if os.geteuid() == 0 else []
    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=path, args=[*QUIET, *root])
        yield opened
        opened.close()
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture
def page_of(browser: Browser) -> Iterator[Callable[..., Page]]:
    """`page_of(viewport, **options)`: a page with no cookies of any other; it fails at the end on any script error."""
    contexts: list[BrowserContext] = []
    errors: list[str] = []

    def open_page(viewport: dict[str, int] = DESKTOP, **options: object) -> Page:
        context = browser.new_context(viewport=viewport, locale="es-MX", timezone_id="America/Mexico_City", **options)
        context.set_default_timeout(PATIENCE)
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.on("console", lambda message: errors.append(message.text) if is_breach(message.text) else None)
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert not errors, "\n".join(errors)


def is_breach(text: str) -> bool:
    """A page that breaks its own content security policy says so only in the console."""
    return "Content Security Policy" in text


@pytest.fixture
def page(page_of: Callable[..., Page]) -> Page:
    """A desktop of 1440 × 900."""
    return page_of(DESKTOP)


@pytest.fixture
def phone(page_of: Callable[..., Page]) -> Page:
    """A phone of 390 × 844 with touch."""
    return page_of(PHONE, has_touch=True, is_mobile=True, device_scale_factor=2)


@pytest.fixture
def axe() -> Callable[[Page], None]:
    """`axe(page)` fails with one line for each element that breaks a rule of accessibility."""
    return assert_accessible


def assert_accessible(page: Page) -> None:
    page.wait_for_load_state()  # half a page has other colours and other widths
    violations = Axe().run(page).response["violations"]
    lines = [
        f"{rule['id']} ({rule['impact']}): {rule['help']}\n    {' '.join(map(str, node['target']))}\n    {node['html']}"
        for rule in violations
        for node in rule["nodes"]
    ]
    assert not lines, f"{page.url}: {len(lines)} accessibility violations\n" + "\n".join(lines)


@pytest.fixture
def screenshot(request: pytest.FixtureRequest) -> Callable[..., Path]:
    """`screenshot(page, "inicio")` writes test-artifacts/<test>-inicio.png, the whole page."""

    def take(page: Page, name: str = "") -> Path:
        ARTIFACTS.mkdir(exist_ok=True)
        stem = re.sub(r"[^\w-]+", "-", f"{request.node.name}-{name}").strip("-")
        path = ARTIFACTS / f"{stem}.png"
        page.screenshot(path=path, full_page=True)
        return path

    return take


@pytest.fixture
def december(monkeypatch: pytest.MonkeyPatch) -> None:
    """The doors' clock stands on 3 December 2026."""
    monkeypatch.setattr("rumbo.shell.clock.now", lambda: NOW)
    monkeypatch.setattr("rumbo.shell.clock.today", lambda: NOW.date())


@pytest.fixture
def visit(
    page_of: Callable[..., Page], live_server: Any, client_of: Callable[[Character], Client]
) -> Callable[..., Page]:
    """`visit(ana, "captura/")`: Ana's own browser, signed in, at a page of the institution; `on=PHONE` on her phone.

    An address that begins with «/» is of the whole installation.
    """

    def go(who: Character, path: str = "", on: dict[str, int] = DESKTOP) -> Page:
        phone = {"has_touch": True, "is_mobile": True} if on is PHONE else {}
        page = page_of(on, **phone)
        cookie = client_of(who).cookies["sessionid"].value
        page.context.add_cookies([{"name": "sessionid", "value": cookie, "url": live_server.url}])
        page.goto(live_server.url + (path if path.startswith("/") else f"/i/prueba/{path}"))
        return page

    return go


@pytest.fixture
def look(axe: Callable[[Page], None], screenshot: Callable[..., Path]) -> Callable[..., None]:
    """`look(page, "antes")`: nothing wider than the screen, nothing inaccessible, and a picture of it."""

    def seen(page: Page, name: str = "") -> None:
        page.wait_for_load_state()
        # a phone widens its window for a page that does not fit: the page is measured against the screen
        assert page.evaluate("document.documentElement.scrollWidth <= screen.width"), f"{page.url} is too wide"
        axe(page)
        screenshot(page, name)

    return seen
