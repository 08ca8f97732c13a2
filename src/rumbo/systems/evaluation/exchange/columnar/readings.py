"""What the months of an institution result from, weeks and variables: beside the layout, unread by an evaluation.

Who consolidates has in it what a quotient was made of, and can add the same variable of many institutions.
"""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import polars as pl

from rumbo.systems.captures import queries as captures
from rumbo.systems.evaluation.exchange.columnar.folder import named
from rumbo.systems.indicators.queries import asked_of

if TYPE_CHECKING:
    from rumbo.foundation.organization.models import Institution
    from rumbo.systems.indicators.models import Indicator

TABLE = "readings"
COLUMNS: dict[str, Any] = {
    "ind": pl.Int64(),
    "period": pl.Int32(),
    "last_day": pl.Date(),
    "variable": pl.String(),
    "name": pl.String(),
    "unit": pl.String(),
    "value": pl.Float64(),
    "reason": pl.String(),
    "institution": pl.String(),
}


def write_readings(
    institution: "Institution", found: "Mapping[int, Indicator]", keys: Mapping[int, int], first: int, last: int,
    folder: Path, part: str,
) -> int:  # fmt: skip
    """Of validated captures of the months first..last, as `part` of the table; how many rows. No file without any.

    `keys`: the one of each indicator in the layout.
    """
    rows = list(_rows(institution, found, keys, first, last))
    place = folder / TABLE
    if not rows:
        (place / part).unlink(missing_ok=True)
        return 0
    place.mkdir(parents=True, exist_ok=True)
    named(place / part, pl.DataFrame(rows, schema=COLUMNS, orient="row").write_parquet)
    return len(rows)


def _rows(
    institution: "Institution", found: "Mapping[int, Indicator]", keys: Mapping[int, int], first: int, last: int
) -> Iterator[tuple[Any, ...]]:
    for one in captures.approved_readings(institution, found, first, last):
        variables = asked_of(found[one.indicator_id]).variables
        of = next((variable for variable in variables if variable.symbol == one.symbol), None)
        yield (
            keys[one.indicator_id],
            one.period,
            one.last_day,
            one.symbol or None,
            of.name or None if of else None,
            of.unit or None if of else None,
            None if one.value is None else float(one.value),
            one.reason or None,
            institution.slug,
        )
