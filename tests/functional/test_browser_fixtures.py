"""The instruments themselves: a browser test that could not fail would prove nothing about our pages."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page

GOOD = "data:text/html,<html lang=es><title>Rumbo</title><main><h1>Metas</h1></main></html>"
BAD = "data:text/html,<html><main><h1>Metas</h1><img src=x></main></html>"


def test_the_accessibility_check_names_what_is_wrong(page: Page, axe: Callable[[Page], None]) -> None:
    page.goto(BAD)
    with pytest.raises(AssertionError, match=r"image-alt.*html-has-lang|html-has-lang[\s\S]*image-alt"):
        axe(page)


def test_the_accessibility_check_accepts_a_plain_page(page: Page, axe: Callable[[Page], None]) -> None:
    page.goto(GOOD)
    axe(page)


def test_the_phone_is_390_wide_and_the_desktop_1440(page: Page, phone: Page) -> None:
    page.goto(GOOD)
    phone.goto(GOOD)
    assert page.evaluate("innerWidth") == 1440
    assert phone.evaluate("screen.width") == 390


def test_a_screenshot_is_kept(page: Page, screenshot: Callable[..., Path]) -> None:
    page.goto(GOOD)
    assert screenshot(page, "metas").read_bytes().startswith(b"\x89PNG")
