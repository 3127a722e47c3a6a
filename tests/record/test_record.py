"""A record: opening, adding, citing, merging, following, verifying."""

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
from partnership.errors import DifferentPartnership, InvalidEntry, InvalidEvent, InvalidValue, SupersededWarning
from partnership.events import DialogueLaunched, MeetingHeld, MeetingPostponed, MeetingScheduled
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
    """Their entries are returned in the order given."""
    entries = record.add(MeetingHeld("b"), MeetingHeld("a"), source=VNA, note="both")
    assert [entry.event.subject for entry in entries] == ["b", "a"]
    assert [entry.position for entry in entries] == [1, 2]
    assert record.add(source=VNA) == ()


def test_an_entry():
    """It has the event, the source, the speaker, the remarks, its position and the time of recording."""
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
def test_whether_an_entry_may_be_shared(record, kind, shared, may):
    """A desk note may not unless it is marked so; any other may unless it is marked otherwise."""
    source = ps.Source("A", kind=kind, published="2020")
    assert record.add(MeetingHeld("m"), source=source, shared=shared)[0].may_be_shared is may


def test_an_undated_document_retrieved_twice(record):
    """It is one claim in two entries, each with its own day of retrieval."""
    first = record.add(MeetingHeld("m"), source=ps.Source("A", retrieved="2026-01-01"))[0]
    second = record.add(MeetingHeld("m"), source=ps.Source("A", retrieved="2026-02-01"))[0]
    assert first.claim == second.claim
    assert first.id != second.id
    assert [str(one.source.retrieved) for one in record.entries()] == ["2026-01-01", "2026-02-01"]


def test_a_citing_block(record):
    """Its entries are available when it has ended, in order, one sequence for each call."""
    with record.citing(VNA, speaker="A. Ivanov") as cite:
        one = cite(MeetingHeld("a"), MeetingHeld("b"))
        other = cite(MeetingHeld("c"), speaker="Somebody else")
        nobody = cite(MeetingHeld("d"), speaker=None)
        with pytest.raises(RuntimeError, match="when the block has ended"):
            len(one)
    assert [each.event.subject for each in one] == ["a", "b"]
    assert one[0:2] == (one[0], one[1])
    assert (one[1].speaker, other[0].speaker, nobody[0].speaker) == ("A. Ivanov", "Somebody else", None)


def test_an_error_in_a_citing_block(record):
    """Nothing of the block is written."""
    with pytest.raises(ZeroDivisionError), record.citing(VNA) as cite:  # noqa: PT012  the block is what is tested
        cite(MeetingHeld("a"))
        1 / 0  # noqa: B018  the error
    assert record.entries() == ()


def test_entries_by_subject_source_and_party(record):
    """Each argument narrows the result."""
    record.add(MeetingHeld("m", host="RU"), source=VNA)
    record.add(DialogueLaunched("d", parties=["ASEAN", "RU"]), source=TASS)
    assert [entry.event.subject for entry in record.entries(subject="m")] == ["m"]
    assert [entry.event.subject for entry in record.entries(source="TASS")] == ["d"]
    assert [entry.event.subject for entry in record.entries(source=VNA)] == ["m"]
    assert [entry.event.subject for entry in record.entries(party="ru")] == ["m", "d"]
    assert record.entries(source="TASS", party="VN") == ()
    assert record.sources == (TASS, VNA)


def test_merging_two_records(record):
    """The entries that are new are returned, with their positions in this log."""
    record.add(MeetingHeld("m"), source=VNA)
    with ps.open(":memory:", clock=ticking()) as other:
        other.add(MeetingHeld("m"), source=VNA)
        other.add(MeetingHeld("n"), source=TASS)
        assert [(one.event.subject, one.position) for one in record.merge(other)] == [("n", 2)]
        assert record.merge(other) == ()
        assert record.merge([]) == ()


def test_merging_records_of_two_partnerships():
    """It is refused; a record without a name may be merged with either."""
    with (
        ps.open(":memory:", partnership="asean-russia") as one,
        ps.open(":memory:", partnership="asean-japan") as other,
    ):
        with pytest.raises(DifferentPartnership, match="'asean-russia', not of 'asean-japan'"):
            one.merge(other)
        with ps.open(":memory:") as unnamed:
            assert one.merge(unnamed) == ()
        assert one.partnership == "asean-russia"


def test_merging_an_entry_with_changed_bytes(record):
    """It is refused."""
    entry = record.add(MeetingHeld("m"), source=VNA)[0]
    forged = ps.Entry("0" * 64, entry.claim, entry.remarks, 1, entry.recorded_at, None, entry.body)
    with ps.open(":memory:") as other, pytest.raises(InvalidEntry, match="its bytes do not match its id"):
        other.merge([forged])


def test_merging_an_entry_in_another_form(record):
    """It is refused: the same claim in another form would count twice."""
    entry = record.add(MeetingHeld("m", parties=["ASEAN", "RU"]), source=VNA)[0]
    body = entry.body.replace(b'["ASEAN","RU"]', b'["RU","ASEAN"]')
    other_form = evolve(entry, id=digest(body), body=body)
    with ps.open(":memory:") as other:
        with pytest.raises(InvalidEntry, match="not in canonical form"):
            other.merge([other_form])
        effective = record.correct(entry, MeetingHeld("m", parties=["RU"]))
        assert other.merge([entry, effective]) == other.entries()


def test_following(record):
    """It yields the entries after the checkpoint, and waits for more as long as requested."""
    record.add(MeetingHeld("a"), MeetingHeld("b"), source=VNA)
    assert [entry.event.subject for entry in record.follow(after=1)] == ["b"]
    follower = record.follow(after=2, wait=0.1)
    record.add(MeetingHeld("c"), source=VNA)
    assert [entry.event.subject for entry in follower] == ["c"]
    assert list(record.follow(after=3, wait=0.03)) == []


def test_following_another_process(tmp_path):
    """The follower wakes when the other process adds an entry."""
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
            entry = next(record.follow(wait=30))
        assert (child.returncode, entry.event.subject) == (0, "from-afar")
        assert "from-afar" in record.meetings


def test_a_stored_tree_head(record):
    """The log still begins with its entries; the head of another log is reported."""
    record.add(MeetingHeld("a"), source=VNA)
    head = record.tree_head()
    record.add(MeetingHeld("b"), source=VNA)
    assert record.verify(head).is_sound
    assert record.verify().head == record.tree_head() != head
    with ps.open(":memory:", clock=ticking()) as other:
        problems = other.verify(record.tree_head()).problems
        assert problems == ("the log does not begin with the 2 entries of the head that was kept",)


def test_an_entry_added_during_verification(record, monkeypatch):
    """Verification starts again, and reports no problem."""
    store = record._store
    read = store.read

    def read_late(after, most):
        monkeypatch.undo()
        record.add(MeetingHeld("late"), source=VNA)
        return read(after, most)

    record.add(MeetingHeld("a"), source=VNA)
    monkeypatch.setattr(type(store), "read", lambda _, *asked: read_late(*asked))
    verification = record.verify()
    assert (verification.problems, verification.head.size) == ((), 2)


def test_verifying_changed_rows(record):
    """Every kind of change is reported."""
    record.add(MeetingHeld("a"), MeetingHeld("b"), source=VNA)
    rows = record._store._rows
    rows[0] = evolve(rows[0], columns=evolve(rows[0].columns, fields=b"{}"))
    rows[1] = evolve(rows[1], by="Somebody", position=3)
    assert record.verify().problems == (
        "entry 1 has bytes that do not match its id",
        "entry 3 stands at place 2",
        "entry 3 has another time, recorder or position than it was written with",
    )
    rows.pop()
    assert any("sealed with 2 entries" in one for one in record.verify().problems)


def test_verifying_rows_that_other_software_wrote(record):
    """Bytes that are not in canonical form are reported, and so are bytes that are not an entry."""
    record.add(MeetingHeld("a"), MeetingHeld("b"), source=VNA)
    rows = record._store._rows
    for place, source in enumerate((rows[0].columns.source.replace(b",", b", ", 1), b"{")):
        columns = evolve(rows[place].columns, source=source)
        rows[place] = evolve(rows[place], columns=columns, id=digest(columns.body))
    problems = record.verify().problems
    assert [one for one in problems if "canonical form" in one] == [
        f"entry {place} is not in canonical form: it was not written by this library" for place in (1, 2)
    ]


def test_the_entries_of_a_view(record):
    """They are those that its scope selects, with the recorder's amendments of them."""
    early, late = (ps.Source("A", published=day) for day in ("2020", "2022"))
    (one,) = record.add(MeetingHeld("a"), source=early)
    record.add(MeetingHeld("b"), source=late)
    (two,) = record.add(MeetingHeld("c"), source=late)
    effective = record.retract(one), record.retract(two)
    assert record.as_of(known="2021-01-01").entries() == (one, effective[0])
    assert record.as_of(sources=lambda told: told.published == ps.When("2022")).entries()[-1] == effective[1]


def test_a_clock_without_a_time_zone():
    """It is refused when it is first read."""
    with ps.open(":memory:", clock=lambda: datetime(2026, 1, 1)) as record:  # noqa: DTZ001  that is the point
        with pytest.raises(InvalidValue, match="aware"):
            record.add(MeetingHeld("m"), source=VNA)
        assert record.entries() == ()


def test_declaring_subjects_the_same(record):
    """A subject and itself are refused, and so are subjects of two kinds; the order does not matter."""
    with pytest.raises(InvalidValue, match="are one name"):
        record.same_as("meeting:a", "meeting:a")
    with pytest.raises(InvalidValue, match="different kinds"):
        record.same_as("meeting:a", "dialogue:a")
    assert record.same_as("meeting:a", "meeting:b") == record.same_as("meeting:b", "meeting:a")


def test_a_correction_from_an_undated_document(record):
    """It is known from the day of its retrieval."""
    entry = record.add(MeetingHeld("m", on="2020-06-16"), source=VNA)[0]
    effective = record.correct(entry.id, MeetingHeld("m", on="2020-06-17"), source=ps.Source("VNA"), inferred=["on"])
    assert effective.known_from == date(2026, 1, 1)
    assert effective.remarks.inferred == ("on",)


def test_representations(record):
    """A record, a view and its states have one line each."""
    record.add(MeetingHeld("m"), source=VNA)
    assert repr(record) == "<Record: 1 entry>"
    assert repr(record.as_of("2021-01-01")) == "<View as of 1 January 2021, cut from 1 entry>"
    assert repr(record.meetings) == "<meetings: m>"
    record.add(*[MeetingHeld(f"m{number}") for number in range(9)], source=VNA)
    assert repr(record.meetings) == "<meetings: m, m0, m1, m2, m3, m4, m5, m6, …>"
    assert len(record.meetings) == 10
    with pytest.raises(KeyError, match="did you mean m0"):
        record.meetings["m00"]


def test_differences_in_knowledge(record):
    """They are separate from differences in the world; without any, the text says that nothing changed."""
    record.add(MeetingScheduled("m", planned="2020-12"), source=VNA)
    record.add(MeetingHeld("m", on="2020-12-05"), source=TASS)
    assert str(record.diff("2020-11-16", "2020-11-17")) == "nothing changed"
    diff = record.diff("2021-01-15", "2021-10-01")
    assert ("meeting:m", "status", "scheduled", "held") in [
        (one.subject, one.field, one.before, one.after) for one in diff.learned
    ]
    assert diff.happened == ()
    assert diff.fell_due == ()
    assert "learned: meeting:m held_on: nothing → 5 December 2020" in str(diff)


def test_differences_for_a_new_subject(record):
    """Every field is a change from None. Days in the wrong order are refused."""
    record.add(MeetingScheduled("m", planned="2020-12"), source=VNA)
    changes = [(change.field, change.before) for change in record.diff("2020-11-01", "2020-11-20").happened]
    assert changes == [("expected", None), ("status", None)]
    with pytest.raises(InvalidValue, match="give the earlier day first"):
        record.diff("2020-11-20", "2020-11-01")


def test_amendments_among_the_entries_of_a_subject(record):
    """They are included, and so is a claim that a correction moved to the subject."""
    entry = record.add(MeetingHeld("jcc-18"), source=VNA)[0]
    moved = record.correct(entry, MeetingHeld("arjcc-18"))
    assert record.entries(subject="meeting:arjcc-18") == (entry, moved)
    taken_back = record.retract(moved)
    assert record.entries(subject="meeting:jcc-18") == (entry, moved, taken_back)


def test_citing_without_a_with_statement(record):
    """Python refuses the call, so nothing is lost."""
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
def test_an_invalid_address_with_a_password(address, tmp_path, monkeypatch):
    """It is refused wherever a path is given, creates no file, and the error does not contain the password."""
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
def test_an_invalid_path(path):
    """It is refused; the error says what to give and repeats nothing that may contain a password."""
    with pytest.raises(InvalidValue, match="give the name of a file") as refused:
        ps.open(path)
    assert "secretpw" not in f"{refused.value} {refused.value!r} {pickle.dumps(refused.value)!r}"


def test_an_unhashable_policy():
    """It works like any other."""

    class First:
        __hash__ = None

        def __call__(self, candidates):
            return candidates[0]

    record = ps.open(":memory:")
    record.add(MeetingHeld("a", on="2020-01-01"), source=ps.Source("A", published="2020-02-01"))
    record.add(MeetingHeld("a", on="2020-01-02"), source=ps.Source("B", published="2020-02-01"))
    assert record.as_of(policy=First()).meetings["a"].disputed == ("held_on",)


def test_verifying_beside_a_constant_writer():
    """It ends, and checks the entries that were sealed when it began."""
    record = ps.open(":memory:")
    store = record._store
    look = store.check

    def check():
        record.add(MeetingHeld(f"m-{store.head()}", on="2020-01-01"), source=ps.Source("A", published="2020-02-01"))
        return look()

    store.check = check
    assert record.verify().is_sound
    assert len(record.meetings) == 3


def test_the_name_of_an_unknown_subject():
    """It is refused with its kind and without."""
    record = ps.open(":memory:")
    for name in ("meeting:never-heard", "never-heard"):
        with pytest.raises(ps.errors.UnknownSubject):
            record.name_of(name)


# ---- correcting fields ----


@pytest.fixture
def meeting(record):
    """Record one meeting with several values."""
    event = MeetingHeld("m", on="2019-11-17", place="Santiago", title="APEC", chairs=["A", "B"])
    return record.add(event, source=VNA)[0]


def test_a_correction_of_single_fields(record, meeting):
    """Only these change; a second correction of the same entry continues the first."""
    record.correct(meeting, place="Valparaíso", reason="mistyped")
    record.correct(meeting, chairs=["A"], on="2019-11-16/2019-11-17")
    corrected = MeetingHeld("m", on="2019-11-16/2019-11-17", place="Valparaíso", title="APEC", chairs=["A"])
    assert [occurrence.event for occurrence in record.occurrences] == [corrected]


@pytest.mark.parametrize("nothing", [None, ()])
def test_a_correction_that_removes_values(record, meeting, nothing):
    """None and an empty tuple remove any value, of one or of many."""
    record.correct(meeting, place=nothing, chairs=nothing)
    assert record.occurrences[0].event == MeetingHeld("m", on="2019-11-17", title="APEC")


def test_a_correction_of_the_subject(record, meeting):
    """The claim is about the other subject, with its other values."""
    record.correct(meeting, subject="apec-2019")
    assert dict(record.meetings).keys() == {"apec-2019"}
    assert record.meetings["apec-2019"].place == "Santiago"


def test_a_correction_of_a_field_with_the_name_of_an_argument(record):
    """It is given by name in a mapping; as an argument the word is the reason of the correction."""
    entry = record.add(MeetingPostponed("m", on="2020-03-01", reason="the weather"), source=VNA)[0]
    correction = record.correct(entry, {"reason": "a typhoon"}, on="2020-03-02", reason="misread")
    assert correction.event.reason == "misread"
    assert correction.event.event == MeetingPostponed("m", on="2020-03-02", reason="a typhoon")


def test_a_correction_of_a_correction_by_fields(record, meeting):
    """It continues what that correction states."""
    first = record.correct(meeting, place="Valparaíso")
    record.correct(first, title="APEC 2019")
    assert record.meetings["m"].place == "Valparaíso"
    assert record.meetings["m"].title == "APEC 2019"


def test_a_correction_after_a_retraction(record, meeting):
    """It continues the last correction, which the retraction had superseded too; a warning says that it restores it.

    A later correction continues that; so does one after the retraction was itself retracted, or beside a preference.
    """
    record.correct(meeting, place="Valparaíso")
    retraction = record.retract(meeting)
    with pytest.warns(SupersededWarning, match="decides nothing"):
        record.prefer(meeting)
    with pytest.warns(
        SupersededWarning, match=f"meeting:m: this claim was retracted, by entry {retraction.id}, and is"
    ):
        record.correct(meeting, title="APEC 2019")
    assert (record.meetings["m"].place, record.meetings["m"].title) == ("Valparaíso", "APEC 2019")
    record.correct(meeting, title="APEC")
    again = record.retract(meeting)  # in the same words
    assert again.id != retraction.id
    assert "m" not in record.meetings
    assert record.retract(meeting).position <= again.position  # which it is not recorded after
    record.retract(again)
    record.retract(retraction)
    record.correct(meeting, title="Summit")
    assert record.meetings["m"].title == "Summit"


def test_a_correction_beside_one_by_the_source(record, meeting):
    """It does not restore what the desk retracted: the word of the source was retracted with the claim."""
    correction = record.correct(meeting, place="Hue", source=TASS)
    retraction = record.retract(meeting)
    assert record.retraction_of(correction) == record.retraction_of(meeting) == retraction
    with pytest.warns(SupersededWarning, match="a source has corrected or retracted this claim"):
        record.correct(meeting, place="Hanoi")
    assert "m" not in record.meetings
    assert record.retraction_of(meeting) == retraction
    record.retract(retraction)
    assert record.retraction_of(meeting) is None


def test_a_correction_after_one_that_was_retracted(record, meeting):
    """It continues what was there before."""
    record.retract(record.correct(meeting, place="Valparaíso"))
    record.correct(meeting, title="APEC 2019")
    assert record.meetings["m"].place == "Santiago"


def test_the_desk_and_later_knowledge(record, meeting):
    """Its correction does not continue that of a source, so that earlier views show nothing of it."""
    record.correct(meeting, place="Valparaíso", source=TASS)
    with pytest.warns(SupersededWarning, match="meeting:m: a source has corrected or retracted this claim"):
        record.correct(meeting, title="APEC 2019")
    assert record.as_of(known="2021-01-01").meetings["m"].place == "Santiago"
    assert record.as_of(known="2021-01-01").meetings["m"].title == "APEC 2019"
    assert record.meetings["m"].place == "Valparaíso"


def test_a_source_that_corrects_again(record, meeting):
    """It continues what sources had published by then, and the desk's corrections."""
    record.correct(meeting, title="APEC 2019")
    record.correct(meeting, place="Valparaíso", source=TASS)
    record.correct(meeting, on="2019-11-16", source=ps.Source("TASS", published="2021-10-01"))
    state = record.meetings["m"]
    assert (state.title, state.place, str(state.held_on)) == ("APEC 2019", "Valparaíso", "2019-11-16")
    record.correct(meeting, chairs=["C"], source=ps.Source("TASS", published="2021-09-01"))
    known = record.as_of(known="2021-09-10").meetings["m"]
    assert (known.title, known.place, known.chairs) == ("APEC 2019", "Santiago", ("C",))


def test_a_correction_where_a_source_corrected_and_took_it_back(record, meeting):
    """There is no warning: the desk's correction applies."""
    record.retract(record.correct(meeting, place="Valparaíso", source=TASS))
    record.correct(meeting, title="APEC 2019")
    assert (record.meetings["m"].place, record.meetings["m"].title) == ("Santiago", "APEC 2019")


REFUSED = {
    "nothing given": (
        lambda record, entry: record.correct(entry, reason="mistyped"),
        r"a correction of meeting:m: no field is given: name those to change, place='Bali', or give the whole event$",
    ),
    "an empty mapping": (lambda record, entry: record.correct(entry, {}), "no field is given"),
    "unknown fields": (
        lambda record, entry: record.correct(entry, plase="Bali", held_on="2019"),
        r"'plase' is not a field of meeting-held; it has subject, on, .*; 'held_on' is not a field",
    ),
    "an event and a field": (
        lambda record, entry: record.correct(entry, MeetingHeld("m"), place="Bali"),
        "give either the whole event or the fields to change, not both",
    ),
    "a field twice": (
        lambda record, entry: record.correct(entry, {"place": "Bali"}, place="Hue"),
        "place is given twice: once by name and once in the mapping",
    ),
    "a speaker of the desk": (
        lambda record, entry: record.correct(entry, place="Bali", speaker="Ann"),
        "speaker: nobody is quoted in the desk's own words; give the source= in which they are",
    ),
    "a text": (
        lambda record, entry: record.correct(entry, "2020-06-18"),
        "'2020-06-18' is neither an event nor fields by name; write place='Bali'",
    ),
    "the same event": (
        lambda record, entry: record.correct(entry, entry.event),
        "a correction of meeting:m: the entry states exactly this already: nothing changes",
    ),
    "the same values": (
        lambda record, entry: record.correct(entry, place="Santiago", observers=None, source=TASS),
        "nothing changes",
    ),
    "an impossible value": (lambda record, entry: record.correct(entry, on="2019-11-31"), "on: '2019-11-31' is not a"),
    "no subject": (lambda record, entry: record.correct(entry, subject=None), "subject: None is not a slug"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_a_correction_that_is_refused(record, meeting, name):
    """The error says why, and nothing is written."""
    attempt, message = REFUSED[name]
    with pytest.raises((InvalidEntry, InvalidEvent), match=message):
        attempt(record, meeting)
    assert record.entries() == (meeting,)


def test_a_refused_correction_of_an_event_with_a_reason(record):
    """The error says how to correct the reason of the event itself."""
    entry = record.add(MeetingPostponed("m", reason="the weather"), source=VNA)[0]
    with pytest.raises(InvalidEntry, match=r"no field is given.*; to change .* \(reason\), write {'reason': …}"):
        record.correct(entry, reason="a typhoon")


@pytest.mark.parametrize("amend", ["retract", "prefer", "same_as"])
def test_a_correction_of_an_amendment(record, meeting, amend):
    """It is refused, and says what to do."""
    amendment = record.same_as("meeting:a", "meeting:b") if amend == "same_as" else getattr(record, amend)(meeting)
    with pytest.raises(InvalidEntry, match=f"a correction of {amendment.event.name}: retract it instead"):
        record.correct(amendment, on="2020")
    assert record.entries() == (meeting, amendment)


def test_a_correction_to_what_was_corrected_before(record, meeting):
    """What the entry first stated may be restored; what it states now cannot be corrected to the same."""
    other = MeetingHeld("m", on="2019")
    first = record.correct(meeting, other)
    assert record.correct(meeting, other) == first
    with pytest.raises(InvalidEntry, match="nothing changes"):
        record.correct(meeting, other, reason="for another reason")
    record.correct(meeting, meeting.event)
    assert record.meetings["m"].place == "Santiago"


def test_references_to_subjects_of_an_unknown_kind():
    """A slip is refused with the field and what to write; a kind of a user's own may be known elsewhere."""
    with ps.open(":memory:") as record:
        with pytest.raises(InvalidEntry) as refused:
            record.add(MeetingHeld("m", body="serie:jec", adopted=["plan:a", "projekt:b"]), source=VNA)
        assert str(refused.value) == (
            "meeting-held of meeting:m: body: 'serie:jec' is of no kind that is known here; write 'series:jec'; "
            "adopted: 'projekt:b' is of no kind that is known here; write 'project:b'"
        )
        assert not record.entries()
        record.add(MeetingHeld("m", body="gathering:a"), source=VNA)
        assert record.meetings["m"].body == "gathering:a"
