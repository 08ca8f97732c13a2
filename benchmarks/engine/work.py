"""One way to evaluate, in a process of its own: `python -m benchmarks.engine.work polars SOURCE OUT`."""

import sys
from pathlib import Path

SAMPLE = 2_778  # indicators of the plain Python: 100,000 months of three years


def main(way: str, source: Path, out: Path) -> None:
    """`make` writes the nation instead: its third word is INDICATORSxYEARS."""
    if way == "make":
        from benchmarks.engine.nation import Size, make

        make(source, Size(*map(int, out.name.split("x"))))
    elif way == "floor":
        from benchmarks.engine.nation import floor

        floor(source, out)
    elif way == "polars":
        from benchmarks.engine import long_polars

        long_polars.evaluate(source, out)
    elif way == "pandas":
        from benchmarks.engine import long_pandas

        long_pandas.evaluate(source, out)
    else:
        from benchmarks.engine import plain

        plain.evaluate(source, SAMPLE)


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3]))
