"""Every exception of the library: what happened, which entry, what to do.

::

    PartnershipError
    ├── InvalidValue          a date, an amount, a slug, a text that cannot be one      (also ValueError)
    ├── InvalidEvent          an event whose fields are wrong: all reasons at once      (also ValueError)
    ├── InvalidEntry          bytes or arguments that do not make an entry              (also ValueError)
    ├── InvalidLines          a file of lines some of which are no entries: all at once (also ValueError)
    ├── InvalidKind           a kind of subject that could not work: all reasons at once (also ValueError)
    ├── UnknownEvent          an event that is not in the record's table                (also LookupError)
    ├── UnknownEntry          an entry that this record does not hold                   (also LookupError)
    ├── UnknownSubject        a subject of which this record, at this cut, says nothing (also KeyError)
    ├── AmbiguousSubject      a bare slug that several kinds of subject carry           (also LookupError)
    ├── DifferentPartnership  a merge or an opening that would mix two partnerships     (also ValueError)
    ├── NotInstalled          an optional library that this needs is not there          (also ImportError)
    └── StorageError          the file, not what is in it                               (also OSError)
        ├── NotARecord        the file is something else
        ├── NewerFormat       the file was written by a later version of the library
        ├── Damaged           the file does not hold what was written to it
        ├── ReadOnly          the file or its folder cannot be written
        └── StorageFull       no space is left

    SupersededWarning                a warning: what was added is there already, and lies superseded
    ClockWarning              a warning: the clock is far behind the last entry

Every part of a message is also an attribute, and every error survives pickling. A message quotes names and texts of
others, so characters that are not seen are spelled out in it.
"""

from __future__ import annotations

import unicodedata

__all__ = [
    "AmbiguousSubject",
    "ClockWarning",
    "Damaged",
    "DifferentPartnership",
    "InvalidEntry",
    "InvalidEvent",
    "InvalidKind",
    "InvalidLines",
    "InvalidValue",
    "NewerFormat",
    "NotARecord",
    "NotInstalled",
    "PartnershipError",
    "ReadOnly",
    "StorageError",
    "StorageFull",
    "SupersededWarning",
    "UnknownEntry",
    "UnknownEvent",
    "UnknownSubject",
]


_UNSEEN = {"Cc", "Cf", "Cn", "Co", "Cs", "Zl", "Zp"}
_JOINERS = "\u200c\u200d"  # Persian, Hindi and Sinhala need them


def visible(value: str) -> str:
    r"""Return a text of one line in which every character that is not seen is spelled out.

    Whatever is printed passes through this: a control character would colour or clear a terminal, a bidirectional one
    reorder a line, and a line separator begin another.

    >>> visible("Summit\u202e\n")
    'Summit<U+202E><U+000A>'

    Source: Unicode Technical Report 36, 2 (what looks like something else).
    """
    if value.isprintable():
        return value
    return "".join(
        f"<U+{ord(one):04X}>" if unicodedata.category(one) in _UNSEEN and one not in _JOINERS else one for one in value
    )


class PartnershipError(Exception):
    """The root: ``except PartnershipError`` catches all that the library refuses."""

    def _text(self) -> str:
        return super().__str__()

    def __str__(self) -> str:
        return visible(self._text())


class InvalidValue(PartnershipError, ValueError):
    """A text or an object that cannot be the value it is given for.

    Attributes:
        value: what was given.
        reason: what is wrong with it, as the rest of a sentence that begins with the value.
        instead: what to write; may be empty.
    """

    def __init__(self, value: object, reason: str, instead: str = "") -> None:
        super().__init__(value, reason, instead)
        self.value = value
        self.reason = reason
        self.instead = instead

    def _text(self) -> str:
        return f"{_shown(self.value)} {self.reason}" + (f"; {self.instead}" if self.instead else "")


def _shown(value: object) -> str:
    """Return what a message shows of a value; telling of an error must not raise another."""
    try:
        shown = repr(value)
    except Exception:  # noqa: BLE001  an integer of 5,000 digits has no text, and of a foreign object nobody knows
        return f"this {type(value).__name__}"
    return shown if len(shown) <= 80 else f"{shown[:60]}… ({len(shown)} characters)"  # noqa: PLR2004  a message, no dump


class InvalidEvent(PartnershipError, ValueError):
    """An event that cannot be: nothing is recorded.

    Attributes:
        event: the stored name of the event.
        subject: the slug given, or what was given in its place.
        reasons: one sentence for each field that is wrong, ``field: why``.
    """

    def __init__(self, event: str, subject: object, reasons: tuple[str, ...]) -> None:
        super().__init__(event, subject, reasons)
        self.event = event
        self.subject = subject
        self.reasons = reasons

    def _text(self) -> str:
        told = f"{self.event} of {_shown(self.subject)} cannot be recorded: {'; '.join(self.reasons)}"
        return told if self.event in _NEVER_PRINTED else f"{told}. {_AS_SAID}"


_AS_SAID = "If a source really printed what cannot be, record its words: StatementMade(slug, text=…)"
_NEVER_PRINTED = {"statement-made", "claim-corrected", "claim-retracted", "claim-preferred", "subjects-declared-same"}


class InvalidEntry(PartnershipError, ValueError):
    """Bytes, or the arguments beside an event, that do not make an entry.

    Attributes:
        where: which entry, as far as it is known: a position, a line, a subject.
        reasons: one sentence for each thing that is wrong.
    """

    def __init__(self, where: str, reasons: tuple[str, ...]) -> None:
        super().__init__(where, reasons)
        self.where = where
        self.reasons = reasons

    def _text(self) -> str:
        return f"{self.where}: {'; '.join(self.reasons)}"


class InvalidLines(PartnershipError, ValueError):
    """Files of lines, some of which are no entries: nothing was added.

    Attributes:
        lines: of each that is wrong, the file, the number of the line in it from 1, and the reasons; the first 1,000,
            where reading ends.
    """

    def __init__(self, lines: tuple[tuple[str, int, tuple[str, ...]], ...]) -> None:
        super().__init__(lines)
        self.lines = lines

    def __str__(self) -> str:
        return "\n".join(map(visible, self._lines()))

    def _lines(self) -> list[str]:
        many = len(self.lines)
        or_more = " or more" if many == MOST_LINES else ""
        told = [f"nothing was added, for {many}{or_more} lines cannot be read:" if many > 1 else "nothing was added:"]
        told += [f"  {path}, line {number}: {'; '.join(reasons)}" for path, number, reasons in self.lines[:_SHOWN]]
        told += [f"  and {many - _SHOWN} more"] if many > _SHOWN else []
        return [*told, "Lines are read as they were written: ask for the file again, or leave such lines out"]


_SHOWN = 10
"""Lines that one message shows."""
MOST_LINES = 1_000
"""Wrong lines after which no more are read."""


class InvalidKind(PartnershipError, ValueError):
    """A kind of subject that could not work as it is declared.

    Attributes:
        kind: its name.
        reasons: one sentence for each thing that is wrong.
    """

    def __init__(self, kind: str, reasons: tuple[str, ...]) -> None:
        super().__init__(kind, reasons)
        self.kind = kind
        self.reasons = reasons

    def __str__(self) -> str:
        if len(self.reasons) == 1:
            return f"the kind {_shown(self.kind)} cannot be used: {self.reasons[0]}"
        return "\n".join([f"the kind {_shown(self.kind)} cannot be used:", *(f"  {one}" for one in self.reasons)])


class UnknownEvent(PartnershipError, LookupError):
    """An event that is not in the record's closed table.

    Attributes:
        event: its stored name, or the class that was given.
        version: its version, where it has one.
        reason: why it is not known, and what to do.
    """

    def __init__(self, event: str, version: int | None, reason: str) -> None:
        super().__init__(event, version, reason)
        self.event = event
        self.version = version
        self.reason = reason

    def _text(self) -> str:
        version = "" if self.version is None else f" (version {self.version})"
        return f"{self.event!r}{version} is not an event of this record: {self.reason}"


class UnknownEntry(PartnershipError, LookupError):
    """An entry or claim that this record does not hold.

    Attributes:
        entry: the id, or what was given in its place.
    """

    def __init__(self, entry: object) -> None:
        super().__init__(entry)
        self.entry = entry

    def _text(self) -> str:
        return (
            f"{self.entry!r} is no entry of this record; give an entry that add or entries() returned, or its id. "
            "An entry of another record must be merged first"
        )


class UnknownSubject(PartnershipError, KeyError):
    """A subject of which this record, at this cut, says nothing.

    Attributes:
        subject: what was asked.
        near: subjects with a name like it.
    """

    def __init__(self, subject: str, near: tuple[str, ...] = ()) -> None:
        super().__init__(subject, near)
        self.subject = subject
        self.near = near

    def _text(self) -> str:
        hint = f"; did you mean {' or '.join(self.near)}?" if self.near else ""
        return f"nothing is recorded of {self.subject!r} here{hint}"


class AmbiguousSubject(PartnershipError, LookupError):
    """A bare slug that several kinds of subject carry.

    Attributes:
        slug: what was asked.
        subjects: what it may mean.
    """

    def __init__(self, slug: str, subjects: tuple[str, ...]) -> None:
        super().__init__(slug, subjects)
        self.slug = slug
        self.subjects = subjects

    def _text(self) -> str:
        return f"{self.slug!r} may be {' or '.join(self.subjects)}; ask with the kind in front"


class DifferentPartnership(PartnershipError, ValueError):
    """Two partnerships that were about to be mixed.

    Attributes:
        here: the partnership of this record.
        there: the other one.
        path: the file that names the other one, where a file does.
    """

    def __init__(self, here: str, there: str, path: str | None = None) -> None:
        super().__init__(here, there, path)
        self.here = here
        self.there = there
        self.path = path

    def _text(self) -> str:
        where = "" if self.path is None else f"{self.path}: "
        return f"{where}this is the record of {self.here!r}, not of {self.there!r}: a record holds one partnership"


class NotInstalled(PartnershipError, ImportError):
    """An optional library that this needs is not there: install it, and ask again.

    Attributes:
        library: which.
        extra: the extra of this library that brings it.
    """

    def __init__(self, library: str, extra: str) -> None:
        super().__init__(library, extra)
        self.library = library
        self.extra = extra

    def _text(self) -> str:
        return f"this needs {self.library}; install it with: python -m pip install 'partnership[{self.extra}]'"


class StorageError(PartnershipError, OSError):
    """Something about the file, not about what is in it.

    Attributes:
        path: the file.
        reason: what happened and what to do.
    """

    def __init__(self, path: str, reason: str) -> None:
        super().__init__(path, reason)
        self.path = path
        self.reason = reason

    def _text(self) -> str:
        return f"{self.path}: {self.reason}"


class NotARecord(StorageError):
    """The file is something else: nothing was read and nothing was written."""


class NewerFormat(StorageError):
    """The file was written by a later version of the library: install that version, the file is as it was."""


class Damaged(StorageError):
    """The file does not hold what was written to it: restore a copy; ``verify`` says what is wrong."""


class ReadOnly(StorageError):
    """The file or its folder cannot be written: it can be read, nothing can be added."""


class StorageFull(StorageError):
    """No space is left: nothing of the block was written, and adding works again when there is space."""


class SupersededWarning(UserWarning):
    """What was added is in the record already and lies superseded by a correction or a retraction.

    The record has not changed. To bring the claim back, retract what undid it.
    """


class ClockWarning(UserWarning):
    """The machine's clock is more than a day behind the last entry of the log, so one of the two clocks is wrong.

    What is added is recorded at the instant of that last entry, because ``recorded_at`` never falls: until the clock
    has caught up, ``as_of(recorded=…)`` cannot tell such entries apart. Nothing is lost, and their order holds.
    """
