"""What a person may do, and the question every door asks.

An `Actor` is whoever stands at the door: a signed-in person or the operating user of a command.
Permissions are held inside one institution, over the whole of it or over an area and everything below it.
"""

from enum import StrEnum
from typing import Protocol


class Permission(StrEnum):
    VIEW_INBOX = "view_inbox"
    VIEW_BOARDS = "view_boards"
    VIEW_PLAN = "view_plan"
    CAPTURE = "capture"
    APPROVE_AREA = "approve_area"
    VALIDATE = "validate"
    CLOSE_MONTH = "close_month"
    CORRECT_CLOSED_MONTH = "correct_closed_month"
    EDIT_PLAN = "edit_plan"
    EDIT_GOALS = "edit_goals"
    VIEW_REPORTS = "view_reports"
    PREPARE_REPORTS = "prepare_reports"
    ACCEPT_DELIVERABLES = "accept_deliverables"
    VIEW_RESERVED_EVIDENCE = "view_reserved_evidence"
    PUBLISH_TRANSPARENCY = "publish_transparency"
    CONFIGURE = "configure"
    MANAGE_PEOPLE = "manage_people"
    VIEW_TRAIL = "view_trail"


class Actor(Protocol):
    """`institution` and `unit` are primary keys; `unit=None` asks for the whole institution."""

    @property
    def label(self) -> str:
        """How the audit trail names the actor: an e-mail address or «sistema»."""
        ...

    @property
    def person_id(self) -> int | None:
        """Primary key of the person, or None for the operating user («sistema»)."""
        ...

    def may(self, permission: Permission, institution: int, unit: int | None = None) -> bool: ...

    def belongs_to(self, institution: int) -> bool:
        """Whether the actor has any place in the institution: if not, it does not exist for them."""
        ...

    def units(self, permission: Permission, institution: int) -> frozenset[int] | None:
        """Units (with everything below them) where the permission is held; None means all of the institution."""
        ...
