"""The quarterly record of plans and work programmes that the institution publishes (art. 121, fr. XXII)."""

from typing import ClassVar

from django.db import models

from rumbo.foundation.audit.keys import new_ref


class DisclosureRecord(models.Model):
    """One quarter's record: the fifteen columns of the format, frozen as text when it is validated (IECM-02)."""

    ref = models.UUIDField(default=new_ref, unique=True, editable=False)
    institution = models.ForeignKey("organization.Institution", on_delete=models.PROTECT, related_name="+")
    plan = models.ForeignKey("planning.Plan", on_delete=models.PROTECT, related_name="+")
    fiscal_year = models.PositiveSmallIntegerField()
    quarter = models.PositiveSmallIntegerField()
    period_start = models.DateField()
    period_end = models.DateField()
    annual_plan_url = models.URLField(max_length=500)
    work_programme_url = models.URLField(max_length=500, blank=True)
    mission = models.TextField()
    vision = models.TextField()
    situation_analysis = models.TextField()
    objectives = models.TextField()
    action_lines = models.TextField()
    higher_plan_alignment = models.TextField()
    responsible_units = models.TextField()
    updated_on = models.DateField()
    validated_on = models.DateField(null=True, blank=True)
    note = models.TextField(blank=True)
    published_on = models.DateField(null=True, blank=True)

    personal_data: ClassVar[frozenset[str]] = frozenset()
    audit_fields: ClassVar[tuple[str, ...]] = (
        "institution_id", "plan_id", "fiscal_year", "quarter", "period_start", "period_end", "annual_plan_url",
        "work_programme_url", "mission", "vision", "situation_analysis", "objectives", "action_lines",
        "higher_plan_alignment", "responsible_units", "updated_on", "validated_on", "note", "published_on",
    )  # fmt: skip

    class Meta:
        ordering = ["-fiscal_year", "-quarter"]
        constraints = [
            models.UniqueConstraint(
                fields=["institution", "plan", "fiscal_year", "quarter"], name="disclosure_record_once"
            ),
            models.CheckConstraint(condition=models.Q(quarter__range=(1, 4)), name="quarter_between_1_and_4"),
        ]

    def __str__(self) -> str:
        return f"{self.fiscal_year} T{self.quarter}"
