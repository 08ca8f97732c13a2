"""Where the rows of a sheet stand in the month that is being captured, what is missing first."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from django.utils.translation import gettext as _

from rumbo.core.timekeeping.period import Period
from rumbo.core.vocabulary.capture_state import CaptureState
from rumbo.core.vocabulary.marking import N_
from rumbo.systems.captures.queries import Cell, Row, Sheet, Slot


class Standing(StrEnum):
    """In the order in which a person works; the value is the word of the address (`?ver=`)."""

    MISSING = "por-capturar"
    RETURNED = "devueltas"
    DRAFT = "borradores"
    IN_REVIEW = "en-revision"
    APPROVED = "validadas"
    NOT_DUE = "no-corresponden"

    @property
    def label(self) -> str:
        return _LABELS[self]


_LABELS = {
    Standing.MISSING: N_("Por capturar"),
    Standing.RETURNED: N_("Devueltas"),
    Standing.DRAFT: N_("Borradores"),
    Standing.IN_REVIEW: N_("En revisión"),
    Standing.APPROVED: N_("Validadas"),
    Standing.NOT_DUE: N_("No corresponden este mes"),
}
_OF_STATE = {
    CaptureState.MISSING: Standing.MISSING,
    CaptureState.RETURNED: Standing.RETURNED,
    CaptureState.DRAFT: Standing.DRAFT,
    CaptureState.AREA_REVIEW: Standing.IN_REVIEW,
    CaptureState.PLANNING_REVIEW: Standing.IN_REVIEW,
    CaptureState.APPROVED: Standing.APPROVED,
}


def standing_of(month: Cell | Slot) -> Standing:
    if month.state is CaptureState.MISSING and not month.due:
        return Standing.NOT_DUE
    return _OF_STATE[month.state]


def working_cell(row: Row, sheet: Sheet) -> Cell:
    """The month that is being captured, of one row."""
    return row.cells[sheet.year.column(Period.of(sheet.working))]


def by_standing(sheet: Sheet) -> dict[Standing, list[Row]]:
    """Rows in the goals' order under each standing that has any."""
    found: dict[Standing, list[Row]] = {standing: [] for standing in Standing}
    for row in sheet.rows:
        found[standing_of(working_cell(row, sheet))].append(row)
    return {standing: rows for standing, rows in found.items() if rows}


def ids_by_standing(slots: Iterable[Slot]) -> dict[Standing, list[int]]:
    """Keys of the indicators, in the order in which they came, under each standing that has any."""
    found: dict[Standing, list[int]] = {standing: [] for standing in Standing}
    for slot in slots:
        found[standing_of(slot)].append(slot.indicator_id)
    return {standing: ids for standing, ids in found.items() if ids}


@dataclass(frozen=True, slots=True)
class Choice:
    """One link of «Por capturar 2 · Devueltas 2 · … · Todas 21». `key` is empty for all of them."""

    key: str
    label: str
    count: int
    current: bool


def choices(counts: Iterable[tuple[Standing, int]], asked: Standing | None) -> list[Choice]:
    known = list(counts)
    every = Choice("", _("Todas"), sum(count for _one, count in known), asked is None)
    return [every, *(Choice(one.value, _(one.label), count, one is asked) for one, count in known)]


def asked_standing(word: str) -> Standing | None:
    """From the address; None (all of them) for a word that is none of ours."""
    return Standing(word) if word in Standing else None
