"""A plan with the texts that the format asks for, and a record prepared from it."""

from datetime import UTC, date, datetime

import pytest

from rumbo.core.timekeeping.quarter import Quarter
from rumbo.core.vocabulary.swot import SwotKind
from rumbo.foundation.organization.models import Institution
from rumbo.foundation.planning import actions as planning
from rumbo.foundation.planning.actions import ElementRow, SwotLine
from rumbo.foundation.planning.models import Plan
from rumbo.systems.transparency import actions
from rumbo.systems.transparency.models import DisclosureRecord
from tests.cast import FOUNDED_AT, SYSTEM, Character, Units
from tests.remembering import remembered

QUARTER = Quarter(2026, 3)
PREPARED = date(2026, 10, 5)
VALIDATED = date(2026, 10, 20)
PUBLISHED = date(2026, 10, 21)


def at(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 18, 0, tzinfo=UTC)


@pytest.fixture
@remembered
def plan(institution: Institution) -> Plan:
    plan = planning.create_plan(
        institution=institution,
        name="Programa institucional",
        term_start=date(2024, 1, 1),
        term_end=date(2027, 12, 31),
        levels=[("Objetivo estratégico", "Objetivos estratégicos"), ("Línea de acción", "Líneas de acción")],
        mission="Servir a la demarcación.",
        vision="Ser una institución cercana.",
        annual_plan_url="https://www.prueba.example/poa-2026.pdf",
        work_programme_url="https://www.prueba.example/programa-2024.pdf",
        higher_plan_not_applicable_reason="La institución no forma parte del Gobierno Central.",
        by=SYSTEM,
        at=FOUNDED_AT,
    )
    planning.load_plan(
        plan=plan,
        elements=[
            ElementRow(1, "OE1", "Ordenar la ciudad."),
            ElementRow(2, "1.2", "Podar árboles.", parent=(1, "OE1")),
            ElementRow(2, "1.10", "Barrer calles."),
            ElementRow(2, "1.1", "Reparar luminarias.\nCon prontitud."),
        ],
        swot=[
            SwotLine(SwotKind.THREAT, "Lluvias", "Cada año más intensas."),
            SwotLine(SwotKind.STRENGTH, "Autonomía", "Reconocida por la ley."),
            SwotLine(SwotKind.STRENGTH, "Personal"),
            SwotLine(SwotKind.WEAKNESS, "Registros dispersos", "En hojas de cálculo."),
            SwotLine(SwotKind.OPPORTUNITY, "Trámites en línea", "Ya se usan."),
        ],
        by=SYSTEM,
        at=FOUNDED_AT,
    )
    return plan


@pytest.fixture
@remembered
def draft(institution: Institution, units: Units, plan: Plan, carmen: Character) -> DisclosureRecord:
    """The third quarter of 2026, prepared on 5 October."""
    return actions.prepare(
        institution=institution, quarter=QUARTER, units=["DESU", "AP"],
        by=carmen.actor_on(PREPARED), on=PREPARED, at=at(PREPARED),
    )  # fmt: skip


@pytest.fixture
@remembered
def validated(draft: DisclosureRecord, carmen: Character) -> DisclosureRecord:
    return actions.validate(
        record=draft, validated_on=VALIDATED, by=carmen.actor_on(VALIDATED), on=VALIDATED, at=at(VALIDATED)
    )


@pytest.fixture
def published(validated: DisclosureRecord, carmen: Character) -> DisclosureRecord:
    return actions.publish(
        record=validated, published_on=PUBLISHED, by=carmen.actor_on(PUBLISHED), on=PUBLISHED, at=at(PUBLISHED)
    )
