"""Roles: who held them, and when two seem to have held one at once."""

from __future__ import annotations

import pytest
from attrs import frozen

import partnership as ps
from partnership.errors import InvalidEvent
from partnership.events import RoleHeld
from partnership.subjects.roles import Role, Term
from partnership.testing.scenario import found, told

KHMER_PRESS = ("2021-08-10", "Agence Kampuchea Presse", "news")
TASS = ("2021-09-24", "TASS", "news")


def coordinator(*story):
    """Tell a story of the country coordinator, and return its state."""
    return told(*story).roles["coordinator"]


def test_one_holder_after_another():
    """The last to begin holds it; the terms stand in their order, however they arrive (AR-129)."""
    state = coordinator(
        KHMER_PRESS,
        RoleHeld("coordinator", holder="kh", on="2021-08/2024", title="Country coordinator", theme="Trust"),
        RoleHeld("coordinator", holder="ID", on="2018/2021-07", theme="Ties"),
    )  # fmt: skip

    assert state == Role(
        subject="role:coordinator",
        title="Country coordinator",
        holder="KH",
        theme="Trust",
        terms=(
            Term("ID", ps.When("2018/2021-07"), is_disputed=False),
            Term("KH", ps.When("2021-08/2024"), is_disputed=False),
        ),
    )


def test_the_title_that_an_earlier_report_used():
    """It stays where the newer holder's report has none; the theme was another's and goes."""
    state = coordinator(
        KHMER_PRESS, RoleHeld("coordinator", holder="ID", on="2018/2021", title="Coordinator", theme="Ties"),
        RoleHeld("coordinator", holder="KH", on="2022/2024"),
    )  # fmt: skip

    assert (state.title, state.theme) == ("Coordinator", None)


def test_a_term_that_is_going_on():
    """Standing within it, the role is held: it need not be over (AR-001)."""
    record = told(("2020-11-16", "VNA", "news"), RoleHeld("chair", holder="VN", on="2020"))

    assert record.as_of("2020-11-20").roles["chair"].holder == "VN"


@pytest.mark.parametrize(
    ("one", "other", "odd"),
    [
        ("2020", "2021", set()),
        ("2020/2021", "2021/2023", set()),  # a handover some time in 2021
        ("2020/2021-08", "2021-07/2023", {"two-holders"}),
        ("2021-08-06", "2021-08-06", {"two-holders"}),
        ("2021", "2021", set()),  # some day each, which may be two
        (None, "2021-08-06", set()),
        ("2021-08-06", None, set()),
    ],
)
def test_two_holders(one, other, odd):
    """Odd where their terms surely share a day."""
    record = told(
        KHMER_PRESS, RoleHeld("coordinator", holder="ID", on=one),
        RoleHeld("coordinator", holder="KH", on=other),
    )  # fmt: skip

    assert found(record) == odd


def test_sources_that_differ_on_a_term():
    """The term is disputed, and so are the terms of the role (AR-129, AR-130)."""
    story = [KHMER_PRESS, RoleHeld("coordinator", holder="KH", on="2021/2024")]
    disputed = [*story, TASS, RoleHeld("coordinator", holder="KH", on="2022/2025")]

    assert coordinator(*disputed).disputed == ("terms",)
    assert [one.is_disputed for one in coordinator(*disputed).terms] == [True]
    assert coordinator(*disputed, RoleHeld("coordinator", holder="ID", on="2018/2020")).disputed == ("terms",)
    assert coordinator(*story).disputed == ()


@frozen(kw_only=True)
class RotationChanged(ps.Event):
    """A desk's own event about a role."""

    name = "rotation-changed"
    kind = "role"


def test_an_event_of_the_users_own():
    """It is no holder: it leaves the role as it is, and nothing is found between it and the holders."""
    record = told(
        KHMER_PRESS, RoleHeld("coordinator", holder="KH", on="2021-08-06"),
        RotationChanged("coordinator", on="2021-08-06"),
        events=[RotationChanged],
    )  # fmt: skip

    assert record.roles["coordinator"].holder == "KH"
    assert found(record) == set()


def test_a_role_without_a_holder():
    """It is refused: nobody is no party."""
    with pytest.raises(InvalidEvent, match="holder: None is not the code of a party"):
        RoleHeld("coordinator", holder=None)
