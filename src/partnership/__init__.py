"""What two sides of a strategic partnership agreed, planned, held, postponed, launched and delivered, and who said so.

The menu: every public name, and nothing else. Events are on a menu of their own, `partnership.events`.
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from partnership import errors, events, fields
    from partnership.asked import States
    from partnership.citing import Cite, Citing
    from partnership.errors import PartnershipError
    from partnership.formats.lines import read, write
    from partnership.kinds import Kinds
    from partnership.log.entry import Claim, Entry, Remarks
    from partnership.log.integrity import TreeHead, Verification
    from partnership.model.event import ONCE, SAID, Event
    from partnership.model.expectations import Expectation, Outcome
    from partnership.model.happening import Candidate, Evidence, Fact, Finding, Happening
    from partnership.model.kind import Kind
    from partnership.model.projection import Lifecycle, Projection, Step, take
    from partnership.paging import Kept
    from partnership.questions.calendar import Calendar, Expected
    from partnership.questions.disputes import Dispute
    from partnership.questions.dossier import Dossier, Link
    from partnership.questions.fund_ledger import FundLedger
    from partnership.questions.holders import Holders
    from partnership.questions.obligations import Obligation
    from partnership.questions.register import Registered
    from partnership.questions.scoreboard import Scoreboard
    from partnership.questions.search import Found
    from partnership.questions.series_ledger import SeriesLedger
    from partnership.questions.silences import Dormant
    from partnership.questions.standing import Members, Standing
    from partnership.reading.belief import Policy, Rule, most_official, newest
    from partnership.reading.diff import Change
    from partnership.reading.why import Reason, Why
    from partnership.record import Record, open  # noqa: A004  `partnership.open` reads as it is meant
    from partnership.subjects.aid import Aid
    from partnership.subjects.assessments import Assessment
    from partnership.subjects.commitments import Commitment
    from partnership.subjects.courses import Course
    from partnership.subjects.dialogues import Dialogue
    from partnership.subjects.documents import Document, Form
    from partnership.subjects.funds import Fund
    from partnership.subjects.incidents import Incident
    from partnership.subjects.lines import Line
    from partnership.subjects.measures import Measure
    from partnership.subjects.meetings import Meeting
    from partnership.subjects.memberships import Membership
    from partnership.subjects.missions import Mission
    from partnership.subjects.networks import Network
    from partnership.subjects.participations import Participation
    from partnership.subjects.parties import Party
    from partnership.subjects.plans import Plan
    from partnership.subjects.projects import Project
    from partnership.subjects.proposals import Proposal
    from partnership.subjects.relations import Relation
    from partnership.subjects.requests import Request
    from partnership.subjects.roles import Role
    from partnership.subjects.rotations import Rotation
    from partnership.subjects.series import Series
    from partnership.subjects.statements import Statement
    from partnership.subjects.statistics import Statistic
    from partnership.subjects.statuses import Ladder, Status
    from partnership.subjects.themed_years import ThemedYear
    from partnership.subjects.visits import Visit
    from partnership.values.amounts import Bound, Count, Money, Percent
    from partnership.values.sources import Certainty, Source
    from partnership.values.sources import Kind as SourceKind
    from partnership.values.when import When
    from partnership.view import Diff, View

__all__ = [
    "ONCE",
    "SAID",
    "Aid",
    "Assessment",
    "Bound",
    "Calendar",
    "Candidate",
    "Certainty",
    "Change",
    "Cite",
    "Citing",
    "Claim",
    "Commitment",
    "Count",
    "Course",
    "Dialogue",
    "Diff",
    "Dispute",
    "Document",
    "Dormant",
    "Dossier",
    "Entry",
    "Event",
    "Evidence",
    "Expectation",
    "Expected",
    "Fact",
    "Finding",
    "Form",
    "Found",
    "Fund",
    "FundLedger",
    "Happening",
    "Holders",
    "Incident",
    "Kept",
    "Kind",
    "Kinds",
    "Ladder",
    "Lifecycle",
    "Line",
    "Link",
    "Measure",
    "Meeting",
    "Members",
    "Membership",
    "Mission",
    "Money",
    "Network",
    "Obligation",
    "Outcome",
    "Participation",
    "PartnershipError",
    "Party",
    "Percent",
    "Plan",
    "Policy",
    "Project",
    "Projection",
    "Proposal",
    "Reason",
    "Record",
    "Registered",
    "Relation",
    "Remarks",
    "Request",
    "Role",
    "Rotation",
    "Rule",
    "Scoreboard",
    "Series",
    "SeriesLedger",
    "Source",
    "SourceKind",
    "Standing",
    "Statement",
    "States",
    "Statistic",
    "Status",
    "Step",
    "ThemedYear",
    "TreeHead",
    "Verification",
    "View",
    "Visit",
    "When",
    "Why",
    "errors",
    "events",
    "fields",
    "most_official",
    "newest",
    "open",
    "read",
    "take",
    "write",
]

_MENU = {
    "asked": "States",
    "citing": "Cite Citing",
    "errors": "PartnershipError",
    "formats.lines": "read write",
    "kinds": "Kinds",
    "log.entry": "Claim Entry Remarks",
    "log.integrity": "TreeHead Verification",
    "model.event": "ONCE SAID Event",
    "model.expectations": "Expectation Outcome",
    "model.happening": "Candidate Evidence Fact Finding Happening",
    "model.kind": "Kind",
    "model.projection": "Lifecycle Projection Step take",
    "paging": "Kept",
    "questions.calendar": "Calendar Expected",
    "questions.disputes": "Dispute",
    "questions.dossier": "Dossier Link",
    "questions.fund_ledger": "FundLedger",
    "questions.holders": "Holders",
    "questions.obligations": "Obligation",
    "questions.register": "Registered",
    "questions.scoreboard": "Scoreboard",
    "questions.search": "Found",
    "questions.series_ledger": "SeriesLedger",
    "questions.silences": "Dormant",
    "questions.standing": "Members Standing",
    "reading.belief": "Policy Rule most_official newest",
    "reading.diff": "Change",
    "reading.why": "Reason Why",
    "record": "Record open",
    "subjects.aid": "Aid",
    "subjects.assessments": "Assessment",
    "subjects.commitments": "Commitment",
    "subjects.courses": "Course",
    "subjects.dialogues": "Dialogue",
    "subjects.documents": "Document Form",
    "subjects.funds": "Fund",
    "subjects.incidents": "Incident",
    "subjects.lines": "Line",
    "subjects.measures": "Measure",
    "subjects.meetings": "Meeting",
    "subjects.memberships": "Membership",
    "subjects.missions": "Mission",
    "subjects.networks": "Network",
    "subjects.participations": "Participation",
    "subjects.parties": "Party",
    "subjects.plans": "Plan",
    "subjects.projects": "Project",
    "subjects.proposals": "Proposal",
    "subjects.relations": "Relation",
    "subjects.requests": "Request",
    "subjects.roles": "Role",
    "subjects.rotations": "Rotation",
    "subjects.series": "Series",
    "subjects.statements": "Statement",
    "subjects.statistics": "Statistic",
    "subjects.statuses": "Ladder Status",
    "subjects.themed_years": "ThemedYear",
    "subjects.visits": "Visit",
    "values.amounts": "Bound Count Money Percent",
    "values.sources": "Certainty Source Kind=SourceKind",
    "values.when": "When",
    "view": "Diff View",
}
"""Every module with the names that it puts on the menu: it is loaded when one of them is first used."""

_MODULE_OF = {name: module for module, names in _MENU.items() for name in names.replace("Kind=", "").split()}
_MODULES = ("errors", "events", "fields")

__version__: str
"""The version of the library that is installed; it is looked up when it is asked for."""


def __getattr__(name: str) -> object:
    from partnership.lazily import load  # noqa: PLC0415  the menu itself loads nothing

    if name in _MODULES:
        return load(name, "")
    if name == "__version__":
        from importlib.metadata import version  # noqa: PLC0415  it takes longer to load than all else here

        return version("partnership")
    if name not in _MODULE_OF:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return load(_MODULE_OF[name], "Kind" if name == "SourceKind" else name)


def __dir__() -> list[str]:
    return __all__
