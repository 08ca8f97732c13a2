"""The sentences of the summary, in their forms for none, one and many."""

import pytest

from rumbo.core.timekeeping.period import Period
from rumbo.systems.evaluation.reports.monthly import sentences
from rumbo.systems.evaluation.reports.words import Voice, capital

OCTOBER = Period(2026, 10)
VOICE = Voice()


def achieved(count: int, expected: int = 120, change: int | None = None, *, goals: int = 120) -> str:
    return sentences.achieved_or_good(
        VOICE, OCTOBER, achieved=count, expected=expected, share=70.0, goals=goals, change=change
    ).replace("\u00a0", " ")


def test_the_achieved_are_told_among_those_that_could_be() -> None:
    assert achieved(84, change=4) == (
        "Al 31 de octubre, 84 de 120 metas (70.0 %) están cumplidas o con buen desempeño; 4 más que en septiembre."
    )


@pytest.mark.parametrize(
    ("change", "tail"),
    [(None, "desempeño."), (0, "; las mismas que en septiembre."), (-3, "; 3 menos que en septiembre.")],
)
def test_the_change_is_told_only_where_there_is_a_month_before(change: int | None, tail: str) -> None:
    assert achieved(84, change=change).endswith(tail)


def test_one_none_and_no_goal_have_their_own_form() -> None:
    assert achieved(1).startswith("Al 31 de octubre, 1 de 120 metas (70.0 %) está cumplida")
    assert achieved(0) == "Al 31 de octubre ninguna de 120 metas está cumplida o con buen desempeño."
    assert achieved(0, 0) == "Al 31 de octubre ninguna meta tiene programación con qué compararse."


def test_goals_without_programme_are_not_among_them() -> None:
    assert "de 112 metas con programación al corte" in achieved(84, 112)


@pytest.mark.parametrize(
    ("done", "programmed", "difference", "expected"),
    [
        (
            78.4, 81.9, -3.5,
            "El avance anual es de 78.4 %; lo programado a esta fecha era 81.9 %, es decir, 3.5 puntos menos.",
        ),
        (
            82.9, 81.9, 1.0,
            "El avance anual es de 82.9 %; lo programado a esta fecha era 81.9 %, es decir, 1.0 punto más.",
        ),
        (81.9, 81.9, 0.0, "El avance anual es de 81.9 %, igual a lo programado a esta fecha."),
        (81.9, None, None, "El avance anual es de 81.9 %."),
        (None, None, None, "No hay avance anual que informar: ninguna meta tiene resultado al corte."),
    ],
)  # fmt: skip
def test_the_progress_is_told_against_where_it_should_be(
    done: float | None, programmed: float | None, difference: float | None, expected: str
) -> None:
    said = sentences.annual_progress(VOICE, achieved=done, programmed=programmed, difference=difference)
    assert said.replace("\u00a0", " ") == expected


@pytest.mark.parametrize(
    ("goals", "of_area", "expected"),
    [
        (0, 0, "Ninguna meta lleva tres meses o más en rezago."),
        (1, 1, "Una meta lleva tres meses o más en rezago; es de la Dirección General de Obras."),
        (9, 5, "Nueve metas llevan tres meses o más en rezago; cinco son de la Dirección General de Obras."),
        (4, 4, "Cuatro metas llevan tres meses o más en rezago; todas son de la Dirección General de Obras."),
        (3, 1, "Tres metas llevan tres meses o más en rezago; cada una es de un área distinta."),
        (12, 5, "12 metas llevan tres meses o más en rezago; cinco son de la Dirección General de Obras."),
    ],
)
def test_long_lags_are_counted_and_placed(goals: int, of_area: int, expected: str) -> None:
    assert sentences.lagging(VOICE, goals=goals, area="Dirección General de Obras", of_area=of_area) == expected


@pytest.mark.parametrize(
    ("without", "coverage", "expected"),
    [
        (0, 100.0, "Todas las metas con programación tienen dato al corte (cobertura 100.0 %)."),
        (1, 99.2, "Una meta no tiene dato al corte (cobertura 99.2 %)."),
        (8, 93.3, "Ocho metas no tienen dato al corte (cobertura 93.3 %)."),
        (0, None, "Ninguna meta tiene programación al corte: no hay cobertura que informar."),
    ],
)
def test_coverage_says_how_many_are_silent(without: int, coverage: float | None, expected: str) -> None:
    assert sentences.coverage(VOICE, without_data=without, coverage=coverage).replace("\u00a0", " ") == expected


def test_those_that_keep_their_light_without_reporting_are_told_apart() -> None:
    assert sentences.silent(VOICE, OCTOBER, goals=0) == ""
    assert sentences.silent(VOICE, OCTOBER, goals=1) == "Una más no reportó octubre y no mejora su último semáforo."
    assert sentences.silent(VOICE, OCTOBER, goals=2).startswith("Dos más no reportaron octubre")


@pytest.mark.parametrize(
    ("late", "due", "start"),
    [
        (0, 0, "Ningún compromiso de meses anteriores venció"),
        (0, 3, "Los compromisos con fecha cumplida se atendieron"),
        (1, 3, "Un compromiso venció"),
        (16, 27, "16 compromisos vencieron"),
    ],
)
def test_overdue_commitments_are_counted(late: int, due: int, start: str) -> None:
    assert sentences.overdue(VOICE, commitments=late, due=due).startswith(start)


@pytest.mark.parametrize(
    ("months", "monthly", "expected"),
    [
        (1, True, "Pasó a estar en rezago este mes, con 54.0 % de lo programado al corte."),
        (8, True, "Lleva 8 meses seguidos en rezago, desde marzo; tiene 54.0 % de lo programado al corte."),
        (3, False, "Lleva 3 cortes seguidos en rezago, desde marzo; tiene 54.0 % de lo programado al corte."),
    ],
)
def test_a_warning_says_how_long_it_has_lasted(months: int, monthly: bool, expected: str) -> None:
    said = sentences.standing(VOICE, light="en rezago", months=months, monthly=monthly, share="54.0 %", since="marzo")
    assert said == expected


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Unidad de Transparencia", "de la Unidad de Transparencia"),
        ("Instituto del Deporte", "del Instituto del Deporte"),
        ("MTA Bus", "de MTA Bus"),
    ],
)
def test_an_area_is_named_with_its_article(name: str, expected: str) -> None:
    assert VOICE.of_area(name) == expected


def test_english_has_its_own_figures() -> None:
    english = Voice("en", {"El avance anual es de %(achieved)s.": "Annual progress is %(achieved)s."}.__getitem__)
    said = sentences.annual_progress(english, achieved=81.9, programmed=None, difference=None)
    assert said == "Annual progress is 81.9%."


def test_no_sentence_praises_nor_blames() -> None:
    assert capital("ñandú") == "Ñandú"
    said = " ".join([achieved(84, change=4), sentences.lagging(VOICE, goals=9, area="Oficina", of_area=5)]).lower()
    assert not any(word in said for word in ("excelente", "lamentable", "satisfactori", "mal ", "!"))
