"""The years of an institution in the columnar layout, so that a state or a nation can put many together.

Each institution writes a part of each table, named by itself: the folders of many installations are joined by copying
them into one. Keys are made from the permanent references of the records, the same in every export; codes and names go
in columns beside, which the evaluation does not read. What is measured and how it is judged: docs/formats/columnas.md.
"""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import UUID

import numpy as np
import polars as pl
from numpy.typing import NDArray

from rumbo.core.engine import Scheme
from rumbo.core.timekeeping.period import Period
from rumbo.core.vocabulary.accumulation import Accumulation
from rumbo.core.vocabulary.direction import Direction
from rumbo.core.vocabulary.frequency import MONTHS
from rumbo.core.vocabulary.marking import N_
from rumbo.core.vocabulary.refusal import Refusal
from rumbo.foundation.organization import queries as organization
from rumbo.foundation.planning import queries as planning
from rumbo.systems.evaluation.exchange.columnar.folder import named
from rumbo.systems.evaluation.exchange.columnar.layout import INPUTS
from rumbo.systems.evaluation.exchange.columnar.readings import write_readings
from rumbo.systems.evaluation.queries.blocks import Year, year_of
from rumbo.systems.evaluation.queries.schemes import GENERAL, parameters_of, schemes_of
from rumbo.systems.indicators import queries as indicators

if TYPE_CHECKING:
    from rumbo.foundation.organization.models import Institution
    from rumbo.systems.indicators.models import Indicator

# A month by itself and a constant are, in this layout, the last value known.
MODES = {
    Accumulation.SUM: 0, Accumulation.LAST: 1, Accumulation.AVERAGE: 2, Accumulation.RATIO: 3,
    Accumulation.PERIODIC: 1, Accumulation.CONSTANT: 1, Accumulation.RATE: 3,
}  # fmt: skip
LEVELS = 4
BESIDE = {
    "ind": ("code", "name", "institution"),
    "area": ("code", "name", "institution"),
    "elem": ("code", "name", "institution"),
}

type Floats = NDArray[np.float64]


class NothingToExport(Refusal):
    """No programme in the years asked for."""


@dataclass(frozen=True, slots=True)
class Exported:
    institution: str
    indicators: int
    months: int


@dataclass(frozen=True, eq=False, slots=True)
class Months:
    """Every indicator with a programme in some of the years, [n, months] each; NaN is none."""

    ids: list[int]
    first: int
    programmed: Floats
    programmed_den: Floats
    actual: Floats
    actual_den: Floats
    last_year: Mapping[int, tuple[Year, int]]


def export_columnar(institution: "Institution", first: int, last: int, folder: Path) -> Exported:
    """Writes TABLE/INSTITUTION.parquet of the calendar years first..last, validated captures alone; and beside them
    the readings that they result from, when there are some.

    The layout accumulates by calendar year, whatever each institution's: so many of them can be put together.
    Raises NothingToExport.
    """
    months = _months(institution, Period(first, 1), Period(last, MONTHS))
    if not months.ids:
        raise NothingToExport(
            N_("%(institution)s no tiene metas programadas de %(first)s a %(last)s. Elija otros años."),
            institution=institution.name,
            first=first,
            last=last,
        )
    found = indicators.indicators_by_id(months.ids)
    part = f"{institution.slug}-{key_of(institution.ref):x}.parquet"
    for name, frame in _tables(institution, months, found).items():
        place = folder / name
        place.mkdir(parents=True, exist_ok=True)
        wanted = [column.name for column in INPUTS[name]] + list(BESIDE.get(name, ()))
        named(place / part, frame.select(wanted).write_parquet)
    keys = {pk: key_of(one.ref) for pk, one in found.items()}
    write_readings(institution, found, keys, Period(first, 1).index, Period(last, MONTHS).index, folder, part)
    return Exported(institution.slug, len(months.ids), months.programmed.shape[1])


def key_of(ref: UUID, more: str = "") -> int:
    """A whole number of 63 bits for a permanent reference: two of a million records coincide once in ten million."""
    return int.from_bytes(hashlib.blake2b(ref.bytes + more.encode(), digest_size=8).digest()) >> 1


def _months(institution: "Institution", first: Period, last: Period) -> Months:
    begin, end = institution.year_of(first), institution.year_of(last)
    years = [begin.plus(number) for number in range(end.year - begin.year + 1)]
    found = [year_of(institution.pk, year, cut=MONTHS, only_approved=True) for year in years]
    ids = list(dict.fromkeys(pk for year in found for pk in year.programme.indicator_ids))
    place = {pk: row for row, pk in enumerate(ids)}
    shape = (len(ids), len(found) * MONTHS)
    arrays = {name: np.full(shape, np.nan) for name in ("programmed", "programmed_den", "actual", "actual_den")}
    last_year: dict[int, tuple[Year, int]] = {}
    for number, year in enumerate(found):
        rows = [place[pk] for pk in year.programme.indicator_ids]
        columns = slice(number * MONTHS, (number + 1) * MONTHS)
        for name, whole in arrays.items():
            whole[rows, columns] = getattr(year.block, name)
        last_year |= {pk: (year, row) for row, pk in enumerate(year.programme.indicator_ids)}
    wanted = slice(begin.column(first), begin.column(last) + 1)
    cut = {name: whole[:, wanted] for name, whole in arrays.items()}
    return Months(ids, first.index, **cut, last_year=last_year)


def _tables(institution: "Institution", months: Months, found: "Mapping[int, Indicator]") -> dict[str, pl.DataFrame]:
    units = organization.units_of(institution, with_retired=True)
    order = {unit.pk: place for place, unit in enumerate(units)}
    # By area in the order of their tree: an evaluation of many installations then has nothing to sort.
    rows = sorted(range(len(months.ids)), key=lambda row: order[found[months.ids[row]].goal.unit_id])
    kept = [months.ids[row] for row in rows]
    keys = np.array([key_of(found[pk].ref) for pk in kept], dtype=np.int64)
    rule_sets, versions = _rule_sets(institution, kept, months.first, months.first + months.actual.shape[1] - 1)
    cells = {name: getattr(months, name)[rows] for name in ("programmed", "programmed_den", "actual", "actual_den")}
    sheet = [_sheet(months.last_year[pk]) for pk in kept]
    ways = np.array([_accumulation(months.last_year[pk]) for pk in kept])
    cells = as_ratios(cells, ways, np.array([row["k"] for row in sheet]))
    described = [
        {
            "ind": key,
            "area": key_of(found[pk].goal.unit.ref),
            "elem": key_of(found[pk].goal.plan_element.ref),
            "rset": rule_sets[pk],
            "code": found[pk].code,
            "name": found[pk].name,
            "institution": institution.slug,
            **row,
        }
        for key, pk, row in zip(keys.tolist(), kept, sheet, strict=True)
    ]
    elements = planning.elements_by_id({pk for pk, _ in planning.element_paths(institution.pk)})
    above = {pk: _steps(path) for pk, path in planning.element_paths(institution.pk)}
    return {
        "ind": pl.DataFrame(described, infer_schema_length=None).with_columns(
            pl.col("base", "lo", "hi").fill_nan(None)
        ),
        "sch": _long(keys, months.first, cells["programmed"], cells["programmed_den"], ("pnum", "pden")),
        "obs": _long(keys, months.first, cells["actual"], cells["actual_den"], ("num", "den")).filter(
            pl.col("num").is_not_null() | pl.col("den").is_not_null()
        ),
        "thr": pl.DataFrame(versions),
        "area": _tree(institution, units, {unit.pk: _steps(unit.path) for unit in units}, top=True),
        "elem": _tree(institution, elements.values(), above, top=False),
    }


def as_ratios(cells: Mapping[str, Floats], ways: NDArray[np.int64], k: Floats) -> dict[str, Floats]:
    """The four arrays of `Months` as the layout's ratios: a rate of change is that of the difference; a programme given
    as the ratio itself, «95 % each month», goes over k, so that its mean to date is itself.

    `ways` i[n] is the `Accumulation` of each row.
    """
    found = dict(cells)
    rate = (ways == Accumulation.RATE)[:, None]
    for name in ("programmed", "actual"):
        below = cells[f"{name}_den"]
        found[name] = np.where(rate & ~np.isnan(below), cells[name] - below, cells[name])
    parts = np.isin(ways, (Accumulation.RATIO, Accumulation.RATE)) & np.isnan(cells["programmed_den"]).all(axis=1)
    itself = parts[:, None] & ~np.isnan(cells["programmed"])
    found["programmed_den"] = np.where(itself, k[:, None], cells["programmed_den"])
    return found


def _accumulation(where: tuple[Year, int]) -> Accumulation:
    return Accumulation(int(where[0].block.accumulation[where[1]]))


def _sheet(where: tuple[Year, int]) -> dict[str, Any]:
    """What the last year with programme says of an indicator."""
    block, row = where[0].block, where[1]
    direction = Direction(int(block.direction[row]))
    low, high = float(block.low[row]), float(block.high[row])
    if direction == Direction.NOMINAL:  # nothing in this layout says «exactly there»: a range without width has no %
        direction, low, high = Direction.RANGE, float(block.annual_target[row]), float(block.annual_target[row])
    return {
        "direction": int(direction),
        "mode": MODES[_accumulation(where)],
        "k": float(block.factor[row]),
        "base": float(block.baseline[row]),
        "lo": low,
        "hi": high,
        "weight": float(block.weight[row]),
    }


def _long(keys: NDArray[np.int64], first: int, a: Floats, b: Floats, names: tuple[str, str]) -> pl.DataFrame:
    months = a.shape[1]
    columns = {
        "ind": np.repeat(keys, months),
        "period": np.tile(np.arange(first, first + months, dtype=np.int32), len(keys)),
    }
    figures = {
        name: pl.Series(values.reshape(-1), nan_to_null=True) for name, values in zip(names, (a, b), strict=True)
    }
    return pl.DataFrame(columns | figures)


def _rule_sets(
    institution: "Institution", ids: Iterable[int], first: int, last: int
) -> tuple[dict[int, int], list[dict[str, Any]]]:
    """The rule set of each indicator, and the versions of each: those of the scheme that evaluates it at the end."""
    schemes, end = schemes_of(institution.pk), Period.of(last).last_day
    version = schemes.version_on(end)
    general = version.scheme if version else GENERAL
    special = {pk: one.scheme for pk, one in schemes.special_on(end).items()}
    rows = []
    for code in sorted({general, *special.values()}):
        known = {
            Period.containing(one.effective_from).index: parameters_of(one) for one in schemes.versions.get(code, [])
        }
        known = known or {first: Scheme()}
        known[min(first, *known)] = known[min(known)]  # the first one also judges what came before it
        rows += [
            {"rset": key_of(institution.ref, code), "since": since, "green": one.green, "yellow": one.amber,
             "c1": one.fair, "c2": one.good, "c3": one.achieved}
            for since, one in sorted(known.items())
        ]  # fmt: skip
    return {pk: key_of(institution.ref, special.get(pk, general)) for pk in ids}, rows


def _steps(path: str) -> list[int]:
    return [int(step) for step in path.split("/") if step]


def _tree(
    institution: "Institution", nodes: Iterable[Any], above: Mapping[int, list[int]], *, top: bool
) -> pl.DataFrame:
    """Each node as a leaf with its three levels above; `top`: the first of them is the institution.

    A node nearer to the top stands for the levels that it does not have; of more levels than four, those next to the
    leaf are left out.
    """
    nodes = list(nodes)
    keys = {node.pk: key_of(node.ref) for node in nodes}
    whole = key_of(institution.ref)
    rows = []
    for node in nodes:
        chain = ([whole] if top else []) + [keys[pk] for pk in above[node.pk]]
        levels = (chain + chain[-1:] * LEVELS)[: LEVELS - 1]
        named_as = getattr(node, "name", "") or getattr(node, "statement", "")
        rows.append((keys[node.pk], *reversed(levels), node.code, named_as, institution.slug))
    schema = {"leaf": pl.Int64, "l3": pl.Int64, "l2": pl.Int64, "l1": pl.Int64}
    return pl.DataFrame(rows, schema=schema | dict.fromkeys(BESIDE["area"], pl.String), orient="row")
