"""Data inside a message: raw until somebody reads it, and then in their language."""

from datetime import date
from decimal import Decimal

import pytest

from rumbo.core.rendering.told import Day, Figure, Month, Names, Percentage, Points, Word, Words, language_of
from rumbo.core.rules import failed
from rumbo.core.timekeeping.period import Period
from rumbo.core.vocabulary.filling import Told, fill
from rumbo.core.vocabulary.refusal import Refusal

ENGLISH = {
    "enero": "January",
    "octubre": "October",
    "Borrador": "Draft",
    " y %(more)s más": " and %(more)s more",
    "Quedó en %(reached)s.": "It reached %(reached)s.",
    "Al 100 % de octubre": "At 100% in October",
}


def english(source: str) -> str:
    return ENGLISH.get(source, source)


@pytest.mark.parametrize(
    ("value", "spanish", "in_english"),
    [
        (Percentage(71.2), "71.2\u00a0%", "71.2%"),
        (Percentage(None), "–", "–"),
        (Percentage(71.25, 2), "71.25\u00a0%", "71.25%"),
        (Points(-3.5), "−3.5\u00a0puntos", "−3.5\u00a0points"),
        (Figure(Decimal("1250.500000")), "1,250.5", "1,250.5"),
        (Figure(9800.4, 0), "9,800", "9,800"),
        (Day(date(2026, 10, 31)), "31/10/2026", "31/10/2026"),
        (Month(Period(2026, 10)), "octubre de 2026", "October 2026"),
        (Month(2026 * 12 + 9, first=True), "Octubre de 2026", "October 2026"),
        (Word("Borrador"), "Borrador", "Draft"),
        (Word(""), "", ""),
        (Words(("Borrador", "octubre")), "Borrador · octubre", "Draft · October"),
        (Names(("Obras", "Cultura")), "Obras, Cultura", "Obras, Cultura"),
        (
            Names(("Obras", "Cultura", "Salud", "Agua")),
            "Obras, Cultura, Salud y 1 más",
            "Obras, Cultura, Salud and 1 more",
        ),
    ],
)
def test_a_kind_is_written_by_the_language_of_the_catalogue(value: Told, spanish: str, in_english: str) -> None:
    assert (value.told(str), value.told(english), str(value)) == (spanish, in_english, spanish)


def test_a_catalogue_of_no_known_language_is_read_in_spanish() -> None:
    assert [language_of(one) for one in (str, english, lambda _text: "leden")] == ["es", "en", "es"]


def test_a_sentence_without_parameters_keeps_its_percent_sign() -> None:
    assert fill("Al 100 % de octubre", {}, english) == "At 100% in October"


def test_a_refusal_and_a_finding_keep_their_parameters_raw_until_they_are_read() -> None:
    template = "Quedó en %(reached)s."
    for said in (Refusal(template, reached=Percentage(71.2)), failed(template, reached=Percentage(71.2))):
        assert said.params["reached"] == Percentage(71.2)
        assert fill(said.template, said.params, english) == "It reached 71.2%."
    assert str(Refusal(template, reached=Percentage(71.2))) == "Quedó en 71.2\u00a0%."
    assert failed(template, reached=Percentage(71.2)).reason == "Quedó en 71.2\u00a0%."
