"""What two sides of a strategic partnership agreed, planned, held, postponed, launched and delivered, and who said so.

The menu: every public name, and nothing else. Events are on a menu of their own, `partnership.events`.
"""

from partnership import errors, events
from partnership.asked import States
from partnership.errors import PartnershipError
from partnership.formats.lines import read, write
from partnership.log.entry import Claim, Entry, Remarks
from partnership.log.integrity import TreeHead, Verification
from partnership.model.event import ONCE, SAID, Event
from partnership.model.happening import Candidate, Evidence, Fact, Finding, Happening
from partnership.model.projection import Lifecycle, Projection, Step, take
from partnership.questions.calendar import Expected
from partnership.reading.belief import Policy, most_official, newest
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
    "Candidate",
    "Certainty",
    "Change",
    "Claim",
    "Count",
    "Diff",
    "Entry",
    "Event",
    "Evidence",
    "Expected",
    "Fact",
    "Finding",
    "Happening",
    "Lifecycle",
    "Money",
    "PartnershipError",
    "Percent",
    "Policy",
    "Projection",
    "Reason",
    "Record",
    "Remarks",
    "Source",
    "SourceKind",
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
