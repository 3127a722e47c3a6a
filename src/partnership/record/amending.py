"""How a desk mends its previous_dates and a publisher changes its word: claims about claims (floor 7)."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterable, Sequence
from typing import Any

from attrs import evolve

from partnership.engine.amendment_index import AmendmentIndex
from partnership.engine.entry_source import StoredEntries
from partnership.errors import InvalidEntry, InvalidValue, UnknownEntry
from partnership.model.converters import LIST_LIMIT
from partnership.model.entry import Entry, remarks_on, speaker_of
from partnership.model.event import Event, fields_of
from partnership.model.occurrence import Evidence
from partnership.record.view import View
from partnership.serialization.codec import Codec, EncodedEntry
from partnership.subjects.amendments import (
    Amendment,
    ClaimCorrected,
    ClaimPreferred,
    ClaimRetracted,
    SubjectsDeclaredSame,
)
from partnership.values.sources import DESK, Source
from partnership.values.text import split_subject
from partnership.values.text import subject as subject_text

__all__ = ["Mending"]


class Mending(View):
    """The half of a record that mends; the other half writes."""

    _codec: Codec
    _log: StoredEntries
    _aims: AmendmentIndex

    @abstractmethod
    def _dated(self, source: object) -> Source: ...
    @abstractmethod
    def _write(self, drafts: Sequence[EncodedEntry]) -> tuple[Entry, ...]: ...

    def correct(
        self,
        entry: Entry | str,
        event: Event,
        *,
        reason: str | None = None,
        source: Source | None = None,
        speaker: str | None = None,
        inferred: Iterable[str] = (),
    ) -> Entry:
        """Say what an entry should have said.

        Without *source* the desk mends its own mistake: it is mended in every view that holds the entry, and only
        ``as_of(recorded=…)`` still shows it. With *source* the publisher changed its word: known from that
        publication.

        Args:
            entry: the entry, or its id.
            event: what it should have said, whole.
            reason: why; it goes wherever the entry goes.
            source: where the publisher says so.
            speaker: whose words they are, in *source*.
            inferred: names of fields of *event* that the desk supplied.
        """
        if isinstance(event, ClaimCorrected | ClaimRetracted):
            raise InvalidEntry(
                "a correction", ("event: give what should have been said; to take a correction back, retract it",)
            )
        self._codec.knows(event)
        remarks = remarks_on(event, DESK, inferred=inferred)
        return self._point(
            ClaimCorrected, entry, source, speaker, event=event, reason=reason, inferred=remarks.inferred
        )

    def retract(
        self, entry: Entry | str, *, reason: str | None = None, source: Source | None = None, speaker: str | None = None
    ) -> Entry:
        """Say that an entry should not be there; without *source* the desk's own mistake, as in `correct`."""
        return self._point(ClaimRetracted, entry, source, speaker, reason=reason)

    def prefer(self, entry: Entry | str, *, field: str | None = None, reason: str | None = None) -> Entry:
        """Believe an entry where sources differ: the only way to settle a source's own error.

        Args:
            entry: the entry, or its id.
            field: the field of the event on which it is preferred; all of them unless given.
            reason: why.

        Raises:
            InvalidValue: the event has no such field.
        """
        claim = self._claim(entry)
        event = self._carried(claim).event
        event = event.event if isinstance(event, ClaimCorrected) else event
        if field is not None and field not in (names := fields_of(type(event)).names):
            raise InvalidValue(field, f"is no field of {event.name}", f"it has {', '.join(names)}")
        return self._point(ClaimPreferred, entry, None, None, field=field, reason=reason)

    def same_as(self, one: str, other: str, *, source: Source | None = None, reason: str | None = None) -> Entry:
        """Say that two subjects, ``kind:slug``, are one; both names are answered, the first in the alphabet is shown.

        Raises:
            InvalidValue: they are of different kinds, or one subject twice.
        """
        first, second = sorted((subject_text(one), subject_text(other)))
        (kind, name_), (other_kind, other_name) = split_subject(first), split_subject(second)
        if kind != other_kind or first == second:
            wrong = "are of different kinds" if first != second else "are one name"
            raise InvalidValue(
                f"{one} and {other}", wrong, "give two subjects of one kind, 'meeting:a' and 'meeting:b'"
            )
        event = SubjectsDeclaredSame(name_, of=kind, other=other_name, reason=reason)
        return self._mend(event, source, None)

    def _point(
        self,
        kind: type[Amendment],
        entry: Entry | str,
        source: Source | None,
        speaker: str | None,
        inferred: tuple[str, ...] = (),
        **said: Any,  # noqa: ANN401  the pointer's own fields
    ) -> Entry:
        target = self._claim(entry)
        source = source if source is None else self._dated(source)
        aimed, meant = self._aims.amendments_of(target), kind(target, **said)
        alike = [one.claim for one in aimed if _says(one.event, meant) and _is_by(one, source, speaker)]
        superseded = self._aims.superseded(alike, aimed) if alike else ()
        for claim in alike:  # the same words with their power still in them are the same entry
            if claim not in superseded:
                return self._carried(claim)
        if len(aimed) > LIST_LIMIT:
            many = f"{len(aimed)} entries aim at that claim already: correct or retract the newest of them instead"
            raise InvalidEntry(f"{kind.name} of {target}", (many,))
        seen = {one.claim for one in aimed}
        return self._mend(evolve(meant, seen=seen), source, speaker, inferred)

    def _mend(self, event: Event, source: Source | None, speaker: str | None, inferred: tuple[str, ...] = ()) -> Entry:
        source = self._dated(DESK if source is None else source)
        remarks = evolve(remarks_on(event, source), inferred=inferred)
        return self._write([self._codec.draft(event, source, speaker_of(event, speaker), remarks)])[0]

    def _carried(self, claim: str) -> Entry:
        return self._query().carried([claim])[claim][0]

    def _claim(self, entry: object) -> str:
        wanted = entry.id if isinstance(entry, Entry) else entry
        claim = entry.claim.id if isinstance(entry, Entry) else entry
        near = self._log.entries_by_claim([claim]).get(claim, ()) if isinstance(claim, str) else ()
        for one in near or self._log.entries():
            if wanted in (one.id, one.claim.id):
                return one.claim.id
        raise UnknownEntry(wanted)


def _says(event: Event, meant: Amendment) -> bool:
    """Tell whether an event says what is meant, whatever it had seen."""
    names = fields_of(type(meant)).names
    return type(event) is type(meant) and all(
        getattr(event, one) == getattr(meant, one) for one in names if one != "seen"
    )


def _is_by(one: Evidence, source: Source | None, speaker: str | None) -> bool:
    return one.source == evolve(source or DESK, retrieved=None) and one.speaker == speaker
