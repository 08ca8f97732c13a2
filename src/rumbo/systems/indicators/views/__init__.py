"""Pages of goals, indicators and what is programmed."""

from rumbo.systems.indicators.views.editing import (
    add,
    add_indicator,
    edit,
    edit_indicator,
    principal,
    retire,
    retire_indicator,
)
from rumbo.systems.indicators.views.formula import formula
from rumbo.systems.indicators.views.listing import agree, goals, template, upload
from rumbo.systems.indicators.views.programming import change, programme
from rumbo.systems.indicators.views.sheet import goal

__all__ = [
    "add",
    "add_indicator",
    "agree",
    "change",
    "edit",
    "edit_indicator",
    "formula",
    "goal",
    "goals",
    "principal",
    "programme",
    "retire",
    "retire_indicator",
    "template",
    "upload",
]
