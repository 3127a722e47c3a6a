"""For tests of what is built on the library: strategies, scenarios, and the laws (floor 8). Needs ``hypothesis``."""

from partnership.testing import laws
from partnership.testing.strategies import Act, events_of, histories, slugs, sources, ticking, whens, write

__all__ = ["Act", "events_of", "histories", "laws", "slugs", "sources", "ticking", "whens", "write"]
