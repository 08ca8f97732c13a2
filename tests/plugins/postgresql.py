"""A real PostgreSQL server in a temporary folder, from the machine's own binaries, for as long as the tests run."""

import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from pathlib import Path

# Durability is not what the tests measure: they kill our processes, never the server.
OPTIONS = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "max_connections": "120",  # two workers, and tests with twenty people at once in each
    "timezone": "UTC",
}
START_SECONDS = 60
STOP_SECONDS = 20


class ClusterUnavailable(Exception):
    """PostgreSQL cannot be started here; the message says what to do."""


class Cluster:
    """One server, trusted on the loopback alone, with an empty database `rumbo`. `durable`: as in use, for figures."""

    def __init__(self, *, durable: bool = False) -> None:
        self.options = {name: value for name, value in OPTIONS.items() if not (durable and value == "off")}
        self.folder = Path(tempfile.mkdtemp(prefix="rumbo-postgresql-"))
        self.port = free_port()
        self.owner = unprivileged_user()
        self.server: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        return f"postgresql://rumbo@127.0.0.1:{self.port}/rumbo"

    def start(self) -> None:
        try:
            binaries = find_binaries()
            if self.owner:
                os.chown(self.folder, self.owner.pw_uid, self.owner.pw_gid)
            data = self.folder / "data"
            self.run(
                [binaries / "initdb", "-D", data, "-U", "rumbo", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "-N"]
            )
            options = [f"--{name}={value}" for name, value in self.options.items()]
            places = ["-h", "127.0.0.1", "-p", str(self.port), "-k", str(self.folder)]
            with (self.folder / "server.log").open("wb") as log:
                self.server = subprocess.Popen(
                    [binaries / "postgres", "-D", data, *places, *options],
                    stdout=log,
                    stderr=log,
                    cwd=self.folder,
                    start_new_session=True,  # Ctrl-C reaches pytest alone, which then stops the server
                    **self.identity(),
                )
            self.wait_until_ready(binaries)
            address = ["-h", "127.0.0.1", "-p", str(self.port), "-U", "rumbo"]
            self.run([binaries / "createdb", *address, "rumbo"])
        except BaseException:
            self.stop()
            raise

    def stop(self) -> None:
        if self.server and self.server.poll() is None:
            self.server.send_signal(signal.SIGINT)  # PostgreSQL's fast shutdown
            try:
                self.server.wait(STOP_SECONDS)
            except subprocess.TimeoutExpired:
                self.server.send_signal(signal.SIGQUIT)
                self.server.wait(STOP_SECONDS)
        shutil.rmtree(self.folder, ignore_errors=True)

    def run(self, command: list[object]) -> None:
        done = subprocess.run(
            [str(part) for part in command],
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            cwd=self.folder,
            check=False,
            **self.identity(),
        )
        if done.returncode:
            raise ClusterUnavailable(f"{command[0]}: {done.stdout.decode(errors='replace').strip()}")

    def wait_until_ready(self, binaries: Path) -> None:
        deadline = time.monotonic() + START_SECONDS
        ready = [binaries / "pg_isready", "-q", "-h", "127.0.0.1", "-p", str(self.port), "-U", "rumbo"]
        while subprocess.run(ready, check=False).returncode:
            ended = self.server is None or self.server.poll() is not None
            if ended or time.monotonic() > deadline:
                log = (self.folder / "server.log").read_text(errors="replace")
                raise ClusterUnavailable(f"PostgreSQL did not start:\n{log}")
            time.sleep(0.05)

    def identity(self) -> dict[str, object]:
        """PostgreSQL refuses to run as root: a child of ours then becomes somebody else."""
        if not self.owner:
            return {}
        return {"user": self.owner.pw_uid, "group": self.owner.pw_gid, "extra_groups": []}


def find_binaries() -> Path:
    """The folder of initdb: Debian's newest version, else the one that a program on the PATH points to."""
    versions = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    on_path = shutil.which("initdb")
    found = versions[-1] if versions else Path(on_path).resolve() if on_path else None
    if found is None:
        raise ClusterUnavailable("no PostgreSQL on this machine (Debian: apt-get install postgresql)")
    return found.parent


def unprivileged_user() -> pwd.struct_passwd | None:
    """Whom the server runs as when we are root; None when we are not."""
    if os.geteuid() != 0:
        return None
    names = {entry.pw_name: entry for entry in pwd.getpwall()}
    return names.get("postgres") or names["nobody"]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
