"""A figure is taken as people write it, and told how to be written when it is not one."""

from decimal import Decimal

import pytest
from django import forms

from rumbo.foundation.ui.forms import FigureField, plain_figure


class Sheet(forms.Form):
    value = FigureField(max_digits=20, decimal_places=6, required=False)


@pytest.mark.parametrize("typed", ["1.250,5", "12,50", "mil", "1,2345", "--3", "$", ".", "1e5", "1 250 pesos"])
def test_it_refuses_what_is_not_a_figure_and_keeps_it(typed: str) -> None:
    form = Sheet({"value": typed})
    assert not form.is_valid()
    assert f"«{typed}» no es un número" in form.errors["value"][0]
    assert f'value="{typed}"' in str(form["value"])


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("1250.5", "1250.5"),
        ("1,250.5", "1250.5"),
        ("$1,250.50", "1250.50"),
        ("\u22123", "-3"),
        ("-0.5", "-0.5"),
        (" 44 310 ", "44310"),
        ("1,234,567", "1234567"),
    ],
)
def test_it_takes_a_figure_as_it_is_written(typed: str, value: str) -> None:
    form = Sheet({"value": typed})
    assert form.is_valid(), form.errors
    assert form.cleaned_data["value"] == Decimal(value)


def test_empty_is_unknown_and_not_zero() -> None:
    form = Sheet({"value": "  "})
    assert form.is_valid()
    assert form.cleaned_data["value"] is None
    assert plain_figure("") == ""
