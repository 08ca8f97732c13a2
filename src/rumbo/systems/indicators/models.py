"""Goals, their indicators and what is programmed for them."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q

from rumbo.core.timekeeping.slots import FiscalYear
from rumbo.core.vocabulary.accumulation import Accumulation
from rumbo.core.vocabulary.dimension import Dimension
from rumbo.core.vocabulary.direction import Direction
from rumbo.core.vocabulary.frequency import Frequency
from rumbo.core.vocabulary.goal_type import GoalType
from rumbo.foundation.audit.keys import new_ref

OWN_BANDS = ("units_green", "units_amber", "units_below")


def decimal(**options: Any) -> "models.DecimalField[Any, Any]":
    """A captured or programmed value: 20 digits, 6 of them decimals (decision I)."""
    return models.DecimalField(max_digits=20, decimal_places=6, **options)


class Goal(models.Model):
    """A commitment (meta) of one area, hung from one plan element."""

    ref = models.UUIDField(default=new_ref, unique=True, editable=False)
    institution = models.ForeignKey("organization.Institution", on_delete=models.PROTECT, related_name="+")
    plan_element = models.ForeignKey("planning.PlanElement", on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey("organization.Unit", on_delete=models.PROTECT, related_name="+")
    contract = models.ForeignKey(
        "contracts.Contract",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text="The one that was decided last, if any: `queries.terms_of` tells since when.",
    )
    contract_since = models.DateField(
        null=True, blank=True, help_text="Since when it holds, or no contract does. Empty: always."
    )
    co_responsible = models.ManyToManyField("organization.Unit", through="CoResponsibility", related_name="+")
    code = models.CharField(max_length=30)
    statement = models.TextField()
    goal_type = models.CharField(
        max_length=20, choices=[(kind.value, kind.label) for kind in GoalType], default=GoalType.ACTION
    )
    weight = models.DecimalField(max_digits=9, decimal_places=4, default=1)
    critical = models.BooleanField(default=False)
    term_target = decimal(null=True, blank=True)
    responsible_post = models.CharField(max_length=200, blank=True, help_text="A post, never a person's name.")
    sdg = models.CharField(max_length=60, blank=True, help_text="Sustainable development goals (ODS), as written.")
    agreed_on = models.DateField(null=True, blank=True, help_text="A1-18: agreed with the head of the area.")
    retired_on = models.DateField(null=True, blank=True)
    retired_reason = models.CharField(max_length=300, blank=True)
    position = models.PositiveIntegerField(default=0)

    personal_data: ClassVar[frozenset[str]] = frozenset()
    audit_fields: ClassVar[tuple[str, ...]] = (
        "institution_id", "plan_element_id", "unit_id", "code", "statement", "goal_type", "weight", "critical",
        "term_target", "responsible_post", "sdg", "agreed_on", "retired_on", "retired_reason", "position",
    )  # fmt: skip
    audit_prefetch: ClassVar[tuple[str, ...]] = ("co_responsibilities", "former_contracts")

    class Meta:
        ordering = ["position", "code"]
        constraints = [
            models.UniqueConstraint(fields=["institution", "code"], name="goal_code_once"),
            models.CheckConstraint(condition=Q(weight__gt=0), name="goal_weight_positive"),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.statement[:60]}"

    def audit_state(self) -> dict[str, Any]:
        """Its own fields and the areas that share it; of its contracts, which came later, only what there is."""
        shared = sorted(shared.unit_id for shared in self.co_responsibilities.all())
        former = [[one.contract_id, one.since, one.until] for one in self.former_contracts.all()]
        later = {"contract_id": self.contract_id, "contract_since": self.contract_since, "former_contracts": former}
        state = {name: getattr(self, name) for name in self.audit_fields} | {"co_responsible": shared}
        return state | {name: value for name, value in later.items() if value}

    @property
    def principal_indicator(self) -> "Indicator | None":
        """The one that gives the goal its percentage (decision D). No query when `indicators` was prefetched."""
        return next((indicator for indicator in self.indicators.all() if indicator.principal), None)


class CoResponsibility(models.Model):
    """An area that shares a goal without owing its capture."""

    goal = models.ForeignKey(Goal, on_delete=models.CASCADE, related_name="co_responsibilities")
    institution = models.ForeignKey("organization.Institution", on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey("organization.Unit", on_delete=models.PROTECT, related_name="+")

    personal_data: ClassVar[frozenset[str]] = frozenset()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["goal", "unit"], name="co_responsibility_once")]

    def __str__(self) -> str:
        return f"{self.goal_id} {self.unit_id}"


class FormerContract(models.Model):
    """A contract that the goal was measured under from `since` (empty: always) until the day before `until`."""

    goal = models.ForeignKey(Goal, on_delete=models.CASCADE, related_name="former_contracts")
    institution = models.ForeignKey("organization.Institution", on_delete=models.PROTECT, related_name="+")
    contract = models.ForeignKey("contracts.Contract", on_delete=models.PROTECT, related_name="+")
    since = models.DateField(null=True, blank=True)
    until = models.DateField()

    personal_data: ClassVar[frozenset[str]] = frozenset()

    class Meta:
        ordering = ["until"]
        constraints = [
            models.UniqueConstraint(fields=["goal", "until"], name="former_contract_once"),
            models.CheckConstraint(
                condition=Q(since__isnull=True) | Q(until__gt=models.F("since")), name="former_contract_in_order"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.goal_id} {self.contract_id} {self.until}"


class Indicator(models.Model):
    """How a goal is measured. Exactly one indicator of a goal is principal (decision D).

    `numerator_name` names the value itself when there is no denominator.
    `due_months` lists the calendar months (1..12) that owe a report; empty means those of the frequency.
    """

    ref = models.UUIDField(default=new_ref, unique=True, editable=False)
    institution = models.ForeignKey("organization.Institution", on_delete=models.PROTECT, related_name="+")
    goal = models.ForeignKey(Goal, on_delete=models.PROTECT, related_name="indicators")
    principal = models.BooleanField(default=True)
    code = models.CharField(max_length=30)
    name = models.CharField(max_length=300)
    definition = models.TextField(blank=True)
    formula = models.TextField(blank=True)
    numerator_symbol = models.CharField(max_length=60, default="V")
    numerator_name = models.CharField(max_length=300, blank=True)
    numerator_unit = models.CharField(max_length=100, blank=True)
    denominator_symbol = models.CharField(max_length=60, blank=True)
    denominator_name = models.CharField(max_length=300, blank=True)
    denominator_unit = models.CharField(max_length=100, blank=True)
    other_variables = models.JSONField(
        default=list, blank=True, help_text="Variables of the formula beside the two above: symbol, name, unit."
    )
    factor = decimal(default=1)
    unit_of_measure = models.CharField(max_length=100)
    decimals = models.PositiveSmallIntegerField(default=0)
    direction = models.PositiveSmallIntegerField(choices=[(item.value, item.label) for item in Direction])
    accumulation = models.PositiveSmallIntegerField(choices=[(item.value, item.label) for item in Accumulation])
    frequency = models.CharField(
        max_length=20, choices=[(item.value, item.label) for item in Frequency], default=Frequency.MONTHLY
    )
    due_months = models.JSONField(default=list, blank=True)
    dimension = models.CharField(max_length=30, blank=True, choices=[(item.value, item.label) for item in Dimension])
    baseline = decimal(null=True, blank=True)
    baseline_year = models.PositiveSmallIntegerField(null=True, blank=True)
    source = models.CharField(max_length=300, blank=True)
    means_of_verification = models.CharField(max_length=300, blank=True)
    required_evidence = models.CharField(max_length=200, blank=True)
    retired_on = models.DateField(null=True, blank=True)

    personal_data: ClassVar[frozenset[str]] = frozenset()
    audit_fields: ClassVar[tuple[str, ...]] = (
        "institution_id", "goal_id", "principal", "code", "name", "definition", "formula", "numerator_symbol",
        "numerator_name", "denominator_symbol", "denominator_name", "factor", "unit_of_measure", "decimals",
        "direction", "accumulation", "frequency", "due_months", "dimension", "baseline", "baseline_year", "source",
        "means_of_verification", "required_evidence", "retired_on",
    )  # fmt: skip

    class Meta:
        ordering = ["code"]
        constraints = [
            models.UniqueConstraint(fields=["institution", "code"], name="indicator_code_once"),
            models.UniqueConstraint(fields=["goal"], condition=Q(principal=True), name="one_principal_indicator"),
            models.CheckConstraint(
                condition=~Q(accumulation__in=[Accumulation.RATIO, Accumulation.RATE]) | ~Q(denominator_name=""),
                name="ratio_has_denominator",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"

    def audit_state(self) -> dict[str, Any]:
        """Its fields; those that came later only when they say something, so that older rows keep their digest."""
        later = ("numerator_unit", "denominator_unit", "other_variables")
        state = {name: getattr(self, name) for name in self.audit_fields}
        return state | {name: value for name in later if (value := getattr(self, name))}

    def months_due(self, year: FiscalYear) -> tuple[int, ...]:
        """Calendar months (1..12) that owe a report: its own, or those of its frequency in a year that starts so."""
        return tuple(self.due_months) or Frequency(self.frequency).due_months_from(year.start_month)

    def periods_due(self, year: FiscalYear) -> list[int]:
        """The same, as periods in time order."""
        return sorted(year.month(month).index for month in self.months_due(year))


class Programme(models.Model):
    """What is programmed for an indicator in one year: the annual target and, below, its months.

    `year` is the name of the fiscal year: the calendar year in which it starts.
    `annual_target` is the target in force; `original_target` what was first approved. For ranges, `low` and `high`.

    `units_green`, `units_amber`: the indicator's own bands, as distances to the programme in its unit of measure, where
    a percentage would collapse; `units_below`: only while the programme to date is no greater. They are of the year,
    as the targets that they are measured from: how much is near is agreed with how much is wanted, changes by the same
    authorisation, and another year's bands judge nothing of this one.
    """

    ref = models.UUIDField(default=new_ref, unique=True, editable=False)
    institution = models.ForeignKey("organization.Institution", on_delete=models.PROTECT, related_name="+")
    indicator = models.ForeignKey(Indicator, on_delete=models.PROTECT, related_name="programmes")
    year = models.PositiveSmallIntegerField()
    annual_target = decimal(null=True, blank=True)
    original_target = decimal(null=True, blank=True)
    low = decimal(null=True, blank=True)
    high = decimal(null=True, blank=True)
    units_green = decimal(null=True, blank=True)
    units_amber = decimal(null=True, blank=True)
    units_below = decimal(null=True, blank=True)

    personal_data: ClassVar[frozenset[str]] = frozenset()
    audit_fields: ClassVar[tuple[str, ...]] = (
        "indicator_id", "year", "annual_target", "original_target", "low", "high",
    )  # fmt: skip
    audit_prefetch: ClassVar[tuple[str, ...]] = ("months",)

    class Meta:
        ordering = ["year"]
        constraints = [
            models.UniqueConstraint(fields=["indicator", "year"], name="programme_once_a_year"),
            models.CheckConstraint(
                condition=Q(low__isnull=True) | Q(high__isnull=True) | Q(high__gte=models.F("low")),
                name="programme_range_in_order",
            ),
            models.CheckConstraint(
                condition=Q(units_green__isnull=True, units_amber__isnull=True, units_below__isnull=True)
                | Q(units_green__gte=0, units_amber__isnull=False, units_amber__gte=models.F("units_green"))
                & (Q(units_below__isnull=True) | Q(units_below__gte=0)),
                name="programme_bands_in_order",
            ),
        ]
        indexes = [models.Index(fields=["institution", "year"], name="programme_by_year")]

    def __str__(self) -> str:
        return f"{self.indicator_id} {self.year}"

    def audit_state(self) -> dict[str, Any]:
        """Its own fields and every month, with what was first approved: an altered month is an altered programme."""
        months = [
            [month.period, month.numerator, month.denominator, month.original_numerator, month.original_denominator]
            for month in self.months.all()
        ]
        state = {name: getattr(self, name) for name in self.audit_fields} | {"months": months}
        bands = {name: value for name in OWN_BANDS if (value := getattr(self, name)) is not None}
        return state | bands  # they came later: without them, older rows keep their digest


class MonthlyTarget(models.Model):
    """The programmed value of one month. `period` = year * 12 + month - 1.

    `original_*` keep what was first approved when a change is authorised (programmed and adjusted, both kept).
    """

    institution = models.ForeignKey("organization.Institution", on_delete=models.PROTECT, related_name="+")
    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="months")
    indicator = models.ForeignKey(Indicator, on_delete=models.PROTECT, related_name="+")
    period = models.PositiveIntegerField()
    numerator = decimal(null=True, blank=True)
    denominator = decimal(null=True, blank=True)
    original_numerator = decimal(null=True, blank=True)
    original_denominator = decimal(null=True, blank=True)

    personal_data: ClassVar[frozenset[str]] = frozenset()

    class Meta:
        ordering = ["period"]
        constraints = [models.UniqueConstraint(fields=["indicator", "period"], name="monthly_target_once")]
        indexes = [models.Index(fields=["institution", "period"], name="monthly_target_by_period")]

    def __str__(self) -> str:
        return f"{self.indicator_id} {self.period}"


class TargetChange(models.Model):
    """An authorised change of what was programmed (reprogramación): before, after, reason, letter."""

    ref = models.UUIDField(default=new_ref, unique=True, editable=False)
    institution = models.ForeignKey("organization.Institution", on_delete=models.PROTECT, related_name="+")
    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="changes")
    before = models.JSONField()
    after = models.JSONField()
    from_period = models.PositiveIntegerField()
    reason = models.TextField()
    letter_number = models.CharField(max_length=100)
    decided_on = models.DateField()
    decided_by = models.CharField(max_length=254)

    personal_data: ClassVar[frozenset[str]] = frozenset({"decided_by"})
    audit_fields: ClassVar[tuple[str, ...]] = (
        "programme_id", "before", "after", "from_period", "reason", "letter_number", "decided_on",
    )  # fmt: skip

    class Meta:
        ordering = ["decided_on", "pk"]

    def __str__(self) -> str:
        return f"{self.programme_id} {self.decided_on}"
