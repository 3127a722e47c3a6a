"""Back up a log into an SQLite file: the same entries at the same positions, with their times, recorders and proof."""

from __future__ import annotations

from collections.abc import Callable
from itertools import groupby
from pathlib import Path

from partnership._atomic_write import replacing
from partnership.errors import Damaged, InvalidEntry, StorageError, StorageFull
from partnership.serialization.columns import NewEntry
from partnership.storage.base import Row, Store
from partnership.storage.merkle import TreeHead, Verification, root_of
from partnership.storage.sqlite import SQLiteStore

_BEGINNING = b"SQLite format 3\0"
_JOURNALS = ("-journal", "-wal")
"""Endings of the files that SQLite keeps beside a database while it is open, or after a crash."""


def write_backup(
    store: Store,
    place: str,
    *,
    encode: Callable[[bytes, str], NewEntry],
    verify: Callable[[Store], Verification],
    replace: bool = False,
) -> TreeHead:
    """Write a log to an SQLite file, as a whole or not at all, and verify it before it takes its name.

    Args:
        store: the log.
        place: the file.
        encode: returns what a store writes of an entry, given its bytes and where they are.
        verify: checks the copy.
        replace: an earlier backup of the same log may be replaced.

    Returns:
        The proof of the log as it was backed up.
    """
    earlier = _head_of(place, store) if replace else None
    if journals := [f"{place}{ending}" for ending in _JOURNALS if Path(f"{place}{ending}").exists()]:
        reason = f"has {journals[0]} beside it, since it is open elsewhere or a writer was interrupted: close it there"
        raise StorageError(place, f"{reason}, or give another name")
    with replacing(place, *([_BEGINNING] if replace else [])) as temporary:
        try:
            if isinstance(store, SQLiteStore):
                store.copy_to(str(temporary))
            else:
                _write_rows(store, str(temporary), encode)
            copy = SQLiteStore(temporary)
            try:
                verification = verify(copy)
                if not verification.is_sound:
                    raise Damaged(store.place, "; ".join(verification.problems))
                _require_beginning(copy, earlier, place)
            finally:
                copy.close()
        except Damaged as error:
            raise Damaged(store.place, f"{error.reason}; nothing was backed up") from error
        except StorageFull as error:  # of the new file, whatever it says: the record is only read
            raise StorageFull(place, "no space is left: nothing was backed up; make space and try again") from error
    return verification.head


def _head_of(place: str, store: Store) -> TreeHead | None:
    """Return the head of the record that is to be replaced, None where there is none."""
    path = Path(place)
    if not path.exists() or not path.stat().st_size:
        return None
    if Path(store.place).exists() and path.samefile(store.place):
        raise StorageError(place, "is the record itself: give its backup another name")
    there = SQLiteStore(place)
    try:
        size, root = there.sealed()
        return TreeHead(there.partnership or "unnamed", size, root.hex())
    finally:
        there.close()


def _require_beginning(copy: Store, earlier: TreeHead | None, place: str) -> None:
    """Raise unless a log begins with the entries of the one that it is to replace."""
    if earlier is not None:
        rows = copy.read(0, earlier.size)
        if (len(rows), root_of(row.leaf for row in rows).hex()) != (earlier.size, earlier.root):
            reason = "has entries that this record does not have: it is no earlier backup of it, and is not overwritten"
            raise StorageError(place, f"{reason}; give another name, or move it away")


def _write_rows(store: Store, path: str, encode: Callable[[bytes, str], NewEntry]) -> None:
    """Write the entries of a log to a new file as the log recorded them.

    Raises:
        Damaged: an entry is not as it was written.
    """
    size, root = store.sealed()
    copy = SQLiteStore(path, partnership=store.partnership)
    try:
        copy.sync_nothing()
        for (recorded_at, by), group in groupby(store.read(0, size), lambda row: (row.recorded_at, row.by)):
            rows = [*group]
            entries = [_new_entry(row, store.place, encode) for row in rows]
            for row, copied in zip(rows, copy.append(entries, now=recorded_at, by=by), strict=True):
                if row != copied:
                    raise Damaged(store.place, f"entry {row.position} is not as it was written")
        if copy.sealed() != (size, root):
            raise Damaged(store.place, f"{size} entries were written, and others or another number are there")
    finally:
        copy.close()


def _new_entry(row: Row, place: str, encode: Callable[[bytes, str], NewEntry]) -> NewEntry:
    try:
        return encode(row.body, f"entry {row.position}")
    except InvalidEntry as error:
        raise Damaged(place, str(error)) from error
