"""Sources: the documents that claims are taken from, how official they are and how certain their wording is."""

from __future__ import annotations

import re
from datetime import date
from typing import Literal, get_args

from attrs import field

from partnership._frozen import frozen
from partnership.errors import InvalidValue
from partnership.values.date_words import in_words
from partnership.values.display import VisibleText
from partnership.values.text import exact, name, text
from partnership.values.when import When

SourceKind = Literal["official-text", "official-release", "scholarly", "news", "op-ed", "desk-note"]
"""Kind of document, most official first. It is that of the original, not of the copy that was read."""

Certainty = Literal["confirmed", "reported", "unnamed-source", "approximate", "inferred"]
"""How certain the source's wording is, most certain first. Planned or done is not part of it: that is the event."""

_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*", re.ASCII)
_URL = re.compile(r"https?://[^\s\x00-\x1f\"<>\\]{1,2000}")


def _kind(value: SourceKind | None) -> SourceKind | None:
    value = exact(value)
    if value is not None and (type(value) is not str or value not in get_args(SourceKind)):
        raise InvalidValue(value, "is not a kind of source", f"write one of {', '.join(get_args(SourceKind))}")
    return value


def certainty(value: Certainty | None) -> Certainty | None:
    """Return *value* if it is a `Certainty` or None."""
    value = exact(value)
    if value is not None and (type(value) is not str or value not in get_args(Certainty)):
        raise InvalidValue(value, "is not a certainty", f"write one of {', '.join(get_args(Certainty))}")
    return value


_CERTAINTY_RANKS: dict[str | None, int] = {value: rank for rank, value in enumerate(get_args(Certainty))}
_CERTAINTY_RANKS[None] = _CERTAINTY_RANKS["reported"]
_KIND_RANKS: dict[str | None, int] = {kind: rank for rank, kind in enumerate(get_args(SourceKind))}
_KIND_RANKS[None] = _KIND_RANKS["news"]


def certainty_rank(value: Certainty | None) -> int:
    """Return the rank of a certainty, 0 for the most certain; None ranks as ``reported``."""
    return _CERTAINTY_RANKS[value]


def kind_rank(value: SourceKind | None) -> int:
    """Return the rank of a kind of source, 0 for the most official; None ranks as ``news``."""
    return _KIND_RANKS[value]


def _publisher(value: object) -> str:
    if value is None or (isinstance(value, str) and not value.strip()):
        raise InvalidValue(value, "names no publisher", "write who published the document: 'VNA', 'MFA of Russia'")
    return name(value)


def _name(value: object) -> str | None:
    return None if value is None else name(value)


def _text(value: object) -> str | None:
    return None if value is None else text(value, 2000)


def _day(value: str | date | When | None) -> When | None:
    if value is None:
        return None
    when = When(value)
    if when.latest is None or when.is_span or len(when.members) > 1:
        raise InvalidValue(
            str(value), "is not a date of publication", "write a day, a month, a year or an upper bound ('../2021')"
        )
    return when


def _retrieved(value: str | date | When | None) -> date | None:
    if type(value) is date:
        return value
    when = _day(value)
    if when is None:
        return None
    if not when.is_day:
        raise InvalidValue(
            str(value), "is not a day of retrieval", "write the day on which the document was read: 2026-11-23"
        )
    return when.latest


def _language(value: object) -> str | None:
    value = exact(value)
    if value is None or (isinstance(value, str) and _LANGUAGE.fullmatch(value)):
        return value
    raise InvalidValue(value, "is not a language", "write its BCP 47 code: 'en', 'fr', 'zh-Hant'")


def _url(value: object) -> str | None:
    if value is None:
        return None
    value = exact(value)
    if isinstance(value, str) and _URL.fullmatch(value):
        return text(value)
    raise InvalidValue(value, "is not a URL", "write it in full, with http:// or https:// and without spaces")


@frozen
class Source(VisibleText):
    """A document that claims are taken from: an article, a communiqué, a minister's post, the user's own note.

    Attributes:
        publisher: who published the document and is responsible for it.
        published: date of publication as printed; it may be vague, but not a span.
        kind: `SourceKind`, or None if it was not classified.
        title: title as printed.
        url: address, http or https.
        language: BCP 47 code.
        locator: place in the document: a page, a paragraph, a minute.
        via: where it was read, if that is a copy by somebody else. A ministry's text that a news site reprints has
            the ministry as its publisher, and the copy is not a second source.
        retrieved: day on which it was read. It is not part of a claim's identity: two users who read the same
            document on two days record the same claim.

    Raises:
        InvalidValue: a field has an invalid value.

    >>> Source("VNA", published="2020-11-16", kind="news").published
    When('2020-11-16')
    """

    publisher: str = field(converter=_publisher)
    published: When | None = field(default=None, converter=_day, kw_only=True)
    kind: SourceKind | None = field(default=None, converter=_kind, kw_only=True)
    title: str | None = field(default=None, converter=_text, kw_only=True)
    url: str | None = field(default=None, converter=_url, kw_only=True)
    language: str | None = field(default=None, converter=_language, kw_only=True)
    locator: str | None = field(default=None, converter=_name, kw_only=True)
    via: str | None = field(default=None, converter=_name, kw_only=True)
    retrieved: date | None = field(default=None, converter=_retrieved, kw_only=True)

    @property
    def known_from(self) -> date | None:
        """The first day on which its content was certainly known: latest publication, or else retrieval."""
        return self.published.latest if self.published else self.retrieved

    def _text(self) -> str:
        read = f"read on {in_words(self.retrieved)}" if self.retrieved else None
        day = in_words(self.published) if self.published else read
        return self.publisher + (f", {day}" if day else "") + (f", via {self.via}" if self.via else "")


DESK = Source("the desk", kind="desk-note")
"""The user, as the source of corrections of typing mistakes. It has no date: a typing mistake was never true."""
