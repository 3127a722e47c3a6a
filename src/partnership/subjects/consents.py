"""What parties do to a document, each for itself, and what follows: signed, ratified, in force, ended.

These are events of a document; its state and its rules stand on the page ``documents.py``.

Source: ``domain.md`` 0 (finding 7: acts are per party), 2.3 (legal text) and 2.6.
"""

from __future__ import annotations

from attrs import field, frozen

from partnership.model import fields
from partnership.model.event import SAID
from partnership.model.fields import LABEL, PARTY
from partnership.subjects.drafts import DocumentEvent

__all__ = [
    "DocumentAcceded",
    "DocumentAmended",
    "DocumentExpired",
    "DocumentSigned",
    "DocumentTerminated",
    "EnteredIntoForce",
    "NotificationGiven",
    "ProvisionalApplicationBegan",
    "RatificationCompleted",
]


@frozen(kw_only=True)
class ConsentEvent(DocumentEvent):
    """An act of one party, on its own day and at its own place (AR-142, AR-143).

    Attributes:
        signatory: the party that acts; where absent, all parties act together.
    """

    same = ("signatory",)

    signatory: str | None = field(default=None, converter=fields.code, metadata=PARTY)


@frozen(kw_only=True)
class DocumentSigned(ConsentEvent):
    """A party signs, or all do.

    Attributes:
        signed_by: the persons who sign.
    """

    name = "document-signed"
    rank = 60

    signed_by: tuple[str, ...] = field(default=(), converter=fields.names_of, metadata=LABEL)


@frozen(kw_only=True)
class RatificationCompleted(ConsentEvent):
    """A party has ratified: its own law is satisfied."""

    name = "ratification-completed"
    rank = 65


@frozen(kw_only=True)
class NotificationGiven(ConsentEvent):
    """A party tells the others, or the depositary, that it has done what its law asks."""

    name = "notification-given"
    rank = 66


@frozen(kw_only=True)
class DocumentAcceded(ConsentEvent):
    """A party joins a treaty that others made (AR-182)."""

    name = "document-acceded"
    rank = 67


@frozen(kw_only=True)
class ProvisionalApplicationBegan(DocumentEvent):
    """A document is applied before it is in force, for years perhaps.

    Attributes:
        part: which part of it, where not the whole.
    """

    name = "provisional-application-began"
    rank = 68

    part: str | None = field(default=None, converter=fields.name)


@frozen(kw_only=True)
class EnteredIntoForce(DocumentEvent):
    """A document is in force from ``on``.

    Attributes:
        is_retroactive: it says itself that it takes effect before its signature.
    """

    name = "entered-into-force"
    rank = 70

    is_retroactive: bool | None = field(default=None, converter=fields.flag)


@frozen(kw_only=True)
class DocumentAmended(DocumentEvent):
    """A document is changed by those whose it is."""

    name = "document-amended"
    rank = 80
    same = SAID


@frozen(kw_only=True)
class DocumentExpired(DocumentEvent):
    """The time of a document has run out."""

    name = "document-expired"
    rank = 90


@frozen(kw_only=True)
class DocumentTerminated(DocumentEvent):
    """A document is ended before its time, or at no set time.

    Attributes:
        by: who ends it, when one side does.
        reason: why, in the source's words.
    """

    name = "document-terminated"
    rank = 92

    by: tuple[str, ...] = field(default=(), converter=fields.codes, metadata=PARTY)
    reason: str | None = field(default=None, converter=fields.words, metadata=LABEL)
