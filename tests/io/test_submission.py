"""Submissions: claims in plain JSON, read as a whole or refused with every reason."""

from __future__ import annotations

import pytest
from attrs import field, frozen

import partnership as ps
from partnership import fields
from partnership.errors import InvalidSubmission
from partnership.events import CountReported, FundContributionReceived, MeetingHeld

SOURCE = {"publisher": "VNA", "published": "2020-11-16", "kind": "news"}
OF_EVENTS = "write the name of an event, such as 'meeting-held'; `partnership schema` lists them"
HELD = {"event": "meeting-held", "subject": "special-fmm-2020", "on": "2020-06-17"}


def read(*claims, source=SOURCE, **others):
    """Return a submission of some claims."""
    return ps.read_submission({"source": source, "claims": [*claims], **others})


def refused(*claims, **others):
    """Return the refusals of a submission, as texts."""
    with pytest.raises(InvalidSubmission) as error:
        read(*claims, **others)
    assert all(str(refusal) in str(error.value) for refusal in error.value.refusals)
    return [str(refusal) for refusal in error.value.refusals]


def test_a_submission():
    """It is the source, the speaker and the claims; a claim with remarks of its own is marked as such."""
    amount = {"amount": "8130000.50", "currency": "USD", "bound": "at-least"}
    submission = read(
        {**HELD, "subject": "meeting:special-fmm-2020", "inferred": ["on"], "note": "by a copy", "place": None},
        {"event": "fund-contribution-received", "subject": "f", "amount": amount, "by": ["RU"]},
        {"event": "count-reported", "subject": "c", "what": "courses", "number": 5.0, "share": "60"},
        speaker="A. Ivanov",
    )
    held, received, counted = submission.claims
    assert submission.source == ps.Source("VNA", published="2020-11-16", kind="news")
    assert submission.speaker == "A. Ivanov"
    assert held == ps.Remarked(MeetingHeld("special-fmm-2020", on="2020-06-17"), inferred=["on"], note="by a copy")
    assert received == FundContributionReceived("f", amount=ps.Money("8130000.5", "USD", "at-least"), by=["RU"])
    assert counted == CountReported("c", what="courses", number=5, share=60)


def test_everything_that_is_wrong_is_said_at_once():
    """Each refusal has its place, the value, the reason, what to write, and what may be meant."""
    kinds = "official-text, official-release, scholarly, news, op-ed, desk-note"
    meant = "'meeting-held' or 'meeting-replaced' or 'meeting-agreed'"
    what = 'what is counted, in the source\'s words: "agreements signed at the forum"'
    assert refused(
        {**HELD, "on": "2020-13", "plase": "Hanoi", "parties": ["ASEAN", "Russia"], "mode": "onlin"},
        {"event": "meting-held", "subject": "a"},
        {"event": "MeetingHeld", "subject": "a"},
        {"event": "count-reported", "subject": "document:a b"},
        source={"published": "2020-11-16", "kind": "newz", "lang": "en"},
        speakers="A. Ivanov",
    ) == [
        "speakers is not a field of a submission; did you mean 'speaker'?",
        "source.lang is not a field of a source; did you mean 'language'?",
        "source.publisher is missing; it means: who published the document and is responsible for it",
        f"source.kind: 'newz' is not a kind of source; write one of {kinds}; did you mean 'news'?",
        "claims[0].plase is not a field of meeting-held; did you mean 'place'?",
        "claims[0].on: '2020-13' is not a date: there is no month 13; write 01 to 12, or 2020 alone",
        "claims[0].parties[1]: 'Russia' is not the code of a party; write its code in capitals; did you mean 'RU'?",
        "claims[0].mode: 'onlin' is not known here; write one of 'in-person', 'online', 'hybrid'",
        f"claims[1].event: 'meting-held' is not an event here; did you mean {meant}?",
        "claims[2].event: 'MeetingHeld' is not an event here; did you mean 'meeting-held'?",
        "claims[3].subject: 'document:a b' is no count; write 'a-b' or 'count:a-b'",
        f"claims[3].what is missing; it means: {what}",
    ]


def test_a_claim_alone():
    """Refusals have the names of fields, which a caller may replace, as by the cells of a sheet."""
    event, refusals = ps.read_claim({**HELD, "on": "17.06.2020"})
    assert event is None
    assert [(one.where, one.value) for one in refusals] == [("on", "17.06.2020")]
    assert str(refusals[0]._replace(where="C7")) == ("C7: '17.06.2020' is not a date in EDTF; write 2020-06-17")
    assert ps.read_claim(HELD) == (MeetingHeld("special-fmm-2020", on="2020-06-17"), ())


@pytest.mark.parametrize(
    ("words", "advice"),
    [
        ("by the end of 2025", "write ../2025-12"),
        ("not before May 2026", "write 2026-05/.."),
        ("early 2025", "write 2025, or the months that are meant, such as [2025-01..2025-04]"),
        ("2025 or so", "write a year from 0001 to 9999 first: "),
    ],
)
def test_a_date_in_words(words, advice):
    """It is refused, as plain JSON has dates in EDTF, with how it is written."""
    _, (refusal,) = ps.read_claim({"event": "meeting-scheduled", "subject": "m", "planned": words})
    assert refusal.advice.startswith(advice)


def test_recording_a_submission():
    """All of several submissions is recorded, with the speakers and remarks."""
    record = ps.open(":memory:")
    one = read({**HELD, "inferred": ["on"], "speaker": "B. Petrov"}, HELD, speaker="A. Ivanov")
    other = read({**HELD, "on": "2020-06-18", "shared": False}, source={"publisher": "TASS", "retrieved": "2020-06-19"})
    entries = record.submit(one, other)
    assert [entry.speaker for entry in entries] == ["B. Petrov", "A. Ivanov", None]
    assert [entry.remarks.inferred for entry in entries] == [("on",), (), ()]
    assert [entry.remarks.shared for entry in entries] == [None, None, False]
    assert [str(entry.source.known_from) for entry in entries] == ["2020-11-16", "2020-11-16", "2020-06-19"]
    assert [*record.entries()] == entries
    assert record.submit() == []


def test_a_submission_without_claims():
    """It is refused, with all others of its call, as one that is read is."""
    record, source = ps.open(":memory:"), ps.Source("VNA", published="2020-11-16")
    with pytest.raises(InvalidSubmission, match=r"submissions\[1\].claims is empty; write a claim for each fact"):
        record.submit(read(HELD), ps.Submission(source, None, ()))
    assert record.entries() == ()


def test_what_is_no_object():
    """It is refused, with what to write."""
    for given in (None, [], "x"):
        with pytest.raises(
            InvalidSubmission, match=r"the submission: .* is not an object; write one with source and claims"
        ):
            ps.read_submission(given)
    assert refused(3, source=3) == [
        "source: 3 is not an object; write one with publisher",
        "claims[0]: 3 is not an object; write one with event and subject",
    ]
    assert [str(one) for one in ps.read_claim(None)[1]] == [
        "the claim: '' is not an object; write one with event and subject"
    ]


def test_what_is_missing():
    """Each thing that must be there is named, with what it means."""
    with pytest.raises(InvalidSubmission) as error:
        ps.read_submission({})
    assert [str(one) for one in error.value.refusals] == [
        'source is missing; write who published the document: {"publisher": "VNA"}',
        "claims is missing; write a list of claims",
    ]
    (refusal,) = refused(HELD, source={"publisher": "VNA", "retrieved": "2020-11"})
    assert refusal.startswith("source.retrieved: '2020-11' is not a day of retrieval; write the day on which")
    assert refused({}) == [f"claims[0].event is missing; {OF_EVENTS}"]
    assert refused({"event": "zzz"}) == [f"claims[0].event: 'zzz' is not an event here; {OF_EVENTS}"]
    assert refused({"event": 5}) == [f"claims[0].event: 5 is not an event here; {OF_EVENTS}"]
    assert "here; did you mean 'meeting-held'" in refused({"event": "meeting-hled"})[0]


@pytest.mark.parametrize(
    ("value", "instead"),
    [
        ("EU", '["EU"]'),
        ("Côte d'Ivoire", '["Côte d\'Ivoire"]'),
        ("EU, MERCOSUR", '["one", "another"]'),
        ("EU; MERCOSUR", '["one", "another"]'),
        ("a" * 51, '["one", "another"]'),
        ("", '["one", "another"]'),
        (5, '["one", "another"]'),
    ],
)
def test_a_value_in_the_place_of_a_list(value, instead):
    """It is shown in brackets, if it is surely one member."""
    for key in ("parties", "topics", "inferred"):
        assert refused({**HELD, key: value})[0].endswith(f"is not a list; write it in brackets: {instead}")


def test_one_claim_in_the_place_of_claims():
    """It is put into brackets."""
    with pytest.raises(InvalidSubmission, match=r"is not a list; write it in brackets: \[{…}\]"):
        ps.read_submission({"source": {"publisher": "VNA"}, "claims": HELD})


@pytest.mark.parametrize("claims", [[], ()])
def test_a_submission_without_a_claim(claims):
    """It is refused, as a sheet without a row is; what else is wrong with it is said too."""
    told = "claims is empty; write a claim for each fact that the document states"
    for source in ({"publisher": "VNA"}, {}):
        with pytest.raises(InvalidSubmission) as error:
            ps.read_submission({"source": source, "claims": claims})
        assert [str(one) for one in error.value.refusals][len(source) == 0 :] == [told]


def test_usual_words_for_other_fields():
    """The field that is meant is named, where its name is quite another."""
    (date, location) = refused({"event": "meeting-held", "subject": "a", "date": "2020", "location": "Hanoi"})
    assert date == "claims[0].date is not a field of meeting-held; did you mean 'on'?"
    assert location.endswith("did you mean 'place'?")
    (date,) = refused(HELD, source={"publisher": "VNA", "date": "2020"})
    assert date == "source.date is not a field of a source; did you mean 'published'?"


def test_amendments_are_no_claims():
    """They are recorded by methods of their own."""
    (refusal,) = refused({"event": "claim-retracted", "subject": "a"})
    advice = "it is recorded by record.correct, retract, prefer or same_as"
    assert refusal == f"claims[0].event: 'claim-retracted' is no claim of a document; {advice}"


def test_long_lists():
    """A list has its limit; a submission may have any number of claims."""
    assert refused({**HELD, "topics": [str(number) for number in range(1001)]}) == [
        "claims[0].topics has 1001 members; the limit is 1000"
    ]
    assert len(read(*[HELD] * 1001).claims) == 1001


def test_references_and_members():
    """The place of a member that is refused is named, and the kind, the slug or the code that may be meant."""
    claim = {**HELD, "adopted": ["plan-a", "documnet:x"], "prepares": ["a", "B c"], "co_chairs": ["RU", "R U"]}
    _, refusals = ps.read_claim(claim)
    assert [(one.where, one.value, one.near) for one in refusals] == [
        ("prepares[1]", "B c", ("b-c",)),
        ("co_chairs[1]", "R U", ()),
        ("adopted[1]", "documnet:x", ("document:x", "doubt:x", "count:x")),
    ]


def test_several_wrong_members():
    """Each member of a list that is wrong is refused."""
    _, refusals = ps.read_claim({**HELD, "co_chairs": ["R U", "VN", "vn", "xk1"], "topics": ["", "health", 5]})
    assert [one.where for one in refusals] == ["topics[0]", "topics[2]", *(f"co_chairs[{n}]" for n in (0, 2, 3))]
    assert [one.near for one in refusals[2:]] == [(), ("VN",), ("XK1",)]


@pytest.mark.parametrize(
    "value", [10**5000, [[[]]], {"a": {}}, float("nan"), b"x", object()], ids=lambda value: type(value).__name__
)
def test_values_that_are_no_json(value):
    """They are refused like any other wrong value, wherever they stand."""
    for key in (
        "event",
        "subject",
        "on",
        "place",
        "parties",
        "count",
        "mode",
        "inferred",
        "certainty",
        "note",
        "shared",
    ):
        event, refusals = ps.read_claim({**HELD, key: value})
        assert event is None
        assert str(refusals[0]).startswith(key)
    _, refusals = ps.read_claim({**HELD, "inferred": [value]})
    assert str(refusals[0]).startswith("inferred[0]: ")


def test_fields_that_cannot_be_true_together():
    """The reason and the advice of the event are those of the refusal."""
    assert refused({**HELD, "part_of": "special-fmm-2020"}) == [
        "claims[0].part_of cannot be recorded: 'meeting:special-fmm-2020' is no part of itself; name the whole"
    ]


# ---- kinds of one's own ----


def even(value):
    """Convert an even number; another one is refused as Python does."""
    if value % 2:
        raise ValueError(f"{value} is odd")
    return value


@frozen(kw_only=True)
class ExhibitionOpened(ps.Event):
    """An exhibition opened."""

    name = "exhibition-opened"
    kind = "exhibition"

    rooms: int = field(converter=even)
    plan: tuple[tuple[str, ...], ...] = field(default=(), converter=lambda rows: tuple(map(tuple, rows)))
    artist: str | None = fields.name()

    def impossible(self):
        """Raise, as no class should."""
        if self.artist:
            raise RuntimeError("not now")
        return ()


KINDS = [ps.Kind("exhibition", events=(ExhibitionOpened,))]
OPENED = {"event": "exhibition-opened", "subject": "exhibition:rodin", "rooms": 4}


def test_an_event_of_ones_own():
    """It is read once its kind is given, as to `open`; whatever its class raises is a refusal."""
    assert str(ps.read_claim(OPENED)[1][0]).startswith("event: 'exhibition-opened' is not an event here")
    assert ps.read_claim(OPENED, KINDS) == (ExhibitionOpened("rodin", rooms=4), ())
    assert ps.from_dict(ps.to_dict(ExhibitionOpened("rodin", rooms=4)), ps.Event, KINDS).rooms == 4
    record = ps.open(":memory:", kinds=KINDS)
    (entry,) = record.submit(ps.read_submission({"source": SOURCE, "claims": [OPENED]}, record.kinds))
    assert entry.event.about == "exhibition:rodin"
    assert [str(one) for one in ps.read_claim({**OPENED, "rooms": 5}, KINDS)[1]] == ["rooms: 5 is refused: 5 is odd"]
    (refusal,) = ps.read_claim({**OPENED, "artist": "Rodin"}, KINDS)[1]
    assert str(refusal) == "the claim cannot be recorded: not now"
    assert ps.read_claim({**OPENED, "plan": [["a"], []]}, KINDS)[0].plan == (("a",), ())
    assert [one.where for one in ps.read_claim({**OPENED, "plan": [["a"], "b"]}, KINDS)[1]] == ["plan[1]"]
    properties = ps.json_schema(KINDS)["$defs"]["exhibition-opened"]["properties"]
    assert properties["rooms"]["$ref"] == "#/$defs/Integer"
    assert properties["plan"]["items"]["items"] == {"$ref": "#/$defs/Text"}


@pytest.mark.parametrize(
    ("written", "advice"),
    [
        ("Kanada", "write its code in capitals; did you mean 'CA'?"),
        ("kanada", "write its code in capitals; did you mean 'CA'?"),
        ("Laos", "write its code in capitals; did you mean 'LA'?"),
        ("Indonesien", "write its code in capitals; did you mean 'ID'?"),
        ("Russland", "write its code in capitals; did you mean 'RU'?"),
        ("Atlantis", "write its code in capitals"),
        ("asean", "write it in capital letters; did you mean 'ASEAN'?"),
        ("ca", "write it in capital letters; did you mean 'CA'?"),
    ],
)
def test_the_name_of_a_party(written, advice):
    """The advice is the code of a country, in any language that is known, and never a code made of a name."""
    pytest.importorskip("babel")  # which has the names in other languages
    claim = {"event": "meeting-held", "subject": "a", "host": written}
    assert refused(claim) == [f"claims[0].host: {written!r} is not the code of a party; {advice}"]


@pytest.mark.parametrize("written", ["5 EUR", 5, "5"])
def test_money_that_is_no_object(written):
    """The advice is JSON."""
    claim = {"event": "fund-balance-reported", "subject": "f", "as_of": "2020", "amount": written}
    advice = 'write {"amount": "8130000", "currency": "USD"}'
    assert refused(claim) == [f"claims[0].amount: {written!r} is not money; {advice}"]


@pytest.mark.parametrize("number", [2.0**53, 9007199254740993.0, -123456789012345678.0, 1e22])
@pytest.mark.parametrize(
    ("claim", "place"),
    [
        (lambda number: {"event": "commitment-made", "amount": {"amount": number, "currency": "EUR"}}, "amount.amount"),
        (lambda number: {"event": "count-reported", "number": number}, "number"),
        (lambda number: {"event": "count-reported", "share": {"number": number}}, "share.number"),
        (lambda number: {"event": "commitment-made", "on": number}, "on"),
    ],
)
def test_a_number_of_which_digits_are_lost(claim, place, number):
    """It is refused, since a parser of JSON has already rounded it."""
    told = f"claims[0].{place}: {number} has a decimal point, and is too large to be read exactly; write it without a"
    assert any(refusal.startswith(told) for refusal in refused({"subject": "f", **claim(number)}))


def test_a_key_of_half_a_character():
    """Its place is a text that can be written as UTF-8."""
    with pytest.raises(InvalidSubmission) as error:
        read({**HELD, "t\ud800": "x", "a\nb": 1})
    wheres = [refusal.where for refusal in error.value.refusals]
    assert wheres == ["claims[0].t<U+D800>", "claims[0].a<U+000A>b"]
