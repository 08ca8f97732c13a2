"""Twenty people capture at once, in processes of their own, and a process is killed in the middle: nothing is lost."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from django.db import connection

from rumbo.core.vocabulary.role import Role
from rumbo.foundation.audit import queries as audit
from rumbo.foundation.audit.models import Event, Head
from rumbo.foundation.organization.models import Institution
from rumbo.systems.captures.models import Capture
from rumbo.systems.indicators.models import Indicator
from tests.cast import Character, Units, make_character
from tests.systems.captures.conftest import NOVEMBER

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
PROCESSES, PEOPLE_IN_EACH, VALUES = 4, 5, 5
PEOPLE = PROCESSES * PEOPLE_IN_EACH

# Each process is a server with several people at once: every one saves their own indicator several times over.
WORKER = """
import sys, threading, time
from pathlib import Path
import django
from django.conf import settings
settings.DATABASES["default"]["NAME"] = sys.argv[1]
django.setup()
from datetime import UTC, datetime
from decimal import Decimal
from django.db import connection
from rumbo.foundation.organization import queries as organization
from rumbo.systems.captures import actions
from rumbo.systems.indicators import queries as indicators
period, values, start = int(sys.argv[2]), int(sys.argv[3]), Path(sys.argv[4])
at = datetime(2026, 12, 3, 18, tzinfo=UTC)
institution = organization.institution_by_slug("prueba")

def capture(email, code):
    actor = organization.actor_of(organization.person_by_email(email), on=at.date())
    indicator = indicators.indicator_by_code(institution, code)
    while not start.exists():
        time.sleep(0.01)
    version = 0
    for value in range(1, values + 1):
        saved = actions.save_draft(institution=institution, indicator=indicator, period=period,
                                   entry={"numerator": Decimal(value)}, version=version, by=actor, at=at)
        version = saved.version
        sys.stdout.write(f"{value}\\n")  # one write: two threads never share a line
        sys.stdout.flush()
    connection.close()

people = [threading.Thread(target=capture, args=pair.split("=")) for pair in sys.argv[5:]]
for person in people:
    person.start()
print("ready", flush=True)
for person in people:
    person.join()
"""


def start_worker(people: list[tuple[str, str]], values: int, start: Path) -> "subprocess.Popen[str]":
    """`people`: the e-mail of each and the code of the indicator that they capture."""
    name = str(connection.settings_dict["NAME"])
    pairs = [f"{email}={code}" for email, code in people]
    return subprocess.Popen(
        [sys.executable, "-W", "ignore", "-c", WORKER, name, str(NOVEMBER), str(values), str(start), *pairs],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        env=os.environ | {"DJANGO_SETTINGS_MODULE": "rumbo.shell.settings"},
    )  # fmt: skip


@pytest.mark.requirement("A1-11")
def test_twenty_people_capture_at_once_and_nothing_is_lost(
    institution: Institution, units: Units, make_indicator: Callable[..., Indicator], tmp_path: Path
) -> None:
    people = []
    for number in range(PEOPLE):
        person = make_character(institution, f"Persona{number}", Role.CAPTURER, units.desu)
        make_indicator(f"M{number:03}", units.desu, {11: (10, None)})
        people.append((person.email, f"M{number:03}"))
    before = Head.objects.get(chain="prueba").sequence
    start = tmp_path / "start"
    workers = [start_worker(people[first::PROCESSES], VALUES, start) for first in range(PROCESSES)]
    for worker in workers:
        assert worker.stdout is not None
        assert worker.stdout.readline() == "ready\n"
    start.touch()
    ends = [worker.communicate(timeout=120) for worker in workers]
    assert [error for _, error in ends if error] == []
    assert [worker.returncode for worker in workers] == [0] * PROCESSES
    assert sum(len(said.split()) for said, _ in ends) == PEOPLE * VALUES
    found = Capture.objects.values_list("numerator", "version")
    assert sorted(found) == [(VALUES, VALUES)] * PEOPLE
    assert Event.objects.filter(action="captures.save").count() == PEOPLE * VALUES
    assert Head.objects.get(chain="prueba").sequence == before + PEOPLE * VALUES
    assert audit.verify() == []


def test_a_process_killed_while_it_saves_leaves_the_database_whole(
    institution: Institution,
    units: Units,
    ana: Character,
    make_indicator: Callable[..., Indicator],
    save: Callable[..., Capture],
    tmp_path: Path,
) -> None:
    start = tmp_path / "start"
    start.touch()
    for pause in (0.001, 0.004, 0.009):  # seconds: each kill falls in another moment of a save
        code = f"M{int(pause * 1000):03}"
        indicator = make_indicator(code, units.desu, {11: (10, None)})
        worker = start_worker([(ana.email, code)], 100_000, start)
        assert worker.stdout is not None
        while worker.stdout.readline().strip() != "3":
            assert worker.poll() is None
        time.sleep(pause)
        worker.send_signal(signal.SIGKILL)
        worker.communicate()
        assert audit.verify() == []
        capture = Capture.objects.get(indicator=indicator)
        saves = Event.objects.filter(action="captures.save", subject_ref=str(capture.ref)).count()
        assert capture.numerator is not None
        assert capture.version == saves == capture.numerator >= 3
        assert save(indicator, 7, version=capture.version).numerator == 7
