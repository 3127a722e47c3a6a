"""Calendar files: what is an event, what is a task, and how either is told again when its plan changes."""

from __future__ import annotations

from datetime import UTC, date, datetime
from itertools import pairwise

import ics
import pytest
from hypothesis import given, settings
from icalendar import Calendar

import partnership as ps
from partnership.errors import InvalidValue, NotARecord, NotInstalled
from partnership.events import (
    CommitmentMade,
    CourseHeld,
    CoursePlanned,
    DialogueLaunched,
    DocumentAdopted,
    DocumentPlanned,
    DocumentSigned,
    ExternalEventPlanned,
    MeetingAgreed,
    MeetingCancelled,
    MeetingConvened,
    MeetingHeld,
    MeetingPostponed,
    MeetingProposed,
    MeetingReplaced,
    MeetingRescheduled,
    MeetingScheduled,
    PartyJoinedPartnership,
    VisitAnnounced,
    VisitMade,
)
from partnership.testing import histories, ticking, write

NOON = datetime(2021, 3, 1, 12, tzinfo=UTC)


def source(day, publisher="VNA", **fields):
    """Return a source of a day."""
    return ps.Source(publisher, published=day, kind="news", **fields)


@pytest.fixture
def record():
    """Open a record on 1 March 2021."""
    with ps.open(":memory:", partnership="asean-russia", clock=lambda: NOON) as record:
        yield record


@pytest.fixture
def written(record, tmp_path):
    """Return a function that writes the calendar and returns its components by UID, read by two other parsers."""

    def written(view=record):
        ps.write_calendar(view, tmp_path / "calendar.ics")
        text = (tmp_path / "calendar.ics").read_bytes().decode()
        calendar = Calendar.from_ical(text)
        other = ics.Calendar(text)
        assert {event.uid for event in other.events} == {str(event["UID"]) for event in calendar.events}
        assert {todo.uid for todo in other.todos} == {str(todo["UID"]) for todo in calendar.todos}
        return {str(item["UID"]): item for item in (*calendar.events, *calendar.todos)}

    return written


@pytest.mark.parametrize(
    ("event", "owed_by"),
    [
        (VisitAnnounced("a", party="VN", host="RU", planned="2021-05-03"), "Owed by: Viet Nam"),
        (MeetingScheduled("a", host="RU", planned="2021-05-03"), "Owed by: Russia, host"),
        (MeetingScheduled("a", co_hosts=["RU", "VN"], planned="2021-05"), "Owed by: Russia, Viet Nam, hosts"),
        (MeetingScheduled("a", parties=["ASEAN", "RU"], planned="2020-05-03"), "Owed by: ASEAN, Russia"),
        (CommitmentMade("a", by=["RU"], due="2021-06"), "Owed by: Russia"),
        (MeetingScheduled("a", by=["RU"], planned="2021-05-03"), None),
        (ExternalEventPlanned("a", parties=["VN"], planned="2021-05-03"), None),
        (MeetingHeld("a", host="RU", on="2021-01-03"), None),
    ],
)
def test_who_owes_a_plan(record, written, event, owed_by):
    """Events and tasks say it in the words of the page where a source names somebody, and nothing else."""
    record.add(event, PartyJoinedPartnership("viet-nam", code="VN", title="Viet Nam"), source=source("2020-01-01"))
    (item,) = written().values()
    lines = str(item["DESCRIPTION"]).splitlines()
    assert [line for line in lines if line.startswith("Owed by")] == ([owed_by] if owed_by else [])
    assert lines.index("Sources:") > (lines.index(owed_by) if owed_by else 0)


def days(item):
    """Return the first day, and the day after the last one or on which it is due."""
    values = [item.get(name) for name in ("DTSTART", "DTEND", "DUE")]
    return tuple(value.dt.isoformat() for value in values if value is not None)


def brief(item):
    """Return sort, days and status of a component."""
    return (item.name, *days(item), str(item["STATUS"]))


def test_what_took_place(record, written):
    """It has its days; the end is the day after the last one."""
    record.add(
        MeetingHeld("council", on="2020-06-17", title="Council", place="Sochi"),
        MeetingHeld("forum", on="2020-12-30/2020-12-31"),
        VisitMade("visit", on="2020-02-28/2020-02-29", party="RU"),
        DialogueLaunched("ict", on="2020-09-23"),
        DocumentSigned("treaty", on="2020-01-01"),
        DocumentAdopted("plan", on="2020-01-02"),
        source=source("2021-01-01", url="https://vna.vn/a;b,c"),
    )
    assert {uid: brief(item) for uid, item in written().items()} == {
        "meeting.council@asean-russia": ("VEVENT", "2020-06-17", "2020-06-18", "CONFIRMED"),
        "meeting.forum@asean-russia": ("VEVENT", "2020-12-30", "2021-01-01", "CONFIRMED"),
        "visit.visit@asean-russia": ("VEVENT", "2020-02-28", "2020-03-01", "CONFIRMED"),
        "dialogue.ict@asean-russia": ("VEVENT", "2020-09-23", "2020-09-24", "CONFIRMED"),
        "document.treaty.sign@asean-russia": ("VEVENT", "2020-01-01", "2020-01-02", "CONFIRMED"),
        "document.plan.adopt@asean-russia": ("VEVENT", "2020-01-02", "2020-01-03", "CONFIRMED"),
    }
    council = written()["meeting.council@asean-russia"]
    assert council["SUMMARY"] == "Council"
    assert council["LOCATION"] == "Sochi"
    assert council["URL"] == "https://vna.vn/a;b,c"
    assert council["TRANSP"] == "TRANSPARENT"
    assert council["DTSTART"].dt == date(2020, 6, 17)  # a day, without a time
    assert "VNA, 1 January 2021" in council["DESCRIPTION"]


VAGUE = {
    "2021-12": ("2021-12-01", "2021-12-31"),
    "2022": ("2022-01-01", "2022-12-31"),
    "2021-33": ("2021-01-01", "2021-03-31"),
    "2021-12-15~": ("2021-12-15",),
    "../2022-06-30": ("2022-06-30",),
    "2022-01-01/..": ("2022-01-01",),
    "[2021-05-03,2021-05-04]": ("2021-05-03", "2021-05-04"),
    "2021-05/2021-06": ("2021-05-01", "2021-06-30"),
    "2021-05-03/2021-05-04?": ("2021-05-03", "2021-05-04"),
    "9999-12-30/9999-12-31": ("9999-12-30", "9999-12-31"),
}


@pytest.mark.parametrize("planned", VAGUE)
def test_a_plan_without_a_known_day(record, written, planned):
    """It is a task, due on its last possible day, with its date in words and in EDTF; what is written says so."""
    record.add(MeetingScheduled("m", planned=planned, title="Round table"), source=source("2021-01-01"))
    ((uid, item),) = written().items()
    assert uid == "meeting.m.task@asean-russia"
    assert brief(item) == ("VTODO", *VAGUE[planned], "NEEDS-ACTION")
    assert item["X-EDTF"] == planned
    assert item["SUMMARY"].startswith("Round table (")


@pytest.mark.parametrize("on", ["2020-06", "2020", "2020-06-17~", "2020-06-17?", "[2020-06-17,2020-06-18]", None])
def test_what_took_place_on_no_known_day(record, written, tmp_path, on):
    """It is in no calendar, and what is written names it."""
    record.add(MeetingHeld("m", on=on, title="Council"), source=source("2021-01-01"))
    assert written() == {}
    result = ps.write_calendar(record, tmp_path / "a.ics")
    assert len(result.undated) == 1
    assert result.undated[0].startswith("Council: ")


def test_what_is_written_says(record, tmp_path):
    """It counts events, and lists what has no known day; private entries are counted too."""
    record.add(
        MeetingHeld("a", on="2020-06-17", title="Council"),
        MeetingHeld("b", on="2020-06", title="Seminar"),
        MeetingScheduled("c", planned="2021-12", title="Round table"),
        MeetingPostponed("d", title="Talks"),
        source=source("2021-01-01"),
    )
    record.add(MeetingHeld("e", on="2020", title="Secret"), source=source("2021-01-01"), shared=False)
    result = ps.write_calendar(record, tmp_path / "a.ics")
    assert isinstance(result, ps.CalendarFile)
    assert (result.events, result.left_out) == (1, 1)
    assert str(result).splitlines() == [
        "1 event.",
        "2 plans without a known day, or with a due date, are tasks, which some calendars do not show:",
        "  Round table (December 2021)",
        "  Talks (no date)",
        "1 event is left out, since no source gives a known day:",
        "  Seminar: June 2020",
        "1 private entry is left out.",
    ]
    with ps.open(":memory:") as empty:
        assert str(ps.write_calendar(empty, tmp_path / "a.ics")) == "0 events."
        assert b"@" not in (tmp_path / "a.ics").read_bytes()


def test_a_plan_that_changes(record, written):
    """It keeps its UID; SEQUENCE rises with every change, and not with one more report of the same."""
    story = (
        (MeetingProposed("m", planned="2021-04-30"), None),
        (
            MeetingAgreed("m", is_tentative=True, planned="2021-05-03"),
            ("VEVENT", "2021-05-03", "2021-05-04", "TENTATIVE"),
        ),
        (MeetingScheduled("m", planned="2021-05-03"), ("VEVENT", "2021-05-03", "2021-05-04", "CONFIRMED")),
        (MeetingRescheduled("m", planned="2021-05-05"), ("VEVENT", "2021-05-05", "2021-05-06", "CONFIRMED")),
        (MeetingPostponed("m"), ("VEVENT", "2021-05-05", "2021-05-06", "CANCELLED")),
        (MeetingScheduled("m", planned="2021-07-01/2021-07-02"), ("VEVENT", "2021-07-01", "2021-07-03", "CONFIRMED")),
        (MeetingHeld("m", on="2021-07-02"), ("VEVENT", "2021-07-02", "2021-07-03", "CONFIRMED")),
    )
    numbers = []
    for month, (event, expected) in enumerate(story, 1):
        record.add(event, source=source(f"2020-{month:02}-01"))
        item = written().get("meeting.m@asean-russia")
        assert (item and brief(item)) == expected
        numbers += [item["SEQUENCE"]] if item else []
        if item:
            assert item["LAST-MODIFIED"].dt == item["DTSTAMP"].dt == datetime(2020, month, 1, tzinfo=UTC)
            assert item["CREATED"].dt == datetime(2020, 1, 1, tzinfo=UTC)
    assert all(before < after for before, after in pairwise(numbers))
    record.add(MeetingHeld("m", on="2021-07-02"), source=source("2020-12-01", "TASS"))
    assert written()["meeting.m@asean-russia"]["SEQUENCE"] == numbers[-1]
    entry = record.add(MeetingHeld("m", on="2021-07-03"), source=source("2020-12-02", "Interfax"))[0]
    disputed = written()["meeting.m@asean-russia"]
    assert "Sources differ: 2 July 2021 or 3 July 2021" in disputed["DESCRIPTION"]
    assert disputed["SEQUENCE"] > numbers[-1]
    record.retract(entry)
    assert written()["meeting.m@asean-russia"]["SEQUENCE"] > disputed["SEQUENCE"]


@pytest.mark.parametrize("event", [MeetingCancelled("m"), MeetingReplaced("m", replacement="n")])
def test_what_is_cancelled(record, written, event):
    """It keeps its day, with the status that removes it from calendars."""
    record.add(MeetingScheduled("m", planned="2021-05-03"), source=source("2021-01-01"))
    record.add(event, source=source("2021-02-01"))
    item = written()["meeting.m@asean-russia"]
    assert brief(item) == ("VEVENT", "2021-05-03", "2021-05-04", "CANCELLED")
    assert "No longer planned for 3 May 2021." in item["DESCRIPTION"]


def test_an_amendment_whose_claim_is_elsewhere(record, written):
    """It changes nothing until the claim arrives."""
    with ps.open(":memory:") as other:
        (entry,) = other.add(MeetingScheduled("m", planned="2021-05-03"), source=source("2021-01-01"))
        record.merge([other.retract(entry)])
        assert written() == {}
        record.merge([entry])
        assert written() == {}


def test_what_never_had_a_day_is_cancelled(record, written):
    """It is in no calendar any more."""
    record.add(MeetingScheduled("m", planned="2021-05"), source=source("2021-01-01"))
    record.add(MeetingCancelled("m"), source=source("2021-02-01"))
    record.add(MeetingCancelled("n"), source=source("2021-02-01"))
    assert written() == {}


def test_a_day_gives_way_to_a_month(record, written):
    """The event is cancelled, and the new plan is a task."""
    record.add(MeetingScheduled("m", planned="2021-05-03"), source=source("2021-01-01"))
    record.add(MeetingPostponed("m", planned="2022"), source=source("2021-02-01"))
    assert {uid: brief(item) for uid, item in written().items()} == {
        "meeting.m@asean-russia": ("VEVENT", "2021-05-03", "2021-05-04", "CANCELLED"),
        "meeting.m.task@asean-russia": ("VTODO", "2022-01-01", "2022-12-31", "NEEDS-ACTION"),
    }
    assert "Planned before: 3 May 2021" in written()["meeting.m.task@asean-russia"]["DESCRIPTION"]


@pytest.mark.parametrize(
    "fields", [{"is_tentative": True}, {"condition": "health permitting"}, {"force": "hoped"}, {"force": "intended"}]
)
def test_a_plan_that_is_not_settled(record, written, fields):
    """Its status is tentative."""
    record.add(MeetingScheduled("m", planned="2021-05-03", **fields), source=source("2021-01-01"))
    assert brief(written()["meeting.m@asean-russia"])[-1] == "TENTATIVE"


def test_sources_differ_on_a_plan(record, written):
    """Its status is tentative."""
    record.add(MeetingScheduled("m", planned="2021-05-03"), source=source("2021-01-01"))
    record.add(MeetingScheduled("m", planned="2021-05-04"), source=source("2021-01-01", "TASS"))
    assert {brief(item)[-1] for item in written().values()} == {"TENTATIVE"}


def test_a_planned_day_is_past(record, written):
    """As long as no source says what came of it, it is not told as if it had taken place; and the revision is new."""
    record.add(MeetingScheduled("m", planned="2021-02-03"), source=source("2021-01-01"))
    late, before = (written(view)["meeting.m@asean-russia"] for view in (record, record.as_of("2021-02-01")))
    assert brief(late)[-1] == "TENTATIVE"
    assert "No source reports an outcome." in late["DESCRIPTION"]
    assert brief(before)[-1] == "CONFIRMED"
    assert late["SEQUENCE"] > before["SEQUENCE"]
    record.add(MeetingRescheduled("m", planned="2021-06-03"), source=source("2021-02-10"))
    assert written()["meeting.m@asean-russia"]["SEQUENCE"] > late["SEQUENCE"]


def test_several_dates(record, written):
    """Each has a UID; one that becomes known later changes no more than one of the others."""
    record.add(CoursePlanned("c", planned="{2021-05-03,2022-05-03,2022-09-01,2023}"), source=source("2021-01-01"))
    record.add(CourseHeld("c", run="second", on="2021-05-04"), source=source("2021-06-01"))
    assert {uid.removesuffix("@asean-russia"): days(item)[0] for uid, item in written().items()} == {
        "course.c": "2021-05-04",
        "course.c.2022": "2022-05-03",
        "course.c.2022-2": "2022-09-01",
        "course.c.2023.task": "2023-01-01",
    }
    record.add(CourseHeld("c", run="first", on="2019-05-04"), source=source("2021-06-01"))
    assert {uid.removesuffix("@asean-russia"): days(item)[0] for uid, item in written().items()} == {
        "course.c": "2019-05-04",
        "course.c.2021": "2021-05-04",
        "course.c.2022": "2022-05-03",
        "course.c.2022-2": "2022-09-01",
        "course.c.2023.task": "2023-01-01",
    }


def test_acts_of_one_subject(record, written):
    """Each act, by each party and institution, has a UID."""
    record.add(
        DocumentPlanned("t", act="sign", planned="2021-05-03", title="Treaty"),
        DocumentPlanned("t", act="ratify", by=["RU"], planned="2021-06-03"),
        DocumentPlanned("t", act="ratify", by=["VN"], planned="2021-06-03"),
        DocumentPlanned("t", act="approve", by=["EU"], institution="European Parliament", planned="2021-06"),
        source=source("2021-01-01"),
    )
    found = written()
    assert {uid.partition("@")[0]: str(item["SUMMARY"]) for uid, item in found.items()} == {
        "document.t.sign": "Treaty: to sign",
        "document.t.ratify.ru": "Treaty: to ratify (Russia)",
        "document.t.ratify.vn": "Treaty: to ratify (Vietnam)",
        next(uid.partition("@")[0] for uid in found if "approve" in uid): (
            "Treaty: to approve (European Parliament) (European Union) (June 2021)"
        ),
    }
    record.add(DocumentSigned("t", on="2021-05-04"), source=source("2021-06-01"))
    assert brief(written()["document.t.sign@asean-russia"])[1] == "2021-05-04"


@pytest.mark.parametrize("slug", ["asean-canada-fta", "fmm-3", "a"])
def test_what_has_no_title(record, written, slug):
    """Its summary is its slug, by which it is found in the record."""
    record.add(MeetingHeld(slug, on="2020-05-03"), source=source("2021-01-01"))
    (item,) = written().values()
    assert str(item["SUMMARY"]) == slug


def test_deadlines_and_context(record, written):
    """A promise is due and no event; an election is one. A meeting that opened and was held is one event."""
    record.add(
        CommitmentMade("help", by="RU", text="to help", due="2021-12-31"),
        ExternalEventPlanned("election", planned="2021-09-19"),
        MeetingConvened("m", on="2020-05-03"),
        MeetingHeld("m", on="2020-05-03/2020-05-04"),
        MeetingConvened("n", on="2020-05-03"),
        VisitAnnounced("v", planned="2021-06-01", party="RU"),
        source=source("2021-01-01"),
    )
    record.add(CommitmentMade("help", by="RU", text="to help", due="2022-12-31"), source=source("2021-02-01"))
    assert {uid.partition("@")[0]: brief(item) for uid, item in written().items()} == {
        "commitment.help.task": ("VTODO", "2022-12-31", "NEEDS-ACTION"),
        "external-event.election": ("VEVENT", "2021-09-19", "2021-09-20", "CONFIRMED"),
        "meeting.m": ("VEVENT", "2020-05-03", "2020-05-05", "CONFIRMED"),
        "meeting.n": ("VEVENT", "2020-05-03", "2020-05-04", "CONFIRMED"),
        "visit.v": ("VEVENT", "2021-06-01", "2021-06-02", "CONFIRMED"),
    }


def test_a_meeting_reported_as_held_and_cancelled(record, written):
    """Only the outcome that is believed is in the calendar."""
    record.add(MeetingScheduled("m", planned="2020-05-03"), source=source("2020-01-01"))
    record.add(MeetingHeld("m", on="2020-05-03"), source=source("2020-06-01"))
    official = ps.Source("MFA", published="2020-06-01", kind="official-text")
    record.add(MeetingCancelled("m", on="2020-05-03"), source=official)
    assert [brief(item)[-1] for item in written().values()] == ["CANCELLED"]


def test_the_edges_of_the_calendar(record, written):
    """The first and the last day can be written, and years before 1000."""
    record.add(
        MeetingHeld("a", on="0001-01-01"),
        MeetingScheduled("b", planned="9999-12-31"),
        MeetingHeld("c", on="0999-01-01/0999-01-02"),
        source=source("2021-01-01"),
    )
    assert {uid.partition("@")[0]: days(item) for uid, item in written().items()} == {
        "meeting.a": ("0001-01-01", "0001-01-02"),
        "meeting.b": ("9999-12-31",),
        "meeting.c": ("0999-01-01", "0999-01-03"),
    }


HOSTILE = "Talks; a, b: \\n c\\, BEGIN:VEVENT \ufffc ünïcödé 会议 " + "long " * 20


def test_texts(record, written, tmp_path):
    """Whatever a source wrote stays one text; lines are at most 75 bytes long, and end as the format says."""
    title = HOSTILE.strip()
    record.add(
        MeetingScheduled("m", planned="2021-05-03", title=title, place="a;b,c", timing="in May,\nEND:VEVENT"),
        source=source("2021-01-01", title=title),
    )
    item = written()["meeting.m@asean-russia"]
    assert item["SUMMARY"] == title
    assert item["LOCATION"] == "a;b,c"
    assert title in item["DESCRIPTION"]
    content = (tmp_path / "calendar.ics").read_bytes()
    assert max(map(len, content.split(b"\r\n"))) <= 75
    assert content.count(b"\n") == content.count(b"\r\n")
    assert content.count(b"\r\nEND:VEVENT\r\n") == content.count(b"\r\nBEGIN:VEVENT\r\n") == 1


def test_the_same_entries(tmp_path):
    """Whatever the order, the clock and the store, the file is the same byte for byte."""
    events = [
        (MeetingScheduled("m", planned="2021-05-03"), source("2021-01-01")),
        (MeetingRescheduled("m", planned="2021-05-04"), source("2021-02-01")),
        (CommitmentMade("c", by="RU", text="to help", due="2022"), source("2021-02-01")),
        (MeetingHeld("n", on="2020-05-03"), source("2021-02-01", "TASS")),
    ]
    contents = set()
    for number, order in enumerate((events, events[::-1])):
        path = tmp_path / f"{number}.db"
        with ps.open(path, partnership="p", clock=lambda n=number: datetime(2021, 3, 1 + n, tzinfo=UTC)) as record:
            for event, cited in order:
                record.add(event, source=cited)
            ps.write_calendar(record, tmp_path / "a.ics")
            contents.add((tmp_path / "a.ics").read_bytes())
    assert len(contents) == 1


def test_files(record, tmp_path, monkeypatch):
    """A calendar is replaced; anything else that is there stays, and wrong arguments are named."""
    record.add(MeetingHeld("m", on="2020-05-03"), source=source("2021-01-01"))
    path = tmp_path / "a.ics"
    ps.write_calendar(record, path)
    ps.write_calendar(record.as_of("2020-01-01"), path)
    assert b"VEVENT" not in path.read_bytes()
    path.write_text("my notes", "utf-8")
    with pytest.raises(NotARecord, match="is something else, and is not overwritten"):
        ps.write_calendar(record, path)
    assert path.read_text("utf-8") == "my notes"
    for product in ("-//Microsoft Corporation//Outlook 16.0 MIMEDIR//EN", "-//partnership of others//EN"):
        for order in ("VERSION:2.0\r\nPRODID:{}", "PRODID:{}\r\nVERSION:2.0"):
            path.write_bytes(f"BEGIN:VCALENDAR\r\n{order.format(product)}\r\nEND:VCALENDAR\r\n".encode())
            before = path.read_bytes()
            with pytest.raises(NotARecord, match="not overwritten: give another name"):
                ps.write_calendar(record, path)
            assert path.read_bytes() == before
    path.unlink()
    with pytest.raises(InvalidValue, match="is not a view"):
        ps.write_calendar(record.meetings, path)
    with pytest.raises(InvalidValue, match="is not a path"):
        ps.write_calendar(record, 5)
    monkeypatch.setitem(__import__("sys").modules, "icalendar", None)
    with pytest.raises(NotInstalled, match="needs icalendar; install it"):
        ps.write_calendar(record, path)


def told(record, path):
    """Return for each UID its days and status, and its revision."""
    ps.write_calendar(record, path)
    calendar = Calendar.from_ical(path.read_bytes())
    return {str(item["UID"]): (brief(item), item["SEQUENCE"]) for item in (*calendar.events, *calendar.todos)}


def is_of_one_name(history):
    """Tell whether no names are declared the same: another name is another UID."""
    return all(act.verb != "same_as" for act in history)


@settings(max_examples=8)
@given(history=(histories("meeting", most=7) | histories("document", most=5)).filter(is_of_one_name))
def test_any_history(tmp_path, history):
    """Each entry may only raise a revision, and raises it where days or status are others than before."""
    before = {}
    for number in range(1, len(history) + 1):
        with ps.open(":memory:", partnership="p", clock=ticking()) as record:
            write(record, history[:number])
            now = told(record, tmp_path / "a.ics")
        for uid in now.keys() & before.keys():
            assert now[uid][1] >= before[uid][1]
            assert now[uid][0] == before[uid][0] or now[uid][1] > before[uid][1]
        before |= now
