"""A record of sourced claims: what the two sides of a strategic partnership agreed, planned, held, postponed.

This module has every public name except the classes of events, which are in `partnership.events`. Modules are loaded on
first use of one of their names.
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from partnership import errors, events, fields
    from partnership.engine.diff import Change
    from partnership.engine.provenance import Reason, Why
    from partnership.engine.resolution import Policy, Rule, most_official, newest
    from partnership.errors import PartnershipError, Refusal
    from partnership.io.calendar_file import CalendarFile, write_calendar
    from partnership.io.citations import bibtex, csl, write_citations
    from partnership.io.dicts import from_dict, to_dict
    from partnership.io.jsonl import read, write
    from partnership.io.linked_data import json_ld, prov_json, write_linked_data
    from partnership.io.outgoing import FileResult
    from partnership.io.schema import json_schema
    from partnership.io.sheets import read_sheet
    from partnership.io.submission import read_claim, read_source, read_submission
    from partnership.io.table_columns import Column
    from partnership.io.tables import TableData, table_of
    from partnership.io.template import write_template
    from partnership.kinds import Kinds
    from partnership.model.entry import Claim, Entry, Remarks
    from partnership.model.event import ONCE, PER_PUBLICATION, Event
    from partnership.model.expectations import Expectation, Outcome, PlannedState
    from partnership.model.kind import Kind
    from partnership.model.occurrence import Candidate, Evidence, Fact, Finding, Grade, Occurrence
    from partnership.model.projection import Lifecycle, Projection, Step, copy_fields
    from partnership.queries.calendar import Calendar, PlannedItem, Standing
    from partnership.queries.commitment_register import Obligation
    from partnership.queries.comparison import Comparison
    from partnership.queries.disputes import Dispute
    from partnership.queries.document_register import RegisterRow
    from partnership.queries.dormancy import Dormant
    from partnership.queries.dossier import Dossier, Link
    from partnership.queries.fund_ledger import ContributionRegister, FundLedger, Total
    from partnership.queries.holders import Holders
    from partnership.queries.outcomes import PlanOutcome
    from partnership.queries.scoreboard import Scoreboard
    from partnership.queries.search import SearchHit
    from partnership.queries.series_ledger import SeriesLedger
    from partnership.queries.status_at import Members, StatusAt
    from partnership.record.citing import Cite, Citing
    from partnership.record.record import Diff, Record, open  # noqa: A004  `partnership.open` reads as it is meant
    from partnership.record.remarked import Remarked
    from partnership.record.states import States
    from partnership.record.submissions import Submission
    from partnership.record.view import PageResult, View
    from partnership.storage.merkle import TreeHead, Verification
    from partnership.subjects.aid import Aid
    from partnership.subjects.assessments import Assessment
    from partnership.subjects.commitments import Commitment
    from partnership.subjects.counts import ReportedCount
    from partnership.subjects.courses import Course
    from partnership.subjects.dialogues import Dialogue
    from partnership.subjects.distinctions import Distinction
    from partnership.subjects.documents import Act, Document, Form
    from partnership.subjects.doubts import Doubt
    from partnership.subjects.external_events import ExternalEvent
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
    from partnership.subjects.statuses import Scale, Status
    from partnership.subjects.themed_years import ThemedYear
    from partnership.subjects.visits import Visit
    from partnership.values.amounts import Bound, Count, Duration, Money, Percent
    from partnership.values.party_names import PartyNames
    from partnership.values.sources import Certainty, Source, SourceKind
    from partnership.values.when import When

__all__ = [
    "ONCE",
    "PER_PUBLICATION",
    "Act",
    "Aid",
    "Assessment",
    "Bound",
    "Calendar",
    "CalendarFile",
    "Candidate",
    "Certainty",
    "Change",
    "Cite",
    "Citing",
    "Claim",
    "Column",
    "Commitment",
    "Comparison",
    "ContributionRegister",
    "Count",
    "Course",
    "Dialogue",
    "Diff",
    "Dispute",
    "Distinction",
    "Document",
    "Dormant",
    "Dossier",
    "Doubt",
    "Duration",
    "Entry",
    "Event",
    "Evidence",
    "Expectation",
    "ExternalEvent",
    "Fact",
    "FileResult",
    "Finding",
    "Form",
    "Fund",
    "FundLedger",
    "Grade",
    "Holders",
    "Incident",
    "Kind",
    "Kinds",
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
    "Occurrence",
    "Outcome",
    "PageResult",
    "Participation",
    "PartnershipError",
    "Party",
    "PartyNames",
    "Percent",
    "Plan",
    "PlanOutcome",
    "PlannedItem",
    "PlannedState",
    "Policy",
    "Project",
    "Projection",
    "Proposal",
    "Reason",
    "Record",
    "Refusal",
    "RegisterRow",
    "Relation",
    "Remarked",
    "Remarks",
    "ReportedCount",
    "Request",
    "Role",
    "Rotation",
    "Rule",
    "Scale",
    "Scoreboard",
    "SearchHit",
    "Series",
    "SeriesLedger",
    "Source",
    "SourceKind",
    "Standing",
    "Statement",
    "States",
    "Statistic",
    "Status",
    "StatusAt",
    "Step",
    "Submission",
    "TableData",
    "ThemedYear",
    "Total",
    "TreeHead",
    "Verification",
    "View",
    "Visit",
    "When",
    "Why",
    "bibtex",
    "copy_fields",
    "csl",
    "errors",
    "events",
    "fields",
    "from_dict",
    "json_ld",
    "json_schema",
    "most_official",
    "newest",
    "open",
    "prov_json",
    "read",
    "read_claim",
    "read_sheet",
    "read_source",
    "read_submission",
    "table_of",
    "to_dict",
    "write",
    "write_calendar",
    "write_citations",
    "write_linked_data",
    "write_template",
]

_NAMES_BY_MODULE = {
    "engine.diff": "Change",
    "engine.provenance": "Reason Why",
    "engine.resolution": "Policy Rule most_official newest",
    "errors": "PartnershipError Refusal",
    "io.calendar_file": "CalendarFile write_calendar",
    "io.citations": "bibtex csl write_citations",
    "io.dicts": "from_dict to_dict",
    "io.jsonl": "read write",
    "io.linked_data": "json_ld prov_json write_linked_data",
    "io.outgoing": "FileResult",
    "io.schema": "json_schema",
    "io.sheets": "read_sheet",
    "io.submission": "read_claim read_source read_submission",
    "io.table_columns": "Column",
    "io.tables": "TableData table_of",
    "io.template": "write_template",
    "kinds": "Kinds",
    "model.entry": "Claim Entry Remarks",
    "model.event": "ONCE PER_PUBLICATION Event",
    "model.expectations": "Expectation Outcome PlannedState",
    "model.kind": "Kind",
    "model.occurrence": "Candidate Evidence Fact Finding Grade Occurrence",
    "model.projection": "Lifecycle Projection Step copy_fields",
    "queries.calendar": "Calendar PlannedItem Standing",
    "queries.commitment_register": "Obligation",
    "queries.comparison": "Comparison",
    "queries.disputes": "Dispute",
    "queries.document_register": "RegisterRow",
    "queries.dormancy": "Dormant",
    "queries.dossier": "Dossier Link",
    "queries.fund_ledger": "ContributionRegister FundLedger Total",
    "queries.holders": "Holders",
    "queries.outcomes": "PlanOutcome",
    "queries.scoreboard": "Scoreboard",
    "queries.search": "SearchHit",
    "queries.series_ledger": "SeriesLedger",
    "queries.status_at": "Members StatusAt",
    "record.citing": "Cite Citing",
    "record.record": "Diff Record open",
    "record.remarked": "Remarked",
    "record.states": "States",
    "record.submissions": "Submission",
    "record.view": "PageResult View",
    "storage.merkle": "TreeHead Verification",
    "subjects.aid": "Aid",
    "subjects.assessments": "Assessment",
    "subjects.commitments": "Commitment",
    "subjects.counts": "ReportedCount",
    "subjects.courses": "Course",
    "subjects.dialogues": "Dialogue",
    "subjects.distinctions": "Distinction",
    "subjects.documents": "Act Document Form",
    "subjects.doubts": "Doubt",
    "subjects.external_events": "ExternalEvent",
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
    "subjects.statuses": "Scale Status",
    "subjects.themed_years": "ThemedYear",
    "subjects.visits": "Visit",
    "values.amounts": "Bound Count Duration Money Percent",
    "values.party_names": "PartyNames",
    "values.sources": "Certainty Source SourceKind",
    "values.when": "When",
}
"""The public names of each module, which is loaded on first use of one of them."""

_MODULE_OF = {name: module for module, names in _NAMES_BY_MODULE.items() for name in names.split()}
_MODULES = ("errors", "events", "fields")

__version__: str
"""The version of the installed library, looked up on first use."""


def __getattr__(name: str) -> object:
    from partnership._lazy import load  # noqa: PLC0415  the menu itself loads nothing

    if name in _MODULES:
        return load(name, "")
    if name == "__version__":
        from importlib.metadata import version  # noqa: PLC0415  it takes longer to load than all else here

        return version("partnership")
    if name not in _MODULE_OF:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return load(_MODULE_OF[name], name)


def __dir__() -> list[str]:
    return __all__
