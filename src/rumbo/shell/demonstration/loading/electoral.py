"""The electoral institute of the city: its published programme, with the lines that nobody has tied yet, and the record
of the quarter in which it published it."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

from rumbo.core.timekeeping.quarter import Quarter
from rumbo.foundation.organization import actions as organization
from rumbo.shell.demonstration.loading.reading import moment
from rumbo.shell.demonstration.loading.setting_up import SYSTEM, House, set_up
from rumbo.systems.transparency import actions as transparency
from rumbo.systems.transparency.models import DisclosureRecord

START = date(2021, 1, 4)
NO_MORE = date(2021, 10, 1)
PUBLISHER = "carmen@iecm.example"


def load(data: Path, progress: Callable[[str], None]) -> House:
    progress("Instituto Electoral de la Ciudad de México")
    house = set_up(data / "iecm", on=START, nature="real", home="plan", first=True, position=1)
    publish_record(house)
    _keep_no_more(house)
    return house


def publish_record(house: House) -> DisclosureRecord:
    """Prepared on the day it was updated, validated on its day, and taken as published then: the source does not say
    when it appeared, only that it did."""
    values = house.values["transparency"]
    updated, validated = values["updated_on"], values["validated_on"]
    record = transparency.prepare(
        institution=house.institution,
        quarter=Quarter(values["fiscal_year"], values["quarter"]),
        units=[values["responsible_unit"]],
        by=house.person(PUBLISHER, updated),
        on=updated,
        at=moment(updated, 12),
    )
    someone = house.person(PUBLISHER, validated)
    record = transparency.validate(
        record=record, validated_on=validated, by=someone, on=validated, at=moment(validated, 11)
    )
    return transparency.publish(
        record=record, published_on=validated, by=someone, on=validated, at=moment(validated, 13)
    )


def _keep_no_more(house: House) -> None:
    """Only that quarter's record is known: later ones are not said to be missing."""
    organization.configure(
        institution=house.institution,
        values={"transparency_kept": False},
        effective_from=NO_MORE,
        by=SYSTEM,
        at=moment(NO_MORE),
        on=NO_MORE,
    )
