"""What Hypothesis loads by its entry point: ``st.from_type`` knows the library's values, and events of any class.

It imports nothing: values and events are registered when the library is first used, or now where it is in use, and a
class of events when it is made.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from partnership import _lazy

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy

    from partnership.model.event import Event

__all__ = ["register"]


def register() -> None:
    """Let ``st.from_type`` know the library's values and events; Hypothesis calls it when it is imported."""
    if "partnership.model.event" in sys.modules:
        _register()
    else:
        _lazy.BEFORE_FIRST_LOAD.append(_register)


def _register() -> None:
    from hypothesis.strategies import register_type_strategy  # noqa: PLC0415  it is imported already

    from partnership.model.event import when_subclassed  # noqa: PLC0415  the library is in use now
    from partnership.values.amounts import Count, Money, Percent  # noqa: PLC0415  as above
    from partnership.values.sources import Source  # noqa: PLC0415  as above
    from partnership.values.when import When  # noqa: PLC0415  as above

    for value in (When, Source, Count, Money, Percent):
        register_type_strategy(value, _of_value)
    when_subclassed(lambda event: register_type_strategy(event, _of_event))


def _of_value(value: type) -> SearchStrategy[object]:
    from partnership.testing.strategies import VALUES  # noqa: PLC0415  loaded when a strategy is asked for

    return VALUES[value]()


def _of_event(event: type[Event]) -> SearchStrategy[Event]:
    from partnership.testing.strategies import events_of  # noqa: PLC0415  as above

    return events_of(event)
