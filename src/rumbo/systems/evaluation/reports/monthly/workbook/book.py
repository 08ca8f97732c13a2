"""What every sheet of the report needs: the book, its voice and the line that says of which closing it is."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from rumbo.core.rendering.workbook import Cell, Column, Kind, Place, Workbook
from rumbo.core.vocabulary.marking import N_
from rumbo.systems.evaluation.reports.monthly.printed import front
from rumbo.systems.evaluation.reports.monthly.shapes import Monthly

_LONGEST_NAME = 31


@dataclass(slots=True)
class Book:
    """What every sheet needs."""

    report: Monthly
    book: Workbook

    def say(self, template: str, **params: object) -> str:
        return self.report.frame.voice.say(template, **params)

    @property
    def lead(self) -> str:
        frame, closing = self.report.frame, self.report.closing
        return " · ".join(
            part
            for part in (
                frame.institution.name,
                self.say(N_("Al corte del %(day)s"), day=frame.voice.long_date(closing.cutoff_on)),
                front.closing_name(self.report),
                self.say(N_("Huella %(digest)s"), digest=closing.digest[:12]),
                frame.delivery,
            )
            if part
        )

    def sheet(
        self, name: str, columns: Sequence[Column], rows: Iterable[Sequence[Cell]], *, heading: str = "", **more: Any
    ) -> Place:
        title = self.say(name)[:_LONGEST_NAME]
        return self.book.sheet(title, columns, rows, heading=heading or title, lead=self.lead, **more)

    def column(self, title: str, kind: Kind = Kind.TEXT, width: float | None = None, **more: Any) -> Column:
        return Column(self.say(title), kind, width, **more)


def open_book(report: Monthly, title: str) -> Book:
    frame = report.frame
    workbook = Workbook(
        title,
        on=frame.on,
        banner=frame.banner or None,
        language=frame.voice.language,
        author=frame.institution.name,
        translate=frame.voice.translate,
    )
    return Book(report, workbook)
