"""The rows of a table of lights or classes as HTML, written directly like those of the list of goals."""

from collections.abc import Iterable
from html import escape

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from rumbo.core.rendering import text
from rumbo.core.vocabulary.light import Light
from rumbo.foundation.ui.templatetags.badges import class_badge, light_badge
from rumbo.systems.evaluation.presenters.figures import Part
from rumbo.systems.evaluation.presenters.wording import language


def written_shares(parts: Iterable[Part], address: str) -> SafeString:
    """`address`: of the same page in the same month, to which each row adds its filter."""
    words, lang, before = escape(_("metas, ver la lista")), language(), escape(address)
    return mark_safe("".join(_row(part, before, words, lang) for part in parts))  # noqa: S308  (escaped cell by cell)


def _row(part: Part, address: str, words: str, lang: text.Language) -> str:
    badge = light_badge(part.kind) if isinstance(part.kind, Light) else class_badge(part.kind)
    none = "" if part.count else ' class="none"'
    return (
        f'\n    <tr{none}><th scope="row">{badge}</th>\n'
        f'      <td class="num"><a href="{address}&amp;{escape(part.query)}#lista">'
        f'<strong>{text.number(part.count)}</strong><span class="sr-only"> {words}</span></a></td>\n'
        f'      <td class="num muted">{text.percent(part.share, language=lang)}</td>\n'
        f'      <td class="num muted">{_change(part.change)}</td></tr>'
    )


def _change(goals: int | None) -> str:
    """Against the month before."""
    if goals is None:
        return ""
    return "=" if goals == 0 else text.number(goals, signed=True)
