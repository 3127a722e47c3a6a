"""The quick way to read an entry, with either parser: it reads as `Codec` does, or leaves it to that."""

from __future__ import annotations

import json
import sys

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import partnership as ps
from partnership.events import ClaimCorrected, MeetingHeld, RelationsEstablished
from partnership.kinds import BUILT_IN
from partnership.model import converters
from partnership.model.entry import remarks_on
from partnership.serialization.canonical import canonical, parse
from partnership.serialization.codec import Codec
from partnership.serialization.fast_codec import Quick, loads, quickest
from partnership.testing import events_of, sources

CODEC = Codec(BUILT_IN)
SOURCE = ps.Source("VNA", published="2020-11-16", kind="news", title='He said: "x": y')
WAYS = {
    "json": Quick(BUILT_IN.events, CODEC._structure, loads),
    "msgspec": Quick(BUILT_IN.events, CODEC._structure, quickest()),
}


@pytest.fixture(params=WAYS)
def quick(request):
    """Read with one parser of JSON."""
    if request.param == "msgspec":
        pytest.importorskip("msgspec")
    return WAYS[request.param]


def slowly(body):
    """Return what `Codec` reads through cattrs, or None where it refuses."""
    try:
        return CODEC._parts(parse(body, "an entry"), "an entry")
    except ps.errors.InvalidEntry:
        return None


def body_of(event, source=SOURCE, speaker=None, **remarks):
    """Return the bytes of an entry."""
    return CODEC.draft(event, source, speaker, remarks_on(event, source, **remarks)).body


def test_both_parsers():
    """Where the extra is installed it reads, and the two are not one."""
    pytest.importorskip("msgspec")
    assert quickest() is not loads
    assert quickest()(b'{"a":[1,"\xc3\xa9"]}') == loads(b'{"a":[1,"\xc3\xa9"]}')


def test_without_the_extra(monkeypatch):
    """The standard library reads."""
    monkeypatch.setitem(sys.modules, "msgspec.json", None)
    assert quickest() is loads


@pytest.mark.parametrize("name", BUILT_IN.events)
def test_every_event_of_the_library(quick, name):
    """It is read as slowly, to the last field and id."""

    @settings(max_examples=settings().max_examples // 10)
    @given(
        events_of(BUILT_IN.events[name]), sources(), st.none() | st.just("An ambassador"), st.none() | st.just("a note")
    )
    def law(event, source, speaker, note):
        body = body_of(event, source, speaker, note=note, certainty="reported")
        read = quick.read(body)
        assert read is None or read == slowly(body)

    law()


def test_an_entry_as_nearly_all_are(quick):
    """It is read, and what was read once is the same object the next time."""
    body = body_of(MeetingHeld("a", on="2020-06~", parties=["RU", "VN"], count=2), ps.Source("VNA", published="2020"))
    (one, _), (other, _) = quick.read(body), quick.read(body)
    assert one == slowly(body)[0]
    assert one.event.on is other.event.on
    assert one.event.parties is other.event.parties
    assert one.source is other.source


WHOLE = json.loads(
    body_of(MeetingHeld("a", on="2020-06", count=2, title="t"), ps.Source("VNA", retrieved="2020-01-01"))
)


def changed(**changes):
    """Return the bytes of an entry with other values, by their paths."""
    whole = json.loads(json.dumps(WHOLE))
    for path, value in changes.items():
        *above, last = path.split("__")
        inside = whole
        for each in above:
            inside = inside[each]
        inside[last] = value
    return canonical(whole)


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"[]",
        b"{}",
        canonical(WHOLE) + b" ",
        b" " + canonical(WHOLE),
        canonical(WHOLE).replace(b'"on":', b'"on":"2021","on":'),
        canonical(WHOLE).replace(b',"subject"', b',"subjekt":"b","subject"'),
        canonical(WHOLE).replace(b'"t"', b'"\\ud800"'),
        canonical(WHOLE).replace(b'"t"', b'"a": "b"'),
        changed(claim__v=True),
        changed(claim__v=2),
        changed(claim__event="meeting-sung"),
        changed(claim__fields__on=2020),
        changed(claim__fields__on="31/06/2026"),
        changed(claim__fields__title=["t"]),
        changed(claim__fields__parties="VN"),
        changed(claim__fields__parties=[1]),
        changed(claim__fields__count={"number": 2**60}),
        changed(claim__fields__count={"number": 1.5}),
        changed(claim__fields__count={"number": -1}),
        changed(claim__fields__count=2),
        changed(claim__fields__song="x"),
        changed(claim__fields={}),
        changed(claim__source__retrieved="2020-01-01"),
        changed(claim__source__author="x"),
        changed(claim__speaker=None),
        changed(claim__subject="A"),
        changed(remarks={}),
        changed(remarks={"note": "n"}),
        changed(remarks={"mood": "good"}),
        changed(other=1),
    ],
)
def test_what_is_not_as_the_library_writes_it(quick, body):
    """It is left to `Codec`, or read alike."""
    read = quick.read(body)
    assert read is None or read == slowly(body)


@given(st.data())
def test_bytes_that_were_changed(data):
    """Both parsers read alike, and never what `Codec` would refuse."""
    body = bytearray(body_of(MeetingHeld("a", on="2020-06", title="one"), speaker="two", note="three"))
    for _ in range(data.draw(st.integers(1, 3))):
        place = data.draw(st.integers(0, len(body) - 1))
        body[place : place + data.draw(st.integers(0, 2))] = data.draw(st.binary(max_size=2))
    body = bytes(body)
    found = [each.read(body) for each in WAYS.values()]
    assert found[0] == found[1]
    if found[0] is not None:
        whole = slowly(body)
        assert whole is not None
        assert (found[0][0].event, found[0][0].source, found[0][1]) == (whole[0].event, whole[0].source, whole[1])


def test_an_event_that_cannot_be(quick):
    """What its class refuses is left to `Codec`, which says why."""
    body = body_of(RelationsEstablished("a", on="1996"), ps.Source("A", published="2020"))
    assert quick.read(body) == slowly(body)
    (same,) = [one for one in BUILT_IN.events.values() if one.name == "subjects-declared-same"]
    written = body_of(same("a", of="meeting", other="b"), ps.Source("A", published="2020")).replace(
        b'"other":"b"', b'"other":"a"'
    )
    assert quick.read(written) is None


def test_a_class_with_ways_of_its_own():
    """It is left to `Codec`: the quick way would pass its checks over."""

    @attrs.frozen(kw_only=True)
    class Sung(ps.Event):
        name = "song-sung"
        kind = "song"
        title: str | None = attrs.field(
            default=None, converter=converters.name, validator=attrs.validators.optional(str.isupper)
        )

    codec = Codec({"song-sung": Sung})
    body = canonical(
        {"claim": {"event": "song-sung", "v": 1, "subject": "a", "source": {"publisher": "A", "published": "2020"}}}
    )
    assert codec._quick.read(body) is None


@pytest.mark.parametrize("changes", [{"v": True}, {"mood": "good"}, {"fields": {"on": "31/06/2026"}}])
def test_a_correction_that_holds_no_event(quick, changes):
    """It is left to `Codec`, which refuses it; one that holds an event is read alike."""
    body = body_of(ClaimCorrected("f" * 64, event=MeetingHeld("a", on="2020-06")), ps.Source("VNA", published="2020"))
    assert quick.read(body) == slowly(body) is not None

    whole = json.loads(body)
    whole["claim"]["fields"]["event"] |= changes

    assert quick.read(canonical(whole)) is None is slowly(canonical(whole))
