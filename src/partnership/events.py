"""The menu of all events, and the closed table of stored names.

To add a kind of fact, import its page here, and name its events in `PAGES`: nothing else in the library has a list of
events. A page is loaded when something of it is first used.
"""

from __future__ import annotations

import re
from collections import ChainMap
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain
from typing import TYPE_CHECKING, TypeGuard

from partnership.errors import InvalidValue, UnknownEvent
from partnership.lazily import load
from partnership.model.event import Event, fields_of
from partnership.values.names import slug, subject

if TYPE_CHECKING:
    from partnership.subjects.aid import *  # noqa: F403
    from partnership.subjects.assessments import *  # noqa: F403
    from partnership.subjects.commitments import *  # noqa: F403  the menu: each page says in __all__ what it puts on it
    from partnership.subjects.consents import *  # noqa: F403
    from partnership.subjects.contributions import *  # noqa: F403
    from partnership.subjects.corrections import *  # noqa: F403
    from partnership.subjects.courses import *  # noqa: F403
    from partnership.subjects.dialogues import *  # noqa: F403
    from partnership.subjects.documents import *  # noqa: F403
    from partnership.subjects.drafts import *  # noqa: F403
    from partnership.subjects.funds import *  # noqa: F403
    from partnership.subjects.incidents import *  # noqa: F403
    from partnership.subjects.lines import *  # noqa: F403
    from partnership.subjects.measures import *  # noqa: F403
    from partnership.subjects.meetings import *  # noqa: F403
    from partnership.subjects.memberships import *  # noqa: F403
    from partnership.subjects.missions import *  # noqa: F403
    from partnership.subjects.networks import *  # noqa: F403
    from partnership.subjects.participations import *  # noqa: F403
    from partnership.subjects.parties import *  # noqa: F403
    from partnership.subjects.plans import *  # noqa: F403
    from partnership.subjects.projects import *  # noqa: F403
    from partnership.subjects.proposals import *  # noqa: F403
    from partnership.subjects.relations import *  # noqa: F403
    from partnership.subjects.requests import *  # noqa: F403
    from partnership.subjects.roles import *  # noqa: F403
    from partnership.subjects.rotations import *  # noqa: F403
    from partnership.subjects.series import *  # noqa: F403
    from partnership.subjects.statements import *  # noqa: F403
    from partnership.subjects.statistics import *  # noqa: F403
    from partnership.subjects.statuses import *  # noqa: F403
    from partnership.subjects.themed_years import *  # noqa: F403
    from partnership.subjects.visits import *  # noqa: F403

PAGES: Mapping[str, str] = {
    "aid": "InKindDelivered InKindPledged",
    "assessments": "ImplementationAssessed",
    "commitments": (
        "CommitmentMade CommitmentProgressReported CommitmentQualified CommitmentReaffirmed "
        "CommitmentSpecified CommitmentSuperseded CommitmentWithdrawn DeliveryReported"
    ),
    "consents": (
        "DocumentAcceded DocumentAmended DocumentExpired DocumentSigned DocumentTerminated EnteredIntoForce "
        "NotificationGiven ProvisionalApplicationBegan RatificationCompleted"
    ),
    "contributions": (
        "FundContributionAnnounced FundContributionPledged FundContributionReceived RecurringContributionStated"
    ),
    "corrections": "ClaimCorrected ClaimPreferred ClaimRetracted SubjectsDeclaredSame",
    "courses": "CourseCancelled CourseHeld CourseParticipantsReported CoursePlanned CourseSeriesAnnounced",
    "dialogues": (
        "DialogueConceptAgreed DialogueLaunched DialoguePreparationReported DialogueProposed DialogueResumed "
        "DialogueSuspended"
    ),
    "documents": "DocumentAdopted DocumentPublished",
    "drafts": ("DocumentNotAdopted DocumentPlanned DocumentProposed DraftTabled DraftingReported NegotiationConcluded"),
    "funds": (
        "FundAgreed FundBalanceReported FundClosed FundEstablished FundPurposeExtended FundRulesAdopted "
        "FundRulesAmended"
    ),
    "incidents": "IncidentReported",
    "lines": "LineCarriedOver LineDropped LineProgressReported LineReportedImplemented LineStarted PlanLineAdded",
    "measures": "MeasureLifted MeasureTaken",
    "meetings": (
        "MeetingAdjourned MeetingAgreed MeetingCancelled MeetingConvened MeetingFormatChanged MeetingHeld "
        "MeetingPostponed MeetingProposed MeetingReplaced MeetingRescheduled MeetingScheduled "
        "MeetingVenueChanged"
    ),
    "memberships": (
        "MemberAdmitted MembershipAgreedInPrinciple MembershipApplied MembershipEnded MembershipInvited "
        "ObserverGranted RepresentationRestricted"
    ),
    "missions": "MissionAgreed MissionClosed MissionOpened MissionPlanned",
    "networks": "InstitutionJoined NetworkLaunched",
    "participations": (
        "DelegationHeadChanged ParticipationAnnounced ParticipationDeclined ParticipationReported "
        "ParticipationUnconfirmed PartyNotInvited"
    ),
    "parties": "PartyJoinedPartnership PartyLeft PartyRenamed PartySucceeded",
    "plans": "PlanProgressReported PlanReviewed PlanSized PlanSucceeded",
    "projects": (
        "ProjectAppraised ProjectApproved ProjectCancelled ProjectCompleted ProjectFunded ProjectLaunched "
        "ProjectPhaseReached ProjectPlanned ProjectProposed ProjectResumed ProjectSuspended"
    ),
    "proposals": "ProposalAccepted ProposalDeclined ProposalDeferred ProposalMade ProposalWelcomed",
    "relations": "AnniversaryMarked RelationsEstablished RelationsResumed RelationsSuspended",
    "requests": "RequestAnswered RequestMade",
    "roles": "AppointmentAnnounced CredentialsPresented RoleAssumed RoleEnded RoleHeld RoleObserved RoleVacant",
    "rotations": "RoleExpected RotationChanged",
    "series": "SeriesDiscontinued SeriesEstablished SeriesFrequencyAgreed SeriesRenamed TermsOfReferenceAdopted",
    "statements": "AssessmentGiven StanceStated StatementMade TopicDiscussed",
    "statistics": "StatisticReported StatisticRevised TargetSet",
    "statuses": (
        "StatusConferred StatusDenied StatusDowngraded StatusRequested StatusSuspended StatusUpgradeNoted "
        "StatusUpgraded"
    ),
    "themed_years": (
        "ThemedYearClosed ThemedYearDesignated ThemedYearExtended ThemedYearOpened ThemedYearOpeningPlanned "
        "ThemedYearProposed"
    ),
    "visits": "VisitAnnounced VisitCancelled VisitMade",
}
"""Every page with the events that it puts on the menu; the stored name of ``MeetingHeld`` is ``meeting-held``."""

Table = Mapping[str, type[Event]]

_RESERVED = {
    "about",
    "dated",
    "dated_by",
    "impossible",
    "is_lasting",
    "kind",
    "name",
    "rank",
    "said",
    "same",
    "together",
    "upcasters",
    "version",
}


def is_event(value: object) -> TypeGuard[type[Event]]:
    """Tell whether a value is a class of events."""
    return isinstance(value, type) and issubclass(value, Event)


def table_of(classes: Iterable[type[Event]], known: Table | None = None) -> Table:
    """Return the table of these event classes by stored name.

    Args:
        classes: what it has.
        known: another table, all of which it has too.

    Raises:
        UnknownEvent: a class is no event, has no stored name or one that is taken, or lacks an upcaster; a record must
            be able to read what it wrote.
    """
    own: dict[str, type[Event]] = {}
    table: Table = own if known is None else ChainMap(own, known)  # type: ignore[arg-type]  # nothing is put into it
    for one in classes:
        if not is_event(one):
            raise UnknownEvent(repr(one), None, "it is no class of events; derive it from partnership.Event")
        if reason := next(_wrong_with(one), None):
            raise UnknownEvent(one.__name__, None, reason)
        if (other := table.get(one.name, one)) is not one:
            raise UnknownEvent(one.name, one.version, f"{other.__name__} has that stored name already; choose another")
        own[one.name] = one
    return table


def added_to(table: Table) -> Iterable[type[Event]]:
    """Return the classes of a table that are not the library's own."""
    found = table.maps[0] if isinstance(table, ChainMap) else {} if table is BUILT_IN else table
    return [one for stored, one in found.items() if stored not in BUILT_IN or BUILT_IN[stored] is not one]


def _wrong_with(one: type[Event]) -> Iterator[str]:
    """Yield what keeps a class out of every table; only the first may be relied on, the rest may follow from it."""
    if "__attrs_attrs__" not in vars(one):
        yield "decorate the class with attrs.frozen(kw_only=True), or its fields are none"
    fields = {*fields_of(one).names}
    if taken := sorted(_RESERVED & fields):
        yield f"a field cannot be called {taken[0]!r}; choose another name"
    if not (hasattr(one, "name") and hasattr(one, "kind")):
        yield "give the class a stored `name` and the `kind` of its subjects"
    try:
        subject(f"{one.kind}:{slug(one.name)}")
    except InvalidValue as refused:
        yield f"its stored name or its kind is no slug: {refused}"
    if type(one.version) is not int or one.version < 1:
        yield f"its version is {one.version!r}; versions are whole numbers from 1"
    if missing := sorted({*range(1, one.version)} - one.upcasters.keys()):
        yield f"it lacks the upcaster from version {missing[0]}, so entries of that version could not be read"
    if strange := sorted({*fields_of(one).keyed, *chain(*one.together)} - fields):
        yield f"`same` or `together` names {strange[0]!r}, which is no field of it"


class _Library(Mapping[str, type[Event]]):
    """The library's own events by their stored names; a class is loaded with its page, when it is asked for."""

    def __init__(self) -> None:
        names = [(page, name) for page, each in PAGES.items() for name in each.split()]
        self._pages = {re.sub("(?<!^)(?=[A-Z])", "-", name).lower(): (page, name) for page, name in names}
        self._loaded: dict[str, type[Event]] = {}

    def __getitem__(self, stored: str) -> type[Event]:
        if stored not in self._loaded:
            page, name = self._pages[stored]
            self._loaded[stored] = load(f"subjects.{page}", name)
        return self._loaded[stored]

    def __contains__(self, stored: object) -> bool:
        return stored in self._pages

    def __iter__(self) -> Iterator[str]:
        return iter(self._pages)

    def __len__(self) -> int:
        return len(self._pages)


BUILT_IN: Table = _Library()
"""Every event of the library by its stored name."""

_PAGE_OF = {name: page for page, each in PAGES.items() for name in each.split()} | {"POINTERS": "corrections"}


def __getattr__(name: str) -> object:
    if name == "__all__":  # which ``import *`` asks for
        return [*_PAGE_OF, "BUILT_IN", "PAGES", "Table", "is_event", "table_of"]
    if name not in _PAGE_OF:
        raise AttributeError(f"module {__name__!r} has no event {name!r}")
    return load(f"subjects.{_PAGE_OF[name]}", name)


def __dir__() -> list[str]:
    return sorted({*globals(), *_PAGE_OF})
