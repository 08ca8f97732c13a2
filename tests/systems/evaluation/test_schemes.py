"""Scales are dated decisions: seen before they are saved, never edited, given to the institution or to an indicator."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client

from rumbo.core.engine import Scheme
from rumbo.core.vocabulary.light import Light
from rumbo.core.vocabulary.refusal import Forbidden
from rumbo.foundation.organization.models import Institution
from rumbo.systems.evaluation import actions, queries
from rumbo.systems.evaluation.actions import InvalidScheme
from rumbo.systems.evaluation.models import Closing, Result, SchemeAssignment, SchemeVersion
from rumbo.systems.evaluation.queries.sealing import broken_seals
from rumbo.systems.indicators import queries as indicators
from tests.cast import NOW, TODAY, Character
from tests.systems.evaluation.conftest import FEBRUARY, MARCH

pytestmark = pytest.mark.django_db
STRICT = Scheme(green=99, amber=96, achieved=100, good=99, fair=96)
ADDRESS = "/i/prueba/escalas/"


def save(institution: Institution, decided: Scheme, by: Character, **more: Any) -> SchemeVersion:
    shared: dict[str, Any] = {"effective_from": date(2026, 4, 1), "at": NOW, "on": TODAY}
    return actions.save_scheme(
        institution=institution, parameters=decided.to_parameters(), by=by.actor, **(shared | more)
    )


def assign(institution: Institution, scheme: str, code: str | None, by: Character, **more: Any) -> SchemeAssignment:
    shared: dict[str, Any] = {"effective_from": date(2026, 4, 1), "reason": "Convenio con el Estado", "at": NOW}
    indicator = indicators.indicator_by_code(institution, code) if code else None
    return actions.assign_scheme(
        institution=institution, scheme=scheme, indicator=indicator, by=by.actor, on=TODAY, **(shared | more)
    )


def answers(scheme: Scheme, **more: str) -> dict[str, str]:
    """The form of a scheme, as a browser sends it."""
    found = {name: "" if value is None else str(value) for name, value in scheme.to_parameters().items()}
    return {name: value for name, value in found.items() if value != "False"} | {"effective_from": "2026-04-01"} | more


def lights(institution: Institution, period: Any) -> dict[str, Light]:
    return {row.code: row.light for row in queries.results_of(institution.pk, period)}


def test_who_does_not_configure_neither_sees_nor_decides_a_scale(
    institution: Institution, ana: Character, beto: Character, eva: Character, client: Client
) -> None:
    for someone in (ana, beto, eva):
        client.force_login(someone.person)
        for place in ("", "general/", "asignar/"):
            assert client.get(ADDRESS + place).status_code == 403
            assert client.post(ADDRESS + place, answers(STRICT)).status_code == 403
        with pytest.raises(Forbidden):
            save(institution, STRICT, someone)
        with pytest.raises(Forbidden):
            assign(institution, "general", None, someone)
    assert not SchemeVersion.objects.exists()


def test_a_scale_that_cannot_be_is_refused_beside_its_question(
    institution: Institution, carmen: Character, client: Client
) -> None:
    client.force_login(carmen.person)
    page = client.post(ADDRESS + "general/", answers(STRICT, amber="120"))
    assert page.status_code == 422
    assert "Las bandas del semáforo deben descender" in page.content.decode()
    assert not SchemeVersion.objects.exists()


@pytest.mark.requirement("A1-12")
def test_what_a_version_would_change_is_seen_before_it_is_saved_and_nothing_is_stored(
    institution: Institution, first_quarter: list[Closing], carmen: Character, client: Client
) -> None:
    client.force_login(carmen.person)
    before = list(Result.objects.order_by("pk").values())
    page = client.post(ADDRESS + "general/", answers(STRICT, preview="1"))
    text = page.content.decode()
    assert "Qué cambiaría" in text
    # in February, the last closed month, only the lamps (77.5 %) stand between the scales
    assert [code for code in ("M001", "M002", "M003", "O001") if f'data-label="Clave">{code}<' in text] == ["M001"]
    assert SchemeVersion.objects.count() == 1  # that of the closings
    assert list(Result.objects.order_by("pk").values()) == before


def test_a_new_version_evaluates_the_open_month_at_once_and_leaves_the_sealed_as_they_were(
    institution: Institution, first_quarter: list[Closing], carmen: Character
) -> None:
    sealed = lights(institution, FEBRUARY)
    easy = Scheme(green=20, amber=10, fair=10, good=20)
    assert Light.RED in lights(institution, MARCH).values()
    save(institution, easy, carmen, effective_from=date(2026, 3, 1))
    now = lights(institution, MARCH)
    assert {light for light in now.values() if light.is_colour} == {Light.GREEN}
    assert lights(institution, FEBRUARY) == sealed
    assert broken_seals() == []


def test_an_indicator_is_evaluated_by_its_own_scale_and_says_so(
    institution: Institution,
    first_quarter: list[Closing],
    close: Callable[..., Closing],
    carmen: Character,
) -> None:
    easy = Scheme(green=20, amber=10, fair=10, good=20)
    own = save(institution, easy, carmen, scheme="convenio", name="Convenio estatal", effective_from=date(2026, 1, 1))
    assign(institution, "convenio", "M002", carmen, effective_from=date(2026, 3, 1))
    closing = close(MARCH, accept_missing="No remitió la captura.")
    rows = {row.indicator.code: row for row in closing.results.select_related("indicator")}
    assert rows["M002"].light == Light.GREEN
    assert rows["M002"].scheme_version == own
    assert (rows["M001"].scheme_version, closing.scheme_version.scheme) == (None, "general")
    assert rows["M001"].light == Light.AMBER
    assert broken_seals() == []
    Result.objects.filter(pk=rows["M002"].pk).update(scheme_version=None)
    assert len(broken_seals()) == 1


def test_an_assignment_ends_by_another_and_none_starts_before_the_last(
    institution: Institution, first_quarter: list[Closing], carmen: Character
) -> None:
    save(institution, STRICT, carmen, scheme="estricta", name="Estricta", effective_from=date(2026, 1, 1))
    with pytest.raises(InvalidScheme, match="no existe"):
        assign(institution, "otra", "M002", carmen)
    with pytest.raises(InvalidScheme, match="por qué"):
        assign(institution, "estricta", "M002", carmen, reason=" ")
    assign(institution, "estricta", "M002", carmen)
    with pytest.raises(InvalidScheme, match="no puede empezar antes"):
        assign(institution, "estricta", "M002", carmen, effective_from=date(2026, 3, 1))
    assign(institution, "", "M002", carmen, effective_from=date(2026, 6, 1))
    pk = indicators.indicators_of(institution)[1].pk
    schemes = queries.schemes_of(institution.pk)
    days = (date(2026, 3, 31), date(2026, 4, 30), date(2026, 6, 30))
    found = [schemes.version_on(day, pk) for day in days]
    assert [version.scheme if version else "" for version in found] == ["general", "estricta", "general"]


def test_a_scale_is_created_tried_assigned_and_told_in_the_pages(
    institution: Institution, first_quarter: list[Closing], carmen: Character, client: Client
) -> None:
    client.force_login(carmen.person)
    assert client.post(ADDRESS, {"name": "¿?", "start": "nation"}).status_code == 422
    client.post(ADDRESS, {"name": "Consolidación estatal", "start": "nation"})
    version = SchemeVersion.objects.get(scheme="consolidacion-estatal")
    assert Scheme.from_parameters(version.parameters) == Scheme.nation()
    assert client.post(ADDRESS, {"name": "consolidación Estatal", "start": "nation"}).status_code == 422
    page = client.get(ADDRESS + "consolidacion-estatal/").content.decode()
    assert "No evalúa nada todavía" in page
    order = {"indicator": "M002", "scheme": version.scheme, "effective_from": "2026-04-01", "reason": "Convenio 12"}
    assert client.post(ADDRESS + "asignar/", order | {"indicator": "NADA"}).status_code == 422
    assert "Qué cambiaría" in client.post(ADDRESS + "asignar/", order | {"preview": "1"}).content.decode()
    assert not SchemeAssignment.objects.exists()
    assert client.post(ADDRESS + "asignar/", order).status_code == 302
    page = client.get(ADDRESS).content.decode()
    assert "Evalúa a 1 indicador" in page
    assert "Convenio 12" in page
    assert client.get(ADDRESS + "inexistente/").status_code == 404


def test_the_pages_ask_the_same_whatever_the_number_of_versions(
    institution: Institution,
    first_quarter: list[Closing],
    carmen: Character,
    client: Client,
    django_assert_max_num_queries: Any,
) -> None:
    client.force_login(carmen.person)
    client.get(ADDRESS)
    for number in range(6):
        save(institution, Scheme(green=90 + number), carmen, effective_from=date(2026, 4, 1 + number))
    with django_assert_max_num_queries(14):
        client.get(ADDRESS)
    with django_assert_max_num_queries(14):
        page = client.get(ADDRESS + "general/").content.decode()
    assert "Versión 7" in page
