"""Entry: `python -m benchmarks institution --database sqlite --scale 1`, `python -m benchmarks engine --full`."""

import argparse
from pathlib import Path

parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
places = parser.add_subparsers(dest="what", required=True)
one = places.add_parser("institution", help="boards, capture and close of one institution, beside the bare SQL")
one.add_argument("--database", choices=["sqlite", "postgresql"], default="sqlite")
one.add_argument("--scale", type=int, default=1, help="1,500 goals each")
one.add_argument("--times", type=int, default=40, help="repetitions of each measured request")
month = places.add_parser("close", help="the close of a month alone, at one or more scales, beside the bare SQL")
month.add_argument("--database", choices=["sqlite", "postgresql"], default="postgresql")
month.add_argument(
    "--scale", type=int, nargs="+", default=[1], help="1,500 goals each; 1 10 100 takes a quarter of an hour"
)
month.add_argument("--times", type=int, default=5, help="closings at each scale; the best counts")
many = places.add_parser("engine", help="the evaluation of a nation, beside its floor and other ways to write it")
many.add_argument("--full", action="store_true", help="10 M and 26.8 M months too, after 1 M")
many.add_argument("--times", type=int, default=3, help="runs of each way; the best counts")
many.add_argument("--folder", type=Path, help="keeps the nations there for the next run")
scales = places.add_parser("scales", help="saving and assigning a scale, which evaluates the open months at once")
scales.add_argument("--database", choices=["sqlite", "postgresql"], default="sqlite")
scales.add_argument("--scale", type=int, default=1, help="1,500 goals each")
scales.add_argument("--times", type=int, default=3, help="decisions of each kind; the best counts")
asked = parser.parse_args()
if asked.what == "engine":
    from benchmarks.engine import measuring

    measuring.run(full=asked.full, times=asked.times, folder=asked.folder)
elif asked.what == "scales":
    from benchmarks import scales as deciding

    deciding.run(database=asked.database, scale=asked.scale, times=asked.times)
elif asked.what == "close":
    from benchmarks import closing

    closing.run(database=asked.database, scales=sorted(asked.scale), times=asked.times)
else:
    from benchmarks import institution

    institution.run(database=asked.database, scale=asked.scale, times=asked.times)
