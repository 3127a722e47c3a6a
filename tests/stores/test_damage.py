"""Bytes that were changed where entries lie: what is answered, and above all what leaves.

Whatever bit of a file is flipped: nothing is raised but the library's own errors, no question is endless, what leaves
was written so, and an answer that is another is one that `verify` warns of. Every 97th bit is tried; with
``--hypothesis-profile=thorough`` every one.
"""

from __future__ import annotations

import sqlite3
from collections import Counter
from contextlib import closing
from datetime import UTC, datetime

import attrs
import pytest
from hypothesis import settings

import partnership as ps
from partnership.errors import PartnershipError
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
from partnership.log.integrity import leaf_hash
from partnership.log.store import Row
from partnership.log.text import digest
from partnership.stores import files
from partnership.stores.sqlite import SQLiteStore

VNA = ps.Source("VNA", published="2020-06-19", kind="news", title="Việt Nam News")
MFA = ps.Source("MFA of Russia", published="2021-09-24", kind="official-release")
TASS = ps.Source("TASS", published="2021-09-25", kind="news")
CALLS, ROWS, STEPS = 2_000, 4_000, 2_000
"""Calls of a store, rows, and thousands of steps of SQLite, that one question may take: some ten times what it does."""
STRIDE = 1 if settings.default.max_examples > 1_000 else 97
"""No multiple of 8: every bit of a byte has its turn."""
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
    record.same("meeting:fmm", "meeting:meeting-6")
    record.retract(secret, source=TASS)


ONE = {
    "state": lambda record: record.meetings["fmm"],
    "why": lambda record: str(record.why("meeting:meeting-6")),
    "why by its slug": lambda record: str(record.why("ict")),
    "overdue": lambda record: record.overdue(),
    "entries about": lambda record: record.entries(subject="meeting:gone"),
    "holders": lambda record: record.holders("chair", "2020-03-01"),
    "status": lambda record: record.status_at("partner", "status"),
}
"""Questions about little, which look entries up: asked before anything else is read, and once more after everything."""
ALL = {
    "states": lambda record: [{**getattr(record, name)} for name in record._families()],
    "entries": lambda record: record.entries(),
    "follow": lambda record: list(record.follow(3)),
    "sources": lambda record: record.sources,
    "timeline": lambda record: list(map(repr, (*record.timeline(), *record.maybe))),
    "upcoming": lambda record: (record.upcoming(), record.calendar()),
    "series": lambda record: record.series_ledger("series:fmms"),
    "fund": lambda record: record.fund_ledger("fund"),
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
    """Count what is asked of files, and end what does not end; return the function that begins to count anew."""
    spent = Counter()

    def spend(what, most, number=1):
        spent[what] += number
        if spent[what] > most:
            raise Endless(what)

    def counting(name):
        kept = getattr(SQLiteStore, name)

        def counted(self, *given):
            spend("calls", CALLS)
            found = kept(self, *given)
            spend("rows", ROWS, len(found) if isinstance(found, list) else 0)
            return found

        return counted

    for name in ("read", "find", "head", "sealed", "check"):
        monkeypatch.setattr(SQLiteStore, name, counting(name))
    kept = files._set_up

    def set_up(connection):
        connection.set_progress_handler(lambda: spend("steps", STEPS), 1_000)
        kept(connection)

    monkeypatch.setattr(files, "_set_up", set_up)
    return spent.clear


@pytest.fixture(scope="module")
def small(tmp_path_factory):
    """Lay out a small record; return its bytes."""
    path = tmp_path_factory.mktemp("small") / "record.db"
    hours = iter(range(24))
    with ps.open(path, partnership="asean-russia", clock=lambda: datetime(2022, 1, 1, next(hours), tzinfo=UTC)) as one:
        lay_out(one)
        one._clock = lambda: datetime(2022, 1, 2, tzinfo=UTC)
        one.snapshot()
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
    yield "page", lambda: (record.page(folder / "out.html").kept, (folder / "out.html").read_bytes())


LEAVING = ("write", "write all", "merge")


def answers(folder, content, begin):
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
        for name, ask in asked(record, folder):
            begin()
            try:
                found[name] = ask()
            except PartnershipError as refused:
                found[name] = type(refused)
    return found


def lying(folder, content, keys, parts):
    """Return all on which the answers of a file depend: what its store gives, or refuses to.

    Of a row whose bytes are not those of its id nothing else counts, of a leaf and of the parts of a snapshot only
    whether they are as they were.
    """
    path = folder / "record.db"
    path.write_bytes(content)
    told = []

    def tell(ask, *given):
        try:
            found = ask(*given)
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
        for key in keys:
            tell(store.find, [key])
        for number, part in enumerate(parts):
            tell(lambda number=number, part=part: store.snapshot.read(number) == part)
    return repr((store.partnership, told))


def _row(one):
    if digest(one.body) != one.id:
        return one.position
    return one.position, one.id, one.recorded_at, one.by, one.leaf == leaf_hash(*attrs.astuple(one)[:4])


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
    other = [name for name in sound if found[name] != sound[name]]
    assert not other or found["verify"] != (), f"{other} are answered otherwise, and verify says nothing"
    return "told" if other else "as it was"


def test_a_bit_is_flipped(small, tmp_path, counted):
    """Nothing but our errors is raised, nothing is endless, and nothing is answered or let out that was not said."""
    sound = answers(tmp_path, small, counted)
    assert (sound["verify"], len(sound["entries"])) == ((), 21)
    assert not [name for name, answer in sound.items() if isinstance(answer, type)]
    seen = Counter(each_flipped(small, range(0, len(small) * 8, STRIDE), tmp_path, counted, sound))
    assert min(seen[each] for each in ("refused", "as it was", "told")) > 0


def each_flipped(content, bits, folder, begin, sound):
    """Yield what became of each flipped bit; of two that leave the same to be read, the second is not asked again."""
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.deserialize(content)
        keys = sorted({key for (key,) in connection.execute("SELECT key FROM keys")})
        parts = [part for (part,) in connection.execute("SELECT body FROM snapshot ORDER BY part")]
    known = {lying(folder, content, keys, parts): "as it was"}
    for bit in bits:
        begin()
        try:
            lies = lying(folder, flipped(content, bit), keys, parts)
            if lies is None or lies not in known:
                known[lies] = what_became(answers(folder, flipped(content, bit), begin), sound)
            yield known[lies]
        except BaseException as error:
            error.add_note(f"bit {bit % 8} of byte {bit // 8}")
            raise
