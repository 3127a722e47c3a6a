"""Checked by mypy and pyright, never run: what a user's editor knows of the public page."""

# pyright: reportUnnecessaryTypeIgnoreComment=true
from __future__ import annotations

from datetime import date
from typing import assert_type

import partnership as ps
from partnership.events import CommitmentMade, DialogueLaunched, MeetingHeld
from partnership.subjects.meetings import Meeting


def page(record: ps.Record, source: ps.Source) -> None:
    """Use the page as a user would."""
    held = MeetingHeld("m", on="2020-06-17", host="ru", co_chairs=["ID", "RU"], mode="online")
    assert_type(held.on, ps.When | None)
    assert_type(held.co_chairs, tuple[str, ...])
    MeetingHeld("m", on=date(2020, 6, 17), count=5)
    CommitmentMade("c", by="RU", amount=ps.Money("1", "USD"))

    assert_type(record.add(held, source=source), tuple[ps.Entry, ...])
    assert_type(record.meetings["m"], Meeting)
    assert_type(record.as_of("2021-02-01"), ps.View)
    assert_type(record.as_of(on=date(2021, 2, 1)).meetings["m"].held_on, ps.When | None)
    assert_type(record.overdue(), tuple[ps.PlannedItem, ...])
    with record.citing(source) as cite:
        cite(DialogueLaunched("d"), inferred=["on"])
        cite(ps.Remarked(DialogueLaunched("d", on="2020"), inferred=["on"], speaker=None), held, note="both")
    assert_type(record.add(held, ps.Remarked(held, certainty="confirmed"), source=source), tuple[ps.Entry, ...])
    counted: ps.Projection[int] = ps.Projection("counted", initial=lambda _: 0, evolve=lambda state, _: state + 1)
    assert_type(record.project(counted)["x"], int)


def wrong(record: ps.Record, source: ps.Source) -> None:
    """Be told of what cannot be; an unused `ignore` is an error, so each of these is found."""
    MeetingHeld("m", on=2020)  # type: ignore[arg-type]
    MeetingHeld("m", mode="by post")  # type: ignore[arg-type]
    MeetingHeld("m", venue="Jakarta")  # type: ignore[call-arg]
    MeetingHeld("m", "2020-06-17")  # type: ignore[call-arg]
    record.add(MeetingHeld("m"))  # type: ignore[call-arg]
    record.add(MeetingHeld("m"), source="VNA")  # type: ignore[arg-type]
    record.add(MeetingHeld("m"), source=source, certainty="sure")  # type: ignore[arg-type]
    record.add(ps.Remarked(MeetingHeld("m"), certainty="sure"), source=source)  # type: ignore[arg-type]
    ps.Source("VNA", kind="blog")  # type: ignore[arg-type]
    ps.Money("1", "USD", "over")  # type: ignore[arg-type]
