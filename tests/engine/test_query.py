"""Scopes: the world on a day, what was known on a day, the log at an instant, some sources."""

from __future__ import annotations

import sys
from contextlib import suppress
from datetime import UTC, date, datetime, timedelta
from itertools import count
from threading import Thread

import pytest

import partnership as ps
from partnership.errors import InvalidValue
from partnership.events import DialogueLaunched, DialoguePreparationReported, MeetingHeld, MeetingScheduled, RoleHeld
from partnership.testing import ticking
from partnership.testing.scenario import given

STORY = (
    ("2020-11-16", "VNA", "news"), DialoguePreparationReported("ict"), MeetingScheduled("urban", planned="2020-12"),
    ("2021-09-24", "MFA", "official-release"), DialogueLaunched("ict", on="2021-09-23"),
    ("2023-07-11", "MFA", "official-release"), MeetingHeld("late", on="2020-12-20"),
)  # fmt: skip


def test_a_day():
    """The world of that day, from what was published by then."""
    view = given(*STORY).as_of("2021-02-01")
    assert view.dialogues["ict"].status == "preparing"
    assert list(view.meetings) == ["urban"]
    assert view.today == date(2021, 2, 1)


def test_on():
    """The world of that day, from all that is known now."""
    assert list(given(*STORY).as_of(on="2021-02-01").meetings) == ["late", "urban"]


def test_known():
    """Only what was published by the day counts, whatever it is about."""
    assert list(given(*STORY).as_of(known="2021-12-31").meetings) == ["urban"]


def test_a_document_that_is_dated_to_a_month():
    """It is known from the end of the month."""
    record = given(ps.Source("A", published="2022-03"), MeetingHeld("m", on="2021"))
    assert not record.as_of(known="2022-03-30").meetings
    assert record.as_of(known="2022-03-31").meetings


def test_a_document_without_a_date():
    """It is known from the day on which it was retrieved, by default the day of recording."""
    with ps.open(":memory:", clock=ticking(datetime(2026, 11, 23, tzinfo=UTC))) as record:
        record.add(MeetingHeld("m", on="2021"), source=ps.Source("A", retrieved="2024-01-01"))
        record.add(MeetingHeld("n", on="2021"), source=ps.Source("B"))
        assert list(record.as_of(known="2026-11-22").meetings) == ["m"]
        assert list(record.as_of(known="2026-11-23").meetings) == ["m", "n"]
        assert not record.as_of(known="2023-12-31").meetings


def test_recorded():
    """The log at that instant; a day means its end."""
    with ps.open(":memory:", clock=ticking(datetime(2026, 1, 1, 12, tzinfo=UTC))) as record:
        first = record.add(MeetingHeld("m", on="2021"), source=ps.Source("A", published="2022"))[0]
        record.add(MeetingHeld("n", on="2021"), source=ps.Source("A", published="2022"))
        assert list(record.as_of(recorded=first.recorded_at).meetings) == ["m"]
        assert not record.as_of(recorded=first.recorded_at - timedelta(microseconds=1)).meetings
        assert list(record.as_of(recorded="2026-01-01").meetings) == ["m", "n"]
        assert record.as_of(recorded=date(2025, 12, 31)).today == date(2025, 12, 31)
        assert not record.as_of(recorded="2025-12-31").meetings


def test_sources():
    """Only accepted sources count; corrections by the desk still apply."""
    record = given(*STORY)
    official = record.as_of(sources=lambda source: source.kind == "official-release")
    assert list(official.meetings) == ["late"]
    record.retract(record.entries(subject="meeting:late")[0])
    assert not record.as_of(sources=lambda source: source.kind == "official-release").meetings


def test_a_view_of_a_record_that_grows():
    """It is not a copy: it includes new entries in its scope."""
    record = given(*STORY)
    view, before = record.as_of(), record.as_of("2024-12-31")
    record.add(MeetingHeld("new", on="2024"), source=ps.Source("A", published="2025"))
    assert "new" in view.meetings
    assert "new" not in before.meetings


def test_an_occurrence_that_may_have_happened_by_the_day():
    """It is not in the states, but in `possible`."""
    record = given(("2022-01-01", "A", "news"), MeetingHeld("m", on="2021"), MeetingHeld("n", on="2021-02"))
    view = record.as_of(on="2021-03-15")
    assert list(view.meetings) == ["n"]
    assert [item.subject for item in view.possible] == ["meeting:m"]
    assert record.possible == ()


def test_a_plan_for_a_later_day():
    """It is included if it was published by the day: planned dates are not cut off."""
    view = given(("2020-11-16", "VNA", "news"), MeetingScheduled("m", planned="2025")).as_of("2020-11-16")
    assert [str(item.planned) for item in view.upcoming()] == ["2025"]


def test_an_occurrence_that_lasts():
    """It is included once it has begun; what is reported as going on has begun."""
    record = given(("2020-11-16", "VNA", "news"), RoleHeld("chair", holder="VN", on="2020"))
    assert record.as_of("2020-11-16").roles["chair"].holder == "VN"
    term = given(("2021-08-06", "AKP", "news"), RoleHeld("coordinator", holder="KH", on="2021/2024"))
    assert term.as_of(on="2022-01-01").roles["coordinator"].holder == "KH"
    assert not term.as_of(on="2020-12-31").roles
    assert given(("2021", "A", "news"), RoleHeld("r", holder="KH")).as_of("2021-12-31").roles["r"].holder == "KH"


def test_a_past_event_dated_after_its_publication():
    """There is a finding, although by its date the event has not happened on the day of the view."""
    record = given(("2019-02-21", "Bali Ekbis", "news"), MeetingHeld("summit-2018", on="2019-11-14"))
    view = record.as_of("2019-02-21")
    assert not view.meetings
    finding = next(finding for finding in view.findings() if finding.slug == "future-of-publication")
    assert finding.claims == record.occurrences[0].claims
    assert "before it can have happened" in finding.sentence


def test_a_term_after_its_publication():
    """There is no finding: what lasts is often announced before it begins."""
    record = given(("2013-02-26", "A", "news"), RoleHeld("coordinator", holder="MY", on="2014/2015"))
    assert "future-of-publication" not in [finding.slug for finding in record.findings()]


@pytest.mark.parametrize(
    "asked", [{"day": "2021-02"}, {"on": "2021~"}, {"known": "2021-23"}, {"recorded": "2021-02"}, {"on": 2021}]
)
def test_a_vague_day(asked):
    """It is refused: a scope needs an exact day."""
    with pytest.raises(InvalidValue, match="is not a d"):
        given(*STORY).as_of(*([asked.pop("day")] if "day" in asked else []), **asked)


def test_a_day_together_with_another_argument():
    """It is refused, because it would be unclear which of them counts."""
    with pytest.raises(InvalidValue, match="is given with"):
        given(*STORY).as_of("2021-02-01", known="2021-02-01")
    with pytest.raises(InvalidValue, match="time zone"):
        given(*STORY).as_of(recorded=datetime(2021, 2, 1))  # noqa: DTZ001  that is the point


def test_a_plan_published_on_an_unknown_day_of_a_month():
    """It may have been published before the meeting, so it is not taken for a later report."""
    record = ps.open(":memory:")
    record.add(MeetingScheduled("council", planned="2023-01-22"), source=ps.Source("Ministry", published="2023-01"))
    record.add(MeetingHeld("council", on="2023-01-22"), source=ps.Source("Agency", published="2023-01-23"))
    assert "planned-after-held" not in {finding.slug for finding in record.findings()}
    assert [occurrence.event.name for occurrence in record.timeline()] == ["meeting-scheduled", "meeting-held"]


@pytest.mark.parametrize("call", [1, 2, 3])
def test_a_log_that_fails_while_new_entries_are_read(tmp_path, call):
    """The query fails, and the next one is answered as by a newly opened record."""
    mine, theirs = ps.open(tmp_path / "a.db"), ps.open(tmp_path / "a.db")
    (entry,) = mine.add(MeetingHeld("a", on="2020-01-01"), source=ps.Source("A", published="2020-02-01"))
    assert (len(mine.meetings), len(mine.findings())) == (1, 1)
    theirs.add(MeetingHeld("b", on="2020-01-02"), source=ps.Source("B", published="2020-02-01"))
    theirs.retract(entry, reason="no such meeting")
    find, left = mine._store.find, count(1)

    def failing(**wanted):
        if next(left) == call:
            raise ps.errors.StorageError("a.db", "the disk failed")
        return find(**wanted)

    mine._store.find = failing

    with suppress(ps.errors.StorageError):
        list(mine.meetings)

    assert list(mine.meetings) == ["b"]
    assert mine.findings() == theirs.findings()


def test_a_projection_that_raises_while_new_entries_are_added():
    """Other states are complete."""
    record = ps.open(":memory:")
    hosts = ps.Projection(
        "hosts", lambda _: 0, lambda state, _: state + 1, key=lambda occurrence: [occurrence.event.host.lower()]
    )
    record.add(MeetingHeld("a", on="2020-01-01", host="RU"), source=ps.Source("A", published="2020-02-01"))
    assert (dict(record.project(hosts)), len(record.meetings)) == ({"ru": 1}, 1)

    record.add(MeetingHeld("b", on="2020-01-02"), source=ps.Source("A", published="2020-02-01"))

    with pytest.raises(AttributeError):
        list(record.project(hosts))
    assert list(record.meetings) == ["a", "b"]


@pytest.mark.no_cover
def test_threads_that_query_while_others_add():
    """No query sees a part of an addition, and the result is that of a single thread."""
    record, failed = ps.open(":memory:"), []

    def query():
        try:
            for _ in range(40):
                record.findings()
                list(record.meetings.values())
                record.why("meeting:m-0")
        except Exception as error:  # noqa: BLE001  reported by the main thread
            failed.append(error)

    def add(desk):
        for number in range(60):
            source = ps.Source(f"{desk}-{number}", published="2020-02-01")
            (entry,) = record.add(MeetingHeld(f"m-{number % 7}", on=f"2020-01-{number % 28 + 1:02}"), source=source)
            if number % 5 == 1:
                record.retract(entry)
            if number % 20 == 3:
                record.same_as("meeting:m-3", "meeting:m-4")

    record.add(MeetingHeld("m-0", on="2020-01-01"), source=ps.Source("A", published="2020-02-01"))
    interval = sys.getswitchinterval()
    sys.setswitchinterval(1e-5)
    try:
        threads = [Thread(target=query) for _ in range(2)] + [Thread(target=add, args=(desk,)) for desk in "BC"]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    finally:
        sys.setswitchinterval(interval)

    with ps.open(":memory:") as fresh:
        fresh.merge(record)
        assert dict(record.meetings) == dict(fresh.meetings)
        assert record.findings() == fresh.findings()
    assert not failed
