"""Joint projects, and the fund that they are under.

Source: ``domain.md`` 2.4. Often only "several" in some sectors: such a group is one subject with a count.
"""

from __future__ import annotations

from typing import Literal

from attrs import field, frozen

from partnership.model import fields
from partnership.model.event import Event
from partnership.model.fields import LABEL, PARTY, refers_to
from partnership.model.projection import Lifecycle, Projection, Step
from partnership.values.amounts import Count, Money
from partnership.values.when import When

__all__ = ["ProjectLaunched"]


@frozen(kw_only=True)
class ProjectLaunched(Event):
    """A project, or a group of projects that nobody named, is started.

    Attributes:
        title: the name that the source uses.
        fund: the slug of the fund that pays for it.
        sectors: in which fields.
        agency: who carries it out.
        parties: whose project it is.
        budget: what it may cost.
        count: how many projects, where the subject stands for a group.
    """

    name = "project-launched"
    kind = "project"
    rank = 50

    title: str | None = field(default=None, converter=fields.name, metadata=LABEL)
    fund: str | None = field(default=None, converter=fields.ref, metadata=refers_to("fund"))
    sectors: tuple[str, ...] = field(default=(), converter=fields.names_of, metadata=LABEL)
    agency: str | None = field(default=None, converter=fields.name)
    parties: tuple[str, ...] = field(default=(), converter=fields.codes, metadata=PARTY)
    budget: Money | None = field(default=None, converter=fields.amount)
    count: Count | None = field(default=None, converter=fields.how_many)


Status = Literal["launched"]
"""Where a project stands."""

LIFECYCLE = Lifecycle(
    steps={"project-launched": Step("launched", ("fund", "sectors", "agency", "budget", "count"), on="launched_on")},
    ranks={"launched": 50},
    takes=("title", "parties"),
)


@frozen
class Project:
    """What is known of one project, or of a group of projects that nobody named.

    Attributes:
        subject: the project, ``project:slug``.
        status: where it stands.
        title: the name last used; `titles` has all.
        launched_on: when, where said.
        disputed: names of the fields on which sources differ.

    The other fields are those of the events.
    """

    subject: str
    status: Status | None = None
    title: str | None = None
    titles: tuple[str, ...] = ()
    fund: str | None = None
    sectors: tuple[str, ...] = ()
    agency: str | None = None
    parties: tuple[str, ...] = ()
    budget: Money | None = None
    count: Count | None = None
    launched_on: When | None = None
    disputed: tuple[str, ...] = ()


projects = Projection("projects", Project, LIFECYCLE.advance, kind="project")
"""What is known of every project."""
