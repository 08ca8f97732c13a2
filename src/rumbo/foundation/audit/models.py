"""Append-only events and the head of each chain. No foreign keys: the trail outlives what it tells of."""

from typing import ClassVar

from django.db import models


class Event(models.Model):
    """One thing that someone did. `chain` is an institution's slug, or "" for the installation.

    `payload` is canonical JSON (sorted keys, no spaces); `hash` = sha256(previous hash + payload).
    Everything else in the row is a copy of what the payload says, kept apart to be searched.
    """

    chain = models.CharField(max_length=60)
    sequence = models.PositiveBigIntegerField()
    at = models.DateTimeField()
    actor = models.CharField(max_length=254)
    action = models.CharField(max_length=80)
    subject_model = models.CharField(max_length=80, blank=True)
    subject_ref = models.CharField(max_length=40, blank=True)
    title = models.CharField(max_length=300, blank=True)
    payload = models.TextField()
    previous = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    personal_data: ClassVar[frozenset[str]] = frozenset({"actor", "payload"})

    class Meta:
        constraints = [models.UniqueConstraint(fields=["chain", "sequence"], name="audit_event_once")]
        indexes = [
            models.Index(fields=["subject_model", "subject_ref"], name="audit_event_subject"),
            models.Index(fields=["chain", "action"], name="audit_event_action"),
        ]

    def __str__(self) -> str:
        return f"{self.chain}#{self.sequence} {self.action}"


class Head(models.Model):
    """The newest event of a chain. Locked last in every transaction."""

    chain = models.CharField(max_length=60, unique=True)
    sequence = models.PositiveBigIntegerField(default=0)
    hash = models.CharField(max_length=64, default="0" * 64)

    personal_data: ClassVar[frozenset[str]] = frozenset()

    def __str__(self) -> str:
        return f"{self.chain}@{self.sequence}"
