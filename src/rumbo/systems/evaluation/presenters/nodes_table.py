"""The rows of a table of areas or plan elements as HTML, written directly like those of the list of goals."""

from collections.abc import Iterable, Sequence
from html import escape

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from rumbo.core.rendering import text
from rumbo.core.vocabulary.light import Light
from rumbo.foundation.ui.templatetags.badges import light_shape
from rumbo.systems.evaluation.presenters.figures import NodeRow
from rumbo.systems.evaluation.presenters.wording import language


def written_nodes(rows: Iterable[NodeRow]) -> SafeString:
    return mark_safe("".join(map(_Writer().row, rows)))  # noqa: S308  (escaped cell by cell)


class _Writer:
    def __init__(self) -> None:
        self.language = language()
        self.goals, self.compliance = escape(_("Metas")), escape(_("Cumplimiento al corte"))
        self.change, self.light = escape(_("Cambio, en puntos")), escape(_("Semáforo"))
        self.good = escape(_("Cumplidas o con buen desempeño"))
        self.shapes: dict[Light, str] = {}

    def row(self, node: NodeRow) -> str:
        now, change = node.standing.now, node.standing.compliance_change
        return (
            f'\n      <tr><th scope="row"><a href="{escape(node.url)}">{escape(node.name)}</a></th>\n'
            f'        <td class="num" data-label="{self.goals}">{text.number(now.goals)}</td>\n'
            f'        <td class="wide" data-value="{_plain(now.compliance)}" data-label="{self.compliance}">'
            f'<span class="bar-cell">{node.meter}<span class="num">{self.percent(now.compliance)}</span></span></td>\n'
            f'        <td class="num" data-value="{_plain(change)}" data-label="{self.change}">{_change(change)}</td>\n'
            f'        <td class="lights-cell wide" data-label="{self.light}"><span>{self.lights(node.lights)}</span>'
            f"</td>\n"
            f'        <td class="num" data-value="{_plain(now.achieved_or_good_pct)}" data-label="{self.good}">'
            f"{self.percent(now.achieved_or_good_pct)}</td></tr>"
        )

    def lights(self, counts: Sequence[tuple[Light, int]]) -> str:
        return "".join(
            f'<span class="light-count{"" if count else " none"}">{self.shape(light)} {count}</span>'
            for light, count in counts
        )

    def shape(self, light: Light) -> str:
        if light not in self.shapes:
            self.shapes[light] = light_shape(light)
        return self.shapes[light]

    def percent(self, value: float | None) -> str:
        return text.percent(value, language=self.language)


def _plain(value: float | None) -> str:
    """What the browser sorts by."""
    return "" if value is None else str(value)


def _change(points: float | None) -> str:
    if points is None:
        return text.NOTHING
    return "=" if points == 0 else text.number(points, 1, signed=True)
