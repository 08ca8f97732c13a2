"""What a command refuses, what it says, and in which language."""

import json
import os
import socket
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from rumbo.foundation.documents import actions as documents
from rumbo.foundation.documents import queries as files
from rumbo.foundation.organization.models import Institution
from rumbo.shell import clock
from rumbo.shell.command import command_of, run, serve, writing
from rumbo.shell.command.console import Bar
from rumbo.shell.command.running import language_of
from rumbo.shell.command.tree import FILES, parser
from tests.cast import Character


@pytest.fixture(autouse=True)
def spanish_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("LC_ALL", "LC_MESSAGES", "LANG", "RUMBO_AS"):
        monkeypatch.delenv(name, raising=False)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ([], "faltan estos argumentos: orden"),
        (["volar"], "no es una opción"),
        (["close", "--institution", "prueba"], "faltan estos argumentos: --period"),
        (["close", "--institution", "prueba", "--period", "2026-1"], "Escríbalo como 2026-10"),
        (["close", "--institution", "prueba", "--period", "2026-13"], "no es un mes"),
        (["close", "--inst", "prueba", "--period", "2026-10"], "--institution"),
        (["serve", "--port", "0"], "no es un puerto"),
        (["import", "nada", "x.xlsx", "--institution", "prueba"], "no es una opción"),
        (["evaluate", "--institution", "prueba", "--period", "2026-10", "--color"], "no se reconocen"),
    ],
)
def test_words_that_are_wrong_are_refused_with_the_reason(
    capsys: pytest.CaptureFixture[str], words: list[str], said: str
) -> None:
    assert run(words) == 2
    out, err = capsys.readouterr()
    assert said in err
    assert "uso: rumbo" in err
    assert out == ""


def test_an_institution_that_does_not_exist_is_refused(db: None, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["close", "--institution", "nada", "--period", "2026-10"]) == 2
    assert "No existe la institución «nada»" in capsys.readouterr().err


def test_another_institution_does_not_exist(
    institution: object, dario: Character, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["close", "--institution", "prueba", "--period", "2026-10", "--as", dario.email]) == 2
    err = capsys.readouterr().err
    assert "No existe la institución «prueba»" in err
    assert "ajena" in err


def test_somebody_unknown_is_refused(institution: object, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["template", "areas", "--institution", "prueba", "--out", "x.xlsx", "--as", "nadie@x.mx"]) == 2
    assert "nadie@x.mx" in capsys.readouterr().err


@pytest.mark.parametrize("kind", ["areas", "people", "plan", "goals"])
def test_reading_obeys_the_same_permissions(
    ana: Character, capsys: pytest.CaptureFixture[str], tmp_path: Path, kind: str
) -> None:
    out = tmp_path / "x.xlsx"
    assert run(["template", kind, "--institution", "prueba", "--out", str(out), "--as", ana.email]) == 2
    assert "no tiene permiso" in capsys.readouterr().err
    assert not out.exists()


def test_who_runs_can_be_said_once_for_all(
    ana: Character, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("RUMBO_AS", ana.email)
    assert run(["template", "areas", "--institution", "prueba", "--out", str(tmp_path / "x.xlsx")]) == 2
    assert ana.email in capsys.readouterr().err


def test_the_home_of_somebody_else_is_refused(
    institution: object, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 54_321)
    assert run(["audit", "verify"]) == 2
    assert "es de otra persona" in capsys.readouterr().err


def test_a_file_that_is_not_there_is_named(institution: object, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["import", "areas", "/no/hay.xlsx", "--institution", "prueba"]) == 2
    assert "/no/hay.xlsx" in capsys.readouterr().err


def test_a_file_that_is_not_a_workbook_is_refused(
    institution: object, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    file = tmp_path / "áreas.xlsx"
    file.write_bytes(b"%PDF-1.7 no es un libro")
    assert run(["import", "areas", str(file), "--institution", "prueba"]) == 2
    assert "No se aplicó nada" in capsys.readouterr().err


def test_a_template_goes_out_and_comes_back(units: object, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    file = tmp_path / "areas.xlsx"
    assert run(["template", "areas", "--institution", "prueba", "--out", str(file)]) == 0
    capsys.readouterr()
    assert run(["import", "areas", str(file), "--institution", "prueba", "--dry-run", "--json"]) == 0
    answer = json.loads(capsys.readouterr().out)
    assert (answer["rows"], answer["applied"], answer["errors"]) == (4, False, [])


def test_a_wrong_workbook_comes_back_marked(units: object, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    file, marked = tmp_path / "areas.csv", tmp_path / "por-corregir.xlsx"
    file.write_text("Clave,Está dentro de,Nombre del área\nX,NADA,Área equis\n", encoding="utf-8")
    assert run(["import", "areas", str(file), "--institution", "prueba", "--errors-to", str(marked)]) == 2
    err = capsys.readouterr().err
    assert "Fila 2, columna B" in err
    assert "no se aplicó ninguna" in err
    assert marked.read_bytes().startswith(b"PK")


@pytest.mark.parametrize("name", [name for name in FILES if name != "demo"])
def test_every_command_explains_itself_in_both_languages(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    for language, usage in (("es_MX.UTF-8", "uso: "), ("en_US.UTF-8", "u")):
        monkeypatch.setenv("LANG", language)
        with pytest.raises(SystemExit) as leaving:
            run([name.rstrip("_"), "--help"])
        assert leaving.value.code == 0
        assert capsys.readouterr().out.startswith(usage)


def test_the_commands_are_those_that_scripts_call(db: None) -> None:
    known = parser().format_help()
    for name in ("init", "serve", "import", "template", "evaluate", "close", "audit"):
        assert name in known


@pytest.mark.parametrize(
    ("environment", "language"),
    [
        ({}, "es"),
        ({"LANG": "C.UTF-8"}, "es"),
        ({"LANG": "en_US.UTF-8"}, "en"),
        ({"LANG": "en_US.UTF-8", "LC_ALL": "es_MX.UTF-8"}, "es"),
        ({"LANG": "es_MX.UTF-8", "LC_MESSAGES": "en_GB"}, "en"),
    ],
)
def test_the_language_is_that_of_the_terminal(environment: dict[str, str], language: str) -> None:
    assert language_of(environment) == language


def test_a_bar_fills_and_without_an_end_it_moves() -> None:
    bar = Bar("Cerrando")
    assert bar.drawn(0.0) != bar.drawn(1.0)
    bar.at(14, 28)
    assert "[##############..............] 14 / 28" in bar.drawn(3.0)


def test_the_trail_is_verified(units: object, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["audit", "verify"]) == 0
    assert "coincide con los datos" in capsys.readouterr().out


def test_an_altered_row_is_named_and_the_exit_is_one(
    units: object, capsys: pytest.CaptureFixture[str], alter: Callable[[], str]
) -> None:
    name = alter()
    assert run(["audit", "verify", "--json"]) == 1
    answer = json.loads(capsys.readouterr().out)
    assert answer["ok"] is False
    assert any(name in problem["place"] for problem in answer["problems"])


@pytest.fixture
def alter() -> Callable[[], str]:
    from rumbo.foundation.organization.models import Unit

    def change() -> str:
        Unit.objects.filter(code="DGO").update(name="Otra cosa")
        return "Otra cosa"

    return change


@pytest.mark.parametrize(
    ("words", "command"),
    [
        (["demo", "--no-serve"], "demo"),
        (["--as", "demo", "serve"], "serve"),
        (["--json", "--as", "demo", "audit", "verify"], "audit"),
        (["--as=demo", "serve"], "serve"),
        (["serve", "--as", "demo"], "serve"),
        (["--as"], ""),
    ],
)
def test_a_person_called_as_a_command_is_not_taken_for_it(words: list[str], command: str) -> None:
    """The demonstration brings its own key and day: it is turned on by its own name alone."""
    assert command_of(words) == command


def test_a_port_that_somebody_uses_is_told_before_serving(
    institution: Institution, capsys: pytest.CaptureFixture[str]
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        assert run(["serve", "--port", str(port)]) == 2
    assert f"No se puede atender en el puerto {port} de 127.0.0.1" in capsys.readouterr().err


def test_what_is_loose_is_swept_and_what_is_referred_to_stays(
    institution: Institution, capsys: pytest.CaptureFixture[str], settings: Any, tmp_path: Path
) -> None:
    settings.HOME = tmp_path
    long_ago = clock.now() - timedelta(days=3)
    shared: Any = {"institution": institution, "declared_name": "a.pdf", "at": long_ago}
    kept = documents.store(content=b"%PDF-1.7\nuna\n%%EOF", **shared)
    loose = documents.store(content=b"%PDF-1.7\notra\n%%EOF", **shared)
    loose.delete()
    assert run(["sweep", "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == {"swept": [loose.digest]}
    assert files.path_of(kept.digest).exists()
    assert run(["sweep"]) == 0
    assert "Se quitaron 0 archivos sueltos" in capsys.readouterr().out


def test_serving_begins_by_sweeping(monkeypatch: pytest.MonkeyPatch, db: None) -> None:
    done: list[str] = []
    monkeypatch.setattr(serve.documents, "sweep_orphans", lambda at: done.append("swept"))
    monkeypatch.setattr(serve, "serve", lambda *where: done.append("served"))
    assert run(["serve", "--port", "1"]) == 0
    assert done == ["swept", "served"]


def test_a_delivery_over_an_older_one_says_that_it_is_not_whole_until_it_is(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    for name, content in {"informe.pdf": b"viejo", "huellas.txt": b"aa  informe.pdf"}.items():
        (tmp_path / name).write_bytes(content)
    seen: list[tuple[str, bytes]] = []
    monkeypatch.setattr(
        writing,
        "write_whole",
        lambda file, content: seen.append((file.name, content)) or file,  # type: ignore[func-returns-value]
    )
    writing.write_delivery(tmp_path, {"informe.pdf": b"nuevo", "huellas.txt": b"bb  informe.pdf", "x.csv": b"x"})
    assert [name for name, _ in seen] == ["huellas.txt", "informe.pdf", "x.csv", "huellas.txt"]
    assert "no la use" in seen[0][1].decode()
    assert seen[-1][1] == b"bb  informe.pdf"
