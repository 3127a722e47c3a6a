"""Asking beside a writer: one answer sees one state, and what is iterated over stays as it is."""

from __future__ import annotations

import os
import subprocess
import sys
from collections import defaultdict
from datetime import UTC, date, datetime, timedelta
from itertools import count
from threading import RLock, Thread

import pytest

import partnership as ps
from partnership.events import (
    CommitmentMade,
    DialogueLaunched,
    DocumentSigned,
    FundBalanceReported,
    FundEstablished,
    MeetingHeld,
    MeetingPostponed,
    MeetingScheduled,
    MemberAdmitted,
    PlanLineAdded,
    PlanProgressReported,
    RoleHeld,
    SeriesEstablished,
    StatusConferred,
)
from partnership.kinds import BUILT_IN
from partnership.record.record import Record, codec_of
from partnership.record.view import View
from partnership.storage.memory import MemoryStore
from partnership.storage.postgres import PostgresStore
from partnership.storage.sqlite import SQLiteStore

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
MFA = ps.Source("MFA", published="2021-03-01", kind="official-release")
TASS = ps.Source("TASS", published="2021-03-02", kind="news")
EVENTS = (
    MeetingHeld("a", on="2020-06-17", title="Council", body="series:arsom"),
    MeetingHeld("b", on="2020-06-18", title="Council", body="series:arsom"),
    MeetingScheduled("b", planned="2020-06"),
    MeetingScheduled("late", planned="2021-12", title="Vaccine talks"),
    MeetingPostponed("late", planned="2022-02"),
    MeetingScheduled("soon", planned="2027"),
    DialogueLaunched("ict", on="2021-02-01"),
    CommitmentMade("help", by="RU", text="to help", due="2021-12-31", meeting="late"),
    DocumentSigned("cpa", on="2021-01-01", parties=["ASEAN", "RU"], meeting="b", form="plan"),
    FundBalanceReported("fund", as_of="2020-12-31", amount=ps.Money(5, "USD")),
    PlanProgressReported("plan", as_of="2021-01-01", done=3, total=7),
    PlanLineAdded("line", plan="plan", number="1"),
    RoleHeld("chair", holder="VN", on="2020", term="2020", meeting="b"),
    StatusConferred("partner", on="2021-01-01", ladder="status", rung="dialogue-partner", holder="RU"),
    MemberAdmitted("tl", bloc="ASEAN", member="TL", on="2020"),
)
FAMILIES = BUILT_IN.plurals


def page(view):
    """Return the page of a view as it is written."""
    free = view.shareable()
    return free.timeline(), free.possible, free.overdue(), free.upcoming(), free.disputes(), free.states_by_subject()


QUERIES = {
    "calendar": lambda view: view.calendar(),
    "compare": lambda view: view.compare(view),
    "commitments_register": lambda view: view.commitments_register(),
    "contributions_register": lambda view: view.contributions_register(),
    "commitment_totals": lambda view: view.commitment_totals(),
    "disputes": lambda view: view.disputes(),
    "documents_register": lambda view: view.documents_register(),
    "dormant": lambda view: view.dormant(),
    "dossier": lambda view: view.dossier("b"),
    "entries": lambda view: view.entries(subject="meeting:b"),
    "find": lambda view: view.find("council"),
    "findings": lambda view: view.findings(),
    "fund_ledger": lambda view: view.fund_ledger("fund"),
    "occurrences": lambda view: sorted(map(str, view.occurrences)),
    "outcomes": lambda view: view.outcomes(),
    "holders": lambda view: view.holders("chair", "2020-06-01"),
    "holds": lambda view: view.holds("chair", "VN", "2020-06-01"),
    "possible": lambda view: view.possible,
    "private_count": lambda view: view.private_count(),
    "members": lambda view: view.members("ASEAN"),
    "name_of": lambda view: view.name_of("b"),
    "overdue": lambda view: view.overdue(),
    "page": page,
    "party_names": lambda view: view.party_names(),
    "scoreboard": lambda view: view.scoreboard("plan"),
    "series_ledger": lambda view: view.series_ledger("series:arsom"),
    "sources": lambda view: view.sources,
    "shareable": lambda view: view.shareable().entries(),
    "states_by_subject": lambda view: view.states_by_subject(),
    "status_at": lambda view: view.status_at("partner", "status"),
    "timeline": lambda view: view.timeline(),
    "today": lambda view: view.today,
    "upcoming": lambda view: view.upcoming(),
    "why": lambda view: view.why("meeting:b"),
    "_repr_html_": lambda view: view._repr_html_().partition("cut from")[2],
}
"""Every query of a view, but for the families of states."""
RECORD_QUERIES = {"diff": lambda record: record.diff("2021-12-31", "2022-12-31")}
MAPPINGS = {
    "dict": lambda view: dict(view.meetings),
    "values": lambda view: list(view.meetings.values()),
    "items": lambda view: list(view.meetings.items()),
    "one by one": lambda view: [held[each] for held in [view.meetings] for each in held],
    "one": lambda view: str(view.meetings["b"]),
    "_repr_html_": lambda view: view.meetings._repr_html_(),
}
_SOME = ["calendar", "dossier", "entries", "findings", "holders", "why", "values", "one", "diff"]
VIEWS = {
    "record": lambda record: record,
    "as_of": lambda record: record.as_of("2022-06-01"),
}


class Touched:
    """A store that says when it is about to be asked."""

    def __init__(self, store, touch):
        self._store, self._touch = store, touch

    def __getattr__(self, name):
        found = getattr(self._store, name)

        def asked(*args, **named):
            self._touch()
            return found(*args, **named)

        return asked if callable(found) else found


class Writer:
    """Who adds to a record and takes back again: what it said first, every second time."""

    def __init__(self, record):
        self.record = record
        told = record.add(*EVENTS, source=MFA)
        record.add(MeetingHeld("a", on="2020-06-16"), source=TASS)
        self.tops = [told[3], record.same_as("meeting:a", "meeting:b"), told[0], told[7], told[12], told[9]]
        self.number = 0

    def write(self):
        """Take back, or bring back, one of them: a plan, a name, a meeting, a commitment, a role, a balance."""
        place = self.number % len(self.tops)
        self.tops[place] = self.record.retract(self.tops[place])
        self.number += 1

    def write_all(self):
        """Take back all of them, and tell of one that nobody told of."""
        for _ in self.tops:
            self.write()
        self.record.add(MeetingScheduled("new", planned="2021-11"), source=TASS)


@pytest.fixture(params=["memory", "sqlite", "postgres"])
def opened(request, tmp_path):
    """Return a function that opens one record again, as another process does; of several by a number."""
    records = []
    memory = defaultdict(lambda: MemoryStore("p"))
    place = request.getfixturevalue("database") if request.param == "postgres" else tmp_path
    kinds = {
        "memory": lambda number: memory[number],
        "sqlite": lambda number: SQLiteStore(tmp_path / f"{number}.db", partnership=f"p-{number}"),
        "postgres": lambda number: PostgresStore(place, partnership=f"p-{number}"),
    }

    def opened(number=0, touch=None):
        store = kinds[request.param](number)
        records.append(Record(Touched(store, touch) if touch else store, codec_of(()), lambda: NOON))
        return records[-1]

    opened.kind, opened.place = request.param, place
    yield opened
    for one in records:
        one.close()


def told(ask, view):
    """Return an answer so that it can be compared."""
    try:
        answer = ask(view)
    except ps.errors.UnknownSubject as unknown:  # for all that was told of it is taken back
        return str(unknown)
    if isinstance(answer, ps.Dossier):
        return (str(answer), [one.id for one in answer.entries], answer.superseded)
    return [str(one) for one in answer] if isinstance(answer, tuple) else str(answer)


def test_every_query_is_here():
    """One that is new is asked beside a writer too."""
    public = {name for name in dir(View) if not name.startswith("_")}
    assert public - {*FAMILIES, "consistent", "kinds", "partnership", "project", "states"} <= {*QUERIES}


def cases(kind):
    """Yield views and queries: all of them, or some where that takes a long time."""
    for view in VIEWS if kind == "memory" else ["record"]:
        for name, ask in {**QUERIES, **MAPPINGS, **(RECORD_QUERIES if view == "record" else {})}.items():
            if kind == "memory" or name in _SOME:
                yield f"{view}, {name}", VIEWS[view], ask


@pytest.mark.no_cover
@pytest.mark.parametrize("has_asked", [False, True])
def test_a_writer_writes_whenever_the_store_is_asked(opened, has_asked):
    """The answer is that of one state: of the first entries of the log, as many as it had when the query began."""
    for number, (name, view, ask) in enumerate(cases(opened.kind)):
        writer = Writer(opened(number))
        is_asking = False

        def write(writer=writer):
            if is_asking:  # noqa: B023  of this round
                writer.write()

        record = opened(number, write)
        asked = view(record)
        if has_asked:
            told(ask, asked)
            writer.write()
        is_asking = True
        found = told(ask, asked)
        is_asking = False
        assert writer.number, name
        fresh = ps.open(":memory:", clock=lambda: NOON)
        fresh.merge([one for one in writer.record.entries() if one.position <= record._query.index.head])
        assert found == told(ask, view(fresh)), name


@pytest.mark.no_cover
@pytest.mark.parametrize("name", ["calendar", "dossier", "findings", "values", "_repr_html_", "diff"])
def test_a_query_that_is_interrupted_wherever_the_store_is_asked(name):
    """The next answer is as if nobody had asked."""
    ask = {**QUERIES, **MAPPINGS, **RECORD_QUERIES}[name]
    for touch in count(1):
        left, is_asking = count(1), False

        def interrupt(touch=touch):
            if is_asking and next(left) == touch:  # noqa: B023  of this round
                raise KeyboardInterrupt

        store = MemoryStore("p")
        writer = Writer(Record(store, codec_of(()), lambda: NOON))
        record = Record(Touched(store, interrupt), codec_of(()), lambda: NOON)
        ask(record)
        writer.write_all()
        is_asking = True
        try:
            ask(record)
            is_done = True
        except KeyboardInterrupt:
            is_done = False
        is_asking = False
        assert told(ask, record) == told(ask, Record(store, codec_of(()), lambda: NOON))
        if is_done:
            assert touch > 2
            return


class Counted:
    """A lock that counts how often whoever did not hold it takes it."""

    def __init__(self):
        self._lock, self._depth, self.taken = RLock(), 0, 0

    def __enter__(self):
        self._lock.acquire()
        self._depth += 1
        self.taken += self._depth == 1

    def __exit__(self, *_):
        self._depth -= 1
        self._lock.release()


def test_a_view_of_before_within_a_block_of_the_record():
    """It answers from what is there when the block begins, not from what was there when it was last asked."""
    writer = Writer(ps.open(":memory:", clock=lambda: NOON))
    for name, ask in {**QUERIES, **MAPPINGS}.items():
        view = writer.record.as_of(known="2030-01-01")
        told(ask, view)
        writer.write()
        with writer.record.consistent():
            assert told(ask, view) == told(ask, writer.record.as_of(known="2030-01-01")), name


@pytest.mark.parametrize("view", VIEWS)
def test_the_lock_is_held_through_the_whole_of_an_answer(view):
    """So no thread takes anything in between two parts of it."""
    record = Writer(ps.open(":memory:", clock=lambda: NOON)).record
    asked = VIEWS[view](record)
    record._query.index.lock = lock = Counted()
    for name, ask in {**QUERIES, **({} if asked is not record else RECORD_QUERIES)}.items():
        lock.taken = 0
        ask(asked)
        assert lock.taken == 1, name


@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize("is_read", [False, True])
def test_states_stay_as_they_were_asked_for(opened, view, is_read):
    """What is gone through stays, whatever is retracted, renamed or added meanwhile; who asks again has it all."""
    record = opened()
    writer = Writer(record)
    asked = VIEWS[view](record)
    count_up = ps.Projection("counted", lambda _: 0, lambda state, _: state + 1, key=lambda one: [one.event.about])
    states, counted, all_values = asked.meetings, asked.project(count_up), iter(asked.meetings.values())
    before = dict(asked.meetings), dict(asked.project(count_up))
    if is_read:
        assert (len(states), len(counted)) == tuple(map(len, before))
    first = next(all_values)

    writer.write_all()
    assert "b" in asked.meetings  # which takes it in
    assert asked.meetings["b"] != before[0]["a"]

    assert [first, *all_values] == list(before[0].values())
    assert "new" not in states
    assert states["b"] == states["meeting:a"] == before[0]["a"]  # they were the same
    assert (dict(states), dict(counted)) == before
    assert states.get("new") is None
    assert (len(states), len(counted)) == tuple(map(len, before))
    with pytest.raises(ps.errors.UnknownSubject):
        _ = states["nothing"]
    assert "new" in asked.meetings
    assert dict(asked.meetings) == dict(VIEWS[view](opened()).meetings) != before[0]


def test_states_of_a_record_that_went_on_show_themselves(opened):
    """As a table and at a prompt they are what they were."""
    writer = Writer(opened())
    states = writer.record.meetings
    shown = repr(states), states._repr_html_()
    other = writer.record.meetings
    writer.write_all()
    assert "new" in writer.record.meetings
    assert (repr(states), states._repr_html_()) == (repr(other), other._repr_html_()) == shown
    assert [*states.__rich_repr__()] == [*other.__rich_repr__()]


def test_midnight_falls_into_a_query():
    """All of an answer is of one day: what was still to come when it began is not overdue in it as well."""
    days = count()
    record = ps.open(":memory:", clock=lambda: NOON + timedelta(days=next(days)))
    source = ps.Source("TASS", published="2026-02-01")
    record.add(*(MeetingScheduled(f"m-{day}", planned=f"2026-03-{day:02}") for day in range(1, 32)), source=source)
    calendar = record.calendar()
    assert {one.subject for one in calendar.planned}.isdisjoint(one.subject for one in calendar.overdue)
    assert len(calendar.planned) + len(calendar.overdue) == 31
    assert all(len(record.dossier(f"m-{day}").expected) == 1 for day in range(1, 32))
    free = record.shareable()
    assert len(free.overdue()) + len(free.upcoming()) == 31
    assert free.today < record.today < record.today


_OTHER = """
import sys
from datetime import UTC, datetime
import partnership as ps
from partnership.events import MeetingScheduled

with ps.open(sys.argv[1], partnership=sys.argv[3], clock=lambda: datetime(2026, 3, 1, 12, tzinfo=UTC)) as record:
    print("ready", flush=True)
    for number in range(int(sys.argv[2])):
        source = ps.Source(f"Other {number}", published="2021-03-03")
        (entry,) = record.add(MeetingScheduled(f"x-{number % 5}", planned="2021-10"), source=source)
        if number % 3 == 1:
            record.retract(entry)
        if number % 7 == 3:
            top = record.same_as("meeting:x-1", f"meeting:x-{number % 4 + 2}", reason=str(number))
        if number % 7 == 5:
            record.retract(top)
    print("done", flush=True)
"""


def asking(record, is_over):
    """Ask everything, again and again."""
    view = record.as_of("2022-06-01")
    while not is_over:
        for ask in (*QUERIES.values(), *MAPPINGS.values()):
            ask(record)
            ask(view)
        record.diff("2021-12-31", "2022-12-31")
        for name in FAMILIES:
            list(getattr(record, name).values())


def adding(record, desk):
    """Add, correct, retract, and declare two subjects the same."""
    for number in range(30):
        source = ps.Source(f"{desk} {number}", published="2021-03-03")
        (entry,) = record.add(MeetingScheduled(f"{desk}-{number % 5}", planned="2021-10"), source=source)
        if number % 3 == 1:
            record.correct(entry, MeetingScheduled(f"{desk}-{number % 4}", planned="2021-09"))
        if number % 3 == 2:
            record.retract(entry)
        if number % 10 == 5:
            record.retract(record.same_as(f"meeting:{desk}-1", "meeting:b"))


@pytest.fixture
def process(opened):
    """Start another process that adds to the record, where it can; return a function that waits for its end."""
    if opened.kind == "memory":
        yield lambda: "done\n"
        return
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path)), "PYTHONUTF8": "1"}
    place = opened.place / "0.db" if opened.kind == "sqlite" else opened.place
    command = [sys.executable, "-W", "error", "-c", _OTHER, str(place), "60", "p-0"]
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True) as other:
        assert other.stdout.readline() == "ready\n"
        yield lambda: other.communicate(timeout=600)[0]
        other.kill()


@pytest.mark.no_cover
def test_threads_and_a_process_add_while_others_ask(opened, process):
    """No question fails, and in the end it is as if one had asked."""
    record, failed, is_over = opened(), [], []
    Writer(record)

    def work(ask, *given):
        try:
            ask(record, *given)
        except Exception as error:  # noqa: BLE001  it is told by the thread that started this one
            failed.append(error)

    interval = sys.getswitchinterval()
    sys.setswitchinterval(1e-5)
    askers = [Thread(target=work, args=(asking, is_over)) for _ in range(2)]
    writers = [Thread(target=work, args=(adding, desk)) for desk in "pq"]
    try:
        for one in (*askers, *writers):
            one.start()
        for one in writers:
            one.join()
        assert process() == "done\n"
    finally:
        is_over.append(True)
        for one in askers:
            one.join()
        sys.setswitchinterval(interval)
    assert not failed
    states = [{name: dict(getattr(one, name)) for name in FAMILIES} for one in (record, opened())]
    assert states[0] == states[1]
    assert record.findings() == opened().findings()


@pytest.mark.parametrize(
    "query",
    [
        lambda view: view.meetings["m"],
        lambda view: view.meetings["meeting:m"],
        lambda view: view.why("meeting:m"),
        lambda view: view.why("m"),
        lambda view: view.dossier("meeting:m"),
        lambda view: view.entries(subject="m"),
        lambda view: view.name_of("meeting:m"),
        lambda view: view.fund_ledger("f"),
        lambda view: view.series_ledger("series:s"),
        lambda view: view.holders("r"),
    ],
)
def test_a_subject_that_was_not_known_yet(query):
    """The error tells so, and from which day something is known of it."""
    tass, earlier = (ps.Source("TASS", published=day) for day in ("2024-10-10", "2024-05-01"))
    with ps.open(":memory:") as record:
        record.add(MeetingHeld("other"), source=earlier)
        record.add(
            MeetingHeld("m"), FundEstablished("f"), SeriesEstablished("s"), RoleHeld("r", holder="LA"), source=tass
        )
        record.add(MeetingHeld("m"), source=ps.Source("VNA", published="2024-11-10"))
        with pytest.raises(ps.errors.UnknownSubject) as unknown:
            query(record.as_of("2024-06-01"))
        assert (unknown.value.known, unknown.value.first_known) == (date(2024, 6, 1), date(2024, 10, 10))
        assert str(unknown.value).endswith(" on 2024-06-01: its first source is of 2024-10-10")
        query(record.as_of("2024-10-10"))


def test_a_subject_of_which_nothing_is_recorded_at_all():
    """No day is told; nor of what was known under another kind, or from an undated note only."""
    with ps.open(":memory:") as record:
        record.add(MeetingHeld("m"), source=ps.Source("TASS", published="2024-05-01"))
        for name in ("n", "dialogue:m"):
            with pytest.raises(ps.errors.UnknownSubject, match="nothing is recorded of"):
                record.as_of("2024-06-01").why(name)
        with pytest.raises(ps.errors.UnknownSubject, match="nothing is recorded of"):
            record.as_of(known="2024-06-01").dialogues["m"]
