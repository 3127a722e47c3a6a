"""Files of lines: what travels, what stays, and what an officer reads where a file is not as it should be."""

from __future__ import annotations

import errno
import hashlib
import itertools
import json
import os
import re
import stat
import subprocess
import sys
import tracemalloc
from datetime import UTC, datetime
from pathlib import Path
from random import Random

import pytest
from attrs import evolve, frozen
from hypothesis import given

import partnership as ps
from partnership.errors import (
    DifferentPartnership,
    InvalidEntry,
    InvalidLines,
    InvalidValue,
    NewerFormat,
    NotARecord,
    ReadOnly,
    StorageError,
    StorageFull,
)
from partnership.events import MeetingHeld, MeetingScheduled
from partnership.testing import histories, ticking
from partnership.testing import write as act

NEWS = ps.Source("VNA", published="2020-11-16", kind="news")
MINISTRY = ps.Source("MFA of Russia", published="2020-11-20", kind="official-release")
HEADER = b'{"format":"partnership-lines","partnership":"asean-russia","version":1}'
NAMELESS = b'{"format":"partnership-lines","version":1}'
RULE = (
    'its first line must be a header, as {"format":"partnership-lines","partnership":"asean-russia","version":1}; '
    "give a file that partnership.write or `partnership export` wrote"
)


@pytest.fixture
def record():
    """Hold three claims, one of them corrected, and one that must not leave the desk."""
    with ps.open(":memory:", partnership="asean-russia", clock=ticking(), by="the desk") as told:
        first, _ = told.add(MeetingHeld("a", on="2020-06-17"), MeetingScheduled("b"), source=MINISTRY)
        told.add(MeetingHeld("a", title="Họp đặc biệt"), source=NEWS, note="a copy \u2028 of two lines")
        told.add(MeetingHeld("c"), source=NEWS, shared=False)
        told.correct(first, MeetingHeld("a", on="2020-06-18"))
        yield told


@pytest.fixture
def path(tmp_path):
    """Name a file that is not there yet."""
    return tmp_path / "asean-russia.jsonl"


def ids(entries):
    """Return what a record or a file holds, whatever the order."""
    return {one.id for one in (entries.entries() if isinstance(entries, ps.View) else entries)}


# ---- what is written ----


def test_a_file_as_it_lies(record, path):
    """The header, then the bytes of what may leave: by day and source, the desk's own mending at the end."""
    written = ps.write(record, path)

    header, *lines, rest = path.read_bytes().split(b"\n")
    assert header == HEADER
    assert lines == [one.body for one in written]
    assert rest == b""
    assert [one.source.publisher for one in written] == ["VNA", "MFA of Russia", "MFA of Russia", "the desk"]
    assert [hashlib.sha256(line).hexdigest() for line in lines] == [one.id for one in written]
    assert all(json.loads(line)["claim"] for line in lines)


def test_what_may_not_leave_the_desk(record, path):
    """It stays, unless the desk writes a copy for itself."""
    kept = next(one for one in record.entries() if one.event.subject == "c")

    assert ids(ps.write(record, path)) == ids(record) - {kept.id}
    assert b'"subject":"c"' not in path.read_bytes()
    assert ids(ps.write(record, path, shared_only=False)) == ids(record)
    assert ids(ps.read(path)) == ids(record)


def test_the_same_entries_in_another_order(record, tmp_path):
    """They give the same bytes, given twice as well."""
    entries = [*record.entries(), *record.entries()]
    ps.write(record, tmp_path / "one.jsonl")
    Random(0).shuffle(entries)
    ps.write(entries, tmp_path / "other.jsonl", partnership="asean-russia")

    assert (tmp_path / "one.jsonl").read_bytes() == (tmp_path / "other.jsonl").read_bytes()


def test_a_view(record, path):
    """What it knows of is written; it has no name of its own."""
    written = ps.write(record.as_of(known="2020-11-16"), path)

    assert [one.source for one in written] == [NEWS]
    assert path.read_bytes().startswith(NAMELESS + b"\n")


def test_no_entry(path):
    """The file has the header alone, and reads as an empty record."""
    assert ps.write([], path) == ()
    assert path.read_bytes() == NAMELESS + b"\n"
    assert ps.read(path).entries() == ()


# ---- what is read ----


def test_a_file_that_comes_back(record, path):
    """Name, entries and answers are the same; the log's own times and recorder are new."""
    ps.write(record, path, shared_only=False)

    with ps.read(path, clock=ticking(datetime(2026, 11, 23, tzinfo=UTC)), by="another desk") as back:
        assert back.partnership == "asean-russia"
        assert ids(back) == ids(record)
        assert back.meetings["a"] == record.meetings["a"]
        assert {one.by for one in back.entries()} == {"another desk"}
        assert back.verify().is_sound


def test_corrections_in_another_file(record, tmp_path):
    """The files come in any order."""
    parts = [tmp_path / "claims.jsonl", tmp_path / "mending.jsonl"]
    entries = record.entries()
    ps.write(entries[:3], parts[0])
    ps.write(entries[3:], parts[1], shared_only=False)

    for paths in itertools.permutations(parts):
        with ps.read(*paths) as back:
            assert back.meetings["a"] == record.meetings["a"]
            assert back.partnership is None


def test_into_a_file_and_into_a_record_that_is_open(record, path, tmp_path):
    """What is there already is not added again; the record that was given comes back."""
    ps.write(record, path, shared_only=False)

    with ps.read(path, into=tmp_path / "record.db") as kept:
        assert len(kept.entries()) == 5
        assert ps.read(path, path, into=kept, partnership="asean-russia") is kept
        assert len(kept.entries()) == 5
    with ps.read(path, into=str(tmp_path / "record.db"), partnership="asean-russia") as kept:
        assert len(kept.entries()) == 5


@frozen(kw_only=True)
class ForumOpened(ps.Event):
    """A desk's own event."""

    name = "forum-opened"
    kind = "forum"


def test_an_event_that_the_table_does_not_have(path):
    """It is kept as it lies and told of; where its class is given, it is read."""
    with ps.open(":memory:", kinds=[ps.Kind(ForumOpened.kind, [ForumOpened])]) as record:
        record.add(ForumOpened("cities"), source=NEWS)
        ps.write(record, path)

    with ps.read(path) as back:
        assert [one.slug for one in back.findings()] == ["unread-event"]
        assert [one.event.name for one in back.entries()] == ["unread"]
        ps.write(back, path)
    with ps.read(path, kinds=[ps.Kind(ForumOpened.kind, [ForumOpened])]) as back:
        assert back.entries("forum:cities")


@pytest.mark.parametrize(
    "edited",
    [
        lambda content: b"\xef\xbb\xbf" + content,
        lambda content: content.replace(b"\n", b"\r\n"),
        lambda content: content.replace(b"\n", b"\n\n"),
        lambda content: content.rstrip(b"\n"),
    ],
    ids=["byte order mark", "CRLF", "empty lines", "no line feed at the end"],
)
def test_what_an_editor_does_to_ends_of_lines(record, path, edited):
    """It touches no entry; and such a file may be written over."""
    ps.write(record, path)
    clean = path.read_bytes()
    path.write_bytes(edited(clean))

    with ps.read(path) as back:
        assert len(back.entries()) == 4
        ps.write(back, path)
    assert path.read_bytes() == clean


@given(history=histories())
def test_any_record(tmp_path_factory, history):
    """Written and read it is the same, and written again it is the same bytes."""
    first, second = (tmp_path_factory.mktemp("lines") / name for name in ("first", "second"))
    with ps.open(":memory:", clock=ticking()) as record:
        act(record, history)
        ps.write(record, first, shared_only=False)
        with ps.read(first) as back:
            assert ids(back) == ids(record)
            assert back.findings() == record.findings()
            ps.write(back, second, shared_only=False)
    assert first.read_bytes() == second.read_bytes()


# ---- what is refused on reading ----


def refused(kind, *paths, **more):
    """Return what reading raises."""
    with pytest.raises(kind) as told:
        ps.read(*paths, **more)
    return told.value


def test_lines_that_are_wrong(record, path, tmp_path):
    """All are told of at once, with file and number, and nothing is added anywhere."""
    tongue = "claim.source.language: 'x' is not a language; write its BCP 47 code: 'en', 'fr', 'zh-Hant'"
    ps.write(record, path)
    header, good, other, *_ = path.read_bytes().split(b"\n")
    lines = [
        header,
        good,
        b"<<<<<<< ours",
        b"\xff",
        good.replace(b'":', b'": '),
        good.replace(b'"note"', b'"not"').replace(b'"news"', b'"news","language":"x"'),
        header,
        other,
    ]
    path.write_bytes(b"\n".join(lines))

    with ps.open(tmp_path / "record.db") as there:
        error = refused(InvalidLines, path, into=there)
        assert there.entries() == ()
    assert [(place, number) for place, number, _ in error.lines] == [(str(path), each) for each in range(3, 8)]
    assert str(error).splitlines() == [
        "nothing was added, for 5 lines cannot be read:",
        f"  {path}, line 3: is not JSON from character 1 on",
        f"  {path}, line 4: is not UTF-8: invalid start byte",
        f"  {path}, line 5: is not in canonical form: keys, lists and amounts in order",
        f"  {path}, line 6: {tongue}; remarks: 'not' is not a field here",
        f"  {path}, line 7: is the header of another file; read them one by one, read('a.jsonl', 'b.jsonl')",
        "Lines are read as they were written: ask for the file again, or leave such lines out",
    ]
    refused(InvalidLines, path, into=tmp_path / "new.db")
    assert not (tmp_path / "new.db").exists()


ON = {"certainty": "confirmed", "inferred": ["on"]}


@pytest.mark.parametrize(
    "told",
    [
        ({"inferred": ["day"]}, "inferred: 'day' is not a field of meeting-held; it has on, "),
        ({"inferred": ["place"]}, "inferred: this meeting-held has no value for 'place'; give one"),
        ({"inferred": ["subject"]}, "inferred: 'subject' is not a field of meeting-held"),
        ({"inferred": ["on", "on"]}, "is not in canonical form"),
        ({"inferred": ["title", "on"]}, "is not in canonical form"),
        ({"inferred": []}, "is not in canonical form"),
        ({"inferred": "on"}, "remarks.inferred: 'on' is not a list"),
        ({"certainty": "sure"}, "remarks.certainty: 'sure' is not known here"),
        ({"note": " "}, "remarks.note: ' ' is empty"),
        ({"note": "\u202e"}, "contains a forbidden character (U+202E at 0)"),
        ({"note": "e\u0301"}, "is not in canonical form"),
        ({"note": "x" * 65_537}, "is too long: 65537 characters of 65536"),
        ({"note": None}, "is not in canonical form"),
        ({"shared": "no"}, "remarks.shared: 'no' is neither true nor false"),
        ({"shared": 0}, "remarks.shared: 0 is neither true nor false"),
        ({"retrieved": "2020-11"}, "remarks.retrieved: '2020-11' is not a day"),
        ({"retrieved": "20201116"}, "remarks.retrieved: '20201116' is not a day"),
        ({"retrieved": "2020-11-16T00:00:00Z"}, "remarks.retrieved: '2020-11-16T00:00:00Z' is not a day"),
        ({}, "is not in canonical form"),
        (ON, None),
    ],
)
@pytest.mark.parametrize("is_corrected", [False, True])
def test_remarks(path, is_corrected, told):
    """They are refused as `add` and `correct` refuse them, with the number of the line; by a merge as well."""
    remarks, reason = told
    said = {"event": "meeting-held", "fields": {"on": "2020-06-17", "title": "t"}, "subject": "a", "v": 1}
    claim = said
    if is_corrected:
        claim = {"event": "claim-corrected", "fields": {"event": said}, "subject": "0" * 64, "v": 1}
    source = {"published": "2020-11-16", "publisher": "VNA"}
    body = json.dumps(
        {"claim": claim | {"source": source}, "remarks": remarks},
        ensure_ascii=False, separators=(",", ":"), sort_keys=True,
    ).encode()  # fmt: skip
    path.write_bytes(NAMELESS + b"\n" + body)
    with ps.open(":memory:", partnership="p", clock=ticking()) as record:
        if reason is None:
            assert len(ps.read(path, into=record).entries()) == 1
            return
        ((_, number, reasons),) = refused(InvalidLines, path, into=record).lines
        assert number == 2
        assert reason in "; ".join(reasons)
        (entry,) = record.add(MeetingHeld("b"), source=NEWS)
        with pytest.raises(InvalidEntry, match=re.escape(reason)):
            record.merge([evolve(entry, id=hashlib.sha256(body).hexdigest(), body=body)])
        assert record.entries() == (entry,)


def test_the_reasons_of_remarks():
    """They are word for word those of `add`."""
    with ps.open(":memory:") as record:
        (entry,) = record.add(MeetingHeld("a", on="2020-06-17"), source=NEWS, inferred=["on"])
        body = entry.body.replace(b'["on"]', b'["day","place"]')
        with pytest.raises(InvalidEntry) as added:
            record.add(entry.event, source=NEWS, inferred=["place", "day"])
        with pytest.raises(InvalidEntry) as merged:
            record.merge([evolve(entry, id=hashlib.sha256(body).hexdigest(), body=body)])

    assert merged.value.reasons == added.value.reasons
    assert len(added.value.reasons) == 2


def test_one_wrong_line_and_very_many(path):
    """One is told in the singular; of many the first ten are shown, and all are in the error."""
    path.write_bytes(HEADER + b"\n{}")
    assert str(refused(InvalidLines, path)).startswith("nothing was added:\n")

    path.write_bytes(HEADER + b"\n{}" * 25)
    error = refused(InvalidLines, path)
    assert len(error.lines) == 25
    assert "and 15 more" in str(error)
    assert "line 11:" in str(error)
    assert "line 12:" not in str(error)


def test_an_event_of_a_later_version_in_another_form(path):
    """It is refused as well: what cannot be read must at least be in the form in which all bytes are kept."""
    body = b'{"claim":{"event":"forum-opened","source":{"published":"2020","publisher":"VNA"},"subject":"a","v":1}}'
    path.write_bytes(b"\n".join([NAMELESS, body, body.replace(b'"v":1', b'"v": 1')]))

    assert [number for _, number, _ in refused(InvalidLines, path).lines] == [3]


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", f"is no file of lines (its first line is empty): {RULE}"),
        (
            b"kind,on\nmeeting,2020",
            f"is no file of lines (is not JSON from character 1 on): {RULE}",
        ),
        (NAMELESS.decode().encode("utf-16"), f"is no file of lines (is not UTF-8: invalid start byte): {RULE}"),
        (b'{"claim":{}}', f"is no file of lines: {RULE}"),
        (b"[]", f"is no file of lines: {RULE}"),
        (NAMELESS.replace(b"1", b"true"), f"has a header that no version of the library wrote: {RULE}"),
        (NAMELESS.replace(b"1", b"0"), f"has a header that no version of the library wrote: {RULE}"),
        (NAMELESS.replace(b"1", b'1,"by":"me"'), f"has a header that no version of the library wrote: {RULE}"),
        (b"SQLite format 3\0", "is a record's own file, or another's of SQLite: open it with partnership.open"),
    ],
    ids=["empty", "a sheet", "UTF-16", "an entry", "a list", "no version", "version 0", "more in it", "SQLite"],
)
def test_a_file_without_the_header(path, content, reason):
    """It is something else, and the error says what a first line is."""
    path.write_bytes(content)

    error = refused(NotARecord, path)

    assert str(error) == f"{path}: {reason}"


def test_a_header_with_a_wrong_name(path):
    """It is refused with what a name is."""
    path.write_bytes(HEADER.replace(b"asean-russia", b"ASEAN and Russia"))

    assert str(refused(NotARecord, path)).endswith("; write 'asean-and-russia'")


def test_a_file_of_a_later_version(path):
    """The error says to install that version, whatever else is in the file."""
    path.write_bytes(b'{"version":2,"format":"partnership-lines","more":[]}\n?')

    assert str(refused(NewerFormat, path)) == (
        f"{path}: has version 2 of the format, and this version of the library knows 1: install a later version"
    )


def test_files_of_two_partnerships(path, tmp_path):
    """They are not mixed: neither with each other, nor with the record, nor with the name that was given."""
    other = tmp_path / "of-china.jsonl"
    ps.write([], path, partnership="asean-russia")
    ps.write([], other, partnership="asean-china")
    sentence = "this is the record of 'asean-russia', not of 'asean-china': a record holds one partnership"

    assert str(refused(DifferentPartnership, path, other)) == f"{other}: {sentence}"
    assert str(refused(DifferentPartnership, other, partnership="asean-russia")) == f"{other}: {sentence}"
    with ps.read(path, into=tmp_path / "record.db") as record:
        assert str(refused(DifferentPartnership, other, into=record)) == f"{other}: {sentence}"
        assert str(refused(DifferentPartnership, path, into=record, partnership="asean-china")) == sentence
        assert refused(InvalidValue, path, into=record, by="me").instead.startswith("give clock=, kinds= and by=")
    assert str(refused(DifferentPartnership, other, into=tmp_path / "record.db")) == sentence


def test_what_is_no_path():
    """The error says what to write."""
    assert str(refused(InvalidValue)) == "() names no file; write read('asean-russia.jsonl')"
    assert refused(InvalidValue, ["a", "b"]).instead == "write read('one.jsonl', 'another.jsonl'), or read(*paths)"
    assert refused(InvalidValue, 5).instead == "give the name of a file, 'asean-russia.jsonl'"
    assert refused(InvalidValue, "").reason == refused(InvalidValue, b"a").reason == "is not a path"


def test_a_file_that_cannot_be_read(tmp_path):
    """A folder, a file that is not there, a name that cannot be."""
    for path in (tmp_path, tmp_path / "absent.jsonl", "a\0b"):
        assert re.search("is a folder: give|cannot be read: (No such|embedded null)", str(refused(StorageError, path)))


def test_a_record_that_cannot_be_written_when_the_lines_are_read(record, path, tmp_path, monkeypatch):
    """It is closed again, and the error is that of the store."""
    ps.write(record, path)
    closed = []
    monkeypatch.setattr(ps.Record, "close", lambda self: closed.append(self.partnership))

    assert str(refused(InvalidValue, path, into=tmp_path / "record.db", clock=lambda: None)).startswith("None is the")
    assert closed == ["asean-russia"]


# ---- what is refused on writing ----


def test_what_is_no_entry(record, path):
    """The error says what to give, and nothing is written."""
    for wrong in ([record], None, "a text"):
        with pytest.raises(InvalidEntry, match="is not an entry; give a record, a view, or entries"):
            ps.write(wrong, path)
    with pytest.raises(InvalidValue, match="is not a path"):
        ps.write(path, record)
    with pytest.raises(DifferentPartnership):
        ps.write(record, path, partnership="asean-china")
    with pytest.raises(InvalidValue, match="is not a slug"):
        ps.write([], path, partnership="ASEAN")
    assert list(path.parent.iterdir()) == []


def test_a_file_of_something_else(record, tmp_path):
    """It is not written over, least of all a record; an empty one is."""
    kept = tmp_path / "record.db"
    ps.open(kept).close()
    before = kept.read_bytes()

    with pytest.raises(NotARecord, match="is something else, and is not overwritten"):
        ps.write(record, kept)
    assert kept.read_bytes() == before
    (tmp_path / "empty").touch()
    assert ps.write(record, tmp_path / "empty")


def test_a_file_that_only_some_may_read(record, path):
    """It stays so when it is written again; and a link stays a link."""
    ps.write([], path)
    path.chmod(0o600)
    link = path.with_name("link")
    link.symlink_to(path)

    ps.write(record, link)

    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert link.is_symlink()
    assert len(ps.read(path).entries()) == 4


@pytest.mark.parametrize(("place", "reason"), [("", "is a folder"), ("no/where", "its folder does not exist")])
def test_a_place_where_no_file_can_be(record, tmp_path, place, reason):
    """The error says why."""
    with pytest.raises(StorageError, match=reason):
        ps.write(record, tmp_path / place)


def test_a_device(record):
    """It is not put aside for a file."""
    with pytest.raises(StorageError, match="is a device: give the name of a file"):
        ps.write(record, os.devnull)
    assert Path(os.devnull).is_char_device()


@pytest.mark.parametrize(
    ("code", "kind", "reason"),
    [
        (errno.ENOSPC, StorageFull, "no space is left: nothing was written"),
        (errno.EACCES, ReadOnly, "may not be written: see who may write to its folder"),
        (errno.EIO, StorageError, "cannot be written: Input/output error"),
    ],
)
def test_a_disk_that_fails(path, monkeypatch, code, kind, reason):
    """The file that was there is as it was, and nothing is left beside it."""
    ps.write([], path)
    before = path.read_bytes()

    def fails(_):
        raise OSError(code, os.strerror(code))

    monkeypatch.setattr(os, "fsync", fails)
    with pytest.raises(kind, match=reason):
        ps.write([], path, partnership="asean-russia")

    assert path.read_bytes() == before
    assert list(path.parent.iterdir()) == [path]


def test_a_name_that_cannot_be(record):
    """It is refused by the system, and told in our words."""
    with pytest.raises(StorageError, match="cannot be written: "):
        ps.write(record, "a\0b")


# ---- what nobody wrote as a file of lines ----


@pytest.mark.parametrize("junk", [b"{}", b"x", b"\0", b"[" * 500])
def test_junk_by_the_million(path, junk):
    """Reading ends after a thousand wrong lines, and the error says so."""
    path.write_bytes(HEADER + (b"\n" + junk) * 200_000)
    error = refused(InvalidLines, path)
    assert [number for _, number, _ in error.lines] == list(range(2, 1002))
    assert str(error).startswith("nothing was added, for 1000 or more lines cannot be read:\n")
    assert len(str(error)) < 3_000


@pytest.mark.parametrize("end", [b"\n", b"\r\n"])
def test_empty_lines_by_the_million(path, end):
    """They are passed over as an editor leaves them, but not without end."""
    path.write_bytes(HEADER + end * 1_000)
    assert ps.read(path).entries() == ()
    path.write_bytes(HEADER + end * 1_000_000)
    ((_, number, reasons),) = refused(InvalidLines, path).lines
    assert (number, reasons) == (1001, ("is empty, as are the 999 before it: reading ended here",))


def test_empty_lines_between_entries(record, path):
    """However many there are in all, they are passed over."""
    ps.write(record, path)
    path.write_bytes(path.read_bytes().replace(b"\n", b"\n" * 900))
    assert len(ps.read(path).entries()) == 4


def test_a_line_without_end(path):
    """It is not held whole, and the line after it is read as it stands."""
    path.write_bytes(HEADER + b'\n{"claim":"' + b"x" * 40_000_000 + b'"}\n{}\n')
    tracemalloc.start()
    error = refused(InvalidLines, path)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 8_000_000
    assert [(number, reasons[0][:26]) for _, number, reasons in error.lines] == [
        (2, "524288 bytes are too many;"),
        (3, "'claim' is missing; an ent"),
    ]


def test_a_header_without_end(path):
    """It is refused as no header."""
    path.write_bytes(b"x" * 40_000_000)
    assert "is no file of lines (524288 bytes are too many" in str(refused(NotARecord, path))


def test_a_line_of_very_many_reasons(path):
    """The first are told, and how many there are."""
    path.write_bytes(
        HEADER + b'\n{"claim":{"event":"meeting-held","fields":{' + many(5_000) + b'},"source":{},"subject":"a","v":1}}'
    )
    ((_, _, reasons),) = refused(InvalidLines, path).lines
    assert (len(reasons), reasons[-1]) == (21, "and 4981 more")


def many(number):
    """Return so many fields that are none."""
    return b",".join(b'"x%d":1' % each for each in range(number))


@pytest.mark.parametrize("place", ["pipe", "/dev/zero", "/dev/null", "."])
def test_what_is_no_regular_file(place, tmp_path, monkeypatch):
    """It is refused at once, as a source, as a target, and as the record to read into."""
    monkeypatch.chdir(tmp_path)
    os.mkfifo("pipe")
    told = r": is a (pipe|device|folder): give the name of a file$"
    ps.write([], "good.jsonl")
    for do in (
        lambda: ps.read(place),
        lambda: ps.read("good.jsonl", into=place),
        lambda: ps.write([], place),
        lambda: ps.open(place),
    ):
        with pytest.raises(StorageError, match=told):
            do()


# ---- a writer that is killed, and a disk that is asked to hold on ----

KILLED = """
import os, signal, sys
import partnership as ps
def killed(_): os.kill(os.getpid(), getattr(signal, sys.argv[2]))
os.fsync = killed
if sys.argv[1].endswith("html"):
    ps.open(":memory:").page(sys.argv[1])
ps.write([], sys.argv[1])
"""


def beside(path):
    """Return what lies beside a file."""
    return [one.name for one in path.parent.iterdir() if one != path]


@pytest.mark.parametrize("how", ["SIGKILL", "SIGTERM"])
@pytest.mark.parametrize("name", ["a.jsonl", "a.html"])
def test_a_writer_that_is_killed(tmp_path, how, name):
    """What it left is removed by who writes that file next, and by nobody else."""
    path = tmp_path / name
    for _ in range(2):
        told = subprocess.run([sys.executable, "-c", KILLED, str(path), how], check=False)
        assert told.returncode < 0
        (left,) = beside(path)
        assert left.startswith(".partnership-")
    ps.write([], tmp_path / "another.jsonl")
    assert left in beside(path)
    ps.open(":memory:").page(path) if name.endswith("html") else ps.write([], path)
    assert beside(path) == ["another.jsonl"]


def test_writers_at_once(tmp_path, monkeypatch):
    """What another is about to put in place is no leaving; and both are written."""
    path, sync, nested = tmp_path / "a.jsonl", os.fsync, []

    def writes_too(number):
        if not nested:
            nested.append(beside(path))
            ps.write([], path, partnership="b")
        sync(number)

    monkeypatch.setattr(os, "fsync", writes_too)
    ps.write([], path, partnership="a")
    assert len(nested[0]) == 1
    assert ps.read(path).partnership == "a"
    assert beside(path) == []


def test_a_folder_of_another_that_is_called_alike(tmp_path):
    """It stays, and so does a file, and what a link leads to."""
    path, other = tmp_path / "a.jsonl", tmp_path / "other"
    for one in (other, tmp_path / ".partnership-mine"):
        one.mkdir()
        (one / "b.jsonl").touch()
    (other / "a.jsonl").touch()
    (tmp_path / ".partnership-file").touch()
    (tmp_path / ".partnership-link").symlink_to(other)
    before = sorted(tmp_path.rglob("*"))
    ps.write([], path)
    assert sorted(tmp_path.rglob("*")) == sorted([*before, path])


def test_the_folder_is_synced(path, monkeypatch):
    """After the file has its name, so that a power cut does not take that away."""
    synced, sync = [], os.fsync

    def told(number):
        synced.append((stat.S_ISDIR(os.fstat(number).st_mode), path.exists()))
        sync(number)

    monkeypatch.setattr(os, "fsync", told)
    ps.write([], path)
    assert synced == [(False, False), (True, True)]


@pytest.mark.parametrize(("code", "is_told"), [(errno.EINVAL, False), (errno.EIO, True)])
def test_a_folder_that_is_not_synced(path, monkeypatch, code, is_told):
    """A file system that syncs no folders is none to warn of; one that fails is."""
    sync = os.fsync

    def fails(number):
        if stat.S_ISDIR(os.fstat(number).st_mode):
            raise OSError(code, os.strerror(code))
        sync(number)

    monkeypatch.setattr(os, "fsync", fails)
    if is_told:
        with pytest.raises(StorageError, match=r"is written, but the disk does not confirm that it will stay \(Input"):
            ps.write([], path)
    else:
        ps.write([], path)
    assert path.exists()


def test_a_folder_that_cannot_be_opened(path, monkeypatch):
    """It is neither held nor synced, as on Windows, and the file is written all the same."""
    opened = os.open

    def refuses(place, *more, **where):
        if place == path.parent:
            raise PermissionError(errno.EACCES, "Permission denied")
        return opened(place, *more, **where)

    monkeypatch.setitem(sys.modules, "fcntl", None)
    monkeypatch.setattr(os, "open", refuses)
    ps.write([], path)
    ps.write([], path)
    assert beside(path) == []


# ---- half a character ----


@pytest.mark.parametrize("half", ["\ud800", "\udcff", "\udfff", "a\ud83dz"])  # noqa: PT014  they are different
def test_half_a_character(record, half, tmp_path):
    """It is refused in every name, path and address, and asked for it is not there; never a foreign error."""
    ps.write([], tmp_path / "good.jsonl")
    refusing = [
        lambda: ps.open(tmp_path / half),
        lambda: ps.open(half),
        lambda: ps.open(f"postgresql://desk:hunter2@h/{half}", partnership="a"),
        lambda: ps.open(":memory:", partnership=half),
        lambda: ps.open(":memory:", by=half),
        lambda: ps.read(half),
        lambda: ps.read(tmp_path / "good.jsonl", into=half),
        lambda: ps.write(record, half),
        lambda: ps.write(record, tmp_path / "a", partnership=half),
        lambda: record.page(half),
        lambda: record.page(tmp_path / "a.html", title=half),
        lambda: record.as_of(half),
        lambda: ps.Source(half),
        lambda: ps.Source("VNA", url=f"https://vna.vn/{half}"),
        lambda: ps.Source("VNA", title=half),
        lambda: ps.TreeHead(half, 0, "0" * 64),
    ]
    for do in refusing:
        with pytest.raises((InvalidValue, DifferentPartnership)) as error:
            do()
        str(error.value).encode()
        assert "hunter2" not in str(error.value)
    for ask in (
        lambda: record.meetings[half],
        lambda: record.dossier(f"meeting:{half}"),
        lambda: record.retract(half, reason="a slip"),
        lambda: record.add(MeetingHeld(half), source=NEWS),
        lambda: record.add(MeetingHeld("d"), source=NEWS, note=half),
    ):
        with pytest.raises(ps.PartnershipError) as error:
            ask()
        str(error.value).encode()
    assert half not in record.meetings
    assert record.meetings.get(half) is None
    assert record.find(half) == ()
    assert [one.name for one in tmp_path.iterdir()] == ["good.jsonl"]
