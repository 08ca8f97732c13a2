"""What a goal follows (A1-03): a programme, a project or an action of government."""

from enum import StrEnum

from rumbo.core.vocabulary.marking import N_


class GoalType(StrEnum):
    PROGRAMME = "programa"
    PROJECT = "proyecto"
    ACTION = "accion"

    @property
    def label(self) -> str:
        return _LABELS[self]


_LABELS = {
    GoalType.PROGRAMME: N_("Programa"),
    GoalType.PROJECT: N_("Proyecto"),
    GoalType.ACTION: N_("Acción"),
}
