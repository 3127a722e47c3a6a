"""The menu of all events, and the closed table of stored names.

To add a kind of fact, import its page here: nothing else in the library has a list of events.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TypeGuard

from partnership.errors import UnknownEvent
from partnership.model.event import Event, fields_of
from partnership.subjects.commitments import *  # noqa: F403  the menu: each page says in __all__ what it puts on it
from partnership.subjects.corrections import *  # noqa: F403
from partnership.subjects.courses import *  # noqa: F403
from partnership.subjects.dialogues import *  # noqa: F403
from partnership.subjects.meetings import *  # noqa: F403
from partnership.subjects.projects import *  # noqa: F403
from partnership.subjects.roles import *  # noqa: F403
from partnership.subjects.statements import *  # noqa: F403

Table = Mapping[str, type[Event]]

_RESERVED = {"about", "kind", "rank", "same", "together", "upcasters", "version"}


def is_event(value: object) -> TypeGuard[type[Event]]:
    """Tell whether a value is a class of events."""
    return isinstance(value, type) and issubclass(value, Event)


def table_of(classes: Iterable[type[Event]]) -> Table:
    """Return the table of these event classes by stored name.

    Raises:
        UnknownEvent: a class is no event, has no stored name, or shares its name with another; a record must be
            able to read what it wrote.
    """
    table: dict[str, type[Event]] = {}
    for one in classes:
        if not is_event(one):
            raise UnknownEvent(repr(one), None, "it is no class of events; derive it from partnership.Event")
        if not (hasattr(one, "name") and hasattr(one, "kind")):
            raise UnknownEvent(one.__name__, None, "give the class a stored `name` and the `kind` of its subjects")
        if table.setdefault(one.name, one) is not one:
            raise UnknownEvent(one.name, one.version, f"{table[one.name].__name__} has that stored name; choose another")
        if taken := _RESERVED & set(fields_of(one).names):
            raise UnknownEvent(one.name, one.version, f"a field cannot be called {min(taken)!r}; choose another name")
    return table


BUILT_IN: Table = table_of(
    value for value in list(globals().values()) if is_event(value) and value is not Event
)
"""Every event of the library by its stored name."""
