"""Index keys: 64-bit integers by which a store finds entries without reading the whole log.

Every entry has the key of its claim, a key for each subject that it is about, and one for each subject that it only
refers to. An amendment has a key for each claim that it amends, and one that all amendments share; a declaration that
two subjects are the same has the keys of both, and one that all such declarations share.

A key is the first 64 bits of a hash. Results are checked against the entry, so a collision costs time and never gives a
wrong answer. An integer key is read and written 2.6 times faster than a text.

Keys are written once, with the entry; so which fields refer to subjects is permanent, as their names are.
"""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from functools import lru_cache
from hashlib import sha256

from partnership.model.entry import Claim
from partnership.model.event import Event, fields_of
from partnership.subjects.amendments import Amendment, ClaimCorrected, SubjectsDeclaredSame

__all__ = [
    "AIMED",
    "SAME",
    "aim_key",
    "amended_claims",
    "claim_key",
    "keys_of",
    "reference_key",
    "referenced_subjects",
    "subject_key",
    "subjects_of",
]


_DIGEST_LENGTH = 64  # hexadecimal digits of a SHA-256
_WITH_SEVERAL_SUBJECTS = (Amendment, SubjectsDeclaredSame)


def claim_key(claim: str) -> int:
    """Return the key of a claim: the first bits of its id, or of a hash where an amendment names any other slug."""
    if len(claim) == _DIGEST_LENGTH:
        with suppress(ValueError):
            return int.from_bytes(bytes.fromhex(claim[:16]), signed=True)
    return _hash(claim)


def aim_key(claim: str) -> int:
    """Return the key of the amendments of a claim."""
    return subject_key(f"→{claim}")


@lru_cache(maxsize=65_536)
def subject_key(subject: str) -> int:
    """Return the key of the entries about a subject, ``kind:slug``."""
    return _hash(subject)


def _hash(text: str) -> int:
    encoded = text.encode(errors="surrogatepass")  # a query may hold half a character; it finds nothing
    return int.from_bytes(sha256(encoded).digest()[:8], signed=True)


@lru_cache(maxsize=65_536)
def reference_key(subject: str) -> int:
    """Return the key of the entries that refer to a subject."""
    return _hash(f"@{subject}")


SAME = subject_key("=")
"""The key of every declaration that two subjects are the same."""

AIMED = subject_key("→")
"""The key of every amendment."""


def keys_of(claim: Claim) -> tuple[int, ...]:
    """Return the keys of an entry with a claim; that of the claim first."""
    event = claim.event
    if not isinstance(event, _WITH_SEVERAL_SUBJECTS):
        references = map(reference_key, _references(event))
        return tuple(dict.fromkeys([claim_key(claim.id), subject_key(event.about), *references]))
    keys = [claim_key(claim.id), *map(aim_key, amended_claims(event))]
    if isinstance(event, Amendment):
        keys.append(AIMED)
    if isinstance(event.event if isinstance(event, ClaimCorrected) else event, SubjectsDeclaredSame):
        keys.append(SAME)
    keys += map(subject_key, subjects_of(event))
    keys += map(reference_key, referenced_subjects(event))
    return tuple(dict.fromkeys(keys))


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
    return tuple(dict.fromkeys(_references(event)))


def _references(event: Event) -> list[str]:
    references: list[str] = []
    for name, kind in fields_of(type(event)).refers:
        value: str | Iterable[str] | None = getattr(event, name)
        if value:
            members = (value,) if isinstance(value, str) else value
            references += members if kind == "*" else [f"{kind}:{slug}" for slug in members]
    return references
