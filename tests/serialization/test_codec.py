"""Events to bytes and back, through a fixed registry of event classes, with nothing coerced."""

from __future__ import annotations

import json
from contextlib import suppress
from copy import deepcopy
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from attrs import evolve, field, frozen
from hypothesis import given, settings
from hypothesis import strategies as st

import partnership as ps
from partnership.errors import InvalidEntry, InvalidValue, UnknownEvent
from partnership.events import (
    ClaimCorrected,
    CommitmentMade,
    CommitmentProgressReported,
    MeetingHeld,
    MeetingScheduled,
    StatementMade,
)
from partnership.kinds import BUILT_IN, Kinds
from partnership.model import converters
from partnership.model.entry import Entry, OpaqueEvent, Remarks, remarks_on
from partnership.serialization import codec as codec_module
from partnership.serialization.canonical import BODY_LIMIT, canonical, digest, parse
from partnership.serialization.codec import Codec
from partnership.serialization.columns import columns_of
from partnership.testing import events_of
from partnership.values import text
from partnership.values.amounts import Bound
from partnership.values.sources import Certainty, SourceKind

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
SOURCE = ps.Source("VNA", published="2020-11-16")
CODEC = Codec(BUILT_IN)
TEXTS = st.text(st.characters(exclude_categories=["Cs", "Cc", "Cf"]), min_size=1).filter(str.strip)
NAMES = TEXTS.filter(lambda text: len(text) < 50).map(text.name)


def choices(literal):
    """Generate the words of a Literal, or none."""
    return st.sampled_from([None, *literal.__args__])


SOURCES = st.builds(
    ps.Source,
    NAMES,
    published=st.sampled_from(["2020-11-16", "2020-11~", "../2021", "[2020,2021-03]"]),
    kind=choices(SourceKind),
    title=st.none() | TEXTS,
    url=st.sampled_from([None, "https://example.org/a?b=c&d=e"]),
    language=st.sampled_from([None, "en", "zh-Hant"]),
    locator=st.none() | NAMES,
    via=st.none() | NAMES,
    retrieved=st.none() | st.dates(),
)
SHARED = st.sampled_from([None, True, False])
REMARKS = st.fixed_dictionaries({"certainty": choices(Certainty), "note": st.none() | TEXTS, "shared": SHARED})
FIGURES = st.decimals(0, 10**6, places=9, allow_nan=False, allow_infinity=False)
FREE = st.builds(
    CommitmentMade,
    st.sampled_from(["a", "b"]),
    text=st.none() | TEXTS,
    topics=st.lists(TEXTS, max_size=3),
    by=st.lists(st.sampled_from(["ASEAN", "RU", "VN"]), max_size=3),
    amount=st.none() | st.builds(ps.Money, FIGURES, st.just("USD")),
    quantity=st.none() | st.builds(ps.Count, st.integers(0, 2**53)),
    condition=st.none() | TEXTS,
)


def read(body, codec=CODEC):
    """Return the entry that bytes, or a JSON value, are; its columns are the same entry."""
    body = body if isinstance(body, bytes) else canonical(body)
    claim, remarks = codec.decode(body, "entry 1")
    columns = columns_of(json.loads(body), claim.event.kind)
    for events in ({}, {(columns.subject, columns.event, columns.version, columns.fields): claim.event}):
        parts = codec.decode_columns(columns, columns.body, 1, events)
        assert parts == ((claim.event, claim.source, claim.speaker), remarks)
    return Entry(digest(body), claim, remarks, 1, NOW, None, body)


def written(event, source=SOURCE, speaker=None, codec=CODEC, **remarks):
    """Return the draft of an entry."""
    return codec.encode(event, source, speaker, remarks_on(event, source, **remarks))


def refusal(body, codec=CODEC):
    """Return the reasons for which bytes, or a JSON value, are no entry."""
    with pytest.raises(InvalidEntry) as refused:
        read(body, codec)
    assert refused.value.where == "entry 1"
    assert all(reason and reason.isprintable() for reason in refused.value.reasons)
    body = body if isinstance(body, bytes) else canonical(body)
    with suppress(AttributeError, InvalidEntry, KeyError, TypeError):  # bytes without the parts of an entry
        columns = columns_of(parse(body, "entry 1"), "meeting")
        assert columns.body != body or read_columns(columns, codec) == ("entry 1", refused.value.reasons)
    return refused.value.reasons


def read_columns(columns, codec=CODEC):
    """Return the claim and the remarks that columns are, or the reasons why they are no entry."""
    try:
        return codec.decode_columns(columns, columns.body, 1, {})
    except InvalidEntry as refused:
        return refused.where, refused.reasons


def read_body(body, codec=CODEC):
    """Return the claim and the remarks that bytes are, or the reasons why they are no entry."""
    try:
        claim, remarks = codec.decode(body, "entry 1")
    except InvalidEntry as refused:
        return refused.where, refused.reasons
    return (claim.event, claim.source, claim.speaker), remarks


# ---- there and back ----


@pytest.mark.no_cover
@pytest.mark.parametrize("name", BUILT_IN.events)
def test_every_event_of_the_library(name):
    """It is read as it was written, with source, speaker and remarks, and written again in the same bytes."""

    @settings(max_examples=settings().max_examples // 8)
    @given(events_of(BUILT_IN.events[name]), SOURCES, st.none() | NAMES, REMARKS)
    def law(event, source, speaker, remarks):
        draft = written(event, source, speaker, **remarks)
        entry = read(draft.body)
        assert (entry.event, entry.source) == (event, source)
        assert entry.claim.source == evolve(source, retrieved=None)
        assert entry.remarks == remarks_on(event, source, **remarks)
        assert (entry.id, entry.claim.id) == (draft.id, draft.claim.id)
        assert CODEC.encode(entry.event, entry.source, entry.speaker, entry.remarks) == draft

    law()


@given(FREE, SOURCES)
def test_texts_and_figures_of_every_kind(event, source):
    """They are read as they were written: an amount of 0.0000001 too, whose shortest text has an exponent."""
    draft = written(event, source)
    assert read(draft.body).event == event
    assert b'"E' not in draft.body.replace(b"\\", b"")


def test_the_smallest_amount():
    """It is written with its digits, and so can be read."""
    event = CommitmentMade("a", amount=ps.Money("0.000000001", "USD"))
    draft = written(event)
    assert b'"amount":"0.000000001"' in draft.body
    assert read(draft.body).event == event


def test_the_bytes_of_an_entry():
    """They are canonical JSON, with all that was not said left out; this is the format, permanently."""
    draft = written(
        MeetingHeld("special-fmm-2020", on="2020-06-17", parties=["RU", "ASEAN"], count=2),
        ps.Source("VNA", published="2020-11-16", kind="news", retrieved="2020-11-17"),
        "Alexander Ivanov",
        certainty="confirmed",
        inferred=["on"],
        note="the year is the page's",
        shared=False,
    )
    assert draft.body.decode() == (
        '{"claim":{"event":"meeting-held","fields":{"count":{"number":2},"on":"2020-06-17","parties":["ASEAN","RU"]},'
        '"source":{"kind":"news","published":"2020-11-16","publisher":"VNA"},"speaker":"Alexander Ivanov",'
        '"subject":"special-fmm-2020","v":1},"remarks":{"certainty":"confirmed","inferred":["on"],'
        '"note":"the year is the page\'s","retrieved":"2020-11-17","shared":false}}'
    )
    assert draft.id == "d5269a6bc8abb2a493d20e35da806ac99ff966fb26494bf379075b226f5b0630"
    assert draft.claim.id == "593866ab579c4fad440914a511f9d1f9f903a1bba8838f836768389500bebb0e"


# ---- the id of a claim ----

EVENT = MeetingHeld("a", on="2020-06-17", parties=["ASEAN", "RU"], title="a meeting")


@pytest.mark.parametrize(
    ("event", "source", "speaker", "remarks"),
    [
        (evolve(EVENT, parties=["RU", "ASEAN"]), SOURCE, None, {}),
        (evolve(EVENT, parties=["ru", "asean", "RU"]), SOURCE, None, {}),
        (evolve(EVENT, place=None, topics=None, co_chairs=[]), SOURCE, None, {}),
        (EVENT, evolve(SOURCE, retrieved="2020-12-01"), None, {}),
        (EVENT, SOURCE, None, {"certainty": "confirmed", "inferred": ["on"], "note": "n", "shared": False}),
        (evolve(EVENT, on=date(2020, 6, 17)), evolve(SOURCE, published=date(2020, 11, 16)), None, {}),
    ],
    ids=["order of parties", "letters of parties", "absent fields", "day of reading", "remarks", "dates as dates"],
)
def test_what_the_id_of_a_claim_does_not_depend_on(event, source, speaker, remarks):
    """It is the same: two desks that read one page hold one claim."""
    assert written(event, source, speaker, **remarks).claim == written(EVENT).claim


@pytest.mark.parametrize(
    ("event", "source", "speaker"),
    [
        (EVENT, SOURCE, "somebody"),
        (evolve(EVENT, subject="b"), SOURCE, None),
        (evolve(EVENT, on="2020-06"), SOURCE, None),
        (evolve(EVENT, on="2020-06-17~"), SOURCE, None),
        (evolve(EVENT, parties=["RU"]), SOURCE, None),
        (evolve(EVENT, title="A meeting"), SOURCE, None),
        (EVENT, evolve(SOURCE, publisher="TASS"), None),
        (EVENT, evolve(SOURCE, published="2020-11"), None),
        (EVENT, evolve(SOURCE, kind="news"), None),
        (EVENT, evolve(SOURCE, locator="page 3"), None),
        (EVENT, evolve(SOURCE, via="ASEAN"), None),
        (MeetingScheduled("a", on="2020-06-17", parties=["ASEAN", "RU"], title="a meeting"), SOURCE, None),
    ],
)
def test_what_the_id_of_a_claim_depends_on(event, source, speaker):
    """It is another: what was said, where, and by whom."""
    assert written(event, source, speaker).claim != written(EVENT).claim


def test_a_text_in_two_forms():
    """It makes one claim: text is composed before anything is hashed."""
    one, other = (written(MeetingHeld("a", title=title)) for title in ("Vie\u0323\u0302t", "Vi\u1ec7t"))
    assert one == other


@pytest.mark.parametrize("remarks", [{"certainty": "confirmed"}, {"inferred": ["on"]}, {"note": "n"}, {"shared": True}])
def test_the_remarks_on_a_claim(remarks):
    """They make another entry of the same claim."""
    assert written(EVENT, **remarks).id != written(EVENT).id


# ---- what cattrs would let pass ----

WHOLE = {
    "claim": {
        "event": "meeting-held",
        "v": 1,
        "subject": "special-fmm-2020",
        "fields": {
            "on": "2020-06-17",
            "title": "ministers",
            "parties": ["ASEAN", "RU"],
            "topics": ["health"],
            "count": {"number": 2, "bound": "at-least"},
            "mode": "online",
            "level": "ministers",
            "body": "dialogue:fmm",
        },
        "source": {"publisher": "VNA", "published": "2020-11-16", "kind": "news", "title": "t", "url": "https://a"},
        "speaker": "somebody",
    },
    "remarks": {"certainty": "confirmed", "inferred": ["on"], "note": "n", "shared": True, "retrieved": "2020-11-17"},
}
AMOUNT = {
    "claim": {
        "event": "commitment-made",
        "v": 1,
        "subject": "a",
        "fields": {"amount": {"amount": "5", "currency": "USD"}},
        "source": {"publisher": "VNA", "published": "2020-11-16"},
    }
}
PROGRESS = {
    "claim": {
        "event": "commitment-progress-reported",
        "v": 1,
        "subject": "plan",
        "fields": {"as_of": "2021", "done": {"number": 99}, "total": {"number": 139}},
        "source": {"publisher": "VNA", "published": "2021-11-16"},
    }
}
AGREED = {
    "claim": {
        "event": "anniversary-marked",
        "v": 1,
        "subject": "a",
        "fields": {"years": 4},
        "source": {"publisher": "VNA", "published": "2021-11-16"},
    }
}
CORRECTION = {
    "claim": {
        "event": "claim-corrected",
        "v": 1,
        "subject": "0" * 64,
        "fields": {"event": {"event": "meeting-held", "v": 1, "subject": "a", "fields": {"on": "2020-06-17"}}},
        "source": {"publisher": "the desk", "kind": "desk-note"},
    }
}
GONE = object()


def changed(whole, path, value):
    """Return an entry with another value at a path, or without it."""
    whole = deepcopy(whole)
    *above, last = path.split(".")
    inside = whole
    for key in above:
        inside = inside[key]
    if value is GONE:
        del inside[last]
    else:
        inside[last] = value
    return whole


def test_the_entries_that_the_cases_below_change():
    """They are read as they stand."""
    for whole in (WHOLE, AMOUNT, PROGRESS, AGREED, CORRECTION):
        read(whole)


COERCIONS = [
    (WHOLE, "claim.fields.count.number", "7", ": '7' is not a whole number"),
    (WHOLE, "claim.fields.count.number", True, ": True is not a whole number"),
    (WHOLE, "claim.fields.count.number", None, ": None is not a whole number"),
    (WHOLE, "claim.fields.count.number", -1, ": -1 is not a count; write a whole number, 0 or more"),
    (WHOLE, "claim.fields.count.number", GONE, ": is missing"),
    (WHOLE, "claim.fields.count", 2, ": 2 is not an object"),
    (WHOLE, "claim.fields.count", "2", ": '2' is not an object"),
    (WHOLE, "claim.fields.count", [2], ": [2] is not an object"),
    (WHOLE, "claim.fields.count.bound", 0, ": 0 is not known here; write one of 'exact', "),
    (WHOLE, "claim.fields.count.bound", ["exact"], ": ['exact'] is not known here; write one of "),
    (WHOLE, "claim.fields.count.about", 1, "claim.fields.count: 'about' is not a field here"),
    (AGREED, "claim.fields.years", "4", ": '4' is not a whole number"),
    (AGREED, "claim.fields.years", True, ": True is not a whole number"),
    (AGREED, "claim.fields.years", -1, ": -1 is not a count; write a whole number, 0 or more"),
    (PROGRESS, "claim.fields.as_of", GONE, ": is missing"),
    (PROGRESS, "claim.fields.as_of", None, ": None is not text"),
    (PROGRESS, "claim.fields.as_of", 2021, ": 2021 is not text"),
    (AMOUNT, "claim.fields.amount.amount", 5, ": 5 is not text"),
    (AMOUNT, "claim.fields.amount.amount", "-5", ": '-5' is not an amount; write digits only"),
    (AMOUNT, "claim.fields.amount.amount", "NaN", ": 'NaN' is not an amount; write digits only"),
    (AMOUNT, "claim.fields.amount.currency", GONE, ": is missing"),
    (AMOUNT, "claim.fields.amount.currency", "usd", ": 'usd' is not a currency; write its three"),
    (AMOUNT, "claim.fields.amount", "5 USD", ": '5 USD' is not an object"),
    (WHOLE, "claim.fields.title", 5, ": 5 is not text"),
    (WHOLE, "claim.fields.title", True, ": True is not text"),
    (WHOLE, "claim.fields.title", ["a"], ": ['a'] is not text"),
    (WHOLE, "claim.fields.title", {"a": "b"}, ": {'a': 'b'} is not text"),
    (WHOLE, "claim.fields.title", "", ": '' is empty; leave the field out if the source does not say it"),
    (WHOLE, "claim.fields.title", "\u202eevil", ": '\\u202eevil' contains a forbidden character"),
    (WHOLE, "claim.fields.title", "a\nb", ": 'a\\nb' is a name of several lines; write it on one line"),
    (WHOLE, "claim.fields.topics", "abc", ": 'abc' is not a list"),
    (WHOLE, "claim.fields.topics", {"a": 1}, ": {'a': 1} is not a list"),
    (WHOLE, "claim.fields.topics", [["a"]], ": ['a'] is not text"),
    (WHOLE, "claim.fields.topics", None, ": None is not a list"),
    (WHOLE, "claim.fields.topics", [f"{n}" for n in range(1001)], ": 'a list of 1001' is too long for one"),
    (WHOLE, "claim.fields.parties", "RU", ": 'RU' is not a list"),
    (WHOLE, "claim.fields.parties", ["R U"], ": 'R U' is not the code of a party"),
    (WHOLE, "claim.fields.parties", ["RU", 7], ": 7 is not text"),
    (WHOLE, "claim.fields.on", 20200617, ": 20200617 is not text"),
    (WHOLE, "claim.fields.on", ["2020-06-17"], ": ['2020-06-17'] is not text"),
    (WHOLE, "claim.fields.on", "2020-06-31", ": '2020-06-31' is not a date: June has 30 days"),
    (WHOLE, "claim.fields.on", "", ": '' does not name a date; leave the field out"),
    (WHOLE, "claim.fields.on", "2020-06-18/2020-06-17", ": '2020-06-18/2020-06-17' ends before it begins"),
    (WHOLE, "claim.fields.mode", "by-post", ": 'by-post' is not known here; write one of 'in-person', "),
    (WHOLE, "claim.fields.mode", ["online"], ": ['online'] is not known here; write one of 'in-person', "),
    (WHOLE, "claim.fields.body", "fmm", ": 'fmm' is not a subject; write kind:slug"),
    (WHOLE, "claim.fields.held", True, "claim.fields: 'held' is not a field here"),
    (WHOLE, "claim.fields.__class__", "Event", "claim.fields: '__class__' is not a field here"),
    (WHOLE, "claim.fields.\x1b[31m", 1, "claim.fields: '\\x1b[31m' is not a field here"),
    (WHOLE, "claim.fields.subject", "b", "claim: 'subject' stands beside 'fields', not in them"),
    (WHOLE, "claim.fields", [], "claim: 'event' is a text, 'v' a whole number from 1, 'fields' an object"),
    (WHOLE, "claim.fields", None, "claim: 'event' is a text, 'v' a whole number from 1, 'fields' an object"),
    (WHOLE, "claim.fields", "on", "claim: 'event' is a text, 'v' a whole number from 1, 'fields' an object"),
    (WHOLE, "claim.subject", 5, ": 5 is not text"),
    (WHOLE, "claim.subject", None, ": None is not text"),
    (WHOLE, "claim.subject", "Special FMM", ": 'Special FMM' is not a slug"),
    (WHOLE, "claim.subject", GONE, "claim: 'subject' is missing; a claim has 'event', 'v', 'subject', 'source' and"),
    (WHOLE, "claim.event", GONE, "claim: 'event' is missing; a claim has 'event', 'v', 'subject', 'source' and"),
    (WHOLE, "claim.event", ["meeting-held"], "claim: 'event' is a text, 'v' a whole number from 1"),
    (WHOLE, "claim.event", [], "claim: 'event' is a text, 'v' a whole number from 1"),
    (WHOLE, "claim.event", None, "claim: 'event' is a text, 'v' a whole number from 1"),
    (WHOLE, "claim.v", GONE, "claim: 'v' is missing; a claim has 'event', 'v', 'subject', 'source' and"),
    (WHOLE, "claim.v", "1", "claim: 'event' is a text, 'v' a whole number from 1"),
    (WHOLE, "claim.v", True, "claim: 'event' is a text, 'v' a whole number from 1"),
    (WHOLE, "claim.v", 0, "claim: 'event' is a text, 'v' a whole number from 1"),
    (WHOLE, "claim.__class__", "Event", "claim: '__class__' does not belong here; a claim has 'event', 'v', "),
    (WHOLE, "claim.on", "2020-06-17", "claim: 'on' does not belong here; a claim has 'event', 'v'"),
    (WHOLE, "claim.source", GONE, "claim: 'source' is missing; a claim has 'event', 'v', 'subject', 'source' and"),
    (WHOLE, "claim.source", None, ": None is not an object"),
    (WHOLE, "claim.source", "VNA", ": 'VNA' is not an object"),
    (WHOLE, "claim.source", ["VNA"], ": ['VNA'] is not an object"),
    (WHOLE, "claim.source", {}, "claim.source.publisher: is missing"),
    (WHOLE, "claim.source.publisher", 5, ": 5 is not text"),
    (WHOLE, "claim.source.publisher", "", ": '' is empty"),
    (WHOLE, "claim.source.published", "yesterday", ": 'yesterday' does not name a date"),
    (WHOLE, "claim.source.published", "2020/2021", ": '2020/2021' is not a date of publication"),
    (WHOLE, "claim.source.kind", "blog", ": 'blog' is not known here; write one of 'official-text', "),
    (WHOLE, "claim.source.url", "javascript:alert(1)", ": 'javascript:alert(1)' is not a URL"),
    (WHOLE, "claim.source.author", "A", "claim.source: 'author' is not a field here"),
    (WHOLE, "claim.source.retrieved", "2020-11-17", ": belongs to the remarks; the day of reading is not"),
    (WHOLE, "claim.speaker", 5, ": 5 is not text but int; write it in quotes"),
    (WHOLE, "claim.speaker", "", ": '' is empty"),
    (WHOLE, "claim.speaker", ["A"], ": ['A'] is not text but list; write it in quotes"),
    (WHOLE, "claim", GONE, "'claim' is missing; an entry has 'claim' and perhaps 'remarks'"),
    (WHOLE, "claim", None, ": None is not an object; a claim has 'event', 'v', 'subject', 'source' and perhaps"),
    (WHOLE, "claim", [], ": [] is not an object; a claim has 'event', 'v', 'subject', 'source' and perhaps 'fields'"),
    (WHOLE, "position", 5, "'position' does not belong here; an entry has 'claim' and perhaps 'remarks'"),
    (WHOLE, "__class__", "Entry", "'__class__' does not belong here; an entry has 'claim' and perhaps 'remarks'"),
    (WHOLE, "remarks", None, ": None is not an object"),
    (WHOLE, "remarks", [], ": [] is not an object"),
    (WHOLE, "remarks", "sure", ": 'sure' is not an object"),
    (WHOLE, "remarks.certainty", "certain", ": 'certain' is not known here; write one of 'confirmed', "),
    (WHOLE, "remarks.certainty", {}, ": {} is not known here; write one of 'confirmed', "),
    (WHOLE, "remarks.inferred", "on", ": 'on' is not a list"),
    (WHOLE, "remarks.inferred", [1], ": 1 is not text"),
    (WHOLE, "remarks.note", 5, ": 5 is not text"),
    (WHOLE, "remarks.shared", 1, ": 1 is neither true nor false"),
    (WHOLE, "remarks.shared", "yes", ": 'yes' is neither true nor false"),
    (WHOLE, "remarks.retrieved", "2020", ": '2020' is not a day; write it as '2026-11-23'"),
    (WHOLE, "remarks.retrieved", "20201117", ": '20201117' is not a day; write it as '2026-11-23'"),
    (WHOLE, "remarks.retrieved", "2020-02-30", ": '2020-02-30' is not a day; write it as '2026-11-23'"),
    (WHOLE, "remarks.retrieved", "2020-11-17T12:00:00", ": '2020-11-17T12:00:00' is not a day; write it as "),
    (WHOLE, "remarks.retrieved", 20201117, ": 20201117 is not a day; write it as '2026-11-23'"),
    (WHOLE, "remarks.mood", "good", "remarks: 'mood' is not a field here"),
    (CORRECTION, "claim.fields.event", None, ": None is not an object; an event has 'event', 'v', 'subject'"),
    (CORRECTION, "claim.fields.event", "meeting-held", ": 'meeting-held' is not an object; an event has"),
    (CORRECTION, "claim.fields.event.source", {}, "claim.fields.event: 'source' does not belong here; an event has"),
    (CORRECTION, "claim.fields.event.v", 0, "claim.fields.event: 'event' is a text, 'v' a whole number from 1"),
    (CORRECTION, "claim.fields.event.fields.on", 5, ": 5 is not text"),
    (CORRECTION, "claim.fields.event.subject", "A B", ": 'A B' is not a slug"),
    (CORRECTION, "claim.fields.seen", ["A B"], ": 'A B' is not a slug"),
    (CORRECTION, "claim.fields.event", GONE, ": is missing"),
]  # fmt: skip


@pytest.mark.parametrize(("whole", "path", "value", "reason"), COERCIONS)
def test_a_value_that_is_not_what_its_place_is_for(whole, path, value, reason):
    """It is refused where it stands, with its path and its words, and never turned into something else."""
    reasons = refusal(changed(whole, path, value))
    assert len(reasons) == 1
    assert reasons[0].startswith(path + reason if reason.startswith(": ") else reason)


@pytest.mark.parametrize("value", [None, True, 5, "claim", [], [WHOLE], {}])
def test_json_that_is_no_entry_at_all(value):
    """It is refused with what an entry has."""
    (reason,) = refusal(value)
    assert reason.endswith("an entry has 'claim' and perhaps 'remarks'")


def test_hostile_bytes_in_an_entry():
    """They are refused as JSON, before any event is looked at, and before the machine's stack or memory notices."""
    deep = canonical(WHOLE).replace(b'"ministers"', b"[" * 50_000 + b"]" * 50_000, 1)
    assert refusal(deep) == ("more than 32 brackets are open at once",)
    floats = canonical(WHOLE).replace(b'"number":2', b'"number":1.9')
    assert refusal(floats) == ("1.9 is not a whole number; amounts are texts",)
    twice = canonical(WHOLE).replace(b'"v":1', b'"v":1,"v":2')
    assert refusal(twice) == ("the key 'v' stands twice",)


def test_an_entry_in_which_much_is_wrong():
    """All of it is told at once, part by part, each with its path: who wrote it mends it in one go."""
    whole = deepcopy(WHOLE)
    whole["claim"]["subject"] = "A B"
    whole["claim"]["fields"] |= {
        "on": "31/06/2026",
        "title": 5,
        "count": {"number": "2", "bound": "over"},
        "held": True,
    }
    whole["claim"]["source"] |= {"publisher": "", "published": "soon", "kind": "blog"}
    whole["claim"]["speaker"] = " "
    whole["remarks"] |= {"certainty": "sure", "shared": 1}
    reasons = refusal(whole)
    assert [reason.partition(": ")[0] for reason in reasons] == [
        "claim.fields",
        "claim.subject",
        "claim.fields.on",
        "claim.fields.title",
        "claim.fields.count.number",
        "claim.fields.count.bound",
        "claim.source.publisher",
        "claim.source.published",
        "claim.source.kind",
        "claim.speaker",
        "remarks.certainty",
        "remarks.shared",
    ]
    assert "'31/06/2026' is not a date: June has 30 days" in reasons[2]


@pytest.mark.parametrize("published", [GONE, None])
def test_an_entry_that_says_nowhere_since_when_it_was_known(published):
    """It is refused: no question as of a day could place it."""
    whole = changed(changed(WHOLE, "claim.source.published", published), "remarks.retrieved", GONE)
    assert refusal(whole) == ("neither claim.source.published nor remarks.retrieved says since when it was known",)


def test_a_claim_whose_two_subjects_stand_in_the_wrong_order():
    """What cannot be is refused on reading too, with the path of the event."""
    event = {"event": "subjects-declared-same", "v": 1, "subject": "b", "fields": {"of": "meeting", "other": "a"}}
    whole = {"claim": event | {"source": {"publisher": "the desk", "kind": "desk-note"}}}
    assert refusal(whole) == ("claim.fields.other: must come after 'b' in the alphabet",)


def test_an_entry_of_another_log_whose_bytes_are_not_its_own():
    """It is not taken: under its id it would keep the true one out."""
    entry = read(written(EVENT).body)
    assert CODEC.from_entry(entry) == written(EVENT)
    forged = evolve(entry, body=written(evolve(EVENT, on="2020-06-18")).body)
    with pytest.raises(InvalidEntry, match=f"entry {entry.id}: its bytes do not match its id"):
        CODEC.from_entry(forged)


# ---- what a table does not have ----


def test_an_event_that_the_table_does_not_have():
    """It is kept as it lies, whatever its fields are, and its claim has the id that it has everywhere."""
    fields_ = {"on": [1, {"deep": None}], "title": "Việt"}
    whole = changed(changed(WHOLE, "claim.event", "treaty-signed"), "claim.fields", fields_)
    entry = read(whole)
    assert entry.event == OpaqueEvent(
        "special-fmm-2020", stored="treaty-signed", stored_version=1, fields=canonical(fields_).decode()
    )
    assert (entry.claim.id, entry.body) == (digest(canonical(whole["claim"])), canonical(whole))


def test_an_event_of_a_version_that_is_newer_than_the_table():
    """It is kept as it lies too: half of its fields might mean something else."""
    entry = read(changed(WHOLE, "claim.v", 2))
    assert isinstance(entry.event, OpaqueEvent)
    assert (entry.event.stored, entry.event.stored_version) == ("meeting-held", 2)


def test_an_event_that_the_table_does_not_have_inside_a_correction():
    """It is kept as it lies, inside."""
    entry = read(changed(CORRECTION, "claim.fields.event.event", "treaty-signed"))
    assert isinstance(entry.event, ClaimCorrected)
    assert isinstance(entry.event.event, OpaqueEvent)


def test_a_correction_of_a_version_that_is_newer_than_the_table():
    """It is kept though no day says since when it was known: a desk's own corrections have none."""
    assert isinstance(read(changed(CORRECTION, "claim.v", 2)).event, OpaqueEvent)


def test_an_unknown_event_with_a_subject_that_is_none():
    """It is refused: every event has a subject."""
    whole = changed(changed(WHOLE, "claim.event", "treaty-signed"), "claim.subject", "A B")
    (reason,) = refusal(whole)
    assert reason.startswith("claim.subject: 'A B' is not a slug")


# ---- the parts that a store keeps ----

COLUMNS = columns_of(WHOLE, "meeting")
PARTS = [
    b"",
    b"{}",
    b" {}",
    b"{} ",
    b"[]",
    b"null",
    b'"a"',
    b'"a" ',
    b'"\\u0061"',
    b'"\\ud800"',
    b'"\\ud83d\\ude00"',
    b'"\xff"',
    b'"a","speaker":"b"',
    b'{"on":"2020","on":"2021"}',
    b'{"on":"2020","subject":"b"}',
    b'{"on":"2020"},"source":{"publisher":"VNA"}',
    b'{"count":{"number":1.0}}',
    b'{"count":{"number":NaN}}',
    b'{"count":{"number":9007199254740993}}',
    b'{"count":{"number":2,"number":3}}',
    b'{"topics":["' + b"[" * 40 + b'"]}',
    b'{"topics":' + b"[" * 29 + b"]" * 29 + b"}",
    b'{"topics":' + b"[" * 40 + b"]" * 40 + b"}",
    b'{"title":"\\u0041"}',
    b'{"title":"\\ud800"}',
    b'{"title":"' + b"x" * BODY_LIMIT + b'"}',
    b'{"publisher":"VNA","published":"2020","title":"[' + b"[" * 40 + b'"}',
    b'{"publisher":"VNA","published":"2020","retrieved":"2020-11-17"}',
    b'{"publisher":"VNA"}',
    b'{"publisher":"V\\u004eA","published":"2020"}',
    b'\xef\xbb\xbf{"publisher":"VNA","published":"2020"}',
    b'{"certainty":"reported"}',
    b'{"note":"\\u0041"}',
    b'{"retrieved":"2020-11-17"}',
]


@pytest.mark.parametrize("name", ["fields", "source", "speaker", "remarks"])
def test_any_bytes_in_a_part(name):
    """They are read as the whole body is, or refused for the same reasons."""
    for part in PARTS:
        columns = evolve(COLUMNS, **{name: part})
        assert read_columns(columns) == read_body(columns.body), part[:30]


@pytest.mark.parametrize(
    "change",
    [
        {"subject": "meeting:A B"},
        {"subject": 'meeting:a"'},
        {"subject": "a"},
        {"event": "unread", "fields": b'{"stored":"meeting-held","stored_version":1,"fields":"{}"}'},
        {"event": "treaty-signed"},
        {"event": 'a","v":1,"x":"'},
        {"version": 0},
        {"version": -1},
        {"version": 2},
    ],
)
def test_an_event_of_another_name_subject_or_version(change):
    """It is read as the whole body is, or refused for the same reasons; also after others of its name."""
    columns = evolve(COLUMNS, **change)
    assert read_columns(columns) == read_columns(columns) == read_body(columns.body)


@settings(max_examples=settings().max_examples // 2)
@given(st.data())
def test_parts_in_which_bytes_are_changed(data):
    """They are read as the whole body is, or refused for the same reasons."""
    name = data.draw(st.sampled_from(["fields", "source", "speaker", "remarks"]))
    part = bytearray(getattr(COLUMNS, name))
    at = data.draw(st.integers(0, len(part)))
    part[at : at + data.draw(st.integers(0, 3))] = data.draw(
        st.sampled_from([b"", b'"', b"}", b"{", b",", b"\\", b"0"])
    )
    columns = evolve(COLUMNS, **{name: bytes(part)})
    assert read_columns(columns) == read_body(columns.body)


def test_what_is_remembered_of_parts(monkeypatch):
    """It is bounded: the sources and the remarks of a large log do not all stay in memory."""
    monkeypatch.setattr(codec_module, "_MOST_REMEMBERED", 2)
    codec = Codec(BUILT_IN)
    for number in range(5):
        body = written(EVENT, ps.Source(f"VNA {number}", published="2020"), note=f"note {number}").body
        assert read(body, codec).claim.source.publisher == f"VNA {number}"
    assert len(codec._sources) <= 2
    assert len(codec._remarks) <= 2


# ---- a user's own events ----


@frozen(kw_only=True)
class Odd(ps.Event):
    """An event that is not in the table."""

    name = "odd"
    kind = "oddity"


def kept(value):
    """Keep any value, as a converter of a user's own may do."""
    return value


def with_field(kind, converter=kept):
    """Return a class of events with one field of a type, and a codec that has it in its table."""
    annotations = {"value": kind}
    body = {"name": "odd", "kind": "oddity", "__annotations__": annotations, "__module__": __name__}
    body["value"] = field(default=None, converter=converter)
    one = frozen(kw_only=True)(type("Odd", (ps.Event,), body))
    return one, codec_of(one)


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        (str, "Việt"),
        (int, 7),
        (bool | None, True),
        (date, date(2020, 6, 17)),
        (ps.When, ps.When("2020-06~")),
        (ps.Money | None, ps.Money("1.5", "USD")),
        (ps.Count, ps.Count(2, "about")),
        (tuple[str, ...], ("a", "b")),
        (tuple[ps.When, ...], (ps.When("2020"),)),
        (tuple[ps.Count, ...], (ps.Count(1), ps.Count(2))),
    ],
)
def test_a_field_of_a_type_that_an_entry_can_hold(kind, value):
    """It is read as it was written."""
    own = {ps.When: ps.When, tuple[ps.When, ...]: lambda given: tuple(map(ps.When, given or ()))}
    converter = own.get(kind, kept)
    if converter is ps.When:
        converter = converters.day
    one, codec = with_field(kind, converter)
    assert read(written(one("a", value=value), codec=codec).body, codec).event.value == value


def test_fields_of_which_several_are_exact_unless_given():
    """They are left out where they are, and read as they were."""
    bound = field(default="exact", converter=kept)
    annotations = {"value": Bound, "other": Bound, "title": str | None}
    body = {"name": "odd", "kind": "oddity", "__annotations__": annotations, "__module__": __name__}
    body |= {"value": bound, "other": bound, "title": field(default=None, converter=converters.name)}
    one = frozen(kw_only=True)(type("Odd", (ps.Event,), body))
    codec = codec_of(one)
    assert written(one("a"), codec=codec).columns.fields == b""
    draft = written(one("a", value="about", title="exact"), codec=codec)
    assert draft.columns.fields == b'{"title":"exact","value":"about"}'
    assert read(draft.body, codec).event == one("a", value="about", title="exact")


def test_a_field_with_a_value_of_its_own_unless_given():
    """It is left out where it has that value, and read as it was."""
    body = {"name": "odd", "kind": "oddity", "__annotations__": {"value": int}, "__module__": __name__}
    one = frozen(kw_only=True)(type("Odd", (ps.Event,), body | {"value": field(default=7, converter=kept)}))
    codec = codec_of(one)
    for event, fields in ((one("a"), b""), (one("a", value=8), b'{"value":8}')):
        draft = written(event, codec=codec)
        assert draft.columns.fields == fields
        assert read(draft.body, codec).event == event


@pytest.mark.parametrize(
    ("kind", "value", "why"),
    [
        (int, 1.5, "decoded again: 1.5 is not a whole number; amounts are texts"),
        (int, float("nan"), "cannot be written as canonical JSON: Out of range float values are not JSON compliant"),
        (int, 2**60, "decoded again: 1152921504606846976… is too large a number"),
        (int, "7", "claim.fields.value: '7' is not a whole number"),
        (tuple[str, ...], ["a"], "value: ['a'] is decoded as ('a',); declare the field as a str, int, bool, "),
        (str, {"a"}, "cannot be written as canonical JSON: Object of type set is not JSON serializable"),
        (date, datetime(2020, 6, 17, tzinfo=UTC), "'2020-06-17 00:00:00+00:00' is not a day"),
        (Decimal, Decimal("1.5"), "value: Decimal('1.5') is decoded as '1.5'; declare the field as a str, int, "),
        (str, "e\u0301", "is decoded as"),
        (str, chr(0xD800), "cannot be written as canonical JSON: 'utf-8' codec can't encode character"),
        (tuple[int, ...], (0.5,), "decoded again: 0.5 is not a whole number; amounts are texts"),
    ],
)
def test_a_field_of_a_type_that_an_entry_cannot_hold(kind, value, why):
    """It is refused before it is written: a record must be able to read what it wrote."""
    one, codec = with_field(kind)
    with pytest.raises(InvalidEntry) as refused:
        written(one("a", value=value), codec=codec)
    assert str(refused.value).startswith("the claim about oddity:a")
    assert why in str(refused.value)


def test_a_users_event_inside_a_correction():
    """It is read back before it is written, as one that stands alone is."""
    one, codec = with_field(int | None)
    with pytest.raises(InvalidEntry, match=r"1\.5 is not a whole number"):
        written(ClaimCorrected("0" * 64, event=one("a", value=1.5)), codec=codec)
    assert written(ClaimCorrected("0" * 64, event=one("a")), codec=codec)


def test_an_event_that_is_larger_than_an_entry_may_be():
    """It is refused with both numbers; one byte less is taken."""
    room = BODY_LIMIT - len(written(StatementMade("a", text="x", topics=["x", "y", "z", "w"])).body)
    parts = [letter * (room // 5) for letter in "abcde"]
    event = StatementMade("a", text=parts[0] + "x", topics=[part + "x" for part in parts[1:]])
    over = StatementMade("a", text=parts[0] + "x" * 9, topics=[part + "x" for part in parts[1:]])
    assert BODY_LIMIT - 8 < len(written(event).body) <= BODY_LIMIT
    with pytest.raises(InvalidEntry) as refused:
        written(over)
    size = len(written(event).body) + 8
    limit = f"{size} bytes are too many; the limit is 262144: shorten its texts"
    assert str(refused.value) == f"the claim about statement:a: {limit}"


@pytest.mark.parametrize(
    ("event", "message"),
    [
        (
            "a meeting",
            "\"'a meeting'\" is not an event of this record: give an event, as MeetingHeld('special-fmm-2020', ",
        ),
        (None, "'None' is not an event of this record: give an event, as "),
        (MeetingHeld, "give an event, as MeetingHeld('special-fmm-2020', on='2020-06-17')"),
        (
            Odd("a"),
            "'odd' (version 1) is not an event of this record: open the record with kinds=[…] that has its class",
        ),
        (
            ps.Event("a"),
            "'Event' (version 1) is not an event of this record: open the record with kinds=[…] that has its",
        ),
    ],
)
def test_what_is_no_event_of_the_table(event, message):
    """It is refused with what to do."""
    with pytest.raises(UnknownEvent) as refused:
        written(event) if isinstance(event, ps.Event) else CODEC.require_known(event)
    assert message in str(refused.value)


def test_an_event_of_a_class_that_shares_its_stored_name():
    """It is refused by name: what it wrote would be read as something else."""

    @frozen(kw_only=True)
    class Held(ps.Event):
        name = "meeting-held"
        kind = "meeting"

    with pytest.raises(
        UnknownEvent, match="that name is MeetingHeld's; give the class another, and open the record with"
    ):
        CODEC.require_known(Held("a"))


# ---- versions ----


def treaty(version_, fields_, upcasters_=None, **more):
    """Return a class of events of one stored name, as it stands at one version."""
    body = {"name": "treaty-signed", "kind": "treaty", "version": version_, "upcasters": upcasters_ or {}}
    body |= {"__annotations__": dict(fields_), "__module__": __name__, **more}
    body |= {each: field(default=None, converter=converters.name) for each in fields_}
    return frozen(kw_only=True)(type("TreatySigned", (ps.Event,), body))


def codec_of(*classes):
    """Return a codec with a user's own classes in its table."""
    return Codec(Kinds([ps.Kind(one.kind, [one]) for one in classes]))


FIRST = treaty(1, {"place": str | None})
SECOND = treaty(2, {"city": str | None}, {1: lambda old: {"city": old.pop("place", None), **old}})
THIRD = treaty(
    3,
    {"city": str | None, "country": str | None},
    {**SECOND.upcasters, 2: lambda old: {**old, "city": (old["city"] or "?").partition(", ")[0], "country": "VN"}},
)


def test_an_optional_field_that_is_added_later():
    """It changes no id: an event that does not say it has the bytes that it always had."""
    wider = treaty(1, {"place": str | None, "witness": str | None})
    old = written(FIRST("a", place="Hà Nội"), codec=codec_of(FIRST))
    new = written(wider("a", place="Hà Nội"), codec=codec_of(wider))
    assert (old.id, old.claim.id, old.body) == (new.id, new.claim.id, new.body)
    assert read(old.body, codec_of(wider)).event == wider("a", place="Hà Nội")


def test_the_same_fields_at_another_version():
    """They make another claim: a version says that a field means something else."""
    later = treaty(2, {"place": str | None}, {1: dict})
    ids = {written(one("a", place="x"), codec=codec_of(one)).claim for one in (FIRST, later)}
    assert len(ids) == 2


def test_two_steps_from_an_old_version():
    """Each upcaster hands on to the next, and the claim keeps the id of its stored bytes."""
    draft = written(FIRST("a", place="Hà Nội, VN", on="2020-06-17"), codec=codec_of(FIRST))
    entry = read(draft.body, codec_of(THIRD))
    assert entry.event == THIRD("a", city="Hà Nội", country="VN", on="2020-06-17")
    assert (entry.id, entry.claim.id, entry.body) == (draft.id, draft.claim.id, draft.body)
    assert (
        read(written(SECOND("a", city="Hà Nội, VN"), codec=codec_of(SECOND)).body, codec_of(THIRD)).event.city
        == "Hà Nội"
    )


@pytest.mark.parametrize(
    ("upcaster", "why"),
    [
        (lambda old: {"city": old["town"]}, "the upcaster of 'treaty-signed' from version 1 failed: KeyError('town')"),
        (lambda old: 1 / 0, "the upcaster of 'treaty-signed' from version 1 failed: ZeroDivisionError"),  # noqa: ARG005
        (lambda old: None, "'NoneType' object is not a mapping"),  # noqa: ARG005
        (lambda old: old, "'place' is not a field here"),
        (lambda old: {"city": 5}, "claim.fields.city: 5 is not text"),  # noqa: ARG005
        (lambda old: {"city": "a\nb"}, "claim.fields.city: 'a\\nb' is a name of several lines"),  # noqa: ARG005
    ],
)
def test_an_upcaster_that_fails(upcaster, why):
    """It is told which, from what version and how: the stored bytes are as they were."""
    broken = treaty(2, {"city": str | None}, {1: upcaster})
    draft = written(FIRST("a", place="Hà Nội"), codec=codec_of(FIRST))
    (reason,) = refusal(draft.body, codec_of(broken))
    assert why in reason


def test_a_converter_of_a_users_own_that_fails():
    """It is told with the path, whatever it raised."""

    def converter(value):
        return None if value is None else {"a": 1}[value]

    one, codec = with_field(str | None, converter)
    whole = {"claim": {"event": "odd", "v": 1, "subject": "a", "source": {"publisher": "V", "published": "2020"}}}
    assert read(whole, codec).event == one("a")
    whole["claim"]["fields"] = {"value": "b"}
    assert refusal(whole, codec) == ("claim.fields.value: KeyError: 'b'",)


def test_remarks_that_no_desk_made():
    """They are none, and an entry without them has none in its bytes."""
    draft = written(EVENT)
    assert b"remarks" not in draft.body
    assert read(draft.body).remarks == Remarks()
    assert json.loads(draft.body).keys() == {"claim"}


def test_remarks_that_are_refused_in_an_entry_from_elsewhere():
    """The entry is refused for them; where it is not in canonical form, for that."""
    whole = changed(WHOLE, "remarks.inferred", ["held"])
    for refused in (CODEC.decode(canonical(whole), "line 1"), CODEC.decode(json.dumps(whole).encode(), "line 1")):
        assert refused[1].inferred == ("held",)
    with pytest.raises(InvalidEntry, match="inferred: 'held' is not a field of meeting-held"):
        CODEC.from_bytes(canonical(whole), "line 1")
    with pytest.raises(InvalidEntry, match="line 1: is not in canonical form"):
        CODEC.from_bytes(json.dumps(whole).encode(), "line 1")


@pytest.mark.parametrize("whole", [WHOLE, CORRECTION, changed(WHOLE, "claim.event", "treaty-signed")])
def test_an_entry_from_elsewhere(whole):
    """It is taken as it was written there; in another form it is refused, for it would count twice."""
    body = canonical(whole)
    draft = CODEC.from_bytes(body, "line 1")
    assert (draft.id, draft.body, draft.columns.body) == (digest(body), body, body)
    assert (draft.claim, draft.remarks) == CODEC.decode(body, "line 1")
    with pytest.raises(InvalidEntry, match="line 1: is not in canonical form"):
        CODEC.from_bytes(json.dumps(whole).encode(), "line 1")


def test_a_progress_report_that_cannot_be_read_as_one_day():
    """The error of a value inside keeps its words, as a person would have got them at the door."""
    with pytest.raises(InvalidValue) as at_the_door:
        ps.When("31/06/2026")
    (reason,) = refusal(changed(PROGRESS, "claim.fields.as_of", "31/06/2026"))
    assert reason == f"claim.fields.as_of: {at_the_door.value}"
    assert CommitmentProgressReported("plan", as_of="2021").as_of == ps.When("2021")
