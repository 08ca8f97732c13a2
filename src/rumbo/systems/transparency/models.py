"""The quarterly record of plans and work programmes that the institution publishes (art. 121, fr. XXII)."""

from typing import ClassVar

from django.db import models

from rumbo.core.timekeeping.quarter import Quarter
from rumbo.foundation.audit.keys import new_ref
from rumbo.systems.transparency.settings import WORK_PROGRAMMES, PublicationFormat, format_by_code
from rumbo.systems.transparency.states import RecordState


class DisclosureRecord(models.Model):
    """One quarter's record: the fifteen columns of the format, frozen as text when it is validated (IECM-02).

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

    personal_data: ClassVar[frozenset[str]] = frozenset()
    audit_fields: ClassVar[tuple[str, ...]] = (
        "institution_id", "plan_id", "format_code", "fiscal_year", "quarter", "period_start", "period_end", "due_on",
        "annual_plan_url", "work_programme_url", "mission", "vision", "situation_analysis", "objectives",
        "action_lines", "higher_plan_alignment", "responsible_units", "updated_on", "validated_on", "note",
        "published_on",
    )  # fmt: skip

    class Meta:
        ordering = ["-fiscal_year", "-quarter"]
        constraints = [
            models.UniqueConstraint(
                fields=["institution", "format_code", "fiscal_year", "quarter"], name="disclosure_record_once"
            ),
            models.CheckConstraint(condition=models.Q(quarter__range=(1, 4)), name="quarter_between_1_and_4"),
            models.CheckConstraint(
                condition=models.Q(published_on__isnull=True) | models.Q(validated_on__isnull=False),
                name="published_only_if_validated",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.form.code}-{self.period}"

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
        return self.published_on is not None and self.published_on > self.due_on
