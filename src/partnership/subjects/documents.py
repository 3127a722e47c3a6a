"""Documents: from the first proposal, over adoption and the acts of each party, to the last day in force.

Source: ``domain.md`` 0 (finding 7: acts are per party), 2.3 (terms, legal text), 2.5 (the wording), 2.6 (lifecycle) and
2.7 (what is never enforced).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations
from typing import ClassVar, Literal, get_args

from attrs import field, frozen

from partnership.model import converters
from partnership.model.construct import replace
from partnership.model.converters import LABEL, refers_to
from partnership.model.event import PER_PUBLICATION, Event, Identity
from partnership.model.expectations import Expectation, Outcome, PlannedState, replan
from partnership.model.findings import contradiction, gap, last, named, oddity, titles_of
from partnership.model.kind import Kind
from partnership.model.occurrence import Finding, Occurrence
from partnership.model.projection import Lifecycle, Projection, Step, copy_fields
from partnership.values.when import When

__all__ = [
    "DocumentAcceded",
    "DocumentAdopted",
    "DocumentAmended",
    "DocumentExpired",
    "DocumentNotAdopted",
    "DocumentPlanned",
    "DocumentProposed",
    "DocumentPublished",
    "DocumentSigned",
    "DocumentTerminated",
    "DraftTabled",
    "DraftingReported",
    "EnteredIntoForce",
    "NegotiationConcluded",
    "NotificationGiven",
    "ProvisionalApplicationBegan",
    "RatificationCompleted",
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
    return converters.one_of(get_args(Form), value)  # type: ignore[no-any-return]


def _planned_act(value: PlannedAct | None) -> PlannedAct | None:
    return converters.one_of(get_args(PlannedAct), value)  # type: ignore[no-any-return]


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

    title: str | None = field(default=None, converter=converters.name, metadata=LABEL)
    form: Form | None = field(default=None, converter=_form)
    is_binding: bool | None = field(default=None, converter=converters.flag)
    parties: tuple[str, ...] = field(default=(), converter=converters.codes)
    meeting: str | None = field(default=None, converter=converters.ref, metadata=refers_to("meeting"))
    place: str | None = field(default=None, converter=converters.name)
    topics: tuple[str, ...] = field(default=(), converter=converters.texts, metadata=LABEL)
    period: When | None = field(default=None, converter=converters.day)
    supersedes: str | None = field(default=None, converter=converters.ref, metadata=refers_to("document"))


@frozen(kw_only=True)
class DocumentProposed(DocumentEvent):
    """One side proposes a document; nobody has agreed, so nothing is expected.

    Attributes:
        by: who proposes.
    """

    name = "document-proposed"
    rank = 10
    identity: ClassVar[Identity] = PER_PUBLICATION

    by: tuple[str, ...] = field(default=(), converter=converters.codes)


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
    identity: ClassVar[Identity] = PER_PUBLICATION

    planned: When | None = field(default=None, converter=converters.day)
    by: tuple[str, ...] = field(default=(), converter=converters.codes)
    condition: str | None = field(default=None, converter=converters.words, metadata=LABEL)
    act: PlannedAct | None = field(default=None, converter=_planned_act)
    is_tentative: bool | None = field(default=None, converter=converters.flag)


@frozen(kw_only=True)
class DraftTabled(DocumentEvent):
    """One side lays a draft on the table (AR-090).

    Attributes:
        by: who.
    """

    name = "draft-tabled"
    rank = 30
    identity: ClassVar[Identity] = PER_PUBLICATION

    by: tuple[str, ...] = field(default=(), converter=converters.codes)


@frozen(kw_only=True)
class DraftingReported(DocumentEvent):
    """A document is said to be drawn up, worked on, at its final stage (AR-116, AR-145, AR-198)."""

    name = "drafting-reported"
    rank = 30
    identity: ClassVar[Identity] = PER_PUBLICATION


@frozen(kw_only=True)
class NegotiationConcluded(DocumentEvent):
    """The text is agreed among those who negotiated it, and nobody has adopted it yet (AR-118)."""

    name = "negotiation-concluded"
    rank = 40


@frozen(kw_only=True)
class DocumentNotAdopted(DocumentEvent):
    """A document was to be adopted at a meeting and was not (AR-187, AR-241); each meeting may fail again.

    Attributes:
        by: who stood in the way, as the source has it.
        reason: why, in the source's words.
    """

    name = "document-not-adopted"
    rank = 45
    identity: ClassVar[Identity] = ("meeting",)

    by: tuple[str, ...] = field(default=(), converter=converters.codes)
    reason: str | None = field(default=None, converter=converters.words, metadata=LABEL)


@frozen(kw_only=True)
class DocumentAdopted(DocumentEvent):
    """A document was adopted, approved, endorsed, issued.

    Attributes:
        verb: the source's word; "ratified" may mean that leaders adopted it (AR-197).
    """

    name = "document-adopted"
    rank = 50

    verb: str | None = field(default=None, converter=converters.name, metadata=LABEL)


@frozen(kw_only=True)
class DocumentPublished(DocumentEvent):
    """The text of a document was made public."""

    name = "document-published"
    rank = 95


@frozen(kw_only=True)
class ConsentEvent(DocumentEvent):
    """An act of one party, on its own day and at its own place (AR-142, AR-143).

    Attributes:
        signatory: the party that acts; where absent, all parties act together.
    """

    identity: ClassVar[Identity] = ("signatory",)

    signatory: str | None = field(default=None, converter=converters.code)


@frozen(kw_only=True)
class DocumentSigned(ConsentEvent):
    """A party signs, or all do.

    Attributes:
        signed_by: the persons who sign.
    """

    name = "document-signed"
    rank = 60

    signed_by: tuple[str, ...] = field(default=(), converter=converters.names_of, metadata=LABEL)


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

    part: str | None = field(default=None, converter=converters.name)


@frozen(kw_only=True)
class EnteredIntoForce(DocumentEvent):
    """A document is in force from ``on``.

    Attributes:
        is_retroactive: it says itself that it takes effect before its signature.
    """

    name = "entered-into-force"
    rank = 70

    is_retroactive: bool | None = field(default=None, converter=converters.flag)


@frozen(kw_only=True)
class DocumentAmended(DocumentEvent):
    """A document is changed by those whose it is."""

    name = "document-amended"
    rank = 80
    identity: ClassVar[Identity] = PER_PUBLICATION


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

    by: tuple[str, ...] = field(default=(), converter=converters.codes)
    reason: str | None = field(default=None, converter=converters.words, metadata=LABEL)


Status = Literal[
    "proposed",
    "not-adopted",
    "drafting",
    "planned",
    "negotiated",
    "adopted",
    "partly-signed",
    "signed",
    "provisional",
    "in-force",
    "expired",
    "terminated",
]
"""Where a document stands. *Partly signed*: somebody signed, and that all parties did is not known."""

_WHERE = ("meeting", "place")
_MADE = ("document-adopted", "document-signed")
_CONSENTS = (*_MADE, "ratification-completed", "document-acceded")
_ANSWERS = {None: _MADE, "adopt": _MADE, "sign": ("document-signed",), "conclude": ("negotiation-concluded", *_MADE)}
_BEFORE = ("document-proposed", "document-planned", "draft-tabled", "drafting-reported", "negotiation-concluded")

LIFECYCLE = Lifecycle(
    steps={
        "document-proposed": Step("proposed", on="proposed_on"),
        "document-planned": Step("planned", _WHERE),
        "draft-tabled": Step("drafting", on="tabled_on"),
        "drafting-reported": Step("drafting"),
        "negotiation-concluded": Step("negotiated", on="negotiated_on"),
        "document-not-adopted": Step("not-adopted", _WHERE, on="not_adopted_on"),
        "document-adopted": Step("adopted", _WHERE, on="adopted_on"),
        "document-signed": Step("signed", _WHERE, on="signed_on"),
        "ratification-completed": Step(),
        "notification-given": Step(),
        "document-acceded": Step(),
        "provisional-application-began": Step("provisional", ("part",), on="applied_on"),
        "entered-into-force": Step("in-force", ("is_retroactive",), on="in_force_on"),
        "document-amended": Step(),
        "document-expired": Step("expired", on="expired_on"),
        "document-terminated": Step("terminated", on="terminated_on"),
        "document-published": Step(on="published_on"),
    },
    ranks={
        "proposed": 10,
        "not-adopted": 12,
        "drafting": 20,
        "planned": 20,
        "negotiated": 30,
        "adopted": 50,
        "partly-signed": 55,
        "signed": 60,
        "provisional": 65,
        "in-force": 70,
        "expired": 80,
        "terminated": 80,
    },
    interruptions=frozenset({"not-adopted"}),
    terminal=frozenset({"adopted", "partly-signed", "signed", "provisional", "in-force", "expired", "terminated"}),
    copies=("title", "form", "is_binding", "parties", "topics", "period", "supersedes"),
    collects={"title": "titles", "verb": "verbs"},
)

Done = Literal[
    "proposed",
    "tabled",
    "concluded",
    "not-adopted",
    "adopted",
    "signed",
    "ratified",
    "notified",
    "acceded",
    "applied",
    "in-force",
    "amended",
    "expired",
    "terminated",
    "published",
]
"""What was done to a document, or became of it."""

_DONE: Mapping[str, Done] = {
    "document-proposed": "proposed",
    "draft-tabled": "tabled",
    "negotiation-concluded": "concluded",
    "document-not-adopted": "not-adopted",
    "document-adopted": "adopted",
    "document-signed": "signed",
    "ratification-completed": "ratified",
    "notification-given": "notified",
    "document-acceded": "acceded",
    "provisional-application-began": "applied",
    "entered-into-force": "in-force",
    "document-amended": "amended",
    "document-expired": "expired",
    "document-terminated": "terminated",
    "document-published": "published",
}


@frozen
class Act:
    """One act on a document, of one party or of all; or what became of it.

    Attributes:
        done: what was done.
        party: whose own act it is: who signed, ratified, acceded; None where all did, or it is nobody's.
        by: who proposed, tabled, ended it, or stood in its way.
        on: when, where said.
        place: where.
        meeting: at which meeting, its slug.
        signed_by: the persons who signed.
        reason: why, in the source's words.
        is_disputed: sources differ on the day or the place.
        between: the days between which it came.
    """

    done: Done
    party: str | None
    by: tuple[str, ...]
    on: When | None
    place: str | None
    meeting: str | None
    signed_by: tuple[str, ...]
    reason: str | None
    is_disputed: bool
    between: Outcome


@frozen
class Document(PlannedState):
    """What is known of one document, or of a group of documents that nobody named.

    Attributes:
        subject: the document, ``document:slug``.
        status: where it stands.
        title: the name last used; `titles` has all.
        verbs: the sources' words for its adoption.
        expected: the days on which it is to be adopted, signed, acceded to, as planned now.
        planned_by: who says so or is to act, when one side does.
        acts: what was done to it, by whom and when, in order.
        signed_on: the day of the last signature.
        applied_on: since when it is applied provisionally; `part`, which part.
        proposed_on, tabled_on, negotiated_on, not_adopted_on, adopted_on, in_force_on, expired_on, terminated_on,
            published_on: when each last happened, where said.
        outcomes: the days between which what was planned came, or failed.

    The other fields are those of the events.
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

    @property
    def outstanding(self) -> tuple[Expectation, ...]:
        """Planned days that are still open."""
        is_over = len(self.expected) == 1 and _is_done(self)
        return () if is_over else super().outstanding

    def by(self, done: Done) -> frozenset[str | None]:
        """Return the parties that are known to have done something; None among them stands for all."""
        return frozenset(one.party for one in self.acts if one.done == done)


def _is_done(state: Document) -> bool:
    """Tell whether the act that is planned has come, whenever that was."""
    if state.act == "accede":
        return bool(state.planned_by) and {*state.planned_by} <= state.by("acceded")
    is_signed = _reaches(state, "signed")
    return is_signed or (state.act != "sign" and "adopted" in {one.done for one in state.acts})


def _reaches(state: Document, status: Status) -> bool:
    return state.status is not None and LIFECYCLE.ranks[state.status] >= LIFECYCLE.ranks[status]


def evolve(state: Document, occurrence: Occurrence) -> Document:
    """Return the document after one more occurrence."""
    event = occurrence.event
    if isinstance(event, DocumentPlanned) and not _is_late(state, event):
        state = _planned(state, event, occurrence)
    state = LIFECYCLE.advance(state, occurrence)
    if isinstance(event, DocumentEvent) and event.name in _DONE:
        state = replace(state, acts=(*state.acts, _act(event, occurrence)))
    if state.status in ("partly-signed", "signed"):
        state = replace(state, status="signed" if _all_signed(state) else "partly-signed")
    return replace(state, outcomes=tuple(_outcomes(state)))


def _is_late(state: Document, event: DocumentPlanned) -> bool:
    """Tell whether a plan is told after what it plans; accessions to a document in force are still to come."""
    return event.act != "accede" and _reaches(state, "signed" if event.act == "sign" else "adopted")


def _planned(state: Document, event: DocumentPlanned, occurrence: Occurrence) -> Document:
    """Return the document with a newer plan, and without what an older one was tied to."""
    if event.planned:
        lapsed = ("condition", "is_tentative")
        disputed = tuple(one for one in state.disputed if one not in lapsed)
        state = replan(replace(state, condition=None, is_tentative=None, disputed=disputed), occurrence)
    return copy_fields(state, occurrence, "act", "condition", "is_tentative", planned_by="by")


def _act(event: DocumentEvent, occurrence: Occurrence) -> Act:
    return Act(
        done=_DONE[event.name],
        party=getattr(event, "signatory", None),
        by=getattr(event, "by", ()),
        on=event.on,
        place=event.place,
        meeting=event.meeting,
        signed_by=occurrence.labels.get("signed_by", ()),
        reason=getattr(event, "reason", None),
        is_disputed=not {"on", "place"}.isdisjoint(occurrence.disputed),
        between=Outcome(occurrence.earliest, occurrence.latest),
    )


def _all_signed(state: Document) -> bool:
    signed = state.by("signed")
    return None in signed or bool(state.parties and signed.issuperset(state.parties))


def _outcomes(state: Document) -> Iterable[Outcome]:
    """Yield when something came that answers a plan; signatures one by one answer it with the last that is missing.

    Where nobody said who the parties are, none is known to be missing.
    """
    answers = {"adopted", "not-adopted", "in-force", *(["concluded"] if state.act == "conclude" else [])}
    for one in state.acts:
        joins = one.done == "acceded" and (not state.planned_by or one.party in (None, *state.planned_by))
        if one.done in answers or joins or (one.done == "signed" and one.party is None):
            yield one.between
    signatures = [one for one in state.acts if one.done == "signed" and one.party is not None]
    if signatures and (not state.parties or _all_signed(state)):
        yield signatures[-1].between


def rules(state: Document, occurrences: Sequence[Occurrence]) -> Iterable[Finding]:
    """Find what is odd in a document's course.

    ``in-force-before-consent`` (unless it says that it is retroactive), ``ended-before-made``,
    ``adopted-and-not-adopted`` (at one meeting, or on one day), ``not-adopted`` (and nothing was heard since),
    ``period-before-adoption`` (it was adopted after the time for which it is made had begun: AR-117),
    ``made-late`` (after a day for which it was planned: AR-107, AR-108), ``signed-on-different-days``,
    ``adopted-under-other-name``, ``planned-without-date``.

    Source: ``domain.md`` 2.6. That a plan was adopted after its predecessor had ended is no finding of one document:
    `view.documents_register()` shows it.
    """
    subject, consents = state.subject, named(occurrences, *_CONSENTS)
    force, ended = last(occurrences, "entered-into-force"), last(occurrences, "document-expired", "document-terminated")
    if force and consents and not state.is_retroactive and all(one.surely_after(force) for one in consents):
        sentence = "was in force before any party is known to have consented"
        yield contradiction("in-force-before-consent", subject, sentence, force, *consents)
    made = named(occurrences, *_MADE)
    if ended and made and all(one.surely_after(ended) for one in made):
        yield contradiction("ended-before-made", subject, "ended before it was made", ended, *made)
    if made:
        yield from _made(state, made[0], occurrences)
        yield from _late(state.subject, occurrences)
    if state.status == "not-adopted":
        failed = named(occurrences, "document-not-adopted")
        yield oddity("not-adopted", subject, "was not adopted, and nothing was heard of it since", *failed)
    if state.status == "planned" and not state.expected:
        yield gap("planned-without-date", subject, "is planned for no day that anybody named", *occurrences)
    signed = [one for one in named(occurrences, "document-signed") if one.event.on and one.key != ("",)]
    apart = [pair for pair in combinations(signed, 2) if not pair[0].event.on.maybe_overlaps(pair[1].event.on)]  # type: ignore[union-attr,arg-type]  # all of them have a day
    if apart:
        yield oddity("signed-on-different-days", subject, "was signed by its parties on different days", *signed)


def _made(state: Document, made: Occurrence, occurrences: Sequence[Occurrence]) -> Iterable[Finding]:
    subject, on, period = state.subject, made.event.on, state.period
    begins = period.earliest if period and not period.is_doubtful else None
    if on and begins and on.surely_after(begins):
        sentence = f"was made on {on}, and its period {period} had begun"
        yield oddity("period-before-adoption", subject, sentence, made)
    before, adopted = named(occurrences, *_BEFORE), named(occurrences, "document-adopted")
    if titles_of(before) and titles_of(adopted) and titles_of(before).isdisjoint(titles_of(adopted)):
        sentence = "was adopted under a name that it did not have before"
        yield oddity("adopted-under-other-name", subject, sentence, *before, *adopted)
    for one in adopted:
        for failed in named(occurrences, "document-not-adopted"):
            if _at_once(one, failed):
                sentence = "is adopted and is not adopted at one time"
                yield contradiction("adopted-and-not-adopted", subject, sentence, one, failed)


def _late(subject: str, occurrences: Sequence[Occurrence]) -> Iterable[Finding]:
    """Find the plans whose days had surely passed when what they plan first came; an accession is its party's own."""
    missed: dict[Occurrence, list[Occurrence]] = {}
    for plan in named(occurrences, "document-planned"):
        event = plan.event
        assert isinstance(event, DocumentPlanned)
        done = named(occurrences, *_ANSWERS.get(event.act, ()))
        if done and event.planned and done[0].event.on and done[0].event.on.surely_after(event.planned):
            missed.setdefault(done[0], []).append(plan)
    for made, plans in missed.items():
        days = ", ".join(str(one.event.planned) for one in plans)  # type: ignore[attr-defined]  # they are plans
        yield oddity("made-late", subject, f"was planned for {days} and came on {made.event.on}", *plans, made)


def _at_once(one: Occurrence, other: Occurrence) -> bool:
    meeting, at = one.event.meeting, other.event.meeting  # type: ignore[attr-defined]  # every report has it
    if meeting and at:
        return bool(meeting == at)
    return bool(one.event.on and other.event.on and one.event.on.surely_overlaps(other.event.on))


documents: Kind[Document] = Kind(
    "document",
    events=(
        DocumentAcceded,
        DocumentAdopted,
        DocumentAmended,
        DocumentExpired,
        DocumentNotAdopted,
        DocumentPlanned,
        DocumentProposed,
        DocumentPublished,
        DocumentSigned,
        DocumentTerminated,
        DraftTabled,
        DraftingReported,
        EnteredIntoForce,
        NegotiationConcluded,
        NotificationGiven,
        ProvisionalApplicationBegan,
        RatificationCompleted,
    ),
    projection=Projection("documents", Document, evolve, kind="document", rules=rules),
    lifecycle=LIFECYCLE,
)
"""What is known of every document."""
