"""What one document states, checked and ready to be recorded as a whole."""

from __future__ import annotations

from partnership._frozen import frozen
from partnership.errors import Refusal
from partnership.model.event import Event
from partnership.record.remarked import Remarked
from partnership.values.sources import Source

NO_CLAIMS = Refusal("claims", None, "is empty", "write a claim for each fact that the document states")
"""What is wrong with a submission without claims."""


@frozen
class Submission:
    """What one document states: `Record.submit` records all of it, or nothing.

    Attributes:
        source: the document.
        speaker: who is quoted, unless a claim names another speaker; None for the document's own words.
        claims: what is claimed, each with its own remarks if it has any.

    >>> import partnership as ps
    >>> from partnership.events import MeetingHeld
    >>> record = ps.open(":memory:")
    >>> source = ps.Source("VNA", published="2020-11-16")
    >>> len(record.submit(ps.Submission(source, None, (MeetingHeld("special-fmm-2020", on="2020-06-17"),))))
    1
    """

    source: Source
    speaker: str | None
    claims: tuple[Event | Remarked, ...]
