"""What two sides of a strategic partnership agreed, planned, held, postponed, launched and delivered, and who said so.

The menu: every public name, and nothing else. Events are on a menu of their own, `partnership.events`.
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from partnership import errors, events
    from partnership.asked import States
    from partnership.errors import PartnershipError
    from partnership.formats.lines import read, write
    from partnership.log.entry import Claim, Entry, Remarks
    from partnership.log.integrity import TreeHead, Verification
    from partnership.model.event import ONCE, SAID, Event
    from partnership.model.happening import Candidate, Evidence, Fact, Finding, Happening
    from partnership.model.projection import Lifecycle, Projection, Step, take
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
    from partnership.values.amounts import Bound, Count, Money, Percent
    from partnership.values.sources import Certainty, Source
    from partnership.values.sources import Kind as SourceKind
    from partnership.values.when import When
    from partnership.view import Diff, View

__all__ = [
    "ONCE",
    "SAID",
    "Bound",
    "Calendar",
    "Candidate",
    "Certainty",
    "Change",
    "Claim",
    "Count",
    "Diff",
    "Dispute",
    "Dormant",
    "Dossier",
    "Entry",
    "Event",
    "Evidence",
    "Expected",
    "Fact",
    "Finding",
    "Found",
    "FundLedger",
    "Happening",
    "Holders",
    "Lifecycle",
    "Link",
    "Members",
    "Money",
    "Obligation",
    "PartnershipError",
    "Percent",
    "Policy",
    "Projection",
    "Reason",
    "Record",
    "Registered",
    "Remarks",
    "Rule",
    "Scoreboard",
    "SeriesLedger",
    "Source",
    "SourceKind",
    "Standing",
    "States",
    "Step",
    "TreeHead",
    "Verification",
    "View",
    "When",
    "Why",
    "errors",
    "events",
    "most_official",
    "newest",
    "open",
    "read",
    "take",
    "write",
]

_MENU = {
    "asked": "States",
    "errors": "PartnershipError",
    "formats.lines": "read write",
    "log.entry": "Claim Entry Remarks",
    "log.integrity": "TreeHead Verification",
    "model.event": "ONCE SAID Event",
    "model.happening": "Candidate Evidence Fact Finding Happening",
    "model.projection": "Lifecycle Projection Step take",
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
    "values.amounts": "Bound Count Money Percent",
    "values.sources": "Certainty Source Kind=SourceKind",
    "values.when": "When",
    "view": "Diff View",
}
"""Every module with the names that it puts on the menu: it is loaded when one of them is first used."""

_MODULE_OF = {name: module for module, names in _MENU.items() for name in names.replace("Kind=", "").split()}


def __getattr__(name: str) -> object:
    from partnership.lazily import load  # noqa: PLC0415  the menu itself loads nothing

    if name in ("errors", "events"):
        return load(name, "")
    if name not in _MODULE_OF:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return load(_MODULE_OF[name], "Kind" if name == "SourceKind" else name)


def __dir__() -> list[str]:
    return __all__
