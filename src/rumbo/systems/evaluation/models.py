"""Schemes, results, closings and roll-ups: every number that is shown, stored once."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from rumbo.core.vocabulary.light import Light
from rumbo.core.vocabulary.performance_class import PerformanceClass
from rumbo.core.vocabulary.risk import Risk, Sureness
from rumbo.core.vocabulary.support_kind import SupportKind
from rumbo.core.vocabulary.warning_state import WarningState
from rumbo.foundation.audit.keys import new_ref


class SchemeVersion(models.Model):
    """The parameters of a scheme of an institution, dated. In force = on the last day of the period (decision B).

    `scheme` is the code that its versions share; a scheme is called as its newest version. The first one, `general`,
    evaluates everything that no assignment gives to another.
    """

    GENERAL = "general"

    ref = models.UUIDField(default=new_ref, unique=True, editable=False)
    institution = models.ForeignKey("organization.Institution", on_delete=models.PROTECT, related_name="+")
    scheme = models.SlugField(max_length=40, default=GENERAL)
    name = models.CharField(max_length=120, blank=True)
    number = models.PositiveIntegerField()
    effective_from = models.DateField()
    parameters = models.JSONField(default=dict)
    decided_on = models.DateField()
    decided_by = models.CharField(max_length=254)

    personal_data: ClassVar[frozenset[str]] = frozenset({"decided_by"})
    audit_fields: ClassVar[tuple[str, ...]] = (
        "institution_id", "scheme", "name", "number", "effective_from", "parameters", "decided_on", "decided_by",
    )  # fmt: skip

    class Meta:
        ordering = ["effective_from", "number"]
        constraints = [
            models.UniqueConstraint(fields=["institution", "scheme", "number"], name="scheme_version_once"),
        ]

    def __str__(self) -> str:
        return f"{self.institution_id} {self.scheme} v{self.number}"


class SchemeAssignment(models.Model):
    """From a day on, a scheme evaluates the whole institution, the goals of a contract, or one indicator.

    Of each, the latest one holds; an indicator's own goes before its contract's, and this before the institution's.
    """

    ref = models.UUIDField(default=new_ref, unique=True, editable=False)
    institution = models.ForeignKey("organization.Institution", on_delete=models.PROTECT, related_name="+")
    scheme = models.SlugField(max_length=40, blank=True, help_text="Empty ends the own one of what is named.")
    indicator = models.ForeignKey("indicators.Indicator", models.PROTECT, null=True, blank=True, related_name="+")
    contract = models.ForeignKey("contracts.Contract", models.PROTECT, null=True, blank=True, related_name="+")
    effective_from = models.DateField()
    reason = models.CharField(max_length=300)
    decided_on = models.DateField()
    decided_by = models.CharField(max_length=254)

    personal_data: ClassVar[frozenset[str]] = frozenset({"decided_by"})
    audit_fields: ClassVar[tuple[str, ...]] = (
        "institution_id", "scheme", "indicator_id", "effective_from", "reason", "decided_on", "decided_by",
    )  # fmt: skip

    class Meta:
        ordering = ["effective_from", "pk"]
        indexes = [models.Index(fields=["institution", "indicator"], name="scheme_of_indicator")]
        constraints = [
            models.CheckConstraint(
                condition=Q(indicator__isnull=True) | Q(contract__isnull=True), name="scheme_assigned_to_one_thing"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.institution_id} {self.indicator_id or self.contract_id or '*'} {self.scheme}"

    def audit_state(self) -> dict[str, object]:
        """Its fields; the contract, which came later, only when there is one."""
        state = {name: getattr(self, name) for name in self.audit_fields}
        return state | ({"contract_id": self.contract_id} if self.contract_id else {})


class Closing(models.Model):
    """A sealed month. Never edited: a later closing of the same month supersedes it with a reason."""

    class Kind(models.TextChoices):
        ORDINARY = "ordinary"
        SUPPLEMENTARY = "supplementary"
        HISTORICAL = "historical"

    ref = models.UUIDField(default=new_ref, unique=True, editable=False)
    institution = models.ForeignKey("organization.Institution", on_delete=models.PROTECT, related_name="+")
    period = models.PositiveIntegerField()
    number = models.PositiveIntegerField(help_text="1 for the ordinary closing; grows with each one that supersedes.")
    kind = models.CharField(max_length=20, choices=Kind.choices, default=Kind.ORDINARY)
    scheme_version = models.ForeignKey(SchemeVersion, on_delete=models.PROTECT, related_name="+")
    cutoff_on = models.DateField()
    closed_on = models.DateField()
    closed_by = models.CharField(max_length=254)
    reason = models.TextField(blank=True)
    letter_number = models.CharField(max_length=100, blank=True)
    digest = models.CharField(max_length=64)
    audit_hash = models.CharField(max_length=64, help_text="Head of the audit chain just before the closing.")
    goals_due = models.PositiveIntegerField(default=0)
    goals_reported = models.PositiveIntegerField(default=0)
    supersedes = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="superseded_by"
    )
    current = models.BooleanField(default=True, help_text="False once superseded.")

    personal_data: ClassVar[frozenset[str]] = frozenset({"closed_by"})
    audit_fields: ClassVar[tuple[str, ...]] = (
        "institution_id", "period", "number", "kind", "scheme_version_id", "cutoff_on", "closed_on", "closed_by",
        "reason", "letter_number", "digest", "audit_hash", "goals_due", "goals_reported", "supersedes_id", "current",
    )  # fmt: skip

    class Meta:
        ordering = ["period", "number"]
        constraints = [
            models.UniqueConstraint(fields=["institution", "period", "number"], name="closing_number_once"),
            models.UniqueConstraint(
                fields=["institution", "period"], condition=Q(current=True), name="one_current_closing"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.institution_id} {self.period} núm. {self.number}"


class Result(models.Model):
    """What the engine said of one indicator in one month. Without closing it is provisional.

    Figures are in the indicator's unit; compliances in per cent, rounded as displayed; `gap` in units to date.
    In a month that owes no report the row repeats the indicator's last due month, named in `slot_period`.

    Institution, goal, unit and plan element are copies of what the indicator says that month, made in one statement
    and sealed by digest. The database checks that the indicator and the closing exist and not the copies again: six
    checks a row cost more than all the evaluation of a month. Django still protects what they name.
    """

    institution = models.ForeignKey(
        "organization.Institution", on_delete=models.PROTECT, related_name="+", db_constraint=False, db_index=False
    )
    closing = models.ForeignKey(Closing, on_delete=models.PROTECT, null=True, blank=True, related_name="results")
    scheme_version = models.ForeignKey(
        SchemeVersion,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        db_index=False,
        help_text="Empty: the general one, which the closing names.",
    )
    indicator = models.ForeignKey("indicators.Indicator", on_delete=models.PROTECT, related_name="+", db_index=False)
    goal = models.ForeignKey(
        "indicators.Goal", on_delete=models.PROTECT, related_name="+", db_constraint=False, db_index=False
    )
    unit = models.ForeignKey(
        "organization.Unit", on_delete=models.PROTECT, related_name="+", db_constraint=False, db_index=False
    )
    plan_element = models.ForeignKey(
        "planning.PlanElement", on_delete=models.PROTECT, related_name="+", db_constraint=False, db_index=False
    )
    principal = models.BooleanField(default=True)
    period = models.PositiveIntegerField()
    slot_period = models.PositiveIntegerField(null=True)
    due = models.BooleanField()
    state = models.CharField(max_length=20)
    weight = models.FloatField(default=1)
    critical = models.BooleanField(default=False)
    programmed = models.FloatField(null=True)
    actual = models.FloatField(null=True)
    programmed_to_date = models.FloatField(null=True)
    actual_to_date = models.FloatField(null=True)
    annual_target = models.FloatField(null=True)
    compliance_month = models.FloatField(null=True)
    compliance_to_date = models.FloatField(null=True)
    compliance_year = models.FloatField(null=True)
    programmed_year = models.FloatField(null=True, help_text="Programmed to date over the annual target, in per cent.")
    gap = models.FloatField(null=True)
    light = models.PositiveSmallIntegerField(choices=[(item.value, item.label) for item in Light])
    performance_class = models.PositiveSmallIntegerField(
        choices=[(item.value, item.label) for item in PerformanceClass]
    )
    reason = models.PositiveSmallIntegerField(default=0)
    marks = models.PositiveSmallIntegerField(default=0)
    streak = models.PositiveSmallIntegerField(default=0)
    streak_since = models.PositiveIntegerField(null=True, help_text="Month in which it began, of any year.")
    compliance_original = models.FloatField(null=True, help_text="To date, against what was first programmed.")
    term_actual = models.FloatField(null=True, help_text="Of the term of government to date; closings only.")
    term_compliance = models.FloatField(null=True, help_text="Of it over the target of the term, in per cent.")
    rank = models.PositiveIntegerField(null=True)

    personal_data: ClassVar[frozenset[str]] = frozenset()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["indicator", "period", "closing"], name="one_result_per_closing"),
            models.UniqueConstraint(
                fields=["indicator", "period"], condition=Q(closing__isnull=True), name="one_provisional_result"
            ),
        ]
        # Each costs a closing one line per goal: a key that begins one of these, or a constraint, has none of its own.
        indexes = [
            models.Index(fields=["institution", "period", "closing"], name="result_by_period"),
            models.Index(fields=["unit", "period"], name="result_by_unit"),
            models.Index(
                fields=["scheme_version"], condition=Q(scheme_version__isnull=False), name="result_by_own_scheme"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.indicator_id} {self.period}"


class RollupResult(models.Model):
    """A node of a tree at one closing: the institution, a unit with all below it, or a plan element likewise.

    `node` is the primary key of the unit or element, 0 for the institution.
    """

    class Tree(models.TextChoices):
        INSTITUTION = "institution"
        UNIT = "unit"
        PLAN = "plan"

    institution = models.ForeignKey("organization.Institution", on_delete=models.PROTECT, related_name="+")
    closing = models.ForeignKey(Closing, on_delete=models.PROTECT, related_name="rollups")
    period = models.PositiveIntegerField()
    tree = models.CharField(max_length=12, choices=Tree.choices)
    node = models.PositiveBigIntegerField(default=0)
    goals = models.PositiveIntegerField()
    counted = models.PositiveIntegerField()
    expected = models.PositiveIntegerField()
    coverage = models.FloatField(null=True)
    compliance = models.FloatField(null=True)
    annual_progress = models.FloatField(null=True)
    programmed_progress = models.FloatField(null=True)
    achieved_or_good = models.PositiveIntegerField()
    achieved_or_good_pct = models.FloatField(null=True)
    lights = models.JSONField(help_text="Counts by Light, 0..6.")
    classes = models.JSONField(help_text="Counts by PerformanceClass, 0..4.")
    course = models.JSONField(
        default=list, help_text="Programmed progress at the end of each month of the year, as known at the closing."
    )

    personal_data: ClassVar[frozenset[str]] = frozenset()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["closing", "tree", "node"], name="one_rollup_per_node"),
        ]
        indexes = [models.Index(fields=["institution", "tree", "node", "period"], name="rollup_of_node")]

    def __str__(self) -> str:
        return f"{self.tree} {self.node} {self.period}"


class Outlook(models.Model):
    """What is foreseen of one indicator's year at the end of one month (A1-13). Telling it again replaces it.

    `probability` of not ending the year «cumplida», 0..1; figures in the indicator's unit: the one expected at its end,
    the bounds where four years of five would end, what each slot to come must give (`pace`) and this year's have given
    (`recent`). `shortfall`: parts that the expected one lacks. `changed_at`: since when there is news it does not know.
    """

    institution = models.ForeignKey("organization.Institution", on_delete=models.PROTECT, related_name="+")
    indicator = models.ForeignKey("indicators.Indicator", on_delete=models.PROTECT, related_name="+")
    goal = models.ForeignKey("indicators.Goal", on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey("organization.Unit", on_delete=models.PROTECT, related_name="+")
    principal = models.BooleanField(default=True)
    critical = models.BooleanField(default=False)
    period = models.PositiveIntegerField()
    risk = models.PositiveSmallIntegerField(choices=[(item.value, item.label) for item in Risk])
    sureness = models.PositiveSmallIntegerField(choices=[(item.value, item.label) for item in Sureness])
    probability = models.FloatField()
    expected = models.FloatField()
    low = models.FloatField()
    high = models.FloatField()
    pace = models.FloatField(null=True)
    recent = models.FloatField(null=True)
    shortfall = models.FloatField(default=0.0)
    reasons = models.JSONField(default=list)
    estimated_at = models.DateTimeField()
    changed_at = models.DateTimeField(null=True)

    personal_data: ClassVar[frozenset[str]] = frozenset()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["indicator", "period"], name="one_outlook_a_month")]
        indexes = [models.Index(fields=["institution", "period", "risk"], name="outlook_by_risk")]

    def __str__(self) -> str:
        return f"{self.indicator_id} {self.period} {self.probability:.2f}"


class EarlyWarning(models.Model):
    """The follow-up of one goal at risk in one year (A1-13): who saw it, what was decided, by when, what came of it.

    It is told once. It appears again when the risk rises above `risk`, the highest told since it was last low, and
    then the former decision stays in the trail. `period`: the month whose estimate made it appear.
    """

    ref = models.UUIDField(default=new_ref, unique=True, editable=False)
    institution = models.ForeignKey("organization.Institution", on_delete=models.PROTECT, related_name="+")
    goal = models.ForeignKey("indicators.Goal", on_delete=models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()
    period = models.PositiveIntegerField()
    risk = models.PositiveSmallIntegerField(choices=[(item.value, item.label) for item in Risk])
    state = models.CharField(
        max_length=10, choices=[(item.value, item.label) for item in WarningState], default=WarningState.NEW
    )
    times = models.PositiveSmallIntegerField(default=1, help_text="How many times it has appeared.")
    raised_on = models.DateField()
    seen_on = models.DateField(null=True, blank=True)
    seen_by = models.CharField(max_length=254, blank=True)
    decision = models.TextField(blank=True)
    responsible_post = models.CharField(max_length=200, blank=True)
    due_on = models.DateField(null=True, blank=True)
    decided_on = models.DateField(null=True, blank=True)
    decided_by = models.CharField(max_length=254, blank=True)
    done_on = models.DateField(null=True, blank=True)
    done_by = models.CharField(max_length=254, blank=True)
    outcome = models.TextField(blank=True)
    closed_on = models.DateField(null=True, blank=True)
    closed_by = models.CharField(max_length=254, blank=True)
    closed_reason = models.CharField(max_length=300, blank=True)

    personal_data: ClassVar[frozenset[str]] = frozenset({"seen_by", "decided_by", "done_by", "closed_by"})
    audit_fields: ClassVar[tuple[str, ...]] = (
        "institution_id", "goal_id", "year", "period", "risk", "state", "times", "raised_on", "seen_on", "seen_by",
        "decision", "responsible_post", "due_on", "decided_on", "decided_by", "done_on", "done_by", "outcome",
        "closed_on", "closed_by", "closed_reason",
    )  # fmt: skip

    class Meta:
        ordering = ["-year", "pk"]
        constraints = [models.UniqueConstraint(fields=["goal", "year"], name="one_warning_a_year")]
        indexes = [models.Index(fields=["institution", "year", "state"], name="warning_by_state")]

    def __str__(self) -> str:
        return f"{self.goal_id} {self.year} {self.state}"


class SupportEntry(models.Model):
    """One time that an area was advised or trained (A1-16, A1-17). Without unit it was for every area.

    `period` is the month whose report tells it: that in which it happened, or the first one still open when it was
    written down late. Once that month is closed the entry is sealed with it. People are named by their posts.
    """

    ref = models.UUIDField(default=new_ref, unique=True, editable=False)
    institution = models.ForeignKey("organization.Institution", on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey("organization.Unit", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    kind = models.CharField(max_length=20, choices=[(kind.value, kind.label) for kind in SupportKind])
    period = models.PositiveIntegerField()
    asked_on = models.DateField(null=True, blank=True)
    attended_on = models.DateField()
    people = models.TextField(blank=True)
    people_count = models.PositiveIntegerField()
    subject = models.CharField(max_length=300)
    agreed = models.TextField(blank=True)
    agreed_by = models.DateField(null=True, blank=True)
    attended_by = models.CharField(max_length=200)
    hours = models.DecimalField(max_digits=5, decimal_places=2)
    evidence_digest = models.CharField(max_length=64, blank=True)
    evidence_name = models.CharField(max_length=200, blank=True)
    evidence_type = models.CharField(max_length=100, blank=True)
    recorded_by = models.CharField(max_length=254)
    recorded_at = models.DateTimeField()
    retired_on = models.DateField(null=True, blank=True)
    retired_reason = models.CharField(max_length=300, blank=True)

    personal_data: ClassVar[frozenset[str]] = frozenset({"people", "attended_by", "recorded_by"})
    audit_fields: ClassVar[tuple[str, ...]] = (
        "institution_id", "unit_id", "kind", "period", "asked_on", "attended_on", "people", "people_count", "subject",
        "agreed", "agreed_by", "attended_by", "hours", "evidence_digest", "evidence_name", "recorded_by",
        "retired_on", "retired_reason",
    )  # fmt: skip

    class Meta:
        ordering = ["-attended_on", "-pk"]
        indexes = [models.Index(fields=["institution", "period"], name="support_by_period")]
        constraints = [
            models.CheckConstraint(condition=Q(hours__gt=0), name="support_takes_time"),
            models.CheckConstraint(condition=Q(people_count__gte=1), name="support_attends_somebody"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.attended_on} {self.subject[:40]}"
