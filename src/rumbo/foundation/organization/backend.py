"""Sign-in with an e-mail and a password; after several failures the address waits."""

from datetime import datetime
from typing import Any

from django.contrib.auth.backends import ModelBackend
from django.contrib.auth.hashers import check_password
from django.http import HttpRequest

from rumbo.foundation.organization import actions, queries
from rumbo.foundation.organization.models import Person


class LockingBackend(ModelBackend):
    """Counts failures per address. While locked even the right password is refused.

    The password is always worked out, also for an address that nobody has or that waits: the time of the answer does
    not tell which. The moment comes with the request (`request.now`); without one nobody signs in.
    """

    def authenticate(
        self, request: HttpRequest | None, username: str | None = None, password: str | None = None, **kwargs: Any
    ) -> Person | None:
        email = username or kwargs.get("email") or ""
        at = getattr(request, "now", None)
        if not email or not password or not isinstance(at, datetime):
            return None
        person = queries.person_by_email(email)
        right = _is_right(person, password, at)
        if queries.locked_until(email, at=at):
            return None
        if person is None or not right or not person.is_active:
            actions.note_failure(email=email, at=at)
            return None
        actions.forget_failures(email=email)
        return person

    def get_user(self, user_id: int) -> Person | None:
        return Person.objects.filter(pk=user_id, is_active=True).first()


def _is_right(person: Person | None, password: str, at: datetime) -> bool:
    if person is None or not person.has_usable_password():
        Person().set_password(password)  # as long as checking one
        return False

    def renew(raw: str) -> None:
        """Django's own would save without telling, and the trail would take it for somebody's hand."""
        actions.renew_hash(person=person, password=raw, at=at)

    return check_password(password, person.password, renew)
