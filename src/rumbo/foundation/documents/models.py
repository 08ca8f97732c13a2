"""What is stored: bytes by their digest. The bytes live in RUMBO_HOME/documents, never in the database."""

from typing import ClassVar

from django.db import models


class StoredFile(models.Model):
    """A file that an institution keeps. Two equal files of one institution are one row."""

    institution = models.ForeignKey("organization.Institution", on_delete=models.PROTECT, related_name="+")
    digest = models.CharField(max_length=64)
    size = models.PositiveBigIntegerField()
    media_type = models.CharField(max_length=100)
    stored_at = models.DateTimeField()

    personal_data: ClassVar[frozenset[str]] = frozenset()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["institution", "digest"], name="stored_file_once")]

    def __str__(self) -> str:
        return self.digest[:12]
