"""`rumbo init` and `rumbo serve`, each in a process and a home of its own."""

import json
import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

ANSWERS = [
    "--name", "Instituto de Prueba", "--slug", "prueba", "--admin-name", "Ada Ruiz", "--admin-email", "ada@prueba.mx",
]  # fmt: skip


def rumbo(home: Path, *words: str, **variables: str) -> subprocess.CompletedProcess[str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("RUMBO_")}
    return subprocess.run(
        [sys.executable, "-c", "from rumbo.shell.command import main; main()", *words],
        env=kept | {"RUMBO_HOME": str(home), "LANG": "es_MX.UTF-8"} | variables,
        capture_output=True,
        text=True,
        stdin=subprocess.DEVNULL,
        timeout=120,
        check=False,
    )


@pytest.fixture
def house(tmp_path: Path) -> Path:
    """Where nothing is yet."""
    return tmp_path / "casa"


def test_serving_before_there_is_an_installation_says_what_to_do(house: Path) -> None:
    house.mkdir()
    answer = rumbo(house, "serve")
    assert answer.returncode == 2
    assert "rumbo init" in answer.stderr


def test_a_command_before_there_are_tables_says_what_to_do(house: Path) -> None:
    house.mkdir()
    answer = rumbo(house, "close", "--institution", "x", "--period", "2026-10")
    assert answer.returncode == 2
    assert "rumbo init" in answer.stderr


def test_without_a_terminal_it_says_which_answer_is_missing(house: Path) -> None:
    answer = rumbo(house, "init", "--name", "Instituto")
    assert answer.returncode == 2
    assert "clave para las direcciones" in answer.stderr
    assert not (house / "secret.key").exists()


def test_the_demonstration_s_key_is_refused_outside_it(house: Path) -> None:
    from rumbo.shell.settings import DEMO_KEY

    answer = rumbo(house, "serve", RUMBO_SECRET_KEY=DEMO_KEY)
    assert answer.returncode == 2
    assert "pública" in answer.stderr


def test_the_clock_cannot_be_moved_outside_the_demonstration(house: Path) -> None:
    answer = rumbo(house, "serve", RUMBO_TODAY="2026-12-03")
    assert answer.returncode == 2
    assert "RUMBO_TODAY" in answer.stderr


@pytest.mark.slow
def test_a_house_is_made_once(house: Path) -> None:
    first = rumbo(house, "init", *ANSWERS, "--json")
    assert first.returncode == 0, first.stderr
    answer = json.loads(first.stdout)
    assert answer["institution"] == "prueba"
    assert answer["first_password_path"].startswith("/")
    assert stat.S_IMODE((house / "secret.key").stat().st_mode) == 0o600
    assert len((house / "secret.key").read_text()) >= 50

    again = rumbo(house, "init", *ANSWERS)
    assert again.returncode == 2
    assert "Ya hay una instalación" in again.stderr

    assert "--another" in again.stderr

    other = [*ANSWERS[:1], "Instituto Segundo", "--slug", "segundo", *ANSWERS[4:]]
    second = rumbo(house, "init", "--another", *other, "--json")
    assert second.returncode == 0, second.stderr
    assert json.loads(second.stdout)["institution"] == "segundo"
    twice = rumbo(house, "init", "--another", *other)
    assert twice.returncode == 2
    assert "ya existe" in twice.stderr

    verified = rumbo(house, "audit", "verify")
    assert verified.returncode == 0, verified.stdout


def test_there_is_nothing_to_open_another_institution_in(house: Path) -> None:
    answer = rumbo(house, "init", "--another", *ANSWERS)
    assert answer.returncode == 2
    assert "Todavía no hay una instalación" in answer.stderr
    assert not house.exists()


@pytest.mark.slow
def test_what_could_not_be_finished_can_be_repeated(house: Path) -> None:
    refused = rumbo(house, "init", *ANSWERS[:3], "CLAVE MALA", *ANSWERS[4:])
    assert refused.returncode == 2
    key = (house / "secret.key").read_text()
    assert rumbo(house, "init", *ANSWERS).returncode == 0
    assert (house / "secret.key").read_text() == key
