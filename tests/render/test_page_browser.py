"""The page in a browser: read, searched, filtered, followed by keyboard, printed, on a phone, without scripts."""

from __future__ import annotations

import re
import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import sync_playwright

import partnership as ps
from partnership.events import MeetingHeld, MeetingScheduled, StatementMade

REAL = Path(__file__).parent.parent.parent / "examples" / "asean_russia"
CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
QUIET = (
    "--no-sandbox --disable-gpu --disable-quic --no-first-run "
    "--disable-background-networking --disable-component-update --disable-sync"
)
PHONE, DESK = {"width": 390, "height": 844}, {"width": 1280, "height": 900}
HOSTILE = (
    "<script>alert(1)</script>",
    "</title></h4><img src=x onerror=alert(1)>",
    'a"\' onmouseover=alert(1) x="',
    "Summit\u200f\u200b\nheld &lt;b&gt;",
    "{{ page.title }}{% raw %}",
    "javascript:alert(1)",
)

pytestmark = pytest.mark.skipif(
    CHROMIUM is None, reason="Chromium is not installed: install it, as with apt-get install chromium, to run this"
)


@pytest.fixture(scope="module")
def browser():
    """Start the browser of this machine, without a window."""
    with sync_playwright() as driver:
        started = driver.chromium.launch(executable_path=CHROMIUM, args=QUIET.split())
        yield started
        started.close()


@pytest.fixture(scope="module")
def real(tmp_path_factory):
    """Write the page of the real record once."""
    path = tmp_path_factory.mktemp("real") / "asean-russia.html"
    record = ps.read(REAL / "claims.jsonl", REAL / "judgements.jsonl")
    record.as_of("2026-11-24").page(path, title="ASEAN and Russia")
    return path


@pytest.fixture
def visit(browser):
    """Open a page as a reader does, and notice whatever it does that it should not."""
    contexts, noticed = [], []

    def opened(path, **how):
        context = browser.new_context(**{"viewport": DESK, **how})
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda one: noticed.append(f"console: {one.text}"))
        page.on("pageerror", lambda one: noticed.append(f"error: {one}"))
        page.on("dialog", lambda one: noticed.append(f"dialog: {one.message}"))
        page.on("request", lambda one: noticed.append(f"request: {one.url}") if one.url != path.as_uri() else None)
        page.goto(path.as_uri())
        return page

    opened.noticed = noticed
    yield opened
    for one in contexts:
        one.close()
    assert noticed == []


def shown(page, section):
    """Return how many entries of a section are seen."""
    return page.locator(f"#{section} [data-entry]:visible").count()


@pytest.mark.parametrize("width", [PHONE, DESK], ids=["phone", "desk"])
def test_a_page_that_is_opened(visit, real, width):
    """It fits the screen, asks nobody for anything, and says nothing to the console."""
    page = visit(real, viewport=width)

    assert page.title() == "ASEAN and Russia, as of 24 November 2026"
    assert page.evaluate("document.documentElement.scrollWidth") == width["width"]
    assert page.get_by_role("heading", level=2).all_inner_texts() == [
        "Overdue",
        "Past and only possible or hoped for",
        "Open without a date",
        "To come",
        "Where sources differ",
        "Present state",
        "Timeline",
        "Sources",
    ]
    assert page.get_by_label("Search", exact=True).is_visible()


def test_the_page_forbids_what_is_not_in_it(visit, real):
    """A script, a style or a picture that comes into it by whatever way does nothing."""
    page = visit(real)
    page.evaluate(
        """() => {
        const script = document.createElement("script");
        script.textContent = "document.title = 'taken'";
        window.stopped = new Set();
        document.addEventListener("securitypolicyviolation", (one) => window.stopped.add(one.effectiveDirective));
        document.body.append(script);
        }"""
    )
    page.wait_for_function("window.stopped.has('script-src-elem')")

    assert page.title() == "ASEAN and Russia, as of 24 November 2026"
    assert re.search("console: Executing inline script violates .* directive 'script-src", visit.noticed.pop())


def test_who_said_that_what_is_overdue_would_happen(visit, real):
    """The page alone answers it: what, for when, how late, in whose words, in which document."""
    page = visit(real)

    page.get_by_role("link", name="Overdue").first.click()
    entry = page.locator("#overdue [data-entry='meeting:urban-technologies-2020']")

    assert (shown(page, "overdue"), shown(page, "without-date")) == (15, 2)
    assert [line for line in entry.inner_text().splitlines() if line] == [
        "Conference on sustainable and resilient urban technologies",
        "Planned for December 2020. overdue by 2,154 days",
        "Said by Alexander Ivanov, in VNA, 16 November 2020[6].",
    ]
    entry.get_by_role("link", name="Source 6").click()
    assert page.locator(":target").inner_text().startswith("[6]")
    assert "vietnamplus.vn" in page.locator(":target a.away").get_attribute("href")


def test_a_search(visit, real):
    """Every word counts, accents and capitals do not, sources are searched too; the number of hits is announced."""
    page = visit(real)
    told = page.get_by_role("status")
    assert told.inner_text() == "All is shown."

    page.get_by_label("Search", exact=True).fill("URBAN  téchnologies ivanov")

    assert told.inner_text() == (
        "Shown: 1 of 15 overdue, 0 of 1 past and only possible or hoped for, 0 of 2 open without a date, "
        "0 of 2 to come, 0 of 14 where sources differ, 1 of 171 subjects, 1 of 233 in the timeline."
    )
    assert shown(page, "subjects") == 1
    assert page.locator("#disputes .none").is_visible()
    assert page.locator("#subjects h3:visible").all_inner_texts() == ["Meetings"]
    page.get_by_label("Search", exact=True).fill("nothing of the kind")
    assert shown(page, "timeline") == 0
    assert page.locator("#timeline h3:visible").count() == 0
    page.get_by_role("button", name="Show all").click()
    assert told.inner_text() == "All is shown."
    assert (shown(page, "subjects"), shown(page, "timeline")) == (171, 233)
    assert page.locator(".none:visible").count() == 0
    assert page.evaluate("document.activeElement.id") == "words"


def test_a_search_in_plain_letters(visit, tmp_path):
    """It finds what has accents and letters of its own."""
    record = ps.open(":memory:", clock=lambda: datetime(2026, 11, 24, tzinfo=UTC))
    record.add(MeetingHeld("m", on="2020-02", title="Đối thoại ở Łódź"), source=ps.Source("VNA", published="2020"))
    record.page(tmp_path / "page.html")

    page = visit(tmp_path / "page.html")
    page.get_by_label("Search", exact=True).fill("doi THOAI lodz")

    assert shown(page, "subjects") == 1
    page.get_by_label("Search", exact=True).fill("doi thoai lodzz")
    assert shown(page, "subjects") == 0


def test_a_filter_by_kind_and_status(visit, real):
    """It leaves what is both, in every section."""
    page = visit(real)

    page.get_by_label("Kind", exact=True).select_option("document")
    assert (shown(page, "subjects"), shown(page, "overdue")) == (32, 1)
    page.get_by_label("Status", exact=True).select_option(label="overdue (14)")

    assert shown(page, "subjects") == shown(page, "overdue") == 1
    assert page.locator("#subjects article:visible .late").all_inner_texts() == ["overdue"]
    assert "1 of 171 subjects" in page.get_by_role("status").inner_text()


def test_a_link_to_what_is_filtered_out(visit, real):
    """It is shown again."""
    page = visit(real)
    page.get_by_label("Kind", exact=True).select_option("series")
    assert not page.locator("[id='meeting:arsom-2016']").is_visible()

    page.locator("[id='series:arsom'] a[href='#meeting:arsom-2016']").click()

    assert page.locator("[id='meeting:arsom-2016']").is_visible()
    assert page.get_by_role("status").inner_text() == "All is shown."


def test_a_footnote_by_keyboard(visit, real):
    """It leads to its source, and from there back to just where it was."""
    page = visit(real)
    mark = page.locator("[id='meeting:arsom-2016'] a.cite").nth(2)
    name = mark.get_attribute("id")
    mark.focus()

    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == mark.get_attribute("href")[1:]
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "↩ Back to where you were"
    page.keyboard.press("Enter")

    assert page.evaluate("document.activeElement.id") == name
    assert page.locator(f"[id='{name}']").evaluate("one => one.getBoundingClientRect().top") >= 0
    page.locator("#overdue a.cite").first.click()
    assert page.locator("a.here:visible").count() == 1


def test_the_first_keys(visit, real):
    """The first leads past the head of the page, then come its parts, the search and the filters; all are seen."""
    page = visit(real)
    reached = []
    for _ in range(14):
        page.keyboard.press("Tab")
        reached.append(page.evaluate("document.activeElement.textContent.trim() || document.activeElement.id"))
        assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"

    assert reached[0] == "Skip to the content"
    assert reached[1:9] == [
        "Overdue",
        "Past and only possible or hoped for",
        "Open without a date",
        "To come",
        "Where sources differ",
        "Present state",
        "Timeline",
        "Sources",
    ]
    assert reached[9] == "words"
    assert reached[10].startswith("all kinds")
    assert reached[11].startswith("any status")
    assert reached[12:] == ["Show all", "counter-terrorism-declaration"]


@pytest.mark.parametrize(("scheme", "width"), [("light", PHONE), ("dark", DESK)], ids=["light", "dark"])
def test_what_axe_finds(visit, real, scheme, width):
    """Nothing: names, roles, contrast, headings, landmarks, targets of fingers."""
    page = visit(real, color_scheme=scheme, viewport=width)
    page.locator("#overdue a.cite").first.click()

    everything = {"resultTypes": ["violations"], "rules": {"target-size": {"enabled": True}}}
    found = Axe().run(page, options=everything).response["violations"]

    assert [(one["id"], [each["html"] for each in one["nodes"][:3]]) for one in found] == []
    background = page.evaluate("getComputedStyle(document.documentElement).backgroundColor")
    assert (background == "rgb(255, 255, 255)") == (scheme == "light")


def test_a_page_that_is_printed(visit, real):
    """All of it is there whatever was filtered, with its footnotes, and without what only a screen can use."""
    page = visit(real, color_scheme="dark")
    page.get_by_label("Search", exact=True).fill("urban")
    page.emulate_media(media="print")

    assert page.locator("[data-entry]:visible").count() == page.locator("[data-entry]").count() == 438
    assert page.locator(".notes > li:visible").count() == 134
    for unseen in ("#controls", "nav", ".backs", ".none"):
        assert page.locator(f"{unseen}:visible").count() == 0
    assert page.evaluate("getComputedStyle(document.body).color") == "rgb(0, 0, 0)"
    assert page.pdf().startswith(b"%PDF")


def test_a_reader_without_scripts(visit, real):
    """All is shown but the search, which would not work; footnotes and the ways back are links."""
    page = visit(real, java_script_enabled=False)

    assert page.locator("[data-entry]:visible").count() == 438
    assert page.locator("#controls").is_hidden()
    page.locator("#overdue a.cite").first.click()
    assert page.url.endswith("#note-1")
    page.locator("#note-1 .backs a").first.click()
    assert page.url.endswith("#cite-1")


def test_hostile_texts(visit, tmp_path):
    """They come out as text wherever they stand: nothing runs, nothing is made of them, nothing is reordered."""
    record = ps.open(":memory:", clock=lambda: datetime(2026, 11, 24, tzinfo=UTC))
    for number, text in enumerate(HOSTILE):
        line = " ".join(text.split())
        source = ps.Source(line, published="2020-01-02", title=text, locator=line, via=line)
        record.add(MeetingScheduled(f"m-{number}", planned="2020-02", title=line), source=source, speaker=line)
        record.add(MeetingHeld(f"h-{number}", on="2020-02", title=line, place=line), source=source)
        record.add(MeetingHeld(f"h-{number}", on="2020-03", place="Sochi"), source=ps.Source("VNA", published="2020"))
        record.add(StatementMade(f"s-{number}", text=text), source=source)
    record.page(tmp_path / "hostile.html", title=HOSTILE[1])

    page = visit(tmp_path / "hostile.html")

    assert page.locator("script").count() == 1
    assert page.locator("img, iframe, object, b, [onerror], [onmouseover]").count() == 0
    assert page.locator("a[href^='javascript']").count() == 0
    assert page.title() == f"{HOSTILE[1]}, as of 24 November 2026"
    seen = page.locator("body").inner_text()
    for text in HOSTILE:
        line = " ".join(text.split()).replace("\u200f", "<U+200F>").replace("\u200b", "<U+200B>")
        assert seen.count(line) > 10, line
    assert not re.search("[\u200b\u200f\u202e\x1b]", seen)
    page.get_by_label("Search", exact=True).fill("<script>alert(1)")
    assert shown(page, "overdue") == 1
