"""Weeks and fortnights inside a message: «la semana del 2 al 8 de noviembre»."""

from dataclasses import dataclass
from datetime import date
from typing import Final

from rumbo.core.rendering import text
from rumbo.core.rendering.told import language_of
from rumbo.core.timekeeping.slots import WEEK, Slot
from rumbo.core.vocabulary.filling import Told, Translate
from rumbo.core.vocabulary.marking import N_

SHOWN: Final = 3


@dataclass(frozen=True, slots=True)
class Stretches(Told):
    """«semana del 2 al 8 de noviembre, semana del 9 al 15 de noviembre y 2 más»."""

    slots: tuple[Slot, ...]

    def told(self, translate: Translate) -> str:
        named = ", ".join(stretch_name(slot, translate) for slot in self.slots[:SHOWN])
        more = len(self.slots) - SHOWN
        return named + (translate(N_(" y %(more)s más")) % {"more": more} if more > 0 else "")


def stretch_name(slot: Slot, translate: Translate) -> str:
    """«semana del 26 de octubre al 1 de noviembre», «quincena del 1 al 15 de noviembre»."""
    language = language_of(translate)
    words = {"first": _first(slot, language), "last": text.day_and_month(slot.last_day, language=language)}
    week = slot.last_day - slot.first_day < WEEK
    return translate(_WEEK if week else _FORTNIGHT) % words


def _first(slot: Slot, language: text.Language) -> str:
    day: date = slot.first_day
    return str(day.day) if day.month == slot.last_day.month else text.day_and_month(day, language=language)


_WEEK: Final = N_("semana del %(first)s al %(last)s")
_FORTNIGHT: Final = N_("quincena del %(first)s al %(last)s")
