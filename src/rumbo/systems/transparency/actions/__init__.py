"""Writes of the publication record: sentences, atomic, each with its event in the trail."""

from rumbo.systems.transparency.actions.correcting import AlreadyCorrected, NotPublished, correct, discard
from rumbo.systems.transparency.actions.preparing import (
    AlreadyPrepared,
    NoPlan,
    NotBegun,
    edit,
    prepare,
    recompose,
)
from rumbo.systems.transparency.actions.publishing import (
    AlreadyPublished,
    NotReady,
    NotValidated,
    publish,
    reopen,
    validate,
)
from rumbo.systems.transparency.actions.steps import Frozen

__all__ = [
    "AlreadyCorrected",
    "AlreadyPrepared",
    "AlreadyPublished",
    "Frozen",
    "NoPlan",
    "NotBegun",
    "NotPublished",
    "NotReady",
    "NotValidated",
    "correct",
    "discard",
    "edit",
    "prepare",
    "publish",
    "recompose",
    "reopen",
    "validate",
]
