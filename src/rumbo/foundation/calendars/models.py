"""Days on which an institution does not work, beyond Saturdays and Sundays."""

from typing import ClassVar

from django.db import models

from rumbo.foundation.audit.keys import new_ref


class NonWorkingDay(models.Model):
    """Statutory rest days are copied here too, so that an institution's year can be read in one place."""

    class Origin(models.TextChoices):
        STATUTORY = "statutory"
        INSTITUTION = "institution"

    ref = models.UUIDField(default=new_ref, unique=True, editable=False)
    institution = models.ForeignKey("organization.Institution", on_delete=models.PROTECT, related_name="+")
    day = models.DateField()
    name = models.CharField(max_length=150)
    origin = models.CharField(max_length=20, choices=Origin.choices, default=Origin.INSTITUTION)

    personal_data: ClassVar[frozenset[str]] = frozenset()
    audit_fields: ClassVar[tuple[str, ...]] = ("institution_id", "day", "name", "origin")

    class Meta:
        ordering = ["day"]
        constraints = [models.UniqueConstraint(fields=["institution", "day"], name="non_working_day_once")]

    def __str__(self) -> str:
        return f"{self.day} {self.name}"
