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
PHONE, DESK = {"width": 390, "height": 844}, {"width": 1280, "height": 800}
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


@pytest.fixture(scope="module")
def early(tmp_path_factory):
    """Write the page of the real record as of an earlier day: everything that a page may have, and little of it."""
    path = tmp_path_factory.mktemp("early") / "asean-russia.html"
    ps.read(REAL / "claims.jsonl", REAL / "judgements.jsonl").as_of("2012-06-30").page(path)
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
        "Only possible or hoped for",
        "Open without a date",
        "To come",
        "Where sources differ",
        "To look at",
        "Present state",
        "Timeline",
        "Sources",
    ]
    assert page.get_by_label("Search", exact=True).is_visible()


@pytest.mark.parametrize(("width", "screens"), [(PHONE, 20), (DESK, 12)], ids=["phone", "desk"])
def test_how_long_it_is(visit, real, width, screens):
    """Closed, its front has two screens, and all of it not many; once all is opened, everything is seen."""
    page = visit(real, viewport=width)
    height = width["height"]

    assert page.locator("#subjects").evaluate("one => one.getBoundingClientRect().top") <= 2 * height
    assert page.evaluate("document.documentElement.scrollHeight") <= screens * height
    if width == PHONE:
        page.get_by_text("Filter", exact=True).click()
    page.get_by_role("button", name="Open all").click()
    assert page.locator("[data-entry]:visible").count() == page.locator("[data-entry]").count()
    assert page.evaluate("document.documentElement.scrollWidth") == width["width"]
    page.get_by_role("button", name="Close all").click()
    assert page.locator(".card:visible").count() == 0


@pytest.mark.parametrize("width", [PHONE, DESK], ids=["phone", "desk"])
def test_the_navigation_stays(visit, real, width):
    """It and the search are seen wherever one reads, and what a link leads to is not hidden behind them."""
    page = visit(real, viewport=width)
    page.evaluate("window.scrollTo(0, 5000)")

    assert page.locator("#bar").evaluate("one => one.getBoundingClientRect().top") == 0
    page.locator("#bar").get_by_role("link", name="Timeline").click()
    bottom = page.locator("#bar").evaluate("one => one.getBoundingClientRect().bottom")
    assert page.locator("#timeline-heading").evaluate("one => one.getBoundingClientRect().top") >= bottom - 1


def test_a_table_that_is_sorted(visit, real):
    """By each column, up and down, by keyboard; what is empty stands last."""
    page = visit(real)
    table = page.locator("table.kind").first
    days = "rows => rows.map(row => row.cells[2].dataset.sort)"
    newest = table.locator("tbody tr").evaluate_all(days)
    assert newest == sorted(newest, reverse=True)

    table.get_by_role("button", name="When").focus()
    page.keyboard.press("Enter")
    oldest = [day for day in table.locator("tbody tr").evaluate_all(days) if day]
    assert oldest == sorted(oldest)
    assert table.locator("th").nth(2).get_attribute("aria-sort") == "ascending"
    table.get_by_role("button", name="What").click()
    names = table.locator("tbody tr summary").all_inner_texts()
    assert names[0].startswith("AEM-Russia")
    assert table.locator("[aria-sort]").count() == 1


def test_a_table_that_is_copied(visit, real):
    """What is copied is the table as it is seen, a cell each, without what is closed."""
    page = visit(real)
    plain, copied = page.evaluate(
        """() => {
        getSelection().selectAllChildren(document.querySelector("[aria-labelledby='kind-fund']"));
        const event = new ClipboardEvent("copy", { clipboardData: new DataTransfer(), bubbles: true });
        document.body.dispatchEvent(event);
        return ["text/plain", "text/html"].map((type) => event.clipboardData.getData(type));
        }"""
    )
    lines = ["What", "Where it stands", "When", "Who"], ["ARDPFF", "agreed", "2005", "ASEAN, Russia"]
    assert [line.split("\t") for line in plain.splitlines()] == [*lines]
    assert re.fullmatch("<table>.*</table>", copied, re.DOTALL)
    assert re.findall(">([^<>]*[^<>\\s][^<>]*)<", copied) == [*lines[0], *lines[1]]
    assert not re.search("<(details|summary|button)", copied)


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

    assert (shown(page, "overdue"), shown(page, "without-date")) == (4, 2)
    page.get_by_text("11 more: overdue").click()
    assert shown(page, "overdue") == 15
    assert [cell.strip() for cell in entry.locator("td").all_inner_texts()] == [
        "Conference on sustainable and resilient urban technologies",
        "since the end of December 2020",
        "Russia, host",
        "Alexander Ivanov, in VNA, 16 November 2020[5]",
    ]
    entry.get_by_role("link", name="Source 5").click()
    assert page.locator(":target").inner_text().startswith("[5]")
    assert "vietnamplus.vn" in page.locator(":target a.away").get_attribute("href")


def test_a_search(visit, real):
    """Every word counts, accents and capitals do not, sources are searched too; the number of hits is announced."""
    page = visit(real)
    told = page.get_by_role("status")

    page.get_by_label("Search", exact=True).fill("URBAN  téchnologies ivanov")

    assert told.inner_text() == "Shown: 1 of 15 overdue, 1 of 171 subjects, 1 of 233 in the timeline."
    assert [shown(page, section) for section in ("overdue", "subjects", "timeline")] == [1, 1, 1]
    assert not page.locator("#disputes").is_visible()
    assert page.locator("#subjects h3:visible").all_inner_texts() == ["Meetings"]
    assert page.evaluate("CSS.highlights.get('hits').size") > 0
    page.get_by_label("Search", exact=True).fill("nothing of the kind")
    assert told.inner_text() == "Nothing matches."
    assert page.locator("section[data-section]:visible").count() == 0
    page.get_by_role("button", name="Show all").click()
    assert told.text_content() == ""
    assert (shown(page, "subjects"), shown(page, "timeline")) == (171, 0)
    assert page.locator("details[open]:not(#filters)").count() == 0
    assert page.evaluate("document.activeElement.id") == "words"


def test_a_search_far_down(visit, real):
    """Its hits are seen at once, and a card opens where only what is in it has the word."""
    page = visit(real)
    page.evaluate("window.scrollTo(0, 6000)")
    page.get_by_label("Search", exact=True).fill("Syromolotov")

    card = page.locator("[id='meeting:ict-dialogue-2021']")
    assert card.is_visible()
    assert 0 < card.evaluate("one => one.getBoundingClientRect().top") < DESK["height"]


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
    assert page.locator("#subjects tr:visible .late").all_inner_texts() == ["overdue"]
    assert "1 of 171 subjects" in page.get_by_role("status").inner_text()


def test_a_link_to_what_is_filtered_out(visit, real):
    """It is shown again."""
    page = visit(real)
    page.get_by_label("Kind", exact=True).select_option("series")
    assert not page.locator("[id='meeting:arsom-2016']").is_visible()

    page.locator("[data-entry='series:arsom'] summary").click()
    page.locator("[id='series:arsom'] a[href='#meeting:arsom-2016']").click()

    assert page.locator("[id='meeting:arsom-2016']").is_visible()
    assert page.get_by_role("status").text_content() == ""


def test_a_footnote_by_keyboard(visit, real):
    """It leads to its source, and from there back to just where it was."""
    page = visit(real)
    page.locator("#subjects [data-entry='meeting:arsom-2016'] summary").click()
    mark = page.locator("[id='meeting:arsom-2016'] a.cite").nth(1)
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
    for _ in range(17):
        page.keyboard.press("Tab")
        reached.append(page.evaluate("document.activeElement.textContent.trim() || document.activeElement.id"))
        assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"

    assert reached[0] == "Skip to the content"
    assert reached[1:10] == [
        "Overdue",
        "Only possible or hoped for",
        "Open without a date",
        "To come",
        "Where sources differ",
        "To look at",
        "Present state",
        "Timeline",
        "Sources",
    ]
    assert reached[10:12] == ["words", "Filter"]
    assert reached[12].startswith("all kinds")
    assert reached[13].startswith("any status")
    assert reached[14:] == ["Show all", "Open all", "ASEAN-Russia Summit"]


@pytest.mark.parametrize(("scheme", "width"), [("light", PHONE), ("dark", DESK)], ids=["light", "dark"])
def test_what_axe_finds(visit, early, scheme, width):
    """Nothing, all opened: names, roles, contrast, headings, landmarks, targets of fingers."""
    page = visit(early, color_scheme=scheme, viewport=width)
    page.evaluate("document.querySelectorAll('details').forEach((one) => (one.open = true))")
    page.locator("#overdue a.cite").first.click()
    assert page.locator("section[data-section] [data-entry]:visible").count() >= 25
    assert page.locator("#disputes li, #findings li").count() >= 2

    everything = {"resultTypes": ["violations"], "rules": {"target-size": {"enabled": True}}}
    found = Axe().run(page, options=everything).response["violations"]

    assert [(one["id"], [each["html"] for each in one["nodes"][:3]]) for one in found] == []
    background = page.evaluate("getComputedStyle(document.documentElement).backgroundColor")
    assert (background == "rgb(255, 255, 255)") == (scheme == "light")


def test_a_page_that_is_printed(visit, real):
    """What is shown is printed, with the sources that it cites, and without what only a screen can use."""
    page = visit(real, color_scheme="dark")
    page.get_by_label("Search", exact=True).fill("urban technologies")
    page.emulate_media(media="print")
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")

    assert page.locator("[data-entry]:visible").count() == 3
    assert page.locator(".notes > li:visible").count() == 1
    for unseen in ("#bar", "#filters", "nav", ".backs"):
        assert page.locator(f"{unseen}:visible").count() == 0
    assert page.evaluate("getComputedStyle(document.body).color") == "rgb(0, 0, 0)"
    page.evaluate("window.dispatchEvent(new Event('afterprint'))")
    assert page.locator(".notes > li:visible").count() == 0
    assert page.pdf().startswith(b"%PDF")


def test_a_reader_without_scripts(visit, real):
    """All is there but the search, which would not work; links open what is closed, footnotes and the ways back too."""
    page = visit(real, java_script_enabled=False)

    assert page.locator("[data-entry]").count() == 489
    assert page.locator("#controls").is_hidden()
    assert page.locator("#filters").is_hidden()
    page.locator("#overdue a.cite").first.click()
    assert page.url.endswith("#note-1")
    page.locator("#note-1 .backs a").first.click()
    assert page.url.endswith("#cite-1")
    page.locator("#overdue a[href='#meeting:pmc-russia-2023']").click()
    assert page.locator("[id='meeting:pmc-russia-2023']").is_visible()


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
    page.get_by_role("button", name="Open all").click()
    seen = page.locator("body").inner_text()
    for text in HOSTILE:
        line = " ".join(text.split()).replace("\u200f", "<U+200F>").replace("\u200b", "<U+200B>")
        told = {line, re.sub("<U[^>]*>", "", line)}  # a name is kept without them
        assert sum(map(seen.count, told)) > 10, line
    assert not re.search("[\u200b\u200f\u202e\x1b]", seen)
    page.get_by_label("Search", exact=True).fill("<script>alert(1)")
    assert shown(page, "overdue") == 1
