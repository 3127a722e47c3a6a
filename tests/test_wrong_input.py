"""Wrong input to the public API is refused with a helpful message, and nothing is written.

A message says what is wrong, where, and what to write instead.
"""
# ruff: noqa: E501, ISC004  messages are whole sentences, as users see them

from __future__ import annotations

import pickle
import re
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import attrs
import pytest

import partnership as ps
from partnership import errors
from partnership.events import (
    ClaimCorrected,
    ClaimRetracted,
    CommitmentMade,
    CommitmentProgressReported,
    CourseHeld,
    DialogueLaunched,
    MeetingHeld,
    MeetingScheduled,
    RoleHeld,
    StanceStated,
    StatementMade,
    SubjectsDeclaredSame,
)
from partnership.kinds import BUILT_IN
from partnership.model.event import Event
from partnership.model.field_docs import meaning

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
SOURCE = ps.Source("VNA", published="2020-11-16", kind="news")
OTHER = ps.Source("TASS", published="2020-11-16", kind="news")
AS_SAID = "If a source really printed what cannot be, record its words: StatementMade(slug, text=…)"
SLUG = "is not a slug: at most 80 lower-case letters a to z, digits and hyphens, starting with a letter or digit"
CODE = "is not the code of a party; write at most 32 letters, digits and hyphens: 'ASEAN', 'RU', 'VN'"
AMOUNT = "write digits only, with a point for decimals and no separators, at most 18 digits before and 9 after it"
OF_MEETING_HELD = (
    "on, title, body, ordinal, parties, topics, count, theme, format, prepares, margins_of, participants, sessions, "
    "results, organizers, mediators, concerns, part_of, place, host, mode, level, co_chairs, acting_chairs, locations, "
    "duration, co_hosts, chairs, observers, adopted"
)
NO_ENTRY = (
    "is no entry of this record; give an entry that add or entries() returned, or its id. "
    "An entry of another record must be merged first"
)
NO_EVENT = "give an event, as MeetingHeld('special-fmm-2020', on='2020-06-17')"
NO_SOURCE = "is not a source; every claim has one: Source('VNA', published='2020-11-16')"
NO_CLOCK = "give open(clock=…) a function such as lambda: datetime.now(UTC)"


@attrs.frozen(kw_only=True)
class TreatySigned(ps.Event):
    """A user's event class of a kind that the record was not opened with."""

    name = "treaty-signed"
    kind = "treaty"


@attrs.frozen(kw_only=True)
class TakenName(ps.Event):
    """A user's event class with the stored name of a built-in one."""

    name = "meeting-held"
    kind = "meeting"


def opened(path=":memory:", **more):
    """Open a record with a fixed clock."""
    return ps.open(path, **{"clock": lambda: NOW} | more)


def folder_bytes(folder: Path):
    """Return the contents of all files of a folder, by name."""
    return {path.name: path.read_bytes() for path in folder.iterdir()}


@pytest.fixture(scope="module")
def stored(tmp_path_factory):
    """Create a record with two reports of one meeting, and a dialogue of the same slug."""
    folder = tmp_path_factory.mktemp("stored")
    with opened(folder / "asean-russia.db", partnership="asean-russia") as record:
        record.add(MeetingHeld("fmm", on="2020-06-17"), DialogueLaunched("fmm", on="2020-06-17"), source=SOURCE)
        record.add(MeetingHeld("fmm", on="2020-06-18"), source=OTHER)
        yield record, folder


@pytest.fixture
def record(stored):
    """Return the record, and check afterwards that the test has written nothing to it: neither entries nor bytes."""
    record, folder = stored
    entries, files = record.entries(), folder_bytes(folder)
    yield record
    assert record.entries() == entries
    assert len(entries) == 3
    assert folder_bytes(folder) == files


def held(**values):
    """Return a function that adds a meeting with these values."""
    return lambda record: record.add(MeetingHeld("special-fmm", **values), source=SOURCE)


def no_meeting(reasons, subject="special-fmm"):
    """Return the message of a meeting that is refused for these reasons."""
    return f"meeting-held of {subject!r} cannot be recorded: {reasons}. {AS_SAID}"


def explained(reason, event=MeetingHeld):
    """Return a reason with the meaning of its field."""
    return f"{reason} ({meaning(event, reason.partition(':')[0])})"


def adding(event, **remarks):
    """Return a function that adds an event with remarks."""
    return lambda record: record.add(event, **{"source": SOURCE} | remarks)


EVENTS = {
    "a day that the month does not have": (
        held(on="31/06/2026"),
        "on: '31/06/2026' is not a date: June has 30 days; write 2026-06-30, 2026-06 (some day in June) or 2026-06~ "
        "(about June)",
    ),
    "a day that is ambiguous": (
        held(on="03/04/2026"),
        "on: '03/04/2026' is ambiguous; write 2026-04-03 (3 April 2026) or 2026-03-04 (4 March 2026)",
    ),
    "a month that does not exist": (
        held(on="2020-13"),
        "on: '2020-13' is not a date: there is no month 13; write 01 to 12, or 2020 alone",
    ),
    "29 February of a common year": (
        held(on="2021-02-29"),
        "on: '2021-02-29' is not a date: February 2021 has 28 days; write 2021-02-28, 2021-02 (some day in February) or "
        "2021-02~ (about February)",
    ),
    "an end before its start": (
        held(on="2020-06-18/2020-06-17"),
        "on: '2020-06-18/2020-06-17' ends before it begins; write the earlier date first",
    ),
    "a date in words": (held(on="17 June 2020"), "on: '17 June 2020' is not a date in EDTF; write 2020-06-17"),
    "a date without its zeros": (held(on="2020-6-1"), "on: '2020-6-1' is not a date in EDTF; write 2020-06-01"),
    "an empty date": (held(on=""), "on: '' does not name a date; leave the field out"),
    "a date as a number": (
        held(on=20200617),
        "on: 20200617 is not a date but int; write text such as '2020-06-17', or give a datetime.date",
    ),
    "a time without its zone": (
        held(on=datetime(2020, 6, 17)),  # noqa: DTZ001  that is the mistake
        "on: datetime.datetime(2020, 6, 17, 0, 0) has no time zone, so its day is ambiguous; write '2020-06-17'",
    ),
    "an unknown mode": (
        held(mode="phone"),
        "mode: 'phone' is not known here; write one of 'in-person', 'online', 'hybrid'",
    ),
    "an unknown level": (
        held(level="kings"),
        "level: 'kings' is not known here; write one of 'leaders', 'deputy-leaders', 'ministers', 'deputy-ministers', "
        "'senior-officials', 'ambassadors', 'experts', 'parliamentarians', 'business'",
    ),
    "a body that cannot meet": (
        held(body="commitment:fmm"),
        "body: 'commitment:fmm' is no series, dialogue, network, relation, document, plan, project, fund, mission, "
        "party or themed-year; write 'fmm' or 'series:fmm', or another kind with the slug: 'dialogue:fmm'",
    ),
    "a body by its name": (
        held(body="Special FMM"),
        f"body: 'Special FMM' {SLUG}; write 'special-fmm' or 'series:special-fmm', or another kind with the slug: "
        "'dialogue:special-fmm'",
    ),
    "adopted by its name": (
        held(adopted=["series:fmm"]),
        "adopted: 'series:fmm' is no document, plan, project, proposal, statement, measure or commitment; write 'fmm' "
        "or 'document:fmm', or another kind with the slug: 'plan:fmm'",
    ),
    "a party by its name": (held(parties=["Viet Nam"]), f"parties: 'Viet Nam' {CODE}; did you mean 'VN'?"),
    "parties in one text": (held(parties="ASEAN, RU"), f"parties: 'ASEAN, RU' {CODE}"),
    "a host that is not a text": (held(host=["RU"]), f"host: ['RU'] {CODE}"),
    "a title that is a number": (held(title=5), "title: 5 is not text but int; write it in quotes"),
    "a title that is blank": (
        held(title="  "),
        "title: '  ' is empty; leave the field out if the source does not say it",
    ),
    "a title that is too long": (
        held(title="x" * 201),
        f"title: '{'x' * 59}… (203 characters) is too long: 201 characters of 200; shorten it",
    ),
    "a title over two lines": (
        held(title="two\nlines"),
        "title: 'two\\nlines' is a name of several lines; write it on one line",
    ),
    "a control character": (
        held(place="Ha\x00Noi"),
        "place: 'Ha\\x00Noi' contains a forbidden character (U+0000 at 2); remove it",
    ),
    "an escape that colours a terminal": (
        held(place="\x1b[31mred"),
        "place: '\\x1b[31mred' contains a forbidden character (U+001B at 0); remove it",
    ),
    "an override of the direction of writing": (
        held(title="a\u202eb"),
        "title: 'a\\u202eb' contains a forbidden character (U+202E at 1); remove it",
    ),
    "topics that are a number": (held(topics=5), "topics: 5 is not a list of texts; write ['one', 'another']"),
    "more topics than a field takes": (
        held(topics=map(str, range(1001))),
        "topics: 'a list of 1001' is too long for one field; the limit is 1000",
    ),
    "a negative count": (held(count=-1), "count: -1 is not a count; write a whole number, 0 or more"),
    "a count that is a float": (held(count=2.0), "count: 2.0 is not a count; write a whole number, 0 or more"),
    "a count in words": (held(count="two"), "count: 'two' is not a count; write a whole number, 0 or more"),
}


@pytest.mark.parametrize("name", EVENTS)
def test_invalid_meeting(name, record):
    """The message has the field, the value and what to write, and how to record what a source really printed."""
    attempt, reasons = EVENTS[name]
    with pytest.raises(errors.InvalidEvent) as refused:
        attempt(record)
    assert str(refused.value) == no_meeting(explained(reasons))
    assert (refused.value.event, refused.value.subject) == ("meeting-held", "special-fmm")
    assert refused.value.reasons == (reasons,)


def test_event_with_several_invalid_fields(record):
    """The message lists all of them."""
    with pytest.raises(errors.InvalidEvent) as refused:
        record.add(
            MeetingHeld("Special FMM", on="2020-13", title=5, parties=["R U"], count="two", mode="phone"), source=SOURCE
        )
    reasons = (
        f"subject: 'Special FMM' {SLUG}; write 'special-fmm'",
        "on: '2020-13' is not a date: there is no month 13; write 01 to 12, or 2020 alone",
        "title: 5 is not text but int; write it in quotes",
        f"parties: 'R U' {CODE}",
        "count: 'two' is not a count; write a whole number, 0 or more",
        "mode: 'phone' is not known here; write one of 'in-person', 'online', 'hybrid'",
    )
    assert refused.value.reasons == reasons
    assert str(refused.value) == no_meeting("; ".join(map(explained, reasons)), "Special FMM")
    assert refused.value.meanings[-1] == "how people meet"


class Unprintable:
    """A value without a repr, which cannot be compared."""

    def __repr__(self):
        raise RuntimeError

    def __eq__(self, other):
        raise RuntimeError

    __hash__ = None


NO_VALUES = {
    "a float": 1.5,
    "not a number": float("nan"),
    "bytes": b"RU",
    "a table": {"RU": "Russia"},
    "a list in a list": [["RU"]],
    "a function": len,
    "a control character": "a\x00b",
    "more text than a field takes": "x" * 70_000,
    "a number of 6,000 digits": 10**6000,
    "something that cannot be shown": Unprintable(),
}


@pytest.mark.no_cover
@pytest.mark.parametrize("value", NO_VALUES.values(), ids=NO_VALUES)
def test_events_with_only_invalid_fields(value):
    """Every class is refused with one reason per field, in the order of the fields."""
    for event in BUILT_IN.events.values():
        names = [field.name for field in attrs.fields(event)]
        with pytest.raises(errors.InvalidEvent) as refused:
            event(**dict.fromkeys(names, value))
        assert [reason.partition(": ")[0] for reason in refused.value.reasons] == names, event
        assert str(refused.value).startswith(f"{event.name} of ")


def test_texts_in_a_set():
    """They are sorted, because the order of a set differs between runs."""
    topics = [f"topic {number}" for number in range(9)]
    assert MeetingHeld("fmm", topics={*topics}).topics == (*topics,)


OTHER_EVENTS = {
    "a subject of another kind": (
        lambda record: record.add(MeetingHeld("visit:fmm"), source=SOURCE),
        no_meeting(explained("subject: 'visit:fmm' is no meeting; write 'fmm' or 'meeting:fmm'"), "visit:fmm"),
    ),
    "a meeting of another kind": (
        lambda record: record.add(StanceStated("s", meeting="visit:fmm"), source=SOURCE),
        "stance-stated of 's' cannot be recorded: meeting: 'visit:fmm' is no meeting; write 'fmm' or 'meeting:fmm' "
        f"({meaning(StanceStated, 'meeting')}). {AS_SAID}",
    ),
    "a matter without its kind": (
        lambda record: record.add(StanceStated("s", concerns="fmm"), source=SOURCE),
        "stance-stated of 's' cannot be recorded: concerns: 'fmm' is not a subject; write kind:slug, such as "
        f"'meeting:fmm' ({meaning(StanceStated, 'concerns')}). {AS_SAID}",
    ),
    "money without a currency": (
        lambda record: record.add(CommitmentMade("fund", amount=5_000_000), source=SOURCE),
        "commitment-made of 'fund' cannot be recorded: amount: 5000000 is not money; write Money('8130000', 'USD', "
        f"'at-least'): an amount needs its currency ({meaning(CommitmentMade, 'amount')}). {AS_SAID}",
    ),
    "money in a text": (
        lambda record: record.add(CommitmentMade("fund", amount="$5 million"), source=SOURCE),
        "commitment-made of 'fund' cannot be recorded: amount: '$5 million' is not money; write Money('8130000', 'USD', "
        f"'at-least'): an amount needs its currency ({meaning(CommitmentMade, 'amount')}). {AS_SAID}",
    ),
    "a count without its day": (
        lambda record: record.add(CommitmentProgressReported("plan", as_of=None, done=99, total=139), source=SOURCE),
        "commitment-progress-reported of 'plan' cannot be recorded: as_of: None is not a date, and without one this "
        f"figure compares with nothing; write one, if only a bound: '../2021-04-02' "
        f"({meaning(CommitmentProgressReported, 'as_of')}). {AS_SAID}",
    ),
    "a count as text": (
        lambda record: record.add(CommitmentProgressReported("plan", as_of="2021", done="99"), source=SOURCE),
        "commitment-progress-reported of 'plan' cannot be recorded: done: '99' is not a count; write a whole number, 0 or "
        f"more ({meaning(CommitmentProgressReported, 'done')}). {AS_SAID}",
    ),
    "a role without a holder": (
        lambda record: record.add(RoleHeld("chair", holder=None), source=SOURCE),
        f"role-held of 'chair' cannot be recorded: holder: neither a party nor a person is named; write holder= or person=. {AS_SAID}",
    ),
    "a statement over its limit": (
        lambda record: record.add(StatementMade("speech", text="x" * 65_537), source=SOURCE),
        f"statement-made of 'speech' cannot be recorded: text: '{'x' * 59}… (65539 characters) is too long: 65537 "
        f"characters of 65536; shorten it ({meaning(StatementMade, 'text')})",
    ),
    "two subjects in the wrong order": (
        lambda record: record.add(SubjectsDeclaredSame("b", of="meeting", other="a"), source=SOURCE),
        "subjects-declared-same of 'b' cannot be recorded: other: must come after 'b' in the alphabet",
    ),
    "a reason that is not a text": (
        lambda record: record.retract(record.entries()[0], reason=5),
        "claim-retracted of '{claim}' cannot be recorded: reason: 5 is not text but int; write it in quotes ("
        + meaning(BUILT_IN.events["claim-retracted"], "reason")
        + ")",
    ),
}


@pytest.mark.parametrize("name", OTHER_EVENTS)
def test_other_invalid_event(name, record):
    """It is refused; the hint on how to record what was printed is left out where no source can have printed it."""
    attempt, message = OTHER_EVENTS[name]
    with pytest.raises(errors.InvalidEvent) as refused:
        attempt(record)
    assert str(refused.value) == message.replace("{claim}", record.entries()[0].claim.id)


VALUES = {
    "a negative amount": (lambda: ps.Money(-5, "USD"), f"-5 is not an amount; {AMOUNT}: '8130000.5'"),
    "an amount with separators": (
        lambda: ps.Money("8,130,000", "USD"),
        f"'8,130,000' is not an amount; {AMOUNT}: '8130000.5'",
    ),
    "an amount with points for thousands": (
        lambda: ps.Money("8.130.000", "USD"),
        f"'8.130.000' is not an amount; {AMOUNT}: '8130000.5'",
    ),
    "a float": (
        lambda: ps.Money(5.5, "USD"),
        "5.5 is not an amount; write its digits as text, '5.5', or as a Decimal",
    ),
    "not a number": (
        lambda: ps.Money(Decimal("NaN"), "USD"),
        f"Decimal('NaN') is not an amount; {AMOUNT}: '8130000.5'",
    ),
    "an amount with 5,000 digits": (
        lambda: ps.Money(10**5000, "USD"),
        f"this int is not an amount; {AMOUNT}: '8130000.5'",
    ),
    "a currency by its name": (
        lambda: ps.Money(5, "dollars"),
        "'dollars' is not a currency; write its three-letter ISO 4217 code: 'USD'",
    ),
    "a bound in other words": (
        lambda: ps.Count(5, "over"),
        "'over' is not a bound; write one of 'exact', 'at-least', 'at-most', 'about'",
    ),
    "a source without a publisher": (
        lambda: ps.Source(""),
        "'' names no publisher; write who published the document: 'VNA', 'MFA of Russia'",
    ),
    "a source of None": (
        lambda: ps.Source(None),
        "None names no publisher; write who published the document: 'VNA', 'MFA of Russia'",
    ),
    "a publisher that is a number": (lambda: ps.Source(5), "5 is not text but int; write it in quotes"),
    "a publication that is a span": (
        lambda: ps.Source("VNA", published="2020/2021"),
        "'2020/2021' is not a date of publication; write a day, a month, a year or an upper bound ('../2021')",
    ),
    "a publication on a day that does not exist": (
        lambda: ps.Source("VNA", published="2020-02-30"),
        "'2020-02-30' is not a date: February 2020 has 29 days; write 2020-02-29, 2020-02 (some day in February) or "
        "2020-02~ (about February)",
    ),
    "a retrieval in some month": (
        lambda: ps.Source("VNA", retrieved="2020-11"),
        "'2020-11' is not a day of retrieval; write the day on which the document was read: 2026-11-23",
    ),
    "an unknown kind of source": (
        lambda: ps.Source("VNA", kind="blog"),
        "'blog' is not a kind of source; write one of official-text, official-release, scholarly, news, op-ed, desk-note",
    ),
    "an address without its scheme": (
        lambda: ps.Source("VNA", url="www.vna.vn"),
        "'www.vna.vn' is not a URL; write it in full, with http:// or https:// and without spaces",
    ),
    "an address that runs a script": (
        lambda: ps.Source("VNA", url="javascript:alert(1)"),
        "'javascript:alert(1)' is not a URL; write it in full, with http:// or https:// and without spaces",
    ),
    "a language by its name": (
        lambda: ps.Source("VNA", language="English"),
        "'English' is not a language; write its BCP 47 code: 'en', 'fr', 'zh-Hant'",
    ),
    "a text that is not a tree head": (
        lambda: ps.TreeHead.parse("asean-russia 3"),
        "'asean-russia 3' is not the head of a log; give its three lines: partnership, size, root",
    ),
    "a date compared with a number": (
        lambda: ps.When("2020").surely_before(2021),
        "2021 cannot be compared with a When; give a When, the text of one or a datetime.date",
    ),
}


@pytest.mark.parametrize("name", VALUES)
def test_invalid_value(name):
    """It is refused with what to write instead."""
    attempt, message = VALUES[name]
    with pytest.raises(errors.InvalidValue) as refused:
        attempt()
    assert str(refused.value) == message
    assert refused.value.reason in message
    assert message.endswith(refused.value.instead)


MEETING = MeetingHeld("special-fmm", on="2020-06-17")
ARGUMENTS = {
    "no source": (adding(MEETING, source=None), errors.InvalidEntry, f"the claim: source: None {NO_SOURCE}"),
    "a source as text": (adding(MEETING, source="VNA"), errors.InvalidEntry, f"the claim: source: 'VNA' {NO_SOURCE}"),
    "a source of a correction as text": (
        lambda record: record.correct(record.entries()[0], MEETING, source="VNA"),
        errors.InvalidEntry,
        f"the claim: source: 'VNA' {NO_SOURCE}",
    ),
    "a source of two names as text": (
        lambda record: record.same_as("meeting:a", "meeting:b", source="VNA"),
        errors.InvalidEntry,
        f"the claim: source: 'VNA' {NO_SOURCE}",
    ),
    "an inferred field that does not exist": (
        adding(MEETING, inferred=["day"]),
        errors.InvalidEntry,
        f"the remarks on meeting:special-fmm: inferred: 'day' is not a field of meeting-held; it has {OF_MEETING_HELD}",
    ),
    "an inferred field that says nothing": (
        adding(MEETING, inferred=["place"]),
        errors.InvalidEntry,
        "the remarks on meeting:special-fmm: inferred: this meeting-held has no value for 'place'; give one, or leave "
        "it out",
    ),
    "an inferred field of a correction that says nothing": (
        lambda record: record.correct(record.entries()[0], MEETING, inferred="place"),
        errors.InvalidEntry,
        "the remarks on meeting:special-fmm: inferred: this meeting-held has no value for 'place'; give one, or leave "
        "it out",
    ),
    "an unknown certainty": (
        adding(MEETING, certainty="sure"),
        errors.InvalidEntry,
        "the remarks on meeting:special-fmm: certainty: 'sure' is not a certainty; write one of confirmed, reported, "
        "unnamed-source, approximate, inferred",
    ),
    "a note that is blank": (
        adding(MEETING, note=" "),
        errors.InvalidEntry,
        "the remarks on meeting:special-fmm: note: ' ' is empty; leave the field out if the source does not say it",
    ),
    "sharing in words": (
        adding(MEETING, shared="yes"),
        errors.InvalidEntry,
        "the remarks on meeting:special-fmm: shared: 'yes' is neither True, False nor None",
    ),
    "a speaker that is not a text": (
        adding(MEETING, speaker=5),
        errors.InvalidEntry,
        "the claim about meeting:special-fmm: speaker: 5 is not text but int; write it in quotes",
    ),
    "an entry over its limit": (
        adding(StatementMade("speech", text="\u1ec7" * 65_000, topics=["\u1ec7" * 65_000])),
        errors.InvalidEntry,
        "the claim about statement:speech: 390164 bytes are too many; the limit is 262144: shorten its texts",
    ),
    "a list of events": (
        adding([MEETING]),
        errors.UnknownEvent,
        "\"[MeetingHeld(subject='special-fmm', on=When('2020-06-17'), title=None, body=None\" is not an event of this "
        "record: give events one by one, add(*events, source=…), as MeetingHeld('special-fmm-2020', on='2020-06-17')",
    ),
    "a class in place of an event": (
        adding(MeetingHeld),
        errors.UnknownEvent,
        f"\"<class 'partnership.subjects.meetings.MeetingHeld'>\" is not an event of this record: {NO_EVENT}",
    ),
    "a dictionary in place of an event": (
        adding({"event": "meeting-held"}),
        errors.UnknownEvent,
        f"\"{{'event': 'meeting-held'}}\" is not an event of this record: {NO_EVENT}",
    ),
    "an event of an unknown class": (
        adding(TreatySigned("amity")),
        errors.UnknownEvent,
        "'treaty-signed' (version 1) is not an event of this record: open the record with kinds=[…] that has its class",
    ),
    "an event of a class with a stored name that is taken": (
        adding(TakenName("amity")),
        errors.UnknownEvent,
        "'meeting-held' (version 1) is not an event of this record: that name is MeetingHeld's; give the class another, and "
        "open the record with kinds=[…]",
    ),
    "an event of the base class": (
        adding(Event("amity")),
        errors.UnknownEvent,
        "'Event' (version 1) is not an event of this record: open the record with kinds=[…] that has its class",
    ),
    "a good event before a wrong one": (
        lambda record: record.add(MEETING, TreatySigned("amity"), source=SOURCE),
        errors.UnknownEvent,
        "'treaty-signed' (version 1) is not an event of this record: open the record with kinds=[…] that has its class",
    ),
    "a retraction that is added": (
        adding(ClaimRetracted("0" * 64)),
        errors.InvalidEntry,
        f"claim-retracted of claim:{'0' * 64}: is recorded by correct, retract, prefer or same_as, not by add",
    ),
    "a correction with a correction": (
        lambda record: record.correct(record.entries()[0], ClaimCorrected("0" * 64, event=MEETING)),
        errors.InvalidEntry,
        "a correction: event: give what the claim should state; to undo a correction, retract it",
    ),
    "a correction with a date": (
        lambda record: record.correct(record.entries()[0], "2020-06-18"),
        errors.InvalidEntry,
        "a correction of meeting:fmm: '2020-06-18' is neither an event nor fields by name; write place='Bali'",
    ),
    "a correction of an unknown entry": (
        lambda record: record.correct("0" * 64, MEETING),
        errors.UnknownEntry,
        f"'{'0' * 64}' {NO_ENTRY}",
    ),
    "a retraction of an unknown entry": (
        lambda record: record.retract("special-fmm"),
        errors.UnknownEntry,
        f"'special-fmm' {NO_ENTRY}",
    ),
    "a retraction by position": (lambda record: record.retract(1), errors.UnknownEntry, f"1 {NO_ENTRY}"),
    "a preference for a field that does not exist": (
        lambda record: record.prefer(record.entries()[0], field="held_on"),
        errors.InvalidValue,
        f"'held_on' is not a field of meeting-held; it has {OF_MEETING_HELD}",
    ),
    "two names of two kinds": (
        lambda record: record.same_as("meeting:fmm", "dialogue:fmm"),
        errors.InvalidValue,
        "'meeting:fmm' and 'dialogue:fmm' are of different kinds; give two subjects of one kind, 'meeting:a' and 'meeting:b'",
    ),
    "one name twice": (
        lambda record: record.same_as("meeting:fmm", "meeting:fmm"),
        errors.InvalidValue,
        "'meeting:fmm' and 'meeting:fmm' are one name; give two subjects of one kind, 'meeting:a' and 'meeting:b'",
    ),
    "a name without its kind": (
        lambda record: record.same_as("fmm", "fmm-2020"),
        errors.InvalidValue,
        "'fmm' is not a subject; write kind:slug, such as 'meeting:special-fmm-2020'",
    ),
    "a merge with a path": (
        lambda record: record.merge(["asean-russia.db"]),
        errors.InvalidEntry,
        "a merge: 'asean-russia.db' is not an entry; give a record that is open, or entries of one",
    ),
    "a merge with another partnership": (
        lambda record: record.merge(opened(partnership="asean-china")),
        errors.DifferentPartnership,
        "this is the record of 'asean-russia', not of 'asean-china': a record holds one partnership",
    ),
}


@pytest.mark.parametrize("name", ARGUMENTS)
def test_invalid_argument(name, record):
    """It is refused with the name of the argument and what to pass."""
    attempt, kind, message = ARGUMENTS[name]
    with pytest.raises(kind) as refused:
        attempt(record)
    assert str(refused.value) == message


QUERIES = {
    "a vague day": (
        lambda record: record.as_of("2020-06"),
        "'2020-06' is not a day, as as_of needs; write an exact one, as 2020-06-30",
    ),
    "a doubtful day": (
        lambda record: record.as_of(on="2020-06-17~"),
        "'2020-06-17~' is not a day, as on= needs; write an exact one, as 2020-06-17",
    ),
    "a year": (
        lambda record: record.as_of(known=2020),
        "'2020' is not a day, as known= needs; write an exact one, as 2021-02-01",
    ),
    "a day that is none": (
        lambda record: record.as_of("2021-02-30"),
        "'2021-02-30' is not a date: February 2021 has 28 days; write 2021-02-28, 2021-02 (some day in February) or "
        "2021-02~ (about February)",
    ),
    "an instant without its zone": (
        lambda record: record.as_of(recorded=datetime(2021, 2, 1)),  # noqa: DTZ001  that is the mistake
        "'2021-02-01 00:00:00' has no time zone; write datetime(2021, 2, 1, tzinfo=UTC), or a day",
    ),
    "an instant that is a year": (
        lambda record: record.as_of(recorded="2021"),
        "'2021' is not a day, as recorded= needs; write an exact one, as 2021-12-31",
    ),
    "a day beside known": (
        lambda record: record.as_of("2021-02-01", known="2021-02-01"),
        "'2021-02-01' is given with on= or known=; give the day alone, or on= and known= alone",
    ),
    "a day beside on": (
        lambda record: record.as_of(date(2021, 2, 1), on="2021-02-01"),
        "'2021-02-01' is given with on= or known=; give the day alone, or on= and known= alone",
    ),
    "sources that are a list": (
        lambda record: record.as_of(sources=["VNA"]),
        "['VNA'] is not a function, as sources= needs; write sources=lambda …, or leave it out",
    ),
    "a policy by its name": (
        lambda record: record.as_of(policy="newest"),
        "'newest' is not a function, as policy= needs; write policy=lambda …, or leave it out",
    ),
    "a difference of two years": (
        lambda record: record.diff("2020", "2021"),
        "'2020' is not a day, as as_of needs; write an exact one, as 2020-12-31",
    ),
    "a party by its name": (lambda record: record.entries(party="Viet Nam"), f"'Viet Nam' {CODE}; did you mean 'VN'?"),
    "a party that is a number": (lambda record: record.entries(party=5), f"5 {CODE}"),
    "a subject that is a number": (
        lambda record: record.why(5),
        "5 is not a subject; write kind:slug, such as 'meeting:special-fmm-2020'",
    ),
    "a role that is a number": (
        lambda record: record.holders(5),
        "5 is not a subject; write its slug, or role:slug",
    ),
    "a role asked without a holder": (
        lambda record: record.holds("asean-chair", None),
        "None names nobody; write holds('asean-chair', 'VN'), or person=",
    ),
    "a grace in words": (
        lambda record: record.overdue(grace="a month"),
        "'a month' is not a number of days of grace; write a whole number, 0 or more",
    ),
    "a grace of None": (
        lambda record: record.calendar(grace=None),
        "None is not a number of days of grace; write a whole number, 0 or more",
    ),
    "a grace of half a day": (
        lambda record: record.overdue(grace=0.5),
        "0.5 is not a number of days of grace; write a whole number, 0 or more",
    ),
    "a negative grace": (
        lambda record: record.overdue(grace=-1),
        "-1 is not a number of days of grace; write a whole number, 0 or more",
    ),
    "a grace that is a day": (
        lambda record: record.overdue(grace=ps.When("2020-06-17")),
        "When('2020-06-17') is not a number of days of grace; write a whole number, 0 or more",
    ),
    "a horizon that is a number": (
        lambda record: record.calendar(horizon=30),
        "'30' is not a day, as horizon= needs; write an exact one, as 2021-02-01",
    ),
    "months in words": (
        lambda record: record.dormant(months="two years"),
        "'two years' is not a number of months; write a whole number, 0 or more",
    ),
    "months as a bool": (
        lambda record: record.dormant(months=True),
        "True is not a number of months; write a whole number, 0 or more",
    ),
    "words to look for that are a number": (
        lambda record: record.find(3),
        "3 has no word to look for; write one or more: find('vaccine')",
    ),
    "a topic that is a number": (
        lambda record: record.commitments_register(topic=3),
        "3 is not text but int; write it in quotes",
    ),
    "a head as text": (
        lambda record: record.verify("asean-russia\n3\n"),
        "'asean-russia\\n3\\n' is not the head of a log; give TreeHead.parse(text) of its three lines",
    ),
}


@pytest.mark.parametrize("name", QUERIES)
def test_invalid_query(name, record):
    """It is refused with the argument and what to write, before anything is computed."""
    attempt, message = QUERIES[name]
    with pytest.raises(errors.InvalidValue) as refused:
        attempt(record)
    assert str(refused.value) == message


UNKNOWN = {
    "an unknown subject": (
        lambda record: record.why("meeting:smm"),
        "nothing is recorded of 'meeting:smm' here",
    ),
    "a slug similar to a known one": (
        lambda record: record.why("fmn"),
        "nothing is recorded of 'fmn' here; did you mean fmm?",
    ),
    "a meeting similar to a known one": (
        lambda record: record.meetings["fmm2"],
        "nothing is recorded of 'fmm2' here; did you mean fmm?",
    ),
    "an unknown meeting": (
        lambda record: record.meetings["summit"],
        "nothing is recorded of 'summit' here",
    ),
    "a meeting that is a number": (lambda record: record.meetings[5], "nothing is recorded of '5' here"),
    "a field that is a list": (
        lambda record: record.why("meeting:fmm", field=["held_on"]),
        "nothing is recorded of \"meeting:fmm.['held_on']\" here; did you mean meeting:fmm.",
    ),
    "a field of the event in place of the state's": (
        lambda record: record.why("meeting:fmm", field="held"),
        "nothing is recorded of 'meeting:fmm.held' here; did you mean meeting:fmm.",
    ),
    "a subject before it was known": (
        lambda record: record.as_of(known="2019-01-01").meetings["fmm"],
        "nothing was known of 'fmm' on 2019-01-01: its first source is of 2020-11-16",
    ),
    "entries of an unknown subject": (
        lambda record: record.entries(subject="summit"),
        "nothing is recorded of 'summit' here",
    ),
}


@pytest.mark.parametrize("name", UNKNOWN)
def test_unknown_subject(name, record):
    """The error is a KeyError, as in any mapping, and suggests similar names."""
    attempt, message = UNKNOWN[name]
    with pytest.raises(errors.UnknownSubject) as refused:
        attempt(record)
    assert str(refused.value) == message or (message.endswith(".") and str(refused.value).startswith(message))
    assert isinstance(refused.value, KeyError)


def test_membership_of_a_value_that_is_not_a_slug(record):
    """It is not contained, as in any mapping."""
    assert 5 not in record.meetings
    assert "fmm" in record.meetings


def test_slug_of_two_kinds(record):
    """The error lists the subjects that it may mean."""
    with pytest.raises(errors.AmbiguousSubject) as refused:
        record.why("fmm")
    assert str(refused.value) == "'fmm' may be dialogue:fmm or meeting:fmm; ask with the kind in front"
    assert refused.value.subjects == ("dialogue:fmm", "meeting:fmm")


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (MeetingHeld, "subject"),
        (lambda: MeetingHeld("fmm", held_on="2020"), "held_on"),
        (lambda: CommitmentProgressReported("plan", done=99), "as_of"),
        (lambda: ps.Money(5), "currency"),
        (lambda: ps.Source("VNA", "2020-11-16"), "positional"),
        (lambda: opened().add(MEETING), "source"),
        (lambda: opened().upcoming(30), "positional"),
        (lambda: ps.When("2020") < ps.When("2021"), "use surely_before or maybe_before"),
    ],
    ids=[
        "no subject",
        "an unknown field",
        "a needed field",
        "no currency",
        "a day by its place",
        "no source",
        "a horizon where none is asked",
        "a bare <",
    ],
)
def test_call_with_wrong_arguments(call, words):
    """It is a TypeError that names the missing or unexpected argument."""
    with pytest.raises(TypeError, match=words):
        call()


# ---- opening ----


@attrs.frozen(kw_only=True)
class Odd(ps.Event):
    """A user's event class."""

    name = "odd"
    kind = "oddity"


def test_conflicting_kinds(tmp_path):
    """They are refused when the record is opened, with what to change, and no file is created."""
    taken = ps.Kind("meeting", [TakenName])
    with pytest.raises(errors.InvalidKind) as refused:
        opened(tmp_path / "new.db", kinds=[taken])
    reason = "TakenName: MeetingHeld has the stored name 'meeting-held' already; choose another"
    assert str(refused.value) == f"the kind 'meeting' cannot be used: {reason}"
    assert (refused.value.kind, refused.value.reasons) == ("meeting", (reason,))
    for wrong in (TakenName, "exhibitions"):
        with pytest.raises(errors.InvalidValue, match="is not a kind of subject; write kinds="):
            opened(tmp_path / "new.db", kinds=wrong if isinstance(wrong, str) else [wrong])
    assert list(tmp_path.iterdir()) == []


def test_single_kind_instead_of_a_list():
    """It is accepted like a list of one."""
    with opened(kinds=ps.Kind("oddity", [Odd])) as record:
        record.add(Odd("a"), source=SOURCE)
        assert record.entries()[0].event == Odd("a")


OPENINGS = {
    "a partnership by its name": (
        {"partnership": "ASEAN Russia"},
        f"'ASEAN Russia' {SLUG}; write 'asean-russia'",
    ),
    "a recorder that is blank": ({"by": " "}, "' ' is empty; leave the field out if the source does not say it"),
    "a clock that is a time": (
        {"clock": NOW},
        f"{NOW!r} is not a clock; give a function such as lambda: datetime.now(UTC)",
    ),
}


@pytest.mark.parametrize("name", OPENINGS)
def test_invalid_argument_of_open(name, tmp_path):
    """It is refused with what to pass, and no file is created."""
    arguments, message = OPENINGS[name]
    with pytest.raises(errors.InvalidValue) as refused:
        opened(tmp_path / "new.db", **arguments)
    assert str(refused.value) == message
    assert list(tmp_path.iterdir()) == []


def test_file_of_another_partnership(stored):
    """It is refused."""
    _, folder = stored
    with pytest.raises(errors.DifferentPartnership) as refused:
        opened(folder / "asean-russia.db", partnership="asean-china")
    message = "this is the record of 'asean-russia', not of 'asean-china': a record holds one partnership"
    assert str(refused.value) == message
    assert (refused.value.here, refused.value.there) == ("asean-russia", "asean-china")


@pytest.mark.parametrize(
    "time",
    [datetime(2026, 11, 23), date(2026, 11, 23), 1_795_392_000.0, None, "2026-11-23"],  # noqa: DTZ001  that is the mistake
    ids=["naive", "a day", "seconds", "none", "text"],
)
def test_clock_that_returns_no_aware_datetime(time, tmp_path):
    """The first operation that needs the time is refused, and nothing is written."""
    with opened(tmp_path / "new.db", clock=lambda: time) as record:
        files = folder_bytes(tmp_path)
        for attempt in (adding(MEETING), adding(MEETING, source=ps.Source("VNA")), lambda record: record.overdue()):
            with pytest.raises(errors.InvalidValue) as refused:
                attempt(record)
            assert str(refused.value) == f"{time!r} is the clock's time, and not an aware datetime; {NO_CLOCK}"
        assert record.entries() == ()
        assert folder_bytes(tmp_path) == files


@pytest.mark.parametrize("chosen", [None, "the first", lambda candidates: candidates[0].value, list])
def test_policy_that_returns_no_candidate(chosen, record):
    """It is told what a policy does; the record answers by another policy as before."""
    view = record.as_of(policy=lambda candidates: chosen(candidates) if callable(chosen) else chosen)
    with pytest.raises(TypeError, match="a policy must return one of the candidates it is given, not "):
        view.meetings["fmm"]
    assert record.as_of(policy=ps.newest).meetings["fmm"].disputed == ("held_on",)


def test_policy_that_raises(record):
    """Its exception is not changed."""
    with pytest.raises(ZeroDivisionError):
        record.as_of(policy=lambda candidates: candidates[1 // 0]).meetings["fmm"]


# ---- citing blocks ----


def test_block_that_raises(record):
    """None of its claims is written."""
    with pytest.raises(RuntimeError, match="coffee"), record.citing(SOURCE) as cite:  # noqa: PT012  the block must have begun
        cite(MEETING)
        raise RuntimeError("coffee")


@pytest.mark.parametrize(
    ("event", "remarks", "kind"),
    [
        (TreatySigned("amity"), {}, errors.UnknownEvent),
        (MEETING, {"certainty": "sure"}, errors.InvalidEntry),
        (MEETING, {"inferred": ["place"]}, errors.InvalidEntry),
        (StatementMade("a", text="\u1ec7" * 65_000, topics=["\u1ec7" * 65_000]), {}, errors.InvalidEntry),
    ],
)
def test_block_with_an_invalid_claim(event, remarks, kind, record):
    """It ends at that claim, and none of its claims is written, not even earlier ones."""
    reached = []
    with pytest.raises(kind), record.citing(SOURCE) as cite:  # noqa: PT012  the block must have begun
        cite(MeetingScheduled("smm"), CourseHeld("course"))
        cite(event, **remarks)
        reached.append("after")
    assert reached == []


def test_block_without_a_valid_source(record):
    """It is refused at its first claim."""
    with pytest.raises(errors.InvalidEntry, match="source: 'VNA' is not a source"), record.citing("VNA") as cite:
        cite(MEETING)


def test_claim_after_the_end_of_its_block():
    """It is refused, because it would be lost silently."""
    with opened() as record:
        with record.citing(SOURCE) as cite:
            cite(MeetingScheduled("smm"))
        with pytest.raises(errors.InvalidEntry) as refused:
            cite(MEETING)
        assert str(refused.value) == "a citing block: has ended, and what is cited now would be lost; open another"
        assert len(record.entries()) == 1


def test_entries_of_a_block_before_its_end(record):
    """They are not available, because the block is written as a whole at its end or not at all."""
    with pytest.raises(RuntimeError, match="are available when the block has ended"), record.citing(SOURCE) as cite:
        cite(MEETING)[0]


def test_no_events(record):
    """Adding none is allowed, because a list of events may be empty."""
    assert record.add(source=SOURCE) == ()
    with record.citing(SOURCE):
        pass


def test_superseded_claim():
    """It is not written again, and a warning says how to restore it."""
    with opened() as record:
        (entry,) = record.add(MEETING, source=SOURCE)
        retraction = record.retract(entry, reason="another meeting")
        with pytest.warns(errors.SupersededWarning) as warned:
            assert record.add(MEETING, source=SOURCE) == (entry,)
        (warning,) = warned
        advice = f"retract that, entry {retraction.id}, to restore it"
        told = f"meeting:special-fmm: this claim is superseded by a correction or retraction; {advice}"
        assert str(warning.message) == told
        assert warning.filename == __file__
        assert len(record.entries()) == 2
        record.retract(retraction.id)
        first = record.correct(entry, on="2021")
        second = record.correct(entry, on="2022")
        advice = f"retract those, entries {first.id} and {second.id}, to restore it"
        with pytest.warns(errors.SupersededWarning, match=advice):
            record.add(MEETING, source=SOURCE)
        record.retract(second)
        record.correct(first, on="2023")  # so that no amendment of the claim itself is the last one
        with pytest.warns(errors.SupersededWarning, match="retract that to restore it"):
            record.add(MEETING, source=SOURCE)


def test_closed_record(tmp_path):
    """The error says so, with the path to open it again."""
    record = opened(tmp_path / "new.db")
    record.close()
    with pytest.raises(errors.StorageError) as refused:
        record.add(MEETING, source=SOURCE)
    assert str(refused.value) == f"{tmp_path / 'new.db'}: is closed; open it again"
    assert (refused.value.path, refused.value.reason) == (str(tmp_path / "new.db"), "is closed; open it again")


# ---- the errors themselves ----

EXAMPLES = [
    errors.PartnershipError("anything"),
    errors.InvalidValue("2020-13", "is not a date", "write 2020-12"),
    errors.InvalidValue(5, "is not a date"),
    errors.InvalidValue("3/4/2026", "is ambiguous", "", errors.Setting("say so", "day_first", True)),  # noqa: FBT003
    errors.InvalidEvent("meeting-held", "fmm", ("on: is not a date", "title: is empty")),
    errors.InvalidEvent("meeting-held", "fmm", ("on: is not a date",), ("when it happened",)),
    errors.InvalidFields("meeting-held", "fmm", ("plase: is not a field; did you mean place?",), ("subject", "place")),
    errors.InvalidKind("exhibition", ("its projection is about 'meeting'", "it has no name")),
    errors.InvalidKind("exhibition", ("it has no name",)),
    errors.InvalidEntry("entry 5", ("claim.source: is missing",)),
    errors.InvalidLines((("asean-russia.jsonl", 3, ("claim.source: is missing",)),)),
    errors.InvalidSubmission(
        (errors.Refusal("claims[0].on", "2020-13", "is not a date", "write 2020-12", ("2020-12",)),)
    ),
    errors.UnknownEvent("treaty-signed", 2, "open the record with kinds=[…]"),
    errors.UnknownEvent("a text", None, "give an event"),
    errors.UnknownEntry("0" * 64),
    errors.UnknownSubject("meeting:fmn", ("fmm", "smm")),
    errors.UnknownSubject("meeting:fmn"),
    errors.UnknownSubject("meeting:fmm", (), date(2019, 1, 1), date(2020, 6, 17)),
    errors.AmbiguousSubject("fmm", ("dialogue:fmm", "meeting:fmm")),
    errors.DifferentPartnership("asean-russia", "asean-china"),
    errors.DifferentPartnership("asean-russia", "asean-china", "of-china.jsonl"),
    errors.NotInstalled("matplotlib", "charts"),
    *(
        kind("asean-russia.db", "the file is something else")
        for kind in (
            errors.StorageError,
            errors.NotARecord,
            errors.NewerFormat,
            errors.Damaged,
            errors.ReadOnly,
            errors.StorageFull,
        )
    ),
    errors.SupersededWarning("this claim is superseded"),
    errors.ClockWarning("the clock is behind"),
    errors.NearNameWarning("the code is new"),
]


@pytest.mark.parametrize("error", EXAMPLES, ids=lambda error: type(error).__name__)
def test_pickled_error(error):
    """It keeps its class, message and attributes."""
    for protocol in range(2, pickle.HIGHEST_PROTOCOL + 1):
        back = pickle.loads(pickle.dumps(error, protocol))  # noqa: S301  made by this test
        assert type(back) is type(error)
        assert (str(back), back.args, vars(back)) == (str(error), error.args, vars(error))


@pytest.mark.parametrize("error", EXAMPLES, ids=lambda error: type(error).__name__)
def test_attributes_of_an_error(error):
    """Every argument is an attribute with the name from the docstring, and is part of the message.

    In place of an extra of this library, whose name on an index may be another's, the message has its packages.
    """
    documented = re.findall(r"^        (\w+): ", type(error).__doc__ or "", re.MULTILINE)
    if vars(error):
        assert tuple(vars(error).values()) == error.args
        inherited = {"path", "reason"} if isinstance(error, errors.StorageError) else set(documented)
        assert set(vars(error)) == inherited
    named = (error.library, *errors.LIBRARIES[error.extra]) if isinstance(error, errors.NotInstalled) else error.args
    for part in leaves(named):
        assert part is None or str(part) in str(error)


def leaves(value):
    """Return the values of nested tuples."""
    return [leaf for item in value for leaf in leaves(item)] if isinstance(value, tuple) else [value]


def test_hierarchy_of_errors():
    """Errors are PartnershipErrors, public, tested here, and placed as in the tree of the module's docstring."""
    classes = [value for value in vars(errors).values() if isinstance(value, type) and issubclass(value, Exception)]
    assert {class_.__name__ for class_ in classes} == set(errors.__all__)
    assert {type(example) for example in EXAMPLES} == set(classes)
    assert [class_ for class_ in classes if not issubclass(class_, errors.PartnershipError)] == [
        errors.SupersededWarning,
        errors.ClockWarning,
        errors.NearNameWarning,
    ]
    drawn = re.findall(r"^    ([│ ]*)[├└]── (\w+) .*?(?:\(also (\w+)\))?$", errors.__doc__, re.MULTILINE)
    above = {"InvalidFields": errors.InvalidEvent}
    assert {name for _, name, _ in drawn} == set(errors.__all__) - {
        "PartnershipError",
        "SupersededWarning",
        "ClockWarning",
        "NearNameWarning",
    }
    for depth, name, also in drawn:
        kind = getattr(errors, name)
        parent = above.get(name, errors.StorageError) if depth else errors.PartnershipError
        assert kind.__bases__[0] is parent
        assert not also or issubclass(kind, getattr(__builtins__, also, None) or __builtins__[also])


def test_error_about_a_value_without_a_repr():
    """It has a message: making the message must not raise another error."""

    class NoRepr:
        def __repr__(self):
            raise RuntimeError("no")

    for value in (NoRepr(), 10**5000):
        assert str(errors.InvalidValue(value, "is no date")) == f"this {type(value).__name__} is no date"
        assert "this " in str(errors.InvalidEvent("meeting-held", value, ("on: is no date",)))
