"""The frozen text read again in sections, for pages and sheets that people read: the inverse of how it was composed."""

import re
from dataclasses import dataclass

from rumbo.systems.transparency.models import DisclosureRecord
from rumbo.systems.transparency.queries.composing import PARAGRAPH
from rumbo.systems.transparency.settings import BLOCKS

# «OE1. Garantizar…», «Línea de acción 1.1. Facilitar…»: the point that a space follows ends the code.
_CODED = re.compile(r"(.{1,120}?)\.\s+(.+)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Entry:
    """An item of the diagnosis (headline and explanation) or of a list (code and statement)."""

    head: str
    text: str = ""


@dataclass(frozen=True, slots=True)
class Block:
    """One of the four blocks of the diagnosis. `title` is empty for what comes before the first."""

    title: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Reading:
    blocks: tuple[Block, ...]
    objectives: tuple[Entry, ...]
    action_lines: tuple[Entry, ...]
    units: tuple[str, ...]


def reading_of(record: DisclosureRecord) -> Reading:
    return Reading(
        blocks=blocks_of(record.situation_analysis),
        objectives=entries_of(record.objectives),
        action_lines=entries_of(record.action_lines),
        units=tuple(record.responsible_units.splitlines()),
    )


def blocks_of(text: str) -> tuple[Block, ...]:
    """Nothing of the text is lost: what comes before any title makes a block without one."""
    found: list[tuple[str, list[Entry]]] = []
    for paragraph in filter(None, text.split(PARAGRAPH)):
        if paragraph in BLOCKS.values():
            found.append((paragraph, []))
            continue
        if not found:
            found.append(("", []))
        head, _line, rest = paragraph.partition("\n")
        found[-1][1].append(Entry(head, rest))
    return tuple(Block(title, tuple(entries)) for title, entries in found)


def entries_of(text: str) -> tuple[Entry, ...]:
    """One for each line; a line without code is all statement."""
    return tuple(_entry(line) for line in text.splitlines() if line)


def _entry(line: str) -> Entry:
    coded = _CODED.fullmatch(line)
    return Entry(coded[1], coded[2]) if coded else Entry("", line)
