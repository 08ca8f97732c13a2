"""The gallery exists only where there are no real data."""

from typing import Any

import pytest
from django.test import Client


def test_it_does_not_exist_in_a_real_installation() -> None:
    assert Client().get("/galeria/").status_code == 404


def test_it_shows_every_component_in_the_demonstration(settings: Any) -> None:
    settings.RUMBO_DEMO = True
    answer = Client().get("/galeria/")
    assert answer.status_code == 200
    for word in ("En meta", "En rezago", "Cumplida", "Devuelta", "Extemporánea", "¿Cómo se calculó?"):
        assert word in answer.content.decode()


@pytest.mark.parametrize("path", ["/galeria/", "/entrar/"])
def test_pages_forbid_inline_code_and_other_sites(settings: Any, path: str) -> None:
    settings.RUMBO_DEMO = True
    policy = Client().get(path)["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "unsafe" not in policy
