"""Workbooks as a person would bring them, made from the demonstration's files and taken through the same door."""

import io
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

import xlsxwriter

from rumbo.foundation.organization.actor import SystemActor
from rumbo.shell.command.exchanges import EXCHANGES, Asked

if TYPE_CHECKING:
    from rumbo.foundation.organization.models import Institution

type Row = Mapping[str, str]


class Refused(Exception):
    """A file of the demonstration has a fault: the text names the cells."""


def book(sheets: Mapping[str, Sequence[Row]]) -> bytes:
    """An XLSX with one tab per table; the keys of its first row are the headers."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as workbook:
        for name, rows in sheets.items():
            if not rows:
                continue
            sheet = workbook.add_worksheet(name)
            keys = list(rows[0])
            sheet.write_row(0, 0, keys)
            for number, row in enumerate(rows, start=1):
                for column, key in enumerate(keys):
                    _write(sheet, number, column, key, row[key])
    return out.getvalue()


def take(kind: str, content: bytes, *, institution: "Institution", by: SystemActor, on: date, at: datetime) -> None:
    """What `rumbo import KIND` does with a file. Raises Refused, and then nothing was applied."""
    asked = Asked(institution=institution, by=by, on=on, at=at, content=content, year=on.year)
    answer = EXCHANGES[kind].take(asked)
    if answer.errors:
        told = (f"{error.sheet} {error.row}: {error.template % error.params}" for error in answer.errors[:5])
        raise Refused(f"{institution.slug}, {kind}: " + "; ".join(told))


def goal_row(row: Mapping[str, str]) -> Row:
    """A line of `goals.csv` under the headers of the goals' workbook."""
    whole = row.get("whole", "yes") == "yes"
    return {
        "code": row["code"],
        "statement": row["statement"],
        "line": row["line"],
        "unit": row["area"],
        "co_responsible": "; ".join(row["co_responsible"].split()),
        "goal_type": row["type"],
        "weight": row["weight"],
        "critical": "sí" if row["critical"] == "yes" else "no",
        "term_target": row["term_target"],
        "responsible_post": row["responsible_post"],
        "sdg": row["ods"],
        "agreed_on": row.get("agreed_on", ""),
        "name": row["indicator"],
        "definition": row["definition"],
        "formula": row["formula"],
        "unit_of_measure": row["unit"],
        "direction": row["direction"],
        "accumulation": row["accumulation"],
        "frequency": row["frequency"],
        "due_months": "; ".join(row["due_months"].split()),
        "numerator_symbol": row["numerator_variable"],
        "numerator_name": row["numerator_name"],
        "denominator_symbol": row["denominator_variable"],
        "denominator_name": row["denominator_name"],
        "factor": row["factor"],
        "decimals": row.get("decimals") or ("0" if whole else "1"),
        "dimension": row["dimension"],
        "baseline": row["baseline"],
        "baseline_year": row["baseline_year"],
        "source": row["source"],
        "means_of_verification": row["means_of_verification"],
        "required_evidence": row["evidence_type"],
    }


def programme_row(
    code: str, year: int, annual: str, months: Mapping[int, tuple[str, str]], *, low: str = "", high: str = ""
) -> Row:
    """One indicator-year under the headers of «Programación»; `months` by month 1..12: numerator, denominator."""
    numerators = {f"n{month}": months.get(month, ("", ""))[0] for month in range(1, 13)}
    denominators = {f"d{month}": months.get(month, ("", ""))[1] for month in range(1, 13)}
    head = {"indicator": code, "year": str(year), "annual_target": annual, "low": low, "high": high}
    return head | numerators | denominators


def plan_rows(rows: Iterable[Mapping[str, str]], levels: Sequence[str], names: Sequence[str]) -> list[Row]:
    """A line of `plan.csv` under the headers of the plan's workbook."""
    shown = dict(zip(levels, names, strict=True))
    return [
        {
            "level": shown[row["level"]],
            "code": row["code"],
            "parent": row["parent"],
            "text": row["text"],
            "suggested": row.get("suggested_parent", ""),
        }
        for row in rows
    ]


AMOUNTS = frozenset(
    {"weight", "term_target", "factor", "decimals", "baseline", "baseline_year", "year", "annual_target", "low", "high"}
    | {"numerator", "denominator"}
    | {f"{part}{month}" for part in "nd" for month in range(1, 13)}
)


def _write(sheet: Any, row: int, column: int, key: str, value: str) -> None:
    """Amounts as numbers; codes stay text: 1.10 is not 1.1."""
    if value == "":
        return
    if key in AMOUNTS:
        sheet.write_number(row, column, float(value))
    else:
        sheet.write_string(row, column, value)
