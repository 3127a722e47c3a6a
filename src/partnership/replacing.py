"""Writes a file whole or not at all, in the place of one that was there."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from errno import EACCES, EDQUOT, ENOSPC, EPERM, EROFS
from pathlib import Path
from stat import S_IMODE, S_ISDIR, S_ISREG
from tempfile import TemporaryDirectory

from partnership.errors import NotARecord, ReadOnly, StorageError, StorageFull

__all__ = ["replace"]


def replace(place: str, content: bytes, *beginnings: bytes) -> None:
    """Write a file beside the one that is to be replaced, and put it in its place once it is safe on the disk.

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
        with TemporaryDirectory(dir=path.parent, prefix=".partnership-") as beside:
            part = Path(beside, path.name)
            with part.open("xb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            if mode is not None:
                part.chmod(mode)
            part.replace(path)


def _mode(path: Path, place: str, beginnings: tuple[bytes, ...]) -> int | None:
    """Return who may read the file that is there; None where there is none."""
    if not path.parent.is_dir():
        raise StorageError(place, "its folder does not exist: create it first")
    if not path.exists():
        return None
    mode = path.stat().st_mode
    if not S_ISREG(mode):
        raise StorageError(place, f"is a {'folder' if S_ISDIR(mode) else 'device'}: give the name of a file")
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
        if code in (ENOSPC, EDQUOT):
            raise StorageFull(place, "no space is left: nothing was written; make space and write again") from error
        if code in (EACCES, EPERM, EROFS):
            raise ReadOnly(place, "may not be written: see who may write to its folder, or give another") from error
        raise StorageError(place, f"cannot be written: {getattr(error, 'strerror', None) or error}") from error
