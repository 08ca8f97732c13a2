"""What every board is made of: what it is about, and its upper half."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote

from django.http import QueryDict
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from rumbo.systems.captures.queries.standing import StandingCommitments
from rumbo.systems.evaluation.presenters import charts, figures
from rumbo.systems.evaluation.presenters.goal_list import GoalList
from rumbo.systems.evaluation.presenters.goal_rows import GoalRow
from rumbo.systems.evaluation.presenters.nodes_table import written_nodes
from rumbo.systems.evaluation.presenters.opened import Opened
from rumbo.systems.evaluation.presenters.share_table import written_shares
from rumbo.systems.evaluation.presenters.wording import month_and_year, percent
from rumbo.systems.evaluation.queries.snapshot import Snapshot, Standing


@dataclass(frozen=True)
class Board:
    """What every board has. `subject` None: nothing of it was evaluated in the month.

    `address`: its own in the same month, without filters, to which links add theirs.
    """

    opened: Opened
    snapshot: Snapshot
    subject: Standing | None
    address: str = ""
    kpis: list[figures.Kpi] = field(default_factory=list)
    lights: list[figures.Part] = field(default_factory=list)
    lights_bar: SafeString | str = ""
    classes: list[figures.Part] = field(default_factory=list)
    classes_bar: SafeString | str = ""
    year: SafeString | str = ""
    year_table: list[dict[str, Any]] = field(default_factory=list)
    by_month: SafeString | str = ""
    areas: list[figures.NodeRow] = field(default_factory=list)
    axes: list[figures.NodeRow] = field(default_factory=list)
    axis_name: str = ""
    axis_plural: str = ""
    lagging: list[GoalRow] = field(default_factory=list)
    advanced: list[GoalRow] = field(default_factory=list)
    commitments: StandingCommitments | None = None
    goals: GoalList | None = None
    extra: Mapping[str, Any] = field(default_factory=dict)

    @property
    def lights_written(self) -> SafeString:
        return written_shares(self.lights, self.address)

    @property
    def classes_written(self) -> SafeString:
        return written_shares(self.classes, self.address)

    @property
    def areas_written(self) -> SafeString:
        return written_nodes(self.areas)

    @property
    def axes_written(self) -> SafeString:
        return written_nodes(self.axes)


def upper_half(opened: Opened, query: QueryDict, snapshot: Snapshot, subject: Standing) -> dict[str, Any]:
    """The fields of `Board` that every board fills alike."""
    month = month_and_year(opened.period)
    line, now = snapshot.line, subject.now
    said = _("En %(month)s: avance %(achieved)s, programado %(programmed)s.") % {
        "month": month,
        "achieved": percent(now.annual_progress),
        "programmed": percent(now.programmed_progress),
    }
    level = query.get("nivel", "")
    return {
        "opened": opened,
        "address": f"?mes={opened.period}" + (f"&nivel={quote(level)}" if level else ""),
        "snapshot": snapshot,
        "subject": subject,
        "lights": figures.light_parts(subject),
        "lights_bar": charts.lights_bar(now.lights, _("Metas por semáforo en %(month)s") % {"month": month}),
        "classes": figures.class_parts(subject),
        "classes_bar": charts.classes_bar(now.classes, _("Metas por clasificación en %(month)s") % {"month": month}),
        "year": charts.year_line(line, title=_("Avance anual, mes por mes"), desc=said, accent=opened.accent),
        "year_table": [
            {
                "period": period,
                "programmed": line.programmed[slot],
                "achieved": line.achieved[slot],
                "rolled": snapshot.months.get(period),
            }
            for slot, period in enumerate(opened.year.periods)
        ],
        "by_month": charts.classes_by_month(
            dict(snapshot.months),
            opened.year,
            title=_("Metas por clasificación, mes por mes"),
            desc=_("Los meses sin evaluar quedan vacíos."),
        ),
    }
