"""A plan of two levels, like IECM's, and one of four, like a borough's."""

from datetime import date

import pytest

from rumbo.foundation.organization.models import Institution
from rumbo.foundation.planning import actions
from rumbo.foundation.planning.models import Plan
from tests.cast import FOUNDED_AT, SYSTEM

BOROUGH = [
    ("Eje rector", "Ejes rectores"),
    ("Objetivo", "Objetivos"),
    ("Estrategia", "Estrategias"),
    ("Línea de acción", "Líneas de acción"),
]
TWO = [("Objetivo estratégico", "Objetivos estratégicos"), ("Línea de acción", "Líneas de acción")]


def make_plan(institution: Institution, levels: list[tuple[str, str]]) -> Plan:
    return actions.create_plan(
        institution=institution,
        name="Programa de Gobierno 2024-2027",
        term_start=date(2024, 10, 1),
        term_end=date(2027, 9, 30),
        levels=levels,
        by=SYSTEM,
        at=FOUNDED_AT,
    )


@pytest.fixture
def plan(institution: Institution) -> Plan:
    """Two levels: objectives and action lines."""
    return make_plan(institution, TWO)
