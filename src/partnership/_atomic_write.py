"""Open files for reading, and write or replace them as a whole or not at all."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from errno import EACCES, EDQUOT, EFBIG, EINVAL, ENOSPC, EPERM, EROFS
from pathlib import Path
from stat import S_IMODE
from typing import BinaryIO

from partnership.errors import NotARecord, PartnershipError, ReadOnly, StorageError, StorageFull
from partnership.values.text import require_regular_file

_TEMPORARY_PREFIX = ".partnership-"
"""The names of temporary folders beside the files that are written begin with this."""
_JOURNALS = ("-journal", "-wal", "-shm")
"""What SQLite adds to the name of a file for those that it writes beside it."""


@contextmanager
def open_to_read(place: str) -> Iterator[BinaryIO]:
    """Open a file for reading; refuse pipes and devices, which may block or never end.

    Raises:
        StorageError: it cannot be read.
    """
    try:
        require_regular_file(place, Path(place).stat().st_mode)
        with Path(place).open("rb") as file:
            yield file
    except PartnershipError:
        raise
    except (OSError, ValueError) as error:  # ValueError: the name contains a NUL or is not valid Unicode
        raise StorageError(place, f"cannot be read: {getattr(error, 'strerror', None) or error}") from error


def replace_file(place: str, content: bytes, *beginnings: bytes) -> None:
    """Write the content of a file, as `replacing` does.

    Args:
        place: the file.
        content: the new content.
        *beginnings: a file that is there already must begin with one of these, or be empty.
    """
    with replacing(place, *beginnings) as temporary, temporary.open("xb") as file:
        file.write(content)


@contextmanager
def replacing(place: str, *beginnings: bytes) -> Iterator[Path]:
    """Yield the path of a temporary file beside a file, which the block writes; rename it once it is synced to disk.

    A process that is killed leaves its temporary folder, which the next call for the same file removes.

    Args:
        place: the file.
        *beginnings: a file that is there already must begin with one of these, or be empty; without any, no file may
            be there.

    Raises:
        NotARecord: a file of another kind is there; it is left as it is.
        ReadOnly, StorageFull, StorageError: the file cannot be written; what was there is left as it is.
    """
    from tempfile import TemporaryDirectory  # noqa: PLC0415  slow to import

    with _translated_errors(place):
        path = Path(place).resolve()
        mode = _mode(path, place, beginnings)
        _remove_abandoned(path)
        with TemporaryDirectory(dir=path.parent, prefix=_TEMPORARY_PREFIX) as folder, _locked(folder):
            temporary = Path(folder, path.name)
            yield temporary
            with temporary.open("rb+") as file:
                os.fsync(file.fileno())
            if mode is not None:
                temporary.chmod(mode)
            temporary.replace(path)
        _sync(path.parent, place)


@contextmanager
def _locked(folder: str | Path) -> Iterator[int | None]:
    """Lock a folder, and yield its file descriptor; None where another process holds the lock.

    The system releases the lock when the process ends, however it ends. Where folders cannot be locked, as on Windows,
    the result is None too, and no folder counts as abandoned.
    """
    with ExitStack() as stack:
        descriptor = None
        with suppress(ImportError, OSError):
            from fcntl import LOCK_EX, LOCK_NB, flock  # noqa: PLC0415  not on Windows

            opened = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
            stack.callback(os.close, opened)
            flock(opened, LOCK_EX | LOCK_NB)
            descriptor = opened
        yield descriptor


def _remove_abandoned(path: Path) -> None:
    """Remove the temporary folders of processes that were killed while they wrote the same file."""
    for folder in path.parent.glob(f"{_TEMPORARY_PREFIX}*"):
        with _locked(folder) as descriptor, suppress(OSError):
            if descriptor is not None:
                os.unlink(path.name, dir_fd=descriptor)
                for ending in _JOURNALS:
                    with suppress(OSError):
                        os.unlink(path.name + ending, dir_fd=descriptor)
                folder.rmdir()


def _sync(folder: Path, place: str) -> None:
    """Sync a folder, so that the new name of a file in it survives a crash of the machine."""
    try:
        descriptor = os.open(folder, os.O_RDONLY)
    except OSError:  # Windows does not open folders; elsewhere this one may be writable and not readable
        return
    try:
        os.fsync(descriptor)
    except OSError as error:
        if error.errno != EINVAL:  # some network file systems do not sync folders
            reason = f"is written, but the disk does not confirm that it will stay ({error.strerror}): check the disk"
            raise StorageError(place, reason) from error
    finally:
        os.close(descriptor)


def _mode(path: Path, place: str, beginnings: tuple[bytes, ...]) -> int | None:
    """Return the permissions of the file that is to be replaced; None where there is none."""
    if not path.parent.is_dir():
        raise StorageError(place, "its folder does not exist: create it first")
    if not path.exists():
        return None
    if not beginnings:
        raise StorageError(place, "is there already, and is not overwritten: give another name, or move it away")
    mode = path.stat().st_mode
    require_regular_file(place, mode)
    with path.open("rb") as file:
        beginning = file.read(max(map(len, beginnings)))
    if beginning and not beginning.startswith(beginnings):
        raise NotARecord(place, "is something else, and is not overwritten: give another name, or move it away")
    return S_IMODE(mode)


@contextmanager
def _translated_errors(place: str) -> Iterator[None]:
    """Raise errors of the operating system as errors of the library, which say what to do."""
    try:
        yield
    except PartnershipError:
        raise
    except (OSError, ValueError) as error:
        code = getattr(error, "errno", None)
        if code in (ENOSPC, EDQUOT, EFBIG):
            raise StorageFull(place, "no space is left: nothing was written; make space and write again") from error
        if code in (EACCES, EPERM, EROFS):
            raise ReadOnly(place, "may not be written: see who may write to its folder, or give another") from error
        raise StorageError(place, f"cannot be written: {getattr(error, 'strerror', None) or error}") from error
