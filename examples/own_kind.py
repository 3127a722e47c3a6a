"""Define a kind of subject of your own: events, state and lifecycle. The whole library then works with it.

    python examples/own_kind.py

In this folder, ``partnership overdue arts.db --kinds own_kind:exhibitions`` uses the kind on the command line.
"""

from __future__ import annotations

import signal

from attrs import frozen

import partnership as ps
from partnership import fields


@frozen(kw_only=True)
class ExhibitionAnnounced(ps.Event):
    """An exhibition is planned."""

    name = "exhibition-announced"
    kind = "exhibition"
    identity = ps.PER_PUBLICATION  # each publication is an announcement of its own

    title: str | None = fields.name(label=True)
    host: str | None = fields.party()
    meeting: str | None = fields.ref("meeting")
    planned: ps.When | None = fields.date()


@frozen(kw_only=True)
class ExhibitionOpened(ps.Event):
    """An exhibition opened."""

    name = "exhibition-opened"
    kind = "exhibition"
    rank = 10  # on the same day it comes after an announcement

    title: str | None = fields.name(label=True)
    host: str | None = fields.party()


@frozen
class Exhibition(ps.PlannedState):
    """What is known about one exhibition. The base class adds ``expected``, ``previous_dates`` and ``outcomes``."""

    status: str | None = None
    title: str | None = None
    titles: tuple[str, ...] = ()
    host: str | None = None
    opened_on: ps.When | None = None


LIFECYCLE = ps.Lifecycle(
    steps={
        "exhibition-announced": ps.Step("announced", sets_plan=True),
        "exhibition-opened": ps.Step("opened", on="opened_on", fulfils=True),
    },
    ranks={"announced": 1, "opened": 2},
    copies=("title", "host"),
)
exhibitions = ps.Kind(
    "exhibition",
    events=(ExhibitionAnnounced, ExhibitionOpened),
    projection=ps.Projection("exhibitions", Exhibition, LIFECYCLE.advance, kind="exhibition"),
)


def main() -> None:
    """Record three claims, then print states, what is overdue, and why a state is as it is."""
    record = ps.open(":memory:", kinds=[exhibitions])
    tass = ps.Source("TASS", published="2026-01-10", kind="news")
    record.add(ExhibitionAnnounced("rodin-2026", planned="2026-06", title="Rodin", host="VN"), source=tass)
    record.add(ExhibitionAnnounced("icons-2026", planned="2026-02"), source=tass)
    ministry = ps.Source("MFA of Russia", published="2026-03-01", kind="official-release")
    record.add(ExhibitionOpened("icons-2026", on="2026-02-20", host="RU"), source=ministry)

    print("icons:    ", record.states("exhibition")["icons-2026"].status)
    print("overdue:  ", *(plan.subject for plan in record.as_of("2026-07-15").overdue()))
    print("known in February:", record.as_of("2026-02-28").states(exhibitions)["icons-2026"].status)
    print("why:", record.why("exhibition:rodin-2026"))


if __name__ == "__main__":
    if hasattr(signal, "SIGPIPE"):  # Windows has none
        signal.signal(signal.SIGPIPE, signal.SIG_DFL)  # "… | head" ends quietly
    main()
