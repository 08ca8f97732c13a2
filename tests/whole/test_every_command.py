"""Every command in the name of everybody (`--as`): refusals first, with 2 and the reason, and nothing changed."""

from collections.abc import Callable
from pathlib import Path

import pytest

from rumbo.foundation.audit.models import Event, Head
from rumbo.foundation.organization.models import Institution
from rumbo.shell.command import run
from rumbo.shell.command.tree import FILES
from rumbo.systems.indicators.models import Indicator
from tests.cast import Character
from tests.whole.addresses import EVERYBODY, PREPARE, READ_REPORTS, Who
from tests.whole.hostile import table_of

pytestmark = pytest.mark.django_db
CARMEN: Who = frozenset({"carmen"})
HERE = ("--institution", "prueba")
MONTH = (*HERE, "--period", "2026-10")
OPEN = (*HERE, "--period", "2026-11")

# Words of each command that is run in somebody's name, and who may. «{out}» and «{book}» are filled in.
COMMANDS: dict[str, tuple[tuple[str, ...], Who]] = {
    "import areas": (("import", "areas", "{book}", *HERE, "--dry-run"), frozenset({"carmen", "fede"})),
    "import people": (("import", "people", "{book}", *HERE, "--dry-run"), frozenset({"fede"})),
    "import plan": (("import", "plan", "{book}", *HERE, "--dry-run"), CARMEN),
    "import goals": (("import", "goals", "{book}", *HERE, "--dry-run"), CARMEN),
    "import captures": (("import", "captures", "{book}", *HERE, "--dry-run"), frozenset({"ana"})),
    "template areas": (("template", "areas", *HERE, "--out", "{out}"), frozenset({"carmen", "fede"})),
    "template people": (("template", "people", *HERE, "--out", "{out}"), frozenset({"fede"})),
    "template plan": (("template", "plan", *HERE, "--out", "{out}"), CARMEN),
    "template goals": (("template", "goals", *HERE, "--out", "{out}"), CARMEN),
    "template captures": (("template", "captures", *HERE, "--out", "{out}"), frozenset({"ana", "carmen"})),
    "evaluate": (("evaluate", *OPEN), frozenset({"rita", "carmen"})),
    "close": (("close", *OPEN, "--accept-missing", "Se acepta."), CARMEN),
    "report monthly": (("report", "monthly", *MONTH, "--out", "{out}"), PREPARE),
    "report alignment": (("report", "alignment", *MONTH, "--out", "{out}"), PREPARE),
    "report schedule": (("report", "schedule", *MONTH, "--out", "{out}"), PREPARE),
    "report delivery": (("report", "delivery", *MONTH, "--out", "{out}"), PREPARE),
    "report transparency": (("report", "transparency", *MONTH, "--out", "{out}"), READ_REPORTS),
    "export results": (("export", "results", *MONTH, "--out", "{out}"), READ_REPORTS),
    "export columnar": (("export", "columnar", *HERE, "--out", "{out}"), READ_REPORTS),
    "foresight month": (("foresight", "month", *MONTH), frozenset({"rita", "carmen"})),
    "audit verify": (("audit", "verify"), frozenset({"eva", "fede"})),
}
# Of the installation and not of somebody: only who owns its folder runs them.
OF_THE_OPERATOR = {"init", "serve", "demo", "sweep"}


@pytest.fixture
def say(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Callable[[str, str], tuple[int, str]]:
    """`say("close", email)`: the exit code and the words of the refusal."""

    def said(name: str, email: str) -> tuple[int, str]:
        book = tmp_path / "libro.xlsx"
        kind = name.partition(" ")[2]
        if name.startswith("import"):
            table = table_of(kind, 1 if kind == "captures" else 3)
            book.write_bytes(table.bytes())
        words = [word.format(out=tmp_path / "salida", book=book) for word in COMMANDS[name][0]]
        capsys.readouterr()
        code = run([*words, "--as", email])
        return code, capsys.readouterr().err

    return said


def test_every_command_is_in_the_table() -> None:
    assert {name.partition(" ")[0] for name in COMMANDS} | OF_THE_OPERATOR == {name.rstrip("_") for name in FILES}


@pytest.mark.parametrize("name", COMMANDS)
def test_who_may_not_is_refused_and_leaves_nothing(
    name: str,
    settled: dict[str, Indicator],
    everyone_of_the_cast: dict[str, Character],
    say: Callable[[str, str], tuple[int, str]],
    tmp_path: Path,
) -> None:
    before = Event.objects.count(), list(Head.objects.values_list("chain", "sequence"))
    for who in sorted(EVERYBODY - COMMANDS[name][1]):
        code, err = say(name, everyone_of_the_cast[who].email)
        assert code == 2, f"{who}: {name}"
        assert len(err.strip().splitlines()) == 1, err
        assert "no tiene permiso" in err or "corresponde" in err or "Dirección de Planeación" in err, f"{who}: {err}"
        assert not (tmp_path / "salida").exists(), f"{who}: {name}"
    assert (Event.objects.count(), list(Head.objects.values_list("chain", "sequence"))) == before


@pytest.mark.parametrize("name", [name for name in COMMANDS if name != "audit verify"])
def test_for_another_institution_s_people_it_does_not_exist(
    name: str, settled: dict[str, Indicator], dario: Character, say: Callable[[str, str], tuple[int, str]]
) -> None:
    code, err = say(name, dario.email)
    assert code == 2
    assert "No existe la institución «prueba»" in err


def test_who_sees_the_trail_of_one_institution_does_not_verify_all(
    settled: dict[str, Indicator],
    other_institution: Institution,
    eva: Character,
    say: Callable[[str, str], tuple[int, str]],
) -> None:
    code, err = say("audit verify", eva.email)
    assert code == 2
    assert "no tiene permiso para esto en Institución Ajena" in err


@pytest.mark.slow
@pytest.mark.parametrize("name", COMMANDS)
def test_who_may_is_obeyed(
    name: str,
    settled: dict[str, Indicator],
    request: pytest.FixtureRequest,
    say: Callable[[str, str], tuple[int, str]],
) -> None:
    who: Character = request.getfixturevalue(min(COMMANDS[name][1]))  # alone: there is only one institution
    code, err = say(name, who.email)
    # there is nothing to publish yet in that quarter: that is another answer
    if name == "report transparency":
        assert "no tiene permiso" not in err
    else:
        assert code == 0, err
