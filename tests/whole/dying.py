"""A process that does the product's own work and dies by SIGKILL where it is told to, or where somebody kills it.

Started as `python -m tests.whole.dying DATABASE`. It prepares Django once and then forks a process for each order read
from its input (a line of JSON), so that every death is a real one and yet costs no start. It answers how each ended.

    {"work": "command", "words": ["close", …], "die_at": 7}
    {"work": "capture", …, "die_at": "commit"}
    {"work": "command", "words": ["report", …], "kill_after": 0.25}

A step is each writing statement, each commit (before it and after it), and each file that is opened for writing,
named or removed in the folders watched. `die_at` is the number of the step before which the process dies, counted from
1, or the name of one: «commit» dies when everything is written and nothing committed, «committed» right after.
"""

import json
import os
import select
import signal
import sys
import traceback
from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

WRITING = ("INSERT", "UPDATE", "DELETE", "SAVEPOINT", "RELEASE", "CREATE", "ALTER", "DROP")
FILE_EVENTS = {"open", "os.rename", "os.remove", "os.mkdir", "os.utime", "os.chmod", "tempfile.mkstemp"}


class Steps:
    """Counts what would leave a trace, and kills its own process at the step asked for."""

    def __init__(self, die_at: int | str | None, watched: tuple[str, ...]) -> None:
        self.die_at, self.watched, self.count = die_at, watched, 0

    def take(self, name: str) -> None:
        self.count += 1
        if self.die_at in (self.count, name):
            os.kill(os.getpid(), signal.SIGKILL)

    def install(self) -> None:
        from django.db import connection

        commit = connection._commit

        def committed() -> None:
            self.take("commit")
            commit()
            self.take("committed")

        connection._commit = committed
        connection.execute_wrappers.append(self.statement)
        sys.addaudithook(self.event)

    def statement(self, execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        if sql.lstrip().upper().startswith(WRITING):
            self.take("write")
        return execute(sql, params, many, context)

    def event(self, name: str, arguments: tuple[Any, ...]) -> None:
        if name not in FILE_EVENTS or not isinstance(arguments[0], str | os.PathLike):
            return
        reading = name == "open" and not (arguments[2] or 0) & (os.O_WRONLY | os.O_RDWR | os.O_CREAT)
        if not reading and os.fspath(arguments[0]).startswith(self.watched):
            self.take("file")


def command(order: dict[str, Any]) -> int:
    from rumbo.shell.command import run

    return run(order["words"])


def capture(order: dict[str, Any]) -> int:
    """What a person does: saves the month's value with its cause, and sends it."""
    from rumbo.systems.captures import actions

    institution, indicator, by, at = found(order)
    entry: Any = {"numerator": Decimal(order["value"]), "commitment_on": date(2027, 1, 31), **order["entry"]}
    saved = actions.save_draft(
        institution=institution, indicator=indicator, period=order["period"], entry=entry, version=None, by=by, at=at
    )
    actions.submit(institution=institution, capture=saved, by=by, at=at)
    return 0


def evidence(order: dict[str, Any]) -> int:
    from rumbo.systems.captures import actions, queries

    institution, indicator, by, at = found(order)
    row = queries.capture_of(institution, indicator.pk, order["period"])
    content = Path(order["file"]).read_bytes()
    actions.attach(institution=institution, capture=row, content=content, file_name="prueba.pdf", by=by, at=at)
    return 0


def demonstration(order: dict[str, Any]) -> int:
    """`rumbo demo` with its smallest institution alone: the road is the same and takes seconds."""
    from rumbo.foundation.organization import queries
    from rumbo.shell.command import demo, run
    from rumbo.shell.command.writing import write_whole
    from rumbo.shell.demonstration.loading import electoral

    def write_documents(out: Path, **_: Any) -> list[Path]:
        return [write_whole(out / "iecm.txt", queries.institution_by_slug("iecm").name.encode())]

    demo.load_everything = electoral.load
    demo.write_documents = write_documents
    return run(["demo", "--no-serve", "--out", order["out"]])


def found(order: dict[str, Any]) -> tuple[Any, Any, Any, datetime]:
    from rumbo.foundation.organization import queries as organization
    from rumbo.systems.indicators import queries as indicators

    institution = organization.institution_by_slug("prueba")
    at = datetime(2026, 12, 3, 18, tzinfo=UTC)
    person = organization.person_by_email(order["email"])
    return (
        institution,
        indicators.indicator_by_code(institution, order["code"]),
        organization.actor_of(person, on=at.date()),
        at,
    )


WORKS = {"command": command, "capture": capture, "evidence": evidence, "demonstration": demonstration}


def perform(order: dict[str, Any], said: int) -> None:
    """In the forked process; what it says goes to a file, and its steps back through a pipe."""
    with Path(order["said"]).open("w") as log:
        os.dup2(log.fileno(), 1)
        os.dup2(log.fileno(), 2)
        steps = Steps(order.get("die_at"), tuple(order.get("watched", ())))
        steps.install()
        try:
            code = WORKS[order["work"]](order)
        except BaseException:
            traceback.print_exc()
            code = 70
        os.write(said, str(steps.count).encode())
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)


def main(name: str) -> None:
    import django
    from django.conf import settings

    if name:
        settings.DATABASES["default"]["NAME"] = name
    django.setup()
    import rumbo.shell.urls  # noqa: F401  (loads the whole program once, before the first fork)

    print("ready", flush=True)
    for line in sys.stdin:
        order = json.loads(line)
        reading, said = os.pipe()
        pid = os.fork()
        if pid == 0:
            os.close(reading)
            perform(order, said)
        os.close(said)
        with os.fdopen(reading) as pipe:
            patience = order.get("kill_after")
            if patience is not None and not select.select([pipe], [], [], patience)[0]:
                os.kill(pid, signal.SIGKILL)  # still ours: nobody waited for it yet
            steps = pipe.read()
        _, status = os.waitpid(pid, 0)
        print(json.dumps({"code": os.waitstatus_to_exitcode(status), "steps": int(steps or 0)}), flush=True)


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else "")
