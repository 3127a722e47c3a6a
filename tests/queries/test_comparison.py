"""Two views compared: by source, by policy, by day, and of two records."""

from __future__ import annotations

import threading

import pytest
from hypothesis import given, settings
from tests.testing.exhibitions import ExhibitionOpened, exhibitions

import partnership as ps
from partnership.errors import InvalidValue
from partnership.events import CommitmentMade, DialogueLaunched, MeetingHeld, MeetingPostponed, MeetingScheduled
from partnership.testing import histories, laws, ticking, write

MFA = ps.Source("MFA of Russia", published="2021-09-24", kind="official-release")
TASS = ps.Source("TASS", published="2021-09-25", kind="news")


@pytest.fixture
def record():
    """Record two sources that differ on a day, a list, a plan, and of which each has a subject of its own."""
    with ps.open(":memory:", clock=ticking()) as record:
        record.add(
            DialogueLaunched("ict", on="2021-09-23"),
            MeetingHeld("a", on="2020", co_chairs=["VN", "RU"], topics=["trade", "energy"]),
            MeetingScheduled("late", planned="2020-12"),
            MeetingScheduled("consultation", planned="2021-02-01"),
            CommitmentMade("help", by="RU", text="to help", due="2019"),
            source=MFA,
        )
        record.add(
            DialogueLaunched("ict", on="2021-09-24"),
            MeetingHeld("a", on="2020", co_chairs=["VN", "RU"], topics=["trade", "culture"]),
            MeetingPostponed("late", planned="2021-01"),
            MeetingScheduled("consultation", planned="2021-02-01"),
            MeetingScheduled("new", planned="2022"),
            source=TASS,
        )
        yield record


def by(record, publisher, **scope):
    """Return the record as one publisher tells it."""
    return record.as_of(sources=lambda source: source.publisher == publisher, **scope)


def test_two_sources(record):
    """Values of each by subject and field, subjects of one alone, and what is overdue by one alone."""
    difference = by(record, "MFA of Russia", on="2021-10-01").compare(by(record, "TASS", on="2021-10-01"))
    assert isinstance(difference, ps.Comparison)
    assert difference.only_here == ("commitment:help",)
    assert difference.only_there == ("meeting:new",)
    assert [(one.subject, one.field, one.before, one.after) for one in difference.changes if "ict" in one.subject] == [
        ("dialogue:ict", "launched_on", ps.When("2021-09-23"), ps.When("2021-09-24"))
    ]
    assert {one.field for one in difference.changes if one.subject == "meeting:a"} == {"topics"}
    assert [(item.subject, item.planned.text) for item in difference.overdue_here] == [
        ("commitment:help", "2019"),
        ("meeting:late", "2020-12"),
    ]
    assert [(item.subject, item.planned.text) for item in difference.overdue_there] == [("meeting:late", "2021-01")]


def test_its_text(record):
    """It names both sides; of lists, what only one has, and of plans both dates."""
    text = str(by(record, "MFA of Russia", on="2021-10-01").compare(by(record, "TASS", on="2021-10-01")))
    for line in (
        "commitment:help: only here",
        "meeting:new: only there",
        "dialogue:ict launched_on: here 23 September 2021; there 24 September 2021",
        "meeting:a topics: only here energy; only there culture",
        "meeting:late expected: here December 2020; there January 2021",
        "meeting:late status: here scheduled; there postponed",
    ):
        assert line in text.splitlines()
    assert "overdue only here: meeting:late: planned December 2020, said by MFA of Russia" in text
    assert "overdue only there: meeting:late: planned January 2021, said by TASS" in text


def test_in_a_notebook(record):
    """It is a table; texts are escaped, and a long one says how many rows follow."""
    difference = by(record, "MFA of Russia", on="2021-10-01").compare(by(record, "TASS", on="2021-10-01"))
    shown = difference._repr_html_()
    assert "<td" in shown
    assert "here 23 September 2021<br>there 24 September 2021" in shown
    assert "only there: meeting:new" in shown
    record.add(*(MeetingHeld(f"m-{number}", on="2020", title="<b>") for number in range(30)), source=MFA)
    record.add(*(MeetingHeld(f"m-{number}", on="2020", title="<i>") for number in range(30)), source=TASS)
    shown = by(record, "MFA of Russia").compare(by(record, "TASS"))._repr_html_()
    assert "&lt;i&gt;" in shown
    assert "<i>" not in shown
    assert " more<" in shown


def test_no_difference(record):
    """It is false, and says so."""
    same = record.compare(record.as_of())
    assert not same
    assert str(same) == "no difference"
    assert "No difference" in same._repr_html_()
    assert record.compare(ps.open(":memory:"))


def test_two_policies(record):
    """Each view has the value that its policy chooses."""
    (change,) = (one for one in record.compare(record.as_of(policy=ps.newest)).changes if one.subject == "dialogue:ict")
    assert (change.field, change.before.text, change.after.text) == ("launched_on", "2021-09-23", "2021-09-24")


def test_two_records(record):
    """With the same claims, in any order, nothing differs; a kind that one record lacks is only in the other."""
    with ps.open(":memory:", kinds=[exhibitions]) as other:
        other.merge(reversed(record.entries()))
        assert not record.as_of("2022-01-01").compare(other.as_of("2022-01-01"))
        other.add(ExhibitionOpened("silk", on="2020"), source=TASS)
        assert record.compare(other).only_there == ("exhibition:silk",)
        assert other.compare(record).only_here == ("exhibition:silk",)


def test_the_standing_differs(record):
    """A plan that is overdue here and only perhaps overdue there is listed on both sides."""
    record.add(MeetingScheduled("about", planned="2021-09~"), source=MFA)
    difference = record.as_of(on="2021-10-15").compare(record.as_of(on="2021-11-15"))
    assert [(item.subject, item.standing) for item in difference.overdue_here] == [("meeting:about", "perhaps-overdue")]
    assert [(item.subject, item.standing) for item in difference.overdue_there] == [("meeting:about", "overdue")]


def test_what_is_no_view(record):
    """The error says what to give."""
    for other in (None, "2020-01-01", record.meetings):
        with pytest.raises(InvalidValue, match="is not a view; give a record, or what as_of returns"):
            record.compare(other)


def test_two_threads(record):
    """Threads that compare two records from both sides do not wait for each other for ever."""
    with ps.open(":memory:") as other:
        other.merge(record)

        def ask(here, there):
            for _ in range(10):
                here.compare(there)

        threads = [threading.Thread(target=ask, args=pair, daemon=True) for pair in ((record, other), (other, record))]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(timeout=600)
            assert not thread.is_alive()


@settings(max_examples=6)
@given(history=histories(most=8))
def test_any_views(history):
    """A view does not differ from itself, and two differ alike from both sides."""
    with ps.open(":memory:", clock=ticking()) as record:
        write(record, history)
        laws.comparison(record)
