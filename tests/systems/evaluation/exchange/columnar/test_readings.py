"""The weeks and variables of an institution beside its months: what leaves, and that an evaluation does not look."""

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import polars as pl
import pytest

from rumbo.core.engine.readings import Stretch, month_of
from rumbo.foundation.organization.models import Institution
from rumbo.systems.captures import actions
from rumbo.systems.captures.models import Capture
from rumbo.systems.evaluation.exchange.columnar.evaluating import evaluate_columnar
from rumbo.systems.evaluation.exchange.columnar.exporting import export_columnar, key_of
from rumbo.systems.evaluation.exchange.columnar.readings import COLUMNS
from rumbo.systems.indicators.models import Indicator
from rumbo.systems.indicators.queries import asked_of
from tests.cast import NOW, Character
from tests.systems.captures.conftest import CAUSE, NOVEMBER, line, make_indicator
from tests.systems.captures.test_readings import WEEKS, Read, calls, december, month, read, served

__all__ = ["calls", "december", "line", "make_indicator", "read", "served"]
pytestmark = pytest.mark.django_db


@pytest.fixture
def approve(institution: Institution, ana: Character, beto: Character, carmen: Character) -> Callable[[Capture], None]:
    def approved(capture: Capture) -> None:
        for step, who in ((actions.submit, ana), (actions.approve_area, beto), (actions.validate, carmen)):
            step(institution=institution, capture=capture, by=who.actor, at=NOW)

    return approved


def whole(folder: Path, name: str) -> pl.DataFrame:
    return pl.read_parquet(folder / name / "*.parquet")


def test_what_was_not_validated_does_not_leave(
    institution: Institution, served: Indicator, read: Read, tmp_path: Path
) -> None:
    read(served, month(atendidos=80, turnados=10, recibidos=103, duplicados=3))
    export_columnar(institution, 2026, 2026, tmp_path)
    assert not (tmp_path / "readings").exists()


def test_without_readings_there_is_no_table_nor_is_an_old_one_left(
    institution: Institution, served: Indicator, read: Read, approve: Callable[[Capture], None], tmp_path: Path
) -> None:
    capture = read(served, month(atendidos=90, turnados=5, recibidos=103, duplicados=3))
    approve(capture)
    export_columnar(institution, 2026, 2026, tmp_path)
    assert whole(tmp_path, "readings").height == 4
    Capture.objects.update(readings={})
    export_columnar(institution, 2026, 2026, tmp_path)
    assert list((tmp_path / "readings").iterdir()) == []


@pytest.mark.requirement("A1-08")
def test_the_readings_that_leave_give_the_month_that_leaves(
    institution: Institution, served: Indicator, calls: Indicator, read: Read, approve: Callable[[Capture], None],
    tmp_path: Path,
) -> None:  # fmt: skip
    """Four variables of a month; three weeks and two without service."""
    approve(read(served, month(atendidos=80, turnados=15, recibidos=103, duplicados=3)))
    weeks = {WEEKS[0]: {"V": "30.5"}, WEEKS[1]: {"V": 45}, WEEKS[3]: {"V": 40}}
    approve(read(calls, weeks, {WEEKS[2]: "Sin servicio.", WEEKS[4]: "Sin servicio."}, **CAUSE))
    export_columnar(institution, 2026, 2026, tmp_path)
    told, months = whole(tmp_path, "readings"), whole(tmp_path, "obs")
    assert dict(told.schema) == COLUMNS
    assert told["institution"].unique().to_list() == ["prueba"]
    assert told.filter(variable="turnados").select("name", "unit", "value").rows() == [("Casos turnados", "caso", 15.0)]
    assert told.filter(pl.col("variable").is_null()).select("last_day", "value", "reason").rows() == [
        (WEEKS[2], None, "Sin servicio."),
        (WEEKS[4], None, "Sin servicio."),
    ]
    for indicator in (served, calls):
        mine = told.filter(ind=key_of(indicator.ref), period=NOVEMBER)
        by_day: dict[object, dict[str, Decimal]] = {}
        for row in mine.filter(pl.col("variable").is_not_null()).iter_rows(named=True):
            by_day.setdefault(row["last_day"], {})[row["variable"]] = Decimal(str(row["value"]))
        stretches = [Stretch(slot.last_day, by_day.get(slot.last_day, {}), "") for slot in
                     asked_of(indicator).stretches(NOVEMBER)]  # fmt: skip
        again = month_of(asked_of(indicator).recipe, stretches)
        ((numerator, denominator),) = months.filter(ind=key_of(indicator.ref)).select("num", "den").rows()
        assert numerator == float(again.numerator or 0)
        assert denominator == (None if again.denominator is None else float(again.denominator))


def test_an_evaluation_does_not_look_at_them(
    institution: Institution, served: Indicator, read: Read, approve: Callable[[Capture], None], tmp_path: Path
) -> None:
    approve(read(served, month(atendidos=90, turnados=5, recibidos=103, duplicados=3)))
    export_columnar(institution, 2026, 2026, tmp_path / "in")
    evaluate_columnar(tmp_path / "in", tmp_path / "with")
    for file in (tmp_path / "in" / "readings").iterdir():
        file.write_bytes(b"nothing that can be read")
    evaluate_columnar(tmp_path / "in", tmp_path / "without")
    for name in ("detail/*.parquet", "rollup.parquet"):
        assert pl.read_parquet(tmp_path / "with" / name).equals(pl.read_parquet(tmp_path / "without" / name))
    assert "readings" not in (tmp_path / "with" / "manifest.json").read_text()
