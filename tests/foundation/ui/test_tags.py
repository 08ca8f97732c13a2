"""Tags and filters write what they are given, with its word, shape and colour."""

from datetime import UTC, date, datetime
from types import SimpleNamespace
from typing import Any

import pytest
from django import forms
from django.template import Context, Template, TemplateSyntaxError
from django.utils import translation

from rumbo.core.vocabulary.capture_state import CaptureState
from rumbo.core.vocabulary.light import Light
from rumbo.core.vocabulary.mark import Mark
from rumbo.core.vocabulary.performance_class import PerformanceClass
from rumbo.core.vocabulary.permission import Permission
from rumbo.core.vocabulary.refusal import Refusal


def drawn(source: str, **context: Any) -> str:
    return Template(source).render(Context(context)).strip()


class Holder:
    """Holds one permission, over one unit."""

    def may(self, permission: Permission, institution: int, unit: int | None = None) -> bool:
        return permission is Permission.CAPTURE and unit in (None, 7)


def request_of(actor: Any) -> Any:
    return SimpleNamespace(actor=actor, institution=SimpleNamespace(pk=1))


@pytest.mark.parametrize("request_", [None, request_of(None), SimpleNamespace(actor=Holder(), institution=None)])
def test_can_refuses_who_is_nobody_or_nowhere(request_: Any) -> None:
    assert drawn('{% can "capture" %}yes{% else %}no{% endcan %}', request=request_) == "no"


def test_can_refuses_a_permission_that_is_not_held_in_that_unit() -> None:
    source = '{% can "capture" unit %}yes{% else %}no{% endcan %}'
    assert drawn(source, request=request_of(Holder()), unit=8) == "no"
    assert drawn(source, request=request_of(Holder()), unit=7) == "yes"


def test_can_keeps_its_answer_under_a_name() -> None:
    source = '{% can "validate" as may %}{{ may }} {% can "capture" 7 as may %}{{ may }}'
    assert drawn(source, request=request_of(Holder())) == "False True"


def test_can_refuses_a_permission_that_does_not_exist() -> None:
    with pytest.raises(ValueError, match="fly"):
        drawn('{% can "fly" %}{% endcan %}', request=request_of(Holder()))


def test_can_refuses_too_many_words() -> None:
    with pytest.raises(TemplateSyntaxError, match="permission"):
        Template('{% can "capture" 1 2 %}{% endcan %}')


def test_figures_are_written_as_in_mexico() -> None:
    assert drawn("{{ value|figure:1 }}", value=1234.5) == "1,234.5"
    assert drawn("{{ value|percent }}", value=44.3) == "44.3\u00a0%"
    assert drawn("{{ value|points }}", value=-3.5) == "−3.5\u00a0puntos"
    assert drawn("{{ value|money }}", value=1234.5) == "$1,234.50"
    assert drawn("{{ value|figure }}{{ value|percent }}", value=None) == "––"
    assert drawn("{{ absent|figure }}{{ absent|percent }}") == "––"


def test_dates_and_months_follow_the_language() -> None:
    day, period = date(2026, 10, 31), 2026 * 12 + 9
    assert drawn("{{ day|day }} {{ day|long_day }}", day=day) == "31/10/2026 31 de octubre de 2026"
    assert drawn('{{ p|month }} {{ p|month:"short" }} {{ p|slot }}', p=period) == "octubre de 2026 oct 2026-10"
    with translation.override("en"):
        assert drawn("{{ day|long_day }} {{ p|month }}", day=day, p=period) == "31 October 2026 October 2026"


def test_a_moment_is_shown_in_the_zone_of_the_installation() -> None:
    assert drawn("{{ at|moment }}", at=datetime(2026, 11, 1, 5, 59, tzinfo=UTC)) == "31/10/2026 23:59"


@pytest.mark.requirement("A1-09", "A1-10")
@pytest.mark.parametrize("light", list(Light))
def test_every_light_is_a_shape_a_word_and_a_colour(light: Light) -> None:
    badge = drawn("{{ light|light_badge }}", light=light.value)
    assert light.label in badge
    assert "<svg" in badge
    assert f"light-{light.key.replace('_', '-')}" in badge


@pytest.mark.parametrize("light", list(Light))
def test_a_light_without_its_word_tells_it_to_a_screen_reader(light: Light) -> None:
    assert "<title" in drawn("{{ light|light_shape }}", light=light)
    assert light.label in drawn("{{ light|light_shape }}", light=light)


@pytest.mark.requirement("A1-15")
@pytest.mark.parametrize("found", list(PerformanceClass))
def test_every_class_has_its_badge(found: PerformanceClass) -> None:
    assert found.label in drawn("{{ found|class_badge }}", found=found.value)


@pytest.mark.parametrize("state", list(CaptureState))
def test_every_state_has_its_pill(state: CaptureState) -> None:
    assert state.label in drawn("{{ state|state_badge }}", state=state.value)


def test_marks_are_added_each_with_its_word() -> None:
    shown = drawn("{{ marks|marks }}", marks=int(Mark.LATE | Mark.OVER))
    assert "Extemporánea" in shown
    assert "Sobrecumplimiento" in shown
    assert "Corregida" not in shown


def test_a_refusal_is_translated_first_and_filled_afterwards() -> None:
    refusal = Refusal("Falta «%(what)s».", what="la clave")
    assert drawn("{{ refusal|reason }}", refusal=refusal) == "Falta «la clave»."
    assert drawn("{{ refusal|reason }}", refusal=Refusal("100 % seguro.")) == "100 % seguro."


class Sheet(forms.Form):
    value = forms.CharField(label="Realizado", help_text="Solo lo de octubre.")
    note = forms.CharField(label="Nota", required=False)


def test_a_field_says_its_error_beside_it_and_aloud() -> None:
    shown = drawn("{% field form.value %}", form=Sheet({"value": ""}))
    assert 'aria-invalid="true"' in shown
    assert 'aria-describedby="id_value-error id_value-help"' in shown
    assert 'id="id_value-error"' in shown
    assert "Solo lo de octubre." in shown


def test_a_field_that_may_be_left_empty_says_so() -> None:
    assert "(opcional)" in drawn("{% field form.note %}", form=Sheet())
    assert "(opcional)" not in drawn("{% field form.value %}", form=Sheet())


def test_a_whole_form_comes_out_of_the_same_component() -> None:
    assert 'class="field is-wrong"' in str(Sheet({"value": ""}))


def test_the_title_is_written_once_and_shown_twice() -> None:
    source = "{% remember name %} <b>Obras</b> {% endremember %}{{ name }}|{{ name|striptags }}"
    assert drawn(source) == "<b>Obras</b>|Obras"


@pytest.mark.parametrize(
    ("day", "words"),
    [(1, "venció hace 2 días"), (2, "venció hace 1 día"), (3, "hoy"), (4, "mañana"), (7, "en 4 días")],
)
def test_a_deadline_says_how_far_it_is(day: int, words: str) -> None:
    assert drawn("{{ due|until:today }}", due=date(2026, 12, day), today=date(2026, 12, 3)) == words
