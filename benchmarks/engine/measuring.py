"""Every way on the same nations, each in a fresh process: CPU, memory, and how they grow. One table."""

import math
import os
import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from benchmarks.engine import kernel
from benchmarks.engine.nation import Size
from benchmarks.engine.work import SAMPLE

START = Size(40)  # as good as nothing: what starting costs
MILLION, TEN, ALL = Size(27_778), Size(277_778), Size(743_400)
NAMES = {
    "floor": "floor: read, write, no rules",
    "ours": "rumbo evaluate --columnar",
    "polars": "Polars, long rows and windows",
    "pandas": "pandas",
    "plain": "plain Python, from a sample",
}
# Beyond these a machine of 16 GB would spend its time swapping.
MOST = {"polars": TEN.rows, "pandas": TEN.rows, "plain": MILLION.rows}


@dataclass(frozen=True, slots=True)
class Spent:
    """User and system seconds of all its threads, from start to end; peak resident memory in MB."""

    cpu: float
    wall: float
    peak: float


def run(*, full: bool, times: int, folder: Path | None = None) -> None:
    """Prints the table. `full` measures 10 M and 26.8 M months too: some minutes and 2 GB of disk."""
    with tempfile.TemporaryDirectory(prefix="rumbo-engine-") as place:
        root = folder or Path(place)
        print(f"load of the machine {os.getloadavg()[0]:.1f}; best of {times}; CPU of whole processes, start included")
        start = _best("ours", _nation(root, START), root, times)
        print(f"{'start: a nation of 40 indicators':<34}{'':>12}{start.cpu:>9.2f} s{start.peak:>9.0f} MB")
        found: dict[int, dict[str, Spent]] = {}
        for size in (MILLION, TEN, ALL) if full else (MILLION,):
            found[size.rows] = _measured(root, size, times, start)
        _growth(found, start)
        _kernel()


def _measured(root: Path, size: Size, times: int, start: Spent) -> dict[str, Spent]:
    source = _nation(root, size)
    print(f"\n{size.rows:,} indicator-months{'':<18}{'CPU s':>9}{'× floor':>9}{'ours ×':>9}{'wall s':>9}{'MB':>8}")
    found: dict[str, Spent] = {}
    for way in NAMES:
        if size.rows <= MOST.get(way, size.rows):
            spent = _best(way, source, root, times if size.rows <= MILLION.rows else min(times, 2))
            found[way] = _scaled(spent, size) if way == "plain" else spent
    for way, spent in found.items():
        over, ours = spent.cpu / found["floor"].cpu, spent.cpu / found["ours"].cpu
        print(f"{NAMES[way]:<36}{spent.cpu:>9.2f}{over:>9.2f}{ours:>9.2f}{spent.wall:>9.2f}{spent.peak:>8.0f}")
    net = (found["ours"].cpu - start.cpu) / found["floor"].cpu
    print(f"{'  ours without its start':<36}{found['ours'].cpu - start.cpu:>9.2f}{net:>9.2f}")
    return found


def _scaled(spent: Spent, size: Size) -> Spent:
    """The sample's time in proportion: it grows with the rows."""
    times = size.indicators / SAMPLE
    return Spent(spent.cpu * times, spent.wall * times, spent.peak)


def _growth(found: dict[int, dict[str, Spent]], start: Spent) -> None:
    if len(found) < 2:
        return
    low, high = min(found), max(found)
    print(f"\nslope from {low:,} to {high:,} (log CPU / log rows)")
    for way, less in (("ours", 0.0), ("ours", start.cpu), ("floor", 0.0)):
        slope = math.log((found[high][way].cpu - less) / (found[low][way].cpu - less)) / math.log(high / low)
        print(f"{NAMES[way] + (', without its start' if less else ''):<52}{slope:>9.2f}")


def _kernel() -> None:
    print("\nthe engine alone, all rules of the product, CPU")
    for rows, name in ((1, "one indicator × 12, after a capture"), (5_000, "5,000 × 12, with places and roll-ups")):
        print(f"{name:<36}{kernel.milliseconds(rows):>9.2f} ms")


def _nation(root: Path, size: Size) -> Path:
    source = root / f"nation-{size.rows}"
    if not (source / "elem.parquet").exists():
        # Not here: a child's peak begins with that of the process that started it.
        words = [sys.executable, "-m", "benchmarks.engine.work", "make", str(source), f"{size.indicators}x{size.years}"]
        subprocess.run(words, check=True)
    return source


def _best(way: str, source: Path, root: Path, times: int) -> Spent:
    return min((_once(way, source, root) for _ in range(times)), key=lambda spent: spent.cpu)


def _once(way: str, source: Path, root: Path) -> Spent:
    out = root / "out"
    shutil.rmtree(out, ignore_errors=True)
    words = [sys.executable, "-m", "benchmarks.engine.work", way, str(source), str(out)]
    if way == "ours":
        words = [str(Path(sys.executable).with_name("rumbo")), "evaluate", "--columnar", str(source), "--out", str(out)]
    environment = os.environ | {"RUMBO_HOME": str(root / "home"), "RUMBO_DEMO": "1"}
    (root / "home").mkdir(exist_ok=True)
    begun = time.perf_counter()
    process = subprocess.Popen(words, env=environment, stdout=subprocess.DEVNULL)
    _, status, used = os.wait4(process.pid, 0)
    wall = time.perf_counter() - begun
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"{way}: exit {process.returncode}")
    shutil.rmtree(out, ignore_errors=True)
    return Spent(used.ru_utime + used.ru_stime, wall, used.ru_maxrss / 1024)
