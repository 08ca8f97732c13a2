"""The tables of the transport institution, made from the published files: what is committed is what this gives.

Only 2008–2011 are used: before there is nothing, and after only loose targets. Numbers are copied as published.
"""

import csv
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path

from rumbo.core.vocabulary.accumulation import Accumulation
from rumbo.shell.demonstration.dataset import plain, read_rows
from rumbo.shell.demonstration.transport import (
    Finding,
    Series,
    describe,
    find_mode,
    find_target_mode,
    read_series,
)

YEARS = range(2008, 2012)
AREAS = {
    "MTA Bus": "MTABUS",
    "LI Bus": "LIBUS",
    "Long Island Rail Road": "LIRR",
    "Metro-North Railroad": "MNR",
    "Bridges and Tunnels": "TBTA",
}
CATEGORIES = {"Service Indicators": "SRV", "Safety Indicators": "SEG"}
CATEGORY_TEXTS = {
    "Service Indicators": "Indicadores de servicio (Service Indicators)",
    "Safety Indicators": "Indicadores de seguridad (Safety Indicators)",
}
# The source marks «N» what it only informs: it publishes no target for it, so its direction never judges anything.
DIRECTIONS = {"U": "increasing", "D": "decreasing", "N": "increasing"}
ACCUMULATIONS = {Accumulation.SUM: "sum", Accumulation.AVERAGE: "average", Accumulation.LAST: "last"}
SOURCE = "Autoridad Metropolitana de Transporte de Nueva York, indicadores de desempeño publicados (2008–2011)."

Row = Mapping[str, str]
Table = list[dict[str, str]]


def tables(source: Path) -> dict[str, Table]:
    """File name → rows, for the folder that holds `source`."""
    indicators = read_rows(source / "indicators.csv")
    series = read_series(source)
    findings = {row["INDICATOR_SEQ"]: find_mode(series[row["INDICATOR_SEQ"]]) for row in indicators}
    kept = [row for row in indicators if findings[row["INDICATOR_SEQ"]].mode is not None]
    return {
        "areas.csv": _areas(),
        "people.csv": _people(),
        "plan.csv": [
            {"level": "categoría", "code": code, "parent": "", "text": CATEGORY_TEXTS[name]}
            for name, code in CATEGORIES.items()
        ],
        "goals.csv": [_goal(row, series[row["INDICATOR_SEQ"]], findings[row["INDICATOR_SEQ"]]) for row in kept],
        "annual_targets.csv": [line for row in kept for line in _annual(row, series[row["INDICATOR_SEQ"]])],
        "targets.csv": [line for row in kept for line in _months(row, series[row["INDICATOR_SEQ"]], "target")],
        "captures.csv": [line for row in kept for line in _months(row, series[row["INDICATOR_SEQ"]], "actual")],
        "excluded.csv": [
            _excluded(row, findings[row["INDICATOR_SEQ"]])
            for row in indicators
            if findings[row["INDICATOR_SEQ"]].mode is None
        ],
    }


def write(folder: Path) -> None:
    """Writes every table beside `folder/source`."""
    for name, rows in tables(folder / "source").items():
        with (folder / name).open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, fieldnames=list(rows[0]), lineterminator="\n")
            writer.writeheader()
            writer.writerows(rows)


def _areas() -> Table:
    root = ("TM", "", "Transporte metropolitano (datos reales de prueba)", "institution", "Persona titular", "")
    agencies = [
        (code, "TM", name, "area", f"Titular de {name}", f"Enlace de planeación de {name}")
        for name, code in AREAS.items()
    ]
    header = ("code", "parent", "name", "kind", "head_post", "liaison_post")
    return [dict(zip(header, line, strict=True)) for line in (root, *agencies)]


def _people() -> Table:
    names = iter(("Ana", "Beto", "Celia", "Darío", "Elena", "Fabián", "Gloria", "Hugo", "Inés", "Joel"))
    people = [
        ("carmen", "Carmen", "closer", "TM", "Dirección de Planeación (validación y cierre)"),
        ("marta", "Marta", "reviewer", "TM", "Dirección de Planeación (revisión)"),
        ("auditoria", "Octavio", "auditor", "TM", "Órgano Interno de Control (consulta)"),
        ("administracion", "Silvia", "administrator", "TM", "Administración del sistema"),
    ]
    for name, code in AREAS.items():
        people.append((f"captura.{code.lower()}", next(names), "capturer", code, f"Captura de {name}"))
        people.append((f"vistobueno.{code.lower()}", next(names), "area_head", code, f"Titular de {name}"))
    return [
        {"email": f"{user}@transporte.example", "name": name, "role": role, "unit": unit, "post": post}
        for user, name, role, unit, post in people
    ]


def _goal(row: Row, series: Series, finding: Finding) -> dict[str, str]:
    assert finding.mode is not None  # noqa: S101  (only series with a mode become goals)
    baseline_year, baseline = _baseline(series)
    last_target = [line["annual_target"] for line in _annual(row, series)][-1:]
    return {
        "code": row["INDICATOR_SEQ"],
        "line": CATEGORIES[row["CATEGORY"]],
        "statement": row["INDICATOR_NAME"],
        "type": "accion",
        "area": AREAS[row["AGENCY_NAME"]],
        "co_responsible": "",
        "responsible_post": f"Titular de {row['AGENCY_NAME']}",
        "weight": "1",
        "critical": "no",
        "term_target": "",
        "indicator": row["INDICATOR_NAME"],
        "definition": f"{describe(finding)} {_about_targets(series, finding)} Texto de la fuente: {row['DESCRIPTION']}",
        "formula": "valor",
        "unit": _unit_name(row),
        "numerator_name": row["INDICATOR_NAME"],
        "numerator_variable": "valor",
        "denominator_name": "",
        "denominator_variable": "",
        "direction": DIRECTIONS[row["DESIRED_CHANGE"]],
        "accumulation": ACCUMULATIONS[finding.mode],
        "frequency": "monthly",
        "due_months": " ".join(str(month) for month in range(1, 13)),
        "factor": "1",
        "baseline": baseline,
        "baseline_year": baseline_year,
        "annual_target": last_target[0] if last_target else "",
        "low": "",
        "high": "",
        "source": f"{SOURCE} Indicador {row['INDICATOR_SEQ']}.",
        "means_of_verification": "Archivo publicado por la fuente",
        "evidence_type": "",
        "dimension": "calidad" if row["INDICATOR_UNIT"] == "%" else "eficacia",
        "ods": "11",
        "decimals": row["DECIMAL_PLACES"],
        "informative": "yes" if row["DESIRED_CHANGE"] == "N" else "no",
    }


def _about_targets(series: Series, finding: Finding) -> str:
    assert finding.mode is not None  # noqa: S101
    fit = find_target_mode(series).fits[finding.mode]
    if not fit.comparable:
        return "La fuente no publica metas: se informa sin juzgarse."
    return f"Las metas publicadas coinciden en {fit.fitting} de {fit.comparable} meses."


def _unit_name(row: Row) -> str:
    name = row["INDICATOR_NAME"]
    if row["INDICATOR_UNIT"] == "%":
        return "%"
    for word, unit in (("Distance", "milla"), ("Ridership", "pasajero"), ("Traffic", "vehículo"), ("Usage", "uso")):
        if word in name:
            return unit
    return "tasa"


def _baseline(series: Series) -> tuple[str, str]:
    """The first published year-to-date value of a December."""
    for year in YEARS:
        value = series[year, 12].to_date_actual
        if value is not None:
            return str(year), plain(value)
    return "", ""


def _annual(row: Row, series: Series) -> Table:
    """The year's target is the year-to-date target of December."""
    return [
        {"goal": row["INDICATOR_SEQ"], "year": str(year), "annual_target": plain(series[year, 12].to_date_target)}
        for year in YEARS
        if series[year, 12].to_date_target is not None
    ]


def _months(row: Row, series: Series, kind: str) -> Table:
    """One line per published month; `published_to_date` is the source's own year to date, to compare with ours."""
    lines = []
    for (year, month), figures in sorted(series.items()):
        value: Decimal | None = getattr(figures, kind)
        to_date: Decimal | None = getattr(figures, f"to_date_{kind}")
        if year in YEARS and value is not None:
            lines.append(
                {
                    "goal": row["INDICATOR_SEQ"],
                    "year": str(year),
                    "month": str(month),
                    "numerator": plain(value),
                    "published_to_date": plain(to_date),
                }
            )
    return lines


def _excluded(row: Row, finding: Finding) -> dict[str, str]:
    return {
        "code": row["INDICATOR_SEQ"],
        "area": AREAS[row["AGENCY_NAME"]],
        "indicator": row["INDICATOR_NAME"],
        "reason": describe(finding),
    }
