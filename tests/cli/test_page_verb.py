"""The verb that writes a page: what it says, and what it leaves out."""

from __future__ import annotations

import sys
from pathlib import Path


def test_a_page(run, path):
    """It is one file without what the desk keeps to itself, and the output says how many entries that are."""
    told = "Wrote out.html.\n1 private entry is left out.\n"
    assert run("page", path, "out.html") == (0, told, "")
    page = Path("out.html").read_text("utf-8")
    assert "urban-technologies-2020" in page
    assert "<script>alert(1)" not in page
    assert "They may" not in page


def test_a_page_of_a_day(run, path):
    """What is left out is counted of that day."""
    assert run("page", path, "out.html", "--as-of", "2021-02-01") == (0, "Wrote out.html.\n", "")


def test_a_title(run, path):
    """It stands in the place of the name of the file."""
    assert run("page", path, "out.html", "--title", "ASEAN and Russia")[0] == 0
    assert '<h1 dir="auto">ASEAN and Russia</h1>' in Path("out.html").read_text("utf-8")


def test_the_keys_of_a_page(values, path):
    """The file, and how many entries stay."""
    assert values("page", path, "out.html") == {"file": "out.html", "left_out": 1}


def test_a_page_without_jinja2(run, path, monkeypatch):
    """It is refused with what to install."""
    monkeypatch.setitem(sys.modules, "jinja2", None)
    code, out, err = run("page", path, "out.html")
    assert (code, out) == (2, "")
    assert err.endswith("install it with: python -m pip install babel jinja2\n")
    assert not Path("out.html").exists()
