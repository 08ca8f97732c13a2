"""The early warnings of the borough's autumn: estimated at the closing of October, decided in a meeting, followed."""

from dataclasses import dataclass
from datetime import date

from rumbo.core.timekeeping.period import Period
from rumbo.shell.demonstration.conduct import DEMONSTRATION_DAY, YEAR
from rumbo.shell.demonstration.loading.reading import moment
from rumbo.shell.demonstration.loading.setting_up import House
from rumbo.systems.evaluation import actions as evaluation
from rumbo.systems.evaluation.queries.warnings import warnings_of_goals

PLANNING, HEAD = "carmen@miguel-hidalgo.example", "beto@miguel-hidalgo.example"
OCTOBER, NOVEMBER = Period(YEAR, 10), Period(YEAR, 11)
MEETING, ANSWERED = date(YEAR, 11, 18), date(YEAR, 12, 1)


@dataclass(frozen=True, slots=True)
class Decided:
    """What the meeting decided on a critical goal; `done`: what its area reported afterwards."""

    goal: str
    decision: str
    responsible: str
    due: date
    done: str = ""


DECISIONS = (
    Decided(
        "M041", "Abrir dos frentes de repavimentación con turno nocturno y reportar el avance cada viernes.",
        "Subdirección de Obras por Contrato", date(YEAR, 11, 30),
    ),
    Decided(
        "M025", "Rentar dos equipos hidroneumáticos hasta diciembre y empezar por las colonias con encharcamientos.",
        "JUD de Drenaje y Agua", date(YEAR, 12, 11),
        done="Los dos equipos trabajan desde el 24 de noviembre; se desazolvó la red de seis colonias prioritarias.",
    ),
    Decided(
        "M097", "Cambiar el turno de la base norte a las horas con más llamados y medir la llegada cada semana.",
        "JUD de Atención a Emergencias", date(YEAR, 12, 15),
    ),
)  # fmt: skip
SEEN_BY_PLANNING, SEEN_BY_HEAD = ("M054", "M107"), ("M021", "M027")
CLOSED, REASON = "M049", "Los operativos de fin de año ya están programados; se revisa al cierre de noviembre."


def tell(house: House, month: int, closed_on: date | None) -> None:
    """Once October is closed, what came of it; once November ends, its estimate on the demonstration day."""
    if month == OCTOBER.month and closed_on is not None:
        _estimate(house, OCTOBER, closed_on, hour=19)
        _meet(house)
    if month == NOVEMBER.month:
        _estimate(house, NOVEMBER, DEMONSTRATION_DAY, hour=7)


def _estimate(house: House, period: Period, on: date, *, hour: int) -> None:
    evaluation.foresee_month(
        institution=house.institution, period=period, by=house.person(PLANNING, on), on=on, at=moment(on, hour)
    )


def _meet(house: House) -> None:
    planning, head = house.person(PLANNING, MEETING), house.person(HEAD, ANSWERED)
    found = warnings_of_goals(house.institution.pk, YEAR)
    at = moment(MEETING, 11)
    for told in DECISIONS:
        warning = evaluation.decide_warning(
            warning=found[told.goal], decision=told.decision, responsible_post=told.responsible, due_on=told.due,
            by=planning, on=MEETING, at=at,
        )  # fmt: skip
        if told.done:
            evaluation.do_warning(warning=warning, outcome=told.done, by=head, on=ANSWERED, at=moment(ANSWERED, 12))
    evaluation.close_warning(warning=found[CLOSED], reason=REASON, by=planning, on=MEETING, at=at)
    for codes, who, day in ((SEEN_BY_PLANNING, planning, MEETING), (SEEN_BY_HEAD, head, ANSWERED)):
        evaluation.see_warnings(
            institution=house.institution, warnings=[found[code] for code in codes], by=who, on=day, at=moment(day, 13)
        )
