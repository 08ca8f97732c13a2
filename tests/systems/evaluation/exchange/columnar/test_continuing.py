"""A run that was killed goes on where it was; the folder of another one is left alone."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from rumbo.systems.evaluation.exchange.columnar import evaluating
from rumbo.systems.evaluation.exchange.columnar.evaluating import evaluate_columnar
from rumbo.systems.evaluation.exchange.columnar.refusing import NotThisFolder
from tests.systems.evaluation.exchange.columnar.comparing import results
from tests.systems.evaluation.exchange.columnar.conftest import Source

# Dies by SIGKILL before the step asked for: each opening, writing aside or naming of a file under the results.
DYING = """
import os, signal, sys
from pathlib import Path
source, out, die_at = Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3])
from rumbo.systems.evaluation.exchange.columnar import evaluating
evaluating.GROUP = 60
steps = 0
def step(name, arguments):
    global steps
    writes = name == "open" and (arguments[2] or 0) & (os.O_WRONLY | os.O_RDWR | os.O_CREAT)
    if (writes or name in ("os.rename", "os.mkdir", "os.remove")) and str(arguments[0]).startswith(str(out)):
        steps += 1
        if steps == die_at:
            os.kill(os.getpid(), signal.SIGKILL)
sys.addaudithook(step)
evaluating.evaluate_columnar(source, out)
print(steps)
"""


def die(source: Path, out: Path, step: int) -> subprocess.CompletedProcess[str]:
    words = [sys.executable, "-c", DYING, str(source), str(out), str(step)]
    return subprocess.run(words, capture_output=True, text=True, check=False)


@pytest.fixture(autouse=True)
def groups_of_an_area(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(evaluating, "GROUP", 60)


def test_killed_at_any_step_the_next_run_finishes_with_the_same_results(source: Source, tmp_path: Path) -> None:
    whole, out = tmp_path / "entera", tmp_path / "out"
    files = evaluate_columnar(source.folder, whole).files
    assert files == 5
    steps = int(die(source.folder, tmp_path / "cuenta", 0).stdout)
    assert steps >= 2 * files
    for step in range(1, steps + 1, 2):
        assert die(source.folder, out, step).returncode == -signal.SIGKILL
        named = sorted(file.name for file in out.glob("detail/[0-9]*.parquet"))
        outcome = evaluate_columnar(source.folder, out)
        assert outcome.kept == len(named)
        for ours, theirs in zip(results(out), results(whole), strict=True):
            assert ours.equals(theirs), step
        assert not list(out.rglob(".*"))
        subprocess.run(["rm", "-r", str(out)], check=True)


def test_what_is_whole_is_not_done_again(source: Source, tmp_path: Path) -> None:
    evaluate_columnar(source.folder, tmp_path / "out")
    stamps = {file: file.stat().st_mtime_ns for file in (tmp_path / "out").rglob("*.parquet")}
    assert evaluate_columnar(source.folder, tmp_path / "out").kept == 5
    assert {file: file.stat().st_mtime_ns for file in (tmp_path / "out").rglob("*.parquet")} == stamps


@pytest.mark.parametrize("damage", ["cut", "empty", "foreign"])
def test_a_file_that_is_not_whole_is_done_again(source: Source, tmp_path: Path, damage: str) -> None:
    out = tmp_path / "out"
    evaluate_columnar(source.folder, out)
    before = results(out)
    file = out / "detail" / "00002.parquet"
    content = {"cut": file.read_bytes()[:-50], "empty": b"", "foreign": (source.folder / "ind.parquet").read_bytes()}
    file.write_bytes(content[damage])
    assert evaluate_columnar(source.folder, out).kept == 4
    for ours, theirs in zip(results(out), before, strict=True):
        assert ours.equals(theirs)


def test_results_of_other_inputs_are_not_continued(source: Source, tmp_path: Path) -> None:
    evaluate_columnar(source.folder, tmp_path / "out")
    before = results(tmp_path / "out")
    source.set("obs", "num", 3, 123.0)
    with pytest.raises(NotThisFolder, match="otros insumos"):
        evaluate_columnar(source.folder, tmp_path / "out")
    assert results(tmp_path / "out")[0].equals(before[0])


@pytest.mark.parametrize("what", ["notas.txt", "manifest.json", "detail/otro.parquet"])
def test_a_folder_with_something_else_is_not_touched(source: Source, tmp_path: Path, what: str) -> None:
    file = tmp_path / "out" / what
    file.parent.mkdir(parents=True)
    file.write_text(json.dumps({"de": "otra cosa"}))
    with pytest.raises(NotThisFolder):
        evaluate_columnar(source.folder, tmp_path / "out")
    assert [item for item in (tmp_path / "out").rglob("*") if item.is_file()] == [file]
    assert os.listdir(tmp_path / "out") == [what.partition("/")[0]]
