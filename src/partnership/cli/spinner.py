"""What is told while a long read, import or fold is under way: on a terminal, after a second, on standard error."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event, Thread

from partnership.render.chart_text import visible

__all__ = ["waiting"]

_PATIENCE = 1.0
"""Seconds after which a reader wonders; Source: ``libraries.md`` 5, long work."""


@contextmanager
def waiting(what: str) -> Iterator[None]:
    """Tell what is being done, and for how long, if it takes longer than a second; then wipe that away.

    Args:
        what: is being done, in a few words.
    """
    if not sys.stderr.isatty():
        yield
        return
    over = Event()
    teller = Thread(target=_tell, args=(visible(what), over), daemon=True)
    teller.start()
    try:
        yield
    finally:
        over.set()
        teller.join()


def _tell(what: str, over: Event) -> None:
    if over.wait(_PATIENCE):
        return
    try:
        from rich.console import Console  # noqa: PLC0415  optional, and nothing that is over sooner needs it
        from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn  # noqa: PLC0415
    except ImportError:
        _tell_plainly(what, over)
        return
    told = TextColumn("{task.description}", markup=False)
    with Progress(SpinnerColumn(), told, TimeElapsedColumn(), console=Console(stderr=True), transient=True) as progress:
        progress.add_task(what, total=None)
        over.wait()


def _tell_plainly(what: str, over: Event) -> None:
    seconds, room = 1, shutil.get_terminal_size().columns - 1
    while True:
        line = f"{what} … {seconds} s"[-room:]  # one that is broken in two is not wiped away
        _write(f"\r{line}")
        if over.wait(1):
            break
        seconds += 1
    _write(f"\r{' ' * len(line)}\r")


def _write(text: str) -> None:
    sys.stderr.write(text)
    sys.stderr.flush()
