"""Records in a PostgreSQL database: every verb takes the address, and none repeats its password."""

from __future__ import annotations

import pytest

import partnership as ps
from partnership.__main__ import _activity
from partnership.cli.arguments import build_parser

NAME = ("--partnership", "asean-russia")


@pytest.fixture
def address(database):
    """Return the address of an empty database."""
    return database


def test_a_record_in_a_database(run, values, path, address):
    """It is made once, filled, asked and corrected like a file; one that is not there is not made by asking."""
    run("export", path, "lines.jsonl")
    missing = "partnership: asean-russia in the database: there is no such record; `partnership new` makes one\n"
    assert run("overdue", address, *NAME) == (2, "", missing)
    assert run("new", address, *NAME) == (0, "Created asean-russia in the database.\n", "")
    told = "partnership: asean-russia in the database: exists already, and nothing was changed: give another name\n"
    assert run("new", address, *NAME) == (2, "", told)
    told = "Added 10 entries to asean-russia in the database, which holds 10.\n"
    assert run("import", address, "lines.jsonl", *NAME) == (0, told, "")
    assert values("import", address, "lines.jsonl", *NAME)["record"] == "asean-russia in the database"
    day = ("--as-of", "2022-06-01")
    assert run("overdue", address, *NAME, *day) == run("overdue", path, *day)
    assert run("correct", address, "special-fmm-2020", "place=Hanoi", *NAME)[0] == 0
    assert run("verify", address, *NAME)[0] == 0
    assert run("export", address, "again.jsonl", *NAME)[0] == 0
    with ps.open(address, partnership="asean-russia") as record:
        assert record.meetings["special-fmm-2020"].place == "Hanoi"


def test_a_database_without_a_name(run, address):
    """The name is asked for, since a database holds several records."""
    told = "partnership: the database: holds the records of several partnerships: add --partnership NAME\n"
    for words in (("overdue",), ("verify",), ("new",), ("retract", "a")):
        assert run(words[0], address, *words[1:]) == (2, "", told)


def test_what_a_terminal_shows_meanwhile():
    """A file by its name, and no address."""
    parser = build_parser()
    address = "postgresql://desk:secretpw@localhost/desk"
    assert _activity(parser.parse_args(["overdue", "a.db"])) == "reading a.db"
    assert _activity(parser.parse_args(["overdue", address])) == "reading a database"
