"""By what the entries of a log are found without reading all of it: numbers made from what they speak of.

Every entry has the key of its claim, then one for each subject that it is about, and one for each that it only refers
to. A amendment has one for each claim at which it aims, and one that all amendments have; one subject's being the same as
another has those of both, and one that all such entries have. A key is the first 64 bits of a hash: what is found by it
is looked at, so two texts of one key cost a look and no answer.

Which fields refer to a subject is permanently, as their names are: the keys of an entry are written once.

Source: ``performance.md``, "ways that paid": an integer key reads and writes 2.6 times faster than a text.
"""

from __future__ import annotations

from collections.abc import Iterable
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


_DIGITS = 64  # of a SHA-256
_OF_SEVERAL = (Amendment, SubjectsDeclaredSame)


def claim_key(claim: str) -> int:
    """Return the key of a claim, from its id; what a amendment aims at may be any slug."""
    return _first(claim) if len(claim) == _DIGITS else _hashed(claim)


def _first(claim: str) -> int:
    try:
        return int.from_bytes(bytes.fromhex(claim[:16]), signed=True)
    except ValueError:
        return _hashed(claim)


def aim_key(claim: str) -> int:
    """Return the key of what aims at a claim."""
    return subject_key(f"→{claim}")


@lru_cache(maxsize=65_536)
def subject_key(subject: str) -> int:
    """Return the key of what is about a subject, ``kind:slug``."""
    return _hashed(subject)


def _hashed(text: str) -> int:
    encoded = text.encode(errors="surrogatepass")  # who asks for half a character finds nothing under it
    return int.from_bytes(sha256(encoded).digest()[:8], signed=True)


@lru_cache(maxsize=65_536)
def reference_key(subject: str) -> int:
    """Return the key of what refers to a subject."""
    return _hashed(f"@{subject}")


SAME = subject_key("=")
"""The key of every entry that says that two subjects are one."""

AIMED = subject_key("→")
"""The key of every entry that aims at a claim."""


def keys_of(claim: Claim) -> tuple[int, ...]:
    """Return the keys of an entry that carries a claim; its own first."""
    event = claim.event
    if not isinstance(event, _OF_SEVERAL):
        referred = [reference_key(one) for one in _referred_to(event)]
        return tuple(dict.fromkeys([claim_key(claim.id), subject_key(event.about), *referred]))
    found = [claim_key(claim.id), *map(aim_key, amended_claims(event))]
    if isinstance(event, Amendment):
        found.append(AIMED)
    if isinstance(event.event if isinstance(event, ClaimCorrected) else event, SubjectsDeclaredSame):
        found.append(SAME)
    found += map(subject_key, subjects_of(event))
    found += map(reference_key, referenced_subjects(event))
    return tuple(dict.fromkeys(found))


def amended_claims(event: Event) -> tuple[str, ...]:
    """Return the claims at which an event aims; of a correction, those too at which it should have aimed."""
    if not isinstance(event, Amendment):
        return ()
    return (event.subject, *(amended_claims(event.event) if isinstance(event, ClaimCorrected) else ()))


def subjects_of(event: Event) -> tuple[str, ...]:
    """Return the subjects that an event is about; of a correction, what should have been said is about."""
    if isinstance(event, SubjectsDeclaredSame):
        return f"{event.of}:{event.subject}", f"{event.of}:{event.other}"
    if isinstance(event, Amendment):
        return subjects_of(event.event) if isinstance(event, ClaimCorrected) else ()
    return (event.about,)


def referenced_subjects(event: Event) -> tuple[str, ...]:
    """Return the subjects that the fields of an event refer to, ``kind:slug``, each once."""
    if isinstance(event, ClaimCorrected):
        return referenced_subjects(event.event)
    return tuple(dict.fromkeys(_referred_to(event)))


def _referred_to(event: Event) -> list[str]:
    found: list[str] = []
    for name, kind in fields_of(type(event)).refers:
        value: str | Iterable[str] | None = getattr(event, name)
        if value:
            several = (value,) if isinstance(value, str) else value
            found += several if kind == "*" else [f"{kind}:{one}" for one in several]
    return found
