"""The page of a view: one file that can be mailed (floor 7)."""

from __future__ import annotations

from os import PathLike
from typing import Any, Protocol

from partnership._lazy import load
from partnership.errors import NotInstalled
from partnership.record.families import Families
from partnership.values.text import NAME_LIMIT, place_of, text

__all__ = ["PageResult", "Paging"]


class PageResult(Protocol):
    """How many entries stayed at the desk; as text the sentence that says so, empty where none did."""

    @property
    def kept(self) -> int:
        """How many."""
        ...


class Paging(Families):
    """What a view writes of itself."""

    def page(self, path: str | PathLike[str], *, title: str | None = None) -> PageResult:
        """Write one HTML file that needs nothing else: for a browser, a phone, a printer, a screen reader.

        It shows what is overdue, what is to come, where sources differ, the present state by subject and a timeline,
        every value with its sources. What may not leave the desk is left out, and the page says how many entries that
        is.

        Args:
            path: the file; a page that is there is replaced, whole or not at all.
            title: its heading; the name of the file, without its ending, unless given.

        Returns:
            How many entries were left out; as text, the sentence that the page has.

        Raises:
            InvalidValue: the path is none, or the title no text of up to 200 characters.
            NotARecord: something else than a page is there, which is not written over.
            ReadOnly, StorageFull, StorageError: the file cannot be written; what was there is as it was.
            NotInstalled: jinja2 is not there.
        """
        try:
            import jinja2 as _  # noqa: F401, PLC0415  only whether it is there
        except ImportError:
            raise NotInstalled("jinja2", "page") from None
        from pathlib import Path  # noqa: PLC0415  a view that writes no page needs none of it

        from partnership._atomic_write import replace  # noqa: PLC0415  as above
        from partnership.render import footnotes, html, page  # noqa: PLC0415  as above

        place = place_of(path, "give the name of a file, 'asean-russia.html'")
        free: Any = load("record.leaving", "leaving")(self)  # a module above, which asks views
        view: Any = free.view
        query = view._query()  # noqa: SLF001  a view like this one
        told = page.Answers(
            title=footnotes.on_one_line(Path(place).stem if title is None else text(title, NAME_LIMIT)),
            today=view.today,
            kept=str(free),
            policy=query.scope.policy,
            folds=[(one, query.fold(one)) for one in self._kinds.projections],
            timeline=view.timeline(),
            possible=view.possible,
            overdue=view.overdue(),
            upcoming=view.upcoming(),
            disputes=view.disputes(),
        )
        replace(place, html.markup(page.page_of(told)), html.BEGINNING)
        kept: PageResult = free
        return kept
