"""Documents on their way: proposed, planned, tabled, drafted, negotiated, or not adopted.

What any report of a document may say stands here too; the document itself and its rules on the page ``documents.py``.

Source: ``domain.md`` 2.3 (terms), 2.5 (the wording) and 2.6 (lifecycle).
"""

from __future__ import annotations

from typing import Literal, get_args

from attrs import field, frozen

from partnership.model import fields
from partnership.model.event import SAID, Event
from partnership.model.fields import LABEL, PARTY, refers_to
from partnership.values.when import When

__all__ = [
    "DocumentNotAdopted",
    "DocumentPlanned",
    "DocumentProposed",
    "DraftTabled",
    "DraftingReported",
    "NegotiationConcluded",
]

Form = Literal[
    "treaty",
    "agreement",
    "mou",
    "declaration",
    "statement",
    "communique",
    "plan",
    "programme",
    "roadmap",
    "rules",
    "terms-of-reference",
    "protocol",
    "other",
]
"""What kind of text it is."""

PlannedAct = Literal["adopt", "sign", "accede", "conclude"]
"""What is to be done; "conclude" may mean to end the talks or to sign."""


def _form(value: Form | None) -> Form | None:
    return fields.one_of(get_args(Form), value)  # type: ignore[no-any-return]


def _act(value: PlannedAct | None) -> PlannedAct | None:
    return fields.one_of(get_args(PlannedAct), value)  # type: ignore[no-any-return]


@frozen(kw_only=True)
class DocumentEvent(Event):
    """What any report of a document may say of it.

    Attributes:
        title: the name that the source uses.
        form: what kind of text it is.
        is_binding: whether it binds in law.
        parties: between whom it is.
        meeting: the meeting at which it was done, its slug.
        place: where.
        topics: what it is about.
        period: for which time it is made, from its first day to its last.
        supersedes: the slug of the document whose place it takes.
    """

    kind = "document"

    title: str | None = field(default=None, converter=fields.name, metadata=LABEL)
    form: Form | None = field(default=None, converter=_form)
    is_binding: bool | None = field(default=None, converter=fields.flag)
    parties: tuple[str, ...] = field(default=(), converter=fields.codes, metadata=PARTY)
    meeting: str | None = field(default=None, converter=fields.ref, metadata=refers_to("meeting"))
    place: str | None = field(default=None, converter=fields.name)
    topics: tuple[str, ...] = field(default=(), converter=fields.texts, metadata=LABEL)
    period: When | None = field(default=None, converter=fields.day)
    supersedes: str | None = field(default=None, converter=fields.ref, metadata=refers_to("document"))


@frozen(kw_only=True)
class DocumentProposed(DocumentEvent):
    """One side proposes a document; nobody has agreed, so nothing is expected.

    Attributes:
        by: who proposes.
    """

    name = "document-proposed"
    rank = 10
    same = SAID

    by: tuple[str, ...] = field(default=(), converter=fields.codes, metadata=PARTY)


@frozen(kw_only=True)
class DocumentPlanned(DocumentEvent):
    """A document is to be adopted, signed, acceded to; a newer plan stands for an older one (AR-107, AR-181).

    Attributes:
        planned: when.
        by: who says so or is to act, when one side does.
        condition: on what it depends.
        act: what is to be done.
        is_tentative: the source only hopes or expects it (AR-124, AR-243).
    """

    name = "document-planned"
    rank = 20
    same = SAID

    planned: When | None = field(default=None, converter=fields.day)
    by: tuple[str, ...] = field(default=(), converter=fields.codes, metadata=PARTY)
    condition: str | None = field(default=None, converter=fields.words, metadata=LABEL)
    act: PlannedAct | None = field(default=None, converter=_act)
    is_tentative: bool | None = field(default=None, converter=fields.flag)


@frozen(kw_only=True)
class DraftTabled(DocumentEvent):
    """One side lays a draft on the table (AR-090).

    Attributes:
        by: who.
    """

    name = "draft-tabled"
    rank = 30
    same = SAID

    by: tuple[str, ...] = field(default=(), converter=fields.codes, metadata=PARTY)


@frozen(kw_only=True)
class DraftingReported(DocumentEvent):
    """A document is said to be drawn up, worked on, at its final stage (AR-116, AR-145, AR-198)."""

    name = "drafting-reported"
    rank = 30
    same = SAID


@frozen(kw_only=True)
class NegotiationConcluded(DocumentEvent):
    """The text is agreed among those who negotiated it, and nobody has adopted it yet (AR-118)."""

    name = "negotiation-concluded"
    rank = 40


@frozen(kw_only=True)
class DocumentNotAdopted(DocumentEvent):
    """A document was to be adopted at a meeting and was not (AR-187, AR-241); each meeting may fail anew.

    Attributes:
        by: who stood in the way, as the source has it.
        reason: why, in the source's words.
    """

    name = "document-not-adopted"
    rank = 45
    same = ("meeting",)

    by: tuple[str, ...] = field(default=(), converter=fields.codes, metadata=PARTY)
    reason: str | None = field(default=None, converter=fields.words, metadata=LABEL)
