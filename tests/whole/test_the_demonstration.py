"""What a newcomer gets: one command, three institutions, their documents, and a trail that verifies."""

import csv
import io
import json
import os
import socket
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from pypdf import PdfReader
from python_calamine import CalamineWorkbook

from rumbo.shell.command.demo import ACCOUNTS
from rumbo.shell.demonstration.loading.setting_up import PASSWORD
from tests.plugins.postgresql import free_port
from tests.whole.crawling import Kind, follow
from tests.whole.serving import Browser, attending

# one process loads it, however many run the suite
pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("demonstration")]

COMMAND = [sys.executable, "-c", "from rumbo.shell.command import main; main()"]
COLUMNS = [
    "institution",
    "area",
    "plan_element",
    "goal",
    "indicator",
    "period",
    "programmed",
    "actual",
    "programmed_to_date",
    "actual_to_date",
    "compliance_month",
    "compliance_to_date",
    "compliance_year",
    "light",
    "performance_class",
    "gap",
    "state",
]
LEFT = {
    "miguel-hidalgo/2026-10": (
        "informe-mensual.pdf", "informe-mensual.xlsx", "ficha-global.xlsx", "matriz-de-alineacion.pdf",
        "programacion-por-area.pdf", "resultados.csv",
    ),
    "transporte/2010-12": ("informe-mensual.pdf", "informe-mensual.xlsx", "resultados.csv"),
    "iecm": ("a121-f22-b-2021-2.xlsx",),
}  # fmt: skip


class Demonstration:
    """A loaded demonstration in a folder, and the command run there as anybody would: without any variable set."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def rumbo(self, *words: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [*COMMAND, *words], cwd=self.folder, env=surroundings(), capture_output=True, text=True, check=False
        )

    @contextmanager
    def serving(self, log: Path) -> Iterator[int]:
        """The port where `rumbo demo` attends once the documents are written."""
        port = free_port()
        words = [*COMMAND, "demo", "--port", str(port)]
        with attending(words, port, log, env=surroundings(), cwd=self.folder):
            yield port


def surroundings() -> dict[str, str]:
    clean = {name: value for name, value in os.environ.items() if not name.startswith("RUMBO_")}
    return clean | {"LANG": "es_MX.UTF-8"}


@pytest.fixture(scope="session")
def demonstration(tmp_path_factory: pytest.TempPathFactory) -> Demonstration:
    made = Demonstration(tmp_path_factory.mktemp("demostracion"))
    done = made.rumbo("demo", "--no-serve")
    assert done.returncode == 0, done.stderr
    return made


def test_it_leaves_every_document_that_it_promises(demonstration: Demonstration) -> None:
    for folder, names in LEFT.items():
        for name in names:
            file = demonstration.folder / "demo" / folder / name
            assert file.stat().st_size > 1000, file


@pytest.mark.requirement("A1-14", "A1-21", "A1-22", "A1-25")
def test_the_monthly_report_says_its_month_and_its_delivery(demonstration: Demonstration) -> None:
    report = PdfReader(demonstration.folder / "demo/miguel-hidalgo/2026-10/informe-mensual.pdf")
    cover = report.pages[0].extract_text()
    assert "octubre de 2026" in cover
    assert "Entrega 10 de 11" in cover
    everything = " ".join(page.extract_text() for page in report.pages)
    for piece in ("Cuadro de metas actualizado", "Ficha global de metas", "Dirección General de Obras"):
        assert piece in everything
    assert all("DATOS DE DEMOSTRACIÓN" in page.extract_text() for page in report.pages)


def test_the_results_have_their_columns_and_one_row_for_each_due_slot(demonstration: Demonstration) -> None:
    text = (demonstration.folder / "demo/miguel-hidalgo/2026-10/resultados.csv").read_bytes().decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text)))
    assert list(rows[0]) == COLUMNS
    assert len({(row["indicator"], row["period"]) for row in rows}) == len(rows)
    october = {row["goal"]: row for row in rows if row["period"] == "2026-10"}
    assert october["M001"]["actual_to_date"] == "44310"
    assert october["M041"]["light"] == "red"
    assert october["M092"]["light"] == "no_data"
    assert october["M092"]["state"] == "missing"


def test_the_months_are_closed_and_november_is_alive(demonstration: Demonstration) -> None:
    refused = demonstration.rumbo("close", "--institution", "miguel-hidalgo", "--period", "2026-10")
    assert refused.returncode == 2
    assert "ya está cerrado" in refused.stderr
    out = demonstration.folder / "noviembre.csv"
    done = demonstration.rumbo(
        "export", "results", "--institution", "miguel-hidalgo", "--period", "2026-11", "--out", str(out)
    )
    assert done.returncode == 0, done.stderr
    rows = list(csv.DictReader(io.StringIO(out.read_bytes().decode("utf-8-sig"))))
    states = Counter(row["state"] for row in rows if row["period"] == "2026-11")
    assert states["approved"] == 42
    assert states["planning_review"] == 26
    assert states["area_review"] == 12
    assert (states["returned"], states["draft"]) == (8, 9)


@pytest.mark.requirement("IECM-02")
def test_the_transparency_record_has_its_fifteen_columns(demonstration: Demonstration) -> None:
    book = CalamineWorkbook.from_path(demonstration.folder / "demo/iecm/a121-f22-b-2021-2.xlsx")
    rows = book.get_sheet_by_name("Formato").to_python()
    header = next(row for row in rows if row and row[0] == "Ejercicio")
    assert len([cell for cell in header if cell]) == 15


def test_the_trail_verifies(demonstration: Demonstration) -> None:
    done = demonstration.rumbo("audit", "verify", "--json")
    assert done.returncode == 0, done.stdout + done.stderr
    assert json.loads(done.stdout)


def test_running_it_again_loads_nothing_twice(demonstration: Demonstration) -> None:
    before = (demonstration.folder / "demo/miguel-hidalgo/2026-10/resultados.csv").read_bytes()
    done = demonstration.rumbo("demo", "--no-serve")
    assert done.returncode == 0, done.stderr
    assert "enero" not in done.stdout
    assert (demonstration.folder / "demo/miguel-hidalgo/2026-10/resultados.csv").read_bytes() == before


@pytest.fixture(scope="module")
def port(demonstration: Demonstration, tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    with demonstration.serving(tmp_path_factory.mktemp("servida") / "log") as place:
        yield place


def signed_in(port: int, email: str) -> Browser:
    browser = Browser(port)
    browser.get("/entrar/")
    browser.post("/entrar/", {"email": email, "password": PASSWORD})
    assert browser.statuses == [200, 302]
    return browser


def test_what_it_serves_writes_documents_too(port: int) -> None:
    """Documents were compiled just before, by the process that then becomes the server."""
    carmen = signed_in(port, "carmen@miguel-hidalgo.example")
    answer = carmen.get("/i/miguel-hidalgo/tableros/meta/M001/calculo.pdf?mes=2026-10")
    assert carmen.statuses[-1] == 200
    assert answer.startswith("%PDF-")


def test_every_link_that_somebody_is_offered_opens(port: int) -> None:
    """For each account told at the start: nothing broken, and nothing that is not for them."""
    downloaded: set[Kind] = set()
    wrong = {
        email: follow(signed_in(port, email), f"/i/{email.partition('@')[2].removesuffix('.example')}/", downloaded)
        for email, _role in ACCOUNTS
    }
    assert {email: found for email, found in wrong.items() if found} == {}
    assert len(downloaded) > 20


def test_a_port_in_use_is_told_before_loading_anything(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        done = Demonstration(tmp_path).rumbo("demo", "--port", str(other.getsockname()[1]))
    assert done.returncode == 2
    assert "PORT=8001" in done.stderr
    assert not (tmp_path / "var" / "rumbo.sqlite3").exists()


def test_it_never_touches_an_installation_that_is_not_a_demonstration(tmp_path: Path) -> None:
    (tmp_path / "var").mkdir()
    (tmp_path / "var" / "rumbo.sqlite3").write_bytes(b"de alguien")
    done = Demonstration(tmp_path).rumbo("demo", "--no-serve")
    assert done.returncode == 2
    assert "no se tocó" in done.stderr
    assert (tmp_path / "var" / "rumbo.sqlite3").read_bytes() == b"de alguien"
