"""No answer shows a date as the record writes it; of a page, `test_page.test_any_record` says so."""

from __future__ import annotations

import re
from functools import partial

from hypothesis import given
from hypothesis import strategies as st

import partnership as ps
from partnership.errors import PartnershipError
from partnership.testing import histories, ticking, write

EDTF = re.compile(r"\b\d{4}-\d\d|\b\d{4}[~?%]|\b\d{4}/|/\d{4}|\.\./|/\.\.|[\[{]\d{4}|\d{4}[\]}]")
MARKUP = re.compile(r"<style>.*?</style>|<script>.*?</script>|<[^>]*>", re.DOTALL)


def texts_of(answer):
    """Yield an answer, and each of its parts, as a prompt and a notebook show it."""
    for part in (answer, *(answer if isinstance(answer, tuple) else ())):
        if not isinstance(part, tuple):
            yield from (repr(part), str(part))
        if markup := getattr(part, "_repr_html_", None):
            yield MARKUP.sub("", markup())


def answers_of(view):
    """Yield a function for each answer of a view."""
    names = "timeline overdue upcoming calendar disputes findings dormant documents_register commitments_register"
    yield from (getattr(view, name) for name in names.split())
    yield lambda: view
    yield lambda: view.possible
    yield partial(view.contributions_register)
    for plural in view.kinds.plurals:
        yield partial(getattr, view, plural)
    for entry in view.entries():
        subject, slug = entry.event.about, entry.event.subject
        yield lambda entry=entry: entry
        yield from (partial(query, subject) for query in (view.why, view.dossier, view.series_ledger))
        yield from (partial(query, slug) for query in (view.fund_ledger, view.scoreboard, view.holders, view.members))
        yield from (partial(view.status_at, slug, scale) for scale in ("status", "grade"))
    yield partial(view.find, "a")


@given(history=histories(), day=st.sampled_from([None, "2020-06-05", "2026-01-01"]))
def test_every_answer(history, day):
    """It has its dates in words, in a prompt and in a notebook."""
    record = ps.open(":memory:", clock=ticking())
    write(record, history)
    view = record if day is None else record.as_of(day)
    for answer in answers_of(view):
        try:
            result = answer()
        except PartnershipError:
            continue
        for text in texts_of(result):
            assert not EDTF.search(text), text
    for text in texts_of(record.diff("2020-06-01", "2020-06-20")):
        assert not EDTF.search(text), text
