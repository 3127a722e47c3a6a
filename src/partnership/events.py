"""All built-in events. Each is loaded on first use, with its module of `partnership.subjects`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from partnership._lazy import load
from partnership.kinds import EVENT_MODULES

if TYPE_CHECKING:  # the `__all__` of each module lists its events
    from partnership.subjects.aid import *  # noqa: F403
    from partnership.subjects.amendments import *  # noqa: F403
    from partnership.subjects.assessments import *  # noqa: F403
    from partnership.subjects.commitments import *  # noqa: F403
    from partnership.subjects.counts import *  # noqa: F403
    from partnership.subjects.courses import *  # noqa: F403
    from partnership.subjects.dialogues import *  # noqa: F403
    from partnership.subjects.distinctions import *  # noqa: F403
    from partnership.subjects.documents import *  # noqa: F403
    from partnership.subjects.doubts import *  # noqa: F403
    from partnership.subjects.external_events import *  # noqa: F403
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

_MODULES = {**EVENT_MODULES, "AMENDMENTS": "subjects.amendments"}


def __getattr__(name: str) -> object:
    if name == "__all__":  # for ``from partnership.events import *``
        return [*_MODULES]
    if name not in _MODULES:
        raise AttributeError(f"module {__name__!r} has no event {name!r}")
    return load(_MODULES[name], name)


def __dir__() -> list[str]:
    return sorted({*globals(), *_MODULES})
