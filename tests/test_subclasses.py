"""Arguments of subclasses of str, int, date and of the values: they may say that they are equal to anything."""

# ruff: noqa: D102, UP042  the methods are those of str and date

from __future__ import annotations

import enum
from collections.abc import Mapping
from datetime import UTC, date, datetime
from decimal import Decimal

import attrs
import pytest

import partnership as ps
from partnership import Count, Duration, Money, Percent
from partnership.errors import InvalidEntry, InvalidEvent, InvalidValue, PartnershipError
from partnership.events import (
    CommitmentProgressReported,
    CountReported,
    DialogueLaunched,
    MeetingHeld,
    MeetingScheduled,
    ProjectFunded,
    StatisticReported,
)

NEWS = ps.Source("TASS", published="2020-06-17", kind="news")


class Anything:
    """Equal to everything, or to nothing, with the hash of nothing in particular."""

    is_equal = True

    def __eq__(self, other):
        return self.is_equal

    def __ne__(self, other):
        return not self.is_equal

    def __hash__(self):
        return 7

    def __bool__(self):
        return False

    def __len__(self):
        return 0


class Word(Anything, str):
    """A text that equals every other, and has other characters each time when it is asked."""

    __slots__ = ()

    def __str__(self):
        return "another"

    def __getitem__(self, index):
        return "2031"

    def __contains__(self, part):
        return True

    def strip(self, *_):
        return "another"

    lower = upper = casefold = strip

    def partition(self, _):
        return "visit", ":", "another"

    rpartition = split = partition

    def isprintable(self):
        return True

    isascii = isprintable

    def startswith(self, *_):
        return True

    def encode(self, *_):
        return b"another"


class Other(Word):
    """A text that equals no other."""

    __slots__ = ()
    is_equal = False


class Member(str, enum.Enum):
    """An enumeration of texts."""

    NEWS = "news"
    RU = "RU"
    DAY = "2020-06-17"


class Day(Anything, date):
    """A day that writes itself as another."""

    def isoformat(self):
        return "2031-01-01"

    __str__ = isoformat


class Moment(Anything, datetime):
    """A moment that writes itself as another day."""

    def isoformat(self, *_):
        return "2031-01-01"

    __str__ = isoformat


class Number(Anything, int):
    """A whole number that equals every other."""


class Fraction(Anything, Decimal):
    """A decimal that equals every other."""


def is_exact(value):
    """Tell whether a value, and all that it holds, is of no class of this module."""
    if isinstance(value, tuple):
        return all(map(is_exact, value)) and type(value).__module__ != __name__
    if attrs.has(type(value)):
        members = tuple(getattr(value, field.name) for field in attrs.fields(type(value)))
        return is_exact(members) and type(value).__module__ != __name__
    return type(value).__module__ != __name__


# ---- fields of events ----


@pytest.mark.parametrize("word", [Word, Other])
def test_texts_in_events(word):
    """Their own characters are kept, as plain texts."""
    event = MeetingHeld(
        word("fmm-2020"),
        on=word("2020-06-17"),
        title=word("Sixth Meeting"),
        place=word("Ha Noi"),
        host=word("vn"),
        parties=[word("ASEAN"), word("ru")],
        topics=(word("trade"), word("trade"), word("energy")),
        mode=word("online"),
        level=word("ministers"),
        ordinal=word("6th"),
        duration=word("PT2H"),
        body=word("dialogue:fmm"),
        concerns=[word("document:x"), word("plan:y")],
        part_of=word("meeting:week"),
    )
    assert is_exact(event)
    assert event == MeetingHeld(
        "fmm-2020",
        on="2020-06-17",
        title="Sixth Meeting",
        place="Ha Noi",
        host="VN",
        parties=["ASEAN", "RU"],
        topics=["trade", "energy"],
        mode="online",
        level="ministers",
        ordinal="6th",
        duration="PT2H",
        body="dialogue:fmm",
        concerns=["document:x", "plan:y"],
        part_of="meeting:week",
    )


@pytest.mark.parametrize("word", [Word, Other])
@pytest.mark.parametrize("field", ["mode", "level", "on", "host", "body", "duration"])
def test_texts_that_are_not_allowed(word, field):
    """They are refused, whatever they say that they are equal to."""
    with pytest.raises(InvalidEvent, match=f"{field}: "):
        MeetingHeld("m", **{field: word("no such value!")})
    with pytest.raises(InvalidEvent, match="subject: "):
        MeetingHeld(word("No Slug"))


@pytest.mark.parametrize("word", [str.__call__, Word])
def test_bounds_and_currencies(word):
    """Only those that are known, as plain texts."""
    assert is_exact(Money(word("12.50"), word("USD"), word("at-least")))
    for cls, figures in ((Money, ("1", "USD")), (Count, (1,)), (Percent, (1,)), (Duration, ("P1Y",))):
        with pytest.raises(InvalidValue, match="is not a bound"):
            cls(*figures, word("some"))
        with pytest.raises(InvalidValue, match="is not a bound"):
            cls(*figures, Anything())
    with pytest.raises(InvalidValue, match="is not a currency"):
        Money(1, word("dollars"))


def test_members_of_enumerations():
    """Their values are kept."""
    event = MeetingHeld("m", on=Member.DAY, host=Member.RU, title=Member.NEWS, parties=[Member.RU])
    assert is_exact(event)
    assert event == MeetingHeld("m", on="2020-06-17", host="RU", title="news", parties=["RU"])
    assert is_exact(ps.Source(Member.RU, kind=Member.NEWS, published=Member.DAY, retrieved=Member.DAY))


def test_days():
    """The day is kept that they are, not the one as which they write themselves."""
    for day in (Day(2020, 6, 17), Moment(2020, 6, 17, tzinfo=UTC)):
        assert ps.When(day) == ps.When("2020-06-17")
        event, source = MeetingHeld("m", on=day), ps.Source("VNA", published=day, retrieved=day)
        assert is_exact(event)
        assert is_exact(source)
        assert (event.on.text, source.published.text, source.retrieved) == ("2020-06-17",) * 2 + (date(2020, 6, 17),)
    with pytest.raises(InvalidValue, match="has no time zone"):
        ps.When(Moment(2020, 6, 17))


@pytest.mark.parametrize(
    ("make", "value"),
    [
        (lambda value: MeetingHeld("m", count=value), Number(3)),
        (lambda value: MeetingHeld("m", count=Count(value)), Number(3)),
        (lambda value: CommitmentProgressReported("m", as_of="2020", done=value), Number(3)),
    ],
)
def test_whole_numbers(make, value):
    """A subclass of int is refused, as True is."""
    with pytest.raises(PartnershipError, match="is not a count"):
        make(value)


@pytest.mark.parametrize("number", [Number(3), Fraction(3), Word("3")])
def test_decimals(number):
    """Their own digits are kept."""
    for figure in (Money(number, "USD"), Percent(number)):
        assert is_exact(figure)
        assert figure == type(figure)(3, *(["USD"] if type(figure) is Money else []))
    assert is_exact(StatisticReported("s", period="2020", factor=number))


@pytest.mark.parametrize(
    "figure", [Money("5", "USD", "about"), Count(5, "about"), Percent(5, "about"), Duration("P5Y", "about")], ids=type
)
def test_figures(figure):
    """A figure of a subclass is copied, and its parts are checked."""
    lying = type("Lying", (Anything, type(figure)), {"covers": lambda *_: True})
    given = lying(*(getattr(figure, item.name) for item in attrs.fields(type(figure))))
    make = {
        Money: lambda value: ProjectFunded("m", amount=value),
        Count: lambda value: MeetingHeld("m", count=value),
        Percent: lambda value: CountReported("m", what="agreements", as_of="2020", share=value),
        Duration: lambda value: MeetingHeld("m", duration=value),
    }[type(figure)]
    assert is_exact(make(given))
    assert make(given) == make(figure)


# ---- lists ----


class Once:
    """Yields its members once, and others when it is read again."""

    def __init__(self, *members):
        self.readings = [members]

    def __iter__(self):
        return iter(self.readings.pop() if self.readings else ["again"])

    def __len__(self):
        return 99


class Names(Mapping):
    """A mapping that has other keys at each reading."""

    def __init__(self, *readings):
        self.readings = list(readings)

    def __iter__(self):
        return iter(self.readings.pop(0) if len(self.readings) > 1 else self.readings[0])

    def __len__(self):
        return 1

    def __getitem__(self, key):
        return "Hue"


class Members(Anything, list):
    """A list that equals every other, and says that it is empty."""


@pytest.mark.parametrize("several", [Once, lambda *members: Members(members), lambda *members: iter(members)])
def test_lists_that_are_read_once(several):
    """They are copied when they are given."""
    event = MeetingHeld("m", on="2020", parties=several("RU", "ASEAN"), topics=several("trade", "energy"))
    assert is_exact(event)
    assert (event.parties, event.topics) == (("ASEAN", "RU"), ("trade", "energy"))
    record = ps.open(":memory:")
    entries = record.add(event, MeetingHeld("n", on="2020"), source=NEWS, inferred=several("on"))
    assert [entry.remarks.inferred for entry in entries] == [("on",), ("on",)]
    remarked = ps.Remarked(event, inferred=several("on"))
    for source in (ps.Source("A", published="2020"), ps.Source("B", published="2020")):
        assert record.add(remarked, source=source)[0].remarks.inferred == ("on",)
    with record.citing(ps.Source("C", published="2020")) as cite:
        cited = cite(event, MeetingHeld("n", on="2020"), inferred=several("on"))
    assert [entry.remarks.inferred for entry in cited] == [("on",), ("on",)]
    assert is_exact(tuple(entry.remarks for entry in record.entries()))


@pytest.mark.parametrize("field", ["parties", "topics", "concerns", "co_chairs"])
def test_mappings_where_a_list_is_expected(field):
    """They are refused, as a dict is."""
    with pytest.raises(InvalidEvent, match=rf"{field}: .* is not a list"):
        MeetingHeld("m", **{field: Names(["RU"])})


def test_a_mapping_of_changes():
    """It is read once."""
    record = ps.open(":memory:")
    (entry,) = record.add(MeetingHeld("m", on="2020"), source=NEWS)
    corrected = record.correct(entry, Names(["place"], ["level"], ["host"]))
    assert corrected.event.event == MeetingHeld("m", on="2020", place="Hue")


# ---- remarks, sources, and whoever records ----


@pytest.mark.parametrize("word", [Word, Other])
@pytest.mark.parametrize(
    ("remark", "plain"),
    [("speaker", "S. Lavrov"), ("certainty", "confirmed"), ("note", "see p. 3"), ("inferred", "on")],
)
def test_remarks(word, remark, plain):
    """None is dropped, none passes for another, and all are plain texts."""
    for one_event in (True, False):
        record = ps.open(":memory:")
        event = MeetingHeld("m", on="2020")
        given = {remark: [word(plain)] if remark == "inferred" else word(plain)}
        (entry,) = (
            record.add(event, source=NEWS, **given)
            if one_event
            else record.add(ps.Remarked(event, **given), source=NEWS)
        )
        assert is_exact((entry.claim, entry.remarks))
        (expected,) = ps.open(":memory:").add(event, source=NEWS, **{remark: plain})
        assert (entry.id, entry.claim, entry.remarks) == (expected.id, expected.claim, expected.remarks)


@pytest.mark.parametrize(
    ("remark", "wrong"),
    [
        ("certainty", Word("perhaps")),
        ("certainty", Anything()),
        ("note", Anything()),
        ("speaker", Anything()),
        ("inferred", [Word("place")]),
        ("inferred", [Word("nothing")]),
        ("inferred", [7]),
        ("inferred", [Anything()]),
        ("shared", Anything()),
        ("shared", Number(1)),
    ],
)
def test_remarks_that_cannot_be(remark, wrong):
    """They are refused, not dropped."""
    record = ps.open(":memory:")
    with pytest.raises(InvalidEntry, match=f"{remark}: "):
        record.add(MeetingHeld("m", on="2020"), source=NEWS, **{remark: wrong})
    assert record.entries() == ()


@pytest.mark.parametrize("word", [Word, Other])
def test_sources(word):
    """All fields are plain texts, and only words that are known are kinds and certainties."""
    texts = {
        "kind": "news", "title": "Report", "url": "https://example.org/a", "language": "en", "locator": "p. 3",
        "via": "ASEAN", "published": "2020-06-17", "retrieved": "2020-06-18",
    }  # fmt: skip
    source = ps.Source(word("VNA"), **{name: word(value) for name, value in texts.items()})
    assert is_exact(source)
    assert source == ps.Source("VNA", **texts)
    for field, wrong in (("kind", "rumour"), ("language", "English"), ("url", "example.org"), ("published", "soon")):
        with pytest.raises(InvalidValue):
            ps.Source("VNA", **{field: word(wrong)})
    with pytest.raises(InvalidValue, match="is not a kind of source"):
        ps.Source("VNA", kind=Anything())


def test_a_source_of_a_subclass():
    """It is copied: what is recorded equals what is read."""

    class Reprint(Anything, ps.Source):
        """A source that equals every other."""

    record = ps.open(":memory:")
    for publisher in ("A", "B"):
        record.add(MeetingHeld("m", on="2020"), source=Reprint(publisher, published="2020", via="C"))
    sources = [entry.claim.source for entry in record.entries()]
    assert sources == [ps.Source("A", published="2020", via="C"), ps.Source("B", published="2020", via="C")]
    assert {type(source) for source in sources} == {ps.Source}


@pytest.mark.parametrize("word", [Word, Other])
def test_who_records_what(word, tmp_path):
    """The recorder, the partnership, subjects and ids are plain texts."""
    with ps.open(tmp_path / "record.db", partnership=word("asean-russia"), by=word("L. Anh")) as record:
        first, second = record.add(MeetingHeld("a"), MeetingHeld("b"), source=NEWS)
        assert (first.by, record.partnership) == ("L. Anh", "asean-russia")
        assert is_exact((first.by, record.partnership))
        for wrong in (word("nothing"), word(first.id[:-1])):
            with pytest.raises(PartnershipError):
                record.retract(wrong)
        assert record.retract(word(second.id)).event.subject == second.claim.id
        assert record.prefer(first, field=word("place")).event.field == "place"
        with pytest.raises(InvalidValue, match="is not a field"):
            record.prefer(first, field=word("nothing"))
        same = record.same_as(word("meeting:a"), word("meeting:c")).event
        assert (same.subject, same.of, same.other) == ("a", "meeting", "c")
        assert is_exact(same)
    with pytest.raises(PartnershipError), ps.open(tmp_path / "record.db", partnership=word("asean-china")):
        pass


def test_parties_in_two_calls():
    """Two claims of the same content have one id."""
    record = ps.open(":memory:")
    one = record.add(DialogueLaunched("d", parties=[Word("RU")]), MeetingScheduled("m", planned="2020"), source=NEWS)
    other = record.add(DialogueLaunched(Word("d"), parties=Word("ru")), source=NEWS)
    assert one[:1] == other
