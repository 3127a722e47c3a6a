"""A view as others may see it: what the desk keeps to itself is left out of every page and picture (floor 7)."""

from __future__ import annotations

from collections.abc import Iterable

from attrs import frozen

from partnership.engine.entry_source import InMemoryEntries
from partnership.engine.index import ClaimIndex
from partnership.engine.query import Query
from partnership.engine.sharing import shareable_entries
from partnership.model.entry import Entry
from partnership.record.families import consistent
from partnership.record.view import View

__all__ = ["Leaving", "entries_leaving", "leaving"]


@frozen(eq=False)
class Leaving:
    """What may leave the desk of a view.

    Attributes:
        view: the same cut, through what may leave.
        kept: how many entries of the view may not.

    As text, what a page or a picture says of it: nothing where nothing is kept.
    """

    view: View
    kept: int

    def __str__(self) -> str:
        if self.kept == 1:
            return "1 entry stays at the desk and is left out."
        return f"{self.kept} entries stay at the desk and are left out." if self.kept else ""


@consistent
def leaving(view: View) -> Leaving:
    """Return a view without what may not leave the desk, and how many entries that is."""
    query = view._query()  # noqa: SLF001  the inside of a view, asked through another shelf
    held = (one for one in query.index.entry_source.entries() if one.position <= query.index.head)
    few = InMemoryEntries(_free(view, held), query.index.entry_source.whole)
    today = view.today
    free = View(Query(ClaimIndex(few), query.scope), lambda: today, view.partnership, view.kinds)
    return Leaving(free, len(view.entries()) - len(free.entries()))


@consistent
def entries_leaving(view: View) -> list[Entry]:
    """Return the entries of a view that may leave the desk."""
    return _free(view, view.entries())


def _free(view: View, entries: Iterable[Entry]) -> list[Entry]:
    """Return those of some entries that may leave the desk, by all that the log of a view holds now.

    What is outside of the cut counts too: what any entry marks ``shared=False`` stays, whatever a view leaves out.
    """
    whole = view._query().index.entry_source.whole  # noqa: SLF001  as above
    free = {one.id for one in shareable_entries(whole.entries())}
    return [one for one in entries if one.id in free]
