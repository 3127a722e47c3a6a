"""A projection of one's own in a few lines: as-of, late claims, merging and `why` come for nothing.

python examples/own_projection.py
"""

from __future__ import annotations

from attrs import evolve, frozen

import partnership as ps
from partnership.events import MeetingHeld

# ---- the projection ----


@frozen
class Hosting:
    """What one party hosted."""

    party: str
    hosted: tuple[str, ...] = ()


def host(state: Hosting, occurrence: ps.Occurrence) -> Hosting:
    """Add what was held."""
    return evolve(state, hosted=(*state.hosted, f"{occurrence.event.subject} ({occurrence.event.on})"))


def hosts(occurrence: ps.Occurrence) -> list[str]:
    """Name the parties whose state it changes."""
    return [occurrence.event.host] if occurrence.event.name == "meeting-held" and occurrence.event.host else []


hosting = ps.Projection("hosting", initial=Hosting, evolve=host, key=hosts)
# ---- and that is all of it ----


def main() -> None:
    """Ask it as the record stood on three days, after a late claim, after a merge, and why."""
    here, there = ps.open(":memory:"), ps.open(":memory:")
    tass = ps.Source("TASS", published="2016-05-20", kind="news")
    here.add(MeetingHeld("summit-2016", on="2016-05-19/2016-05-20", host="RU"), source=tass)
    cna = ps.Source("Channel NewsAsia", published="2018-11-14", kind="news")
    here.add(MeetingHeld("summit-2018", on="2018-11-14", host="SG"), source=cna)
    print("as of 2017:     ", dict(here.as_of("2017-01-01").project(hosting)))

    late = ps.Source("MFA of Russia", published="2023-07-11", kind="official-release")
    there.add(MeetingHeld("security-2023", on="2023-05-23", host="RU"), source=late)
    there.add(MeetingHeld("university-forum", on="2016-09-01/2016-09-02", host="RU"), source=late)
    here.merge(there)
    print("after the merge:", here.project(hosting)["RU"].hosted)
    print("known in 2018:  ", here.as_of(known="2018-12-31").project(hosting)["RU"].hosted)
    print("why:", here.why("RU", projection=hosting))


if __name__ == "__main__":
    main()
