"""Monthly values with their cause, evidence and corrections; and the months that are locked."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q

from rumbo.core.vocabulary.capture_state import CaptureState
from rumbo.core.vocabulary.variation_cause import VariationCause
from rumbo.foundation.audit.keys import new_ref


class Capture(models.Model):
    """The value of one indicator in one month and where it stands in its review.

    `numerator` is the value itself when the indicator has no denominator. Both empty with a
    `not_available_reason` means «aún no se cuenta con el dato». `version` grows with each save, so that
    two people who edit at once are told.

    `readings`, where the month has several figures, are what numerator and denominator result from: by the last day of
    each stretch of time (ISO), `figures` by the symbol of the variable, as exact text, and a `reason` where there are
    none. They have no row of their own: what is typed, locked, reviewed and sealed is the capture.
    """

    ref = models.UUIDField(default=new_ref, unique=True, editable=False)
    institution = models.ForeignKey("organization.Institution", on_delete=models.PROTECT, related_name="+")
    indicator = models.ForeignKey("indicators.Indicator", on_delete=models.PROTECT, related_name="+")
    period = models.PositiveIntegerField(help_text="year * 12 + month - 1")
    numerator = models.DecimalField(max_digits=20, decimal_places=6, null=True, blank=True)
    denominator = models.DecimalField(max_digits=20, decimal_places=6, null=True, blank=True)
    readings = models.JSONField(default=dict, blank=True)
    state = models.CharField(
        max_length=20,
        choices=[(state.value, state.label) for state in CaptureState if state != CaptureState.MISSING],
        default=CaptureState.DRAFT,
    )
    version = models.PositiveIntegerField(default=1)
    not_available_reason = models.TextField(blank=True)
    expected_on = models.DateField(null=True, blank=True)
    cause_kind = models.CharField(
        max_length=20, blank=True, choices=[(cause.value, cause.label) for cause in VariationCause]
    )
    cause = models.TextField(blank=True)
    corrective_action = models.TextField(blank=True)
    commitment_on = models.DateField(null=True, blank=True)
    responsible_post = models.CharField(max_length=200, blank=True)
    commitment_outcome = models.TextField(blank=True, help_text="What came of the commitment, said the month after.")
    captured_by = models.ForeignKey("organization.Person", on_delete=models.PROTECT, null=True, related_name="+")
    captured_at = models.DateTimeField()
    submitted_on = models.DateField(null=True, blank=True)
    approved_by = models.ForeignKey("organization.Person", on_delete=models.PROTECT, null=True, related_name="+")
    approved_on = models.DateField(null=True, blank=True)
    days_late = models.PositiveSmallIntegerField(default=0)
    times_returned = models.PositiveSmallIntegerField(default=0)
    historical = models.BooleanField(default=False, help_text="Carga histórica: no deadline.")
    corrected = models.BooleanField(default=False)

    personal_data: ClassVar[frozenset[str]] = frozenset({"captured_by", "approved_by"})
    audit_fields: ClassVar[tuple[str, ...]] = (
        "indicator_id", "period", "numerator", "denominator", "state", "version", "not_available_reason",
        "expected_on", "cause_kind", "cause", "corrective_action", "commitment_on", "responsible_post",
        "commitment_outcome", "captured_by_id", "captured_at", "submitted_on", "approved_by_id", "approved_on",
        "days_late", "times_returned", "historical", "corrected",
    )  # fmt: skip

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["indicator", "period"], name="capture_once_a_month"),
            models.CheckConstraint(
                condition=~Q(state="approved") | Q(approved_on__isnull=False), name="approved_capture_has_date"
            ),
        ]
        indexes = [
            models.Index(fields=["institution", "period", "state"], name="capture_by_period"),
        ]

    def __str__(self) -> str:
        return f"{self.indicator_id} {self.period}"

    def audit_state(self) -> dict[str, Any]:
        """Its fields; the readings only when there are some, so that a capture without them keeps its digest."""
        later = ("readings",)
        return {name: getattr(self, name) for name in self.audit_fields} | _present(self, later)


class Evidence(models.Model):
    """A file that proves a capture. The bytes are in documents, by digest."""

    ref = models.UUIDField(default=new_ref, unique=True, editable=False)
    institution = models.ForeignKey("organization.Institution", on_delete=models.PROTECT, related_name="+")
    capture = models.ForeignKey(Capture, on_delete=models.PROTECT, related_name="evidence")
    digest = models.CharField(max_length=64)
    file_name = models.CharField(max_length=200)
    media_type = models.CharField(max_length=100)
    size = models.PositiveBigIntegerField()
    kind = models.CharField(max_length=100, blank=True)
    reserved = models.BooleanField(default=False)
    personal_data_found = models.CharField(max_length=200, blank=True)
    attached_by = models.ForeignKey("organization.Person", on_delete=models.PROTECT, null=True, related_name="+")
    attached_at = models.DateTimeField()
    retired_on = models.DateField(null=True, blank=True)
    retired_reason = models.CharField(max_length=300, blank=True)

    personal_data: ClassVar[frozenset[str]] = frozenset({"attached_by", "file_name"})
    audit_fields: ClassVar[tuple[str, ...]] = (
        "capture_id", "digest", "file_name", "media_type", "size", "kind", "reserved", "retired_on", "retired_reason",
    )  # fmt: skip

    class Meta:
        ordering = ["attached_at", "pk"]

    def __str__(self) -> str:
        return self.file_name


class MonthLock(models.Model):
    """A month that is closed for an institution: its captures are never edited again (decision G)."""

    institution = models.ForeignKey("organization.Institution", on_delete=models.PROTECT, related_name="+")
    period = models.PositiveIntegerField()
    locked_on = models.DateField()

    personal_data: ClassVar[frozenset[str]] = frozenset()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["institution", "period"], name="month_locked_once")]

    def __str__(self) -> str:
        return f"{self.institution_id} {self.period}"


class Omission(models.Model):
    """An area that did not report when its month was closed, accepted by planning with a reason."""

    institution = models.ForeignKey("organization.Institution", on_delete=models.PROTECT, related_name="+")
    period = models.PositiveIntegerField()
    unit = models.ForeignKey("organization.Unit", on_delete=models.PROTECT, related_name="+")
    count = models.PositiveIntegerField()
    reason = models.TextField()
    accepted_by = models.CharField(max_length=254)
    accepted_on = models.DateField()

    personal_data: ClassVar[frozenset[str]] = frozenset({"accepted_by"})

    class Meta:
        constraints = [models.UniqueConstraint(fields=["institution", "period", "unit"], name="omission_once")]

    def __str__(self) -> str:
        return f"{self.unit_id} {self.period}"


class Correction(models.Model):
    """A request to change a value of a closed month, and what was decided.

    A small one enters the next open month as an adjustment; one with a decision and a letter opens a
    supplementary closing (decision G). `applied_in` is the open period where it was entered, or the closed
    period itself in a supplementary closing.
    """

    class Kind(models.TextChoices):
        ADJUSTMENT = "adjustment"
        SUPPLEMENTARY = "supplementary"

    class State(models.TextChoices):
        REQUESTED = "requested"
        APPLIED = "applied"
        REFUSED = "refused"

    ref = models.UUIDField(default=new_ref, unique=True, editable=False)
    institution = models.ForeignKey("organization.Institution", on_delete=models.PROTECT, related_name="+")
    capture = models.ForeignKey(Capture, on_delete=models.PROTECT, related_name="corrections")
    kind = models.CharField(max_length=20, choices=Kind.choices, default=Kind.ADJUSTMENT)
    state = models.CharField(max_length=20, choices=State.choices, default=State.REQUESTED)
    before_numerator = models.DecimalField(max_digits=20, decimal_places=6, null=True)
    before_denominator = models.DecimalField(max_digits=20, decimal_places=6, null=True)
    after_numerator = models.DecimalField(max_digits=20, decimal_places=6, null=True)
    after_denominator = models.DecimalField(max_digits=20, decimal_places=6, null=True)
    before_readings = models.JSONField(default=dict, blank=True)
    after_readings = models.JSONField(default=dict, blank=True)
    reason = models.TextField()
    letter_number = models.CharField(max_length=100, blank=True)
    requested_by = models.CharField(max_length=254)
    requested_on = models.DateField()
    decided_by = models.CharField(max_length=254, blank=True)
    decided_on = models.DateField(null=True, blank=True)
    decision_reason = models.TextField(blank=True)
    applied_in = models.PositiveIntegerField(null=True, blank=True)

    personal_data: ClassVar[frozenset[str]] = frozenset({"requested_by", "decided_by"})
    audit_fields: ClassVar[tuple[str, ...]] = (
        "capture_id", "kind", "state", "before_numerator", "before_denominator", "after_numerator",
        "after_denominator", "reason", "letter_number", "decided_on", "decision_reason", "applied_in",
    )  # fmt: skip

    class Meta:
        ordering = ["requested_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(decided_by="", decided_on__isnull=True) | Q(decided_on__isnull=False) & ~Q(decided_by=""),
                name="correction_decision_whole",
            ),
            models.CheckConstraint(
                condition=~Q(kind="supplementary", state="applied") | ~Q(letter_number=""),
                name="supplementary_has_letter",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.capture_id} {self.kind}"

    def audit_state(self) -> dict[str, Any]:
        """Its fields; the readings only when there are some."""
        later = ("before_readings", "after_readings")
        return {name: getattr(self, name) for name in self.audit_fields} | _present(self, later)


def _present(row: models.Model, later: tuple[str, ...]) -> dict[str, Any]:
    """Of the fields that came later, those that say something."""
    return {name: value for name in later if (value := getattr(row, name))}
