"""The boards' charts. A chart is a pure function of what it shows, so each is drawn once and remembered."""

from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from rumbo.core.rendering import charts
from rumbo.core.rendering.charts import SCREEN, ClassCounts, Palette, Share
from rumbo.core.rendering.text import Language
from rumbo.core.timekeeping.slots import FiscalYear
from rumbo.core.vocabulary.light import Light
from rumbo.core.vocabulary.performance_class import PerformanceClass
from rumbo.systems.evaluation.models import RollupResult
from rumbo.systems.evaluation.presenters.wording import language
from rumbo.systems.evaluation.queries.snapshot import YearLine

REMEMBERED = 2_000  # drawings of some 3 KB; ours: boards of a few closings, their areas and the rows of their lists
# From the best down, then the states that are not colours: the order of every share bar and count.
LIGHT_ORDER = (
    Light.GREEN, Light.AMBER, Light.RED, Light.NO_DATA, Light.NOT_SCHEDULED, Light.NOT_COMPUTABLE, Light.NOT_DUE,
)  # fmt: skip
ALWAYS_SHOWN = 4  # en meta, en riesgo, en rezago, sin dato: also at zero

type Values = tuple[float | None, ...]


@lru_cache(maxsize=16)
def palette_of(accent: str) -> Palette:
    """`accent`: the institution's colour, already readable on white."""
    return replace(SCREEN, accent=accent)


def year_line(line: YearLine, *, title: str, desc: str, accent: str) -> SafeString:
    """Wide and narrow; the style sheet shows one of them."""
    labels = (_("Realizado"), _("Programado"), _("Proyección"))
    return _year_line(
        line.achieved, line.programmed, line.projected, labels, title, desc, "%", None, language(), accent,
        line.first_month,
    )  # fmt: skip


def goal_line(
    achieved: Values,
    programmed: Values,
    *,
    unit: str,
    decimals: int,
    title: str,
    desc: str,
    accent: str,
    first_month: int,
) -> SafeString:
    labels = (_("Realizado"), _("Programado"), _("Proyección"))
    return _year_line(achieved, programmed, None, labels, title, desc, unit, decimals, language(), accent, first_month)


@lru_cache(maxsize=REMEMBERED)
def _year_line(
    achieved: Values,
    programmed: Values,
    projected: Values | None,
    labels: tuple[str, str, str],
    title: str,
    desc: str,
    unit: str,
    decimals: int | None,
    lang: Language,
    accent: str,
    first_month: int,
) -> SafeString:
    drawn = [
        charts.line_of_year(
            title=title, desc=desc, achieved=achieved, programmed=programmed, labels=labels,
            # on a telephone three words at the end of three lines would cover each other
            projection=None if layout.narrow else projected,
            unit=unit, decimals=decimals, language=lang, layout=layout, palette=palette_of(accent),
            first_month=first_month,
        )
        for layout in (charts.WIDE, charts.NARROW)
    ]  # fmt: skip
    return mark_safe(charts.both_layouts(*drawn))  # noqa: S308  (our own SVG, escaped where it is drawn)


def classes_by_month(months: dict[int, RollupResult], year: FiscalYear, *, title: str, desc: str) -> SafeString:
    """Months without closing stay empty."""
    counts = tuple(tuple(months[period].classes) if period in months else None for period in year.periods)
    return _classes(counts, title, desc, language(), year.start_month)


@lru_cache(maxsize=REMEMBERED)
def _classes(
    counts: tuple[tuple[int, ...] | None, ...], title: str, desc: str, lang: Language, first_month: int
) -> SafeString:
    months: list[ClassCounts | None] = [
        None if month is None else {PerformanceClass(code): count for code, count in enumerate(month)}
        for month in counts
    ]
    drawn = [
        charts.stacked_classes(
            months, title=title, desc=desc, translate=_, language=lang, layout=layout, first_month=first_month
        )
        for layout in (charts.WIDE, charts.NARROW)
    ]
    return mark_safe(charts.both_layouts(*drawn))  # noqa: S308


def lights_bar(counts: Sequence[int], title: str) -> SafeString:
    """The bar alone: its counts are a table beside it."""
    parts = tuple((counts[light], int(light)) for light in LIGHT_ORDER)
    return _light_shares(parts, title)


@lru_cache(maxsize=REMEMBERED)
def _light_shares(parts: tuple[tuple[int, int], ...], title: str) -> SafeString:
    shares = [Share(count, "", Light(code)) for count, code in parts]
    return mark_safe(charts.share_bar(shares, title=title, legend=False))  # noqa: S308


def classes_bar(counts: Sequence[int], title: str) -> SafeString:
    return _class_shares(tuple(counts), title)


@lru_cache(maxsize=REMEMBERED)
def _class_shares(counts: tuple[int, ...], title: str) -> SafeString:
    shares = [Share(counts[code], "", PerformanceClass(code)) for code in sorted(PerformanceClass, reverse=True)]
    return mark_safe(charts.share_bar(shares, title=title, legend=False))  # noqa: S308


@lru_cache(maxsize=REMEMBERED)
def meter(value: float | None, mark: float | None, light: int | None, width: int, accent: str) -> SafeString:
    shown = None if light is None else Light(light)
    return mark_safe(charts.meter(value, mark, light=shown, width=width, palette=palette_of(accent)))  # noqa: S308


@lru_cache(maxsize=REMEMBERED)
def sparkline(
    values: Values, title: str, ident: str, accent: str, reference: float | None = None, width: int = 96
) -> SafeString:
    """`ident` is unique in the page."""
    drawn = charts.sparkline(
        values, title=title, ident=ident, reference=reference, width=width, palette=palette_of(accent)
    )
    return mark_safe(drawn)  # noqa: S308


@lru_cache(maxsize=REMEMBERED)
def goal_bars(
    rows: tuple[tuple[str, str, float | None, int], ...], title: str, desc: str, lang: Language, accent: str
) -> SafeString:
    """One bar per goal: (code, statement, % of what is programmed to date, light); the mark is the programme, 100."""
    bars = [
        charts.BarRow(label=label, code=code, value=value, target=100.0, light=Light(light))
        for code, label, value, light in rows
    ]
    highest = max([value for _, _, value, _ in rows if value is not None] or [100.0])
    drawn = [
        charts.bars_against_target(
            bars, title=title, desc=desc, limit=min(max(highest, 110.0), 150.0), language=lang, layout=layout,
            palette=palette_of(accent),
        )
        for layout in (charts.WIDE.of_width(1_180), charts.NARROW)
    ]  # fmt: skip
    return mark_safe(charts.both_layouts(*drawn))  # noqa: S308


@lru_cache(maxsize=REMEMBERED)
def month_bars(
    rows: tuple[tuple[str, float | None, float | None, int | None], ...],
    title: str,
    desc: str,
    unit: str,
    decimals: int,
    lang: Language,
    accent: str,
) -> SafeString:
    """One bar per month of a goal: (month, achieved, programmed, light)."""
    bars = [
        charts.BarRow(label=label, value=value, target=target, light=None if light is None else Light(light))
        for label, value, target, light in rows
    ]
    drawn = [
        charts.bars_against_target(
            bars, title=title, desc=desc, unit=unit, decimals=decimals, language=lang, layout=layout,
            palette=palette_of(accent),
        )
        for layout in (charts.WIDE, charts.NARROW)
    ]  # fmt: skip
    return mark_safe(charts.both_layouts(*drawn))  # noqa: S308
