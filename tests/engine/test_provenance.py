"""Why a state is as it is: supporting claims, other values, rules."""

from __future__ import annotations

import pytest
from attrs import evolve, frozen

import partnership as ps
from partnership.engine.provenance import Superseded, _sets
from partnership.errors import AmbiguousSubject, UnknownSubject
from partnership.events import (
    DialogueLaunched,
    DialoguePreparationReported,
    DialogueSuspended,
    DocumentPlanned,
    DocumentPublished,
    DocumentSigned,
    FundContributionReceived,
    MeetingCancelled,
    MeetingHeld,
    MeetingPostponed,
    MeetingScheduled,
    MeetingVenueChanged,
    ParticipationReported,
    RoleHeld,
    VisitAnnounced,
    VisitMade,
)
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
    assert "expected: December 2020  (disputed; chosen because its source is more official)" in str(
        record.why("meeting:m")
    )


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


CANCELLED = (
    ("2021-09-24", "MFA", "official-release"), MeetingCancelled("m", reason="the epidemic"),
    ("2021-09-24", "TASS", "news"), MeetingCancelled("m", reason="a quarrel about the agenda"),
    ("2021-09-25", "VNA", "news"), MeetingCancelled("m", reason="the epidemic"),
)  # fmt: skip


def test_two_accounts():
    """Both stand side by side with their sources, undisputed, and every source of an account is used."""
    record = given(*CANCELLED)
    why = record.why("meeting:m")
    (account,) = why.accounts
    assert (account.field, account.event) == ("reason", "meeting-cancelled")
    assert [(text, [item.source.publisher for item in evidence]) for text, evidence in account.sides] == [
        ("the epidemic", ["MFA", "VNA"]),
        ("a quarrel about the agenda", ["TASS"]),
    ]
    assert [item.source.publisher for item in why.reasons["reason"].because] == ["MFA", "VNA"]
    assert record.meetings["m"].disputed == ()
    assert record.disputes() == ()
    roles = {entry.source.publisher: why.roles[entry.claim.id] for entry in record.entries()}
    assert roles == {"MFA": "used", "TASS": "used", "VNA": "corroborating"}
    assert str(why).endswith(
        """\
  reason (meeting-cancelled), in the words of each source:
    the epidemic: MFA, 24 September 2021 (official-release)
    the epidemic: VNA, 25 September 2021 (news)
    a quarrel about the agenda: TASS, 24 September 2021 (news)"""
    )
    assert "a quarrel about the agenda" in why._repr_html_()
    assert "reason (meeting cancelled)" in why._repr_html_()


def test_accounts_of_one_act_in_reports_of_several_days():
    """They stand side by side, the best source first; another postponement has its own."""
    record = given(
        ("2021-05-06", "TASS", "news"), MeetingPostponed("m", on="2021-05", reason="a quarrel"),
        ("2021-05-07", "MFA", "official-release"), MeetingPostponed("m", on="2021-05-05", reason="the epidemic"),
        ("2021-05-08", "VNA", "news"), MeetingPostponed("m", reason="the epidemic"),
        ("2021-09-08", "VNA", "news"), MeetingPostponed("m", on="2021-09-07", reason="a storm"),
        ("2021-09-09", "TASS", "news"), MeetingPostponed("m", on="2021-09-07", planned="2022", reason="a flood"),
        ("2021-10-10", "TASS", "news"), MeetingPostponed("m", on="2021-10-07", planned="2023", reason="no quorum"),
    )  # fmt: skip
    accounts = record.why("meeting:m").accounts
    assert [(item.event, [text for text, _ in item.sides]) for item in accounts] == [
        ("meeting-postponed", ["the epidemic", "a quarrel"]),
        ("meeting-postponed", ["a flood", "a storm"]),
    ]


def test_accounts_and_one_field():
    """They are shown with the field that holds them, also within a row, and with no other."""
    record = given(
        *CANCELLED,
        ("2021-09-26", "TASS", "news"), MeetingScheduled("m", planned="2022-01"),
        ("2021-01-01", "MFA", "news"), RoleHeld("envoy", holder="RU", person="A. Ivanov", capacity="acting"),
        ("2021-01-01", "VNA", "news"), RoleHeld("envoy", holder="RU", person="A. Ivanov", capacity="ambassador"),
        RoleHeld("envoy", holder="RU", person="B. Petrov", capacity="acting"),
    )  # fmt: skip
    assert [account.field for account in record.why("meeting:m", field="reason").accounts] == ["reason"]
    assert record.why("meeting:m", field="status").accounts == ()
    (field,) = [name for name, reason in record.why("role:envoy").reasons.items() if "acting" in str(reason.value)]
    assert [account.field for account in record.why("role:envoy").accounts] == ["capacity"]
    assert [account.field for account in record.why("role:envoy", field=field).accounts] in ([], ["capacity"])


def test_accounts_of_two_occurrences():
    """Each has its own."""
    story = [
        DialogueSuspended("d", by="RU", episode="first", reason="elections"),
        DialogueSuspended("d", by="VN", episode="second", reason="a storm"),
    ]
    other = [
        DialogueSuspended("d", by="RU", episode="first", reason="a vote"),
        DialogueSuspended("d", by="VN", episode="second", reason="a storm"),
        ParticipationReported("p", meeting="m", capacity="observer"),
    ]
    record = given(("2021", "TASS"), *story, ("2021", "VNA"), *other)
    (account,) = record.why("dialogue:d").accounts
    assert [text for text, _ in account.sides] == ["elections", "a vote"]
    assert record.why("participation:p").accounts == ()


def test_a_status_that_follows_from_another_subject():
    """The event that its source reports is named: nobody said that the dialogue was launched."""
    record = given(("2021-09-24", "Reuters", "news"), MeetingHeld("r", on="2021-09-23", body="dialogue:ict"))

    assert record.dialogues["ict"].launched_on is None
    assert "  status: launched  (from: meeting held, meeting:r)\n    because Reuters" in str(record.why("dialogue:ict"))
    assert "launched<br>from: meeting held, meeting:r" in record.why("dialogue:ict")._repr_html_()
    assert "  Status (meeting held, meeting:r): launched [1]" in str(record.dossier("dialogue:ict"))


def _publishers(record, subject, field):
    reason = record.why(subject, field=field).reasons[field]
    return [item.source.publisher for item in reason.because]


def test_a_list_that_several_events_filled():
    """Every source that brought one of its values is cited, and no other."""
    record = given(
        ("2026-01-10", "A", "news"), DocumentPlanned("d", act="sign", planned="2026-01-17"),
        ("2026-01-12", "B", "news"), DocumentPlanned("d", act="apply", planned="2026-05"),
        ("2026-01-13", "C", "news"), DocumentPlanned("d", act="sign", planned="2026-01-17"),
        ("2026-01-18", "D", "news"), DocumentSigned("d", on="2026-01-17", title="Accord"),
        ("2026-01-18", "E", "news"), DocumentSigned("d", on="2026-01-17"),
        ("2026-02-18", "F", "news"), DocumentPublished("d", on="2026-02-17", title="The Accord"),
        ("2026-03-18", "G", "news"), DocumentPublished("d", on="2026-02-17"),
    )  # fmt: skip
    assert sorted(_publishers(record, "document:d", "expected")) == ["A", "B", "C"]
    assert sorted(_publishers(record, "document:d", "acts")) == ["D", "E", "F", "G"]
    assert _publishers(record, "document:d", "titles") == ["D", "F"]
    assert _publishers(record, "document:d", "published_on") == ["G", "F"]


def test_contributions():
    """Each row of a fund has its own sources."""
    record = given(
        ("2020-02-01", "A", "news"),
        FundContributionReceived("f", by="RU", on="2020-01", amount=ps.Money("1", "USD")),
        ("2021-02-01", "B", "news"),
        FundContributionReceived("f", by="VN", on="2021-01", amount=ps.Money("2", "USD")),
        ("2022-02-01", "C", "news"),
        MeetingHeld("m", on="2022-01"),
    )
    (field,) = [name for name, reason in record.why("fund:f").reasons.items() if len(reason.because) > 1]
    assert _publishers(record, "fund:f", field) == ["A", "B"]


def test_previous_dates():
    """The sources are those that announced them, not that of the new date."""
    record = given(
        ("2020-01-01", "A", "news"), MeetingScheduled("m", planned="2020-06"),
        ("2020-02-01", "B", "news"), MeetingPostponed("m", planned="2020-08"),
        ("2020-03-01", "C", "news"), MeetingPostponed("m", planned="2020-10"),
    )  # fmt: skip
    assert _publishers(record, "meeting:m", "previous_dates") == ["A", "B"]
    assert _publishers(record, "meeting:m", "expected") == ["C"]


def test_superseded_claims_and_one_field():
    """Those that set the field are listed, and those that announced a previous date."""
    record = given(
        ("2020-01-01", "A", "news"), MeetingScheduled("m", planned="2020-06", title="Meeting"),
        ("2020-02-01", "B", "news"), MeetingPostponed("m", planned="2020-08"),
        ("2020-09-01", "C", "news"), MeetingHeld("m", on="2020-08-03", place="Hanoi"),
        ("2020-09-02", "D", "news"), MeetingHeld("m", place="Hue"),
        ("2020-09-03", "E", "news"), MeetingScheduled("m", planned="2020-07"),
    )  # fmt: skip
    by_publisher = {entry.source.publisher: entry for entry in record.entries()}
    record.correct(by_publisher["A"], title="The meeting")
    record.correct(by_publisher["C"], on="2020-08-04")
    record.retract(by_publisher["D"])
    record.retract(by_publisher["E"])

    def superseded(field):
        return {item.entry.source.publisher for item in record.why("m", field=field).superseded}

    assert superseded("held_on") == {"C"}
    assert superseded("place") == {"C", "D"}
    assert superseded("title") == {"A"}
    assert superseded("expected") == superseded("previous_dates") == {"A", "E"}
    assert superseded("status") == {"A", "C", "D", "E"}
    assert len(record.why("m").superseded) == 4


def test_a_superseded_claim_of_another_subject():
    """It is listed for a field that it could have set; one that the projection does not read, for none."""
    record = given(
        ("2021-01-01", "A", "news"), DialoguePreparationReported("ict", stage="modalities"),
        ("2021-09-24", "B", "news"), MeetingHeld("r", on="2021-09-23", body="dialogue:ict"),
        ("2021-09-24", "C", "news"), MeetingHeld("r", on="2021-09-23", title="Round"),
    )  # fmt: skip
    record.retract(record.entries()[2])
    assert record.why("dialogue:ict", field="stage").superseded == ()
    assert len(record.why("dialogue:ict", field="status").superseded) == 1
    (visit,) = record.add(VisitMade("v", on="2021"), source=ps.Source("A", published="2022"))
    projection = record.kinds["dialogue"].projection
    assert not _sets(projection, "dialogue:ict", "status", Superseded(visit, ()), ps.most_official)


def test_what_is_no_longer_expected():
    """Of planned dates, those that are outstanding come first; it is said which no longer are."""
    record = given(
        ("2014-09-20", "A", "news"), MeetingScheduled("m", planned="2014-12"),
        ("2014-12-04", "A", "news"), MeetingHeld("m", on="2014-12-03"),
        ("2014-12-04", "A", "news"), DocumentPlanned("d", act="sign", planned="2014-12-10"),
        ("2014-12-05", "A", "news"), DocumentPlanned("d", act="ratify", planned="2015-03"),
        ("2014-12-11", "A", "news"), DocumentSigned("d", on="2014-12-10"),
    )  # fmt: skip
    reason = record.why("m").reasons["expected"]
    assert (reason.value, reason.text) == (reason.closed, "nothing (no longer open: December 2014)")
    assert "expected: nothing (no longer open: December 2014)" in str(record.why("m", field="expected"))
    text = "March 2015, to ratify (no longer open: 10 December 2014, to sign)"
    assert record.why("d").reasons["expected"].text == text
    assert text in record.why("d")._repr_html_()
    assert record.as_of("2014-10-01").why("m").reasons["expected"].text == "December 2014"


@frozen
class Seen:
    """What was seen, in lists of values that can and that cannot be keys, and a date."""

    key: str
    places: tuple[str, ...] = ()
    details: tuple[dict[str, str], ...] = ()
    expected: ps.When | None = None


def test_lists_of_a_custom_state():
    """Values that cannot be keys of a mapping have the sources of the last change; a value that returns has both."""
    record = given(
        ("2021", "A", "news"), MeetingHeld("m", on="2020-06", place="Hanoi"),
        ("2022", "B", "news"), MeetingHeld("n", on="2020-07", place="Hue"),
        ("2023", "C", "news"), MeetingHeld("o", on="2020-08", place="Hanoi"),
    )  # fmt: skip
    projection = ps.Projection(
        "seen",
        initial=Seen,
        evolve=lambda state, occurrence: evolve(
            state,
            places=(*state.places, f"in {occurrence.event.place}"),
            details=(*state.details, {"place": occurrence.event.place}),
            expected=occurrence.event.on,
        ),
        key=lambda _: ["all"],
    )
    reasons = record.why("all", projection=projection).reasons
    sources = {name: [item.source.publisher for item in reason.because] for name, reason in reasons.items()}
    assert sources == {"places": ["A", "B"], "details": ["C"], "expected": ["C"]}


BLOG, GAZETTE = ("2020-01-02", "Blog", "op-ed"), ("2020-02-02", "Gazette", "official-text")


def test_a_value_that_a_later_event_repeats():
    """All claims that state it are cited, the best source first."""
    record = given(
        BLOG, DocumentSigned("d", on="2020-01-01", form="treaty", parties=["EU", "BR"]),
        GAZETTE, DocumentPublished("d", on="2020-02-01", form="treaty", parties=["EU", "BR"], title="Treaty"),
    )  # fmt: skip
    assert _publishers(record, "document:d", "form") == ["Gazette", "Blog"]
    assert _publishers(record, "document:d", "parties") == ["Gazette", "Blog"]
    assert _publishers(record, "document:d", "signed_on") == ["Blog"]
    assert set(record.why("d").roles.values()) == {"used"}  # the blog is alone with the day of the signature
    assert "Form: treaty [1, 2]" in str(record.dossier("d"))


def test_a_plan_and_a_report_that_agree():
    """The report is cited for what the plan stated first; the announcement for no more than it said."""
    record = given(
        BLOG, MeetingScheduled("m", planned="2020-02", host="RU", title="Forum", by=["RU"], topics=["trade"]),
        GAZETTE, MeetingHeld("m", on="2020-02-01", host="RU", title="Forum", topics=["trade"]),
        ("2020-02-03", "TASS", "news"), MeetingHeld("m", on="2020-02-01", host="RU"),
    )  # fmt: skip
    assert _publishers(record, "meeting:m", "host") == ["Gazette", "TASS", "Blog"]
    assert _publishers(record, "meeting:m", "title") == ["Gazette", "Blog"]
    assert _publishers(record, "meeting:m", "titles") == ["Blog", "Gazette"]
    assert _publishers(record, "meeting:m", "topics") == ["Gazette", "Blog"]
    assert _publishers(record, "meeting:m", "status") == ["Gazette", "TASS"]


def test_a_plan_that_is_repeated():
    """Both announcements are cited for the place, and for each postponement who was its author."""
    record = given(
        BLOG, MeetingScheduled("m", planned="2020-05", place="Rome", by=["RU"]),
        GAZETTE, MeetingScheduled("m", planned="2020-05", place="Rome"),
        ("2020-02-03", "TASS", "news"), MeetingPostponed("m", planned="2020-08", by=["RU"], place="Oslo"),
        ("2020-02-04", "MFA", "official-release"), MeetingPostponed("m", planned="2020-08", by=["RU"], place="Oslo"),
    )  # fmt: skip
    assert _publishers(record.as_of("2020-02-02"), "meeting:m", "place") == ["Gazette", "Blog"]
    assert _publishers(record, "meeting:m", "place") == ["MFA", "TASS"]
    assert _publishers(record, "meeting:m", "status") == ["MFA", "TASS"]
    assert _publishers(record, "meeting:m", "by") == ["Blog"]


def test_a_dispute_within_a_report_that_repeats_a_value():
    """Its other side is shown, as in the state, which has the field among those on which sources differ."""
    record = given(
        BLOG, MeetingScheduled("m", planned="2020-02", host="RU"),
        GAZETTE, MeetingHeld("m", on="2020-02-01", host="RU"),
        ("2020-02-03", "TASS", "news"), MeetingHeld("m", on="2020-02-01", host="VN"),
    )  # fmt: skip
    reason = record.why("m", field="host").reasons["host"]
    assert record.meetings["m"].disputed == ("host",)
    assert [item.source.publisher for item in reason.because] == ["Gazette", "Blog"]
    assert [(value, [item.source.publisher for item in lost]) for value, lost in reason.against] == [("VN", ["TASS"])]
    assert reason.rule == "nature"


def test_what_follows_from_many_meetings():
    """The first of them is cited for the status: none of the others states it."""
    record = given(
        BLOG, MeetingHeld("m", on="2020-01-01", body="dialogue:ict"),
        GAZETTE, MeetingHeld("n", on="2020-02-01", body="dialogue:ict"),
    )  # fmt: skip
    assert _publishers(record, "dialogue:ict", "status") == ["Blog"]


@frozen(kw_only=True)
class TariffAnnounced(ps.Event):
    """A tariff is announced."""

    name = "tariff-announced"
    kind = "tariff"
    identity = ps.PER_PUBLICATION
    rate: int | None = ps.fields.integer()
    goods: tuple[str, ...] = ps.fields.texts()


@frozen(kw_only=True)
class TariffImposed(TariffAnnounced):
    """A tariff is imposed."""

    name = "tariff-imposed"


@frozen
class Tariff:
    """What is known of one tariff: its lists grow with every event."""

    subject: str
    rate: int | None = None
    goods: tuple[str, ...] = ()
    details: tuple[dict[str, str], ...] = ()
    disputed: tuple[str, ...] = ()


def test_a_repeated_value_of_an_own_kind():
    """Its sources are cited too, whatever the fold: the value is what each event would give the state by itself."""
    projection = ps.Projection(
        "tariffs",
        Tariff,
        lambda state, occurrence: evolve(
            state,
            rate=occurrence.event.rate,
            goods=tuple(dict.fromkeys((*state.goods, *occurrence.event.goods))),
            details=({"a": "b"},),
        ),
        kind="tariff",
    )
    record = given(
        BLOG, TariffAnnounced("steel", rate=10, goods=["plate"]),
        ("2020-02-01", "Daily", "news"), TariffAnnounced("steel", rate=10, goods=["wire"]),
        GAZETTE, TariffImposed("steel", on="2020-02-01", rate=10, goods=["plate"]),
        kinds=[ps.Kind("tariff", events=[TariffAnnounced, TariffImposed], projection=projection)],
    )  # fmt: skip
    assert _publishers(record, "tariff:steel", "rate") == ["Gazette", "Daily", "Blog"]
    assert _publishers(record, "tariff:steel", "goods") == ["Blog", "Daily", "Gazette"]
    assert _publishers(record, "tariff:steel", "details") == ["Daily", "Blog"]


def test_what_only_a_plan_states():
    """Once it took place as planned, what a report could have stated is said to be as planned."""
    plan = MeetingScheduled("m", planned="2020-02", place="Rome", title="Forum", body="dialogue:ict", condition="none")
    record = given(BLOG, plan, GAZETTE, MeetingHeld("m", on="2020-02-01"))
    planned = {name for name, reason in record.why("m").reasons.items() if reason.is_planned}
    assert planned == {"place"}
    assert "  place: Rome  (from: meeting scheduled, as planned)\n    because Blog" in str(record.why("m"))
    assert "  Place (meeting scheduled, as planned): Rome [2]" in str(record.dossier("m"))
    assert "as planned" not in str(record.as_of("2020-01-03").why("m"))
    record.add(MeetingHeld("m", on="2020-02-01", place="Rome"), source=ps.Source("MFA", published="2020-02-04"))
    assert "as planned" not in str(record.why("m"))


def test_what_only_the_plan_of_a_visit_states():
    """It is marked in the same way; what a change of the plan states was not planned for that day alone."""
    visit = given(BLOG, VisitAnnounced("v", planned="2020-02", place="Rome"), GAZETTE, VisitMade("v", on="2020-02-01"))
    assert "place: Rome  (from: visit announced, as planned)" in str(visit.why("v"))
    moved = given(
        BLOG, MeetingScheduled("m", planned="2020-02"),
        ("2020-01-03", "Blog", "op-ed"), MeetingVenueChanged("m", place="Oslo"),
        GAZETTE, MeetingHeld("m", on="2020-02-01"),
    )  # fmt: skip
    assert "as planned" not in str(moved.why("m"))
