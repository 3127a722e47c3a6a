"""Bytes that were changed where entries lie: what is answered, and above all what leaves.

Whatever bit of a file is flipped: nothing is raised but the library's own errors, no question is endless, what leaves
was written so, and an answer that is another is one that `verify` warns of. Every 389th bit is tried; with
``--hypothesis-profile=thorough`` every one.
"""

from __future__ import annotations

import re
import sqlite3
from collections import Counter
from contextlib import closing, suppress
from datetime import UTC, datetime

import attrs
import psycopg
import pytest
from hypothesis import settings

import partnership as ps
from partnership.errors import ClockWarning, Damaged, InvalidEntry, PartnershipError, UnknownSubject
from partnership.events import (
    CommitmentMade,
    DialogueLaunched,
    DocumentSigned,
    FundBalanceReported,
    LineStarted,
    MeetingHeld,
    MeetingScheduled,
    MemberAdmitted,
    PlanReviewed,
    RoleAssumed,
    SeriesEstablished,
    StatusConferred,
)
from partnership.record.record import Record
from partnership.serialization.canonical import digest
from partnership.storage import sqlite_files
from partnership.storage.base import Row
from partnership.storage.memory import MemoryStore
from partnership.storage.merkle import leaf_hash
from partnership.storage.rows import claim_key, instant
from partnership.storage.sqlite import SQLiteStore

VNA = ps.Source("VNA", published="2020-06-19", kind="news", title="Việt Nam News")
MFA = ps.Source("MFA of Russia", published="2021-09-24", kind="official-release")
TASS = ps.Source("TASS", published="2021-09-25", kind="news")
CALLS, ROWS, STEPS = 2_000, 4_000, 2_000
"""Calls of a store, rows, and thousands of steps of SQLite, that one question may take: some ten times what it does."""
STRIDE = 1 if settings.default.max_examples > 1_000 else 997
"""No multiple of 8: every bit of a byte has its turn."""
PAGES = 5
"""Of so many that are asked, one is asked for a page, which takes as long as all other questions."""
PAGE = 512
"""Bytes of a page of the file: the smallest, so that tables have inner pages, and few bytes say nothing."""


def lay_out(record):
    """Record twenty-one entries: of many kinds, disputed, corrected, retracted, preferred, joined and private ones."""
    wrong, _ = record.add(
        MeetingHeld("fmm", on="2020-06-18", title="Special meeting", body="series:fmms"),
        SeriesEstablished("fmms", on="2019"),
        source=VNA,
    )
    record.add(MeetingScheduled("urban", planned="2020-12", host="RU", body="series:fmms"), source=VNA)
    record.add(CommitmentMade("vaccine", by=["ASEAN", "RU"], meeting="fmm", text="a vaccine", due="2021"), source=VNA)
    (secret,) = record.add(MeetingHeld("secret", on="2020-06-20"), source=VNA, shared=False, note="not yet")
    record.add(
        DialogueLaunched("ict", on="2021-09-23"),
        PlanReviewed("cpa", on="2021"),
        LineStarted("cpa-1", plan="cpa", on="2021-09"),
        source=MFA,
    )
    (late,) = record.add(DialogueLaunched("ict", on="2021-09-24"), source=TASS)
    record.add(RoleAssumed("chair", holder="VN", on="2020-01-01"), source=VNA)
    record.add(StatusConferred("partner", ladder="status", rung="dialogue-partner", on="1996"), source=MFA)
    record.add(MemberAdmitted("asean-vn", bloc="ASEAN", member="VN", on="1995"), source=MFA)
    record.add(FundBalanceReported("fund", as_of="2020", amount=ps.Money("1", "USD")), source=MFA)
    record.add(
        DocumentSigned("treaty", on="2004", signatory="RU"), MeetingHeld("meeting-6", on="2020-06-17"), source=MFA
    )
    (gone,) = record.add(MeetingHeld("gone", on="2020-07-01"), source=TASS)
    record.correct(wrong, MeetingHeld("fmm", on="2020-06-17", title="Special meeting"), reason="a slip")
    record.retract(gone, reason="never held")
    record.prefer(late, field="on")
    record.same_as("meeting:fmm", "meeting:meeting-6")
    record.retract(secret, source=TASS)


ONE = {
    "state": lambda record: record.meetings["fmm"],
    "why": lambda record: str(record.why("meeting:meeting-6")),
    "why by its slug": lambda record: str(record.why("ict")),
    "overdue": lambda record: record.overdue(),
    "entries about": lambda record: record.entries(subject="meeting:gone"),
    "holders": lambda record: record.holders("chair", "2020-03-01"),
    "fund": lambda record: record.fund_ledger("fund"),
    "status": lambda record: record.status_at("partner", "status"),
}
"""Questions about little, which look entries up: asked before anything else is read, and once more after everything."""
ALL = {
    "states": lambda record: [{**record.states(name)} for name in record.kinds.plurals],
    "entries": lambda record: record.entries(),
    "follow": lambda record: list(record.follow()),
    "sources": lambda record: record.sources,
    "timeline": lambda record: list(map(repr, (*record.timeline(), *record.possible))),
    "upcoming": lambda record: (record.upcoming(), record.calendar()),
    "series": lambda record: record.series_ledger("series:fmms"),
    "dormant": lambda record: record.dormant(),
    "scoreboard": lambda record: record.scoreboard("cpa"),
    "documents": lambda record: record.documents_register(),
    "members": lambda record: record.members("ASEAN"),
    "commitments": lambda record: record.commitments_register(),
    "find": lambda record: record.find("meeting"),
    "disputes": lambda record: list(map(repr, record.disputes())),
    "findings": lambda record: record.findings(),
    "dossier": lambda record: str(record.dossier("meeting:fmm")),
    "known": lambda record: {**record.as_of("2020-12-31").meetings},
    "recorded": lambda record: {**record.as_of(recorded="2030-01-01").dialogues},
    "diff": lambda record: record.diff("2020-12-31", "2021-12-31"),
    "shown": lambda record: (repr(record), record._repr_html_()),
    "head": lambda record: record.tree_head(),
}
"""Questions about everything."""


class Endless(BaseException):
    """More was asked of a store than any question needs; no `Exception`, so that nothing takes it for a doubt."""


@pytest.fixture
def counted(monkeypatch):
    """Count what is asked of files, and end what does not end; return the function that begins to count again."""
    spent = Counter()

    def spend(what, most, number=1):
        spent[what] += number
        if spent[what] > most:
            raise Endless(what)

    def counting(name):
        kept = getattr(SQLiteStore, name)

        def counted(self, *given, **named):
            spend("calls", CALLS)
            found = kept(self, *given, **named)
            spend("rows", ROWS, len(found) if isinstance(found, list) else 0)
            return found

        return counted

    for name in ("read", "find", "find_kinds", "head", "sealed", "check"):
        monkeypatch.setattr(SQLiteStore, name, counting(name))
    kept = sqlite_files._set_up

    def set_up(connection):
        connection.set_progress_handler(lambda: spend("steps", STEPS), 1_000)
        kept(connection)

    monkeypatch.setattr(sqlite_files, "_set_up", set_up)
    return spent.clear


@pytest.fixture(scope="module")
def small(tmp_path_factory):
    """Lay out a small record; return its bytes."""
    path = tmp_path_factory.mktemp("small") / "record.db"
    hours = iter(range(24))
    with ps.open(path, partnership="asean-russia", clock=lambda: datetime(2022, 1, 1, next(hours), tzinfo=UTC)) as one:
        lay_out(one)
        one._clock = lambda: datetime(2022, 1, 2, tzinfo=UTC)
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("PRAGMA journal_mode=delete")
        connection.execute(f"PRAGMA page_size={PAGE}")
        connection.execute("VACUUM")
    return path.read_bytes()


def asked(record, folder):
    """Yield the name of every question with what asks it of a record."""
    yield "verify", lambda: record.verify().problems
    for name, ask in (*ONE.items(), *ALL.items()):
        yield name, lambda ask=ask: ask(record)
    for name, ask in ONE.items():
        yield f"{name}, once more", lambda ask=ask: ask(record)
    yield "write", lambda: [one.body for one in ps.write(record, folder / "out.jsonl")]
    yield "write all", lambda: [one.body for one in ps.write(record, folder / "all.jsonl", shared_only=False)]
    yield "merge", lambda: sorted(one.body for one in ps.open(":memory:").merge(record))
    yield "page", lambda: (record.page(folder / "out.html").left_out, (folder / "out.html").read_bytes())


LEAVING = ("write", "write all", "merge")


def answers(folder, content, begin, *, leave_out=()):
    """Return what a file of these bytes answers, by the name of the question; of what is refused, by what error."""
    path = folder / "record.db"
    for each in folder.iterdir():
        each.unlink()
    path.write_bytes(content)
    begin()
    try:
        record = ps.open(path, clock=lambda: datetime(2022, 1, 2, tzinfo=UTC))
    except PartnershipError as refused:
        return {"open": type(refused)}
    found = {}
    with closing(record):
        for name, ask in [each for each in asked(record, folder) if each[0] not in leave_out]:
            begin()
            try:
                found[name] = ask()
            except (PartnershipError, ClockWarning) as refused:
                found[name] = type(refused)
    return found


def lying(folder, content, wanted):
    """Return all on which the answers of a file depend: what its store gives, or refuses to.

    Of a row whose bytes are not those of its id nothing else counts, of a leaf only whether it is as it was.
    """
    path = folder / "record.db"
    path.write_bytes(content)
    told = []

    def tell(ask, *given, **named):
        try:
            found = ask(*given, **named)
        except PartnershipError as refused:
            found = refused.args
        told.append([_row(one) if isinstance(one, Row) else one for one in found] if isinstance(found, list) else found)

    try:
        store = SQLiteStore(path)
    except PartnershipError:
        return None
    with closing(store):
        for ask in (store.head, store.sealed, store.check, store.read):
            tell(ask)
        for number in range(21):
            tell(store.read, number, 1)
        for role, names in wanted.items():
            for name in names:
                tell(store.find, **{role: [name]})
        for kind in ("claim", "subject"):
            tell(store.find_kinds, [kind])
    return repr((store.partnership, told))


def _row(one):
    if digest(one.body) != one.id:
        return one.position
    return (
        one.position,
        one.id,
        one.recorded_at,
        one.by,
        one.leaf == leaf_hash(one.position, one.recorded_at, one.by, one.id),
    )


def flipped(content, bit):
    """Return bytes of which one bit is another."""
    changed = bytearray(content)
    changed[bit // 8] ^= 1 << bit % 8
    return bytes(changed)


def what_became(found, sound):
    """Return in a word what a flipped bit did, after making sure that it did no harm."""
    if "open" in found:
        return "refused"
    for name in LEAVING:
        said = {*sound[name]}
        assert isinstance(found[name], type) or said.issuperset(found[name]), f"{name} lets out what was not said"
    other = [name for name in found if found[name] != sound[name]]
    assert not other or found["verify"] != (), f"{other} are answered otherwise, and verify says nothing"
    return "told" if other else "as it was"


@pytest.mark.no_cover
def test_a_bit_is_flipped(small, tmp_path, counted):
    """Nothing but our errors is raised, nothing is endless, and nothing is answered or let out that was not said."""
    sound = answers(tmp_path, small, counted)
    assert (sound["verify"], len(sound["entries"])) == ((), 21)
    assert not [name for name, answer in sound.items() if isinstance(answer, type)]
    seen = Counter(each_flipped(small, range(0, len(small) * 8, STRIDE), tmp_path, counted, sound))
    assert min(seen[each] for each in ("refused", "as it was", "told")) > 0


def each_flipped(content, bits, folder, begin, sound):
    """Yield what became of each flipped bit; of two that leave the same to be read, the second is not asked again."""
    (folder / "record.db").write_bytes(content)
    with closing(SQLiteStore(folder / "record.db")) as store:
        names = [name.decode() for (name,) in store._connection.execute("SELECT name FROM subjects")]
        claims = [digest(row.columns.claim) for row in store.read()]
    wanted = {"subjects": names, "references": names, "claims": claims}
    known = {lying(folder, content, wanted): "as it was"}
    for bit in bits:
        begin()
        try:
            lies = lying(folder, flipped(content, bit), wanted)
            if lies is None or lies not in known:
                leave_out = ("page",) if len(known) % PAGES else ()
                found = answers(folder, flipped(content, bit), begin, leave_out=leave_out)
                known[lies] = what_became(found, sound)
            yield known[lies]
        except BaseException as error:
            error.add_note(f"bit {bit % 8} of byte {bit // 8}")
            raise


# Rows that were changed in any store


@pytest.fixture(params=["memory", "file", "postgres"])
def record(request, tmp_path):
    """Open a record of each kind, laid out."""
    place = {"memory": ":memory:", "file": tmp_path / "record.db"}.get(request.param)
    place = place or request.getfixturevalue("database")
    with ps.open(place, partnership="asean-russia", clock=lambda: datetime(2022, 1, 1, tzinfo=UTC)) as record:
        lay_out(record)
        yield record


@pytest.fixture
def change(record):
    """Return a function: change a row of a record behind the library's back, or take it out where nothing is given."""

    def change(position, /, **to):
        store = record._store
        if isinstance(store, MemoryStore):
            _change_in_memory(store, position, to)
        elif isinstance(store, SQLiteStore):
            with closing(sqlite3.connect(store.place, isolation_level=None)) as connection:
                triggers = [name for name in sqlite_files._SCHEMA if name.startswith("entries_")]
                for name in triggers:
                    connection.execute(f"DROP TRIGGER {name}")
                _by_statement(connection, "entries", "?", position, to)
                for name in triggers:
                    connection.execute(sqlite_files._SCHEMA[name])
        else:
            with psycopg.connect(store._url, autocommit=True) as connection:
                connection.execute("ALTER TABLE partnership_entries DISABLE TRIGGER ALL")
                _by_statement(connection, "partnership_entries", "%s", position, to)

    return change


def _change_in_memory(store, position, to):
    """Change a row wherever it lies, for a row is one object."""
    (row,) = [row for row in store._rows if row.position == position]
    if not to:
        store._rows.remove(row)
        for index in (store._by_subject, store._by_claim):
            index.update({key: [one for one in rows if one is not row] for key, rows in index.items()})
    if "recorded_at" in to:
        to["recorded_at"] = instant(to["recorded_at"])
    if "id" in to:
        to["id"] = to["id"].hex()
    columns = {name: to.pop(name) for name in {*to} & {"fields", "speaker", "remarks"}}
    for name, value in {**to, "columns": attrs.evolve(row.columns, **columns)}.items():
        object.__setattr__(row, name, value)


def _by_statement(connection, table, mark, position, to):
    if to:
        what = ", ".join(f"{name} = {mark}" for name in to)
        statement = f"UPDATE {table} SET {what} WHERE position = {mark}"  # noqa: S608  our own, to do harm
        connection.execute(statement, [*to.values(), position])
    else:
        connection.execute(f"DELETE FROM {table} WHERE position = {mark}", [position])  # noqa: S608  as above


def again(record):
    """Return the record as another process opens it; of one in memory, with nothing held that was read before."""
    other = Record(record._store, record._codec, record._clock)
    other._store._known_end = None  # the cached end of the log
    return other


def changed(record, position, part, old, new):
    """Return a part of an entry with other bytes, by its name."""
    before = getattr(record._store.read(position - 1, 1)[0].columns, part)
    assert before.count(old) == 1
    return {part: before.replace(old, new)}


OTHERS = {
    "a bit of a position": (2, {"position": 34}),
    "a position before all": (21, {"position": -3}),
    "the last position": (21, {"position": 53}),
    "an id": (3, {"id": b"\1" * 32}),
    "a row is gone": (10, {}),
    "the last row is gone": (21, {}),
    "its day": (1, ("fields", b"2020-06-18", b"2021-06-18")),
    "a mark that it stays at the desk": (5, ("remarks", b'"shared":false', b'"shared":null ')),
    "no JSON": (4, ("fields", b'{"by"', b'["by"')),
}


@pytest.mark.parametrize(("position", "to"), OTHERS.values(), ids=OTHERS)
def test_a_row_is_backed_up(record, change, tmp_path, position, to):
    """It is not copied, and an earlier backup is left as it is."""
    record.backup(tmp_path / "backup.db")
    sound = (tmp_path / "backup.db").read_bytes()
    change(position, **(changed(record, position, *to) if isinstance(to, tuple) else to))
    with pytest.raises(Damaged, match="nothing was backed up"):
        again(record).backup(tmp_path / "backup.db", replace=True)
    assert (tmp_path / "backup.db").read_bytes() == sound


@pytest.mark.parametrize(("position", "to"), OTHERS.values(), ids=OTHERS)
def test_a_row_is_another(record, change, tmp_path, position, to):
    """Nothing of the log leaves, no question is answered wrongly, and none is endless.

    Questions about some kinds need not read an entry of another kind.
    """
    answers = {name: repr(ask(again(record))) for name, ask in ALL.items()}
    values = changed(record, position, *to) if isinstance(to, tuple) else to
    change(position, **values)
    is_lost_from_the_index = not values and not isinstance(record._store, SQLiteStore | MemoryStore)  # verify finds it
    record = again(record)
    named = f"entry ({position}|{values.get('position', 21)})"
    for name, ask in asked(record, tmp_path):
        if name not in ("verify", "head", "shown") and name.removesuffix(", once more") not in ONE:
            try:
                answer = ask()
            except Damaged as refused:
                assert re.search(named, str(refused))  # noqa: PT017  not all of them raise
            else:
                assert repr(answer) == answers[name] or (name == "states" and is_lost_from_the_index)
    for ask in ONE.values():
        with suppress(Damaged, UnknownSubject):
            ask(record)
    assert not record.verify().is_sound
    assert not list(tmp_path.glob("*.jsonl")) + list(tmp_path.glob("*.html"))


LINKED = {
    "a correction": (17, "meeting:fmm"),
    "two subjects are one": (20, "meeting:meeting-6"),
    "it refers to another": (3, "series:fmms"),
}


@pytest.mark.parametrize(("position", "subject"), LINKED.values(), ids=LINKED)
def test_an_entry_about_several_subjects_is_gone(record, change, position, subject):
    """No other subject is answered without it."""
    if isinstance(record._store, MemoryStore):
        pytest.skip("its index has the rows themselves")
    change(position)
    record = again(record)
    kind, slug = subject.split(":")
    for ask in (
        lambda: record.states(kind)[slug],
        lambda: record.why(subject),
        lambda: record._store.find(subjects=[subject], references=[subject]),
    ):
        with pytest.raises(Damaged, match=f"entry {position} is not as it was written"):
            ask()


def test_a_day_is_another(record, change):
    """It is no answer about its subject either."""
    change(1, **changed(record, 1, "fields", b"2020-06-18", b"2021-06-18"))
    record = again(record)
    for ask in (
        lambda: record.meetings["fmm"],
        lambda: record.why("meeting:fmm"),
        lambda: record.entries("meeting:fmm"),
    ):
        with pytest.raises(Damaged, match="entry 1 is not as it was written: restore a copy") as refused:
            ask()
        assert refused.value.path == record._store.place


def test_a_damaged_entry_is_added_again(record, change):
    """It is refused, with all that is added beside it."""
    change(11, **changed(record, 11, "fields", b'"dialogue-partner"', b'"changed"'))
    record = again(record)
    head = record._store.head()
    with pytest.raises(Damaged, match="entry 11 is not as it was written"):
        record.add(
            MeetingHeld("new", on="2020"),
            StatusConferred("partner", ladder="status", rung="dialogue-partner", on="1996"),
            source=MFA,
        )
    assert record._store.head() == head


def test_the_last_entry_was_recorded_at_another_time(record, change):
    """What is added is not recorded after it: the wrong time would stay permanently."""
    if isinstance(record._store, MemoryStore):
        pytest.skip("nobody else writes to memory")
    change(21, recorded_at=2**52)
    record = again(record)
    with pytest.raises(Damaged, match="entry 21 is not as it was written: nothing was added"):
        record.add(MeetingHeld("new", on="2020"), source=MFA)
    assert record._store.head() == 21


def test_a_reader_follows_a_damaged_log(record, change):
    """He has what lies before the damage, and is told of it."""
    change(5)
    followed = again(record).follow()
    for position in range(1, 5):
        assert next(followed).position == position
    with pytest.raises(Damaged, match="entry 5 of 21 is missing"):
        next(followed)


def test_an_entry_in_the_hand_is_another(record, tmp_path):
    """Who writes or merges entries that he has changed is refused."""
    entry = record.entries()[0]
    forged = attrs.evolve(entry, body=entry.body.replace(b"2020-06-18", b"2021-06-18"))
    for leave in (lambda: ps.write([forged], tmp_path / "a.jsonl"), lambda: ps.open(":memory:").merge([forged])):
        with pytest.raises(InvalidEntry, match="its bytes do not match its id"):
            leave()
    assert not list(tmp_path.glob("*.jsonl"))


def test_an_entry_is_not_found(record):
    """What was told and is found no more is damage: of a question, of who mends, of what names documents."""
    store, claim = record._store, record.entries(subject="meeting:gone")[0].claim.id
    if isinstance(store, MemoryStore):
        del store._by_claim[claim]
    elif isinstance(store, SQLiteStore):
        with closing(sqlite3.connect(store.place, isolation_level=None)) as connection:
            connection.execute("DROP TRIGGER entries_stay_as_written")
            connection.execute("UPDATE entries SET claim = 0 WHERE claim = ?", [claim_key(claim)])
            connection.execute(sqlite_files._SCHEMA["entries_stay_as_written"])
    else:
        with psycopg.connect(store._url, autocommit=True) as connection:
            connection.execute("ALTER TABLE partnership_entries DISABLE TRIGGER ALL")
            connection.execute("UPDATE partnership_entries SET claim = 0 WHERE claim = %s", [claim_key(claim)])
    record = again(record)
    assert len(record.entries()) == 21
    with pytest.raises(Damaged, match="the index by which entries are found was changed"):
        record.why("meeting:gone")


def test_a_number_is_of_another_type(small, tmp_path, counted):
    """A whole check says that the index was changed, whatever stands in its place."""
    path = tmp_path / "record.db"
    for value in ("1.5", "x'00'", "'text'"):
        path.write_bytes(small)
        with closing(sqlite3.connect(path, isolation_level=None)) as connection:
            connection.execute("PRAGMA writable_schema=on")
            loose = "CREATE TABLE mentions (mentioned, subject, PRIMARY KEY (mentioned, subject)) WITHOUT ROWID"
            strict = sqlite_files._SCHEMA["mentions"]
            connection.execute("UPDATE sqlite_schema SET sql = ? WHERE name = 'mentions'", [loose])
            connection.execute("PRAGMA writable_schema=reset")
            changed = f"UPDATE mentions SET subject = {value} WHERE mentioned = (SELECT max(mentioned) FROM mentions)"  # noqa: S608
            connection.execute(changed)
            connection.execute("PRAGMA writable_schema=on")
            connection.execute("UPDATE sqlite_schema SET sql = ? WHERE name = 'mentions'", [strict])
        counted()
        with closing(ps.open(path)) as record:
            assert "the index was changed: some entries may be found no more" in record.verify().problems


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE subjects SET name = 'measure:a' WHERE name = 'meeting:a'",
        "UPDATE subjects SET name = 'unknown:a' WHERE name = 'meeting:a'",
        "UPDATE subjects SET name = 'm' || name",
        "UPDATE subjects SET name = 'subject:' || substr(name, 7) WHERE name LIKE 'claim:%'",
    ],
)
def test_a_subject_is_of_another_kind(tmp_path, change):
    """The bytes of an entry have no kind of their own; a whole check compares it with that of the event."""
    path = tmp_path / "record.db"
    with closing(ps.open(path)) as record:
        entry, _ = record.add(MeetingHeld("a", on="2020-06-17"), SeriesEstablished("a"), source=VNA)
        record.retract(entry)
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        assert connection.execute(change).rowcount
    with closing(ps.open(path)) as record:
        assert any("stands under a subject of the kind" in problem for problem in record.verify().problems)
