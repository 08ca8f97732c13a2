"""A process killed in the middle of its work leaves the database whole and the work repeatable.

Whole: the trail and every audited row agree, and each unit of work happened entirely or not at all. Repeatable: the
same work, done again, ends as if nobody had killed it.
"""

import hashlib
import json
import random
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import connection

from rumbo.core.rendering.workbook import Column, Kind, Workbook
from rumbo.core.vocabulary.capture_state import CaptureState
from rumbo.foundation.audit import queries as audit
from rumbo.foundation.audit.models import Event
from rumbo.foundation.documents import actions as documents
from rumbo.foundation.documents import queries as files
from rumbo.foundation.documents.models import StoredFile
from rumbo.foundation.organization.models import Institution
from rumbo.systems.captures.models import Capture, Evidence, MonthLock
from rumbo.systems.evaluation.models import Closing, Result, RollupResult
from rumbo.systems.evaluation.queries.sealing import broken_seals
from rumbo.systems.indicators.models import Goal, Indicator, MonthlyTarget
from tests.cast import NOW, TODAY, Character, Units
from tests.whole.killing import End, Worker
from tests.whole.settling import (
    CAUSE,
    NOVEMBER,
    OCTOBER,
    close_months,
    settle,
    settle_goals,
    settle_months,
    settle_plan,
)

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
ENOUGH = 200  # steps after which a sweep that does not end is itself a fault
ROWS = 1000


@pytest.fixture(scope="module")
def worker(django_db_setup: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Worker]:
    """One for all the tests of this file: it keeps nothing of an order, its forked processes do."""
    started = Worker(tmp_path_factory.mktemp("dying"))
    yield started
    started.stop()


def sweep(do: Callable[[int], End], whole: Callable[[int], None]) -> int:
    """Kill at each step in turn until the work ends by itself; how many kills there were."""
    for step in range(1, ENOUGH):
        end = do(step)
        if not end.killed:
            assert end.code == 0, end.said
            whole(step)
            return step - 1
        whole(step)
    raise AssertionError("the work does not end")


# capture


def test_a_capture_killed_at_any_step_is_saved_or_not_and_can_be_repeated(
    institution: Institution, units: Units, ana: Character, worker: Worker
) -> None:
    codes = [f"K{number:02}" for number in range(60)]
    found = settle_goals(institution, settle_plan(institution), dict.fromkeys(codes, units.desu.pk))
    order = {
        "email": ana.email, "period": NOVEMBER.index, "value": 70,
        "entry": {name: text for name, text in CAUSE.items() if name != "commitment_on"},
    }  # fmt: skip
    seen: set[str] = set()

    def do(step: int) -> End:
        return worker.give("capture", code=codes[step], die_at=step, **order)

    def whole(step: int) -> None:
        state = whole_capture(found[codes[step]])
        seen.add(state)
        if state != CaptureState.AREA_REVIEW:
            again = worker.give("capture", code=codes[step], **order)
            assert again.code == 0, again.said
            assert whole_capture(found[codes[step]]) == CaptureState.AREA_REVIEW

    kills = sweep(do, whole)
    assert kills >= 15
    assert seen == {"missing", CaptureState.DRAFT, CaptureState.AREA_REVIEW}  # both units of work were cut
    assert audit.verify() == []


def whole_capture(indicator: Indicator) -> str:
    """The state of its only capture, after checking that each event has its change, and each change its event."""
    capture = Capture.objects.filter(indicator=indicator).first()
    if capture is None:
        assert Result.objects.filter(indicator=indicator).count() == 0
        return "missing"
    told = list(
        Event.objects.filter(subject_ref=str(capture.ref)).order_by("sequence").values_list("action", flat=True)
    )
    sent = capture.state == CaptureState.AREA_REVIEW
    assert told == ["captures.save", "captures.submit"][: 2 if sent else 1]
    assert (capture.numerator, capture.version, capture.submitted_on is not None) == (70, len(told), sent)
    assert Result.objects.filter(indicator=indicator, period=NOVEMBER.index, closing=None).count() == 1
    return str(capture.state)


# evidence


def test_a_proof_killed_at_any_step_leaves_no_row_without_its_file(
    institution: Institution, units: Units, ana: Character, worker: Worker, tmp_path: Path
) -> None:
    found = settle_goals(institution, settle_plan(institution), {"K01": units.desu.pk})
    order = {"email": ana.email, "code": "K01", "period": NOVEMBER.index}
    entry = {name: text for name, text in CAUSE.items() if name != "commitment_on"}
    worker.give("capture", **order, value=70, entry=entry, die_at="committed")
    assert Capture.objects.get(indicator=found["K01"]).state == CaptureState.DRAFT
    folder = str(files.folder())

    def attach(step: int, **more: int) -> End:
        file = tmp_path / f"{step}.pdf"
        file.write_bytes(b"%PDF-1.7\n" + f"prueba {step}".encode() * 2000 + b"\n%%EOF")
        return worker.give("evidence", **order, file=str(file), watched=[folder], **more)

    def whole(step: int) -> None:
        digest = hashlib.sha256((tmp_path / f"{step}.pdf").read_bytes()).hexdigest()
        row = StoredFile.objects.filter(digest=digest).first()
        if row:
            assert files.path_of(digest).read_bytes() == (tmp_path / f"{step}.pdf").read_bytes()
        assert attach(step).code == 0
        assert Evidence.objects.filter(digest=digest).count() == 1
        assert Event.objects.filter(action="captures.attach").count() == Evidence.objects.count() == step

    kills = sweep(lambda step: attach(step, die_at=step), whole)
    assert kills >= 8
    assert audit.verify() == []
    # what the killed ones left half written is swept once nobody can be using it, and nothing else
    documents.sweep_orphans(at=NOW + timedelta(days=2))
    kept = {path.name for path in files.folder().rglob("*") if path.is_file()}
    assert set(Evidence.objects.values_list("digest", flat=True)) <= kept
    assert not [name for name in kept if name.startswith(".")]


# close


@pytest.mark.requirement("A1-12")
def test_a_closing_killed_at_any_step_is_all_there_or_nothing(
    institution: Institution, units: Units, carmen: Character, worker: Worker
) -> None:
    found = settle(institution, units, carmen)
    words = ["close", "--institution", "prueba", "--period", "2026-11", "--accept-missing", "Se acepta.", "--as"]

    def whole(step: int) -> None:
        closing = Closing.objects.filter(period=NOVEMBER.index).first()
        sealed = Result.objects.filter(period=NOVEMBER.index, closing__isnull=False).count()
        locked = MonthLock.objects.filter(institution=institution, period=NOVEMBER.index).exists()
        told = Event.objects.filter(action="evaluation.close", title__contains="noviembre").count()
        done = closing is not None
        assert (sealed, locked, told) == ((len(found), True, 1) if done else (0, False, 0))
        assert RollupResult.objects.filter(period=NOVEMBER.index, closing=closing).exists() or not done
        assert broken_seals() == []
        assert audit.verify() == []

    kills = 0
    for step in range(1, ENOUGH):
        end = worker.command(*words, carmen.email, die_at=step)
        whole(step)
        if Closing.objects.filter(period=NOVEMBER.index).exists():
            break
        assert end.killed
        kills += 1
    assert kills >= 8
    again = worker.command(*words, carmen.email)
    assert again.code == 2
    assert "ya está cerrado" in again.said
    assert worker.command("audit", "verify").code == 0


# import


def goals_workbook(prefix: str) -> bytes:
    book = Workbook("Metas", on=TODAY)
    titles = ["Clave", "Meta", "Línea de acción", "Área", "Indicador", "Unidad de medida", "Sentido", "Acumulación"]
    rows = [
        [f"{prefix}{row:04}", f"Meta {row}", "1.1", "DESU", f"Indicador {row}", "pieza",
         "Ascendente", "Se suma mes con mes"]
        for row in range(ROWS)
    ]  # fmt: skip
    book.sheet("Metas", [Column(title, Kind.TEXT) for title in titles], rows)
    months = ["Ene", "Feb", "Mar", "Abr", "May", "Jun", "Jul", "Ago", "Sep", "Oct", "Nov", "Dic"]
    columns = [Column(title, Kind.TEXT) for title in ("Clave del indicador", "Año")]
    columns += [Column(title, Kind.NUMBER) for title in ("Meta anual", *months)]
    book.sheet("Programación", columns, [[f"{prefix}{row:04}", "2026", 120, *[10] * 12] for row in range(ROWS)])
    return book.to_bytes()


@pytest.mark.requirement("A1-09")
def test_an_import_of_a_thousand_goals_killed_anywhere_applies_all_or_nothing(
    institution: Institution, units: Units, carmen: Character, worker: Worker, tmp_path: Path
) -> None:
    settle_plan(institution)
    file = tmp_path / "metas.xlsx"
    file.write_bytes(goals_workbook("G"))
    words = ["import", "goals", str(file), "--institution", "prueba", "--as", carmen.email]

    # by the step while it writes, from outside while it reads and checks, and at the last instant
    moments = [{"kill_after": 0.05}, {"kill_after": 0.3}, *({"die_at": step} for step in (1, 4, 8, "commit"))]
    for moment in moments:
        end = worker.command(*words, **moment)
        assert end.killed, end.said
        assert counts() == (0, 0, 0)
        assert audit.verify() == []
    end = worker.command(*words, die_at="committed")
    assert end.killed
    assert counts() == (ROWS, ROWS, ROWS * 12)
    assert audit.verify() == []
    again = worker.command(*words)
    assert again.code == 0, again.said
    assert counts() == (ROWS, ROWS, ROWS * 12)
    told = json.loads(Event.objects.latest("pk").payload)["details"]
    assert told == {"created": 0, "updated": 0, "indicators": 0, "programmes": 0}  # nothing was left to change


def counts() -> tuple[int, int, int]:
    return Goal.objects.count(), Indicator.objects.count(), MonthlyTarget.objects.count()


# report


@pytest.mark.requirement("A1-14")
def test_a_report_killed_anywhere_leaves_each_file_whole_or_absent(
    institution: Institution, units: Units, carmen: Character, worker: Worker, tmp_path: Path
) -> None:
    found = settle_goals(institution, settle_plan(institution), {"M001": units.desu.pk, "O001": units.works.pk})
    settle_months(institution, found.values(), OCTOBER)
    close_months(institution, OCTOBER, carmen)
    out = tmp_path / "entrega"
    words = ["report", "monthly", "--institution", "prueba", "--period", "2026-10", "--as", carmen.email, "--out"]
    begun = time.monotonic()
    whole = worker.command(*words, str(tmp_path / "entera"), watched=[str(tmp_path / "entera")])
    lasts = time.monotonic() - begun
    assert whole.code == 0, whole.said
    expected = named_files(tmp_path / "entera")
    assert {"informe-mensual.pdf", "informe-mensual.xlsx", "ficha-global.xlsx", "resultados.csv"} <= set(expected)
    digests = told_digests()

    out.mkdir()  # over an older delivery, whole in itself
    for name in expected:
        (out / name).write_bytes(f"la entrega anterior: {name}".encode())
    older = {name: digest_of(content) for name, content in named_files(out).items() if name != "huellas.txt"}
    (out / "huellas.txt").write_text("".join(f"{digest}  {name}\n" for name, digest in older.items()))

    steps = sorted(random.Random(20261203).sample(range(1, whole.steps + 1), 7))
    for moment in [*({"die_at": step} for step in steps), {"kill_after": lasts / 4}, {"kill_after": lasts / 2}]:
        end = worker.command(*words, str(out), watched=[str(out)], **moment)
        while not end.killed and "kill_after" in moment:  # the machine had more to do when the whole was timed
            digests |= told_digests()
            moment = {"kill_after": moment["kill_after"] / 2}
            end = worker.command(*words, str(out), watched=[str(out)], **moment)
        assert end.killed, end.said
        digests |= told_digests()
        left = named_files(out)
        # a file with a name is the whole file, and the trail knows it: the event comes before the first file
        made_now = {digest_of(content) for name, content in left.items() if name != "huellas.txt"}
        assert made_now <= digests | set(older.values())
        assert is_honest(left), "the list of digests vouches for files of two deliveries"
        assert audit.verify() == []
    again = worker.command(*words, str(out))
    assert again.code == 0, again.said
    made = named_files(out)
    assert set(made) == set(expected)
    assert {digest_of(content) for name, content in made.items() if name != "huellas.txt"} <= told_digests()
    assert made["resultados.csv"] == expected["resultados.csv"]  # what is sealed does not move
    listed = made["huellas.txt"].decode()
    assert [name for name in made if name != "huellas.txt" and digest_of(made[name]) not in listed] == []


def named_files(folder: Path) -> dict[str, bytes]:
    """Those that a person sees: what was being written aside has a hidden name."""
    if not folder.exists():
        return {}
    return {file.name: file.read_bytes() for file in folder.iterdir() if not file.name.startswith(".")}


def is_honest(left: dict[str, bytes]) -> bool:
    """Whoever checks the list finds it true, or is told that the delivery is not whole."""
    listed = left["huellas.txt"].decode()
    if "no la use" in listed:
        return True
    pairs = dict(reversed(line.split("  ")) for line in listed.splitlines())
    return {name: digest_of(content) for name, content in left.items() if name != "huellas.txt"} == pairs


def told_digests() -> set[str]:
    """Of the files of the newest report in the trail."""
    event = Event.objects.filter(action="evaluation.report").latest("pk")
    return set(json.loads(event.payload)["details"]["files"].values())


def digest_of(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


# demonstration


@pytest.mark.skipif(connection.vendor != "sqlite", reason="the demonstration has its own SQLite file")
def test_a_demonstration_cut_in_the_middle_is_loaded_whole_by_the_next_run(tmp_path: Path) -> None:
    home, out = tmp_path / "var", tmp_path / "demo"
    worker = Worker(tmp_path, RUMBO_HOME=str(home), RUMBO_DATABASE_URL="")
    try:
        order = {"out": str(out), "watched": [str(home), str(out)]}
        for moment in ({"kill_after": 0.2}, {"kill_after": 0.8}, {"die_at": 3}, {"die_at": "commit"}, {"die_at": 400}):
            end = worker.give("demonstration", **order, **moment)
            assert end.killed, end.said
            assert not (home / "demonstration").exists(), "it says that it is loaded, and it is not"
        end = worker.give("demonstration", **order)
        assert end.code == 0, end.said
        assert (home / "demonstration").read_text() == "2026-12-03"
        assert "Electoral" in (out / "iecm.txt").read_text()
        assert worker.command("audit", "verify").code == 0
        # what is whole is not loaded again: cut while it serves, it starts where it was
        stamp = (home / "rumbo.sqlite3").stat().st_ino
        assert worker.give("demonstration", **order).code == 0
        assert (home / "rumbo.sqlite3").stat().st_ino == stamp
    finally:
        worker.stop()
