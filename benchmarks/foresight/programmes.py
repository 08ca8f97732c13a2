"""Gives programmes to real series that have none, as an institution might have set them: from years before alone.

    python -m benchmarks.foresight.programmes VALUES.csv SERIES.csv [--seed N] [--up 0.6] [--kinds sum,mean,last,roll]

VALUES.csv   series, year, slot, value [, target]: a series with targets keeps them and is averaged to date
SERIES.csv   the format of `rumbo foresight backtest`

The rule (last year and an ambition, a standard that does not move, half of the way to what was done, the trend, the
mean of three years), the accumulation, the direction, the digits and whether the programme knows the season are drawn
once for each series; the first year of each only feeds its targets. Years with a blank slot are left out.
"""

import argparse
import csv
from collections import defaultdict
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import numpy as np

from rumbo.core.engine.block import Floats

SLOTS = 12
RULES, OFTEN = ("last", "standard", "sticky", "trend", "mean"), (0.35, 0.15, 0.2, 0.15, 0.15)
HEADER = ("series", "direction", "year", "slot", "target_to_date", "actual_to_date", "target", "actual")
type Series = dict[int, dict[int, tuple[float, float]]]  # year, slot → value, target


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("values", type=Path)
    parser.add_argument("series", type=Path)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--up", type=float, default=0.6, help="share of series that are better when larger")
    parser.add_argument("--kinds", default="sum,sum,mean,mean,last,roll")
    asked = parser.parse_args()
    rng, kinds = np.random.default_rng(asked.seed), asked.kinds.split(",")
    with asked.series.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(HEADER)
        for name, years in sorted(_read(asked.values).items()):
            writer.writerows(_with_targets(name, years) or _programmed(name, years, rng, kinds, asked.up))


def _read(path: Path) -> dict[str, Series]:
    found: dict[str, Series] = defaultdict(lambda: defaultdict(dict))
    with path.open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            target = row.get("target") or "nan"
            found[row["series"]][int(row["year"])][int(row["slot"])] = (float(row["value"]), float(target))
    return found


def _runs(years: Series) -> Iterator[tuple[int, Floats]]:
    """(first year, f8[y,12]) of whole years that follow each other."""
    whole = sorted(year for year, slots in years.items() if len(slots) == SLOTS)
    breaks = [0, *(i for i in range(1, len(whole)) if whole[i] != whole[i - 1] + 1), len(whole)]
    for start, end in pairwise(breaks):
        run = whole[start:end]
        if run:
            yield run[0], np.array([[years[y][s][0] for s in range(1, SLOTS + 1)] for y in run])


def _with_targets(name: str, years: Series) -> list[tuple[object, ...]]:
    rows: list[tuple[object, ...]] = []
    for year, slots in sorted(years.items()):
        known = [(slot, *slots[slot]) for slot in sorted(slots)]
        if len(known) == SLOTS and not any(np.isnan(target) for _, _, target in known):
            mean = np.cumsum([value for _, value, _ in known]) / np.arange(1, SLOTS + 1)
            rows += [
                (name, "up", year, slot, target, round(float(mean[slot - 1]), 1), target, value)
                for slot, value, target in known
            ]
    return rows


def _programmed(
    name: str, years: Series, rng: np.random.Generator, kinds: list[str], up: float
) -> list[tuple[object, ...]]:
    rows: list[tuple[object, ...]] = []
    for first, done in _runs(years):
        if len(done) < 3 or done.min() <= 0:
            continue
        kind, way = str(rng.choice(kinds)), 1 if rng.random() < up else -1
        targets = _targets(done, kind, way, rng)
        seasonal, decimals = rng.random() < 0.5 and kind in ("sum", "mean"), int(rng.choice([3, 4, 6]))
        for year in range(1, len(done)):
            before = done[max(0, year - 3) : year].mean(axis=0)
            profile = before / before.mean() if seasonal else np.ones(SLOTS)
            plan, actual = _digits(targets[year] * profile, 4), _digits(done[year], decimals)
            to_date, reached = _to_date(kind, plan, actual, _digits(done[year - 1], decimals))
            label = f"{name}-{first}-{kind}"
            rows += [
                (label, "up" if way > 0 else "down", first + year, s + 1, to_date[s], reached[s], plan[s], actual[s])
                for s in range(SLOTS)
            ]
    return rows


def _targets(done: Floats, kind: str, way: int, rng: np.random.Generator) -> Floats:
    """f8[y], the first unused."""
    ends = done[:, -1] if kind == "last" else done.mean(axis=1)
    usual = max(float(np.std(np.diff(np.log(ends)))), 0.003)
    rule, digits = str(rng.choice(RULES, p=OFTEN)), int(rng.choice([2, 3, 4], p=[0.2, 0.4, 0.4]))
    ambition, spread = rng.normal(0.3, 0.6) * usual, float(rng.choice([0.1, 0.4, 0.8])) * usual
    found = np.full(len(done), np.nan)
    for year in range(1, len(done)):
        wanted = 1 + way * ambition + (rng.normal(0, spread) if rule != "standard" else 0.0)
        base = ends[year - 1]
        if rule == "standard" and year > 1:
            base, wanted = found[year - 1], 1.0
        elif rule == "sticky" and year > 1:
            base = (found[year - 1] + base) / 2
        elif rule == "trend" and year > 1:
            base *= 1 + np.log(base / ends[year - 2])
        elif rule == "mean":
            base = ends[max(0, year - 3) : year].mean()
        found[year] = _digits(np.array(base * wanted), digits)
    return found


def _to_date(kind: str, plan: Floats, actual: Floats, before: Floats) -> tuple[Floats, Floats]:
    count = np.arange(1, SLOTS + 1)
    if kind == "sum":
        return np.cumsum(plan), np.cumsum(actual)
    if kind == "mean":
        return _digits(np.cumsum(plan) / count, 4), _digits(np.cumsum(actual) / count, 4)
    if kind == "last":
        return plan, actual
    both = np.concatenate([before, actual])
    return plan, _digits(np.array([both[s + 1 : s + 1 + SLOTS].mean() for s in range(SLOTS)]), 4)


def _digits(figures: Floats, digits: int) -> Floats:
    """Rounded to so many significant digits."""
    size = np.floor(np.log10(np.maximum(np.abs(figures), 1e-300)))
    step = 10.0 ** (size - digits + 1)
    return np.asarray(np.round(figures / step) * step)


if __name__ == "__main__":
    main()
