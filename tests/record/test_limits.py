"""The edges of what a record takes: the size of an entry, the first and the last moment, and private remarks."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone, tzinfo

import attrs
import pytest

import partnership as ps
from partnership.errors import InvalidEntry, InvalidValue
from partnership.events import MeetingHeld, StatementMade

NEWS = ps.Source("TASS", published="2020-06-17", kind="news")
LIMIT = 262_144  # bytes of an entry
EAST, WEST = timezone(timedelta(hours=14)), timezone(-timedelta(hours=12))
FIRST, LAST = datetime.min.replace(tzinfo=UTC), datetime.max.replace(tzinfo=UTC)
STATED = StatementMade("s", text="ж" * 65_536, topics=["ü" * 33_500])


@pytest.fixture
def record():
    """Return an empty record."""
    return ps.open(":memory:")


# ---- the size of an entry ----


def noted(size):
    """Return a note with which an entry about `STATED` takes this many bytes."""
    (entry,) = ps.open(":memory:").add(STATED, source=NEWS, note="n")
    return "n" * (size - len(entry.body) + 1)


WAYS = {
    "add": lambda record, note: record.add(STATED, source=NEWS, note=note),
    "several": lambda record, note: record.add(MeetingHeld("m"), STATED, source=NEWS, note=note),
    "remarked": lambda record, note: record.add(ps.Remarked(STATED, note=note), source=NEWS),
}


@pytest.mark.parametrize("way", WAYS)
def test_an_entry_of_the_greatest_size(record, way, tmp_path):
    """It is taken, read, and merged; one that is a byte larger is refused, and nothing of its call is written."""
    for size in (LIMIT - 1, LIMIT):
        entry = WAYS[way](record, noted(size))[-1]
        assert len(entry.body) == size
        assert record.entries()[-1] == entry
    with pytest.raises(InvalidEntry, match=f"{LIMIT + 1} bytes are too many; the limit is {LIMIT}: shorten its texts"):
        WAYS[way](ps.open(":memory:"), noted(LIMIT + 1))
    before = record.entries()
    with pytest.raises(InvalidEntry, match="too many"):
        WAYS[way](record, noted(LIMIT + 1))
    assert record.entries() == before
    ps.write(record, tmp_path / "record.jsonl")
    with ps.open(tmp_path / "record.db") as other:
        other.merge(record)
        assert [entry.body for entry in other.entries()] == [entry.body for entry in before]
        assert other.verify()


def test_a_block_of_the_greatest_size(record):
    """A call in it is refused when it is made; the others are written."""
    with record.citing(NEWS) as cite:
        cite(STATED, note=noted(LIMIT))
        with pytest.raises(InvalidEntry, match="too many"):
            cite(STATED, note=noted(LIMIT + 1))
    assert [len(entry.body) for entry in record.entries()] == [LIMIT]


def test_a_correction_of_the_greatest_size(record):
    """Its size counts as that of any entry."""
    other = ps.open(":memory:")
    (entry,), (same,) = record.add(STATED, source=NEWS), other.add(STATED, source=NEWS)
    size = len(other.correct(same, topics=["ö" * 33_500], reason="r").body)
    with pytest.raises(InvalidEntry, match=f"{LIMIT + 1} bytes are too many"):
        record.correct(entry, topics=["ö" * 33_500], reason="r" * (LIMIT + 2 - size))
    correction = record.correct(entry, topics=["ö" * 33_500], reason="r" * (LIMIT + 1 - size))
    assert len(correction.body) == LIMIT
    assert record.entries()[-1] == correction


# ---- moments ----


@pytest.mark.parametrize(
    ("now", "recorded"),
    [
        (FIRST, FIRST),
        (LAST, LAST),
        (datetime.min.replace(tzinfo=EAST), FIRST),
        (datetime.min.replace(tzinfo=WEST), FIRST + timedelta(hours=12)),
        (datetime.max.replace(tzinfo=WEST), LAST),
        (datetime.max.replace(tzinfo=EAST), LAST - timedelta(hours=14)),
    ],
)
def test_a_clock_at_the_edge_of_the_calendar(now, recorded):
    """A moment that has no name in UTC becomes the first or the last that has."""
    record = ps.open(":memory:", clock=lambda: now)
    (entry,) = record.add(MeetingHeld("m", on="2020"), source=NEWS)
    assert entry.recorded_at == recorded
    assert record.as_of(recorded=now).entries() == record.as_of(recorded=recorded).entries() == (entry,)
    assert [*record.meetings] == ["m"]
    assert record.overdue() == ()
    assert record.verify()
    if recorded > FIRST:
        assert record.as_of(recorded=recorded - timedelta(microseconds=1)).entries() == ()


def test_a_clock_between_the_edges():
    """Whatever the order of the two, the entries keep theirs, and the warning names both moments."""
    moments = [LAST, FIRST, LAST]
    record = ps.open(":memory:", clock=lambda: moments[min(len(record.entries()), 2)])
    record.add(MeetingHeld("a", on="2020"), source=NEWS)
    with pytest.warns(ps.errors.ClockWarning, match=r"9999-12-31 23:59\+00:00, and the clock says 0001-01-01 00:00"):
        record.add(MeetingHeld("b", on="2020"), source=NEWS)
    assert [entry.recorded_at for entry in record.entries()] == [LAST, LAST]


@pytest.mark.parametrize("edge", [date.min, date.max, "0001-01-01", "9999-12-31", FIRST, LAST])
def test_a_view_at_the_edge_of_the_calendar(record, edge):
    """Nothing is recorded before the first moment, and all before the last."""
    record.add(MeetingHeld("m", on="2020"), source=NEWS)
    is_last = "9999" in str(edge)
    assert len(record.as_of(recorded=edge).entries()) == is_last
    if not isinstance(edge, datetime):
        for view in (record.as_of(edge), record.as_of(on=edge), record.as_of(known=edge)):
            assert [*view.meetings] == (["m"] if is_last else [])


def test_how_far_ahead_the_last_entry_may_be():
    """A day and no more is taken for a difference between two machines."""
    now = datetime(2020, 6, 17, tzinfo=UTC)
    for ahead, is_warned in ((timedelta(days=1), False), (timedelta(days=1, microseconds=1), True)):
        moments = iter([now + ahead, now])
        record = ps.open(":memory:", clock=lambda moments=moments: next(moments))
        record.add(MeetingHeld("a", on="2020"), source=NEWS)
        if is_warned:
            with pytest.warns(ps.errors.ClockWarning):
                record.add(MeetingHeld("b", on="2020"), source=NEWS)
        else:
            record.add(MeetingHeld("b", on="2020"), source=NEWS)


class Nowhere(tzinfo):
    """A time zone that does not know how far it is from UTC."""

    def utcoffset(self, _):
        """Return that it is not known."""


class Moment(datetime):
    """A moment that says that it is another one."""

    def __eq__(self, _):
        return True

    __hash__ = datetime.__hash__
    __lt__ = __le__ = __gt__ = __ge__ = __eq__

    def isoformat(self, *_):
        """Return another moment."""
        return "2031-01-01"

    def astimezone(self, _=None):
        """Return another moment."""
        return datetime(2031, 1, 1, tzinfo=UTC)


def test_a_zone_that_is_none(record):
    """A moment without a known difference from UTC is refused."""
    nowhere = datetime(2020, 6, 17, tzinfo=Nowhere())
    with pytest.raises(InvalidValue, match="has no time zone"):
        record.as_of(recorded=nowhere)
    with pytest.raises(InvalidValue, match="not an aware datetime"):
        ps.open(":memory:", clock=lambda: nowhere).add(MeetingHeld("m", on="2020"), source=NEWS)


def test_a_moment_of_a_subclass(tmp_path):
    """The moment is kept that it is."""
    moment = Moment(2020, 6, 17, 12, tzinfo=EAST)
    with ps.open(tmp_path / "record.db", clock=lambda: moment) as record:
        (entry,) = record.add(MeetingHeld("m", on="2020"), source=NEWS)
        for found in (entry, *record.entries()):
            assert type(found.recorded_at) is datetime
            assert found.recorded_at == datetime(2020, 6, 16, 22, tzinfo=UTC)
        assert record.as_of(recorded=Moment(2020, 6, 16, 21, tzinfo=UTC)).entries() == ()
        assert record.as_of(recorded=Moment(2020, 6, 16, 22, tzinfo=UTC)).entries() == (entry,)


# ---- private remarks ----


def test_the_remarks_on_a_private_claim(record, tmp_path):
    """All are kept, in a copy of the record too, and none is written for others, nor those of another entry of it."""
    event, source = MeetingHeld("m", on="2020-06", place="Hue"), ps.Source("VNA", retrieved="2020-07-01")
    said = {"certainty": "unnamed-source", "inferred": ["on", "place"], "note": "told in confidence", "shared": False}
    (private,) = record.add(event, source=source, speaker="A. Source", **said)
    (other,) = record.add(event, source=source, speaker="A. Source", note="seen again", certainty="confirmed")
    (public,) = record.add(MeetingHeld("n", on="2021"), source=NEWS, note="public")
    expected = {**said, "inferred": ("on", "place"), "retrieved": date(2020, 7, 1)}
    with ps.open(tmp_path / "copy.db") as copy:
        copy.merge(record)
        for kept in (private, copy.entries()[0]):
            assert attrs.asdict(kept.remarks) == expected
            assert (kept.speaker, kept.may_be_shared) == ("A. Source", False)
    assert other.claim.id == private.claim.id
    assert other.may_be_shared
    ps.write(record, tmp_path / "record.jsonl")
    written = (tmp_path / "record.jsonl").read_text("utf-8")
    assert public.id in written or "public" in written
    for secret in ("confidence", "seen again", "A. Source", "unnamed-source", '"m"', "2020-07-01"):
        assert secret not in written
    correction = record.correct(private, place="Da Nang", reason="typed wrongly")
    record.prefer(other, reason="better")
    ps.write(record, tmp_path / "again.jsonl")
    written = (tmp_path / "again.jsonl").read_text("utf-8")
    for secret in ("Da Nang", "typed wrongly", "better", correction.claim.id, private.claim.id):
        assert secret not in written
