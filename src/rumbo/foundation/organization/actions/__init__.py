"""What can be done to institutions, areas, people, their roles and the decisions of each institution."""

from rumbo.foundation.organization.actions.configuration import SettingRefused, configure, why_fiscal_start_stays
from rumbo.foundation.organization.actions.handover import NothingToHandOver, hand_over
from rumbo.foundation.organization.actions.identity import change_identity
from rumbo.foundation.organization.actions.institutions import (
    InstitutionRefused,
    Opened,
    create_institution,
    give_installation,
    open_institution,
)
from rumbo.foundation.organization.actions.locks import forget_failures, note_failure
from rumbo.foundation.organization.actions.memberships import MembershipRefused, add_membership, end_membership
from rumbo.foundation.organization.actions.passwords import (
    LinkRefused,
    PasswordRefused,
    change_password,
    choose_password,
    issue_first_password_link,
    link_is_valid,
    renew_hash,
    set_password,
    set_passwords,
)
from rumbo.foundation.organization.actions.people import (
    PersonRefused,
    PersonRow,
    add_people,
    add_person,
    choose_language,
    clean_email,
    ensure_person,
)
from rumbo.foundation.organization.actions.units import (
    UnitInUse,
    UnitRefused,
    UnitRow,
    retire_unit,
    save_unit,
    save_units,
)

__all__ = [
    "InstitutionRefused",
    "LinkRefused",
    "MembershipRefused",
    "NothingToHandOver",
    "Opened",
    "PasswordRefused",
    "PersonRefused",
    "PersonRow",
    "SettingRefused",
    "UnitInUse",
    "UnitRefused",
    "UnitRow",
    "add_membership",
    "add_people",
    "add_person",
    "change_identity",
    "change_password",
    "choose_language",
    "choose_password",
    "clean_email",
    "configure",
    "create_institution",
    "end_membership",
    "ensure_person",
    "forget_failures",
    "give_installation",
    "hand_over",
    "issue_first_password_link",
    "link_is_valid",
    "note_failure",
    "open_institution",
    "renew_hash",
    "retire_unit",
    "save_unit",
    "save_units",
    "set_password",
    "set_passwords",
    "why_fiscal_start_stays",
]
