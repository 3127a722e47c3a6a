"""Documents: proposed, drafted, adopted, signed and ratified by each party, in force, expired.

Signature, ratification, notification and accession are acts of single parties, on days of their own. No order of events
is enforced, since sources report them in any order; unusual ones give findings.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from itertools import combinations
from typing import Any, ClassVar, Literal, TypeVar, get_args

from attrs import field, frozen

from partnership.model import converters, plan_words, references
from partnership.model.construct import replace
from partnership.model.converters import ACCOUNT, LABEL, PARTIAL_LIST
from partnership.model.event import PER_PUBLICATION, Event, Identity
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
from partnership.model.kind import Kind
from partnership.model.occurrence import Finding, Occurrence
from partnership.model.plan_words import PLAN_WORDS, Force
from partnership.model.projection import Lifecycle, Projection, Step, copy_fields
from partnership.model.value_text import name_in_words
from partnership.values.date_words import in_words
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
"""The kind of document."""

PlannedAct = Literal["adopt", "sign", "accede", "conclude", "ratify", "apply", "enter-into-force", "terminate"]
"""A planned act. "apply" means provisionally; "conclude" means to end negotiations, to sign or, after it, to ratify."""


Matter = Literal["completion", "extension", "amendment", "suspension", "withdrawal", "termination", "other"]
"""What a party gives notice of; "completion" is that of its internal procedures."""


def _form(value: Form | None) -> Form | None:
    return converters.one_of(get_args(Form), value)  # type: ignore[no-any-return]


def _matter(value: Matter | None) -> Matter | None:
    return converters.one_of(get_args(Matter), value)  # type: ignore[no-any-return]


def _planned_act(value: PlannedAct | None) -> PlannedAct | None:
    return converters.one_of(get_args(PlannedAct), value)  # type: ignore[no-any-return]


@frozen(kw_only=True)
class DocumentEvent(Event):
    """Base class of the events of a document: fields that any report may have.

    Attributes:
        title: the name in the source.
        form: the kind of document.
        is_binding: whether it is legally binding.
        parties: to the document.
        meeting: slug of the meeting at which the event took place.
        place: city or venue of the event.
        topics: in the source's words.
        period: that the document covers, from its first day to its last.
        supersedes: slug of the document that it replaces.
    """

    kind = "document"
    describes: ClassVar[tuple[str, ...]] = ("form", "is_binding", "parties", "period", "supersedes")

    title: str | None = field(default=None, converter=converters.name, metadata=LABEL)
    form: Form | None = field(default=None, converter=_form)
    is_binding: bool | None = field(default=None, converter=converters.flag)
    parties: tuple[str, ...] = field(default=(), converter=converters.codes)
    meeting: str | None = field(default=None, converter=references.meeting)
    place: str | None = field(default=None, converter=converters.name)
    topics: tuple[str, ...] = field(default=(), converter=converters.texts, metadata=LABEL)
    period: When | None = field(default=None, converter=converters.day)
    supersedes: str | None = field(default=None, converter=references.document)


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
        condition: on which it depends.
        act: the planned act. Without it, the plan is of the act that was planned, or of adoption or signature.
        is_tentative: whether the source only hopes for or expects it.
        timing: the date in the source's words: "in the coming months".
        is_undated: whether the source says that no date is set; an earlier date then no longer stands.
        force: how strongly the source puts the plan, from possible to confirmed.
    """

    name = "document-planned"
    rank = 20
    identity: ClassVar[Identity] = PER_PUBLICATION
    distinct_by: ClassVar[tuple[str, ...]] = ("on", "act")
    describes: ClassVar[tuple[str, ...]] = ()

    planned: When | None = field(default=None, converter=converters.day)
    by: tuple[str, ...] = field(default=(), converter=converters.codes)
    condition: str | None = field(default=None, converter=converters.words, metadata=ACCOUNT)
    act: PlannedAct | None = field(default=None, converter=_planned_act)
    is_tentative: bool | None = field(default=None, converter=converters.flag)
    timing: str | None = field(default=None, converter=converters.words, metadata=ACCOUNT)
    is_undated: bool | None = field(default=None, converter=converters.flag)
    force: Force | None = field(default=None, converter=plan_words.force)


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
    """A document is being drafted, or the draft is being finalized."""

    name = "drafting-reported"
    rank = 30
    identity: ClassVar[Identity] = PER_PUBLICATION
    describes: ClassVar[tuple[str, ...]] = ()


@frozen(kw_only=True)
class NegotiationConcluded(DocumentEvent):
    """Negotiations on the text are concluded; the document is not adopted yet."""

    name = "negotiation-concluded"
    rank = 40


@frozen(kw_only=True)
class DocumentNotAdopted(DocumentEvent):
    """A document that was to be adopted at a meeting is not adopted; this may happen at several meetings.

    Attributes:
        by: the parties that prevented it, according to the source.
        reason: in the source's words.
    """

    name = "document-not-adopted"
    rank = 45
    identity: ClassVar[Identity] = ("meeting",)
    describes: ClassVar[tuple[str, ...]] = ()
    outcome = "not-adopted"
    is_failure = True

    by: tuple[str, ...] = field(default=(), converter=converters.codes)
    reason: str | None = field(default=None, converter=converters.words, metadata=ACCOUNT)


@frozen(kw_only=True)
class DocumentAdopted(DocumentEvent):
    """A document is adopted, approved, endorsed or issued.

    Attributes:
        verb: the source's word; some sources say "ratified" when leaders adopt a document.
        by: the side that adopts it, if it does so alone; each side then has an act of its own.
    """

    name = "document-adopted"
    rank = 50
    identity: ClassVar[Identity] = ("by",)
    outcome = "adopted"

    verb: str | None = field(default=None, converter=converters.name, metadata=LABEL)
    by: tuple[str, ...] = field(default=(), converter=converters.codes)


@frozen(kw_only=True)
class DocumentPublished(DocumentEvent):
    """The text of a document is published."""

    name = "document-published"
    rank = 95


@frozen(kw_only=True)
class ConsentEvent(DocumentEvent):
    """Base class of acts of a single party, which may be on different days and at different places.

    Attributes:
        signatory: the party that acts; None if all parties act together.
    """

    identity: ClassVar[Identity] = ("signatory",)

    signatory: str | None = field(default=None, converter=converters.code)


@frozen(kw_only=True)
class DocumentSigned(ConsentEvent):
    """One party or all parties sign a document.

    Attributes:
        signed_by: the persons who sign.
    """

    name = "document-signed"
    rank = 60

    signed_by: tuple[str, ...] = field(default=(), converter=converters.names_of, metadata=PARTIAL_LIST)


@frozen(kw_only=True)
class RatificationCompleted(ConsentEvent):
    """A party ratifies a document under its own law."""

    name = "ratification-completed"
    rank = 65


@frozen(kw_only=True)
class NotificationGiven(ConsentEvent):
    """A party notifies the others, or the depositary: that its internal procedures are completed, or of something else.

    Attributes:
        matter: of what; None if the source does not say, which for most documents means the completion of procedures.
    """

    name = "notification-given"
    rank = 66
    identity: ClassVar[Identity] = ("signatory", "matter")

    matter: Matter | None = field(default=None, converter=_matter)


@frozen(kw_only=True)
class DocumentAcceded(ConsentEvent):
    """A party accedes to a treaty between others."""

    name = "document-acceded"
    rank = 67
    changes: ClassVar[tuple[str, ...]] = ("parties",)


@frozen(kw_only=True)
class ProvisionalApplicationBegan(DocumentEvent):
    """A document is provisionally applied before it enters into force.

    Attributes:
        part: that is applied; None for the whole document.
    """

    name = "provisional-application-began"
    rank = 68

    part: str | None = field(default=None, converter=converters.name)


@frozen(kw_only=True)
class EnteredIntoForce(DocumentEvent):
    """A document enters into force on the date ``on``.

    Attributes:
        is_retroactive: whether the document itself says that it takes effect before its signature.
    """

    name = "entered-into-force"
    rank = 70

    is_retroactive: bool | None = field(default=None, converter=converters.flag)


@frozen(kw_only=True)
class DocumentAmended(DocumentEvent):
    """A document is amended by its parties."""

    name = "document-amended"
    rank = 80
    identity: ClassVar[Identity] = PER_PUBLICATION
    changes: ClassVar[tuple[str, ...]] = DocumentEvent.describes


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
        reason: in the source's words.
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
    "negotiated",
    "adopted",
    "partly-signed",
    "signed",
    "provisional",
    "in-force",
    "expired",
    "terminated",
]
"""The status of a document. "partly-signed" means that at least one party signed, and not all are known to have."""

_WHERE = ("meeting", "place")
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
}
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
    undated=frozenset(),
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
"""An act on a document, or a change of its legal status."""

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


_IN_EFFECT: tuple[Done, ...] = ("applied", "in-force")
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
}
"""By planned act, what fulfils the plan."""

_MAKING: tuple[PlannedAct, ...] = ("adopt", "sign", "conclude")
_BY_PARTY: tuple[PlannedAct, ...] = ("accede", "ratify", "terminate")
_ENDED = ("expired", "terminated")


@frozen
class Act:
    """One act on a document, of one party or of all; or a change of its legal status.

    Attributes:
        done: the act.
        party: the party that signed, ratified or acceded; None if all did, or if it is not an act of a party.
        by: the parties that proposed, tabled, adopted or terminated it, or prevented its adoption.
        on: date, if a source says so.
        place: city or venue.
        meeting: slug of the meeting.
        signed_by: the persons who signed.
        reason: in the source's words.
        matter: of what a party gave notice.
        is_disputed: sources differ on the date or the place.
        between: the range of days within which it took place.
        asserted_by: the subject whose report refers to the document as adopted, ``meeting:slug``; None if a report on
            the document itself says so.
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


@frozen
class OpenPlan:
    """A plan of an act for which no source gives a date, and which was not met.

    Attributes:
        act: the planned act; None if no source says which.
        by: the parties that are to act, of an act of a single party.
        since: the day from which the act was known to be planned without a date.
        claims: ids of the claims that say so.
        previous_dates: dates that were planned before for the act.
        timing: the date in the source's words, if it gives them.
        is_undated: whether the source says that no date is set.
        force: how strongly the source puts the plan.
    """

    act: PlannedAct | None
    by: tuple[str, ...]
    since: date
    claims: tuple[str, ...]
    previous_dates: tuple[When, ...] = ()
    timing: str | None = None
    is_undated: bool | None = None
    force: Force | None = None

    def __str__(self) -> str:
        """Return the act and its parties in words."""
        parties = f" by {', '.join(self.by)}" if self.by else ""
        return f"to {name_in_words(self.act or 'be made')}{parties}"


@frozen
class Document(PlannedState):
    """The state of one document, or of a group of unnamed documents.

    Attributes:
        subject: the document, ``document:slug``.
        status: the current status.
        title: the latest name; `titles` has all of them.
        verbs: the sources' words for its adoption.
        expected: the planned dates of its signature and other acts, each with the act and its previous dates.
        previous_dates: those of all acts.
        open_without_date: plans without a date, of each act that has no planned date and did not take place.
        act, planned_by, condition, is_tentative, timing, is_undated, force: of the newest plan. `planned_by` is the
            side that says so, or is to act, if only one does.
        acts: in order.
        signed_on: date of the last signature.
        applied_on: date from which it is provisionally applied; `part` says which part of it.
        proposed_on, tabled_on, negotiated_on, not_adopted_on, adopted_on, in_force_on, expired_on, terminated_on,
            published_on: latest date of each, if a source says so.
        outcomes: empty; `acts` says when each act took place.

    All other fields are those of the events.
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

    @property
    def outstanding(self) -> tuple[Expectation, ...]:
        """Planned dates on which nothing was done yet, of each act by itself; none once the document has ended.

        The only date of an act is met by this act, whenever that was.
        """
        if self.status in _ENDED:
            return ()
        plans: dict[tuple[str | None, tuple[str, ...]], list[Expectation]] = {}
        for plan in self.expected:
            plans.setdefault((plan.act, plan.by), []).append(plan)
        unmet = {plan for (act, by), dates in plans.items() for plan in _unmet(self, act, by, dates)}
        return tuple(plan for plan in self.expected if plan in unmet)

    def by(self, done: Done) -> frozenset[str | None]:
        """Return the parties that are known to have done something; None among them stands for all parties."""
        return frozenset(party for act in self.acts if act.done == done for party in act.by or (act.party,))


def _reaches(state: Document, status: Status) -> bool:
    return state.status is not None and LIFECYCLE.ranks[state.status] >= LIFECYCLE.ranks[status]


def key(occurrence: Occurrence) -> Iterable[str]:
    """Yield the document that an occurrence is about, or those that it reports as adopted."""
    yield occurrence.subject
    adopted: tuple[str, ...] | str | None = getattr(occurrence.event, _ADOPTING.get(occurrence.event.name, ""), None)
    if isinstance(adopted, str):
        yield f"document:{adopted}"
    else:
        yield from adopted or ()


def evolve(state: Document, occurrence: Occurrence) -> Document:
    """Return the state of the document after one more occurrence."""
    event = occurrence.event
    if event.name in _ADOPTING:
        return _settled(_adopted_by(state, occurrence))
    if event.name == "document-adopted":
        by_all = getattr(event, "by", ()) == ()
        state = replace(state, acts=tuple(act for act in state.acts if not (by_all and act.asserted_by)))
    if isinstance(event, DocumentPlanned):
        state = _planned(state, event, occurrence)
    state = LIFECYCLE.advance(state, occurrence)
    if isinstance(event, DocumentEvent) and event.name in _DONE:
        state = replace(state, acts=(*state.acts, _act(event, occurrence)))
    if state.status in ("partly-signed", "signed"):
        state = replace(state, status="signed" if _all_signed(state) else "partly-signed")
    return _settled(state)


def _settled(state: Document) -> Document:
    """Return the document without open plans that were met, and without previous dates that were kept after all."""
    if not (state.expected or state.open_without_date):
        return state
    expected = tuple(_without_kept(state, plan) for plan in state.expected)
    still_open = tuple(plan for plan in state.open_without_date if not _is_met(state, plan))
    previous_dates = _dates_before((*expected, *still_open))
    return replace(state, expected=expected, previous_dates=previous_dates, open_without_date=still_open)


def _without_kept(state: Document, plan: Expectation) -> Expectation:
    previous_dates = plan.previous_dates or ()
    for outcome, is_sure in _outcomes(state, plan.act, plan.by, [plan]) if previous_dates else ():
        if is_sure:
            previous_dates = without_met(previous_dates, outcome)
    return replace(plan, previous_dates=previous_dates)


def _is_met(state: Document, plan: OpenPlan) -> bool:
    """Tell whether a planned act without a date took place, or perhaps did since it was planned."""
    outcomes = _outcomes(state, plan.act, plan.by, [plan])
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
    parties = event.by if act in _BY_PARTY else ()
    older = _about(state.expected, state.outstanding, act, parties)
    undated = _about(state.open_without_date, state.open_without_date, act, parties)
    same: tuple[Expectation | OpenPlan, ...] = (*older, *undated)
    by = (parties or (same[0].by if same else ())) if act in _BY_PARTY else ()
    if _is_late(state, act, by, occurrence):
        return state
    is_other = state.act not in (None, act)
    if event.planned or event.is_undated or is_other:
        lapsed = ("condition", "is_tentative", *PLAN_WORDS, *(("planned_by",) if is_other else ()))
        disputed = tuple(name for name in state.disputed if name not in lapsed)
        planned_by = () if is_other else state.planned_by
        state = without_plan_words(state)
        state = replace(state, condition=None, is_tentative=None, planned_by=planned_by, disputed=disputed)
    undated_after: tuple[OpenPlan, ...] = ()
    if event.planned:
        state = _dated(state, occurrence, act, by, same)
    elif event.is_undated:
        state, undated_after = _undated(state, occurrence, act, by, same)
    elif (
        {*older}.isdisjoint(state.outstanding)
        and (event.act or not meant)
        and all((plan.act, plan.by) != (act, by) for plan in undated)
    ):
        since, claims = (undated[0].since, undated[0].claims) if undated else (occurrence.said, ())
        open_plan = OpenPlan(act, by, since, (*claims, *occurrence.claims), timing=event.timing, force=event.force)
        undated_after = (open_plan,)
    else:
        undated_after = undated
    still_open = (*(plan for plan in state.open_without_date if plan not in undated), *undated_after)
    state = replace(state, open_without_date=still_open)
    return copy_fields(state, occurrence, "act", "condition", "is_tentative", *PLAN_WORDS, planned_by="by")


def _undated(
    state: Document,
    occurrence: Occurrence,
    act: PlannedAct | None,
    by: tuple[str, ...],
    same: tuple[Expectation | OpenPlan, ...],
) -> tuple[Document, tuple[OpenPlan, ...]]:
    """Return the document without the planned dates of an act for which no date is set, and the plan without a date."""
    event: Any = occurrence.event  # a plan
    undated = [plan for plan in same if isinstance(plan, OpenPlan)]
    ended = [plan for plan in state.outstanding if plan in same]
    earlier = _dates_before(same)
    is_known = any(plan.is_undated for plan in undated)
    since, claims = (undated[0].since, undated[0].claims) if undated else (occurrence.said, ())
    plan = OpenPlan(
        act,
        by,
        since if is_known else occurrence.said,
        (*claims, *occurrence.claims) if is_known else occurrence.claims,
        tuple(dict.fromkeys((*earlier, *(plan.planned for plan in ended)))),
        event.timing,
        event.is_undated,
        event.force,
    )
    return replace(state, expected=tuple(plan for plan in state.expected if plan not in ended)), (plan,)


def _dated(
    state: Document,
    occurrence: Occurrence,
    act: PlannedAct | None,
    by: tuple[str, ...],
    same: tuple[Expectation | OpenPlan, ...],
) -> Document:
    """Return the document with newer planned dates of one act in place of the older ones."""
    older = tuple(plan for plan in same if isinstance(plan, Expectation))
    others = [plan for plan in state.expected if plan not in older]
    earlier = _dates_before(same)
    outcomes = tuple(outcome for outcome, _ in _outcomes(state, act, by, older))
    state = replan(replace(state, expected=older, previous_dates=earlier, outcomes=outcomes), occurrence)
    newer = [replace(plan, act=act, by=by, previous_dates=state.previous_dates) for plan in state.expected]
    return replace(state, expected=tuple(sorted((*others, *newer), key=_by_day)), outcomes=())


def _dates_before(plans: Iterable[Expectation | OpenPlan]) -> tuple[When, ...]:
    """Return the dates that were planned before for plans of one act, each once."""
    return tuple(dict.fromkeys(day for plan in plans for day in plan.previous_dates or ()))


def _by_day(plan: Expectation) -> tuple[date, str, str, tuple[str, ...]]:
    return plan.planned.earliest or date.min, plan.planned.text, plan.act or "", plan.by


def _acts_meant(state: Document) -> set[Any]:
    """Return the acts that a plan without one may be of: those that are outstanding. If it is only one, it is meant.

    Before a document is made, what is planned without further words is that it is made.
    """
    is_made = _reaches(state, "adopted")
    plans: tuple[Expectation | OpenPlan, ...] = (*state.outstanding, *state.open_without_date)
    return {plan.act for plan in plans if is_made or plan.act is None or plan.act in _MAKING}


P = TypeVar("P", Expectation, OpenPlan)


def _about(plans: Iterable[P], unmet: Iterable[P], act: PlannedAct | None, by: tuple[str, ...]) -> tuple[P, ...]:
    """Return the older plans that a plan is about: those of its act and parties.

    Those of an act, or of parties, that no source named are about the same if no others come into question.
    """
    of_act = [plan for plan in plans if plan.act == act]
    if not of_act and act in ("adopt", "sign"):
        of_act = [plan for plan in unmet if plan.act is None]
    parties = {plan.by for plan in of_act}
    if by not in parties and len(parties) == 1 and (not by or () in parties):
        return tuple(of_act)
    return tuple(plan for plan in of_act if plan.by == by)


def _is_late(state: Document, act: PlannedAct | None, by: tuple[str, ...], occurrence: Occurrence) -> bool:
    """Tell whether a plan is reported after the planned act.

    A document that was signed may still have to be concluded, which then means ratified, unless the report is about
    days past, in which it was signed.
    """
    if state.status in _ENDED or (act == "conclude" and _reaches(state, "in-force")):
        return True
    if act != "conclude":
        return any(is_sure for _, is_sure in _outcomes(state, act, by))
    planned: When | None = occurrence.event.planned  # type: ignore[attr-defined]  # a plan has it
    if planned is None or not planned.surely_before(occurrence.said):
        return False
    begins = planned.earliest or date.min
    return any(is_sure and begins <= made.latest for made, is_sure in _outcomes(state, None, ()))


def _act(event: DocumentEvent, occurrence: Occurrence) -> Act:
    return Act(
        done=_DONE[event.name],
        party=getattr(event, "signatory", None),
        by=getattr(event, "by", ()),
        on=event.on,
        place=event.place,
        meeting=event.meeting,
        signed_by=getattr(event, "signed_by", ()),
        reason=getattr(event, "reason", None),
        matter=getattr(event, "matter", None),
        is_disputed=not {"on", "place", "signed_by"}.isdisjoint(occurrence.disputed),
        between=Outcome(occurrence.earliest, occurrence.latest),
    )


def _all_signed(state: Document) -> bool:
    signed = state.by("signed")
    return None in signed or bool(state.parties and signed.issuperset(state.parties))


def _unmet(
    state: Document, act: str | None, by: tuple[str, ...], plans: Sequence[Expectation]
) -> tuple[Expectation, ...]:
    """Return the planned dates of an act of some parties on which it did not take place."""
    outcomes = [*_outcomes(state, act, by, plans)]
    is_met = len(plans) == 1 and any(is_sure for _, is_sure in outcomes)
    return () if is_met else outstanding(plans, [outcome for outcome, _ in outcomes])


def _outcomes(
    state: Document, act: str | None, by: tuple[str, ...], plans: Sequence[Expectation | OpenPlan] = ()
) -> Iterable[tuple[Outcome, bool]]:
    """Yield when the acts took place that fulfil a plan, and whether they surely do; a failed adoption ends it too.

    Acts of single parties fulfil a plan when the last of the parties has acted that are to act. If no source says who
    they are, the last known act may do. Only what took place since a document is to be concluded concludes it.

    Args:
        state: the document.
        act: the planned act.
        by: the parties that are to act, of an act of a single party.
        plans: the plans of this act.
    """
    since = min((plan.since for plan in plans), default=date.min) if act == "conclude" else date.min
    for done in _MET_BY[act]:  # type: ignore[index]  # documents plan only these acts
        acts = [row for row in state.acts if row.done == done and row.between.latest >= since]
        for row in acts:
            if row.party is None and not (by and row.by and set(by).isdisjoint(row.by)):
                yield row.between, True
        single = [row for row in acts if row.party is not None and (not by or row.party in by)]
        if act == "accede" and not by:
            yield from ((row.between, False) for row in single)
        elif single:
            parties = set(by or state.parties)
            if parties.issubset({row.party for row in single}):
                yield single[-1].between, bool(parties)
    if act is None or act in _MAKING:
        yield from ((row.between, False) for row in state.acts if row.done == "not-adopted")


def rules(state: Document, occurrences: Sequence[Occurrence]) -> Iterable[Finding]:
    """Find what is odd about a document.

    ``in-force-before-consent`` (unless it is retroactive), ``ended-before-made``, ``adopted-and-not-adopted`` (at one
    meeting, or on one day), ``not-adopted`` (and nothing was reported since), ``period-before-adoption`` (it was
    adopted after its period had begun), ``made-late`` (after a planned date), ``signed-on-different-days``,
    ``adopted-under-other-name``, ``planned-without-date``.

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
    failures = named(occurrences, "document-not-adopted")
    for adoption in named(occurrences, "document-adopted", *_ADOPTING):
        for failed in failures:
            if _is_simultaneous(adoption, failed):
                sentence = "is adopted and is not adopted at one time"
                yield contradiction("adopted-and-not-adopted", subject, sentence, adoption, failed)
    if state.status == "not-adopted":
        yield oddity("not-adopted", subject, "was not adopted, and nothing was reported since", *failures)
    if state.status == "planned" and not state.expected:
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
    """Find plans whose dates had surely passed when the planned act first took place; accessions are not compared."""
    missed: dict[Occurrence, list[Occurrence]] = {}
    for plan in named(occurrences, "document-planned"):
        event = plan.event
        assert isinstance(event, DocumentPlanned)
        done = [act for act in named(occurrences, *_FULFILLING.get(event.act, ())) if _may_fulfil(act, plan)]
        if done and event.planned and done[0].event.on and done[0].event.on.surely_after(event.planned):
            missed.setdefault(done[0], []).append(plan)
    for made, plans in missed.items():
        assert made.event.on  # only such acts are compared with a plan
        days = ", ".join(in_words(plan.event.planned) for plan in plans)  # type: ignore[attr-defined]  # they are plans
        yield oddity(
            "made-late", subject, f"was planned for {days} and came on {in_words(made.event.on)}", *plans, made
        )


def _may_fulfil(act: Occurrence, plan: Occurrence) -> bool:
    """Tell whether an act may be the planned one: of a party that is to act, and not what came before a conclusion."""
    event, signatory = plan.event, getattr(act.event, "signatory", None)
    assert isinstance(event, DocumentPlanned)
    if event.act == "conclude":
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
    projection=Projection("documents", Document, evolve, kind="document", key=key, rules=rules),
    lifecycle=LIFECYCLE,
)
"""The kind of subject: document."""
