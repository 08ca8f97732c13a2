"""A small monthly report with everything the shared library offers; used by several tests of this folder."""

from datetime import date
from pathlib import Path

from rumbo.core.rendering.charts import (
    NARROW,
    PAPER,
    PRINT,
    BarRow,
    Share,
    bars_against_target,
    line_of_year,
    share_bar,
    stacked_classes,
)
from rumbo.core.rendering.text import integer, number, percent
from rumbo.core.vocabulary.light import Light
from rumbo.core.vocabulary.performance_class import PerformanceClass

ON = date(2026, 11, 20)
TITLE = "Informe mensual de evaluación de metas e indicadores"
BANNER = "DATOS DE DEMOSTRACIÓN. No corresponden a resultados reales de la Alcaldía Miguel Hidalgo."
SOURCE = (Path(__file__).parent / "demo.typ").read_text()

_COLUMNS = (
    ("Clave", 14, "left", None),
    ("Meta", 42, "left", None),
    ("Indicador / unidad", 24, "left", None),
    ("Área", 13, "left", None),
    ("Meta anual", 14, "right", None),
    ("Programado", 14, "right", "Octubre"),
    ("Realizado", 14, "right", "Octubre"),
    ("%", 10, "right", "Octubre"),
    ("Programado", 14, "right", "Acumulado al 31/10"),
    ("Realizado", 14, "right", "Acumulado al 31/10"),
    ("Cumplimiento", 14, "right", "Acumulado al 31/10"),
    ("Avance anual", 12, "right", None),
    ("Semáforo", 18, "left", None),
    ("Clasificación", 22, "left", None),
)
_LIGHTS = (Light.GREEN, Light.GREEN, Light.AMBER, Light.RED, Light.NO_DATA, Light.NOT_COMPUTABLE)
_CLASSES = {Light.GREEN: "achieved", Light.AMBER: "fair", Light.RED: "poor"}


def _goal(index: int) -> list[str]:
    light = _LIGHTS[index % len(_LIGHTS)]
    known = light.is_colour
    return [
        f"1.{index // 12 + 1}.{index % 12 + 1} ⏱" if index % 5 == 0 else f"1.{index // 12 + 1}.{index % 12 + 1}",
        "Sustituir luminarias de vapor de sodio por tecnología LED en colonias populares",
        "Luminarias sustituidas / luminaria",
        "DGO",
        integer(53_784),
        integer(4_482),
        integer(4_310) if known else number(None),
        percent(96.2) if known else number(None),
        integer(44_820),
        integer(44_310) if known else number(None),
        percent(98.9) if known else number(None),
        percent(82.4) if known else number(None),
        light.key,
        _CLASSES.get(light, ""),
    ]


def rows(count: int) -> list[object]:
    """`count` goals under two axes, with group headings, remarks and a subtotal."""
    found: list[object] = []
    for index in range(count):
        if index % 30 == 0:
            found.append(
                {"kind": "group", "level": 1, "text": f"Eje {index // 30 + 1}. Ciudad habitable", "note": "30 metas"}
            )
        if index % 10 == 0:
            found.append({"kind": "group", "level": 2, "text": "Objetivo 1.2 › Línea 1.2.1 Alumbrado público"})
        found.append(_goal(index))
        if index % 6 == 3:
            text = "Causa: retraso en contratación · Acción: segundo turno · Compromiso: 30/11/2026 · JUD de Alumbrado."
            found.append({"kind": "remark", "text": text})
    found.append({"kind": "total", "cells": ["", f"{count} metas", *[""] * 12]})
    return found


def data(goals: int = 36) -> dict[str, object]:
    return {
        "institution": "Alcaldía Miguel Hidalgo",
        "name": TITLE,
        "folio": "PROUTE-2026-10",
        "cutoff": "31 de octubre de 2026",
        "closing": "1",
        "digest": "3f9ac21e",
        "banner": BANNER,
        "facts": [
            ["Contrato", "AMH/DGA/SRM/029/2026"],
            ["Fecha de corte", "31 de octubre de 2026"],
            ["Fecha de emisión", "20 de noviembre de 2026"],
            ["Área solicitante", "Dirección de Planeación"],
        ],
        "people": [
            {"role": "Elaboró", "post": "Prestador del servicio"},
            {"role": "Revisó", "post": "Enlace de la Dirección de Planeación"},
            {"role": "Vo. Bo.", "post": "Persona titular de la Dirección de Planeación"},
            {"role": "Recibió", "post": "Área solicitante"},
        ],
        "sentences": [
            "Al 31 de octubre, 84 de 120 metas (70.0 %) están cumplidas o con buen desempeño; 4 más que en septiembre.",
            "El avance anual es de 78.4 %; lo programado a esta fecha era 81.9 %, es decir, 3.5 puntos menos.",
            "Nueve metas llevan tres meses o más en rezago; cinco son de la Dirección General de Obras.",
        ],
        "figures": [
            {"label": "Metas", "value": "120", "note": "8 sin dato de octubre"},
            {"label": "Cumplimiento al corte", "value": percent(95.7), "note": "+1.2 puntos contra septiembre"},
            {"label": "Avance anual", "value": percent(78.4), "note": "programado 81.9 %"},
            {"label": "Cobertura", "value": percent(93.3), "note": "112 de 120 metas"},
            {"label": "Capturas a tiempo", "value": percent(91.1), "note": "102 de 112"},
        ],
        "shares-alt": "84 metas cumplidas o con buen desempeño de 120.",
        "line-alt": "Avance anual de 78.4 % contra 81.9 % programado.",
        "classes-alt": "Metas cumplidas: 30 en enero, 66 en octubre.",
        "bars-alt": "Cuatro metas; una en rezago.",
        "columns": [{"title": t, "mm": w, "align": a, "group": g} for t, w, a, g in _COLUMNS],
        "rows": rows(goals),
    }


def images() -> dict[str, bytes]:
    classes = PerformanceClass
    counts = {classes.ACHIEVED: 50, classes.GOOD: 34, classes.FAIR: 18, classes.POOR: 10, classes.NONE: 8}
    bars = [
        BarRow("Luminarias sustituidas por tecnología LED", 82.4, 83.3, Light.GREEN, "1.2.1"),
        BarRow("Metros cuadrados de bacheo", 64.1, 81.9, Light.AMBER, "1.2.2"),
        BarRow("Talleres culturales impartidos en colonias", 40.2, 81.9, Light.RED, "2.1.1"),
        BarRow("Padrones publicados", None, 81.9, Light.NO_DATA, "2.1.4"),
    ]
    look = {"layout": PAPER, "palette": PRINT}
    drawn = {
        "shares.svg": share_bar([Share(n, kind.plural, kind) for kind, n in counts.items()], title="Clases", **look),
        "line.svg": line_of_year(
            title="Avance del año",
            achieved=[5.2, 12.0, 20.1, 29.9, 36.4, 45.5, 54.0, 61.0, 70.3, 78.4],
            programmed=[6.1, 13.8, 22.0, 30.4, 39.0, 47.9, 56.2, 64.6, 73.1, 81.9, 91.0, 100],
            projection=[None] * 9 + [78.4, 87.0, 95.1],
            layout=NARROW,
            palette=PRINT,
        ),
        "classes.svg": stacked_classes(
            [counts] * 10 + [None, None], title="Clases por mes", layout=NARROW, palette=PRINT
        ),
        "bars.svg": bars_against_target(bars, title="Metas del área", **look),
    }
    return {name: drawing.encode() for name, drawing in drawn.items()}
