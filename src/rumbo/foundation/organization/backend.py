"""Sign-in with an e-mail and a password; after several failures the account waits."""

from datetime import timedelta
from typing import Any

from django.contrib.auth.backends import ModelBackend
from django.http import HttpRequest

from rumbo.foundation.organization.models import Person

FAILURES_BEFORE_LOCK = 5  # ours: enough for a slip of the keyboard
LOCK = timedelta(minutes=15)  # ours


class LockingBackend(ModelBackend):
    """Counts failures per person. While locked even the right password is refused."""

    def authenticate(
        self, request: HttpRequest | None, username: str | None = None, password: str | None = None, **kwargs: Any
    ) -> Person | None:
        raise NotImplementedError

    def get_user(self, user_id: int) -> Person | None:
        return Person.objects.filter(pk=user_id, is_active=True).first()
