"""The proof of a log: that nothing in it was changed, taken out or put between."""

from __future__ import annotations

import hashlib
import random
import shutil
from datetime import UTC, datetime

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

import partnership as ps
from partnership.errors import InvalidValue
from partnership.events import MeetingHeld
from partnership.serialization.canonical import canonical, digest
from partnership.storage.merkle import Frontier, TreeHead, leaf_hash, leaf_hashes, root_of

SOURCE = ps.Source("VNA", published="2020-11-16")
NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
CT_LEAVES = [
    b"",
    b"\x00",
    b"\x10",
    b"\x20\x21",
    b"\x30\x31",
    b"\x40\x41\x42\x43",
    bytes(range(0x50, 0x58)),
    bytes(range(0x60, 0x70)),
]
CT_ROOTS = [  # of the first n leaves; RFC 6962 and the reference implementation of Certificate Transparency
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]


def leaf_of(content):
    """Return the leaf of some bytes as RFC 9162, 2.1.1 defines it."""
    return hashlib.sha256(b"\x00" + content).digest()


def naive_root(leaves):
    """Return the root as RFC 9162, 2.1.1 defines it, line by line."""
    if not leaves:
        return hashlib.sha256(b"").digest()
    if len(leaves) == 1:
        return leaves[0]
    split = 1 << ((len(leaves) - 1).bit_length() - 1)  # the largest power of two that is smaller
    return hashlib.sha256(b"\x01" + naive_root(leaves[:split]) + naive_root(leaves[split:])).digest()


@pytest.mark.parametrize("size", range(9))
def test_the_known_tree_of_certificate_transparency(size):
    """Its root is the known one, for every number of its eight leaves."""
    assert root_of(map(leaf_of, CT_LEAVES[:size])).hex() == CT_ROOTS[size]


def test_a_tree_that_grows_leaf_by_leaf():
    """It has at every size up to 130 the root of the definition, also when it is put away and taken out again."""
    leaves = [leaf_of(bytes([number])) for number in range(130)]
    frontier = Frontier()
    for size, leaf in enumerate([*leaves, b""]):
        assert (frontier.size, frontier.root()) == (size, naive_root(leaves[:size]))
        assert len(frontier.packed()) == 32 * size.bit_count()
        frontier = Frontier(frontier.size, frontier.packed())
        frontier.add(leaf)


@pytest.mark.parametrize("size", range(9))
def test_leaves_that_are_added_together(size):
    """They make the tree that they make one by one, whatever was there before."""
    leaves = [leaf_of(bytes([number])) for number in range(2 * size + 3)]
    frontier = Frontier()
    frontier.add(*leaves[:size])
    frontier.add()
    frontier.add(*leaves[size:])
    assert (frontier.size, frontier.root()) == (len(leaves), naive_root(leaves))


def test_the_leaves_of_entries_that_are_recorded_together():
    """Each is that of its entry alone, whose content is canonical JSON."""
    ids = ["a" * 64, "b" * 64]
    leaves = [leaf_hash(7, NOW, 'the "desk"', ids[0]), leaf_hash(8, NOW, 'the "desk"', ids[1])]
    assert leaf_hashes(7, NOW, 'the "desk"', ids) == leaves
    content = {"by": 'the "desk"', "id": ids[0], "position": 7, "recorded_at": NOW.isoformat()}
    assert leaves[0] == leaf_of(canonical(content))


def test_a_leaf_that_looks_like_a_node():
    """It has another hash: two prefixes keep them apart."""
    left, right = leaf_of(b"a"), leaf_of(b"b")
    assert leaf_of(left + right) != root_of([left, right])


def test_what_the_hash_of_an_entry_holds():
    """Its place, its instant, who recorded it and its id: it changes with each."""
    given = {"position": 1, "recorded_at": NOW, "by": None, "id": "a" * 64}
    others = [{"position": 2}, {"recorded_at": NOW.replace(microsecond=1)}, {"by": "desk"}, {"id": "b" * 64}]
    assert len({leaf_hash(**given | other) for other in [{}, *others]}) == 5


@given(st.integers(0, 10**18 - 1), st.binary(min_size=32, max_size=32), st.sampled_from(["unnamed", "asean-russia"]))
def test_a_head_that_is_printed_and_typed_in_again(size, root, partnership):
    """It is the same head, with or without blank lines around it."""
    head = TreeHead(partnership, size, root.hex())
    assert TreeHead.parse(str(head)) == TreeHead.parse(f"\n  {head}\r\n") == head
    assert str(head) == f"{partnership}\n{size}\n{root.hex()}\n"


@pytest.mark.parametrize(
    "forged",
    [
        "",
        "asean-russia",
        f"asean-russia\n5\n{'a' * 64}\nmore",
        f"asean-russia\n-5\n{'a' * 64}",
        f"asean-russia\n+5\n{'a' * 64}",
        f"asean-russia\n05\n{'a' * 64}",
        f"asean-russia\n\u0665\n{'a' * 64}",
        f"asean-russia\nfive\n{'a' * 64}",
        f"asean-russia\n{'9' * 5000}\n{'a' * 64}",
    ],
)
def test_text_that_is_no_head(forged):
    """It is refused with the three lines that a head has."""
    with pytest.raises(InvalidValue, match="is not the head of a log; give its three lines: partnership, size, root"):
        TreeHead.parse(forged)


@pytest.mark.parametrize("root", ["", "a" * 63, "a" * 65, "A" * 64, "g" * 64, "\u0661" * 64, b"a" * 64, None])
def test_a_root_that_is_none(root):
    """It is refused with where to copy it from."""
    with pytest.raises(InvalidValue, match="is not the root of a log; copy the third line of its head: 64 hexadecimal"):
        TreeHead("asean-russia", 5, root)


@pytest.mark.parametrize("size", [-1, "5", True, 5.0, None])
def test_a_size_that_is_none(size):
    """It is refused: less than nothing would leave out the last entries."""
    with pytest.raises(InvalidValue, match="is not the size of a log; copy the second line of its head"):
        TreeHead("asean-russia", size, "a" * 64)


def grown(path, count=9):
    """Return a record of some meetings."""
    record = ps.open(path, partnership="asean-russia", clock=lambda: NOW)
    for number in range(count):
        record.add(MeetingHeld(f"m-{number}", on="2020-06-17"), source=SOURCE)
    return record


def rewritten(record, change):
    """Change the rows of a record in memory as a forger would who has read this library: every hash fits again."""
    store = record._store
    store._rows = [
        attrs.evolve(row, position=place, leaf=leaf_hash(place, row.recorded_at, row.by, row.id))
        for place, row in enumerate(change(store._rows), 1)
    ]
    store._by_id = {row.id: row for row in store._rows}
    store._frontier = Frontier()
    for row in store._rows:
        store._frontier.add(row.leaf)


def in_other_words(row):
    """Return a row that says something else, with the id of what it says."""
    columns = attrs.evolve(row.columns, fields=row.columns.fields.replace(b"2020-06-17", b"2020-06-18"))
    return attrs.evolve(row, id=digest(columns.body), columns=columns)


FORGERIES = {
    "an entry rewritten": lambda rows: [*rows[:3], in_other_words(rows[3]), *rows[4:]],
    "the first entry rewritten": lambda rows: [in_other_words(rows[0]), *rows[1:]],
    "the last entry rewritten": lambda rows: [*rows[:-1], in_other_words(rows[-1])],
    "the last entry taken out": lambda rows: rows[:-1],
    "the last three entries taken out": lambda rows: rows[:-3],
    "every entry taken out": lambda rows: [],  # noqa: ARG005  all the same what was there
    "an entry in the middle taken out": lambda rows: [*rows[:4], *rows[5:]],
    "two entries swapped": lambda rows: [*rows[:4], rows[5], rows[4], *rows[6:]],
    "an entry put between": lambda rows: [*rows[:4], in_other_words(rows[4]), *rows[4:]],
    "an entry recorded at another instant": lambda rows: [
        *rows[:4],
        attrs.evolve(rows[4], recorded_at=datetime(2020, 1, 1, tzinfo=UTC)),
        *rows[5:],
    ],
    "an entry recorded by somebody else": lambda rows: [*rows[:4], attrs.evolve(rows[4], by="somebody"), *rows[5:]],
}


@pytest.mark.parametrize("name", FORGERIES)
def test_a_log_that_was_forged_with_every_hash_made_to_fit(name):
    """It is sound by itself, as it must be; the head that was kept elsewhere shows the forgery."""
    with grown(":memory:") as record:
        kept = record.tree_head()
        assert record.verify(kept).problems == ()
        rewritten(record, FORGERIES[name])
        assert record.verify().is_sound
        assert record.verify(kept).problems == ("the log does not begin with the 9 entries of the head that was kept",)


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        (
            lambda row: attrs.evolve(row, columns=attrs.evolve(row.columns, fields=row.columns.fields + b" ")),
            "entry 5 has bytes that do not match its id",
        ),
        (
            lambda row: attrs.evolve(row, by="somebody"),
            "entry 5 has another time, recorder or position than it was written with",
        ),
        (lambda row: attrs.evolve(row, position=7), "entry 7 stands at place 5"),
    ],
)
def test_a_row_that_was_changed_by_hand(change, problem):
    """It is found without any head, and named."""
    with grown(":memory:") as record:
        rows = record._store._rows
        rows[4] = change(rows[4])
        verified = record.verify()
    assert problem in verified.problems
    assert not verified.is_sound


def test_rows_that_are_gone_from_the_end():
    """They are missed: the store keeps how many there are, and their proof."""
    with grown(":memory:") as record:
        del record._store._rows[-2:]
        assert record.verify().problems == ("the log was sealed with 9 entries, and holds others or another number: 7",)


def test_a_log_that_grew_since_its_head_was_kept():
    """It still begins with those entries, whatever came behind them."""
    with grown(":memory:") as record:
        heads = [record.tree_head()]
        for number in range(9, 40):
            record.add(MeetingHeld(f"m-{number}"), source=SOURCE)
            heads.append(record.tree_head())
        assert all(record.verify(TreeHead.parse(str(head))).is_sound for head in heads)


def test_a_head_with_another_size_or_root():
    """It does not fit, whatever is changed in it: the size is part of the proof."""
    with grown(":memory:") as record:
        kept = record.tree_head()
        chooser = random.Random(9162)
        for _ in range(64):
            place = chooser.randrange(64)
            digit = chooser.choice([one for one in "0123456789abcdef" if one != kept.root[place]])
            forged = attrs.evolve(kept, root=kept.root[:place] + digit + kept.root[place + 1 :])
            assert not record.verify(forged).is_sound
        for size in (*range(9), *range(10, 40), 10**18):
            assert not record.verify(attrs.evolve(kept, size=size)).is_sound


def test_the_head_of_nothing():
    """Every log begins with it."""
    with ps.open(":memory:", partnership="asean-russia") as empty, grown(":memory:") as record:
        head = empty.tree_head()
        assert (head.size, head.root) == (0, CT_ROOTS[0])
        assert record.verify(head).is_sound


def test_an_older_copy_of_the_file(tmp_path):
    """It is sound by itself; the head that was printed later shows that entries are gone."""
    path = tmp_path / "asean-russia.db"
    grown(path, 4).close()
    shutil.copy(path, tmp_path / "older.db")
    with grown(path, 9) as record:
        kept = record.tree_head()
    with ps.open(tmp_path / "older.db") as older:
        assert older.verify().is_sound
        assert older.verify(kept).problems == ("the log does not begin with the 9 entries of the head that was kept",)
        assert record.partnership == older.partnership == kept.partnership
