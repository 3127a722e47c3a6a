"""Hypothesis plugin: teaches ``st.from_type`` the library's values and events.

Hypothesis loads it through its entry point in every project where both are installed, so it must be cheap: it imports
nothing. Strategies are registered when the library is first used, or at once if it is in use already. Classes of
events that a user defines are registered when they are defined.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from partnership import _lazy

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy

    from partnership.model.event import Event


def register() -> None:
    """Register the strategies, now or on first use of the library. Hypothesis calls it when it is imported."""
    if "partnership.model.event" in sys.modules:
        _register()
    else:
        _lazy.BEFORE_FIRST_LOAD.append(_register)


def _register() -> None:
    from hypothesis.strategies import register_type_strategy  # noqa: PLC0415  Hypothesis is imported already

    from partnership.model.event import when_subclassed  # noqa: PLC0415  the library is in use now
    from partnership.values.amounts import Count, Duration, Money, Percent  # noqa: PLC0415
    from partnership.values.sources import Source  # noqa: PLC0415
    from partnership.values.when import When  # noqa: PLC0415

    for value in (When, Source, Count, Money, Percent, Duration):
        register_type_strategy(value, _values_of)
    when_subclassed(lambda event: register_type_strategy(event, _events_of))


def _values_of(value: type) -> SearchStrategy[object]:
    from partnership.testing.strategies import VALUES  # noqa: PLC0415  loaded on first use

    return VALUES[value]()


def _events_of(event: type[Event]) -> SearchStrategy[Event]:
    from partnership.testing.strategies import events_of  # noqa: PLC0415  loaded on first use

    return events_of(event)
