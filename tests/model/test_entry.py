"""Claims with remarks, as a log stores them; and events whose classes change."""

from __future__ import annotations

import json
import sqlite3
from datetime import UTC, date, datetime

import pytest
from attrs import evolve, field, frozen

import partnership as ps
from partnership.__main__ import main
from partnership.errors import InvalidEntry
from partnership.events import (
    ClaimRetracted,
    CoursePlanned,
    DialogueProposed,
    MeetingHeld,
    MeetingScheduled,
    RoleHeld,
    StatementMade,
)
from partnership.model import converters
from partnership.model.entry import OpaqueEvent, Remarks, remarks_on, speaker_of
from partnership.serialization.canonical import digest

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
SOURCE = ps.Source("VNA", published="2020-11-16")
EVENT = MeetingHeld("special-fmm-2020", on="2020-06-17", title="a meeting")


def kind_of(event):
    """Return the kind of one class of events."""
    return ps.Kind(event.kind, [event])


def opened(path=":memory:", **more):
    """Return a record whose clock stands still."""
    return ps.open(path, clock=lambda: NOW, **more)


def only(*events, source=SOURCE, **remarks):
    """Return the entry of the first event, in a record of its own."""
    with opened(by="the Jakarta desk") as record:
        return record.add(*events, source=source, **remarks)[0]


# ---- remarks ----


def test_remarks_that_say_all_they_can():
    """They are normalized: sorted names without duplicates, composed text."""
    remarks = remarks_on(
        EVENT,
        evolve(SOURCE, retrieved="2020-11-17"),
        certainty="unnamed-source",
        inferred=["title", "on", "title"],
        note="Vie\u0323\u0302t",
        shared=False,
    )
    assert remarks == Remarks(
        certainty="unnamed-source",
        inferred=("on", "title"),
        note="Vi\u1ec7t",
        shared=False,
        retrieved=date(2020, 11, 17),
    )


@pytest.mark.parametrize("nothing", [None, (), [], "", set(), iter(())])
def test_nothing_inferred(nothing):
    """It is the same as no remark."""
    assert remarks_on(EVENT, SOURCE, inferred=nothing) == Remarks()


def test_one_inferred_field_without_a_list():
    """It is a list of one, not of its letters."""
    assert remarks_on(EVENT, SOURCE, inferred="on").inferred == ("on",)


@pytest.mark.parametrize(
    ("given", "reason"),
    [
        (
            {"inferred": ["day"]},
            "inferred: 'day' is not a field of meeting-held; it has on, title, body, ordinal, parties",
        ),
        ({"inferred": "day"}, "inferred: 'day' is not a field of meeting-held; it has on, title"),
        ({"inferred": ["subject"]}, "inferred: 'subject' is not a field of meeting-held"),
        (
            {"inferred": ["place"]},
            "inferred: this meeting-held has no value for 'place'; give one, or leave it out",
        ),
        ({"inferred": ["parties"]}, "inferred: this meeting-held has no value for 'parties'; give one"),
        ({"inferred": 5}, "inferred: 5 is not a list of names of fields; write ['on']"),
        ({"inferred": [5]}, "inferred: '5' is not a field of meeting-held"),
        ({"certainty": "sure"}, "certainty: 'sure' is not a certainty; write one of confirmed, reported"),
        ({"certainty": ["confirmed"]}, "certainty: ['confirmed'] is not a certainty"),
        ({"note": ""}, "note: '' is empty; leave the field out if the source does not say it"),
        ({"note": 5}, "note: 5 is not text but int; write it in quotes"),
        ({"shared": "no"}, "shared: 'no' is neither True, False nor None"),
        ({"shared": 0}, "shared: 0 is neither True, False nor None"),
    ],
)
def test_a_remark_that_cannot_be(given, reason):
    """It is refused, with the argument in front and what to write."""
    with pytest.raises(InvalidEntry) as refused:
        remarks_on(EVENT, SOURCE, **given)
    assert str(refused.value).startswith(f"the remarks on meeting:special-fmm-2020: {reason}")
    assert len(refused.value.reasons) == 1


def test_several_remarks_that_cannot_be():
    """All reasons are given at once."""
    with pytest.raises(InvalidEntry) as refused:
        remarks_on(EVENT, SOURCE, certainty="sure", inferred=["place", "day"], note="", shared=1)
    assert [reason.partition(":")[0] for reason in refused.value.reasons] == [
        "inferred",
        "inferred",
        "shared",
        "certainty",
        "note",
    ]


def test_a_speaker():
    """It is a name in composed form, or absent."""
    assert speaker_of(EVENT, "Vie\u0323\u0302t") == "Vi\u1ec7t"
    assert speaker_of(EVENT, None) is None


@pytest.mark.parametrize("wrong", ["", 5, "a\nb", "x" * 201])
def test_a_speaker_that_is_no_name(wrong):
    """It is refused, with what the claim is about."""
    with pytest.raises(InvalidEntry, match="the claim about meeting:special-fmm-2020: speaker: "):
        speaker_of(EVENT, wrong)


# ---- the entry ----


def test_the_parts_of_an_entry():
    """Event, speaker, and the document with the day on which this desk read it."""
    source = evolve(SOURCE, retrieved="2020-11-17")
    entry = only(EVENT, source=source, speaker="Alexander Ivanov")
    assert (entry.event, entry.speaker, entry.source) == (EVENT, "Alexander Ivanov", source)
    assert entry.claim.source == SOURCE
    assert (entry.position, entry.recorded_at, entry.by) == (1, NOW, "the Jakarta desk")
    assert entry.id == digest(entry.body)
    assert repr(entry.body) not in repr(entry)


@pytest.mark.parametrize(
    ("source", "day"),
    [
        (SOURCE, date(2020, 11, 16)),
        (ps.Source("VNA", published="2020-11"), date(2020, 11, 30)),
        (ps.Source("VNA", published="2020-11", retrieved="2020-11-17"), date(2020, 11, 30)),
        (ps.Source("VNA", retrieved="2020-11-17"), date(2020, 11, 17)),
        (ps.Source("VNA"), date(2026, 11, 23)),
    ],
)
def test_since_when_an_entry_was_known(source, day):
    """From publication, or else from retrieval, which is today by default."""
    assert only(EVENT, source=source).known_from == day


def test_since_when_a_desks_own_correction_was_known():
    """No day: a mistake in recording was never true."""
    with opened() as record:
        (entry,) = record.add(EVENT, source=SOURCE)
        assert record.retract(entry, reason="mistyped").known_from is None


@pytest.mark.parametrize(
    ("event", "parties"),
    [
        (EVENT, set()),
        (MeetingHeld("a", parties=["RU", "ASEAN"], host="VN", co_chairs="ID"), {"RU", "ASEAN", "VN", "ID"}),
        (RoleHeld("chair", holder="VN"), {"VN"}),
        (StatementMade("a", text="RU said"), set()),
    ],
)
def test_the_parties_that_an_entry_names(event, parties):
    """All of them, from every field that holds their codes, and from no text."""
    assert only(event).parties == parties


@pytest.mark.parametrize(
    ("kind", "shared", "may"),
    [
        ("news", None, True),
        (None, None, True),
        ("desk-note", None, False),
        ("news", False, False),
        ("desk-note", True, True),
    ],
)
def test_whether_an_entry_may_leave_the_desk(kind, shared, may):
    """As the desk remarked; by default, only its own notes may not."""
    assert only(EVENT, source=evolve(SOURCE, kind=kind), shared=shared).may_be_shared is may


# ---- events as their classes change ----


def city_and_country(old):
    """Part the place of version 1."""
    city, _, country = old.pop("place").partition(", ")
    return {**old, "city": city, "country": country}


@frozen(kw_only=True)
class TreatySignedAtFirst(ps.Event):
    """A treaty is signed: the class as a desk wrote it first."""

    name = "treaty-signed"
    kind = "treaty"

    place: str | None = field(default=None, converter=converters.name)
    parties: tuple[str, ...] = field(default=(), converter=converters.codes)


@frozen(kw_only=True)
class TreatySigned(ps.Event):
    """A treaty is signed: the class as it stands two versions later."""

    name = "treaty-signed"
    kind = "treaty"
    version = 3
    upcasters = {  # noqa: RUF012  a class variable of Event
        1: city_and_country,
        2: lambda old: {**old, "country": old["country"].upper()},
    }

    city: str | None = field(default=None, converter=converters.name)
    country: str | None = field(default=None, converter=converters.code)
    parties: tuple[str, ...] = field(default=(), converter=converters.codes)


SIGNED = TreatySignedAtFirst("amity", on="1976-02-24", place="Bali, id", parties=["TH", "SG"])


@frozen
class Treaty:
    """What is known of a treaty."""

    subject: str
    city: str | None = None
    disputed: tuple[str, ...] = ()


TREATIES = ps.Projection(
    "treaties",
    Treaty,
    lambda state, occurrence: evolve(state, city=getattr(occurrence.event, "city", "unread")),
    kind="treaty",
)


def stored(path):
    """Return every entry's bytes as they lie in the file."""
    with sqlite3.connect(path) as connection:
        found = connection.execute("SELECT * FROM entries ORDER BY position").fetchall()
    connection.close()
    return found


@pytest.fixture
def file(tmp_path):
    """Write a file with the class as it was at first, and a meeting."""
    path = tmp_path / "asean-russia.db"
    with opened(path, kinds=[kind_of(TreatySignedAtFirst)]) as record:
        record.add(SIGNED, source=SOURCE, inferred=["on"])
        record.add(EVENT, source=SOURCE)
    return path


def test_a_file_that_was_written_with_an_older_class(file):
    """The newer class reads it through its upcasters; claim and entry keep their ids, and the file its bytes."""
    with opened(file, kinds=[kind_of(TreatySignedAtFirst)]) as record:
        (first, _), head = record.entries(), record.tree_head()
    before, held = stored(file), file.read_bytes()
    with opened(file, kinds=[kind_of(TreatySigned)]) as record:
        (entry, _) = record.entries()
        assert entry.event == TreatySigned("amity", on="1976-02-24", city="Bali", country="ID", parties=["SG", "TH"])
        assert (entry.id, entry.claim.id, entry.body) == (first.id, first.claim.id, first.body)
        assert record.project(TREATIES)["amity"].city == "Bali"
        assert [entry.id for entry in record.entries(party="ID")] == [entry.id]
        assert record.verify(head).is_sound
    assert stored(file) == before
    assert file.read_bytes() == held


def test_a_file_to_which_the_newer_class_adds(file):
    """Both versions are stored; the same event in the newer version is another claim."""
    again = TreatySigned("amity", on="1976-02-24", city="Bali", country="ID", parties=["SG", "TH"])
    with opened(file, kinds=[kind_of(TreatySigned)]) as record:
        (new,) = record.add(again, source=SOURCE, inferred=["on"])
        old = record.entries()[0]
        assert old.event == new.event
        assert old.claim.id != new.claim.id
        assert (b'"v":1' in old.body, b'"v":3' in new.body) == (True, True)
        assert record.findings()[0].slug != "disputed"
    with opened(file, kinds=[kind_of(TreatySigned)]) as record:
        assert [entry.event for entry in record.entries()] == [again, EVENT, again]


def test_a_file_with_an_event_that_the_library_does_not_have(file):
    """It is stored unchanged, reported as unread, and in no state; everything else works."""
    before = stored(file)
    with opened(file) as record:
        unread = record.entries()[0]
        assert unread.event == OpaqueEvent(
            "amity",
            stored="treaty-signed",
            stored_version=1,
            fields='{"on":"1976-02-24","parties":["SG","TH"],"place":"Bali, id"}',
        )
        (finding,) = (finding for finding in record.findings() if finding.slug == "unread-event")
        assert finding.claims == (unread.claim.id,)
        assert finding.nature == "gap"
        assert [occurrence.subject for occurrence in record.timeline()] == ["meeting:special-fmm-2020"]
        assert dict(record.project(TREATIES)) == {}
        assert list(record.meetings) == ["special-fmm-2020"]
        assert unread.parties == frozenset()
        assert record.verify().is_sound
    assert stored(file) == before


def test_a_file_with_an_event_of_a_newer_version(tmp_path):
    """A record with the older class stores it unchanged, and reports it."""
    path = tmp_path / "newer.db"
    with opened(path, kinds=[kind_of(TreatySigned)]) as record:
        record.add(TreatySigned("amity", city="Bali"), source=SOURCE)
    with opened(path, kinds=[kind_of(TreatySignedAtFirst)]) as record:
        assert record.entries()[0].event == OpaqueEvent(
            "amity", stored="treaty-signed", stored_version=3, fields='{"city":"Bali"}'
        )
        (finding,) = record.findings()
        assert (finding.slug, finding.grade) == ("unread-event", "error")
        assert finding.sentence == (
            "The event of this claim was written in version 3 of treaty-signed, of which version 1 is known here: it "
            "changes no state; install the newer release of partnership, or of the module that defines the kind"
        )
        assert dict(record.project(TREATIES)) == {}
        assert "version 3" in str(record.as_of("2030-01-01").findings())
    with opened(path) as record:
        assert record.findings()[0].sentence.endswith(
            "is not known here and changes no state; open the record with kinds=[…]"
        )


def test_a_correction_in_a_newer_version(tmp_path):
    """The older class reads neither the claim nor what corrects it, and says of both that they are newer."""
    path = tmp_path / "newer.db"
    with opened(path, kinds=[kind_of(TreatySigned)]) as record:
        (entry,) = record.add(TreatySigned("amity", city="Bali"), source=SOURCE)
        record.correct(entry, city="Hue")
    with opened(path, kinds=[kind_of(TreatySignedAtFirst)]) as record:
        assert [("version 3" in one.sentence, one.slug) for one in record.findings()] == [(True, "unread-event")] * 2


def test_lines_with_a_built_in_event_of_a_newer_version(tmp_path, capsys):
    """It says the same of an event of the library."""
    claim = {"event": "meeting-held", "v": 9, "subject": "m", "source": {"publisher": "A", "published": "2021"}}
    header = {"format": "partnership-lines", "version": 1}
    path = tmp_path / "newer.jsonl"
    lines = [json.dumps(line, sort_keys=True, separators=(",", ":")) for line in (header, {"claim": claim})]
    path.write_text("\n".join(lines), "utf-8")
    with ps.read(path) as record:
        assert "in version 9 of meeting-held, of which version 1 is known here" in record.findings()[0].sentence
    main(["show", str(path)])
    assert "and in no answer: install the newer release that wrote them" in capsys.readouterr().err


def test_an_unread_event_that_is_merged_into_another_record_and_back(file, tmp_path):
    """Its bytes do not change, and a record that has the class reads it."""
    with (
        opened(file) as here,
        opened(tmp_path / "there.db") as there,
        opened(kinds=[kind_of(TreatySigned)]) as back,
    ):
        carried = there.merge(here)
        assert back.merge(there) == back.entries()
        assert (
            [entry.body for entry in carried]
            == [entry.body for entry in back.entries()]
            == [entry.body for entry in here.entries()]
        )
        assert back.entries()[0].event.city == "Bali"
        assert here.merge(back) == ()


def test_an_unread_event_in_a_record_that_gets_its_class(file, tmp_path):
    """It is found, amended and not added again, although nobody knew the kind of its subject when it was written."""
    path = tmp_path / "there.db"
    with opened(file, kinds=[kind_of(TreatySigned)]) as here:
        with opened(path) as there:
            there.merge(here)
        with opened(path, kinds=[kind_of(TreatySigned)]) as there:
            assert there.merge(here) == ()
            assert [entry.event.city for entry in there.entries(subject="treaty:amity")] == ["Bali"]
            there.correct(there.entries()[0], city="Jakarta")
            assert [entry.event.name for entry in there.entries(subject="treaty:amity")] == [
                "treaty-signed",
                "claim-corrected",
            ]
            assert there.verify().is_sound


def test_an_unread_event_that_is_retracted():
    """It can be, by its id, as any other."""
    with opened(kinds=[kind_of(TreatySignedAtFirst)]) as record, opened() as other:
        record.add(SIGNED, source=SOURCE)
        other.merge(record)
        (unread,) = other.entries()
        retraction = other.retract(unread, reason="another treaty")
        assert retraction.event == ClaimRetracted(unread.claim.id, reason="another treaty")
        record.merge(other)
        assert dict(record.project(TREATIES)) == {}


def test_a_correction_that_says_what_the_table_does_not_have():
    """It supersedes its target and is reported as unread, so that nothing disappears silently."""
    with opened(kinds=[kind_of(TreatySignedAtFirst)]) as record, opened() as other:
        (wrong,) = record.add(EVENT, source=SOURCE)
        correction = record.correct(wrong, SIGNED, reason="it was a treaty")
        other.merge(record)
        assert dict(other.meetings) == {}
        assert [(finding.slug, finding.claims) for finding in other.findings()] == [
            ("unread-event", (correction.claim.id,))
        ]
        assert {finding.slug for finding in record.findings()} == set()


def test_a_field_that_a_class_gets_later():
    """It changes no id: an entry without it is the existing one."""

    @frozen(kw_only=True)
    class Wider(TreatySignedAtFirst):
        witness: str | None = field(default=None, converter=converters.name)

    said = {"on": "1976-02-24", "place": "Bali, id"}
    with (
        opened(kinds=[kind_of(TreatySignedAtFirst)]) as record,
        opened(kinds=[kind_of(Wider)]) as wider,
    ):
        record.add(TreatySignedAtFirst("amity", **said), source=SOURCE)
        wider.merge(record)
        (lying,) = wider.add(Wider("amity", **said), source=SOURCE)
        assert wider.entries() == (lying,)
        (other,) = wider.add(Wider("amity", **said, witness="the King"), source=SOURCE)
        assert other.claim.id != lying.claim.id


def test_two_classes_with_one_stored_name():
    """A merge with one unreadable entry adds nothing: the record could not be read afterwards."""

    @frozen(kw_only=True)
    class Other(ps.Event):
        name = "treaty-signed"
        kind = "treaty"
        pages: int | None = field(default=None, converter=converters.whole)

    with (
        opened(kinds=[kind_of(TreatySignedAtFirst)]) as record,
        opened(kinds=[kind_of(Other)]) as other,
    ):
        record.add(EVENT, SIGNED, source=SOURCE)
        with pytest.raises(
            InvalidEntry, match=r"claim\.fields: 'parties' is not a field here; claim\.fields: 'place' is not a field"
        ):
            other.merge(record)
        assert other.entries() == ()


def test_entries_of_several_kinds_of_subject():
    """Subjects of different kinds with one slug are different."""
    with opened() as record:
        entries = record.add(
            MeetingScheduled("a"), CoursePlanned("a"), DialogueProposed("a"), StatementMade("a"), source=SOURCE
        )
    assert [entry.event.about for entry in entries] == ["meeting:a", "course:a", "dialogue:a", "statement:a"]
    assert len({entry.claim.id for entry in entries}) == 4
