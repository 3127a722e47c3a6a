"""The door: opening, adding, citing, merging, following, proving."""

from __future__ import annotations

import pickle
import subprocess
import sys
import textwrap
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from attrs import evolve

import partnership as ps
from partnership.errors import DifferentPartnership, InvalidEntry, InvalidValue
from partnership.events import DialogueLaunched, MeetingHeld, MeetingScheduled
from partnership.serialization.canonical import digest
from partnership.testing import ticking

VNA = ps.Source("VNA", published="2020-11-16", kind="news")
TASS = ps.Source("TASS", published="2021-09-24", kind="news")


@pytest.fixture
def record():
    """Open an empty record."""
    with ps.open(":memory:", clock=ticking()) as opened:
        yield opened


def test_several_events_of_one_source(record):
    """Their entries come back in the order given."""
    entries = record.add(MeetingHeld("b"), MeetingHeld("a"), source=VNA, note="both")
    assert [one.event.subject for one in entries] == ["b", "a"]
    assert [one.position for one in entries] == [1, 2]
    assert record.add(source=VNA) == ()


def test_an_entry():
    """It shows what was said, by whom, what the desk remarked, and where and when it lies."""
    entry = ps.open(":memory:", clock=ticking(datetime(2026, 1, 1, tzinfo=UTC)), by="Desk officer").add(
        MeetingHeld("m", on="2020-06-17", host="RU", co_chairs=["ID", "RU"]),
        source=VNA, speaker="A. Ivanov", certainty="reported", inferred="on", note="year from context", shared=True,
    )[0]  # fmt: skip
    assert (entry.event.subject, entry.source, entry.speaker, entry.by) == ("m", VNA, "A. Ivanov", "Desk officer")
    assert (entry.remarks.inferred, entry.remarks.note, entry.remarks.certainty) == (
        ("on",),
        "year from context",
        "reported",
    )
    assert entry.recorded_at == datetime(2026, 1, 1, 0, 0, 1, tzinfo=UTC)
    assert entry.parties == {"RU", "ID"}
    assert entry.known_from == date(2020, 11, 16)
    assert "body=b" not in repr(entry)


@pytest.mark.parametrize(
    ("kind", "shared", "may"),
    [("news", None, True), ("desk-note", None, False), ("desk-note", True, True), ("news", False, False)],
)
def test_an_entry_that_the_desk_may_keep_to_itself(record, kind, shared, may):
    """A note of the desk stays unless it is marked otherwise, all else may go unless it is marked."""
    source = ps.Source("A", kind=kind, published="2020")
    assert record.add(MeetingHeld("m"), source=source, shared=shared)[0].may_be_shared is may


def test_a_page_without_a_day_read_by_two_desks(record):
    """It is one claim in two entries, each with its own day of reading."""
    first = record.add(MeetingHeld("m"), source=ps.Source("A", retrieved="2026-01-01"))[0]
    second = record.add(MeetingHeld("m"), source=ps.Source("A", retrieved="2026-02-01"))[0]
    assert first.claim == second.claim
    assert first.id != second.id
    assert [str(one.source.retrieved) for one in record.entries()] == ["2026-01-01", "2026-02-01"]


def test_a_block(record):
    """Its entries are there when it has ended, in order, one list for each call."""
    with record.citing(VNA, speaker="A. Ivanov") as cite:
        one = cite(MeetingHeld("a"), MeetingHeld("b"))
        other = cite(MeetingHeld("c"), speaker="Somebody else")
        with pytest.raises(RuntimeError, match="when the block has ended"):
            len(one)
    assert [each.event.subject for each in one] == ["a", "b"]
    assert one[0:2] == (one[0], one[1])
    assert (one[1].speaker, other[0].speaker) == ("A. Ivanov", "Somebody else")


def test_a_block_that_is_left_by_an_error(record):
    """Nothing of it is written."""
    with pytest.raises(ZeroDivisionError), record.citing(VNA) as cite:  # noqa: PT012  the block is what is tested
        cite(MeetingHeld("a"))
        1 / 0  # noqa: B018  the error
    assert record.entries() == ()


def test_entries_by_subject_source_and_party(record):
    """Each narrows what is returned."""
    record.add(MeetingHeld("m", host="RU"), source=VNA)
    record.add(DialogueLaunched("d", parties=["ASEAN", "RU"]), source=TASS)
    assert [one.event.subject for one in record.entries(subject="m")] == ["m"]
    assert [one.event.subject for one in record.entries(source="TASS")] == ["d"]
    assert [one.event.subject for one in record.entries(source=VNA)] == ["m"]
    assert [one.event.subject for one in record.entries(party="ru")] == ["m", "d"]
    assert record.entries(source="TASS", party="VN") == ()
    assert record.sources == (TASS, VNA)


def test_two_records_that_merge(record):
    """What was not there before is returned, as it lies here."""
    record.add(MeetingHeld("m"), source=VNA)
    with ps.open(":memory:", clock=ticking()) as other:
        other.add(MeetingHeld("m"), source=VNA)
        other.add(MeetingHeld("n"), source=TASS)
        assert [(one.event.subject, one.position) for one in record.merge(other)] == [("n", 2)]
        assert record.merge(other) == ()
        assert record.merge([]) == ()


def test_records_of_two_partnerships():
    """They are not mixed; an unnamed one may be merged with either."""
    with (
        ps.open(":memory:", partnership="asean-russia") as one,
        ps.open(":memory:", partnership="asean-japan") as other,
    ):
        with pytest.raises(DifferentPartnership, match="'asean-russia', not of 'asean-japan'"):
            one.merge(other)
        with ps.open(":memory:") as unnamed:
            assert one.merge(unnamed) == ()
        assert one.partnership == "asean-russia"


def test_an_entry_whose_bytes_were_changed(record):
    """It is not merged."""
    entry = record.add(MeetingHeld("m"), source=VNA)[0]
    forged = ps.Entry("0" * 64, entry.claim, entry.remarks, 1, entry.recorded_at, None, entry.body)
    with ps.open(":memory:") as other, pytest.raises(InvalidEntry, match="its bytes do not match its id"):
        other.merge([forged])


def test_an_entry_of_another_form(record):
    """It is not merged: the same claim in another form would count twice."""
    entry = record.add(MeetingHeld("m", parties=["ASEAN", "RU"]), source=VNA)[0]
    body = entry.body.replace(b'["ASEAN","RU"]', b'["RU","ASEAN"]')
    other_form = evolve(entry, id=digest(body), body=body)
    with ps.open(":memory:") as other:
        with pytest.raises(InvalidEntry, match="not in canonical form"):
            other.merge([other_form])
        effective = record.correct(entry, MeetingHeld("m", parties=["RU"]))
        assert other.merge([entry, effective]) == other.entries()


def test_a_reader_that_follows(record):
    """It gets what came after its checkpoint, and waits for more as long as it was told."""
    record.add(MeetingHeld("a"), MeetingHeld("b"), source=VNA)
    assert [one.event.subject for one in record.follow(after=1)] == ["b"]
    follower = record.follow(after=2, wait=0.1)
    record.add(MeetingHeld("c"), source=VNA)
    assert [one.event.subject for one in follower] == ["c"]
    assert list(record.follow(after=3, wait=0.03)) == []


def test_a_reader_that_follows_another_process(tmp_path):
    """It is woken by what the other adds."""
    path = tmp_path / "r.db"
    script = textwrap.dedent(f"""
        import sys; sys.path[:0] = {sys.path!r}
        import partnership as ps
        from partnership.events import MeetingHeld
        with ps.open({str(path)!r}) as record:
            record.add(MeetingHeld("from-afar"), source=ps.Source("A", published="2020"))
    """)
    with ps.open(path) as record:
        with subprocess.Popen([sys.executable, "-c", script]) as child:
            found = next(record.follow(wait=30))
        assert (child.returncode, found.event.subject) == (0, "from-afar")
        assert "from-afar" in record.meetings


def test_a_proof_that_was_kept(record):
    """The log still begins with just those entries, and a head of another log is found out."""
    record.add(MeetingHeld("a"), source=VNA)
    head = record.tree_head()
    record.add(MeetingHeld("b"), source=VNA)
    assert record.verify(head).is_sound
    assert record.verify().head == record.tree_head() != head
    with ps.open(":memory:", clock=ticking()) as other:
        problems = other.verify(record.tree_head()).problems
        assert problems == ("the log does not begin with the 2 entries of the head that was kept",)


def test_a_log_that_grows_while_it_is_verified(record, monkeypatch):
    """It is looked at again, and nothing is wrong."""
    store = record._store
    read = store.read

    def read_late(after, most):
        monkeypatch.undo()
        record.add(MeetingHeld("late"), source=VNA)
        return read(after, most)

    record.add(MeetingHeld("a"), source=VNA)
    monkeypatch.setattr(type(store), "read", lambda _, *asked: read_late(*asked))
    found = record.verify()
    assert (found.problems, found.head.size) == ((), 2)


def test_a_row_that_was_changed(record):
    """Every kind of change is found and named."""
    record.add(MeetingHeld("a"), MeetingHeld("b"), source=VNA)
    rows = record._store._rows
    rows[0] = evolve(rows[0], body=b"{}")
    rows[1] = evolve(rows[1], by="Somebody", position=3)
    assert record.verify().problems == (
        "entry 1 has bytes that do not match its id",
        "entry 3 stands at place 2",
        "entry 3 has another time, recorder or position than it was written with",
    )
    rows.pop()
    assert any("sealed with 2 entries" in one for one in record.verify().problems)


def test_a_row_with_bytes_that_the_library_does_not_write(record):
    """`verify` finds bytes that are not canonical, and bytes that are not an entry."""
    record.add(MeetingHeld("a"), MeetingHeld("b"), source=VNA)
    rows = record._store._rows
    for place, body in enumerate((rows[0].body.replace(b",", b", ", 1), b"{")):
        rows[place] = evolve(rows[place], body=body, id=digest(body))
    problems = record.verify().problems
    assert [one for one in problems if "canonical form" in one] == [
        f"entry {place} is not in canonical form: it was not written by this library" for place in (1, 2)
    ]


def test_the_entries_of_a_view(record):
    """They are those that its cut selects, with what the desk says of them."""
    early, late = (ps.Source("A", published=day) for day in ("2020", "2022"))
    (one,) = record.add(MeetingHeld("a"), source=early)
    record.add(MeetingHeld("b"), source=late)
    (two,) = record.add(MeetingHeld("c"), source=late)
    effective = record.retract(one), record.retract(two)
    assert record.as_of(known="2021-01-01").entries() == (one, effective[0])
    assert record.as_of(sources=lambda told: told.published == ps.When("2022")).entries()[-1] == effective[1]


def test_a_clock_without_a_zone():
    """It is refused when it is first looked at."""
    with ps.open(":memory:", clock=lambda: datetime(2026, 1, 1)) as record:  # noqa: DTZ001  that is the point
        with pytest.raises(InvalidValue, match="aware"):
            record.add(MeetingHeld("m"), source=VNA)
        assert record.entries() == ()


def test_the_same_subject_twice(record):
    """It is the same already, and subjects of two kinds cannot be."""
    with pytest.raises(InvalidValue, match="are one name"):
        record.same_as("meeting:a", "meeting:a")
    with pytest.raises(InvalidValue, match="different kinds"):
        record.same_as("meeting:a", "dialogue:a")
    assert record.same_as("meeting:a", "meeting:b") == record.same_as("meeting:b", "meeting:a")


def test_a_correction_from_a_page_without_a_day(record):
    """It is known from the day on which it was read."""
    entry = record.add(MeetingHeld("m", on="2020-06-16"), source=VNA)[0]
    effective = record.correct(entry.id, MeetingHeld("m", on="2020-06-17"), source=ps.Source("VNA"), inferred=["on"])
    assert effective.known_from == date(2026, 1, 1)
    assert effective.remarks.inferred == ("on",)


def test_what_shows_itself(record):
    """A record, a view and its states say what they are in one line."""
    record.add(MeetingHeld("m"), source=VNA)
    assert repr(record) == "<Record: 1 entry>"
    assert repr(record.as_of("2021-01-01")) == "<View as of 2021-01-01, cut from 1 entry>"
    assert repr(record.meetings) == "<meetings: m>"
    record.add(*[MeetingHeld(f"m{number}") for number in range(9)], source=VNA)
    assert repr(record.meetings) == "<meetings: m, m0, m1, m2, m3, m4, m5, m6, …>"
    assert len(record.meetings) == 10
    with pytest.raises(KeyError, match="did you mean m0"):
        record.meetings["m00"]


def test_nothing_that_changed(record):
    """The difference says so; what is new in knowledge is told apart from what is new in the world."""
    record.add(MeetingScheduled("m", planned="2020-12"), source=VNA)
    record.add(MeetingHeld("m", on="2020-12-05"), source=TASS)
    assert str(record.diff("2020-11-16", "2020-11-17")) == "nothing changed"
    diff = record.diff("2021-01-15", "2021-10-01")
    assert ("meeting:m", "status", "scheduled", "held") in [
        (one.subject, one.field, one.before, one.after) for one in diff.learned
    ]
    assert diff.happened == ()
    assert diff.fell_due == ()
    assert "learned: meeting:m held_on: nothing → 2020-12-05" in str(diff)


def test_a_subject_that_is_new(record):
    """Every field of it is a change from nothing; days the wrong way round are refused."""
    record.add(MeetingScheduled("m", planned="2020-12"), source=VNA)
    there = [(one.field, one.before) for one in record.diff("2020-11-01", "2020-11-20").happened]
    assert there == [("expected", None), ("status", None)]
    with pytest.raises(InvalidValue, match="give the earlier day first"):
        record.diff("2020-11-20", "2020-11-01")


def test_what_mends_a_subject(record):
    """It is among the subject's entries, and so is what was moved there from another name."""
    entry = record.add(MeetingHeld("jcc-18"), source=VNA)[0]
    moved = record.correct(entry, MeetingHeld("arjcc-18"))
    assert record.entries(subject="meeting:arjcc-18") == (entry, moved)
    taken_back = record.retract(moved)
    assert record.entries(subject="meeting:jcc-18") == (entry, moved, taken_back)


def test_a_source_cited_outside_of_a_block(record):
    """Nothing is taken, and Python says so."""
    with pytest.raises(TypeError, match="not callable"):
        record.citing(VNA)(MeetingHeld("m"))


@pytest.mark.parametrize(
    "address",
    [
        "postgresql+psycopg://u:secretpw@127.0.0.1/desk",
        "Postgresql://u:secretpw@127.0.0.1/desk",
        " postgresql://u:secretpw@127.0.0.1/desk",
        "mysql://u:secretpw@127.0.0.1/desk",
        "host=127.0.0.1 dbname=desk password=secretpw",
        "password=secretpw host=127.0.0.1",
        "PassWord = 'secretpw'\nhost = 127.0.0.1",
        "postgresql:u:secretpw@127.0.0.1/desk",
        "postgres:u:secretpw",
        "postgresql:/u:secretpw@127.0.0.1/desk",
        Path("postgresql://u:secretpw@127.0.0.1/desk"),
        "jdbc:postgresql://127.0.0.1/desk?user=u&password=secretpw",
        "pgsql:host=127.0.0.1;password=secretpw",
        "Server=127.0.0.1;User Id=u;Pwd=secretpw",
        "PGPASSWORD=secretpw psql desk",
        "passfile=secretpw service=desk",
        "service=secretpw",
        "{'password': 'secretpw'}",
        "u:secretpw@127.0.0.1/desk",
        "u:secret/pw:secretpw@127.0.0.1",
        "records/u:secretpw@127.0.0.1",
        "postgresql%3A%2F%2Fu%3Asecretpw%40127.0.0.1%2Fdesk",
        "host%3D127.0.0.1%20password%3Dsecretpw",
        "password\uff1dsecretpw",
        "u\uff1asecretpw\uff20127.0.0.1",
        "'postgresql://u:secretpw@127.0.0.1/desk'",
    ],
)
def test_an_address_that_opens_no_record(address, tmp_path, monkeypatch):
    """It is refused wherever a path is given, no file is made of it, and nobody reads the password in the error."""
    monkeypatch.chdir(tmp_path)
    for asked in (
        lambda: ps.open(address, partnership="asean-russia"),
        lambda: ps.open(":memory:", partnership=str(address)),
        lambda: ps.read(address),
        lambda: ps.write([], address),
        lambda: ps.open(":memory:").page(address),
    ):
        with pytest.raises(InvalidValue) as refused:
            asked()
        error = refused.value
        told = [str(error), repr(error), repr(error.args), repr(vars(error)), repr(pickle.dumps(error))]
        assert "secretpw" not in "".join(told)
        assert error.__cause__ is error.__context__ is None
    with pytest.raises(InvalidValue, match="write postgresql://user@host"):
        ps.open(address, partnership="asean-russia")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "path", [None, 3, b"x.db", "", b"u:secretpw@127.0.0.1", {"password": "secretpw"}, ["secretpw"]]
)
def test_what_is_no_path(path):
    """It is refused, the error says what to give, and repeats nothing that may hold a password."""
    with pytest.raises(InvalidValue, match="give the name of a file") as refused:
        ps.open(path)
    assert "secretpw" not in f"{refused.value} {refused.value!r} {pickle.dumps(refused.value)!r}"


def test_a_policy_that_has_no_hash():
    """It is asked as any other."""

    class First:
        __hash__ = None

        def __call__(self, candidates):
            return candidates[0]

    record = ps.open(":memory:")
    record.add(MeetingHeld("a", on="2020-01-01"), source=ps.Source("A", published="2020-02-01"))
    record.add(MeetingHeld("a", on="2020-01-02"), source=ps.Source("B", published="2020-02-01"))
    assert record.as_of(policy=First()).meetings["a"].disputed == ("held_on",)


def test_verify_beside_a_writer_who_never_rests():
    """What was sealed when it looked is checked, and it comes to an end."""
    record = ps.open(":memory:")
    store = record._store
    look = store.check

    def check():
        record.add(MeetingHeld(f"m-{store.head()}", on="2020-01-01"), source=ps.Source("A", published="2020-02-01"))
        return look()

    store.check = check
    assert record.verify().is_sound
    assert len(record.meetings) == 3


def test_a_name_of_nothing():
    """It is refused with its kind and without, for nothing is recorded of it."""
    record = ps.open(":memory:")
    for name in ("meeting:never-heard", "never-heard"):
        with pytest.raises(ps.errors.UnknownSubject):
            record.name_of(name)
