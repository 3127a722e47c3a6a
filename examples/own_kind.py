"""A kind of subject of one's own: everything that the library answers of its own kinds, it answers of this one too.

python examples/own_kind.py

In this folder, ``partnership overdue arts.db --kinds own_kind:exhibitions`` knows it too.
"""

from __future__ import annotations

from attrs import frozen

import partnership as ps
from partnership import fields

# ---- the kind: its events, its state, and what each event does to the state ----


@frozen(kw_only=True)
class ExhibitionAnnounced(ps.Event):
    """An exhibition is to open."""

    name = "exhibition-announced"
    kind = "exhibition"
    identity = ps.PER_PUBLICATION

    title: str | None = fields.name(label=True)
    host: str | None = fields.party()
    meeting: str | None = fields.ref("meeting")
    planned: ps.When | None = fields.date()


@frozen(kw_only=True)
class ExhibitionOpened(ps.Event):
    """An exhibition opens."""

    name = "exhibition-opened"
    kind = "exhibition"
    rank = 10

    title: str | None = fields.name(label=True)
    host: str | None = fields.party()


@frozen
class Exhibition(ps.PlannedState):
    """What is known of one exhibition."""

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
# ---- and that is all of it ----


def main() -> None:
    """Ask for states, for what is overdue, and why."""
    record = ps.open(":memory:", kinds=[exhibitions])
    tass = ps.Source("TASS", published="2026-01-10", kind="news")
    record.add(ExhibitionAnnounced("rodin-2026", planned="2026-06", title="Rodin", host="VN"), source=tass)
    record.add(ExhibitionAnnounced("icons-2026", planned="2026-02"), source=tass)
    ministry = ps.Source("MFA of Russia", published="2026-03-01", kind="official-release")
    record.add(ExhibitionOpened("icons-2026", on="2026-02-20", host="RU"), source=ministry)

    print("icons:    ", record.states("exhibition")["icons-2026"].status)
    print("overdue:  ", *(one.subject for one in record.as_of("2026-07-15").overdue()))
    print("known in February:", record.as_of("2026-02-28").states(exhibitions)["icons-2026"].status)
    print("why:", record.why("exhibition:rodin-2026"))


if __name__ == "__main__":
    main()
