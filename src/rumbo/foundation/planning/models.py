"""Plans, the names of their levels, their elements and their situation analysis."""

from typing import Any, ClassVar

from django.db import models

from rumbo.core.vocabulary.swot import SwotKind
from rumbo.foundation.audit.keys import new_ref


class Plan(models.Model):
    """A programme of government or an institutional programme, with the term it belongs to."""

    ref = models.UUIDField(default=new_ref, unique=True, editable=False)
    institution = models.ForeignKey("organization.Institution", on_delete=models.PROTECT, related_name="plans")
    name = models.CharField(max_length=300)
    kind_name = models.CharField(max_length=100, default="Programa de gobierno")
    mission = models.TextField(blank=True)
    vision = models.TextField(blank=True)
    term_start = models.DateField()
    term_end = models.DateField()
    annual_plan_url = models.URLField(max_length=500, blank=True)
    work_programme_url = models.URLField(max_length=500, blank=True)
    higher_plan_alignment = models.TextField(blank=True)
    higher_plan_not_applicable_reason = models.TextField(blank=True)

    personal_data: ClassVar[frozenset[str]] = frozenset()
    audit_fields: ClassVar[tuple[str, ...]] = (
        "institution_id", "name", "kind_name", "mission", "vision", "term_start", "term_end", "annual_plan_url",
        "work_programme_url", "higher_plan_alignment", "higher_plan_not_applicable_reason",
    )  # fmt: skip

    audit_prefetch: ClassVar[tuple[str, ...]] = ("levels", "swot_items")

    class Meta:
        ordering = ["-term_start"]
        constraints = [
            models.UniqueConstraint(fields=["institution", "name"], name="plan_name_once"),
            models.CheckConstraint(condition=models.Q(term_end__gt=models.F("term_start")), name="plan_term_in_order"),
        ]

    def __str__(self) -> str:
        return self.name

    def audit_state(self) -> dict[str, Any]:
        """Its own fields, the names of its levels and its situation analysis."""
        return {name: getattr(self, name) for name in self.audit_fields} | {
            "levels": [[level.depth, level.singular, level.plural] for level in self.levels.all()],
            "swot": [[item.kind, item.position, item.headline, item.explanation] for item in self.swot_items.all()],
        }


class PlanLevel(models.Model):
    """The name of a level: eje rector, objetivo, estrategia, línea de acción. Depth 1 is the highest."""

    institution = models.ForeignKey("organization.Institution", on_delete=models.PROTECT, related_name="+")
    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="levels")
    depth = models.PositiveSmallIntegerField()
    singular = models.CharField(max_length=60)
    plural = models.CharField(max_length=60)

    personal_data: ClassVar[frozenset[str]] = frozenset()

    class Meta:
        ordering = ["depth"]
        constraints = [models.UniqueConstraint(fields=["plan", "depth"], name="plan_level_once")]

    def __str__(self) -> str:
        return self.singular


class PlanElement(models.Model):
    """One axis, objective, strategy or action line. `parent` is explicit; `suggested_parent` waits for a person.

    `path` is the chain of primary keys from the top, "/4/9/": everything below an element starts with its path.
    """

    ref = models.UUIDField(default=new_ref, unique=True, editable=False)
    institution = models.ForeignKey("organization.Institution", on_delete=models.PROTECT, related_name="+")
    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="elements")
    level = models.ForeignKey(PlanLevel, on_delete=models.PROTECT, related_name="elements")
    parent = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="children")
    suggested_parent = models.ForeignKey("self", on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    code = models.CharField(max_length=30)
    statement = models.TextField()
    path = models.CharField(max_length=255, blank=True, db_index=True)
    position = models.PositiveIntegerField(default=0)
    retired_on = models.DateField(null=True, blank=True)
    retired_reason = models.CharField(max_length=300, blank=True)

    personal_data: ClassVar[frozenset[str]] = frozenset()
    audit_fields: ClassVar[tuple[str, ...]] = (
        "institution_id", "plan_id", "level_id", "parent_id", "code", "statement", "position", "retired_on",
        "retired_reason",
    )  # fmt: skip

    class Meta:
        ordering = ["position", "code"]
        constraints = [models.UniqueConstraint(fields=["plan", "level", "code"], name="plan_element_code_once")]

    def __str__(self) -> str:
        return f"{self.code} {self.statement[:60]}"


class SwotItem(models.Model):
    """One strength, weakness, opportunity or threat: headline and explanation (IECM-12)."""

    institution = models.ForeignKey("organization.Institution", on_delete=models.PROTECT, related_name="+")
    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="swot_items")
    kind = models.CharField(max_length=20, choices=[(kind.value, kind.label) for kind in SwotKind])
    position = models.PositiveIntegerField()
    headline = models.TextField()
    explanation = models.TextField(blank=True)

    personal_data: ClassVar[frozenset[str]] = frozenset()

    class Meta:
        ordering = ["kind", "position"]
        constraints = [models.UniqueConstraint(fields=["plan", "kind", "position"], name="swot_position_once")]

    def __str__(self) -> str:
        return self.headline[:60]
