"""An entry in the parts that a store keeps, and what a store writes of a new one.

The parts of an entry determine its canonical bytes (`partnership.serialization.entry_layout`), which are hashed and are
not stored: names that many entries share are kept once, and nothing is parsed to find a subject or an event.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from partnership._frozen import frozen
from partnership.serialization.canonical import canonical, quoted


@lru_cache(maxsize=4096)
def _beginning(event: str) -> bytes:
    return b'{"event":' + quoted(event).encode()


@lru_cache(maxsize=256)  # entries about a subject often follow each other
def _end(subject: str, version: int) -> bytes:
    slug = quoted(subject.partition(":")[2])
    return f',"subject":{slug},"v":{version}}}'.encode()


@frozen
class Columns:
    """An entry in the parts that a store keeps; together they are its bytes.

    Attributes:
        subject: what it is about, ``kind:slug``; of an amendment ``claim:id``, of a declaration ``subject:slug``.
        event: the stored name of the event.
        version: the version of its fields.
        fields: the fields as a canonical JSON object; empty for none.
        source: the source as a canonical JSON object.
        speaker: the speaker as canonical JSON text; empty for none.
        remarks: the remarks as a canonical JSON object; empty for none.
    """

    subject: str
    event: str
    version: int
    fields: bytes
    source: bytes
    speaker: bytes
    remarks: bytes

    @property
    def claim(self) -> bytes:
        """The canonical bytes of the claim, whose SHA-256 is its id."""
        fields = b',"fields":' + self.fields if self.fields else b""
        speaker = b',"speaker":' + self.speaker if self.speaker else b""
        end = _end(self.subject, self.version)
        return b"".join((_beginning(self.event), fields, b',"source":', self.source, speaker, end))

    @property
    def body(self) -> bytes:
        """The canonical bytes of the entry, whose SHA-256 is its id."""
        return body_of(self.claim, self.remarks)


def body_of(claim: bytes, remarks: bytes) -> bytes:
    """Return the canonical bytes of an entry from those of its claim and of its remarks, empty for none."""
    return b'{"claim":%b,"remarks":%b}' % (claim, remarks) if remarks else b'{"claim":%b}' % claim


def columns_of(value: dict[str, Any], kind: str) -> Columns:
    """Return the parts of an entry about a subject of a kind, from a JSON value that was decoded before."""
    claim = value["claim"]
    fields, speaker = (canonical(claim[key]) if key in claim else b"" for key in ("fields", "speaker"))
    remarks = canonical(value["remarks"]) if "remarks" in value else b""
    subject = f"{kind}:{claim['subject']}"
    return Columns(subject, claim["event"], claim["v"], fields, canonical(claim["source"]), speaker, remarks)


@frozen
class NewEntry:
    """What a store writes of a new entry.

    Attributes:
        id: SHA-256 of its body, as hexadecimal digits.
        claim_id: SHA-256 of its claim, as hexadecimal digits.
        columns: its parts.
        subjects: what it is found under, each once; the subject of its parts first.
        references: the subjects that its fields refer to, each once.
    """

    id: str
    claim_id: str
    columns: Columns
    subjects: tuple[str, ...]
    references: tuple[str, ...]
