"""Areas as a tree."""

import pytest

from rumbo.core.vocabulary.refusal import Forbidden
from rumbo.foundation.organization import actions, queries
from rumbo.foundation.organization.models import Institution, Unit
from tests.cast import NOW, SYSTEM, TODAY, Character, Units

pytestmark = pytest.mark.django_db


def save(institution: Institution, *rows: tuple[str, str]) -> list[Unit]:
    return actions.save_units(
        institution=institution,
        rows=[actions.UnitRow(code=code, name=f"Área {code}", parent=parent) for code, parent in rows],
        by=SYSTEM,
        at=NOW,
    )


def test_a_capturer_cannot_change_areas(institution: Institution, ana: Character) -> None:
    with pytest.raises(Forbidden, match="No se cambió nada"):
        actions.save_unit(institution=institution, code="X", name="Área X", by=ana.actor, at=NOW)
    assert queries.unit_by_code(institution, "X") is None


def test_an_administrator_of_another_institution_cannot_change_areas(
    fede: Character, other_institution: Institution
) -> None:
    with pytest.raises(Forbidden):
        actions.save_unit(institution=other_institution, code="X", name="Área X", by=fede.actor, at=NOW)


def test_an_area_cannot_end_inside_itself(institution: Institution) -> None:
    with pytest.raises(actions.UnitRefused, match="dentro de sí misma"):
        save(institution, ("A", "B"), ("B", "C"), ("C", "A"))
    assert queries.units_of(institution) == []


def test_an_area_cannot_be_moved_below_its_own_child(institution: Institution, units: Units) -> None:
    with pytest.raises(actions.UnitRefused, match="dentro de sí misma"):
        actions.save_unit(
            institution=institution, unit=units.desu, code="DESU", name="Servicios", parent=units.parks, by=SYSTEM,
            at=NOW,
        )  # fmt: skip
    assert queries.unit_by_code(institution, "DESU").parent_id == units.root.pk


def test_a_parent_that_does_not_exist_is_named(institution: Institution) -> None:
    with pytest.raises(actions.UnitRefused, match="«NADA» de «A» no existe"):
        save(institution, ("A", "NADA"))


def test_a_code_cannot_come_twice(institution: Institution) -> None:
    with pytest.raises(actions.UnitRefused, match="más de una vez"):
        save(institution, ("A", ""), ("A", ""))


def test_a_parent_may_come_after_its_children(institution: Institution) -> None:
    save(institution, ("C", "B"), ("B", "A"), ("A", ""))
    assert [unit.code for unit in queries.units_of(institution)] == ["A", "B", "C"]
    top = queries.unit_by_code(institution, "A")
    assert len(queries.subtree_ids(top)) == 3


def test_moving_an_area_moves_everything_below_it(institution: Institution, units: Units) -> None:
    actions.save_unit(
        institution=institution, unit=units.desu, code="DESU", name="Servicios", parent=units.works, by=SYSTEM, at=NOW
    )
    works = queries.unit_by_code(institution, "DGO")
    assert queries.subtree_ids(works) == {units.works.pk, units.desu.pk, units.parks.pk}


def test_an_area_with_areas_inside_is_not_retired(units: Units) -> None:
    with pytest.raises(actions.UnitInUse, match="DESU-PJ"):
        actions.retire_unit(unit=units.desu, reason="Reestructura", by=SYSTEM, on=TODAY, at=NOW)


def test_an_area_with_people_is_not_retired(units: Units, ana: Character) -> None:
    actions.retire_unit(unit=units.parks, reason="Reestructura", by=SYSTEM, on=TODAY, at=NOW)
    with pytest.raises(actions.UnitInUse, match="personas con papel vigente"):
        actions.retire_unit(unit=units.desu, reason="Reestructura", by=SYSTEM, on=TODAY, at=NOW)


def test_an_area_is_not_retired_without_a_reason(units: Units) -> None:
    with pytest.raises(actions.UnitRefused, match="motivo"):
        actions.retire_unit(unit=units.works, reason=" ", by=SYSTEM, on=TODAY, at=NOW)


def test_a_retired_area_is_no_longer_offered_but_stays(institution: Institution, units: Units) -> None:
    actions.retire_unit(unit=units.works, reason="Reestructura", by=SYSTEM, on=TODAY, at=NOW)
    assert "DGO" not in [unit.code for unit in queries.units_of(institution)]
    assert "DGO" in [unit.code for unit in queries.units_of(institution, with_retired=True)]
