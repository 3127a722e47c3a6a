"""Select the subjects that ``--party`` and ``--kind`` name, and find the subject that a word means."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Callable, Iterable, Sequence
from difflib import get_close_matches
from typing import Any, TypeVar

import partnership as ps
from partnership.errors import InvalidValue, UnknownSubject
from partnership.model.event import Event, fields_of
from partnership.values.country_names import nearest_code
from partnership.values.party_codes import party
from partnership.values.text import split_subject

__all__ = ["Filter", "as_name", "query_subject"]

T = TypeVar("T")

_MOST_SUGGESTIONS = 3
"""Subjects that an error suggests in place of an unknown one."""


class Filter:
    """The subjects that ``--party`` and ``--kind`` select; without these options, all of them.

    Args:
        view: whose claims say which subjects name the party.
        args: the command line.

    Raises:
        InvalidValue: the record has no such kind, or the party no valid code.
    """

    def __init__(self, view: ps.View, args: Namespace) -> None:
        self._kind = None if args.kind is None else view.kinds[as_name(args.kind).replace("_", "-")].name
        self._party = None if args.party is None else _party(view, args.party)
        self._subjects = None if self._party is None else set(_subjects_naming(view, self._party))

    def keeps(self, subject: str) -> bool:
        """Tell whether a subject, ``kind:slug``, is selected."""
        is_of_kind = self._kind in (None, split_subject(subject)[0])
        return is_of_kind and (self._subjects is None or subject in self._subjects)

    def of(self, items: Iterable[T]) -> tuple[T, ...]:
        """Return those of some states, plans, disputes, findings or changes that are about selected subjects."""
        chosen: Iterable[Any] = items
        return tuple(item for item in chosen if self.keeps(item.subject))

    def keeps_claim(self, event: Event) -> bool:
        """Tell whether a claim is about the selected kind, and itself names the party."""
        return self._kind in (None, event.kind) and (self._party is None or _names(event, self._party))


def _party(view: ps.View, given: str) -> str:
    """Return the code of a party; refuse one that no claim names where another is nearly written so.

    Raises:
        InvalidValue: it is no code, or probably another is meant.
    """
    code, known = party(given), {code for entry in view.entries() for code in entry.parties}
    if code not in known:
        near = [other for other in (nearest_code(given),) if other] or get_close_matches(code, known, _MOST_SUGGESTIONS)
        if near and near != [code]:
            raise InvalidValue(given, "is named by no claim here", f"did you mean {' or '.join(map(repr, near))}?")
    return code


def _subjects_naming(view: ps.View, code: str) -> Iterable[str]:
    """Yield the subjects of which a claim that counts names a party."""
    for occurrence in (*view.occurrences, *view.possible):
        if any(_names(item.event, code) for item in occurrence.evidence):
            yield occurrence.subject


def _names(event: Event, code: str) -> bool:
    values: Iterable[Any] = (getattr(event, name) for name in fields_of(type(event)).parties)
    return any(code == value or (isinstance(value, tuple) and code in value) for value in values)


def as_name(text: str) -> str:
    """Return a word of the command line as the name of a kind or of a field: "Themed years" is ``themed_years``."""
    return text.lower().replace("-", "_").replace(" ", "_")


def query_subject(view: ps.View, name: str, query: Callable[[str], T], plurals: Sequence[str] = ()) -> T:
    """Return the result of a query about one subject; an unknown one raises with suggestions.

    Args:
        view: whose subjects, and whose kinds in *plurals*, are suggested.
        name: ``kind:slug`` or a slug.
        query: a method of the view that takes the name.
        plurals: names of kinds that may be meant.

    Raises:
        UnknownSubject: nothing is recorded of it.
    """
    try:
        return query(name)
    except UnknownSubject as error:
        slug = name.rpartition(":")[2].lower()
        near = [*error.near, *get_close_matches(as_name(slug), plurals, 1)]
        known = dict.fromkeys(state.subject for plural in view.kinds.plurals for state in view.states(plural).values())
        containing = [subject for subject in known if slug in subject] if slug else []
        near = [other for other in near if not any(subject.endswith(f":{other}") for subject in containing)]
        near += containing
        raise UnknownSubject(name, tuple(near[:_MOST_SUGGESTIONS])) from None
