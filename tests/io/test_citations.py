"""Citations: keys that stay, vague dates, and texts that neither JSON nor LaTeX takes for something else."""

# ruff: noqa: RUF001  characters that look like others
from __future__ import annotations

import json
import re
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

import partnership as ps
from partnership.errors import InvalidValue, NotARecord
from partnership.events import MeetingHeld
from partnership.io.citations import citation_key
from partnership.testing.strategies import sources

VNA = ps.Source(
    "VNA",
    published="2020-11-16",
    kind="news",
    title="Ties hailed",
    url="https://vna.vn/a_b%20{c}#d",
    language="en",
    locator="par. 3",
    via="VietnamPlus",
    retrieved="2026-11-23",
)


def entries(text):
    """Read BibTeX as BibTeX does: braces are counted, escaped or not; return the fields of each entry by key."""
    found, at = {}, 0
    while (at := text.find("@", at)) >= 0:
        key = re.match(r"@misc\{([a-z0-9-]+),\n", text[at:])
        at += key.end()
        fields = {}
        while text[at] != "}":
            name = re.match(r"  ([a-z]+) = ", text[at:])
            at = begin = at + name.end()
            depth = 0
            while depth or text[at] != ",":
                depth += {"{": 1, "}": -1}.get(text[at], 0)
                assert depth >= 0
                at += 1
            fields[name[1]] = text[begin:at]
            at += 2  # the comma and the line feed
        assert key[1] not in found
        found[key[1]] = fields
    return found


def test_an_item_of_csl():
    """It has what the source has, and nothing else."""
    assert ps.csl([VNA]) == [
        {
            "id": citation_key(VNA),
            "type": "article-newspaper",
            "title": "Ties hailed",
            "container-title": "VNA",
            "publisher": "VNA",
            "issued": {"date-parts": [[2020, 11, 16]]},
            "accessed": {"date-parts": [[2026, 11, 23]]},
            "URL": VNA.url,
            "language": "en",
            "note": "par. 3; read via VietnamPlus",
        }
    ]
    assert ps.csl([ps.Source("ASEAN Secretariat")]) == [
        {
            "id": citation_key(ps.Source("ASEAN Secretariat")),
            "type": "document",
            "author": [{"literal": "ASEAN Secretariat"}],
            "publisher": "ASEAN Secretariat",
        }
    ]


@pytest.mark.parametrize(
    ("kind", "kind_of_item"),
    [
        ("official-text", ("document", None)),
        ("official-release", ("webpage", "Press release")),
        ("scholarly", ("article", None)),
        ("op-ed", ("article-newspaper", "Opinion")),
        ("desk-note", ("document", "Note")),
        (None, ("webpage", None)),
    ],
)
def test_kinds_of_sources(kind, kind_of_item):
    """Each is an item of a type that the style of a citation knows."""
    (item,) = ps.csl([ps.Source("MFA", published="2020", kind=kind, url="https://mfa.example")])
    assert (item["type"], item.get("genre")) == kind_of_item


@pytest.mark.parametrize(
    ("published", "issued", "in_bibtex"),
    [
        ("2020-11-16", {"date-parts": [[2020, 11, 16]]}, {"year": "{2020}", "month": "nov", "day": "{16}"}),
        ("2020-11", {"date-parts": [[2020, 11]]}, {"year": "{2020}", "month": "nov"}),
        ("0980", {"date-parts": [[980]]}, {"year": "{0980}"}),
        (
            "2020-11~",
            {"date-parts": [[2020, 11]], "circa": True},
            {"year": "{2020}", "month": "nov", "note": "{dated about November 2020}"},
        ),
        (
            "2020-11-1X",
            {"literal": "some day from the 10th to the 19th of November 2020"},
            {"year": "{2020}", "month": "nov"},
        ),
        ("2020-21", {"date-parts": [[2020]], "season": 1}, {"year": "{2020}", "note": "{dated spring 2020}"}),
        ("2020-24", {"date-parts": [[2020]], "season": 4}, {"note": "{dated winter of 2020 to 2021}"}),
        ("199X", {"literal": "the 1990s"}, {"note": "{dated the 1990s}"}),
        ("../2021-04-02", {"literal": "by 2 April 2021"}, {"note": "{dated by 2 April 2021}"}),
        ("[2020-05,2020-06]", {"literal": "May 2020 or June 2020"}, {"year": "{2020}"}),
    ],
)
def test_dates(published, issued, in_bibtex):
    """CSL-JSON has numbers or words; BibTeX only the year and month that all possible days have."""
    source = ps.Source("VNA", published=published)
    assert ps.csl([source])[0]["issued"] == issued
    (fields,) = entries(ps.bibtex([source])).values()
    assert {name: value for name, value in fields.items() if name in ("year", "month", "day")} == {
        name: value for name, value in in_bibtex.items() if name != "note"
    }
    if "note" in in_bibtex:
        assert fields["note"] == in_bibtex["note"]


def test_an_entry_of_bibtex():
    """It has what the source has; braces in an address would be counted, so they are encoded."""
    assert entries(ps.bibtex([VNA])) == {
        citation_key(VNA): {
            "author": "{{VNA}}",
            "title": "{{Ties hailed}}",
            "year": "{2020}",
            "month": "nov",
            "day": "{16}",
            "url": "{https://vna.vn/a_b%20%7Bc%7D#d}",
            "urldate": "{2026-11-23}",
            "language": "{en}",
            "note": "{par. 3; read via VietnamPlus}",
        }
    }


@pytest.mark.parametrize(
    ("text", "written"),
    [
        (r"50 % of $5 & #1_a^b~c", r"50 \% of \$5 \& \#1\_a\textasciicircum{}b\textasciitilde{}c"),
        (r"\input{x}", r"\textbackslash{}input\textbraceleft{}x\textbraceright{}"),
        ("}}, author = {{x", r"\textbraceright{}\textbraceright{}, author = \textbraceleft{}\textbraceleft{}x"),
        ('a "b" <c> |', r"a \textquotedbl{}b\textquotedbl{} \textless{}c\textgreater{} \textbar{}"),
        ("Łódź, Việt, ế, Ğ, ő", r"{\L}{\'o}d{\'z}, Vi{\d{\^e}}t, {\'{\^e}}, {\u{G}}, {\H{o}}"),
        ("“a” – ‘b’… §", r"``a'' -- `b'\ldots{} \S{}"),
        ("Здесь 会议 ơ", "Здесь 会议 ơ"),
    ],
)
def test_texts_in_latex(text, written):
    """No character is taken for a command; accented letters are commands, and other scripts stay."""
    (fields,) = entries(ps.bibtex([ps.Source("VNA", title=text)])).values()
    assert fields["title"] == f"{{{{{written}}}}}"


def test_keys():
    """A key stays whatever else is cited and whenever the document was read; another document has another."""
    other = ps.Source("VNA", published="2020-11-16", kind="news", title="Another")
    both, one = (list(entries(ps.bibtex(cited))) for cited in ([other, VNA], [VNA]))
    assert one == [citation_key(VNA)] == [key for key in both if key != citation_key(other)]
    assert citation_key(ps.Source("МИД России")).startswith("source-undated-")
    assert citation_key(ps.Source("Ủy ban, Hà Nội", published="2021-04~")).startswith("uy-ban-ha-noi-2021-")


def test_a_document_that_was_read_twice():
    """It is cited once, with the last day on which it was read."""
    again = ps.Source(**{**fields_of(VNA), "retrieved": "2026-12-01"})
    without = ps.Source(**{**fields_of(VNA), "retrieved": None})
    (item,) = ps.csl([VNA, again, without, VNA])
    assert item["accessed"] == {"date-parts": [[2026, 12, 1]]}
    assert "accessed" not in ps.csl([without])[0]


def fields_of(source):
    """Return the arguments that make a source."""
    names = ("publisher", "published", "kind", "title", "url", "language", "locator", "via", "retrieved")
    return {name: getattr(source, name) for name in names}


@given(cited=st.lists(sources(), max_size=5))
def test_any_sources(cited):
    """Both formats have each document once, under the same key, whatever the order; and both can be read."""
    keys = sorted({citation_key(source) for source in cited})
    assert [item["id"] for item in json.loads(json.dumps(ps.csl(cited)))] == keys
    assert list(entries(ps.bibtex(cited))) == keys
    assert ps.bibtex(reversed(cited)) == ps.bibtex(cited)


@pytest.mark.parametrize("wrong", ["VNA", VNA, [5], [None], {"VNA": VNA}])
def test_what_is_no_list_of_sources(wrong):
    """The error says what to give; one source alone is taken for what it is."""
    for write in (ps.csl, ps.bibtex):
        if wrong is VNA:
            assert write(wrong) == write([VNA])
        else:
            with pytest.raises(InvalidValue, match="is not a source; give sources"):
                write(wrong)


@pytest.fixture
def record():
    """Record two documents and a private one, and a correction by the desk."""
    with ps.open(":memory:", clock=lambda: datetime(2021, 1, 1, tzinfo=UTC)) as record:
        (entry,) = record.add(MeetingHeld("a", on="2020"), source=VNA)
        record.correct(entry, on="2021")
        record.add(MeetingHeld("b", on="2020"), source=ps.Source("Đài", published="2020-11-17", title="A ± b"))
        record.add(MeetingHeld("c", on="2020"), source=ps.Source("Secret", published="2020"), shared=False)
        yield record


def test_files(record, tmp_path):
    """The ending says which format is written; a file of the same is replaced, and anything else stays."""
    for name, begins in (("sources.bib", "% Sources of a record"), ("sources.json", '[\n  {\n    "id": "')):
        path = tmp_path / name
        result = ps.write_citations(record, path)
        assert str(result) == "2 sources. 1 private entry is left out."
        assert (result.count, result.left_out) == (2, 1)
        text = path.read_text("utf-8")
        assert text.startswith(begins)
        assert "Secret" not in text
        assert "the desk" not in text
        assert str(ps.write_citations(record.as_of("2019-01-01"), path)).startswith("0 sources.")
        ps.write_citations(record, path)
        assert path.read_text("utf-8") == text
        path.write_text("mine", "utf-8")
        with pytest.raises(NotARecord):
            ps.write_citations(record, path)
        assert path.read_text("utf-8") == "mine"
    with pytest.raises(InvalidValue, match=r"ends in neither \.bib nor \.json"):
        ps.write_citations(record, tmp_path / "sources.ris")
    with pytest.raises(InvalidValue, match="is not a view"):
        ps.write_citations(record.sources, tmp_path / "a.bib")


def test_the_day_of_reading_is_in_the_file(record, tmp_path):
    """It is a remark of the desk on the entry, and no part of the claim."""
    ps.write_citations(record, tmp_path / "a.json")
    items = json.loads((tmp_path / "a.json").read_text("utf-8"))
    assert {"date-parts": [[2026, 11, 23]]} in [item.get("accessed") for item in items]
