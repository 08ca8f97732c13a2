"""The quarterly record of plans and work programmes that the institution publishes (art. 121, fr. XXII)."""

from typing import ClassVar

from django.db import models

from rumbo.core.timekeeping.quarter import Quarter
from rumbo.foundation.audit.keys import new_ref
from rumbo.systems.transparency.settings import WORK_PROGRAMMES, PublicationFormat, format_by_code
from rumbo.systems.transparency.states import RecordState


class DisclosureRecord(models.Model):
    """One quarter's record: the fifteen columns of the format, frozen as text when it is validated (IECM-02).

    What was published is corrected by a new version: `supersedes` is the one that it corrects, which stays as it was
    published, and `first_published_on` is the day that the term is judged by.
    `plan` is where the texts came from. `due_on` is kept as it was when the record was prepared: a term decided later
    does not make late what was on time.
    """

    ref = models.UUIDField(default=new_ref, unique=True, editable=False)
    institution = models.ForeignKey("organization.Institution", on_delete=models.PROTECT, related_name="+")
    plan = models.ForeignKey("planning.Plan", on_delete=models.PROTECT, related_name="+")
    format_code = models.CharField(max_length=40, default=WORK_PROGRAMMES.code)
    fiscal_year = models.PositiveSmallIntegerField()
    quarter = models.PositiveSmallIntegerField()
    period_start = models.DateField()
    period_end = models.DateField()
    due_on = models.DateField()
    annual_plan_url = models.URLField(max_length=500, blank=True)
    work_programme_url = models.URLField(max_length=500, blank=True)
    mission = models.TextField(blank=True)
    vision = models.TextField(blank=True)
    situation_analysis = models.TextField(blank=True)
    objectives = models.TextField(blank=True)
    action_lines = models.TextField(blank=True)
    higher_plan_alignment = models.TextField(blank=True)
    responsible_units = models.TextField(blank=True, help_text="One name per line, frozen.")
    updated_on = models.DateField()
    validated_on = models.DateField(null=True, blank=True)
    note = models.TextField(blank=True)
    published_on = models.DateField(null=True, blank=True)
    version = models.PositiveSmallIntegerField(default=1)
    supersedes = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="superseded_by"
    )
    first_published_on = models.DateField(null=True, blank=True)
    correction_reason = models.TextField(blank=True)
    corrected_on = models.DateField(null=True, blank=True, help_text="When the correction was begun.")
    corrected_by = models.CharField(max_length=254, blank=True)
    corrected_post = models.CharField(max_length=200, blank=True)

    personal_data: ClassVar[frozenset[str]] = frozenset({"corrected_by", "corrected_post"})
    audit_fields: ClassVar[tuple[str, ...]] = (
        "institution_id", "plan_id", "format_code", "fiscal_year", "quarter", "period_start", "period_end", "due_on",
        "annual_plan_url", "work_programme_url", "mission", "vision", "situation_analysis", "objectives",
        "action_lines", "higher_plan_alignment", "responsible_units", "updated_on", "validated_on", "note",
        "published_on", "version", "supersedes_id", "first_published_on", "correction_reason", "corrected_on",
        "corrected_by", "corrected_post",
    )  # fmt: skip

    class Meta:
        ordering = ["-fiscal_year", "-quarter", "-version"]
        constraints = [
            models.UniqueConstraint(
                fields=["institution", "format_code", "fiscal_year", "quarter", "version"],
                name="disclosure_version_once",
            ),
            models.UniqueConstraint(
                fields=["institution", "format_code", "fiscal_year", "quarter"],
                condition=models.Q(published_on__isnull=True),
                name="one_disclosure_in_hand",
            ),
            models.CheckConstraint(
                condition=models.Q(version=1, supersedes__isnull=True)
                | models.Q(version__gt=1, supersedes__isnull=False) & ~models.Q(correction_reason=""),
                name="correction_says_what_and_why",
            ),
            models.CheckConstraint(condition=models.Q(quarter__range=(1, 4)), name="quarter_between_1_and_4"),
            models.CheckConstraint(
                condition=models.Q(published_on__isnull=True) | models.Q(validated_on__isnull=False),
                name="published_only_if_validated",
            ),
        ]

    def __str__(self) -> str:
        """Names a file: only the versions after the first say which they are."""
        return f"{self.form.code}-{self.period}" + (f"-v{self.version}" if self.version > 1 else "")

    @property
    def period(self) -> Quarter:
        return Quarter(self.fiscal_year, self.quarter)

    @property
    def form(self) -> PublicationFormat:
        return format_by_code(self.format_code)

    @property
    def state(self) -> RecordState:
        if self.published_on is not None:
            return RecordState.PUBLISHED
        return RecordState.DRAFT if self.validated_on is None else RecordState.VALIDATED

    @property
    def published_late(self) -> bool:
        """Published after the last day of its term (IECM-26)."""
        first = self.first_published_on or self.published_on
        return first is not None and first > self.due_on

    @property
    def is_correction(self) -> bool:
        return self.version > 1

    @property
    def successor(self) -> "DisclosureRecord | None":
        """The published version that took its place, if any. What is only being corrected is still in force."""
        found: DisclosureRecord | None = getattr(self, "superseded_by", None)
        return found if found is not None and found.published_on is not None else None
