"""The menu of all events, and the closed table of stored names.

To add a kind of fact, import its page here: nothing else in the library has a list of events.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import chain
from typing import TypeGuard

from partnership.errors import InvalidValue, UnknownEvent
from partnership.model.event import Event, fields_of
from partnership.subjects.aid import *  # noqa: F403
from partnership.subjects.assessments import *  # noqa: F403
from partnership.subjects.commitments import *  # noqa: F403  the menu: each page says in __all__ what it puts on it
from partnership.subjects.consents import *  # noqa: F403
from partnership.subjects.contributions import *  # noqa: F403
from partnership.subjects.corrections import *  # noqa: F403
from partnership.subjects.courses import *  # noqa: F403
from partnership.subjects.dialogues import *  # noqa: F403
from partnership.subjects.documents import *  # noqa: F403
from partnership.subjects.drafts import *  # noqa: F403
from partnership.subjects.funds import *  # noqa: F403
from partnership.subjects.incidents import *  # noqa: F403
from partnership.subjects.lines import *  # noqa: F403
from partnership.subjects.measures import *  # noqa: F403
from partnership.subjects.meetings import *  # noqa: F403
from partnership.subjects.memberships import *  # noqa: F403
from partnership.subjects.missions import *  # noqa: F403
from partnership.subjects.networks import *  # noqa: F403
from partnership.subjects.participations import *  # noqa: F403
from partnership.subjects.parties import *  # noqa: F403
from partnership.subjects.plans import *  # noqa: F403
from partnership.subjects.projects import *  # noqa: F403
from partnership.subjects.proposals import *  # noqa: F403
from partnership.subjects.relations import *  # noqa: F403
from partnership.subjects.requests import *  # noqa: F403
from partnership.subjects.roles import *  # noqa: F403
from partnership.subjects.rotations import *  # noqa: F403
from partnership.subjects.series import *  # noqa: F403
from partnership.subjects.statements import *  # noqa: F403
from partnership.subjects.statistics import *  # noqa: F403
from partnership.subjects.statuses import *  # noqa: F403
from partnership.subjects.themed_years import *  # noqa: F403
from partnership.subjects.visits import *  # noqa: F403
from partnership.values.names import slug, subject

Table = Mapping[str, type[Event]]

_RESERVED = {
    "about",
    "dated",
    "dated_by",
    "impossible",
    "is_lasting",
    "kind",
    "name",
    "rank",
    "said",
    "same",
    "together",
    "upcasters",
    "version",
}


def is_event(value: object) -> TypeGuard[type[Event]]:
    """Tell whether a value is a class of events."""
    return isinstance(value, type) and issubclass(value, Event)


def table_of(classes: Iterable[type[Event]]) -> Table:
    """Return the table of these event classes by stored name.

    Raises:
        UnknownEvent: a class is no event, has no stored name or one that is taken, or lacks an upcaster; a record must
            be able to read what it wrote.
    """
    table: dict[str, type[Event]] = {}
    for one in classes:
        if not is_event(one):
            raise UnknownEvent(repr(one), None, "it is no class of events; derive it from partnership.Event")
        if reason := next(_wrong_with(one), None):
            raise UnknownEvent(one.__name__, None, reason)
        if table.setdefault(one.name, one) is not one:
            other = table[one.name].__name__
            raise UnknownEvent(one.name, one.version, f"{other} has that stored name already; choose another")
    return table


def _wrong_with(one: type[Event]) -> Iterator[str]:
    """Yield what keeps a class out of every table; only the first may be relied on, the rest may follow from it."""
    if "__attrs_attrs__" not in vars(one):
        yield "decorate the class with attrs.frozen(kw_only=True), or its fields are none"
    fields = {*fields_of(one).names}
    if taken := sorted(_RESERVED & fields):
        yield f"a field cannot be called {taken[0]!r}; choose another name"
    if not (hasattr(one, "name") and hasattr(one, "kind")):
        yield "give the class a stored `name` and the `kind` of its subjects"
    try:
        subject(f"{one.kind}:{slug(one.name)}")
    except InvalidValue as refused:
        yield f"its stored name or its kind is no slug: {refused}"
    if type(one.version) is not int or one.version < 1:
        yield f"its version is {one.version!r}; versions are whole numbers from 1"
    if missing := sorted({*range(1, one.version)} - one.upcasters.keys()):
        yield f"it lacks the upcaster from version {missing[0]}, so entries of that version could not be read"
    if strange := sorted({*fields_of(one).keyed, *chain(*one.together)} - fields):
        yield f"`same` or `together` names {strange[0]!r}, which is no field of it"


BUILT_IN: Table = table_of(value for value in list(globals().values()) if is_event(value) and value is not Event)
"""Every event of the library by its stored name."""
