"""Entry: `python -m benchmarks institution --database sqlite --scale 1`."""

import argparse

from benchmarks import institution

parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
places = parser.add_subparsers(dest="what", required=True)
one = places.add_parser("institution", help="boards, capture and close of one institution, beside the bare SQL")
one.add_argument("--database", choices=["sqlite", "postgresql"], default="sqlite")
one.add_argument("--scale", type=int, default=1, help="1,500 goals each")
one.add_argument("--times", type=int, default=40, help="repetitions of each measured request")
asked = parser.parse_args()
institution.run(database=asked.database, scale=asked.scale, times=asked.times)
