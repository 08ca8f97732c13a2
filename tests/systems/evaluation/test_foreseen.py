"""What is foreseen of the institution's own goals, from its tables."""

from collections.abc import Callable

import pytest

from rumbo.core.engine.foresight import Why
from rumbo.core.timekeeping.period import Period
from rumbo.core.vocabulary.risk import Risk, Sureness
from rumbo.foundation.organization.models import Institution
from rumbo.systems.evaluation.queries.foreseen import Foreseen, foreseen
from tests.systems.evaluation.conftest import Programme

pytestmark = pytest.mark.django_db


@pytest.fixture
def told(institution: Institution, programme: Programme) -> Callable[[Period], dict[str, Foreseen]]:
    codes = {pk: code for code, pk in programme.ids.items()}
    return lambda period: {codes[one.indicator_id]: one for one in foreseen(institution.pk, period)}


@pytest.mark.usefixtures("programme")
def test_nothing_is_foreseen_without_a_programme(institution: Institution) -> None:
    assert foreseen(institution.pk, Period(2031, 3)) == []


@pytest.mark.requirement("A1-13")
def test_a_goal_far_behind_is_at_risk_and_says_what_would_save_it(
    told: Callable[[Period], dict[str, Foreseen]], report: Callable[..., None]
) -> None:
    for month in range(1, 7):
        report(Period(2026, month), M001=101 + month % 3, M002=40 + month)
    found = told(Period(2026, 6))
    trees, lamps = found["M002"], found["M001"]
    assert trees.risk is Risk.HIGH
    assert trees.critical
    assert trees.probability > 0.9
    assert trees.pace == pytest.approx((1200 - 261) / 6)
    assert [reason.code for reason in trees.reasons][:2] == [Why.BEHIND, Why.PACE]
    assert lamps.probability < trees.probability
    assert lamps.sureness is not Sureness.NONE


def test_what_comes_after_the_month_is_not_looked_at(
    told: Callable[[Period], dict[str, Foreseen]], report: Callable[..., None]
) -> None:
    for month in (1, 2, 3):
        report(Period(2026, month), M001=90, M003=(85, 100))
    before = told(Period(2026, 3))
    report(Period(2026, 4), M001=900, M003=(100, 100))
    after = told(Period(2026, 3))
    for code in ("M001", "M003"):
        assert after[code].probability == pytest.approx(before[code].probability, abs=1e-9)


def test_a_quarter_is_a_slot_like_any_other(
    told: Callable[[Period], dict[str, Foreseen]], report: Callable[..., None]
) -> None:
    assert "O001" not in told(Period(2026, 2))
    report(Period(2026, 3), O001=10)
    works = told(Period(2026, 3))["O001"]
    assert works.risk is Risk.HIGH
    assert works.pace == pytest.approx(110 / 3)
    assert str(works.reasons[0]) == "en el último periodo va por debajo de lo programado"
