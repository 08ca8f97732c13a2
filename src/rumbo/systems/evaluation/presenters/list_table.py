"""The rows of the list of goals as HTML, written directly: fifty rows of a dozen cells cost a template engine more
than all the rest of a board. Every text that comes from data is escaped here."""

from collections.abc import Iterable
from html import escape

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from rumbo.core.rendering import text
from rumbo.core.vocabulary.mark import Mark
from rumbo.foundation.ui.templatetags.badges import class_badge, critical_mark, light_badge, marks
from rumbo.systems.evaluation.presenters.goal_rows import GoalRow
from rumbo.systems.evaluation.presenters.wording import language


def written_rows(rows: Iterable[GoalRow], *, of_area: bool, with_area: bool) -> SafeString:
    """`of_area`: the columns of an area's board (the month's figures, sparkline) instead of the institution's."""
    writer = _AreaWriter(with_area) if of_area else _Writer(with_area)
    return mark_safe("".join(map(writer.row, rows)))  # noqa: S308  (escaped cell by cell)


class _Writer:
    def __init__(self, with_area: bool) -> None:
        self.with_area = with_area
        self.language = language()
        self.explain, self.to_date = escape(_("¿Cómo se calculó?")), escape(_("Cumplimiento al corte"))
        self.programmed, self.actual = escape(_("Programado acumulado")), escape(_("Realizado acumulado"))
        self.year, self.light, self.grade = escape(_("Avance anual")), escape(_("Semáforo")), escape(_("Clasificación"))
        self.streak, self.up = escape(_("Cortes seguidos")), escape(_("lugares más arriba"))
        self.down = escape(_("lugares más abajo"))

    def row(self, goal: GoalRow) -> str:
        return f"<tr>{self.name(goal)}{self.figures(goal)}{self.verdict(goal)}</tr>\n"

    def name(self, goal: GoalRow) -> str:
        row = goal.row
        flags = f" {critical_mark(True)}" if row.critical else ""
        flags += f" {marks(row.marks)}" if row.marks is not Mark.NONE else ""
        area = f'<span class="of">{escape(row.unit_name)}</span>' if self.with_area else ""
        return (
            f'<td class="num place"><strong>{goal.place or text.NOTHING}</strong>{self.gained(goal.gained)}</td>'
            f'<td class="code">{escape(row.code)}{flags}</td>'
            f'<th scope="row"><a href="{escape(goal.url)}">{escape(row.statement)}</a>{area}</th>'
        )

    def gained(self, places: int | None) -> str:
        if not places:
            return ""
        arrow, words = ("▲", self.up) if places > 0 else ("▼", self.down)
        return f'<span class="gained">{arrow}{abs(places)}<span class="sr-only"> {words}</span></span>'

    def figures(self, goal: GoalRow) -> str:
        row = goal.row
        return (
            self.number(self.programmed, row.programmed_to_date, row.decimals)
            + self.number(self.actual, row.actual_to_date, row.decimals)
            + f'<td class="num" data-label="{self.to_date}"><a class="figure" data-explain title="{self.explain}" '
            f'href="{escape(goal.explain)}">{self.percent(row.compliance_to_date)}</a></td>'
        )

    def verdict(self, goal: GoalRow) -> str:
        row = goal.row
        return (
            f'<td class="num" data-label="{self.year}">{self.percent(row.compliance_year)}</td>'
            f'<td data-label="{self.light}">{light_badge(row.light)}</td>'
            f'<td class="last" data-label="{self.grade}">{class_badge(row.performance_class)}</td>'
            f'<td class="num" data-label="{self.streak}">{row.streak}</td>'
        )

    def number(self, label: str, value: float | None, decimals: int) -> str:
        return f'<td class="num" data-label="{label}">{text.number(value, decimals)}</td>'

    def percent(self, value: float | None) -> str:
        return text.percent(value, language=self.language)


class _AreaWriter(_Writer):
    def __init__(self, with_area: bool) -> None:
        super().__init__(with_area)
        self.month_programmed = escape(_("Programado del mes"))
        self.month_actual = escape(_("Realizado del mes"))

    def figures(self, goal: GoalRow) -> str:
        row = goal.row
        return (
            self.number(self.month_programmed, row.programmed, row.decimals)
            + self.number(self.month_actual, row.actual, row.decimals)
            + super().figures(goal)
        )

    def verdict(self, goal: GoalRow) -> str:
        row = goal.row
        return (
            f'<td class="wide" data-label="{self.light}"><span class="both">{light_badge(row.light)}'
            f'{class_badge(row.performance_class)}</span></td><td class="spark-col">{goal.spark}</td>'
        )
