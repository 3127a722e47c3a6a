"""Reads a file, and writes one whole or not at all, in the place of one that was there."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from errno import EACCES, EDQUOT, EFBIG, EINVAL, ENOSPC, EPERM, EROFS
from pathlib import Path
from stat import S_IMODE
from tempfile import TemporaryDirectory
from typing import BinaryIO

from partnership.errors import NotARecord, PartnershipError, ReadOnly, StorageError, StorageFull
from partnership.values.text import require_regular_file

__all__ = ["query", "replace"]

_BESIDE = ".partnership-"
"""How the folder is called in which a file is written before it is put in its place."""


@contextmanager
def query(place: str) -> Iterator[BinaryIO]:
    """Open a file to be read; a pipe or a device is refused, which may never end, or never begin.

    Raises:
        StorageError: it cannot be read.
    """
    try:
        require_regular_file(place, Path(place).stat().st_mode)
        with Path(place).open("rb") as file:
            yield file
    except PartnershipError:
        raise
    except (OSError, ValueError) as error:  # ValueError: a NUL in the name, or what is no UTF-8
        raise StorageError(place, f"cannot be read: {getattr(error, 'strerror', None) or error}") from error


def replace(place: str, content: bytes, *beginnings: bytes) -> None:
    """Write a file beside the one that is to be replaced, and put it in its place once it is safe on the disk.

    A writer that is killed leaves a folder ``.partnership-…`` beside the file: the next that writes it removes that.

    Args:
        place: the file.
        content: what it is to hold.
        *beginnings: with one of these begins what may be written over; an empty file may always be.

    Raises:
        NotARecord: another kind of file is there, which is not written over.
        ReadOnly, StorageFull, StorageError: it cannot be written; what was there is as it was.
    """
    with _in_words(place):
        path = Path(place).resolve()
        mode = _mode(path, place, beginnings)
        _clear(path)
        with TemporaryDirectory(dir=path.parent, prefix=_BESIDE) as beside, _holding(beside):
            part = Path(beside, path.name)
            with part.open("xb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            if mode is not None:
                part.chmod(mode)
            part.replace(path)
        _sync(path.parent, place)


@contextmanager
def _holding(folder: str | Path) -> Iterator[int | None]:
    """Hold a folder until the process ends, however that is; lend its number, None where another holds it.

    None too where folders cannot be held, as on Windows: nothing is taken for left there.
    """
    with ExitStack() as held:
        number = None
        with suppress(ImportError, OSError):
            from fcntl import LOCK_EX, LOCK_NB, flock  # noqa: PLC0415  not on Windows

            opened = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
            held.callback(os.close, opened)
            flock(opened, LOCK_EX | LOCK_NB)
            number = opened
        yield number


def _clear(path: Path) -> None:
    """Remove what writers of the same file that were killed left beside it."""
    for left in path.parent.glob(f"{_BESIDE}*"):
        with _holding(left) as number, suppress(OSError):
            if number is not None:  # nobody writes in it
                os.unlink(path.name, dir_fd=number)
                left.rmdir()


def _sync(folder: Path, place: str) -> None:
    """Have the name of a file safe on the disk too."""
    try:
        number = os.open(folder, os.O_RDONLY)
    except OSError:  # Windows opens no folder, nor is one opened that may be written and not read
        return
    try:
        os.fsync(number)
    except OSError as error:
        if error.errno != EINVAL:  # some network file systems sync no folders
            reason = f"is written, and the disk does not say that it will stay ({error.strerror}): look at the disk"
            raise StorageError(place, reason) from error
    finally:
        os.close(number)


def _mode(path: Path, place: str, beginnings: tuple[bytes, ...]) -> int | None:
    """Return who may read the file that is there; None where there is none."""
    if not path.parent.is_dir():
        raise StorageError(place, "its folder does not exist: create it first")
    if not path.exists():
        return None
    mode = path.stat().st_mode
    require_regular_file(place, mode)
    with path.open("rb") as file:
        beginning = file.read(max(map(len, beginnings)))
    if beginning and not beginning.startswith(beginnings):
        raise NotARecord(place, "is something else, and is not written over: give another name, or move it away")
    return S_IMODE(mode)


@contextmanager
def _in_words(place: str) -> Iterator[None]:
    """Raise the system's errors as ours, which say what to do."""
    try:
        yield
    except StorageError:
        raise
    except (OSError, ValueError) as error:
        code = getattr(error, "errno", None)
        if code in (ENOSPC, EDQUOT, EFBIG):
            raise StorageFull(place, "no space is left: nothing was written; make space and write again") from error
        if code in (EACCES, EPERM, EROFS):
            raise ReadOnly(place, "may not be written: see who may write to its folder, or give another") from error
        raise StorageError(place, f"cannot be written: {getattr(error, 'strerror', None) or error}") from error
