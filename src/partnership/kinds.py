"""The kinds of subject that a record knows: the built-in ones, each loaded on first use, and a user's own.

`BUILT_IN_KINDS` is the only list of built-in kinds. A user's kinds can do all that built-in ones can.
"""

from __future__ import annotations

import re
from collections import ChainMap
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from typing import Any

from partnership._lazy import load
from partnership.errors import InvalidKind, InvalidValue
from partnership.model.event import Event
from partnership.model.kind import Kind
from partnership.model.projection import Projection
from partnership.values.text import nearest

BUILT_IN_KINDS: tuple[tuple[str, str, str], ...] = (
    (
        "meetings",
        "meeting",
        (
            "MeetingAdjourned MeetingAgreed MeetingCancelled MeetingConvened MeetingDateNotAgreed "
            "MeetingFormatChanged MeetingHeld MeetingPostponed MeetingProposed MeetingReplaced MeetingRescheduled "
            "MeetingScheduled MeetingVenueChanged"
        ),
    ),
    (
        "series",
        "series",
        (
            "SeriesDiscontinued SeriesEstablished SeriesFrequencyAgreed SeriesFrequencyProposed "
            "SeriesMerged SeriesRenamed TermsOfReferenceAdopted"
        ),
    ),
    (
        "participations",
        "participation",
        (
            "AbsenceReported DelegationHeadChanged ParticipationAccepted ParticipationAnnounced ParticipationDeclined "
            "ParticipationInvited ParticipationReported ParticipationUnconfirmed PartyNotInvited"
        ),
    ),
    (
        "visits",
        "visit",
        (
            "VisitAnnounced VisitCancelled VisitInvitationAccepted VisitInvitationDeclined VisitInvited VisitMade "
            "VisitPostponed"
        ),
    ),
    (
        "themed_years",
        "themed-year",
        (
            "ThemedYearClosed ThemedYearDesignated ThemedYearExtended ThemedYearOpened ThemedYearOpeningPlanned "
            "ThemedYearProposed"
        ),
    ),
    (
        "dialogues",
        "dialogue",
        (
            "DialogueConceptAgreed DialogueEnded DialogueLaunched DialogueMerged DialoguePreparationReported "
            "DialogueProposed DialogueResumed DialogueResumptionPlanned DialogueSuspended"
        ),
    ),
    ("courses", "course", "CourseCancelled CourseHeld CourseParticipantsReported CoursePlanned CourseSeriesAnnounced"),
    (
        "commitments",
        "commitment",
        (
            "CommitmentMade CommitmentProgressReported CommitmentQualified CommitmentReaffirmed "
            "CommitmentSpecified CommitmentSuperseded CommitmentWithdrawn DeliveryReported"
        ),
    ),
    (
        "documents",
        "document",
        (
            "ApplicationResumed ApplicationSuspended DocumentAcceded DocumentAdopted DocumentAmended "
            "DocumentApproved DocumentBlocked DocumentExpired DocumentExtended DocumentInitialled "
            "DocumentNotAdopted DocumentPlanned DocumentProposed DocumentPublished DocumentSigned "
            "DocumentTerminated DocumentUnblocked DraftTabled DraftingReported EnteredIntoForce "
            "NegotiationConcluded NegotiationOpened NegotiationPaused NegotiationProgressReported "
            "NegotiationResumed NotificationGiven ProvisionReported ProvisionalApplicationBegan "
            "RatificationCompleted ReservationMade WithdrawalCompleted"
        ),
    ),
    ("plans", "plan", "PlanProgressReported PlanReviewed PlanSized PlanSucceeded"),
    (
        "lines",
        "line",
        "LineCarriedOver LineDropped LineProgressReported LineReportedImplemented LineStarted PlanLineAdded",
    ),
    ("assessments", "assessment", "ImplementationAssessed"),
    (
        "roles",
        "role",
        "AppointmentAnnounced CredentialsPresented RoleAssumed RoleEnded RoleHeld RoleObserved RoleVacant TermExtended",
    ),
    ("rotations", "role", "RoleExpected RotationChanged"),
    ("missions", "mission", "MissionAgreed MissionClosed MissionOpened MissionPlanned"),
    (
        "memberships",
        "membership",
        (
            "MemberAdmitted MembershipAgreedInPrinciple MembershipApplied MembershipDeclined MembershipEnded "
            "MembershipInvited ObserverGranted RepresentationRestored RepresentationRestricted"
        ),
    ),
    ("parties", "party", "PartyJoinedPartnership PartyLeft PartyRenamed PartySucceeded"),
    (
        "relations",
        "relation",
        (
            "AnniversaryAnnounced AnniversaryMarked RelationsEstablished RelationsResumed "
            "RelationsResumptionPlanned RelationsSuspended"
        ),
    ),
    (
        "statuses",
        "status",
        (
            "StatusConferred StatusDenied StatusDowngraded StatusRequested StatusSuspended StatusUpgradeNoted "
            "StatusUpgraded"
        ),
    ),
    ("networks", "network", "InstitutionJoined NetworkLaunched"),
    (
        "funds",
        "fund",
        (
            "FundAgreed FundBalanceReported FundClosed FundContributionAnnounced FundContributionPledged "
            "FundContributionReceived FundContributionSpecified FundContributionWithdrawn FundEstablished "
            "FundPurposeExtended FundRulesAdopted FundRulesAmended "
            "FundUseReported RecurringContributionStated"
        ),
    ),
    (
        "projects",
        "project",
        (
            "ProjectAppraised ProjectApproved ProjectCancelled ProjectCompleted ProjectCompletionPlanned "
            "ProjectFunded ProjectLaunched ProjectPhaseCompleted ProjectPhasePlanned ProjectPhaseReached "
            "ProjectPlanned ProjectPostponed ProjectPreparationReported ProjectProgressReported "
            "ProjectProposed ProjectResumed ProjectSpendingReported ProjectSuspended"
        ),
    ),
    ("statistics", "statistic", "ForecastReported StatisticReported StatisticRevised TargetSet"),
    ("aid", "aid", "InKindDelivered InKindPledged"),
    (
        "proposals",
        "proposal",
        "ProposalAccepted ProposalDeclined ProposalDeferred ProposalMade ProposalUnanswered ProposalWelcomed",
    ),
    ("requests", "request", "RequestAnswered RequestMade RequestUnanswered"),
    ("measures", "measure", "MeasureChanged MeasureLifted MeasureTaken"),
    ("incidents", "incident", "IncidentReported"),
    ("doubts", "doubt", "DoubtResolved OmissionReported ReportContested ReportDenied UncertaintyReported"),
    ("external_events", "external-event", "ExternalEventPlanned ExternalEventReported"),
    ("counts", "count", "CountReported"),
    ("distinctions", "distinction", "DistinctionStated"),
    ("statements", "statement", "AssessmentGiven StanceStated StatementMade TopicDiscussed"),
    ("amendments.claims", "claim", "ClaimCorrected ClaimPreferred ClaimRetracted"),
    ("amendments.subjects", "subject", "SubjectsDeclaredSame"),
)
"""For each built-in kind its location in `partnership.subjects`, its name, and the classes of its events.

A kind with states is in the module named after its plural, under the same name; a kind without states is given as
``module.name``. The stored name of ``MeetingHeld`` is ``meeting-held``.
"""

EVENT_MODULES: Mapping[str, str] = {
    name: f"subjects.{location.partition('.')[0]}" for location, _, names in BUILT_IN_KINDS for name in names.split()
}
"""The module of each class of events."""


def _stored_name(class_name: str) -> str:
    return re.sub("(?<!^)(?=[A-Z])", "-", class_name).lower()


_CLASSES = {_stored_name(name): name for name in EVENT_MODULES}
_KINDS = {_stored_name(name): kind for _, kind, names in BUILT_IN_KINDS for name in names.split()}
_PLURALS = {location: kind for location, kind, _ in BUILT_IN_KINDS if "." not in location}


def _built_in(location: str) -> Kind[Any]:
    module, _, name = location.partition(".")
    found: Kind[Any] = load(f"subjects.{module}", name or module)
    return found


class _BuiltInEvents(Mapping[str, type[Event]]):
    """The built-in classes of events by their stored names. A class is loaded on first use."""

    def __init__(self) -> None:
        self._loaded: dict[str, type[Event]] = {}

    def __getitem__(self, stored: str) -> type[Event]:
        if stored not in self._loaded:
            name = _CLASSES[stored]
            self._loaded[stored] = load(EVENT_MODULES[name], name)
        return self._loaded[stored]

    def __contains__(self, stored: object) -> bool:
        return stored in _CLASSES

    def __iter__(self) -> Iterator[str]:
        return iter(_CLASSES)

    def __len__(self) -> int:
        return len(_CLASSES)


_BUILT_IN_EVENTS = _BuiltInEvents()


def each_kind(kinds: object) -> tuple[Kind[Any], ...]:
    """Return a user's kinds without duplicates.

    Raises:
        InvalidValue: one of them is not a `Kind`.
    """
    unique: dict[Any, None] = dict.fromkeys(kinds if isinstance(kinds, Iterable) else [kinds])
    for kind in unique:
        if not isinstance(kind, Kind):
            raise InvalidValue(kind, "is not a kind of subject", "write kinds=[Kind('exhibition', …)]")
    return tuple(unique)


class Kinds:
    """The kinds of subject that a record knows, the built-in ones first.

    Iterating loads and yields every `Kind`; ``kinds["exhibition"]`` and ``kinds["exhibitions"]`` return one.

    Args:
        own: a user's own kinds.

    Attributes:
        own: a user's own kinds, without duplicates.
        events: the classes of all events by their stored names.

    Raises:
        InvalidKind: a kind conflicts with another; with all reasons.
        InvalidValue: something in *own* is not a `Kind`.
    """

    def __init__(self, own: Iterable[Kind[Any]] = ()) -> None:
        self.own: tuple[Kind[Any], ...] = each_kind(own)
        added: dict[str, type[Event]] = {}
        self.events: Mapping[str, type[Event]] = ChainMap(added, _BUILT_IN_EVENTS)  # type: ignore[arg-type]  # read only
        self._plurals = dict(_PLURALS)
        self._own_kinds = {event.name: kind.name for kind in self.own for event in kind.events}
        for kind in self.own:
            _refuse(kind, self._conflicts(kind))
            added.update((event.name, event) for event in kind.events)
            if kind.projection is not None:
                self._plurals[kind.projection.name] = kind.name
        for kind in self.own:  # a lifecycle may have steps for events of a kind that comes later in the list
            unknown = (stored for stored in kind.foreign_steps if stored not in self.events)
            _refuse(kind, (f"its lifecycle has a step for {stored!r}, which is no event here" for stored in unknown))

    def _conflicts(self, kind: Kind[Any]) -> Iterator[str]:
        """Yield the names of a kind that are taken already, as reasons to refuse it."""
        for event in kind.events:
            if (other := self.events.get(event.name, event)) is not event:
                yield f"{event.__name__}: {other.__name__} has the stored name {event.name!r} already; choose another"
        plural = kind.projection.name if kind.projection else kind.name
        if kind.projection and plural in self._plurals:
            yield f"the plural {plural!r} is that of the kind {self._plurals[plural]!r} already; choose another"
        elif plural != kind.name and plural in self.names:
            yield f"the plural {plural!r} is the name of another kind; choose another"
        if self._plurals.get(kind.name, kind.name) != kind.name:
            yield f"its name {kind.name!r} is the plural of the kind {self._plurals[kind.name]!r}; choose another"

    def __repr__(self) -> str:
        return f"<Kinds: {len(self.names)}{''.join(f', {kind.name}' for kind in self.own)}>"

    def __iter__(self) -> Iterator[Kind[Any]]:
        yield from (_built_in(location) for location, _, _ in BUILT_IN_KINDS)
        yield from self.own

    def __contains__(self, name: object) -> bool:
        return name in self.names or name in self._plurals

    def __getitem__(self, name: str) -> Kind[Any]:
        """Return a kind by its name or plural. If several kinds share the name, one with states is returned.

        Raises:
            InvalidValue: there is no such kind.
        """
        built_in = (_built_in(where) for where, kind_name, _ in BUILT_IN_KINDS if name in (where, kind_name))
        own = (kind for kind in self.own if name in (kind.name, kind.projection and kind.projection.name))
        matches = [*built_in, *own]
        if not matches:
            near = nearest(str(name), [*self.names, *self._plurals])
            rule = f"write {' or '.join(map(repr, near))}" if near else "open the record with kinds=[…] that has it"
            raise InvalidValue(name, "is not a kind of subject here", rule)
        return next((kind for kind in matches if kind.projection), matches[0])

    def nearest(self, name: str) -> tuple[str, ...]:
        """Return the names of kinds that an unknown one may be a slip for; none for a known one. Loads no kind."""
        if name in self.names:
            return ()
        return nearest(name, sorted(self.names))

    def kind_of(self, stored: str) -> str | None:
        """Return the name of the kind of an event with a stored name; None if there is none. Loads no kind."""
        return _KINDS.get(stored) or self._own_kinds.get(stored)

    @cached_property
    def names(self) -> frozenset[str]:
        """The names of all kinds. Loads no kind."""
        return frozenset([name for _, name, _ in BUILT_IN_KINDS] + [kind.name for kind in self.own])

    @property
    def plurals(self) -> tuple[str, ...]:
        """The plurals of all kinds that have states, in order. Loads no kind."""
        return tuple(self._plurals)

    @cached_property
    def projections(self) -> tuple[Projection[Any], ...]:
        """The projections of all kinds that have states, in order."""
        return tuple(kind.projection for kind in self if kind.projection is not None)

    def is_built_in(self, projection: Projection[Any]) -> bool:
        """Tell whether a projection is that of a built-in kind. Loads no other kind."""
        return projection.name in _PLURALS and _built_in(projection.name).projection is projection


def _refuse(kind: Kind[Any], reasons: Iterable[str]) -> None:
    if problems := tuple(reasons):
        raise InvalidKind(kind.name, problems)


BUILT_IN = Kinds()
"""The built-in kinds alone."""
