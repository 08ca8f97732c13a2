"""Captures with several figures a month: weeks, fortnights and formulas of many variables."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client

from rumbo.core.vocabulary.accumulation import Accumulation
from rumbo.core.vocabulary.frequency import Frequency
from rumbo.core.vocabulary.return_reason import ReturnReason
from rumbo.foundation.audit import queries as audit
from rumbo.foundation.organization import actions as organization
from rumbo.foundation.organization.models import Institution
from rumbo.systems.captures import actions, queries
from rumbo.systems.captures.models import Capture, Correction
from rumbo.systems.indicators.models import Indicator
from tests.cast import NOW, TODAY, Character, Units
from tests.remembering import remembered
from tests.systems.captures.conftest import CAUSE, DECEMBER, NOVEMBER

pytestmark = pytest.mark.django_db
type ClientOf = Callable[[Character], Client]
type Read = Callable[..., Capture]
WEEKS = [date(2026, 11, day) for day in (1, 8, 15, 22, 29)]
FOUR = "100 × (atendidos + turnados) ÷ (recibidos − duplicados)"
OTHERS = [
    {"symbol": "turnados", "name": "Casos turnados", "unit": "caso"},
    {"symbol": "duplicados", "name": "Casos duplicados", "unit": "caso"},
]


@pytest.fixture(autouse=True)
def december(monkeypatch: pytest.MonkeyPatch) -> None:
    """The doors' clock stands on 3 December 2026."""
    monkeypatch.setattr("rumbo.shell.clock.now", lambda: NOW)
    monkeypatch.setattr("rumbo.shell.clock.today", lambda: TODAY)


@pytest.fixture
@remembered
def calls(make_indicator: Callable[..., Indicator], units: Units) -> Indicator:
    """Counted each week, 100 programmed each month."""
    return make_indicator(
        "M004",
        units.desu,
        dict.fromkeys(range(1, 13), (100, None)),
        frequency=Frequency.WEEKLY,
        numerator_name="Llamadas",
    )


@pytest.fixture
@remembered
def served(make_indicator: Callable[..., Indicator], units: Units) -> Indicator:
    """Four variables a month."""
    return make_indicator(
        "M005", units.desu, dict.fromkeys(range(1, 13), (90, 100)), accumulation=Accumulation.RATIO, formula=FOUR,
        numerator_symbol="atendidos", numerator_name="Casos atendidos", numerator_unit="caso",
        denominator_symbol="recibidos", denominator_name="Casos recibidos", denominator_unit="caso",
        other_variables=OTHERS, factor=100, unit_of_measure="%", decimals=1,
    )  # fmt: skip


@pytest.fixture
def speed(make_indicator: Callable[..., Indicator], units: Units) -> Indicator:
    """The result of a formula that is never added: kilometres each hour, the mean of the months."""
    return make_indicator(
        "M006", units.desu, dict.fromkeys(range(1, 13), (30, None)), accumulation=Accumulation.AVERAGE,
        formula="km ÷ horas", numerator_symbol="km", numerator_name="Kilómetros", denominator_symbol="horas",
        denominator_name="Horas", unit_of_measure="km/h",
    )  # fmt: skip


@pytest.fixture
def read(institution: Institution, ana: Character) -> Read:
    """Ana saves readings: `read(calls, {date: {"V": 3}}, {date: "reason"})`."""

    def saved(
        indicator: Indicator,
        readings: dict[date, dict[str, Any]],
        reasons: dict[date, str] | None = None,
        *,
        period: int = NOVEMBER,
        version: int | None = None,
        at: datetime = NOW,
        by: Character = ana,
        **more: Any,
    ) -> Capture:
        exact = {
            day: {symbol: None if value is None else Decimal(str(value)) for symbol, value in row.items()}
            for day, row in readings.items()
        }
        entry: Any = {"readings": exact, "reasons": reasons or {}, **more}
        return actions.save_draft(
            institution=institution, indicator=indicator, period=period, entry=entry, version=version,
            by=by.actor, at=at,
        )  # fmt: skip

    return saved


def month(**values: int) -> dict[date, dict[str, int]]:
    return {date(2026, 11, 30): values}


@pytest.mark.requirement("A1-08", "A1-11")
def test_a_weekly_capture_is_sent_when_every_week_has_its_figure_or_its_reason(
    institution: Institution, calls: Indicator, read: Read, ana: Character, beto: Character, carmen: Character
) -> None:
    draft = read(
        calls,
        {WEEKS[0]: {"V": 20}, WEEKS[1]: {"V": 25}},
        {WEEKS[3]: "Sin servicio.", WEEKS[4]: "Sin servicio."},
        **CAUSE,
    )
    assert (draft.numerator, draft.denominator) == (45, None)
    with pytest.raises(actions.Unfinished, match="semana del 9 al 15 de noviembre") as refused:
        actions.submit(institution=institution, capture=draft, by=ana.actor, at=NOW)
    assert "del 16" not in str(refused.value)
    again = read(calls, {WEEKS[2]: {"V": 30}})
    assert again.numerator == 75
    sent = actions.submit(institution=institution, capture=again, by=ana.actor, at=NOW)
    assert sent.state == "area_review"
    actions.approve_area(institution=institution, capture=sent, by=beto.actor, at=NOW)
    done = actions.validate(institution=institution, capture=sent, by=carmen.actor, at=NOW)
    assert (done.state, done.numerator) == ("approved", 75)
    assert audit.verify() == []


def test_an_altered_reading_is_found(calls: Indicator, read: Read) -> None:
    capture = read(calls, {WEEKS[0]: {"V": 20}})
    assert audit.verify() == []
    capture.readings[WEEKS[0].isoformat()]["figures"]["V"] = "21"
    Capture.objects.filter(pk=capture.pk).update(readings=capture.readings)
    (problem,) = audit.verify()
    assert str(capture.ref) in str(problem)


def test_readings_that_appear_or_go_are_no_alteration(
    institution: Institution, calls: Indicator, read: Read, ana: Character
) -> None:
    actions.save_draft(
        institution=institution, indicator=calls, period=NOVEMBER, entry={"cause": "Lluvia."}, version=0,
        by=ana.actor, at=NOW,
    )  # fmt: skip
    read(calls, {WEEKS[0]: {"V": 20}})
    read(calls, {WEEKS[0]: {"V": None}})
    read(calls, {WEEKS[1]: {"V": 20}})
    actions.mark_unavailable(
        institution=institution, indicator=calls, period=NOVEMBER, reason="Falta el acta",
        expected_on=date(2026, 12, 20), version=None, by=ana.actor, at=NOW,
    )  # fmt: skip
    assert [str(one) for one in audit.verify()] == []


def test_a_capture_without_readings_keeps_the_digest_of_before(lamps: Indicator, save: Callable[..., Capture]) -> None:
    assert "readings" not in save(lamps, 3).audit_state()


def test_weeks_that_have_not_begun_are_not_captured(calls: Indicator, read: Read) -> None:
    early = datetime(2026, 11, 4, 18, tzinfo=UTC)
    assert read(calls, {WEEKS[1]: {"V": 3}}, at=early).numerator == 3, "the week that is going on may be"
    with pytest.raises(actions.StretchNotBegun, match="semana del 9 al 15 de noviembre empieza el 09/11/2026"):
        read(calls, {WEEKS[2]: {"V": 3}}, at=early)


def test_what_is_not_asked_is_refused(calls: Indicator, served: Indicator, lamps: Indicator, read: Read) -> None:
    with pytest.raises(actions.NotAsked, match="2026-11-30"):
        read(calls, {date(2026, 11, 30): {"V": 3}})
    with pytest.raises(actions.NotAsked, match="otra"):
        read(served, month(otra=3))
    with pytest.raises(actions.NotAsked):
        read(lamps, month(V=3))
    with pytest.raises(actions.NotAsked):
        read(calls, {}, {date(2026, 10, 31): "No."})


@pytest.mark.parametrize("value", ["1.1234567", "1e20", "NaN", "Infinity", "-Infinity"])
def test_a_figure_that_cannot_be_kept_is_refused_as_everywhere(value: str, served: Indicator, read: Read) -> None:
    with pytest.raises(actions.InexactValue):
        read(served, {date(2026, 11, 30): {"atendidos": value}})
    assert not Capture.objects.exists()


def test_what_results_is_not_typed(served: Indicator, save: Callable[..., Capture]) -> None:
    with pytest.raises(actions.ResultOfReadings):
        save(served, 90, 100)


@pytest.mark.requirement("A1-08")
def test_four_variables_give_the_two_sums_that_accumulate(
    institution: Institution, served: Indicator, read: Read, ana: Character
) -> None:
    draft = read(served, month(atendidos=80, turnados=10, recibidos=103))
    assert (draft.numerator, draft.denominator) == (None, None)
    with pytest.raises(actions.Unfinished, match="Falta «Casos duplicados» de noviembre"):
        actions.submit(institution=institution, capture=draft, by=ana.actor, at=NOW)
    whole = read(served, month(duplicados=3), **CAUSE)
    assert (whole.numerator, whole.denominator) == (90, 100)
    assert whole.readings == {
        "2026-11-30": {"figures": {"atendidos": "80", "turnados": "10", "recibidos": "103", "duplicados": "3"}}
    }
    assert actions.submit(institution=institution, capture=whole, by=ana.actor, at=NOW).state == "area_review"
    made = queries.made_of(whole)
    assert made is not None
    assert made.numbers == "100 × (80 + 10) ÷ (103 − 3) = 90"
    assert [(one.title, value) for one, value in made.variables][2] == ("Casos recibidos", 103)


def test_saving_the_same_again_changes_nothing_and_one_may_be_taken_out(served: Indicator, read: Read) -> None:
    first = read(served, month(atendidos=80, turnados=10, recibidos=103, duplicados=3))
    assert read(served, month(atendidos=80)).version == first.version
    without = read(served, month(turnados=None))  # type: ignore[arg-type]
    assert without.numerator is None
    assert "turnados" not in without.readings["2026-11-30"]["figures"]


def test_two_people_who_edit_at_once_are_told(served: Indicator, read: Read) -> None:
    read(served, month(atendidos=80), version=0)
    with pytest.raises(actions.Conflict):
        read(served, month(atendidos=81), version=0)


def test_a_formula_without_a_result_is_said_and_not_sent(
    institution: Institution, speed: Indicator, read: Read, ana: Character
) -> None:
    draft = read(speed, month(km=30, horas=0), **CAUSE)
    assert draft.numerator is None
    with pytest.raises(actions.Unfinished, match="no calculable"):
        actions.submit(institution=institution, capture=draft, by=ana.actor, at=NOW)
    mended = read(speed, month(horas=4))
    assert (mended.numerator, mended.denominator) == (Decimal("7.5"), None)
    assert actions.submit(institution=institution, capture=mended, by=ana.actor, at=NOW).state == "area_review"


def test_what_is_not_available_takes_the_readings_out(
    institution: Institution, calls: Indicator, read: Read, ana: Character
) -> None:
    read(calls, {WEEKS[0]: {"V": 3}})
    marked = actions.mark_unavailable(
        institution=institution, indicator=calls, period=NOVEMBER, reason="Falta el acta",
        expected_on=date(2026, 12, 20), version=None, by=ana.actor, at=NOW,
    )  # fmt: skip
    assert (marked.readings, marked.numerator) == ({}, None)
    assert actions.submit(institution=institution, capture=marked, by=ana.actor, at=NOW).state == "area_review"


def test_a_returned_week_is_corrected_and_sent_again(
    institution: Institution, calls: Indicator, read: Read, ana: Character, beto: Character
) -> None:
    every = {day: {"V": 20} for day in WEEKS}
    sent = actions.submit(institution=institution, capture=read(calls, every, **CAUSE), by=ana.actor, at=NOW)
    actions.return_(
        institution=institution, capture=sent, kind=ReturnReason.OTHER, text="La segunda semana.", by=beto.actor, at=NOW
    )
    assert read(calls, {WEEKS[1]: {"V": 30}}).numerator == 110
    assert audit.verify() == []


@pytest.fixture
def closed(
    institution: Institution, served: Indicator, read: Read, carmen: Character, ana: Character, beto: Character
) -> Capture:
    capture = read(served, month(atendidos=80, turnados=10, recibidos=103, duplicados=3), **CAUSE)
    actions.submit(institution=institution, capture=capture, by=ana.actor, at=NOW)
    actions.approve_area(institution=institution, capture=capture, by=beto.actor, at=NOW)
    actions.validate(institution=institution, capture=capture, by=carmen.actor, at=NOW)
    actions.lock_month(institution=institution, period=NOVEMBER, accepted="Se acepta.", by=carmen.actor, at=NOW)
    return capture


def test_a_correction_of_a_closed_month_changes_its_variables(
    institution: Institution, closed: Capture, ana: Character, carmen: Character
) -> None:
    with pytest.raises(actions.ResultOfReadings):
        actions.request_correction(
            institution=institution, capture=closed, numerator=Decimal(91), denominator=Decimal(100), reason="Error",
            by=ana.actor, at=NOW,
        )  # fmt: skip
    asked = actions.request_correction(
        institution=institution, capture=closed, readings={date(2026, 11, 30): {"turnados": Decimal(12)}},
        reason="Faltaban dos.", by=ana.actor, at=NOW,
    )  # fmt: skip
    assert (asked.after_numerator, asked.after_denominator) == (92, 100)
    actions.decide_correction(
        institution=institution, correction=asked, approve=True, reason="Procede.", by=carmen.actor, at=NOW
    )
    closed.refresh_from_db()
    assert closed.numerator == 92
    assert closed.readings["2026-11-30"]["figures"]["turnados"] == "12"
    assert audit.verify() == []


def test_a_correction_is_asked_on_its_page_by_variable(
    closed: Capture, ana: Character, carmen: Character, client_of: ClientOf
) -> None:
    address = "/i/prueba/captura/M005/2026-11/correccion/"
    page = client_of(ana).get(address).content.decode()
    assert 'value="103"' in page
    sent = {f"r-20261130-{name}": value for name, value in
            {"atendidos": "80", "turnados": "12", "recibidos": "103", "duplicados": "3"}.items()}  # fmt: skip
    answer = client_of(ana).post(address, sent | {"reason": "Faltaban dos.", "kind": "adjustment"})
    assert answer.status_code == 302
    found = Correction.objects.get()
    page = client_of(carmen).get(f"/i/prueba/captura/correcciones/{found.ref}/").content.decode()
    assert "Casos turnados" in page
    assert "10 → 12" in page


def test_a_formula_that_is_taken_out_leaves_the_value_to_be_typed(
    institution: Institution, closed: Capture, served: Indicator, read: Read, save: Callable[..., Capture],
    ana: Character, carmen: Character,
) -> None:  # fmt: skip
    read(served, {date(2026, 12, 31): {"atendidos": 1}}, period=DECEMBER)
    Indicator.objects.filter(pk=served.pk).update(formula="", other_variables=[])
    served.refresh_from_db()
    assert save(served, 90, 100, period=DECEMBER).readings == {}
    asked = actions.request_correction(
        institution=institution, capture=closed, numerator=Decimal(91), denominator=Decimal(100), reason="Error",
        by=ana.actor, at=NOW,
    )  # fmt: skip
    actions.decide_correction(
        institution=institution, correction=asked, approve=True, reason="Procede.", by=carmen.actor, at=NOW
    )
    closed.refresh_from_db()
    assert (closed.numerator, closed.readings) == (91, {})


def test_weeks_of_many_variables_tell_each_week_and_what_was_added_of_each(served: Indicator, read: Read) -> None:
    served.frequency = Frequency.WEEKLY
    served.save()
    names = ("atendidos", "turnados", "recibidos", "duplicados")
    rows = {WEEKS[0]: (39, 43, 104, 9), WEEKS[1]: (44, 45, 111, 8)}
    capture = read(served, {day: dict(zip(names, values, strict=True)) for day, values in rows.items()})
    assert (capture.numerator, capture.denominator) == (171, 198)
    made = queries.made_of(capture)
    assert made is not None
    first = next(part.told for part in made.parts if part.told)
    assert first.numbers.startswith("100 × (39 + 43) ÷ (104 − 9) = 86.3")
    assert [value for _one, value in made.told_variables] == [83, 88, 215, 17]
    assert made.numbers.startswith("100 × (83 + 88) ÷ (215 − 17) = 86.3")


def test_what_is_typed_is_seen_by_whoever_only_looks(served: Indicator, read: Read) -> None:
    made = queries.made_of(read(served, month(atendidos=80, turnados=10)))
    assert made is not None
    assert [value for _one, value in made.variables] == [80, 10, None, None]
    assert made.numbers == ""


# «Mis pendientes»


def lines_on(day: date, who: Character) -> list[tuple[str, str, date | None]]:
    return [(line.kind, line.detail, line.due_on) for line in queries.owed(who.actor_on(day), on=day)]


@pytest.mark.requirement("A1-11")
def test_each_week_is_owed_as_it_ends(
    institution: Institution, calls: Indicator, read: Read, ana: Character, carmen: Character
) -> None:
    actions.lock_month(institution=institution, period=NOVEMBER - 1, accepted="Se acepta.", by=carmen.actor, at=NOW)
    assert lines_on(date(2026, 11, 1), ana) == [], "the first week ends today"
    first = "Por capturar: semana del 26 de octubre al 1 de noviembre"
    assert lines_on(date(2026, 11, 2), ana) == [("capture", first, date(2026, 11, 8))]
    read(calls, {WEEKS[0]: {"V": 20}}, at=datetime(2026, 11, 3, 18, tzinfo=UTC))
    assert lines_on(date(2026, 11, 4), ana) == [], "a draft that waits for its next week owes nothing"
    assert lines_on(date(2026, 11, 17), ana) == [
        ("capture", "Por capturar: semana del 2 al 8 de noviembre y otra más", date(2026, 11, 15))
    ]
    read(calls, {day: {"V": 20} for day in WEEKS})
    assert lines_on(TODAY, ana) == [("draft", "Borrador de noviembre de 2026", date(2026, 12, 7))]


def test_a_week_is_due_as_many_weeks_later_as_the_institution_decided(
    institution: Institution, calls: Indicator, ana: Character, carmen: Character
) -> None:
    actions.lock_month(institution=institution, period=NOVEMBER - 1, accepted="Se acepta.", by=carmen.actor, at=NOW)
    for since, weeks in ((date(2026, 1, 1), 1), (date(2026, 11, 3), 3)):
        organization.configure(
            institution=institution, values={"stretches_to_report": weeks}, effective_from=since, by=carmen.actor,
            at=NOW,
        )  # fmt: skip
    due = {day: lines_on(date(2026, 11, day), ana)[0][2] for day in (2, 3)}
    assert due == {2: date(2026, 11, 8), 3: date(2026, 11, 22)}
    assert lines_on(date(2026, 12, 4), ana)[0][2] == date(2026, 11, 22)


def test_the_month_that_goes_on_is_owed_beside_the_one_that_is_worked_on(calls: Indicator, ana: Character) -> None:
    assert [detail for _kind, detail, _due in lines_on(date(2026, 12, 8), ana)] == [
        "Por capturar: semana del 26 de octubre al 1 de noviembre y otras 4",
        "Por capturar: semana del 30 de noviembre al 6 de diciembre",
    ]


def test_what_was_sent_owes_no_week(institution: Institution, calls: Indicator, read: Read, ana: Character) -> None:
    capture = read(calls, {day: {"V": 20} for day in WEEKS}, **CAUSE)
    actions.submit(institution=institution, capture=capture, by=ana.actor, at=NOW)
    assert lines_on(TODAY, ana) == []
