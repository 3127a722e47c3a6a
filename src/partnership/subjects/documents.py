"""Documents: proposed, drafted, adopted, signed and ratified by each party, in force, expired.

Signature, ratification, notification and accession are acts of single parties, on days of their own. No order of events
is enforced, since sources report them in any order; unusual ones give findings.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from functools import partial
from itertools import chain, combinations
from typing import Any, ClassVar, Literal, TypeVar

from attrs import NOTHING, field
from attrs import fields as attrs_fields

from partnership import fields
from partnership._frozen import frozen
from partnership.model import converters
from partnership.model.construct import replace
from partnership.model.converters import ACCOUNT, LABEL, PERSONS, PLACE
from partnership.model.event import PER_PUBLICATION, Event, Identity, Together
from partnership.model.expectations import (
    Expectation,
    Outcome,
    PlannedState,
    outstanding,
    replan,
    without_met,
    without_plan_words,
)
from partnership.model.findings import contradiction, gap, last, named, oddity, titles_of
from partnership.model.kind import BuiltInKind, Kind
from partnership.model.money_words import with_equivalent
from partnership.model.occurrence import Finding, Occurrence
from partnership.model.open_plans import OpenPlan
from partnership.model.plan_words import PLAN_WORDS, Force
from partnership.model.progress import odd_counts
from partnership.model.projection import Lifecycle, Projection, Step, cleared, copy_fields
from partnership.model.state_rows import by_day, with_row
from partnership.values.amounts import Count, Duration, Money, Percent
from partnership.values.date_words import in_words
from partnership.values.when import When

__all__ = [
    "ApplicationResumed",
    "ApplicationSuspended",
    "DocumentAcceded",
    "DocumentAdopted",
    "DocumentAmended",
    "DocumentApproved",
    "DocumentBlocked",
    "DocumentExpired",
    "DocumentExtended",
    "DocumentInitialled",
    "DocumentNotAdopted",
    "DocumentPlanned",
    "DocumentProposed",
    "DocumentPublished",
    "DocumentSigned",
    "DocumentTerminated",
    "DocumentUnblocked",
    "DraftTabled",
    "DraftingReported",
    "EnteredIntoForce",
    "NegotiationConcluded",
    "NegotiationOpened",
    "NegotiationPaused",
    "NegotiationProgressReported",
    "NegotiationResumed",
    "NotificationGiven",
    "ProvisionReported",
    "ProvisionalApplicationBegan",
    "RatificationCompleted",
    "ReservationMade",
    "WithdrawalCompleted",
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
    "strategy",
    "contract",
    "convention",
    "charter",
    "framework",
    "letter",
    "exchange-of-notes",
]
"""The kind of document."""

PlannedAct = Literal[
    "adopt",
    "sign",
    "accede",
    "conclude",
    "ratify",
    "apply",
    "enter-into-force",
    "terminate",
    "open-negotiations",
    "resume-negotiations",
    "initial",
    "approve",
    "notify",
    "amend",
    "extend",
    "publish",
    "withdraw",
]
"""An act on a document that is planned, blocked, approved or not done.

"apply" means provisionally; "conclude" means to end negotiations, to sign or, after it, to ratify; "approve" is what a
parliament or a government does; "withdraw" means to leave a document that stays in force between the others.
"""


Matter = Literal["completion", "extension", "amendment", "suspension", "withdrawal", "termination", "other"]
"""What a party gives notice of; "completion" is that of its internal procedures."""


@frozen(kw_only=True)
class DocumentEvent(Event):
    """Base class of the events of a document: fields that any report may have.

    Attributes:
        title: the name that the source uses.
        form: the kind of document.
        is_binding: whether it is legally binding.
        parties: the parties to the document.
        meeting: slug of the meeting at which the event took place.
        place: city or venue of the event.
        topics: the topics in the source's words.
        period: the period that the document covers, from its first day to its last.
        supersedes: slug of the document that it replaces.
        part_of: slug of the document that it is a part of, such as the agreement to which it is a protocol.
        count: how many documents the subject stands for, if it is a group of unnamed ones.
        duration: how long it runs, if the source gives no first day.
        worth: the value of a contract, or of the deals that the subject stands for; what somebody promises in a
            document is a commitment, and what a document provides for a `ProvisionReported`.
        equivalent: the same sum in a second currency, as the source prints it; not converted.
        visit: slug of the visit during which it was done.
    """

    kind = "document"
    describes: ClassVar[tuple[str, ...]] = (
        "form",
        "is_binding",
        "parties",
        "period",
        "supersedes",
        "part_of",
        "count",
        "duration",
        "worth",
        "equivalent",
    )

    title: str | None = field(default=None, converter=converters.name, metadata=LABEL)
    form: Form | None = fields.choice(Form)
    is_binding: bool | None = field(default=None, converter=converters.flag)
    parties: tuple[str, ...] = field(default=(), converter=converters.codes)
    meeting: str | None = fields.ref("meeting")
    place: str | None = field(default=None, converter=converters.name, metadata=PLACE)
    topics: tuple[str, ...] = field(default=(), converter=converters.texts, metadata=LABEL)
    period: When | None = field(default=None, converter=converters.day)
    supersedes: str | None = fields.ref("document")
    part_of: str | None = fields.ref("document")
    count: Count | None = field(default=None, converter=converters.count)
    duration: Duration | None = field(default=None, converter=converters.duration)
    worth: Money | None = field(default=None, converter=converters.amount)
    equivalent: Money | None = field(default=None, converter=converters.amount)
    visit: str | None = fields.ref("visit")


@frozen(kw_only=True)
class JointEvent(DocumentEvent):
    """Base class of acts of all parties, in which some may not have joined.

    Attributes:
        not_by: parties of which the source says that they did not do so, or not yet.
        not_by_count: how many parties did not do so, if they are not named: "some members" are at least two.
    """

    not_by: tuple[str, ...] = field(default=(), converter=converters.codes)
    not_by_count: Count | None = field(default=None, converter=converters.count)


@frozen(kw_only=True)
class DocumentProposed(DocumentEvent):
    """A document is proposed; until the sides agree, nothing is expected.

    Attributes:
        by: the side that proposes it.
    """

    name = "document-proposed"
    rank = 10
    identity: ClassVar[Identity] = PER_PUBLICATION
    describes: ClassVar[tuple[str, ...]] = ()

    by: tuple[str, ...] = field(default=(), converter=converters.codes)


@frozen(kw_only=True)
class DocumentPlanned(DocumentEvent):
    """An act on a document is planned, such as its signature; a newer plan replaces an older one of the same act.

    Attributes:
        planned: date of the act.
        by: the side that says so, or is to act, if only one does.
        condition: the condition on which it depends.
        act: the planned act. Without it, the plan is of the act that was planned, or of adoption or signature.
        is_tentative: whether the source only hopes for or expects it.
        timing: the date in the source's words: "in the coming months".
        is_undated: whether the source says that no date is set; an earlier date then no longer stands.
        force: how strongly the source puts the plan, from possible to confirmed.
        part: the part of the document that the act is of, such as the one that is to be applied provisionally.
        institution: the institution of the party that is to act, such as its parliament.
    """

    name = "document-planned"
    rank = 20
    identity: ClassVar[Identity] = PER_PUBLICATION
    distinct_by: ClassVar[tuple[str, ...]] = ("on", "act", "by", "part", "institution")
    describes: ClassVar[tuple[str, ...]] = ()

    planned: When | None = field(default=None, converter=converters.day)
    by: tuple[str, ...] = field(default=(), converter=converters.codes)
    condition: str | None = field(default=None, converter=converters.words, metadata=ACCOUNT)
    act: PlannedAct | None = fields.choice(PlannedAct)
    is_tentative: bool | None = field(default=None, converter=converters.flag)
    timing: str | None = field(default=None, converter=converters.words, metadata=ACCOUNT)
    is_undated: bool | None = field(default=None, converter=converters.flag)
    force: Force | None = fields.choice(Force)
    part: str | None = field(default=None, converter=converters.name)
    institution: str | None = field(default=None, converter=converters.name)


@frozen(kw_only=True)
class NegotiationOpened(DocumentEvent):
    """Negotiations on a document are opened."""

    name = "negotiation-opened"
    rank = 25


@frozen(kw_only=True)
class NegotiationPaused(DocumentEvent):
    """Negotiations are paused, suspended or broken off; no source says that they have ended for good.

    Attributes:
        by: the side that pauses them, if only one does.
        reason: the reason in the source's words.
        episode: which pause, in the desk's words, if there were several.
    """

    name = "negotiation-paused"
    rank = 26
    identity: ClassVar[Identity] = ("by", "episode")
    describes: ClassVar[tuple[str, ...]] = ()

    by: tuple[str, ...] = field(default=(), converter=converters.codes)
    reason: str | None = field(default=None, converter=converters.words, metadata=ACCOUNT)
    episode: str | None = field(default=None, converter=converters.name)


@frozen(kw_only=True)
class NegotiationResumed(DocumentEvent):
    """Paused negotiations are resumed.

    Attributes:
        by: the side that resumes them, if only one does.
        episode: which pause ends, in the desk's words, if there were several.
    """

    name = "negotiation-resumed"
    rank = 27
    identity: ClassVar[Identity] = ("by", "episode")
    describes: ClassVar[tuple[str, ...]] = ()

    by: tuple[str, ...] = field(default=(), converter=converters.codes)
    episode: str | None = field(default=None, converter=converters.name)


@frozen(kw_only=True)
class NegotiationProgressReported(DocumentEvent):
    """Progress of negotiations is reported as of a day.

    Attributes:
        as_of: the day of the count; if unknown, the day of publication as an upper bound (``../2021-04-02``).
        rounds: how many rounds of negotiations were held.
        done: how many units of the text are agreed. More than `total` is accepted, and is a finding.
        total: how many units there are in all.
        unit: the unit of `done` and `total`, in the source's words: "chapters".
        share: the share that is agreed, if the source gives a percentage.
        text: the progress in the source's words.
        open_points: what is not agreed yet, in the source's words.
    """

    name = "negotiation-progress-reported"
    rank = 28
    identity: ClassVar[Identity] = ("as_of",)
    together: ClassVar[Together] = (("done", "total"),)
    describes: ClassVar[tuple[str, ...]] = ()
    dated_by = "as_of"

    as_of: When = field(converter=converters.needed_day)
    rounds: Count | None = field(default=None, converter=converters.count)
    done: Count | None = field(default=None, converter=converters.count)
    total: Count | None = field(default=None, converter=converters.count)
    unit: str | None = field(default=None, converter=converters.name, metadata=LABEL)
    share: Percent | None = field(default=None, converter=converters.percent)
    text: str | None = field(default=None, converter=converters.words, metadata=ACCOUNT)
    open_points: tuple[str, ...] = field(default=(), converter=converters.texts, metadata=LABEL)


@frozen(kw_only=True)
class DraftTabled(DocumentEvent):
    """A draft is submitted.

    Attributes:
        by: the side that submits it.
    """

    name = "draft-tabled"
    rank = 30
    identity: ClassVar[Identity] = PER_PUBLICATION
    describes: ClassVar[tuple[str, ...]] = ()

    by: tuple[str, ...] = field(default=(), converter=converters.codes)


@frozen(kw_only=True)
class DraftingReported(DocumentEvent):
    """A document is being drafted, or the draft is being finalized.

    Attributes:
        stage: how far the draft has come, in the source's words: "legal scrubbing", "being translated".
    """

    name = "drafting-reported"
    rank = 30
    identity: ClassVar[Identity] = PER_PUBLICATION
    describes: ClassVar[tuple[str, ...]] = ()

    stage: str | None = field(default=None, converter=converters.name, metadata=ACCOUNT)


@frozen(kw_only=True)
class NegotiationConcluded(JointEvent):
    """Negotiations on the text are concluded; the document is not adopted yet.

    Attributes:
        episode: which conclusion, in the desk's words, if they were reopened and concluded again.
    """

    name = "negotiation-concluded"
    rank = 40
    identity: ClassVar[Identity] = ("episode",)

    episode: str | None = field(default=None, converter=converters.name)


@frozen(kw_only=True)
class DocumentNotAdopted(DocumentEvent):
    """A document that was to be adopted at a meeting is not adopted; this may happen at several meetings.

    With `act`, something else is not done: it is not signed, or a parliament rejects its ratification.

    Attributes:
        by: the parties that prevented it, according to the source.
        reason: the reason in the source's words.
        act: what was not done, if not its adoption: "sign", or "ratify" where a parliament rejects it.
        institution: the institution that did not do so, such as the parliament of a party.
    """

    name = "document-not-adopted"
    rank = 45
    identity: ClassVar[Identity] = ("meeting", "act", "institution")
    describes: ClassVar[tuple[str, ...]] = ()
    is_failure = True

    by: tuple[str, ...] = field(default=(), converter=converters.codes)
    reason: str | None = field(default=None, converter=converters.words, metadata=ACCOUNT)
    act: PlannedAct | None = fields.choice(PlannedAct)
    institution: str | None = field(default=None, converter=converters.name)

    @property
    def outcome(self) -> str | None:  # type: ignore[override]  # decided by what was not done
        """The status that it decides: what is adopted and not signed, or not ratified, is adopted all the same."""
        return "not-adopted" if self.act in (None, "adopt") else None


@frozen(kw_only=True)
class DocumentBlocked(DocumentEvent):
    """An act on a document is blocked: a party, or one of its institutions, prevents it and it remains planned.

    Attributes:
        by: the parties that block it; members of a bloc that is a party may do so.
        act: the act that is blocked; None if the source does not say which.
        reason: the reason in the source's words.
        institution: the institution of the party that blocks it, such as its parliament.
        episode: which block, in the desk's words, if there were several.
    """

    name = "document-blocked"
    rank = 46
    identity: ClassVar[Identity] = ("by", "act", "episode")
    describes: ClassVar[tuple[str, ...]] = ()

    by: tuple[str, ...] = field(default=(), converter=converters.codes)
    act: PlannedAct | None = fields.choice(PlannedAct)
    reason: str | None = field(default=None, converter=converters.words, metadata=ACCOUNT)
    institution: str | None = field(default=None, converter=converters.name)
    episode: str | None = field(default=None, converter=converters.name)


@frozen(kw_only=True)
class DocumentUnblocked(DocumentEvent):
    """An act on a document is no longer blocked; it has not taken place yet.

    Attributes:
        by: the parties that no longer block it; empty if nobody does.
        act: the act; None for all acts.
        episode: which block ends, in the desk's words, if there were several.
    """

    name = "document-unblocked"
    rank = 47
    identity: ClassVar[Identity] = ("by", "act", "episode")
    describes: ClassVar[tuple[str, ...]] = ()

    by: tuple[str, ...] = field(default=(), converter=converters.codes)
    act: PlannedAct | None = fields.choice(PlannedAct)
    episode: str | None = field(default=None, converter=converters.name)


@frozen(kw_only=True)
class DocumentAdopted(JointEvent):
    """A document is adopted, approved, endorsed or issued.

    Attributes:
        verb: the source's word for the adoption; some sources say "ratified" when leaders adopt a document.
        by: the side that adopts it, if it does so alone; each side then has an act of its own.
        issuer: the body in whose name it is issued, if not the parties.
    """

    name = "document-adopted"
    rank = 50
    identity: ClassVar[Identity] = ("by",)
    outcome = "adopted"

    verb: str | None = field(default=None, converter=converters.name, metadata=LABEL)
    by: tuple[str, ...] = field(default=(), converter=converters.codes)
    issuer: str | None = field(default=None, converter=converters.name)


@frozen(kw_only=True)
class DocumentPublished(DocumentEvent):
    """The text of a document is published.

    Attributes:
        issuer: the body in whose name it is published.
    """

    name = "document-published"
    rank = 95

    issuer: str | None = field(default=None, converter=converters.name)


@frozen(kw_only=True)
class ConsentEvent(JointEvent):
    """Base class of acts of a single party, which may be on different days and at different places.

    Attributes:
        signatory: the party that acts; None if all parties act together.
    """

    identity: ClassVar[Identity] = ("signatory",)

    signatory: str | None = field(default=None, converter=converters.code)


@frozen(kw_only=True)
class DocumentInitialled(ConsentEvent):
    """One party or all parties initial a document, which makes its text final.

    Attributes:
        signed_by: the persons who initial it.
    """

    name = "document-initialled"
    rank = 42

    signed_by: tuple[str, ...] = field(default=(), converter=converters.names_of, metadata=PERSONS)


@frozen(kw_only=True)
class DocumentApproved(ConsentEvent):
    """An institution of a party approves a document, or an act on it: a parliament gives its consent to ratification.

    Attributes:
        institution: the institution that approves, such as a parliament or a government; each has an act of its own.
        act: the act that is approved, such as "sign"; None for the document as a whole.
    """

    name = "document-approved"
    rank = 44
    identity: ClassVar[Identity] = ("signatory", "institution", "act")

    institution: str | None = field(default=None, converter=converters.name)
    act: PlannedAct | None = fields.choice(PlannedAct)


@frozen(kw_only=True)
class DocumentSigned(ConsentEvent):
    """One party or all parties sign a document.

    Attributes:
        signed_by: the persons who sign.
        signatory_count: how many parties signed, if not all of them are named.
        with_members: whether the bloc and its members sign as one party: "the EU and its member states".
    """

    name = "document-signed"
    rank = 60

    signed_by: tuple[str, ...] = field(default=(), converter=converters.names_of, metadata=PERSONS)
    signatory_count: Count | None = field(default=None, converter=converters.count)
    with_members: bool | None = field(default=None, converter=converters.flag)


@frozen(kw_only=True)
class ReservationMade(ConsentEvent):
    """A party makes a reservation, declaration or objection to a document, or dissociates itself from a part of it.

    The document is adopted or signed all the same.

    Attributes:
        part: the part to which it is made; None for the whole document. Each has a reservation of its own.
        text: the reservation in the source's words.
        signatory_count: how many parties make it, if not all of them are named.
    """

    name = "reservation-made"
    rank = 62
    identity: ClassVar[Identity] = ("signatory", "part")
    describes: ClassVar[tuple[str, ...]] = ()

    part: str | None = field(default=None, converter=converters.name)
    text: str | None = field(default=None, converter=converters.words, metadata=ACCOUNT)
    signatory_count: Count | None = field(default=None, converter=converters.count)


@frozen(kw_only=True)
class RatificationCompleted(ConsentEvent):
    """A party ratifies a document under its own law."""

    name = "ratification-completed"
    rank = 65


@frozen(kw_only=True)
class NotificationGiven(ConsentEvent):
    """A party notifies the others, or the depositary: that its internal procedures are completed, or of something else.

    Attributes:
        matter: what is notified; None if the source does not say, which for most documents means the completion of
            procedures.
        text: the notice in the source's words.
        to: the parties that are notified, or the depositary.
    """

    name = "notification-given"
    rank = 66
    identity: ClassVar[Identity] = ("signatory", "matter")

    matter: Matter | None = fields.choice(Matter)
    text: str | None = field(default=None, converter=converters.words, metadata=ACCOUNT)
    to: tuple[str, ...] = field(default=(), converter=converters.codes)


@frozen(kw_only=True)
class DocumentAcceded(ConsentEvent):
    """A party accedes to a treaty between others."""

    name = "document-acceded"
    rank = 67
    changes: ClassVar[tuple[str, ...]] = ("parties",)


@frozen(kw_only=True)
class ProvisionalApplicationBegan(DocumentEvent):
    """A document is provisionally applied before it enters into force; several parts may be from different days.

    Attributes:
        part: the part that is applied; None for the whole document.
        effective_for: the parties between which it is applied, if not between all.
    """

    name = "provisional-application-began"
    rank = 68
    identity: ClassVar[Identity] = ("part", "effective_for")

    part: str | None = field(default=None, converter=converters.name)
    effective_for: tuple[str, ...] = field(default=(), converter=converters.codes)


@frozen(kw_only=True)
class EnteredIntoForce(DocumentEvent):
    """A document enters into force on the date ``on``.

    Attributes:
        is_retroactive: whether the document itself says that it takes effect before its signature.
        effective_for: the parties for which it enters into force on that date, if not for all at once.
    """

    name = "entered-into-force"
    rank = 70
    identity: ClassVar[Identity] = ("effective_for",)

    is_retroactive: bool | None = field(default=None, converter=converters.flag)
    effective_for: tuple[str, ...] = field(default=(), converter=converters.codes)


@frozen(kw_only=True)
class ApplicationSuspended(DocumentEvent):
    """The application of a document, or of a part of it, is suspended.

    Attributes:
        by: the side that suspends it, if only one does.
        part: the part that is suspended; None for the whole document.
        reason: the reason in the source's words.
        episode: which suspension, in the desk's words, if there were several.
    """

    name = "application-suspended"
    rank = 72
    identity: ClassVar[Identity] = ("by", "part", "episode")
    describes: ClassVar[tuple[str, ...]] = ()

    by: tuple[str, ...] = field(default=(), converter=converters.codes)
    part: str | None = field(default=None, converter=converters.name)
    reason: str | None = field(default=None, converter=converters.words, metadata=ACCOUNT)
    episode: str | None = field(default=None, converter=converters.name)


@frozen(kw_only=True)
class ApplicationResumed(DocumentEvent):
    """A document, or a part of it, is applied again after a suspension.

    Attributes:
        by: the side that applies it again, if only one does; empty if all do.
        part: the part that is applied again; None for all that was suspended.
        episode: which suspension ends, in the desk's words, if there were several.
    """

    name = "application-resumed"
    rank = 73
    identity: ClassVar[Identity] = ("by", "part", "episode")
    describes: ClassVar[tuple[str, ...]] = ()

    by: tuple[str, ...] = field(default=(), converter=converters.codes)
    part: str | None = field(default=None, converter=converters.name)
    episode: str | None = field(default=None, converter=converters.name)


@frozen(kw_only=True)
class WithdrawalCompleted(ConsentEvent):
    """A party leaves a document that stays in force between the others; its notice of that comes before.

    Attributes:
        reason: the reason in the source's words.
    """

    name = "withdrawal-completed"
    rank = 75
    describes: ClassVar[tuple[str, ...]] = ()

    reason: str | None = field(default=None, converter=converters.words, metadata=ACCOUNT)


@frozen(kw_only=True)
class DocumentAmended(DocumentEvent):
    """A document is amended by its parties.

    Attributes:
        part: the part that is amended; None if the source does not say.
        amendment: slug of the document that amends it, such as a protocol.
    """

    name = "document-amended"
    rank = 80
    identity: ClassVar[Identity] = PER_PUBLICATION
    changes: ClassVar[tuple[str, ...]] = DocumentEvent.describes

    part: str | None = field(default=None, converter=converters.name)
    amendment: str | None = fields.ref("document")


@frozen(kw_only=True)
class DocumentExtended(DocumentEvent):
    """A document is extended beyond the end of its period; `period`, if given, is the period with the extension.

    Attributes:
        until: the last day of the extension.
        duration: by how long it is extended.
        by: the side that extends it, if only one does.
        episode: which extension, in the desk's words, if there were several.
    """

    name = "document-extended"
    rank = 82
    identity: ClassVar[Identity] = ("by", "episode")
    describes: ClassVar[tuple[str, ...]] = tuple(name for name in DocumentEvent.describes if name != "duration")
    changes: ClassVar[tuple[str, ...]] = ("period",)

    until: When | None = field(default=None, converter=converters.day)
    by: tuple[str, ...] = field(default=(), converter=converters.codes)
    episode: str | None = field(default=None, converter=converters.name)


@frozen(kw_only=True)
class ProvisionReported(DocumentEvent):
    """A source says what a document contains.

    Attributes:
        part: the part, chapter or matter that the provision is about; each has a provision of its own.
        text: the provision in the source's words.
        by: the parties that it obliges, if not all; each side then has a provision of its own.
        amount: the amount of money that it provides for.
        share: the share that it provides for, such as that of tariff lines.
        number: the number that it provides for, if it is not money, in units of `unit`.
        unit: the unit of the number, in the source's words: "tonnes a year".
        due: by when it is to be done.
        timing: the date in the source's words: "in the coming months".
        duration: how long the provision runs: a quota for seven years.
        condition: the condition on which it depends, in the source's words: "once the agreement is in force".
    """

    name = "provision-reported"
    rank = 85
    identity: ClassVar[Identity] = ("part", "by")
    together: ClassVar[Together] = (("number", "unit"),)
    describes: ClassVar[tuple[str, ...]] = ()

    part: str | None = field(default=None, converter=converters.name)
    text: str | None = field(default=None, converter=converters.words, metadata=ACCOUNT)
    by: tuple[str, ...] = field(default=(), converter=converters.codes)
    amount: Money | None = field(default=None, converter=converters.amount)
    share: Percent | None = field(default=None, converter=converters.percent)
    number: Decimal | None = field(default=None, converter=converters.number)
    unit: str | None = field(default=None, converter=converters.name)
    due: When | None = field(default=None, converter=converters.day)
    timing: str | None = field(default=None, converter=converters.words, metadata=ACCOUNT)
    condition: str | None = field(default=None, converter=converters.words, metadata=ACCOUNT)


@frozen(kw_only=True)
class DocumentExpired(DocumentEvent):
    """A document expires at the end of its period."""

    name = "document-expired"
    rank = 90


@frozen(kw_only=True)
class DocumentTerminated(DocumentEvent):
    """A document is terminated before the end of its period, or has no period.

    Attributes:
        by: the side that terminates it, if only one does; each side then has an act of its own.
        reason: the reason in the source's words.
    """

    name = "document-terminated"
    rank = 92
    identity: ClassVar[Identity] = ("by",)

    by: tuple[str, ...] = field(default=(), converter=converters.codes)
    reason: str | None = field(default=None, converter=converters.words, metadata=ACCOUNT)


Status = Literal[
    "proposed",
    "not-adopted",
    "drafting",
    "planned",
    "negotiating",
    "paused",
    "negotiated",
    "initialled",
    "approved",
    "blocked",
    "adopted",
    "partly-signed",
    "signed",
    "provisional",
    "in-force",
    "suspended",
    "expired",
    "terminated",
]
"""The status of a document.

"partly-signed" means that at least one party signed, and not all are known to have; "approved" that an institution of a
party approved it before it was adopted or signed; "paused" that its negotiations are; "blocked" that the next act is,
and "suspended" that the application of the whole document is. What a document was before these two is in
`Document.stage`.
"""

_WHERE = ("meeting", "place", "visit")
_MADE = ("document-adopted", "document-signed")
_ADOPTING = {"meeting-held": "adopted", "terms-of-reference-adopted": "document"}
"""By event of another subject the field with the documents that it reports as adopted."""
_CONSENTS = (*_MADE, "ratification-completed", "document-acceded")
_FULFILLING: Mapping[PlannedAct | None, tuple[str, ...]] = {
    None: _MADE,
    "adopt": _MADE,
    "sign": ("document-signed",),
    "conclude": ("negotiation-concluded", *_MADE, "ratification-completed", "entered-into-force"),
    "ratify": ("ratification-completed",),
    "apply": ("provisional-application-began", "entered-into-force"),
    "enter-into-force": ("entered-into-force",),
    "terminate": ("document-terminated",),
    "open-negotiations": ("negotiation-opened",),
    "resume-negotiations": ("negotiation-resumed",),
    "initial": ("document-initialled",),
    "approve": ("document-approved",),
    "notify": ("notification-given",),
    "amend": ("document-amended",),
    "extend": ("document-extended",),
    "publish": ("document-published",),
    "withdraw": ("withdrawal-completed",),
}
_BEFORE = ("document-proposed", "document-planned", "draft-tabled", "drafting-reported", "negotiation-concluded")

LIFECYCLE = Lifecycle(
    steps={
        "document-proposed": Step("proposed", on="proposed_on"),
        "document-planned": Step("planned", _WHERE),
        "draft-tabled": Step("drafting", on="tabled_on"),
        "drafting-reported": Step("drafting"),
        "negotiation-opened": Step("negotiating", on="opened_on"),
        "negotiation-paused": Step("paused", on="paused_on"),
        "negotiation-resumed": Step("negotiating", on="resumed_on"),
        "negotiation-progress-reported": Step(),
        "negotiation-concluded": Step("negotiated", on="negotiated_on"),
        "document-initialled": Step("initialled", on="initialled_on"),
        "document-approved": Step("approved", on="approved_on"),
        "document-blocked": Step(),
        "document-unblocked": Step(),
        "document-not-adopted": Step("not-adopted", _WHERE, on="not_adopted_on"),
        "document-adopted": Step("adopted", (*_WHERE, "issuer"), on="adopted_on"),
        "document-signed": Step("signed", _WHERE, on="signed_on"),
        "reservation-made": Step(),
        "ratification-completed": Step(),
        "notification-given": Step(),
        "document-acceded": Step(),
        "provisional-application-began": Step("provisional", ("part",), on="applied_on"),
        "entered-into-force": Step("in-force", ("is_retroactive",), on="in_force_on"),
        "application-suspended": Step(on="suspended_on"),
        "application-resumed": Step(),
        "withdrawal-completed": Step(),
        "document-amended": Step(),
        "document-extended": Step(copies=("until",), on="extended_on"),
        "provision-reported": Step(),
        "document-expired": Step("expired", on="expired_on"),
        "document-terminated": Step("terminated", on="terminated_on"),
        "document-published": Step(copies=("issuer",), on="published_on"),
    },
    ranks={
        "proposed": 10,
        "not-adopted": 12,
        "drafting": 20,
        "planned": 20,
        "negotiating": 25,
        "paused": 25,
        "negotiated": 30,
        "initialled": 40,
        "approved": 45,
        "blocked": 45,  # this and "suspended" stand over the stage that a document has reached
        "adopted": 50,
        "partly-signed": 55,
        "signed": 60,
        "provisional": 65,
        "in-force": 70,
        "suspended": 70,
        "expired": 80,
        "terminated": 80,
    },
    interruptions=frozenset({"not-adopted", "paused", "negotiating"}),
    terminal=frozenset({"adopted", "partly-signed", "signed", "provisional", "in-force", "expired", "terminated"}),
    copies=("title", "form", "is_binding", "parties", "topics", "period", "supersedes", "part_of", "count", "worth"),
    collects={"title": "titles", "verb": "verbs"},
    undated=frozenset(),
)

Done = Literal[
    "proposed",
    "tabled",
    "opened",
    "paused",
    "resumed",
    "concluded",
    "initialled",
    "approved",
    "not-adopted",
    "blocked",
    "unblocked",
    "adopted",
    "signed",
    "reserved",
    "ratified",
    "notified",
    "acceded",
    "applied",
    "in-force",
    "suspended",
    "applied-again",
    "withdrawn",
    "amended",
    "extended",
    "expired",
    "terminated",
    "published",
]
"""An act on a document, or a change of its legal status; "reserved" is a reservation, declaration or objection."""

_DONE: Mapping[str, Done] = {
    "document-proposed": "proposed",
    "draft-tabled": "tabled",
    "negotiation-opened": "opened",
    "negotiation-paused": "paused",
    "negotiation-resumed": "resumed",
    "negotiation-concluded": "concluded",
    "document-initialled": "initialled",
    "document-approved": "approved",
    "document-not-adopted": "not-adopted",
    "document-blocked": "blocked",
    "document-unblocked": "unblocked",
    "document-adopted": "adopted",
    "document-signed": "signed",
    "reservation-made": "reserved",
    "ratification-completed": "ratified",
    "notification-given": "notified",
    "document-acceded": "acceded",
    "provisional-application-began": "applied",
    "entered-into-force": "in-force",
    "application-suspended": "suspended",
    "application-resumed": "applied-again",
    "withdrawal-completed": "withdrawn",
    "document-amended": "amended",
    "document-extended": "extended",
    "document-expired": "expired",
    "document-terminated": "terminated",
    "document-published": "published",
}


_IN_EFFECT: tuple[Done, ...] = ("applied", "in-force")
_STATUSES: Mapping[Done, Status] = {
    "in-force": "in-force",
    "applied": "provisional",
    "signed": "signed",
    "adopted": "adopted",
}
"""The status that an act leads to, the last one first."""
_MET_BY: Mapping[PlannedAct | None, tuple[Done, ...]] = {
    None: ("adopted", "signed", *_IN_EFFECT),
    "adopt": ("adopted", "signed", *_IN_EFFECT),
    "sign": ("signed", *_IN_EFFECT),
    "accede": ("acceded",),
    "conclude": ("concluded", "adopted", "signed", "ratified", "in-force"),
    "ratify": ("ratified",),
    "apply": _IN_EFFECT,
    "enter-into-force": ("in-force",),
    "terminate": ("terminated",),
    "open-negotiations": ("opened", "resumed", "concluded", "initialled", "adopted", "signed", *_IN_EFFECT),
    "resume-negotiations": ("resumed", "concluded", "initialled", "adopted", "signed", *_IN_EFFECT),
    "initial": ("initialled", "signed", *_IN_EFFECT),
    "approve": ("approved",),
    "notify": ("notified",),
    "amend": ("amended",),
    "extend": ("extended",),
    "publish": ("published",),
    "withdraw": ("withdrawn",),
}
"""By planned act, what fulfils the plan."""

_SHOWN_BY: Mapping[PlannedAct | None, tuple[Done, ...]] = {
    "approve": ("ratified", "in-force"),
    "ratify": ("in-force",),
    "notify": ("in-force",),
}
"""By planned act of a party, what shows that it took place; no source need report it."""
_CONSENTING: tuple[Done, ...] = ("approved", "ratified", "notified", "acceded")
_MAKING: tuple[PlannedAct, ...] = ("adopt", "sign", "conclude")
_BY_PARTY: tuple[PlannedAct, ...] = ("accede", "ratify", "terminate", "approve", "notify", "withdraw")
_MADE_BY_APPROVAL: tuple[PlannedAct | None, ...] = (
    None,
    "adopt",
    "sign",
    "conclude",
    "ratify",
    "apply",
    "enter-into-force",
)
_REPEATED: tuple[PlannedAct, ...] = ("conclude", "resume-negotiations", "amend", "extend", "publish")
"""Acts that may take place again: only what took place since the plan fulfils it."""
_ANEW = ("document-approved", "application-suspended", "document-extended")
"""Acts that may take place several times after the document is made; the state has the date of the latest."""
_ENDED = ("expired", "terminated")
_IN_FORCE: tuple[PlannedAct, ...] = ("ratify", "accede", "notify", "apply", "enter-into-force")
_INTERRUPTED = ("blocked", "suspended")
_TWO_SIDES = 2
_PLAIN = re.compile(r"\d{4}(-\d\d){0,2}", re.ASCII)
"""A year, a month or a day."""
_AFTER_THAT: tuple[PlannedAct, ...] = ("terminate", "withdraw", "amend", "extend", "publish")


@frozen
class Act:
    """One act on a document, of one party or of all; or a change of its legal status.

    Attributes:
        done: the act.
        party: the party that signed, ratified or acceded; None if all did, or if it is not an act of a party.
        by: the parties that proposed, tabled, adopted, blocked, suspended, extended or terminated it, or prevented its
            adoption; of its entry into force or provisional application, those for which it took effect.
        on: date, if a source says so.
        place: city or venue.
        meeting: slug of the meeting.
        signed_by: the persons who signed or initialled it.
        reason: the reason in the source's words.
        matter: what a party gave notice of.
        is_disputed: sources differ on the date or the place.
        between: the range of days within which it took place.
        asserted_by: the subject whose report refers to the document as adopted, ``meeting:slug``; None if a report on
            the document itself says so.
        institution: the institution of the party that acted or did not.
        act: the act that was approved, blocked or not done.
        part: the part of the document that the act is of; None for the whole document.
        text: the notice or the reservation in the source's words.
        to: the parties that were notified.
        amendment: slug of the document that amends it.
        until: the last day of an extension.
        extended_by: by how long it was extended.
        signatory_count: how many parties signed, or made a reservation.
        with_members: whether a bloc and its members signed as one party.
        not_by: parties of which a source says that they did not do so, or not yet.
        not_by_count: how many did not, if they are not named.
    """

    done: Done
    party: str | None
    by: tuple[str, ...]
    on: When | None
    place: str | None
    meeting: str | None
    signed_by: tuple[str, ...]
    reason: str | None
    matter: Matter | None
    is_disputed: bool
    between: Outcome
    asserted_by: str | None = None
    institution: str | None = None
    act: PlannedAct | None = None
    part: str | None = None
    text: str | None = None
    to: tuple[str, ...] = ()
    amendment: str | None = None
    until: When | None = None
    signatory_count: Count | None = None
    with_members: bool | None = None
    not_by: tuple[str, ...] = ()
    not_by_count: Count | None = None
    extended_by: Duration | None = None


_DETAILS = tuple(item.name for item in attrs_fields(Act) if item.default is not NOTHING and item.name != "asserted_by")
"""The fields of an act that it has under the same names as its event."""


@frozen
class NegotiationProgress:
    """One report of how far negotiations have come.

    Attributes:
        as_of: the day of the count.
        rounds: how many rounds were held.
        done: how many units of the text are agreed.
        total: how many there are in all.
        unit: the unit of both, in the source's words.
        share: the share that is agreed, if the source gives a percentage.
        text: in the source's words.
        is_disputed: sources give different figures for that day.
        open_points: what was not agreed yet, in the source's words.
    """

    as_of: When
    rounds: Count | None
    done: Count | None
    total: Count | None
    unit: str | None
    share: Percent | None
    text: str | None
    is_disputed: bool
    open_points: tuple[str, ...] = ()


@frozen
class Provision:
    """What a document contains on one matter.

    Attributes:
        part: the part, chapter or matter.
        by: the parties that it obliges, if not all.
        text: in the source's words.
        amount: the amount of money that it provides for.
        share: the share that it provides for.
        number: the number that it provides for, in units of `unit`.
        unit: the unit of the number.
        due: by when it is to be done.
        timing: the same in the source's words.
        duration: how long the provision runs.
        condition: the condition on which it depends, in the source's words.
        equivalent: the amount in a second currency, as the source prints it.
        is_disputed: sources give different figures or dates.
    """

    part: str | None
    by: tuple[str, ...]
    text: str | None
    amount: Money | None
    share: Percent | None
    number: Decimal | None
    unit: str | None
    due: When | None
    timing: str | None
    duration: Duration | None
    condition: str | None
    equivalent: Money | None
    is_disputed: bool


@frozen
class _Aim:
    """What is planned: plans with one aim replace each other.

    Attributes:
        act: the planned act; None if no source says which.
        by: the parties that are to act, of an act of a single party.
        detail: the institution that is to act, or the part of the document that the act is of.
    """

    act: PlannedAct | None = None
    by: tuple[str, ...] = ()
    detail: str | None = None


@frozen
class Document(PlannedState):
    """The state of one document, or of a group of unnamed documents.

    Attributes:
        subject: the document, ``document:slug``.
        status: the current status.
        stage: the status apart from that, while the document is blocked or suspended.
        title: the latest name; `titles` has all of them.
        verbs: the sources' words for its adoption.
        expected: the planned dates of its signature and other acts, each with the act and its previous dates.
        previous_dates: those of all acts.
        open_without_date: plans without a date, of each act that has no planned date and did not take place.
        act, planned_by, condition, is_tentative, timing, is_undated, force, institution, planned_part: of the newest
            plan. `planned_by` is the side that says so, or is to act, if only one does; `planned_part` the part of the
            document that the act is of.
        acts: in order.
        signed_on: date of the last signature.
        applied_on: date from which it is provisionally applied; `part` says which part of it.
        in_force_on: date on which it entered into force, for its first parties where they have different dates.
        proposed_on, tabled_on, opened_on, paused_on, resumed_on, negotiated_on, initialled_on, approved_on,
            not_adopted_on, adopted_on, suspended_on, extended_on, expired_on, terminated_on, published_on: latest date
            of each, if a source says so.
        until: the last day of the newest extension.
        drafting_stage: how far the draft had come by the newest report, until the document is adopted or signed.
        rounds_held: slugs of the meetings that were held as rounds of its negotiations, in order.
        progress: reports of how far its negotiations have come, by day.
        provisions: what it contains.
        outcomes: empty; `acts` says when each act took place.
    """

    status: Status | None = None
    title: str | None = None
    titles: tuple[str, ...] = ()
    verbs: tuple[str, ...] = ()
    form: Form | None = None
    is_binding: bool | None = None
    parties: tuple[str, ...] = ()
    meeting: str | None = None
    place: str | None = None
    topics: tuple[str, ...] = ()
    period: When | None = None
    supersedes: str | None = None
    act: PlannedAct | None = None
    planned_by: tuple[str, ...] = ()
    condition: str | None = None
    is_tentative: bool | None = None
    acts: tuple[Act, ...] = ()
    proposed_on: When | None = None
    tabled_on: When | None = None
    negotiated_on: When | None = None
    not_adopted_on: When | None = None
    adopted_on: When | None = None
    signed_on: When | None = None
    applied_on: When | None = None
    in_force_on: When | None = None
    expired_on: When | None = None
    terminated_on: When | None = None
    published_on: When | None = None
    part: str | None = None
    is_retroactive: bool | None = None
    open_without_date: tuple[OpenPlan, ...] = ()
    stage: Status | None = None
    part_of: str | None = None
    count: Count | None = None
    duration: Duration | None = None
    issuer: str | None = None
    institution: str | None = None
    planned_part: str | None = None
    until: When | None = None
    opened_on: When | None = None
    paused_on: When | None = None
    resumed_on: When | None = None
    initialled_on: When | None = None
    approved_on: When | None = None
    suspended_on: When | None = None
    extended_on: When | None = None
    rounds_held: tuple[str, ...] = ()
    progress: tuple[NegotiationProgress, ...] = ()
    provisions: tuple[Provision, ...] = ()
    worth: Money | None = None
    equivalent: Money | None = None
    visit: str | None = None
    drafting_stage: str | None = None

    @property
    def blocks(self) -> tuple[Act, ...]:
        """What is blocked: each block without the parties that lifted it, as long as the act did not take place."""
        blocks: list[Act] = []
        for row in self.acts:
            if row.done == "blocked":
                blocks.append(row)
            elif row.done == "unblocked":
                blocks = _lifted(blocks, row, lambda block, row: row.act is None or row.act == block.act)
            else:
                blocks = [left for block in blocks for left in _after(self, row, block)]
        return tuple(blocks)

    @property
    def suspensions(self) -> tuple[Act, ...]:
        """What of the document is suspended, and by whom: what is applied again is left out."""
        suspended: list[Act] = []
        for row in self.acts:
            if row.done == "suspended":
                suspended.append(row)
            elif row.done == "applied-again":
                suspended = _lifted(suspended, row, lambda one, row: row.part is None or row.part == one.part)
        return tuple(suspended)

    @property
    def applied_parts(self) -> tuple[str, ...]:
        """The parts that are provisionally applied, as the sources name them, without suspended ones."""
        suspended = {row.part for row in self.suspensions}
        parts = [row.part for row in self.acts if row.done == "applied" and row.part not in (None, *suspended)]
        return tuple(dict.fromkeys(part for part in parts if part))

    @property
    def outstanding(self) -> tuple[Expectation, ...]:
        """Planned dates on which nothing was done yet, of each act by itself; none once the document has ended.

        The only date of an act is met by this act, whenever that was.
        """
        if self.status in _ENDED:
            return ()
        plans: dict[_Aim, list[Expectation]] = {}
        for plan in self.expected:
            plans.setdefault(_aim(plan), []).append(plan)
        unmet = {id(plan) for aim, dates in plans.items() for plan in _unmet(self, aim, dates)}
        return tuple(plan for plan in self.expected if id(plan) in unmet)

    def by(self, done: Done) -> frozenset[str | None]:
        """Return the parties that are known to have done something; None among them stands for all parties."""
        return frozenset(party for act in self.acts if act.done == done for party in act.by or (act.party,))


def _lifted(rows: Sequence[Act], row: Act, is_same: Callable[[Act, Act], bool]) -> list[Act]:
    """Return blocks or suspensions without those that a party lifts; those of other parties stay."""
    left: list[Act] = []
    for one in rows:
        others = tuple(party for party in one.by if party not in row.by)
        if not is_same(one, row) or (row.by and one.by and others == one.by):
            left.append(one)
        elif row.by and others:
            left.append(replace(one, by=others))
    return left


def _after(state: Document, row: Act, block: Act) -> Iterable[Act]:
    """Yield what is left of a block after an act: nothing if that is the blocked one, or shows that it took place.

    A party that does what it blocked, or consents to it, blocks it no more; the others do.
    """
    is_done = row.done in _MET_BY[block.act]
    is_single = row.party is not None and bool(block.by)
    if (is_done and not (is_single and block.act in _BY_PARTY)) or _implies(state, row, _Aim(block.act, block.by)):
        return
    others = tuple(party for party in block.by if party != row.party)
    is_left = others == block.by or not (is_done or _consents(row, block))
    yield from (block,) if is_left else (replace(block, by=others),) if others else ()


def _consents(row: Act, block: Act) -> bool:
    """Tell whether a party consents to an act that it blocked, or one of its institutions does that blocked it."""
    is_same = row.act in (None, "ratify", block.act) and (
        row.institution is None or block.institution in (None, row.institution)
    )
    return is_same and row.done in _CONSENTING and block.act in (None, "approve", *_IN_FORCE)


def _implies(state: Document, row: Act, aim: _Aim) -> bool:
    """Tell whether an act shows that parties had approved, ratified or notified: all for which it entered into force.

    Among more than two parties, a treaty may enter into force before all of them have ratified it.
    """
    if row.done not in _SHOWN_BY.get(aim.act, ()):
        return False
    if row.done == "ratified":
        return row.party is None or aim.by == (row.party,)
    if row.by:
        return bool(aim.by) and {*aim.by} <= {*row.by}
    parties = {*state.parties} or {*aim.by, *(act.party for act in state.acts if act.party)}
    return len(parties) <= _TWO_SIDES


def _stage(state: Document) -> Status | None:
    """Return the status of the document apart from blocks and suspensions."""
    return state.stage if state.status in _INTERRUPTED else state.status


def _aim(plan: Any) -> _Aim:  # noqa: ANN401  an Expectation or an OpenPlan
    return _Aim(plan.act, plan.by, plan.detail)


def _reaches(state: Document, status: Status) -> bool:
    stage = _stage(state)
    return stage is not None and LIFECYCLE.ranks[stage] >= LIFECYCLE.ranks[status]


def _interrupted(state: Document) -> Document:
    """Return the document with the status "blocked" or "suspended" while it is, and its stage beside it.

    A block shows in the status until the document is where the blocked act leads: that of the signature until it is
    signed. What one of many parties suspends is not suspended between the others.
    """
    if not any(act.done in ("blocked", "suspended") for act in state.acts):
        return state
    over: Status | None = None
    blocked = {block.act for block in state.blocks}
    if any(act not in _AFTER_THAT and not _reaches(state, _limit(act)) for act in blocked):
        over = "blocked"
    elif (
        _reaches(state, "adopted")
        and state.status not in _ENDED
        and any(map(partial(_is_whole, state), state.suspensions))
    ):
        over = "suspended"
    return replace(state, status=over, stage=state.status) if over else state


def _limit(act: str | None) -> Status:
    return "provisional" if act in _IN_FORCE else "signed"


def _is_whole(state: Document, row: Act) -> bool:
    """Tell whether a suspension is of the whole document, between all its parties."""
    return row.part is None and (not row.by or len(state.parties) <= _TWO_SIDES or {*state.parties} <= {*row.by})


def key(occurrence: Occurrence) -> Iterable[str]:
    """Yield the document that an occurrence is about, those that it reports as adopted, or the one it negotiates."""
    yield occurrence.subject
    yield from _adopted_in(occurrence.event)
    if occurrence.event.name == "meeting-held" and (body := occurrence.event.body):  # type: ignore[attr-defined]
        yield body


def _adopted_in(event: Event) -> tuple[str, ...]:
    """Return the subjects that an event of another one reports as adopted."""
    adopted: tuple[str, ...] | str | None = getattr(event, _ADOPTING.get(event.name, ""), None)
    return (f"document:{adopted}",) if isinstance(adopted, str) else adopted or ()


def evolve(state: Document, occurrence: Occurrence) -> Document:
    """Return the state of the document after one more occurrence."""
    event = occurrence.event
    state = replace(state, status=_stage(state), stage=None) if state.status in _INTERRUPTED else state
    if event.name in _ADOPTING:
        if getattr(event, "body", None) == state.subject:
            state = _negotiated_at(state, occurrence)
        if state.subject in _adopted_in(event):
            state = _settled(_adopted_by(state, occurrence))
        return _interrupted(state)
    if event.name == "document-adopted":
        by_all = getattr(event, "by", ()) == ()
        state = replace(state, acts=tuple(act for act in state.acts if not (by_all and act.asserted_by)))
    if isinstance(event, DocumentPlanned):
        state = _planned(state, event, occurrence)
    before, state = state, LIFECYCLE.advance(state, occurrence)
    if not isinstance(event, ProvisionReported):  # its equivalent is that of another sum
        state = with_equivalent(state, occurrence, before.worth, "worth")
    if isinstance(event, DocumentApproved) and event.act not in _MADE_BY_APPROVAL:
        state = replace(state, status=before.status)  # the opening of negotiations is approved, not what they lead to
    state = _with_rows(state, occurrence, before)
    if isinstance(event, DocumentEvent) and event.name in _DONE:
        state = replace(state, acts=(*state.acts, _act(event, occurrence)))
    if state.status in ("partly-signed", "signed"):
        state = replace(state, status="signed" if _all_signed(state) else "partly-signed")
    return _interrupted(_settled(state))


def _with_rows(state: Document, occurrence: Occurrence, before: Document) -> Document:
    """Return the document with what only some events say: an extended period, a report of progress, a provision."""
    event = occurrence.event
    if isinstance(event, DocumentEvent) and not isinstance(event, DocumentExtended | ProvisionReported):
        state = copy_fields(state, occurrence, "duration")
    dated = LIFECYCLE.steps[event.name].on if event.name in _ANEW else None
    if dated and event.on and (last := getattr(before, dated)) and event.on.surely_after(last):
        renamed: Any = {dated: "on"}
        state = copy_fields(state, occurrence, **renamed)
    if isinstance(event, DocumentExtended):
        state = copy_fields(state, occurrence, "until") if event.until else state
        if event.duration and not event.until:
            state = cleared(state, "until")
        return _extended(state, event, before.period)
    if isinstance(event, NegotiationProgressReported):
        return _progressed(state, event, occurrence)
    if isinstance(event, ProvisionReported):
        return replace(state, provisions=(*state.provisions, _provision(event, occurrence)))
    if isinstance(event, DraftingReported):
        return copy_fields(state, occurrence, drafting_stage="stage")
    if isinstance(event, EnteredIntoForce) and event.effective_for and before.in_force_on:
        return replace(state, in_force_on=before.in_force_on)  # it was in force for others
    return state


def _negotiated_at(state: Document, occurrence: Occurrence) -> Document:
    """Return the document after a round of its negotiations was held; these had begun, or went on again, by then."""
    meeting, on, paused_on = occurrence.event.subject, occurrence.event.on, state.paused_on
    is_resumed = state.status == "paused" and on and paused_on and paused_on.surely_before(on)
    is_reached = LIFECYCLE.ranks.get(state.status or "", 0) >= LIFECYCLE.ranks["negotiating"]
    status = state.status if is_reached and not is_resumed else "negotiating"
    return replace(state, status=status, rounds_held=tuple(dict.fromkeys((*state.rounds_held, meeting))))


def _extended(state: Document, event: DocumentExtended, before: When | None) -> Document:
    """Return the document with the period that an extension gives it, from the first day before to the new last day."""
    if state.status == "expired":
        state = replace(state, status=_status_of(state.acts))
    if event.period or not (before and before.is_span) or before.is_doubtful:
        return state
    first, _, last = before.text.partition("/")
    until = event.until.text if event.until else _years_later(last, event)
    if not (until and _PLAIN.fullmatch(first) and _PLAIN.fullmatch(until) and When(until).surely_after(first)):
        return state
    return replace(state, period=When(f"{first}/{until}"))


def _years_later(last: str, event: DocumentExtended) -> str | None:
    """Return the last day of a period that both sides extend by whole years; None if it is not known so."""
    years = re.fullmatch(r"P(\d+)Y", event.duration.text) if event.duration and not event.by else None
    if not (years and event.duration and event.duration.bound == "exact" and _PLAIN.fullmatch(last)):
        return None
    return f"{int(last[:4]) + int(years[1]):04}{last[4:]}".replace("-02-29", "-02-28")


def _status_of(acts: Iterable[Act]) -> Status | None:
    """Return the status that a document has by what was done, apart from its end."""
    reached = {act.done for act in acts}
    return next((status for done, status in _STATUSES.items() if done in reached), None)


def _progressed(state: Document, event: NegotiationProgressReported, occurrence: Occurrence) -> Document:
    row = NegotiationProgress(
        as_of=event.as_of,
        rounds=event.rounds,
        done=event.done,
        total=event.total,
        unit=event.unit,
        share=event.share,
        text=event.text,
        is_disputed=not {"rounds", "done", "share"}.isdisjoint(occurrence.disputed),
        open_points=event.open_points,
    )
    rows = with_row(state.progress, row, lambda row: by_day(row.as_of))
    is_new = LIFECYCLE.ranks.get(state.status or "", 0) < LIFECYCLE.ranks["negotiating"]
    return replace(state, progress=rows, status="negotiating" if is_new else state.status)


def _provision(event: ProvisionReported, occurrence: Occurrence) -> Provision:
    names = [item.name for item in attrs_fields(Provision) if item.name != "is_disputed"]
    return Provision(
        **{name: getattr(event, name) for name in names},
        is_disputed=not {"amount", "share", "number", "due"}.isdisjoint(occurrence.disputed),
    )


def _settled(state: Document) -> Document:
    """Return the document without open plans that were met, and without previous dates that were kept after all.

    The stage of a draft stays until the document is adopted or signed.
    """
    if state.drafting_stage and _reaches(state, "adopted"):
        state = cleared(state, "drafting_stage")
    if not (state.expected or state.open_without_date):
        return state
    expected = tuple(_without_kept(state, plan) for plan in state.expected)
    still_open = tuple(plan for plan in state.open_without_date if not _is_met(state, plan))
    previous_dates = _dates_before((*expected, *still_open))
    return replace(state, expected=expected, previous_dates=previous_dates, open_without_date=still_open)


def _without_kept(state: Document, plan: Expectation) -> Expectation:
    previous_dates = plan.previous_dates or ()
    for outcome, is_sure in _outcomes(state, _aim(plan), [plan]) if previous_dates else ():
        if is_sure:
            previous_dates = without_met(previous_dates, outcome)
    return replace(plan, previous_dates=previous_dates)


def _is_met(state: Document, plan: OpenPlan) -> bool:
    """Tell whether a planned act without a date took place, or perhaps did since it was planned."""
    outcomes = _outcomes(state, _aim(plan), [plan])
    return state.status in _ENDED or any(is_sure or made.latest >= plan.since for made, is_sure in outcomes)


def _adopted_by(state: Document, occurrence: Occurrence) -> Document:
    """Return the document after a report on another subject that refers to it as adopted: by a meeting.

    A report on the adoption itself says more, so the reference then changes nothing. The days of a meeting that lasted
    are not the day of the adoption.
    """
    if any(act.done == "adopted" and not act.by for act in state.acts):
        return state
    event, outcome = occurrence.event, Outcome(occurrence.earliest, occurrence.latest)
    act = Act(
        done="adopted",
        party=None,
        by=(),
        on=event.on if event.on and not event.on.is_span else None,
        place=getattr(event, "place", None),
        meeting=event.subject if event.name == "meeting-held" else None,
        signed_by=(),
        reason=None,
        matter=None,
        is_disputed=not {"on", "place"}.isdisjoint(occurrence.disputed),
        between=outcome,
        asserted_by=occurrence.subject,
    )
    is_past = not LIFECYCLE.follows("adopted", state.status)
    if act.on:
        state = copy_fields(state, occurrence, only_unset=is_past, adopted_on="on")
    if act.meeting:
        state = copy_fields(state, occurrence, "place", only_unset=is_past)
        state = replace(state, meeting=state.meeting if is_past and state.meeting else act.meeting)
    if not is_past:
        state = replace(state, status="adopted")
    return replace(state, acts=(*state.acts, act))


def _planned(state: Document, event: DocumentPlanned, occurrence: Occurrence) -> Document:
    """Return the document with a newer plan of one act; unchanged if the plan is reported after this act.

    The plans of other acts stay, each with its previous dates. The condition and the tentativeness of the older plan
    end with it, and are not those of a plan of another act. A plan without a date leaves the dates of its act as they
    are; if it has none, it is open without one.
    """
    meant = _acts_meant(state)
    act: PlannedAct | None = event.act or (next(iter(meant)) if len(meant) == 1 else None)
    aim = _Aim(act, event.by if act in _BY_PARTY else (), event.institution or event.part)
    older = _about(state.expected, state.outstanding, aim)
    undated = _about(state.open_without_date, state.open_without_date, aim)
    same: tuple[Expectation | OpenPlan, ...] = (*older, *undated)
    if same:
        aim = _Aim(act, aim.by or (same[0].by if act in _BY_PARTY else ()), aim.detail or same[0].detail)
    if _is_late(state, aim, occurrence):
        return state
    is_other = state.act not in (None, act)
    if event.planned or event.is_undated or is_other:
        of_act = ("planned_by", "planned_part", "institution") if is_other else ()
        lapsed = ("condition", "is_tentative", *PLAN_WORDS, *of_act)
        disputed = tuple(name for name in state.disputed if name not in lapsed)
        planned_by = () if is_other else state.planned_by
        state = without_plan_words(state)
        state = replace(state, condition=None, is_tentative=None, planned_by=planned_by, disputed=disputed)
        if is_other:
            state = replace(state, planned_part=None, institution=None)
    undated_after: tuple[OpenPlan, ...] = ()
    if event.planned:
        state = _dated(state, occurrence, aim, same)
    elif event.is_undated:
        state, undated_after = _undated(state, occurrence, aim, same)
    elif (
        {*older}.isdisjoint(state.outstanding)
        and (event.act or not meant)
        and all(_aim(plan) != aim for plan in undated)
    ):
        since, claims = (undated[0].since, undated[0].claims) if undated else (occurrence.said, ())
        open_plan = OpenPlan(act, aim.by, since, (*claims, *occurrence.claims), timing=event.timing, force=event.force)
        undated_after = (replace(open_plan, detail=aim.detail),)
    else:
        undated_after = undated
    still_open = (*(plan for plan in state.open_without_date if plan not in undated), *undated_after)
    state = replace(state, open_without_date=still_open)
    copied = ("act", "condition", "is_tentative", *PLAN_WORDS)
    return copy_fields(state, occurrence, *copied, planned_by="by", planned_part="part", institution="institution")


def _undated(
    state: Document, occurrence: Occurrence, aim: _Aim, same: tuple[Expectation | OpenPlan, ...]
) -> tuple[Document, tuple[OpenPlan, ...]]:
    """Return the document without the planned dates of an act for which no date is set, and the plan without a date."""
    event: Any = occurrence.event  # a plan
    undated = [plan for plan in same if isinstance(plan, OpenPlan)]
    ended = [plan for plan in state.outstanding if plan in same]
    earlier = _dates_before(same)
    is_known = any(plan.is_undated for plan in undated)
    since, claims = (undated[0].since, undated[0].claims) if undated else (occurrence.said, ())
    plan = OpenPlan(
        aim.act,
        aim.by,
        since if is_known else occurrence.said,
        (*claims, *occurrence.claims) if is_known else occurrence.claims,
        tuple(dict.fromkeys((*earlier, *(plan.planned for plan in ended)))),
        event.timing,
        event.is_undated,
        event.force,
        aim.detail,
    )
    return replace(state, expected=tuple(plan for plan in state.expected if plan not in ended)), (plan,)


def _dated(state: Document, occurrence: Occurrence, aim: _Aim, same: tuple[Expectation | OpenPlan, ...]) -> Document:
    """Return the document with newer planned dates of one act in place of the older ones."""
    older = tuple(plan for plan in same if isinstance(plan, Expectation))
    others = [plan for plan in state.expected if plan not in older]
    earlier = _dates_before(same)
    outcomes = tuple(outcome for outcome, _ in _outcomes(state, aim, older))
    state = replan(replace(state, expected=older, previous_dates=earlier, outcomes=outcomes), occurrence)
    before, of = state.previous_dates, {"act": aim.act, "by": aim.by, "detail": aim.detail}
    newer = [replace(plan, previous_dates=before, **of) for plan in state.expected]
    return replace(state, expected=tuple(sorted((*others, *newer), key=_by_day)), outcomes=())


def _dates_before(plans: Iterable[Expectation | OpenPlan]) -> tuple[When, ...]:
    """Return the dates that were planned before for plans of one act, each once."""
    dates = [plan.previous_dates for plan in plans if plan.previous_dates]
    return dates[0] if len(dates) == 1 else tuple(dict.fromkeys(chain.from_iterable(dates)))


def _by_day(plan: Expectation) -> tuple[date, str, str, tuple[str, ...], str]:
    return plan.planned.earliest or date.min, plan.planned.text, plan.act or "", plan.by, plan.detail or ""


def _acts_meant(state: Document) -> set[Any]:
    """Return the acts that a plan without one may be of: those that are outstanding. If it is only one, it is meant.

    Before a document is made, what is planned without further words is that it is made.
    """
    is_made = _reaches(state, "adopted")
    plans: tuple[Expectation | OpenPlan, ...] = (*state.outstanding, *state.open_without_date)
    return {plan.act for plan in plans if is_made or plan.act is None or plan.act in _MAKING}


P = TypeVar("P", Expectation, OpenPlan)


def _about(plans: Iterable[P], unmet: Iterable[P], aim: _Aim) -> tuple[P, ...]:
    """Return the older plans that a plan is about: those of its act, parties and institution or part.

    Those of an act, of parties, or of an institution or part, that no source named are about the same if no others come
    into question.
    """
    of_act = [plan for plan in plans if plan.act == aim.act]
    if not of_act and aim.act in ("adopt", "sign"):
        of_act = [plan for plan in unmet if plan.act is None]
    parties, details = {plan.by for plan in of_act}, {plan.detail for plan in of_act}
    if aim.by in parties or len(parties) != 1 or (aim.by and () not in parties):
        of_act = [plan for plan in of_act if plan.by == aim.by]
    if aim.detail in details or len(details) != 1 or (aim.detail and None not in details):
        of_act = [plan for plan in of_act if plan.detail == aim.detail]
    return tuple(of_act)


def _is_late(state: Document, aim: _Aim, occurrence: Occurrence) -> bool:
    """Tell whether a plan is reported after the planned act.

    A document that was signed may still have to be concluded, which then means ratified, unless the report is about
    days past, in which it was signed.
    """
    if state.status in _ENDED or (aim.act == "conclude" and _reaches(state, "in-force")):
        return True
    if aim.act not in _REPEATED:
        return any(is_sure for _, is_sure in _outcomes(state, aim))
    planned: When | None = occurrence.event.planned  # type: ignore[attr-defined]  # a plan has it
    if planned is None or not planned.surely_before(occurrence.said):
        return False
    begins = planned.earliest or date.min
    done = _Aim(None if aim.act == "conclude" else aim.act)
    return any(is_sure and begins <= made.latest for made, is_sure in _outcomes(state, done))


def _act(event: DocumentEvent, occurrence: Occurrence) -> Act:
    return Act(
        done=_DONE[event.name],
        party=getattr(event, "signatory", None),
        by=getattr(event, "by", getattr(event, "effective_for", ())),
        on=event.on,
        place=event.place,
        meeting=event.meeting,
        signed_by=getattr(event, "signed_by", ()),
        reason=getattr(event, "reason", None),
        matter=getattr(event, "matter", None),
        is_disputed=not {"on", "place", "signed_by"}.isdisjoint(occurrence.disputed),
        between=Outcome(occurrence.earliest, occurrence.latest),
        extended_by=event.duration if isinstance(event, DocumentExtended) else None,
        **{name: getattr(event, name) for name in _DETAILS if hasattr(event, name)},
    )


def _all_signed(state: Document) -> bool:
    """Tell whether all parties signed: each of them did, or all did and none is said not to have."""
    signed = state.by("signed")
    if state.parties and signed.issuperset(state.parties):
        return True
    return None in signed and not any(_is_without(act, signed) for act in state.acts if act.done == "signed")


def _is_without(act: Act, signed: frozenset[str | None]) -> bool:
    """Tell whether parties that did not sign on this occasion have not signed since, named or not."""
    count = act.not_by_count
    since = len(signed - {None})
    return not signed.issuperset(act.not_by) or bool(count and (count.bound == "at-least" or count.number > since))


def _unmet(state: Document, aim: _Aim, plans: Sequence[Expectation]) -> tuple[Expectation, ...]:
    """Return the planned dates of one aim on which it did not take place."""
    outcomes = [*_outcomes(state, aim, plans)]
    is_met = len(plans) == 1 and any(is_sure for _, is_sure in outcomes)
    return () if is_met else outstanding(plans, [outcome for outcome, _ in outcomes])


def _outcomes(
    state: Document, aim: _Aim, plans: Sequence[Expectation | OpenPlan] = ()
) -> Iterable[tuple[Outcome, bool]]:
    """Yield when the acts took place that fulfil a plan, and whether they surely do; a failed adoption ends it too.

    Acts of single parties fulfil a plan when the last of the parties has acted that are to act. If no source says who
    they are, the last known act may do. Acts that may take place again are fulfilled by what took place since. What one
    institution approves may be what another was to approve, if the plan names none. What shows that parties consented
    fulfils a plan of this that was made before.

    Args:
        state: the document.
        aim: what is planned.
        plans: the plans of it.
    """
    by = aim.by
    since = min((plan.since for plan in plans), default=date.min) if aim.act in _REPEATED else date.min
    for done in _MET_BY[aim.act]:
        acts = [row for row in state.acts if row.done == done and row.between.latest >= since and _is_of(row, aim)]
        for row in acts:
            if row.party is None and not (by and row.by and set(by).isdisjoint(row.by)):
                yield row.between, _is_wholly(row, aim)
        single = [row for row in acts if row.party is not None and (not by or row.party in by)]
        if aim.act == "accede" and not by:
            yield from ((row.between, False) for row in single)
        elif single:
            parties = set(by or state.parties)
            if parties.issubset({row.party for row in single}):
                yield single[-1].between, bool(parties) and _is_wholly(single[-1], aim)
    if plans and aim.act in _SHOWN_BY:
        said = min(plan.since for plan in plans)
        shown = [row for row in state.acts if row.between.latest >= said and _implies(state, row, aim)]
        yield from ((row.between, True) for row in shown)
    failed = [row for row in state.acts if row.done == "not-adopted" and row.between.latest >= since]
    yield from ((row.between, False) for row in failed if _fails(row, aim))


def _is_of(act: Act | Event, aim: _Aim) -> bool:
    """Tell whether an act, or the event that reports it, may be the planned one: of the same institution or part."""
    named_there = {getattr(act, "institution", None), getattr(act, "part", None)} - {None}
    return aim.detail is None or not named_there or aim.detail in named_there


def _is_wholly(row: Act, aim: _Aim) -> bool:
    """Tell whether an act is all of what is planned, and not what only one of the institutions of a party did."""
    return row.institution is None or row.institution == aim.detail


def _fails(row: Act, aim: _Aim) -> bool:
    """Tell whether a failure is that of a planned act; one that names none is that of the adoption or signature."""
    if not _is_of(row, aim) or (aim.by and row.by and set(aim.by).isdisjoint(row.by)):
        return False
    if row.act is None:
        return aim.act is None or aim.act in _MAKING
    return aim.act == row.act or (aim.act is None and row.act in _MAKING)


def rules(state: Document, occurrences: Sequence[Occurrence]) -> Iterable[Finding]:
    """Find what is odd about a document.

    ``in-force-before-consent`` (unless it is retroactive), ``ended-before-made``, ``adopted-and-not-adopted`` (at one
    meeting, or on one day), ``not-adopted`` (and nothing was reported since), ``period-before-adoption`` (it was
    adopted after its period had begun), ``made-late`` (after the date planned last), ``signed-on-different-days``,
    ``adopted-under-other-name``, ``planned-without-date``, and those of counts of progress.

    A gap between a document and its predecessor is not a finding: `view.documents_register()` shows it.
    """
    subject, consents = state.subject, named(occurrences, *_CONSENTS)
    force, ended = last(occurrences, "entered-into-force"), last(occurrences, "document-expired", "document-terminated")
    if force and consents and not state.is_retroactive and all(consent.surely_after(force) for consent in consents):
        sentence = "was in force before any party is known to have consented"
        yield contradiction("in-force-before-consent", subject, sentence, force, *consents)
    made = named(occurrences, *_MADE)
    if ended and made and all(act.surely_after(ended) for act in made):
        yield contradiction("ended-before-made", subject, "ended before it was made", ended, *made)
    if made:
        yield from _made(state, made[0], occurrences)
    yield from _late(subject, occurrences)
    failures = [failed for failed in named(occurrences, "document-not-adopted") if failed.event.outcome]
    for adoption in named(occurrences, "document-adopted", *_ADOPTING):
        for failed in failures:
            if _is_simultaneous(adoption, failed):
                sentence = "is adopted and is not adopted at one time"
                yield contradiction("adopted-and-not-adopted", subject, sentence, adoption, failed)
    yield from odd_counts(subject, named(occurrences, "negotiation-progress-reported"))
    if _stage(state) == "not-adopted":
        yield oddity("not-adopted", subject, "was not adopted, and nothing was reported since", *failures)
    if _stage(state) == "planned" and not state.expected:
        yield gap("planned-without-date", subject, "is planned, and no source gives a date", *occurrences)
    signed = [act for act in named(occurrences, "document-signed") if act.event.on and act.key != ("",)]
    apart = [pair for pair in combinations(signed, 2) if not pair[0].event.on.maybe_overlaps(pair[1].event.on)]  # type: ignore[union-attr,arg-type]  # all of them have a day
    if apart:
        yield oddity("signed-on-different-days", subject, "was signed by its parties on different days", *signed)


def _made(state: Document, made: Occurrence, occurrences: Sequence[Occurrence]) -> Iterable[Finding]:
    subject, on, period = state.subject, made.event.on, state.period
    begins = period.start[1] if period and not period.is_doubtful else None
    if on and period and begins and on.surely_after(begins):
        sentence = f"was made on {in_words(on)}, and its period, {in_words(period)}, had begun"
        yield oddity("period-before-adoption", subject, sentence, made)
    before, adopted = named(occurrences, *_BEFORE), named(occurrences, "document-adopted")
    if titles_of(before) and titles_of(adopted) and titles_of(before).isdisjoint(titles_of(adopted)):
        sentence = "was adopted under a name that it did not have before"
        yield oddity("adopted-under-other-name", subject, sentence, *before, *adopted)


def _late(subject: str, occurrences: Sequence[Occurrence]) -> Iterable[Finding]:
    """Find acts that surely came after the day for which they were last planned; accessions are not compared.

    An act that came within the plan that stood last was postponed, and is not late. The sentence names all days that
    had passed, those of earlier plans too.
    """
    plans_of: dict[Occurrence, list[Occurrence]] = {}
    for plan in named(occurrences, "document-planned"):
        event = plan.event
        assert isinstance(event, DocumentPlanned)
        done = [act for act in named(occurrences, *_FULFILLING.get(event.act, ())) if _may_fulfil(act, plan)]
        if done and event.planned and done[0].event.on:
            plans_of.setdefault(done[0], []).append(plan)
    for made, plans in plans_of.items():
        on: When = made.event.on  # type: ignore[assignment]  # only such acts are compared with a plan
        missed = [plan for plan in plans if on.surely_after(plan.event.planned)]  # type: ignore[attr-defined]  # of a plan
        if missed and not {*missed}.isdisjoint(_last_planned(subject, plans, occurrences[: occurrences.index(made)])):
            days = ", ".join(dict.fromkeys(in_words(plan.event.planned) for plan in missed))  # type: ignore[attr-defined]  # they are plans
            yield oddity("made-late", subject, f"was planned for {days} and came on {in_words(on)}", *missed, made)


def _last_planned(subject: str, plans: Sequence[Occurrence], before: Sequence[Occurrence]) -> Sequence[Occurrence]:
    """Return those of some plans that stood after certain occurrences; all of them if none did."""
    state = Document(subject)
    for occurrence in before:
        state = state if occurrence.is_refuted else evolve(state, occurrence)
    claims = {claim for expectation in state.expected for claim in expectation.claims}
    return [plan for plan in plans if not claims.isdisjoint(plan.claims)] or plans


def _may_fulfil(act: Occurrence, plan: Occurrence) -> bool:
    """Tell whether an act may be the planned one: of a party or institution that is to act, and not from before."""
    event, signatory = plan.event, getattr(act.event, "signatory", None)
    assert isinstance(event, DocumentPlanned)
    if not _is_of(act.event, _Aim(detail=event.institution or event.part)):
        return False
    if event.act in _REPEATED:
        return not plan.surely_after(act)
    return event.act not in _BY_PARTY or not event.by or signatory in (None, *event.by)


def _is_simultaneous(first: Occurrence, second: Occurrence) -> bool:
    """Tell whether two acts were at one meeting, or surely on one day if not both meetings are known."""
    is_meeting = first.event.kind == "meeting"
    meeting: str | None = first.event.subject if is_meeting else getattr(first.event, "meeting", None)
    other: str | None = second.event.meeting  # type: ignore[attr-defined]  # every report on a document has it
    if meeting and other:
        return bool(meeting == other)
    return bool(first.event.on and second.event.on and first.event.on.surely_overlaps(second.event.on))


documents: Kind[Document] = BuiltInKind(
    "document",
    events=(
        ApplicationResumed,
        ApplicationSuspended,
        DocumentAcceded,
        DocumentAdopted,
        DocumentAmended,
        DocumentApproved,
        DocumentBlocked,
        DocumentExpired,
        DocumentExtended,
        DocumentInitialled,
        DocumentNotAdopted,
        DocumentPlanned,
        DocumentProposed,
        DocumentPublished,
        DocumentSigned,
        DocumentTerminated,
        DocumentUnblocked,
        DraftTabled,
        DraftingReported,
        EnteredIntoForce,
        NegotiationConcluded,
        NegotiationOpened,
        NegotiationPaused,
        NegotiationProgressReported,
        NegotiationResumed,
        NotificationGiven,
        ProvisionReported,
        ProvisionalApplicationBegan,
        RatificationCompleted,
        ReservationMade,
        WithdrawalCompleted,
    ),
    projection=Projection(
        "documents", Document, evolve, kind="document", key=key, others=("meeting", "series"), rules=rules
    ),
    lifecycle=LIFECYCLE,
)
"""The kind of subject: document."""
