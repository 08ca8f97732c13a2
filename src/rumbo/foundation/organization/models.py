"""Who there is: institutions, their units, people and the roles that people hold."""

import hashlib
from datetime import date
from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q

from rumbo.core.timekeeping.period import Period
from rumbo.core.timekeeping.slots import FiscalYear
from rumbo.core.vocabulary.role import Role
from rumbo.foundation.audit.keys import new_ref


class Institution(models.Model):
    """An obliged institution (sujeto obligado): the wall that nothing of another institution crosses.

    `fiscal_start` (1..12) is the month in which its years begin, as its configuration says: kept here too, since
    whatever is asked of a year needs it.
    """

    class Nature(models.TextChoices):
        REAL = "real"
        DEMONSTRATION = "demonstration"
        TEST_DATA = "test_data"

    ref = models.UUIDField(default=new_ref, unique=True, editable=False)
    slug = models.SlugField(max_length=60, unique=True)
    name = models.CharField(max_length=200)
    short_name = models.CharField(max_length=60)
    logo = models.CharField(max_length=64, blank=True)
    nature = models.CharField(max_length=20, choices=Nature.choices, default=Nature.REAL)
    time_zone = models.CharField(max_length=60, default="America/Mexico_City")
    fiscal_start = models.PositiveSmallIntegerField(default=1)
    home = models.CharField(max_length=20, default="board", help_text="What opens first: board or plan.")
    on_first_screen = models.BooleanField(default=True)
    position = models.PositiveSmallIntegerField(default=0)
    created_on = models.DateField()

    personal_data: ClassVar[frozenset[str]] = frozenset()
    audit_fields: ClassVar[tuple[str, ...]] = (
        "slug", "name", "short_name", "logo", "nature", "time_zone", "home", "on_first_screen", "position",
    )  # fmt: skip

    class Meta:
        ordering = ["position", "name"]
        constraints = [
            models.CheckConstraint(condition=Q(fiscal_start__range=(1, 12)), name="fiscal_year_starts_in_a_month")
        ]

    def __str__(self) -> str:
        return self.name

    def audit_state(self) -> dict[str, Any]:
        """Its fields; the fiscal year's start only when it is not January, so that older rows keep their digest."""
        state = {name: getattr(self, name) for name in self.audit_fields}
        return state if self.fiscal_start == 1 else state | {"fiscal_start": self.fiscal_start}

    def year_called(self, name: int) -> FiscalYear:
        """The fiscal year that starts in the calendar year `name`."""
        return FiscalYear(name, self.fiscal_start)

    def year_of(self, period: Period) -> FiscalYear:
        return FiscalYear.containing(period, self.fiscal_start)

    def year_on(self, day: date) -> FiscalYear:
        return self.year_of(Period.containing(day))


class Identity(models.Model):
    """What an institution is called and its emblem, dated: a document prints those of its own day.

    `Institution` keeps the newest ones for the pages. `logo` is the digest of the image in documents, empty for none.
    """

    ref = models.UUIDField(default=new_ref, unique=True, editable=False)
    institution = models.ForeignKey(Institution, on_delete=models.PROTECT, related_name="identities")
    number = models.PositiveIntegerField()
    effective_from = models.DateField()
    name = models.CharField(max_length=200)
    short_name = models.CharField(max_length=60)
    logo = models.CharField(max_length=64, blank=True)
    decided_on = models.DateField()
    decided_by = models.CharField(max_length=254)

    personal_data: ClassVar[frozenset[str]] = frozenset({"decided_by"})
    audit_fields: ClassVar[tuple[str, ...]] = (
        "institution_id", "number", "effective_from", "name", "short_name", "logo", "decided_on", "decided_by",
    )  # fmt: skip

    class Meta:
        ordering = ["effective_from", "number"]
        constraints = [models.UniqueConstraint(fields=["institution", "number"], name="identity_once")]

    def __str__(self) -> str:
        return f"{self.name} v{self.number}"


class Unit(models.Model):
    """A responsible area (área responsable) in the institution's tree.

    `path` is the chain of primary keys from the root, "/1/7/23/": everything below a unit starts with its path.
    """

    ref = models.UUIDField(default=new_ref, unique=True, editable=False)
    institution = models.ForeignKey(Institution, on_delete=models.PROTECT, related_name="units")
    parent = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="children")
    code = models.CharField(max_length=30)
    name = models.CharField(max_length=200)
    head_post = models.CharField(max_length=200, blank=True)
    liaison_post = models.CharField(max_length=200, blank=True)
    path = models.CharField(max_length=255, blank=True, db_index=True)
    position = models.PositiveIntegerField(default=0)
    retired_on = models.DateField(null=True, blank=True)
    retired_reason = models.CharField(max_length=300, blank=True)

    personal_data: ClassVar[frozenset[str]] = frozenset()
    audit_fields: ClassVar[tuple[str, ...]] = (
        "institution_id", "parent_id", "code", "name", "head_post", "liaison_post", "position", "retired_on",
        "retired_reason",
    )  # fmt: skip

    class Meta:
        ordering = ["position", "code"]
        constraints = [
            models.UniqueConstraint(fields=["institution", "code"], name="unit_code_once"),
            models.CheckConstraint(
                condition=Q(retired_on__isnull=True) | ~Q(retired_reason=""), name="unit_retired_with_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"


class Person(AbstractBaseUser):
    """Someone who signs in. A person may belong to several institutions, by memberships."""

    ref = models.UUIDField(default=new_ref, unique=True, editable=False)
    email = models.EmailField(unique=True)
    name = models.CharField(max_length=150)
    language = models.CharField(max_length=5, default="es")
    is_active = models.BooleanField(default=True)
    runs_installation = models.BooleanField(default=False, help_text="May open institutions; sees nothing inside them.")

    objects = BaseUserManager["Person"]()

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS = ["name"]
    personal_data: ClassVar[frozenset[str]] = frozenset({"email", "name", "password", "last_login"})
    audit_fields: ClassVar[tuple[str, ...]] = ("email", "name", "is_active", "runs_installation")

    def __str__(self) -> str:
        return self.email

    def audit_state(self) -> dict[str, Any]:
        """A password put by hand is somebody else's way in: the trail keeps the digest of its hash, which opens nothing
        and cannot be tried against guesses, for it lacks the salt."""
        kept = hashlib.sha256(self.password.encode()).hexdigest()
        return {name: getattr(self, name) for name in self.audit_fields} | {"password": kept}


class FailedSignIn(models.Model):
    """Failures with an address, whether it is somebody's or not: what is answered does not tell which.

    The address itself is not kept: whoever mistypes it may have typed their password there.
    """

    digest = models.CharField(max_length=64, unique=True)
    failures = models.PositiveSmallIntegerField(default=0)
    last_at = models.DateTimeField()
    locked_until = models.DateTimeField(null=True, blank=True)

    personal_data: ClassVar[frozenset[str]] = frozenset()

    class Meta:
        indexes = [models.Index(fields=["last_at"], name="failed_sign_in_last")]

    def __str__(self) -> str:
        return self.digest[:12]


class Membership(models.Model):
    """A role held by a person in an institution; with `unit`, only there and below."""

    ref = models.UUIDField(default=new_ref, unique=True, editable=False)
    institution = models.ForeignKey(Institution, on_delete=models.PROTECT, related_name="memberships")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="memberships")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="memberships")
    role = models.CharField(max_length=20, choices=[(role.value, role.label) for role in Role])
    post = models.CharField(max_length=200, blank=True)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)
    ended_reason = models.CharField(max_length=300, blank=True)

    personal_data: ClassVar[frozenset[str]] = frozenset({"person", "post"})
    audit_fields: ClassVar[tuple[str, ...]] = (
        "institution_id", "person_id", "unit_id", "role", "post", "starts_on", "ends_on", "ended_reason",
    )  # fmt: skip

    class Meta:
        ordering = ["person__name"]
        constraints = [
            models.UniqueConstraint(
                fields=["institution", "person", "role", "unit"],
                condition=Q(ends_on__isnull=True, unit__isnull=False),
                name="membership_once_in_unit",
            ),
            models.UniqueConstraint(
                fields=["institution", "person", "role"],
                condition=Q(ends_on__isnull=True, unit__isnull=True),
                name="membership_once_in_institution",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.role}"


class Configuration(models.Model):
    """What the institution decided about itself, dated: a later version never changes an earlier one.

    `values` holds only what differs from the product's defaults (see settings.py of this app).
    """

    ref = models.UUIDField(default=new_ref, unique=True, editable=False)
    institution = models.ForeignKey(Institution, on_delete=models.PROTECT, related_name="configurations")
    number = models.PositiveIntegerField()
    effective_from = models.DateField()
    decided_on = models.DateField()
    decided_by = models.CharField(max_length=254)
    values = models.JSONField(default=dict)

    personal_data: ClassVar[frozenset[str]] = frozenset({"decided_by"})
    audit_fields: ClassVar[tuple[str, ...]] = ("institution_id", "number", "effective_from", "decided_on", "values")

    class Meta:
        ordering = ["effective_from", "number"]
        constraints = [models.UniqueConstraint(fields=["institution", "number"], name="configuration_once")]

    def __str__(self) -> str:
        return f"{self.institution_id} v{self.number}"
