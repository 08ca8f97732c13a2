"""Charts are read back as XML: names for screen readers, sizes, positions, shapes."""

import itertools
import re
from collections.abc import Callable
from xml.etree.ElementTree import Element

import pytest
from defusedxml import ElementTree

from rumbo.core.rendering import charts
from rumbo.core.rendering.charts.scale import round_ticks
from rumbo.core.rendering.charts.svg import fitted, text_width, wrapped
from rumbo.core.vocabulary.light import Light
from rumbo.core.vocabulary.performance_class import PerformanceClass

NS = "{http://www.w3.org/2000/svg}"
PROGRAMMED = [8.0, 16, 25, 33, 41, 50, 58, 66, 75, 83, 91, 100]
ACHIEVED = [7.0, 15, 22, None, 38, 47, 55, 61, 70, 78.4]
COUNTS = {PerformanceClass.ACHIEVED: 50, PerformanceClass.GOOD: 30, PerformanceClass.NONE: 8}
ROWS = [
    charts.BarRow("Luminarias <LED> & postes con un nombre tan largo que no cabe", 82.4, 83.3, Light.GREEN, "1.2"),
    charts.BarRow("Talleres", 168.0, 81.9, Light.AMBER),
    charts.BarRow("Padrones", None, None, Light.NO_DATA),
]
SHARES = [charts.Share(3, "En meta", Light.GREEN), charts.Share(0, "En rezago", Light.RED)]

DRAWN: dict[str, Callable[..., str]] = {
    "line": lambda **k: charts.line_of_year(
        title="Avance", desc="De enero a octubre", achieved=ACHIEVED, programmed=PROGRAMMED, **k
    ),
    "bars": lambda **k: charts.bars_against_target(ROWS, title="Avance", desc="Por meta", **k),
    "bullet": lambda **k: charts.bullet(title="Avance", desc="A", value=78.4, target=81.9, bands=(60, 80), **k),
    "classes": lambda **k: charts.stacked_classes([COUNTS] * 10 + [None] * 2, title="Avance", desc="Clases", **k),
    "shares": lambda **k: charts.share_bar(SHARES, title="Avance", desc="Semáforo", **k),
}
LAYOUTS = [charts.WIDE, charts.NARROW, charts.PAPER]


def _tree(svg: str) -> Element:
    root: Element = ElementTree.fromstring(svg)
    return root


def _texts(svg: str) -> list[str]:
    return [next(reversed(list(node.itertext()))) for node in _tree(svg).iter(f"{NS}text")]


def test_a_chart_without_title_is_refused() -> None:
    with pytest.raises(ValueError, match="title"):
        charts.sparkline([1, 2], title=" ")


@pytest.mark.parametrize("name", DRAWN)
def test_a_screen_reader_hears_title_and_description(name: str) -> None:
    root = _tree(DRAWN[name]())
    assert root.get("role") == "img"
    named = {node.get("id"): node.text for node in root if node.get("id")}
    spoken = [named[ident] for ident in root.get("aria-labelledby", "").split()]
    assert spoken[0] == "Avance"
    assert len(spoken) == 2


@pytest.mark.parametrize(("name", "layout"), list(itertools.product(DRAWN, LAYOUTS)))
def test_letters_are_legible_and_stay_inside(name: str, layout: charts.Layout) -> None:
    svg = DRAWN[name](layout=layout)
    root = _tree(svg)
    width, height = (float(root.get(side, "0")) for side in ("width", "height"))
    assert width == layout.width
    for node in root.iter(f"{NS}text"):
        size, x = float(node.get("font-size", "0")), float(node.get("x", "0"))
        assert size >= 11
        long = text_width(list(node.itertext())[-1], size, bold=node.get("font-weight") == "bold")
        start = {"end": x - long, "middle": x - long / 2}.get(node.get("text-anchor", ""), x)
        assert start >= -2
        assert start + long <= width + 2
        assert 0 < float(node.get("y", "0")) <= height


@pytest.mark.parametrize("name", DRAWN)
def test_nothing_needs_script_or_style_sheet(name: str) -> None:
    svg = DRAWN[name](palette=charts.PRINT)
    assert not re.search(r"style=|<style|<script|var\(|url\(", svg)


@pytest.mark.parametrize("name", DRAWN)
def test_the_same_rows_give_the_same_drawing_with_ids_of_their_own(name: str) -> None:
    assert DRAWN[name]() == DRAWN[name]()
    wide = set(re.findall(r'id="([^"]+)"', DRAWN[name](layout=charts.WIDE)))
    assert wide.isdisjoint(re.findall(r'id="([^"]+)"', DRAWN[name](layout=charts.NARROW)))
    assert 'id="mine-t"' in DRAWN[name](ident="mine")


def test_a_month_without_data_breaks_the_line_and_is_not_drawn_as_zero() -> None:
    root = _tree(DRAWN["line"]())
    assert len([node for node in root.iter(f"{NS}path") if node.get("class") == "achieved"]) == 2
    assert len(list(root.iter(f"{NS}circle"))) == 9


def test_the_line_ends_in_its_words_and_values() -> None:
    texts = _texts(
        charts.line_of_year(title="A", achieved=ACHIEVED, programmed=PROGRAMMED, projection=[None] * 11 + [94.0])
    )
    assert {"Realizado", "78.4\u00a0%", "Programado", "100.0\u00a0%", "Proyección", "94.0\u00a0%"} <= set(texts)


def test_a_line_without_any_value_is_still_a_chart() -> None:
    svg = charts.line_of_year(title="A", achieved=[None] * 12, programmed=[None] * 12)
    assert "ene" in _texts(svg)


def test_negative_values_stay_above_the_month_names() -> None:
    svg = charts.line_of_year(title="A", achieved=[-40.0, -10], programmed=[-20.0, 10], unit="puntos")
    assert "−40" in _texts(svg)


def test_end_labels_do_not_overlap() -> None:
    svg = charts.line_of_year(title="A", achieved=[50.0] * 12, programmed=[50.1] * 12, projection=[49.9] * 12)
    heights = sorted(
        float(node.get("y", "0"))
        for node in _tree(svg).iter(f"{NS}text")
        if list(node.itertext())[-1] in charts.LINE_LABELS
    )
    assert all(lower - upper >= 24 for upper, lower in itertools.pairwise(heights))


def test_a_bar_beyond_the_limit_is_notched_and_no_data_has_no_bar() -> None:
    root = _tree(DRAWN["bars"]())
    assert len([node for node in root.iter() if node.get("class") == "over"]) == 1
    assert len([node for node in root.iter() if node.get("class") == "track"]) == 3
    assert len([node for node in root.iter() if node.get("class") == "target"]) == 2


def test_a_cut_name_keeps_the_whole_for_the_pointer() -> None:
    svg = DRAWN["bars"](layout=charts.NARROW)
    assert "Luminarias &lt;LED&gt; &amp; postes con un nombre tan largo que no cabe" in svg
    assert any(text.endswith("…") for text in _texts(svg))


def test_every_light_has_a_shape_of_its_own() -> None:
    shapes = {charts.light_mark(light).replace(light.key.replace("_", "-"), "") for light in Light}
    assert len(shapes) == len(Light)
    assert 'aria-hidden="true"' in charts.light_mark(Light.RED)
    assert 'role="img"' in charts.light_mark(Light.RED, title="En rezago")


def test_on_paper_amber_and_red_differ_without_colour() -> None:
    parts = [charts.Share(1, "a", Light.AMBER), charts.Share(1, "r", Light.RED)]
    screen = charts.share_bar(parts, title="A", legend=False)
    paper = charts.share_bar(parts, title="A", legend=False, palette=charts.PRINT)
    assert len(list(_tree(screen).iter(f"{NS}path"))) == 0
    drawn = [node.get("d", "") for node in _tree(paper).iter(f"{NS}path")]
    assert len(drawn) == 2
    assert len(drawn[1]) > len(drawn[0]) * 1.5


def test_hatches_stay_inside_their_box() -> None:
    parts = [
        charts.Share(1, "x", kind) for kind in (PerformanceClass.GOOD, PerformanceClass.FAIR, PerformanceClass.POOR)
    ]
    svg = charts.share_bar(parts, title="A", legend=False)
    for node in _tree(svg).iter(f"{NS}path"):
        points = [float(value) for value in re.findall(r"(?<=[ML ])-?[\d.]+", node.get("d", ""))]
        assert min(points) >= 0
        assert max(points[1::2]) <= 22.6


@pytest.mark.parametrize("colour", [*charts.SCREEN.lights.values(), charts.SCREEN.muted, charts.SCREEN.accent])
def test_colours_of_words_pass_contrast_on_white(colour: str) -> None:
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    assert 1.05 / (0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05) >= 4.5


def test_small_charts_survive_emptiness() -> None:
    for values in ([], [None, None], [0, 0], [5.0], [None, 3.0, None]):
        _tree(charts.sparkline(values, title="A", reference=100))
        _tree(charts.calendar_strip(values, title="A"))
    _tree(charts.share_bar([], title="A"))
    _tree(charts.bars_against_target([], title="A"))
    _tree(charts.stacked_classes([None] * 12, title="A"))
    _tree(charts.bullet(title="A", value=None, target=None))


def test_a_strip_has_one_bar_per_programmed_month() -> None:
    root = _tree(charts.calendar_strip([0, None, 3, 4], title="A", current=3))
    assert len(list(root.iter(f"{NS}rect"))) == 2
    assert len([node for node in root.iter() if node.get("class") == "current"]) == 1


@pytest.mark.parametrize(("low", "high"), [(0, 100), (0, 53784), (-3, 7), (0, 0), (0, 0.004), (5, 5)])
def test_ticks_cover_the_values_in_round_steps(low: float, high: float) -> None:
    ticks = round_ticks(low, high)
    assert ticks[0] <= low
    assert ticks[-1] >= high
    assert 2 <= len(ticks) <= 7


def test_words_are_cut_and_wrapped_to_their_room() -> None:
    assert fitted("corto", 200, 12) == "corto"
    assert text_width(fitted("Dirección General de Obras", 80, 12), 12) <= 80
    lines = wrapped("Dirección General de Obras y Desarrollo Urbano", 120, 12)
    assert len(lines) == 2
    assert all(text_width(line, 12) <= 120 for line in lines)


def test_a_page_gets_both_layouts() -> None:
    html = charts.both_layouts("<svg>w</svg>", "<svg>n</svg>")
    assert html == '<div class="chart-wide"><svg>w</svg></div><div class="chart-narrow"><svg>n</svg></div>'
