"""A view as others may see it: what the desk keeps to itself is left out of every page and picture (floor 7)."""

from __future__ import annotations

from attrs import frozen

from partnership.reading.book import Few
from partnership.reading.road import Reading
from partnership.reading.sharing import may_leave
from partnership.reading.shelf import Shelf
from partnership.view import View

__all__ = ["Leaving", "leaving"]


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


def leaving(view: View) -> Leaving:
    """Return a view without what may not leave the desk, and how many entries that is.

    An entry outside the cut counts too: what any desk marked ``shared=False`` stays, whichever day is asked for.
    """
    reading = view._reading()  # noqa: SLF001  the inside of a view, asked through another shelf
    held = [one for one in reading.shelf.book.entries() if one.position <= reading.shelf.head]
    free = View(Reading(Shelf(Few(may_leave(held))), reading.cut), lambda: view.today, view.partnership, view.kinds)
    return Leaving(free, len(view.entries()) - len(free.entries()))
