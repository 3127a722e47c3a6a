"""The document in which something was said."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone
from typing import get_args

import pytest

from partnership.errors import InvalidValue
from partnership.values.sources import DESK, Certainty, Source, SourceKind, certainty, certainty_rank, kind_rank
from partnership.values.when import When


def test_a_source_with_all_it_may_say():
    """It is kept in its one form: dates as dates, text composed."""
    source = Source(
        "Vie\u0323\u0302t Nam News",
        published=date(2020, 11, 16),
        kind="news",
        title="An interview\nwith the ambassador",
        url="https://example.org/a?b=c#d",
        language="zh-Hant",
        locator="page 3",
        via="a scraped page",
        retrieved="2020-11-17",
    )
    assert source.publisher == "Vi\u1ec7t Nam News"
    assert source.published == When("2020-11-16")
    assert source.retrieved == date(2020, 11, 17)
    assert (source.kind, source.language, source.locator, source.via) == ("news", "zh-Hant", "page 3", "a scraped page")
    assert source.title == "An interview\nwith the ambassador"
    assert source.url == "https://example.org/a?b=c#d"


def test_a_source_that_only_has_a_publisher():
    """It is a source: a page may print nothing else."""
    source = Source("VNA")
    assert (source.published, source.kind, source.known_from) == (None, None, None)


@pytest.mark.parametrize("published", ["2020-11-16", "2020-11", "2020", "2020-11~", "../2021-04-02", "[2020,2021-03]"])
def test_a_vague_day_of_publication(published):
    """It is accepted; the content is known from its latest possible day on."""
    source = Source("VNA", published=published)
    assert source.known_from == When(published).latest


@pytest.mark.parametrize("published", ["2020-11-16/2020-11-18", "2020/", "2020/..", "{2020,2021}"])
def test_an_invalid_date_of_publication(published):
    """A span, several days and an open end are refused: a document is published once."""
    rule = r"is not a date of publication; write a day, a month, a year or an upper bound \('../2021'\)"
    with pytest.raises(InvalidValue, match=rule):
        Source("VNA", published=published)


def test_a_publication_in_another_time_zone():
    """Its day is the day there, where it was printed."""
    evening = datetime(2020, 11, 16, 23, 30, tzinfo=timezone(timedelta(hours=7)))
    assert Source("VNA", published=evening).published == When("2020-11-16")


@pytest.mark.parametrize(
    "retrieved", [date(2026, 11, 23), "2026-11-23", When("2026-11-23"), datetime(2026, 11, 23, tzinfo=UTC)]
)
def test_a_day_of_retrieval(retrieved):
    """It is kept as a date, however it was given."""
    kept = Source("VNA", retrieved=retrieved).retrieved
    assert type(kept) is date
    assert kept == date(2026, 11, 23)


@pytest.mark.parametrize("retrieved", ["2026-11", "2026-11-23~", "../2026-11-23"])
def test_a_vague_day_of_retrieval(retrieved):
    """It is refused: the user knows when the document was read."""
    with pytest.raises(
        InvalidValue, match="is not a day of retrieval; write the day on which the document was read: 2026-11-23"
    ):
        Source("VNA", retrieved=retrieved)


def test_a_retrieval_at_a_time_that_has_no_zone():
    """It is refused: the day depends on the time zone."""
    with pytest.raises(InvalidValue, match="has no time zone"):
        Source("VNA", retrieved=datetime(2026, 11, 23))  # noqa: DTZ001  that is the test


@pytest.mark.parametrize("wrong", ["newspaper", "News", "", 5, ["news"], {}])
def test_an_unknown_kind(wrong):
    """It is refused with a list of the valid values."""
    with pytest.raises(InvalidValue) as refused:
        Source("VNA", kind=wrong)
    kinds = "official-text, official-release, scholarly, news, op-ed, desk-note"
    assert str(refused.value) == f"{wrong!r} is not a kind of source; write one of {kinds}"


@pytest.mark.parametrize("wrong", ["English", "EN", "e", "en_GB", "", 5])
def test_an_invalid_language(wrong):
    """It is refused with what to write."""
    with pytest.raises(InvalidValue, match="is not a language; write its BCP 47 code: 'en', 'fr', 'zh-Hant'"):
        Source("VNA", language=wrong)


@pytest.mark.parametrize(
    "wrong",
    [
        "example.org", "javascript:alert(1)", "data:text/html,x", "file:///etc/passwd", "https://a b", "https://a\nb",
        'https://a"b', "https://a<b>", "https://a\\b", "https://", "HTTPS://A", "https://" + "a" * 2001, "", 5, b"https://a",
    ],
)  # fmt: skip
def test_an_invalid_url(wrong):
    """It is refused: an export will print it as a link."""
    with pytest.raises(
        InvalidValue, match="is not a URL; write it in full, with http:// or https:// and without spaces"
    ):
        Source("VNA", url=wrong)


@pytest.mark.parametrize("character", ["\x7f", "\u202e", "\u2066", "\ud800"])
def test_an_address_with_a_character_that_must_not_be_printed(character):
    """It is refused as it is in any text."""
    with pytest.raises(InvalidValue, match="contains a forbidden character"):
        Source("VNA", url=f"https://example.org/{character}")


def test_an_address_in_two_forms():
    """It is kept composed, as every text is."""
    assert Source("VNA", url="https://example.org/e\u0301").url == "https://example.org/\u00e9"


@pytest.mark.parametrize("field", ["locator", "via"])
def test_a_name_that_is_empty(field):
    """It is refused: a field without a value is left out."""
    with pytest.raises(InvalidValue, match="is empty; leave the field out if the source does not say it"):
        Source("VNA", **{field: " "})


def test_a_title_over_its_limit():
    """It is refused with both numbers."""
    with pytest.raises(InvalidValue, match="is too long: 2001 characters of 2000"):
        Source("VNA", title="x" * 2001)


@pytest.mark.parametrize("wrong", [None, "", 5])
def test_a_source_without_a_publisher(wrong):
    """It is refused: a publisher is required."""
    with pytest.raises(InvalidValue):
        Source(wrong)


@pytest.mark.parametrize(
    ("source", "words"),
    [
        (Source("VNA"), "VNA"),
        (Source("VNA", published="2020-11"), "VNA, November 2020"),
        (Source("VNA", retrieved="2020-11-17"), "VNA, read on 17 November 2020"),
        (
            Source("VNA", published="2020-11-16", retrieved="2020-11-17", via="ASEAN"),
            "VNA, 16 November 2020, via ASEAN",
        ),
    ],
)
def test_a_source_in_words(source, words):
    """It is shown by publisher, date and the copy in which it was read."""
    assert str(source) == words


def test_a_source_that_prints_no_day():
    """It is known from the day on which it was read."""
    assert Source("VNA", retrieved="2020-11-17").known_from == date(2020, 11, 17)


def test_the_user_as_source():
    """It has no date: a typing mistake was never true."""
    assert (DESK.kind, DESK.known_from) == ("desk-note", None)


def test_the_order_of_natures():
    """The most official is first, and None counts as news."""
    assert [kind_rank(kind) for kind in get_args(SourceKind)] == [0, 1, 2, 3, 4, 5]
    assert kind_rank(None) == kind_rank("news")


def test_the_order_of_certainties():
    """The most certain is first, and None counts as reported."""
    assert [certainty_rank(value) for value in get_args(Certainty)] == [0, 1, 2, 3, 4]
    assert certainty_rank(None) == certainty_rank("reported")


@pytest.mark.parametrize("value", [*get_args(Certainty), None])
def test_a_certainty(value):
    """Each of the list is one; so is none."""
    assert certainty(value) == value


@pytest.mark.parametrize("wrong", ["certain", "Confirmed", "", 5, ["confirmed"]])
def test_an_unknown_certainty(wrong):
    """It is refused with a list of the valid values."""
    rule = "is not a certainty; write one of confirmed, reported, unnamed-source, approximate, inferred"
    with pytest.raises(InvalidValue, match=rule):
        certainty(wrong)
