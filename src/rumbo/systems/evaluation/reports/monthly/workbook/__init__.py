"""The report as a workbook: one sheet per piece, ready to print. Its formulas give what was sealed and printed.

The goal table is the base: counts and means of axes and areas are formulas over its columns; percentages are formulas
over the figures of their own row wherever the direction of the indicator is a quotient of two cells.
"""

from rumbo.core.vocabulary.marking import N_
from rumbo.systems.evaluation.reports.monthly.printed import front
from rumbo.systems.evaluation.reports.monthly.shapes import Monthly
from rumbo.systems.evaluation.reports.monthly.workbook import following, goals, whole
from rumbo.systems.evaluation.reports.monthly.workbook.book import open_book

__all__ = ["global_sheet_workbook", "monthly_workbook"]


def monthly_workbook(report: Monthly) -> bytes:
    """Every piece of the report."""
    book = open_book(report, report.frame.voice.say(front.TITLE))
    whole.cover(book)
    place = goals.placed_goals(report)
    whole.summary(book, place)
    whole.nodes_sheet(book, N_("Por eje"), report.axes, f"{place.range('axis')},{{node}}", place)
    below = f'{place.range("branch")},"*/"&{{node}}&"/*"'
    whole.nodes_sheet(book, N_("Por área"), [area.node for area in report.areas], below, place)
    whole.year(book)
    goals.goal_table(book)
    goals.global_sheet(book)
    for area in report.areas:
        following.board(book, area)
    following.warnings(book)
    following.commitments(book)
    following.news(book)
    following.support(book)
    following.method_sheet(book)
    following.evidence(book)
    return book.book.to_bytes()


def global_sheet_workbook(report: Monthly) -> bytes:
    """The global sheet of goals alone (A1-21 b, A1-22)."""
    book = open_book(report, report.frame.voice.say(goals.GLOBAL))
    goals.global_sheet(book)
    return book.book.to_bytes()
