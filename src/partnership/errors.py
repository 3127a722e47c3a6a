"""Every exception of the library: what happened, which entry, what to do.

::

    PartnershipError
    ├── InvalidValue          a date, an amount, a slug, a text that cannot be one      (also ValueError)
    ├── InvalidEvent          an event whose fields are wrong: all reasons at once      (also ValueError)
    │   └── InvalidFields     an event with a field that it does not have, or without one it needs (also TypeError)
    ├── InvalidEntry          bytes or arguments that do not make an entry              (also ValueError)
    ├── InvalidLines          a file of lines some of which are not entries: all at once (also ValueError)
    ├── InvalidSubmission     a document with claims some of which cannot be: all at once (also ValueError)
    ├── InvalidKind           a kind of subject that cannot work: all reasons at once   (also ValueError)
    ├── UnknownEvent          an event that is not in the record's table                (also LookupError)
    ├── UnknownEntry          an entry that this record does not hold                   (also LookupError)
    ├── UnknownSubject        a subject about which this view has no entry              (also KeyError)
    ├── AmbiguousSubject      a slug that subjects of several kinds have                (also LookupError)
    ├── DifferentPartnership  a merge or an opening that would mix two partnerships     (also ValueError)
    ├── NotInstalled          an optional package is needed and not installed           (also ImportError)
    └── StorageError          the file, not what is in it                               (also OSError)
        ├── NotARecord        the file is something else
        ├── NewerFormat       the file was written by a later version of the library
        ├── Damaged           the file does not hold what was written to it
        ├── ReadOnly          the file or its folder cannot be written
        └── StorageFull       no space is left

    SupersededWarning         a warning: what was added is in the record already, and is superseded
    ClockWarning              a warning: the clock is far behind the last entry
    NearNameWarning           a warning: a new code, currency, period or subject looks like a misspelt one

Every part of a message is also an attribute, and every error can be pickled. A message quotes names and texts that
others wrote, so invisible characters are spelled out in it.
"""

from __future__ import annotations

import unicodedata
from itertools import zip_longest
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from datetime import date

__all__ = [
    "AmbiguousSubject",
    "ClockWarning",
    "Damaged",
    "DifferentPartnership",
    "InvalidEntry",
    "InvalidEvent",
    "InvalidFields",
    "InvalidKind",
    "InvalidLines",
    "InvalidSubmission",
    "InvalidValue",
    "NearNameWarning",
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


_INVISIBLE = {"Cc", "Cf", "Cn", "Co", "Cs", "Zl", "Zp"}
_JOINERS = "\u200c\u200d"  # Persian, Hindi and Sinhala need them


def visible(value: str) -> str:
    r"""Return a text of one line in which invisible characters are spelled out.

    Everything that is printed passes through this: a control character could colour or clear a terminal, a
    bidirectional one reorder a line, and a line separator begin a new line.

    >>> visible("Summit\u202e\n")
    'Summit<U+202E><U+000A>'

    Source: Unicode Technical Report 36, section 2 (visual spoofing).
    """
    if value.isprintable():
        return value
    return "".join(
        f"<U+{ord(char):04X}>" if unicodedata.category(char) in _INVISIBLE and char not in _JOINERS else char
        for char in value
    )


class PartnershipError(Exception):
    """The base class of all errors of the library."""

    def _text(self) -> str:
        return super().__str__()

    def __str__(self) -> str:
        return visible(self._text())


class Setting(NamedTuple):
    """An argument of a function that settles what is refused without it. A program may have another name for it.

    Attributes:
        advice: what it is for.
        argument: its name.
        value: one that it may have; None to show none.

    >>> str(Setting("or say that days come first", "day_first", True))
    'or say that days come first: day_first=True'
    """

    advice: str
    argument: str
    value: object = None

    def __str__(self) -> str:
        return f"{self.advice}: {self.argument}={'' if self.value is None else repr(self.value)}"


class InvalidValue(PartnershipError, ValueError):
    """A text or an object that is not a valid value of its type.

    Attributes:
        value: what was given.
        reason: what is wrong with it, as the rest of a sentence that begins with the value.
        instead: what to write instead; may be empty.
        setting: an argument of the function that would settle it; None if there is none.
    """

    def __init__(self, value: object, reason: str, instead: str = "", setting: Setting | None = None) -> None:
        super().__init__(value, reason, instead, setting)
        self.value = value
        self.reason = reason
        self.instead = instead
        self.setting = setting

    def _text(self) -> str:
        advice = [str(part) for part in (self.instead, self.setting) if part]
        return "; ".join([f"{_beginning_of(self.value)} {self.reason}", *advice])


def _beginning_of(value: object) -> str:
    """Return the beginning of a value's `repr`; an error message must not raise another error."""
    try:
        shown = repr(value)
    except Exception:  # noqa: BLE001  an integer of 5,000 digits has no text, and the `repr` of a foreign object may fail
        return f"this {type(value).__name__}"
    return shown if len(shown) <= 80 else f"{shown[:60]}… ({len(shown)} characters)"  # noqa: PLR2004  a message, no dump


class InvalidEvent(PartnershipError, ValueError):
    """An event whose fields are wrong, or cannot stand together: nothing is recorded.

    Attributes:
        event: the stored name of the event.
        subject: the slug given, or what was given in its place.
        reasons: one for each field that is wrong, ``field: reason``.
        meanings: what each of these fields means, in the same order; empty if the fields cannot stand together.
    """

    def __init__(self, event: str, subject: object, reasons: tuple[str, ...], meanings: tuple[str, ...] = ()) -> None:
        super().__init__(event, subject, reasons, meanings)
        self.event = event
        self.subject = subject
        self.reasons = reasons
        self.meanings = meanings

    def _text(self) -> str:
        explained = [
            f"{reason} ({meaning})" if meaning else reason
            for reason, meaning in zip_longest(self.reasons, self.meanings, fillvalue="")
        ]
        problem = f"{self.event} of {_beginning_of(self.subject)} cannot be recorded: {'; '.join(explained)}"
        return problem if self.event in _NEVER_PRINTED else f"{problem}. {_ADVICE}"


_ADVICE = "If a source really printed what cannot be, record its words: StatementMade(slug, text=…)"
_NEVER_PRINTED = {"statement-made", "claim-corrected", "claim-retracted", "claim-preferred", "subjects-declared-same"}


class InvalidFields(InvalidEvent, TypeError):
    """An event that was given a field that it does not have, or not given one that it needs: nothing is recorded.

    Attributes:
        event: the stored name of the event.
        subject: the slug given, or what was given in its place.
        reasons: one for each wrong argument, ``field: reason``.
        fields: the names of all its fields.
    """

    def __init__(self, event: str, subject: object, reasons: tuple[str, ...], fields: tuple[str, ...]) -> None:
        PartnershipError.__init__(self, event, subject, reasons, fields)
        self.event = event
        self.subject = subject
        self.reasons = reasons
        self.fields = fields

    def _text(self) -> str:
        problem = f"{self.event} of {_beginning_of(self.subject)} cannot be recorded: {'; '.join(self.reasons)}"
        return f"{problem}; its fields are {', '.join(self.fields)}"


class InvalidEntry(PartnershipError, ValueError):
    """Bytes, or the arguments beside an event, that do not make an entry.

    Attributes:
        where: which entry, as well as that is known: a position, a line, a subject.
        reasons: one sentence for each thing that is wrong.
    """

    def __init__(self, where: str, reasons: tuple[str, ...]) -> None:
        super().__init__(where, reasons)
        self.where = where
        self.reasons = reasons

    def _text(self) -> str:
        return f"{self.where}: {'; '.join(self.reasons)}"


class InvalidLines(PartnershipError, ValueError):
    """Files of lines, some of which are not entries: nothing was added.

    Attributes:
        lines: the file, the number of the line in it from 1, and the reasons, for each wrong line; at most 1,000,
            after which reading stops.
    """

    def __init__(self, lines: tuple[tuple[str, int, tuple[str, ...]], ...]) -> None:
        super().__init__(lines)
        self.lines = lines

    def __str__(self) -> str:
        many = len(self.lines)
        or_more = " or more" if many == MOST_LINES else ""
        message = [
            f"nothing was added, for {many}{or_more} lines cannot be read:" if many > 1 else "nothing was added:"
        ]
        message += [
            f"  {path}, line {number}: {'; '.join(reasons)}" for path, number, reasons in self.lines[:_LINES_SHOWN]
        ]
        message += [f"  and {many - _LINES_SHOWN} more"] if many > _LINES_SHOWN else []
        message.append("Lines are read as they were written: ask for the file again, or leave such lines out")
        return "\n".join(map(visible, message))


_LINES_SHOWN = 10
"""Wrong lines that a message shows."""
MOST_LINES = 1_000
"""Wrong lines after which reading stops."""


class Refusal(NamedTuple):
    """One thing in a submission, or in a sheet, that cannot be taken. Its text is one sentence.

    Attributes:
        where: the place: ``claims[2].planned``, ``source.url``, or the address of a cell, ``C7``.
        value: what stands there; None if nothing does, or if the place itself is what is wrong.
        reason: what is wrong, as the rest of a sentence that begins with the value.
        advice: what to write instead; may be empty.
        near: names that may be meant: events, fields, slugs, codes of parties, words of a closed list.
        setting: an argument of the function that would settle it; None if there is none.

    >>> str(Refusal("claims[0].host", "Chile", "is not the code of a party", "", ("CL",)))
    "claims[0].host: 'Chile' is not the code of a party; did you mean 'CL'?"
    """

    where: str
    value: object
    reason: str
    advice: str = ""
    near: tuple[str, ...] = ()
    setting: Setting | None = None

    def __str__(self) -> str:
        value = "" if self.value is None else f": {_beginning_of(self.value)}"
        said = f"{self.where}{value} {self.reason}"
        advice = "".join(f"; {part}" for part in (self.advice, self.setting) if part)
        unsaid = [repr(name) for name in self.near if repr(name) not in advice]
        return visible(said + advice + (f"; did you mean {' or '.join(unsaid)}?" if unsaid else ""))

    def __eq__(self, other: object) -> bool:  # a value that is no JSON may have a comparison of its own
        return isinstance(other, Refusal) and self._key() == other._key()

    def __ne__(self, other: object) -> bool:
        return not self == other

    def __hash__(self) -> int:
        return hash(self._key())

    def _key(self) -> tuple[object, ...]:
        return self.where, repr(self.value), *self[2:]


class InvalidSubmission(PartnershipError, ValueError):
    """A submission, or a sheet, some of which cannot be taken: nothing was recorded.

    Attributes:
        refusals: everything that is wrong, in the order of the document.
    """

    def __init__(self, refusals: tuple[Refusal, ...]) -> None:
        super().__init__(refusals)
        self.refusals = refusals

    def __str__(self) -> str:
        many = len(self.refusals)
        shown = [f"  {refusal}" for refusal in self.refusals[:_REFUSALS_SHOWN]]
        shown += [f"  and {many - _REFUSALS_SHOWN} more"] if many > _REFUSALS_SHOWN else []
        return "\n".join([f"nothing was recorded, for {many} thing{'s' * (many > 1)} cannot be taken:", *shown])


_REFUSALS_SHOWN = 50
"""Refusals that a message shows."""


class InvalidKind(PartnershipError, ValueError):
    """A kind of subject that cannot work as it is declared.

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
            return f"the kind {_beginning_of(self.kind)} cannot be used: {self.reasons[0]}"
        return "\n".join(
            [f"the kind {_beginning_of(self.kind)} cannot be used:", *(f"  {reason}" for reason in self.reasons)]
        )


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
    """A subject about which this record or view has no entry.

    Attributes:
        subject: the subject that was asked for.
        near: subjects with similar names.
        known: where only later sources tell of it, the day as of which it was asked for.
        first_known: the day of the first of these sources.
    """

    def __init__(
        self, subject: str, near: tuple[str, ...] = (), known: date | None = None, first_known: date | None = None
    ) -> None:
        super().__init__(subject, near, known, first_known)
        self.subject = subject
        self.near = near
        self.known = known
        self.first_known = first_known

    def _text(self) -> str:
        if self.first_known:
            return f"nothing was known of {self.subject!r} on {self.known}: its first source is of {self.first_known}"
        hint = f"; did you mean {' or '.join(self.near)}?" if self.near else ""
        return f"nothing is recorded of {self.subject!r} here{hint}"


class AmbiguousSubject(PartnershipError, LookupError):
    """A slug without a kind, where subjects of several kinds have it.

    Attributes:
        slug: the slug that was asked for.
        subjects: the subjects that have it.
    """

    def __init__(self, slug: str, subjects: tuple[str, ...]) -> None:
        super().__init__(slug, subjects)
        self.slug = slug
        self.subjects = subjects

    def _text(self) -> str:
        return f"{self.slug!r} may be {' or '.join(self.subjects)}; ask with the kind in front"


class DifferentPartnership(PartnershipError, ValueError):
    """A merge or an opening that would mix the records of two partnerships.

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
    """An optional package that is needed and not installed.

    Attributes:
        library: the package.
        extra: the extra of this library that it belongs to, all packages of which are named; empty if it is in none.
    """

    def __init__(self, library: str, extra: str) -> None:
        super().__init__(library, extra)
        self.library = library
        self.extra = extra

    def _text(self) -> str:
        named = LIBRARIES.get(self.extra, (self.library,))
        libraries = " ".join(f"'{name}'" if "[" in name else name for name in named)  # as a shell needs them
        return f"this needs {self.library}; install it with: python -m pip install {libraries}"


LIBRARIES = {
    "calendar": ("icalendar",),
    "charts": ("babel", "matplotlib"),
    "frames": ("nanoarrow",),
    "page": ("babel", "jinja2"),
    "postgres": ("psycopg[binary]",),
    "sheets": ("python-calamine", "xlsxwriter"),
    "terminal": ("prompt-toolkit", "rich"),
}
"""The packages of each extra. They are named because this library may have been installed from a folder or a URL, and
its name on a package index may be that of another project.
"""


class StorageError(PartnershipError, OSError):
    """A problem with the file or the server, not with an entry.

    Attributes:
        path: the file, or the address of the record.
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
    """The file was written by a later version of the library: install that version. The file was not changed."""


class Damaged(StorageError):
    """The file does not hold what was written to it: restore a copy; ``verify`` says what is wrong."""


class ReadOnly(StorageError):
    """The file or its folder cannot be written: it can be read, nothing can be added."""


class StorageFull(StorageError):
    """No space is left: nothing of the block was written, and adding works again when there is space."""


class SupersededWarning(UserWarning):
    """What was added is in the record already, and is superseded by a correction or a retraction.

    The record has not changed. To bring the claim back, retract the correction or the retraction.
    """


class ClockWarning(UserWarning):
    """The machine's clock is more than a day behind the last entry of the log, so one of the two clocks is wrong.

    What is added is recorded at the instant of that last entry, because ``recorded_at`` never decreases: until the
    clock has caught up, ``as_of(recorded=…)`` cannot tell such entries apart. Nothing is lost, and their order holds.
    """


class NearNameWarning(UserWarning):
    """A party code, a currency or a subject that is new to the record looks like a misspelt one.

    It is recorded as it is written, for codes and slugs are the user's. A wrong code is corrected with
    ``record.correct(entry, host="CL")``; ``record.same_as`` joins two names of one subject.
    """
