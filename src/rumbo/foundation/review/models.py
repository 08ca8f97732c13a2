"""Cases under review and the decisions taken on them. No foreign key to the subject (decision L)."""

from typing import ClassVar

from django.db import models

from rumbo.core.vocabulary.return_reason import ReturnReason
from rumbo.foundation.audit.keys import new_ref


class Case(models.Model):
    """Something that somebody has to look at: the subject is (app label, ref) with a stored title."""

    ref = models.UUIDField(default=new_ref, unique=True, editable=False)
    institution = models.ForeignKey("organization.Institution", on_delete=models.PROTECT, related_name="+")
    app_label = models.CharField(max_length=40)
    subject_ref = models.UUIDField()
    title = models.CharField(max_length=300)
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)

    personal_data: ClassVar[frozenset[str]] = frozenset()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["app_label", "subject_ref"], name="case_once_per_subject")]

    def __str__(self) -> str:
        return self.title


class Decision(models.Model):
    """What one step decided about a case. Never edited; a later decision stands beside it."""

    class Verdict(models.TextChoices):
        SUBMITTED = "submitted"
        APPROVED = "approved"
        RETURNED = "returned"

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="decisions")
    institution = models.ForeignKey("organization.Institution", on_delete=models.PROTECT, related_name="+")
    step = models.CharField(max_length=30)
    verdict = models.CharField(max_length=20, choices=Verdict.choices)
    reason_kind = models.CharField(
        max_length=30, blank=True, choices=[(reason.value, reason.label) for reason in ReturnReason]
    )
    reason = models.TextField(blank=True)
    person = models.ForeignKey("organization.Person", on_delete=models.PROTECT, null=True, related_name="+")
    post = models.CharField(max_length=200, blank=True)
    at = models.DateTimeField()

    personal_data: ClassVar[frozenset[str]] = frozenset({"person", "post"})

    class Meta:
        ordering = ["at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(verdict="returned") | ~models.Q(reason_kind=""), name="return_has_typed_reason"
            )
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.verdict}"
