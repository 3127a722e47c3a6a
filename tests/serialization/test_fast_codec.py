"""The quick way to read an entry: what it does not know at a glance is left to the codec."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import attrs
import pytest

import partnership as ps
from partnership.errors import InvalidEntry, UnknownEvent
from partnership.events import ClaimCorrected, MeetingHeld, RoleHeld
from partnership.kinds import BUILT_IN, Kinds
from partnership.model.entry import Remarks
from partnership.serialization import fast_codec
from partnership.serialization.canonical import canonical, digest
from partnership.serialization.codec import Codec
from partnership.storage.base import Row

SOURCE = ps.Source("VNA", published="2020-11-16")


@attrs.frozen(kw_only=True)
class VisitChecked(ps.Event):
    """An event of a user's own that checks itself in a way of its own."""

    name = "visit-checked"
    kind = "visit"

    def __attrs_post_init__(self):
        super().__attrs_post_init__()


def read(body, codec):
    """Return the entry that bytes are."""
    return codec.read(Row(1, datetime(2026, 11, 23, tzinfo=UTC), None, digest(body), body, b""))


def test_an_event_that_checks_itself():
    """It is made as its class makes it, and the same event is read."""
    codec = Codec(Kinds([ps.Kind("visit", [VisitChecked])]))
    body = codec.draft(VisitChecked("lavrov"), SOURCE, None, Remarks()).body
    assert codec._quick.read(body) is None
    assert read(body, codec).event == VisitChecked("lavrov")


def test_an_event_whose_fields_cannot_stand_together():
    """It is refused, and with the reason."""
    codec = Codec(BUILT_IN)
    value = json.loads(codec.draft(RoleHeld("asean-chair", holder="VN"), SOURCE, None, Remarks()).body)
    del value["claim"]["fields"]
    body = canonical(value)
    assert codec._quick.read(body) is None
    with pytest.raises(InvalidEntry, match="neither a party nor a person is named"):
        read(body, codec)


def test_more_values_than_are_kept(monkeypatch):
    """Those that were kept go, and every entry is read as before."""
    monkeypatch.setattr(fast_codec, "_MOST", 1)
    codec = Codec(BUILT_IN)
    for place in ("Moscow", "Jakarta", "Ha Noi"):
        body = codec.draft(MeetingHeld("fmm", place=place), SOURCE, None, Remarks()).body
        assert read(body, codec).event.place == place


def test_a_correction_into_an_event_of_no_table():
    """It is refused as that event would be."""
    wrong = ClaimCorrected("0" * 64, event=VisitChecked("lavrov"))
    with pytest.raises(UnknownEvent, match="open the record with kinds="):
        Codec(BUILT_IN).draft(wrong, SOURCE, None, Remarks())
