"""What an entry is found under in a store: subjects, and the subjects that its fields refer to.

An ordinary event is found under the subject that it is about. An amendment is found under the claims that it amends,
``claim:id``, and a correction also under the subjects of the event that replaces the wrong one. A declaration that two
subjects are the same is found under both. So every amendment is found by the kind ``claim``, and every declaration
that two subjects are the same, with the corrections to one, by the kind ``subject``.

Subjects are written once, with the entry; so which fields refer to subjects is permanent, as their names are.
"""

from __future__ import annotations

from collections.abc import Iterable

from partnership.model.event import Event, fields_of
from partnership.subjects.amendments import Amendment, ClaimCorrected, SubjectsDeclaredSame
from partnership.values.text import split_subject

_WITH_SEVERAL_SUBJECTS = (Amendment, SubjectsDeclaredSame)


def found_under(event: Event) -> tuple[str, ...]:
    """Return the subjects under which an entry with an event is found, each once; what the event is about first."""
    if not isinstance(event, _WITH_SEVERAL_SUBJECTS):
        return (event.about,)
    subjects = [event.about, *(f"claim:{claim}" for claim in amended_claims(event)), *subjects_of(event)]
    if isinstance(event, ClaimCorrected) and isinstance(event.event, SubjectsDeclaredSame):
        subjects.append(event.event.about)
    return tuple(dict.fromkeys(subjects))


def amended_claims(event: Event) -> tuple[str, ...]:
    """Return the claims that an event amends; for a corrected amendment, also those that it should have amended."""
    if not isinstance(event, Amendment):
        return ()
    return (event.subject, *(amended_claims(event.event) if isinstance(event, ClaimCorrected) else ()))


def subjects_of(event: Event) -> tuple[str, ...]:
    """Return the subjects that an event is about; for a correction, those of the event that replaces the wrong one."""
    if isinstance(event, SubjectsDeclaredSame):
        return f"{event.of}:{event.subject}", f"{event.of}:{event.other}"
    if isinstance(event, Amendment):
        return subjects_of(event.event) if isinstance(event, ClaimCorrected) else ()
    return (event.about,)


def referenced_subjects(event: Event) -> tuple[str, ...]:
    """Return the subjects that the fields of an event refer to, ``kind:slug``, each once."""
    if isinstance(event, ClaimCorrected):
        return referenced_subjects(event.event)
    references = _references(event)
    return tuple(dict.fromkeys(references) if len(references) > 1 else references)


def referenced_kinds(event: Event) -> set[str]:
    """Return the kinds of the subjects that the fields of an event, which is no amendment, refer to."""
    fields = fields_of(type(event))
    kinds = {kind for name, kind in fields.refers if getattr(event, name)}
    if "*" in kinds:
        return {split_subject(subject)[0] for subject in _references(event)}
    return kinds


def _references(event: Event) -> list[str]:
    references: list[str] = []
    for name, kind in fields_of(type(event)).refers:
        value: str | Iterable[str] | None = getattr(event, name)
        if value:
            members = (value,) if isinstance(value, str) else value
            references += members if kind == "*" else [f"{kind}:{slug}" for slug in members]
    return references
