"""Contracts; and deliveries of the evaluated months, with their files by digest and what the area decided of each."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from rumbo.foundation.audit.keys import new_ref
from rumbo.foundation.contracts.states import DeliveryState


class Contract(models.Model):
    """Something hired whose results are measured: the goals under it say so (`indicators.Goal.contract`).

    `number` is the one of its document. `ends_on` closes its term; it does not end what it is evaluated by.
    """

    ref = models.UUIDField(default=new_ref, unique=True, editable=False)
    institution = models.ForeignKey("organization.Institution", on_delete=models.PROTECT, related_name="+")
    number = models.CharField(max_length=60)
    title = models.CharField(max_length=300, help_text="What it is for.")
    supplier = models.CharField(max_length=200, blank=True)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)

    personal_data: ClassVar[frozenset[str]] = frozenset({"supplier"})  # it may be a person
    audit_fields: ClassVar[tuple[str, ...]] = (
        "institution_id", "number", "title", "supplier", "starts_on", "ends_on",
    )  # fmt: skip

    class Meta:
        ordering = ["-starts_on", "number"]
        constraints = [
            models.UniqueConstraint(fields=["institution", "number"], name="contract_number_once"),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=models.F("starts_on")), name="contract_term_in_order"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.title[:60]}"


class Delivery(models.Model):
    """One delivery of one evaluated month. An observation is answered with a new one, whose number follows.

    `source` and `source_digest` name the sealed results that its documents come from. `due_on` is kept as it was on
    the day of the delivery. Decided once: what was accepted or observed is not decided again.
    """

    ref = models.UUIDField(default=new_ref, unique=True, editable=False)
    institution = models.ForeignKey("organization.Institution", on_delete=models.PROTECT, related_name="+")
    period = models.PositiveIntegerField()
    number = models.PositiveSmallIntegerField()
    source = models.CharField(max_length=100)
    source_digest = models.CharField(max_length=64)
    due_on = models.DateField(null=True, blank=True)
    delivered_on = models.DateField()
    delivered_by = models.CharField(max_length=254)
    delivered_post = models.CharField(max_length=200, blank=True)
    answer = models.TextField(blank=True, help_text="What was mended, when it answers an observation.")
    state = models.CharField(
        max_length=12,
        choices=[(state.value, state.label) for state in DeliveryState if state is not DeliveryState.TO_DELIVER],
        default=DeliveryState.DELIVERED,
    )
    decided_on = models.DateField(null=True, blank=True)
    decided_by = models.CharField(max_length=254, blank=True)
    decided_post = models.CharField(max_length=200, blank=True)
    reasons = models.TextField(blank=True)

    personal_data: ClassVar[frozenset[str]] = frozenset(
        {"delivered_by", "delivered_post", "decided_by", "decided_post"}
    )

    class Meta:
        ordering = ["-period", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["institution", "period", "number"], name="delivery_number_once"),
            models.UniqueConstraint(
                fields=["institution", "period"], condition=Q(state="delivered"), name="one_delivery_to_verify"
            ),
            models.CheckConstraint(
                condition=Q(state="delivered", decided_on=None) | Q(decided_on__isnull=False) & ~Q(state="delivered"),
                name="decided_delivery_has_its_day",
            ),
            models.CheckConstraint(condition=~Q(state="observed") | ~Q(reasons=""), name="observation_says_why"),
        ]

    def __str__(self) -> str:
        return f"{self.institution_id} {self.period} núm. {self.number}"

    def audit_state(self) -> dict[str, object]:
        """Its fields and the digest of each file."""
        names = (
            "institution_id", "period", "number", "source", "source_digest", "due_on", "delivered_on", "delivered_by",
            "delivered_post", "answer", "state", "decided_on", "decided_by", "decided_post", "reasons",
        )  # fmt: skip
        files = dict(self.documents.order_by("name").values_list("name", "digest")) if self.pk else {}
        return {name: getattr(self, name) for name in names} | {"documents": files}

    @property
    def late(self) -> bool:
        return self.due_on is not None and self.delivered_on > self.due_on


class DeliveredDocument(models.Model):
    """A file of a delivery, exactly as it was delivered: the bytes are kept by their digest."""

    delivery = models.ForeignKey(Delivery, on_delete=models.PROTECT, related_name="documents")
    institution = models.ForeignKey("organization.Institution", on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=120)
    digest = models.CharField(max_length=64)
    media_type = models.CharField(max_length=100)
    size = models.PositiveBigIntegerField()

    personal_data: ClassVar[frozenset[str]] = frozenset()

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["delivery", "name"], name="delivered_document_once")]

    def __str__(self) -> str:
        return self.name
