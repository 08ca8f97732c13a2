"""Scores the early warnings and writes their tables in docs/avisos-tempranos.md.

    python -m benchmarks.foresight [NAME=SERIES.csv ...] [--write | --learn]

Invented series always; files in the format of `rumbo foresight backtest` besides. `--learn` fits the coefficients of
the last correction to the files, each alone, all together and all but one, and says what is lost with each.
"""

import argparse
import os
import re
import time
from pathlib import Path

from benchmarks.foresight.learning import report
from benchmarks.foresight.making import invented
from benchmarks.foresight.scoring import Score, calibration, score
from rumbo.core.engine.foresight import Record, walk

PAGE = Path(__file__).resolve().parents[2] / "docs" / "avisos-tempranos.md"
BLOCK = re.compile(r"(<!-- de aquí: mediciones -->\n).*?(<!-- hasta aquí -->)", re.DOTALL)
SLOTS = (3, 6, 9)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="*", metavar="NAME=SERIES.csv")
    parser.add_argument("--write", action="store_true", help="put the tables in the page")
    parser.add_argument("--learn", action="store_true", help="fit the coefficients of the correction")
    asked = parser.parse_args()
    if asked.learn:
        print(report(dict(_read(word) for word in asked.files)))
        return
    sets = {"inventadas": invented()} | dict(_read(word) for word in asked.files)
    text = _tables(sets)
    print(text)
    if asked.write:
        page = PAGE.read_text(encoding="utf-8")
        PAGE.write_text(BLOCK.sub(lambda found: found[1] + text + found[2], page), encoding="utf-8")


def _read(word: str) -> tuple[str, Record]:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "rumbo.shell.settings")
    from rumbo.systems.evaluation.exchange.foresight import read_series

    name, _, file = word.partition("=")
    return name, read_series(Path(file).read_bytes()).record


def _tables(sets: dict[str, Record]) -> str:
    scores, bands = [], []
    for name, record in sets.items():
        start = time.process_time()
        told = walk(record)
        print(f"{name}: {len(record.direction)} series, {time.process_time() - start:.1f} s CPU")
        scores += [(name, score(record, told, slot)) for slot in SLOTS]
        bands += [(name, *band) for band in calibration(record, told, SLOTS)]
    lines = [
        "| series | mes | años-serie | AUC ingenua → ésta | Brier ingenuo → éste | razón | incumplimientos tardíos "
        "avisados | alarmas falsas ingenua → ésta |\n| --- | --- | --- | --- | --- | --- | --- | --- |\n",
        *(_row(name, one) for name, one in scores),
        "\nCalibración (meses 3, 6 y 9 juntos): de las veces que se dijo tanto, cuántas se incumplió.\n\n",
        "| series | probabilidad dicha | avisos | media dicha | incumplidas |\n| --- | --- | --- | --- | --- |\n",
        *(f"| {n} | {a:.0%} a {b:.0%} | {k} | {said:.0%} | {true:.0%} |\n" for n, a, b, k, said, true in bands),
    ]
    return "".join(lines)


def _row(name: str, one: Score) -> str:
    caught = f"{one.late_caught:.0%} de {one.late}" if one.late else "–"
    return (
        f"| {name} | {one.slot} | {one.years} | {one.auc_naive:.3f} → {one.auc:.3f} | {one.brier_naive:.3f} → "
        f"{one.brier:.3f} | {one.brier / one.brier_naive:.2f} | {caught} | {one.false_naive:.0%} → {one.false:.0%} |\n"
    )


if __name__ == "__main__":
    main()
