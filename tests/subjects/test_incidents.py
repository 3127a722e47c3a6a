"""Incidents: unplanned events."""

from __future__ import annotations

from attrs import frozen

import partnership as ps
from partnership.events import IncidentReported
from partnership.testing.scenario import given


def test_an_incident():
    """The state has the text, the place and the parties; sources may differ on the date."""
    incident = given(
        ("2020-11-16", "VNA", "news"),
        IncidentReported(
            "crash", on="2020-11-14", place="Bali", parties=["RU", "ID"], text="a crash", topics="transport"
        ),
        ("2020-11-17", "TASS", "news"),
        IncidentReported("crash", on="2020-11-15", text="an accident", concerns="visit:envoy"),
    ).incidents["crash"]

    assert (incident.text, incident.texts) == ("an accident", ("an accident", "a crash"))
    assert (incident.place, incident.parties, incident.topics) == ("Bali", ("ID", "RU"), ("transport",))
    assert (incident.happened_on, incident.concerns) == (ps.When("2020-11-15"), ("visit:envoy",))
    assert incident.disputed == ("happened_on",)


@frozen(kw_only=True)
class IncidentSettled(ps.Event):
    """A user-defined event about an incident."""

    name = "incident-settled"
    kind = "incident"


def test_an_event_of_the_users_own():
    """The built-in projection ignores it."""
    incident = given(
        ("2021", "A", "news"), IncidentSettled("crash"), kinds=[ps.Kind("incident", [IncidentSettled])]
    ).incidents["crash"]

    assert (incident.text, incident.happened_on) == (None, None)
