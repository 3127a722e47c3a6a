"""Tools to test records, kinds of subject and projections of your own. Needs ``hypothesis``.

`histories`, `events_of` and the other strategies generate what people do to a record, `laws` checks that a record keeps
its promises, and `given` builds a record from a short story.
"""

from partnership.testing import laws
from partnership.testing.scenario import finding_slugs, given
from partnership.testing.strategies import Act, events_of, histories, slugs, sources, ticking, whens, write

__all__ = [
    "Act",
    "events_of",
    "finding_slugs",
    "given",
    "histories",
    "laws",
    "slugs",
    "sources",
    "ticking",
    "whens",
    "write",
]
