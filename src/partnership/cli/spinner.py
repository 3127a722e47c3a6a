"""Show on standard error that a long operation is under way: only on a terminal, and only after a second."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event, Thread

from partnership.errors import visible

_DELAY = 1.0
"""Seconds before the spinner appears: users notice a wait that is longer (Nielsen, Usability Engineering, 1993)."""


@contextmanager
def show_spinner(activity: str) -> Iterator[None]:
    """Show an activity and its duration while the block runs for more than a second, and erase them at its end.

    Args:
        activity: in a few words, such as "reading record.db"; empty to show nothing.
    """
    if not activity or not sys.stderr.isatty():
        yield
        return
    is_over = Event()
    thread = Thread(target=_spin, args=(visible(activity), is_over), daemon=True)
    thread.start()
    try:
        yield
    finally:
        is_over.set()
        thread.join()


def _spin(activity: str, is_over: Event) -> None:
    if is_over.wait(_DELAY):
        return
    try:
        from rich.console import Console  # noqa: PLC0415  optional, and not loaded for a short operation
        from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn  # noqa: PLC0415
    except ImportError:
        _spin_without_rich(activity, is_over)
        return
    text = TextColumn("{task.description}", markup=False)
    with Progress(SpinnerColumn(), text, TimeElapsedColumn(), console=Console(stderr=True), transient=True) as progress:
        progress.add_task(activity, total=None)
        is_over.wait()


def _spin_without_rich(activity: str, is_over: Event) -> None:
    seconds, width = 1, shutil.get_terminal_size().columns - 1
    while True:
        line = f"{activity} … {seconds} s"[-width:]  # a line that wraps could not be erased
        _write(f"\r{line}")
        if is_over.wait(1):
            break
        seconds += 1
    _write(f"\r{' ' * len(line)}\r")


def _write(text: str) -> None:
    sys.stderr.write(text)
    sys.stderr.flush()
