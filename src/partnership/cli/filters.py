"""Select the subjects that ``--party`` and ``--kind`` name, and find the subject that a word means."""

from __future__ import annotations

import warnings
from argparse import Namespace
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, TypeVar

import partnership as ps
from partnership.errors import InvalidValue, UnknownSubject
from partnership.kinds import Kinds
from partnership.model.event import Event, fields_of
from partnership.values.country_names import code_meant, nearest_code, well_known_codes
from partnership.values.party_names import PartyNames
from partnership.values.text import nearest, search_form, split_subject

T = TypeVar("T")

_MOST_SUGGESTIONS = 3
"""Subjects, kinds or parties that an error suggests in place of an unknown one."""
_MOST_LISTED = 12
"""Parties that an error lists."""


class Filter:
    """The subjects that ``--party`` and ``--kind`` select; without these options, all of them.

    Attributes:
        in_words: what is selected, for the end of a sentence; empty for all.

    Args:
        view: whose claims say which subjects name the party.
        args: the command line.

    Raises:
        InvalidValue: the record has no such kind, or no claim names the party.
    """

    def __init__(self, view: ps.View, args: Namespace) -> None:
        kind, party = (getattr(args, name, None) for name in ("kind", "party"))  # not every verb has them
        self._kind = None if kind is None else _kind(view, kind)
        day = getattr(args, "known", None) or getattr(args, "as_of", None)
        self._party = None if party is None else _party(view, party, f" known by {day}" if day else " here")
        name = None if self._party is None else view.party_names().with_code(self._party)
        self.in_words = f"{f' for {name}' if name else ''}{f' of the kind {self._kind}' if self._kind else ''}"
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


def _kind(view: ps.View, given: str) -> str:
    """Return the name of a kind.

    Raises:
        InvalidValue: there is none of that name or plural.
    """
    try:
        return view.kinds[as_name(given).replace("_", "-")].name
    except InvalidValue:
        advice = kinds_advice(given, view.kinds)
        raise InvalidValue(given, "is not a kind of subject here", advice) from None


def kinds_advice(given: str, kinds: Kinds) -> str:
    """Return which kinds an unknown one may be a slip for; all of them if none is near."""
    names = sorted(kinds.names)
    near = nearest(as_name(given).replace("_", "-"), [*names, *kinds.plurals], _MOST_SUGGESTIONS)
    return f"did you mean {' or '.join(map(repr, near))}?" if near else f"the kinds are {', '.join(names)}"


def _party(view: ps.View, given: str, where: str) -> str:
    """Return the code of a party of which a claim has the code or this view the name.

    A state or a bloc that is generally known may be one that no claim names: that is a warning.

    Args:
        view: the view.
        given: the code or the name.
        where: which claims the view has, after "no claim".

    Raises:
        InvalidValue: no claim names it.
    """
    names = view.party_names()
    known = sorted({code for entry in view.entries() for code in entry.parties} | set(names.own))
    if given.upper() in known:
        return given.upper()
    by_name: dict[str, set[str]] = {}
    for code in known:
        by_name.setdefault(search_form(names.name(code)), set()).add(code)
    meant = by_name.get(search_form(given), set())
    if len(meant) == 1:
        return meant.pop()
    code = code_meant(given) or given.upper()
    if code not in known and (code in well_known_codes() or PartyNames().name(code) != code):
        warnings.warn(f"no claim{where} names {names.with_code(code)}", stacklevel=2)
    elif code not in known:
        raise InvalidValue(given, f"is named by no claim{where}", _parties_advice(given, known, names, by_name))
    return code


def _parties_advice(given: str, known: Sequence[str], names: PartyNames, by_name: Mapping[str, set[str]]) -> str:
    """Return which parties an unknown one may be a slip for; those that are named if none is near."""
    near = [code for name in nearest(search_form(given), by_name, _MOST_SUGGESTIONS) for code in by_name[name]]
    near += nearest(given.upper(), known, _MOST_SUGGESTIONS)
    near += [code for code in (nearest_code(given),) if code]
    if near:
        return f"did you mean {' or '.join(map(names.with_code, dict.fromkeys(near)))}?"
    if not known:
        return "no claim names any party"
    more = ", …" if len(known) > _MOST_LISTED else ""
    return f"the parties here are {', '.join(map(names.with_code, known[:_MOST_LISTED]))}{more}"


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
        InvalidValue: it is of another kind than the query is about.
    """
    try:
        return query(name)
    except UnknownSubject as error:
        if error.first_known:
            raise UnknownSubject(name, (), error.known, error.first_known) from None
        slug = name.rpartition(":")[2].lower()
        near = [*error.near, *nearest(as_name(slug), plurals, 1)]
        known = dict.fromkeys(state.subject for plural in view.kinds.plurals for state in view.states(plural).values())
        if others := [subject for subject in known if name in (subject, split_subject(subject)[1])]:
            of_kind = " or ".join(split_subject(other)[0] for other in others)
            reason = f"is of the kind {of_kind}, and this verb asks about another"
            advice = f"`partnership show` has what is recorded of {' or '.join(others)}"
            raise InvalidValue(name, reason, advice) from None
        containing = [subject for subject in known if slug in subject] if slug else []
        near = [other for other in near if not any(subject.endswith(f":{other}") for subject in containing)]
        near += containing
        raise UnknownSubject(name, tuple(near[:_MOST_SUGGESTIONS])) from None
