"""An institution from its files: itself, its areas, people, calendar and plan."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rumbo.foundation.calendars import actions as calendars
from rumbo.foundation.organization import actions as organization
from rumbo.foundation.organization import queries as people
from rumbo.foundation.organization.actor import PersonActor, SystemActor
from rumbo.foundation.planning import actions as planning
from rumbo.shell.demonstration.dataset import read_rows
from rumbo.shell.demonstration.loading import reading, workbooks

if TYPE_CHECKING:
    from rumbo.foundation.organization.models import Institution
    from rumbo.foundation.planning.models import Plan

SYSTEM = SystemActor()
RUNS_INSTALLATION = "administracion@miguel-hidalgo.example"
PASSWORD = "rumbo-demostracion"  # noqa: S105  (printed at start-up; refused outside the demonstration)


@dataclass(slots=True)
class House:
    """One institution being loaded: what later steps ask for again and again."""

    institution: "Institution"
    plan: "Plan"
    folder: Path
    values: Mapping[str, Any]
    units: dict[str, int]

    def person(self, email: str, on: date) -> PersonActor:
        found = people.person_by_email(email)
        if found is None:
            raise LookupError(email)
        return people.actor_of(found, on=on)


def set_up(folder: Path, *, on: date, nature: str, home: str, first: bool, position: int) -> House:
    """Institution, areas, people with the demonstration's password, calendar, plan with its levels and analysis."""
    values, at = reading.settings_of(folder), reading.moment(on, 9)
    about = values["institution"]
    institution = organization.create_institution(
        slug=about["slug"],
        name=about["name"],
        short_name=about["short_name"],
        nature=nature,
        home=home,
        on_first_screen=first,
        position=position,
        time_zone=about["time_zone"],
        by=SYSTEM,
        on=on,
        at=at,
    )
    workbooks.take("areas", (folder / "areas.csv").read_bytes(), institution=institution, by=SYSTEM, on=on, at=at)
    workbooks.take("people", (folder / "people.csv").read_bytes(), institution=institution, by=SYSTEM, on=on, at=at)
    everyone = {place.person_id: place.person for place in people.memberships_of(institution, on=on)}
    organization.set_passwords(people=list(everyone.values()), password=PASSWORD, at=at)
    for person in everyone.values():
        if person.email == RUNS_INSTALLATION:
            organization.give_installation(person=person, runs=True, by=SYSTEM, at=at)
    _calendar(institution, folder.parent / "calendar.csv", at)
    plan = _plan(institution, folder, values, on, at)
    units = {unit.code: unit.pk for unit in people.units_of(institution)}
    return House(institution, plan, folder, values, units)


def _calendar(institution: "Institution", file: Path, at: datetime) -> None:
    rows = [row for row in read_rows(file) if row["institution"] in ("*", institution.slug)]
    for origin in ("statutory", "institution"):
        days = {date.fromisoformat(row["date"]): row["name"] for row in rows if row["kind"] == origin}
        calendars.set_days(institution=institution, days=days, origin=origin, by=SYSTEM, at=at)


def _plan(institution: "Institution", folder: Path, values: Mapping[str, Any], on: date, at: datetime) -> "Plan":
    about, term = values["plan"], values.get("term", {})
    alignment = values.get("alignment", {})
    plan = planning.create_plan(
        institution=institution,
        name=about["name"],
        term_start=term.get("starts_on", date(2008, 1, 1)),
        term_end=term.get("ends_on", date(2029, 12, 31)),
        levels=[(name, _plural(name)) for name in about["level_names"]],
        by=SYSTEM,
        at=at,
        kind_name=about.get("kind_name", "Programa de gobierno" if "term" in values else about["name"]),
        mission=about.get("mission", ""),
        vision=about.get("vision", ""),
        annual_plan_url=about.get("annual_programme_url", ""),
        work_programme_url=about.get("work_programme_url", ""),
        higher_plan_not_applicable_reason=alignment.get("reason", ""),
    )
    sheets = {
        "Plan": workbooks.plan_rows(read_rows(folder / "plan.csv"), about["levels"], about["level_names"]),
        "FODA": _swot(folder, values),
    }
    workbooks.take("plan", workbooks.book(sheets), institution=institution, by=SYSTEM, on=on, at=at)
    return plan


def _swot(folder: Path, values: Mapping[str, Any]) -> list[workbooks.Row]:
    file = folder / "swot.csv"
    rows = read_rows(file) if file.exists() else values.get("swot", [])
    return [
        {"kind": row["kind"], "headline": row["headline"], "explanation": row.get("explanation", "")} for row in rows
    ]


def _plural(singular: str) -> str:
    """«Eje rector» → «Ejes rectores»; the four nouns that the files use."""
    known = {
        "Eje rector": "Ejes rectores",
        "Objetivo": "Objetivos",
        "Objetivo estratégico": "Objetivos estratégicos",
        "Estrategia": "Estrategias",
        "Línea de acción": "Líneas de acción",
        "Categoría": "Categorías",
    }
    return known[singular]
