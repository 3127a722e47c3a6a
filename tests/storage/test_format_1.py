"""Files of format 1: refused by `open`, and read by `import` with nothing lost."""

from __future__ import annotations

import random
import shutil
import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

import partnership as ps
from partnership.__main__ import main
from partnership.errors import Damaged, DifferentPartnership, NotARecord, PartnershipError, StorageError
from partnership.events import MeetingHeld
from partnership.storage.format_1 import is_format_1, read_format_1

HEAD = "asean-russia\n10\n7e1832c952afa7d70fd71dd74f7fc51d6ec06912e9e00f7c052137d2c0692a13\n"
"""The head of the record in the file, as the version that wrote the file printed it."""
VNA = ps.Source("VNA", published="2020-06-18")


@pytest.fixture
def old(tmp_path):
    """Return a copy of the file: shared sources, a speaker, remarks, amendments, an unknown event."""
    return shutil.copy(Path(__file__).with_name("format_1.db"), tmp_path / "old.db")


def test_it_is_opened(old):
    """It is refused with what to do, and not changed."""
    before = old.read_bytes()
    with pytest.raises(StorageError, match=r"has format 1, .* `partnership import NEW.db .*old.db`"):
        ps.open(old)
    assert old.read_bytes() == before


def test_it_is_imported_into_a_new_record(old, tmp_path, capsys):
    """Every entry keeps its bytes, position, time and recorder, so the head is the same."""
    new = str(tmp_path / "new.db")
    assert main(["import", new, str(old)]) == 0
    assert "Added 10 entries" in capsys.readouterr().out
    name, stored = read_format_1(str(old))
    with ps.open(new) as record:
        assert str(record.tree_head()) == HEAD
        assert record.verify(ps.TreeHead.parse(HEAD)).is_sound
        assert [(entry.body, entry.recorded_at, entry.by) for entry in record.entries()] == [
            (entry.body, entry.recorded_at, entry.by) for entry in stored
        ]
        assert record.partnership == name == "asean-russia"
        assert record.meetings["special-fmm-2020"].place == "by video"
        assert record.meetings["arf-2020"].body == "series:arf"
        assert record.private_count() == 1
        assert record.entries()[1].speaker == "Сергей Лавров"
        assert {finding.slug for finding in record.findings()} >= {"unread-event"}


def test_it_is_imported_into_a_record_with_entries(old, tmp_path):
    """The result is the union, recorded now; importing it once more adds nothing."""
    with ps.open(tmp_path / "new.db", clock=lambda: datetime(2030, 1, 1, tzinfo=UTC), by="new desk") as record:
        record.add(MeetingHeld("other", on="2021"), source=VNA)
        for _ in range(2):
            assert ps.read(old, into=record) is record
            assert len(record.entries()) == 11
        assert {entry.by for entry in record.entries()} == {"new desk"}
        assert {entry.body for entry in record.entries()} > {entry.body for entry in read_format_1(str(old))[1]}
        assert record.verify().is_sound


def test_an_import_is_interrupted(old, tmp_path, monkeypatch):
    """The next one continues it."""
    record = ps.open(tmp_path / "new.db")
    append = record._store.append

    def interrupted(entries, **how):
        if record._store.head() == 4:
            raise KeyboardInterrupt
        return append(entries, **how)

    monkeypatch.setattr(record._store, "append", interrupted)
    with pytest.raises(KeyboardInterrupt):
        ps.read(old, into=record)
    monkeypatch.undo()
    assert ps.read(old, into=record).tree_head().root == HEAD.split()[2]
    record.close()


def test_it_is_read_together_with_a_file_of_lines(old, tmp_path):
    """The entries of both are added, and a file of another partnership is refused."""
    with ps.open(":memory:") as record:
        record.add(MeetingHeld("other", on="2021"), source=VNA)
        ps.write(record, tmp_path / "lines.jsonl")
        ps.write(record, tmp_path / "china.jsonl", partnership="asean-china")
    assert len(ps.read(old, tmp_path / "lines.jsonl").entries()) == 11
    with pytest.raises(DifferentPartnership):
        ps.read(old, tmp_path / "china.jsonl")


def test_a_record_of_this_format_is_imported(tmp_path):
    """It is refused as before: it can be exported."""
    ps.open(tmp_path / "new.db").close()
    assert not is_format_1(str(tmp_path / "new.db"))
    with pytest.raises(NotARecord, match="is a record's own file"):
        ps.read(tmp_path / "new.db")


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE entries SET tail = CAST(replace(tail, '2020', '2021') AS BLOB) WHERE position = 2",
        "UPDATE entries SET by = 'another' WHERE position = 2",
        "UPDATE entries SET recorded_at = recorded_at + 1 WHERE position = 2",
        "UPDATE entries SET by = CAST(x'ff' AS TEXT) WHERE position = 2",
        "UPDATE entries SET source = 9 WHERE position = 3",
        "UPDATE entries SET head = x'00' WHERE position = 3",
        "DELETE FROM entries WHERE position = 10",
        "DELETE FROM entries WHERE position = 4",
        "DELETE FROM log",
        "UPDATE log SET partnership = 'asean-china'",
        "UPDATE log SET size = 9",
        "UPDATE log SET seal = x'00'",
        "UPDATE log SET frontier = x'00'",
    ],
)
def test_something_was_changed(old, statement):
    """Nothing is imported."""
    with closing(sqlite3.connect(old, isolation_level=None)) as connection:
        for trigger in ("entries_stay", "entries_stay_as_written"):
            connection.execute(f"DROP TRIGGER {trigger}")
        connection.execute(statement)
    with pytest.raises(Damaged, match="is not as it was written: restore a copy"):
        ps.read(old)


def test_a_bit_is_flipped(old):
    """What is read is what was written, or nothing; no foreign error is raised."""
    content, sound = old.read_bytes(), read_format_1(str(old))
    chance = random.Random(1)
    for bit in chance.sample(range(len(content) * 8), 500):
        changed = bytearray(content)
        changed[bit // 8] ^= 1 << bit % 8
        old.write_bytes(changed)
        try:
            assert not is_format_1(str(old)) or read_format_1(str(old)) == sound, f"bit {bit}"
        except PartnershipError:
            continue
