"""Why a state is as it is: supporting claims, other values, rules."""

from __future__ import annotations

import pytest
from attrs import evolve, frozen

import partnership as ps
from partnership.errors import AmbiguousSubject, UnknownSubject
from partnership.events import DialogueLaunched, DialoguePreparationReported, MeetingHeld, MeetingScheduled
from partnership.testing.scenario import given

DISPUTE = (
    ("2021-09-24", "MFA", "official-release"), DialogueLaunched("ict", on="2021-09-23", title="Dialogue"),
    ("2021-09-24", "TASS", "news"), DialogueLaunched("ict", on="2021-09-24"),
    ("2021-09-25", "VNA", "news"), DialogueLaunched("ict", on="2021-09"),
)  # fmt: skip


def test_a_disputed_value():
    """The chosen value has its claims, with one that is vaguer; the other value has its own."""
    why = given(*DISPUTE).why("dialogue:ict")
    reason = why.reasons["launched_on"]
    assert str(reason.value) == "2021-09-23"
    assert [item.source.publisher for item in reason.because] == ["MFA", "VNA"]
    assert [(str(value), [item.source.publisher for item in lost]) for value, lost in reason.against] == [
        ("2021-09-24", ["TASS"])
    ]
    roles = {entry.source.publisher: why.roles[entry.claim.id] for entry in given(*DISPUTE).entries()}
    assert roles == {"MFA": "used", "TASS": "disputed", "VNA": "corroborating"}


def test_one_field():
    """Only its reason is returned; a field that no occurrence set is unknown."""
    record = given(*DISPUTE)
    assert list(record.why("ict", field="title").reasons) == ["title"]
    with pytest.raises(UnknownSubject, match=r"dialogue:ict\.place.*dialogue:ict\.title"):
        record.why("dialogue:ict", field="place")


def test_a_title():
    """Its source is the one that used it."""
    reason = given(*DISPUTE).why("dialogue:ict").reasons["title"]
    assert [item.source.publisher for item in reason.because] == ["MFA"]


def test_a_disputed_plan():
    """It has its source, and the plan that was not chosen."""
    record = given(
        ("2020", "A", "official-release"),
        MeetingScheduled("m", planned="2020-12"),
        ("2020", "B", "news"),
        MeetingScheduled("m", planned="2021-01"),
    )
    reason = record.why("meeting:m", "expected").reasons["expected"]
    assert [item.source.publisher for item in reason.because] == ["A"]
    assert [str(value) for value, _ in reason.against] == ["2021-01"]
    assert "expected: 2020-12  (disputed; chosen because its source is more official)" in str(record.why("meeting:m"))


def test_a_retracted_claim():
    """It is shown as superseded with the reason; its subject has no values."""
    record = given(("2021", "A", "news"), MeetingHeld("m", on="2020"))
    record.retract(record.entries()[0], reason="another meeting")
    why = record.why("m")
    assert why.reasons == {}
    assert list(why.roles.values()) == ["superseded"]
    assert str(why) == "meeting:m\n  superseded: meeting-held, A, 2021 (claim-retracted, another meeting)"
    record.retract(record.entries()[1])
    assert "superseded" not in str(record.why("m"))


def test_an_unknown_subject():
    """The error suggests similar names."""
    record = given(*DISPUTE)
    with pytest.raises(UnknownSubject, match="did you mean ict"):
        record.why("itc")
    with pytest.raises(UnknownSubject, match="nothing is recorded"):
        record.why("dialogue:other")
    with pytest.raises(UnknownSubject, match="nothing is recorded of 'ban:x'"):
        record.why("ban:x")


def test_an_ambiguous_slug():
    """The error names both subjects."""
    record = given(*DISPUTE, MeetingHeld("ict", on="2021"))
    with pytest.raises(AmbiguousSubject, match="dialogue:ict or meeting:ict"):
        record.why("ict")


@frozen
class Hosting:
    """The meetings that a party hosted."""

    party: str
    hosted: tuple[str, ...] = ()


HOSTING = ps.Projection(
    "hosting",
    initial=Hosting,
    evolve=lambda state, occurrence: evolve(state, hosted=(*state.hosted, occurrence.subject)),
    key=lambda occurrence: [occurrence.event.host] if getattr(occurrence.event, "host", None) else [],
)
COUNTED = ps.Projection("counted", initial=lambda _: 0, evolve=lambda state, _: state + 1, key=lambda _: ["all"])
LISTED = ps.Projection(
    "listed",
    initial=lambda _: {},
    evolve=lambda state, occurrence: {**state, occurrence.subject: str(occurrence.event.on)},
    key=lambda _: ["all"],
)


def test_a_custom_projection():
    """It is explained by its key, whatever the class of its state."""
    record = given(
        ("2021", "A", "news"), MeetingHeld("m", on="2020-06", host="RU"), MeetingHeld("n", on="2020-07", host="RU")
    )
    assert record.why("RU", projection=HOSTING).reasons["hosted"].occurrence.subject == "meeting:n"
    assert record.why("all", projection=COUNTED).reasons["state"].value == 2
    assert list(record.why("all", projection=LISTED).reasons) == ["meeting:m", "meeting:n"]
    assert list(record.project(HOSTING)) == ["RU"]
    with pytest.raises(UnknownSubject):
        record.why("VN", projection=HOSTING)


def test_a_kind_without_projection():
    """Its superseded claims are listed."""

    @frozen(kw_only=True)
    class BanImposed(ps.Event):
        """A ban was imposed."""

        name = "ban-imposed"
        kind = "ban"

    record = given(("2021", "A", "news"), BanImposed("x", on="2020"), kinds=[ps.Kind(BanImposed.kind, [BanImposed])])
    record.retract(record.entries()[0])
    assert list(record.why("ban:x").roles.values()) == ["superseded"]


def test_a_value_that_was_removed():
    """It has no reason any more."""
    record = given(
        ("2020-01-01", "A", "news"),
        MeetingScheduled("m", planned="2020-06"),
        ("2020-05-01", "A", "news"),
        ps.events.MeetingPostponed("m"),
    )
    assert "expected" not in record.why("m").reasons
    assert str(record.why("m").reasons["previous_dates"].value[0]) == "2020-06"


def test_two_occurrences_that_change_a_state():
    """The reason of each field is the occurrence that changed it last."""
    record = given(("2020-11-16", "VNA", "news"), DialoguePreparationReported("ict", stage="modalities"), *DISPUTE)
    reasons = record.why("dialogue:ict").reasons
    assert reasons["stage"].occurrence.event.name == "dialogue-preparation-reported"
    assert reasons["status"].occurrence.event.name == "dialogue-launched"
