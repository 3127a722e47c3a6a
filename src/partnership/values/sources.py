"""The document in which something was said."""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import Literal, get_args

from attrs import field, frozen

from partnership.errors import InvalidValue
from partnership.values.display import Spelled
from partnership.values.text import name, text
from partnership.values.when import When

__all__ = ["DESK", "Certainty", "Kind", "Source", "certainty", "certainty_rank", "nature_rank"]

Kind = Literal["official-text", "official-release", "scholarly", "news", "op-ed", "desk-note"]
"""The nature of a document, the most official first; apart from the copy that it was read in."""

Certainty = Literal["confirmed", "reported", "unnamed-source", "approximate", "inferred"]
"""How sure the wording is, the surest first; apart from its force, which decides the event."""

_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*", re.ASCII)
_URL = re.compile(r"https?://[^\s\x00-\x1f\"<>\\]{1,2000}")


def _kind(value: Kind | None) -> Kind | None:
    if value is not None and value not in get_args(Kind):
        raise InvalidValue(value, "is not a kind of source", f"write one of {', '.join(get_args(Kind))}")
    return value


def certainty(value: Certainty | None) -> Certainty | None:
    """Return *value* if it is one of the certainties, or None."""
    if value is not None and value not in get_args(Certainty):
        raise InvalidValue(value, "is not a certainty", f"write one of {', '.join(get_args(Certainty))}")
    return value


_CERTAINTIES: dict[str | None, int] = {one: place for place, one in enumerate(get_args(Certainty))}
_CERTAINTIES[None] = _CERTAINTIES["reported"]
_NATURES: dict[str | None, int] = {one: place for place, one in enumerate(get_args(Kind))}
_NATURES[None] = _NATURES["news"]


def certainty_rank(value: Certainty | None) -> int:
    """Return 0 for the surest; what is not remarked on counts as reported."""
    return _CERTAINTIES[value]


def nature_rank(value: Kind | None) -> int:
    """Return 0 for the most official; a nature that is not stated counts as news."""
    return _NATURES[value]


def _publisher(value: object) -> str:
    if value is None or (isinstance(value, str) and not value.strip()):
        raise InvalidValue(value, "names no publisher", "write who answers for the document: 'VNA', 'MFA of Russia'")
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
            str(value), "is no day of publication", "write a day, a month or a year, if only a bound ('../2021')"
        )
    return when


def _retrieved(value: str | date | When | None) -> date | None:
    if isinstance(value, date) and not isinstance(value, datetime):
        return value
    when = _day(value)
    if when is None:
        return None
    if not when.is_day:
        raise InvalidValue(str(value), "is no day of retrieval", "write the day on which the page was read: 2026-11-23")
    return when.latest


def _language(value: object) -> str | None:
    if value is None or (isinstance(value, str) and _LANGUAGE.fullmatch(value)):
        return value
    raise InvalidValue(value, "is not a language", "write its code of BCP 47: 'en', 'fr', 'zh-Hant'")


def _url(value: object) -> str | None:
    if value is None:
        return None
    if isinstance(value, str) and _URL.fullmatch(value):
        return text(value)
    raise InvalidValue(value, "is not an address", "write it whole, http:// or https:// in front and no blanks")


@frozen
class Source(Spelled):
    """A document that says something: an article, a communiqué, a minister's post, the desk's own note.

    Attributes:
        publisher: who answers for it.
        published: when it was published, as it prints it; vague where the page is vague, never a span.
        kind: its nature (`Kind`); None when nobody looked.
        title: as printed.
        url: http or https.
        language: BCP 47.
        locator: where in it: a page, a paragraph, a minute.
        via: the copy that it was read in, where that is another's: a ministry's text on a scraped page is the
            ministry's, and a copy is no second source.
        retrieved: the day on which it was read. No part of what was said: two desks that read one page on two
            days hold one claim.

    Raises:
        InvalidValue: a field cannot be what it is given for.

    >>> Source("VNA", published="2020-11-16", kind="news").published
    When('2020-11-16')
    """

    publisher: str = field(converter=_publisher)
    published: When | None = field(default=None, converter=_day, kw_only=True)
    kind: Kind | None = field(default=None, converter=_kind, kw_only=True)
    title: str | None = field(default=None, converter=_text, kw_only=True)
    url: str | None = field(default=None, converter=_url, kw_only=True)
    language: str | None = field(default=None, converter=_language, kw_only=True)
    locator: str | None = field(default=None, converter=_name, kw_only=True)
    via: str | None = field(default=None, converter=_name, kw_only=True)
    retrieved: date | None = field(default=None, converter=_retrieved, kw_only=True)

    @property
    def known_from(self) -> date | None:
        """The first day on which what it says was surely known: its publication, or else its retrieval."""
        return self.published.latest if self.published else self.retrieved

    def _text(self) -> str:
        day = self.published or (f"read on {self.retrieved}" if self.retrieved else None)
        return self.publisher + (f", {day}" if day else "") + (f", via {self.via}" if self.via else "")


DESK = Source("the desk", kind="desk-note")
"""The desk itself, mending its own mistake: it has no day, because a slip of the pen was never true."""
