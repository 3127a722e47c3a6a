"""Two states and a treaty: France and Germany under the Treaty of Aachen, from official and press sources.

    python examples/france_germany.py [where-to-put-the-file.db]

Every claim has a real source. Some dates are vague, one page misprints a year, and a broadcaster reports as cancelled
what the governments called postponed. The record keeps all of it, and shows which value is chosen and why.
"""

from __future__ import annotations

import signal
import sys
import tempfile
from pathlib import Path

import partnership as ps
from partnership import events as ev
from partnership.values.date_words import in_words

TODAY = "2026-11-23"  # the day on which undated pages were read, and as of which the record is queried
BOTH = ["FR", "DE"]
TREATY, COUNCIL, ASSEMBLY, PROJECTS = "treaty-of-aachen", "series:council", "series:assembly", "priority-projects"
HEADING = "Franco-German Day and the entry into force of the Treaty of Aachen (22 January 2020)"
CHAPTERS = {  # of the treaty; the assignment of projects to chapters is our inference
    2: "Peace, security and development",
    3: "Culture, education, research and mobility",
    4: "Regional and cross-border cooperation",
    5: "Sustainable development, climate, environment and economic affairs",
}
LINES = (  # seven of the fifteen projects: number, chapter, whether it can be completed, title
    (1, 2, "one-off", "Closer cooperation in the UN Security Council in Germany's two years there"),
    (2, 3, "one-off", "Four joint cultural institutes, and five houses shared"),
    (4, 3, "standing", "Wider programmes of mobility for the young"),
    (5, 3, "one-off", "A joint Citizens' Fund"),
    (6, 4, "one-off", "A committee for cross-border cooperation"),
    (8, 4, "one-off", "Better railways across the border, as from Colmar to Freiburg"),
    (9, 5, "standing", "Closer consultation on energy and climate"),
)


def official(publisher: str, day: str | None = None, **more: str) -> ps.Source:
    """Return an official source; an undated page counts as known from the day on which it was read."""
    return ps.Source(publisher, published=day, kind="official-release", **more, retrieved=None if day else TODAY)


def news(publisher: str, day: str, **more: str) -> ps.Source:
    """Return a source of the press."""
    return ps.Source(publisher, published=day, kind="news", **more)


def record_treaty(record: ps.Record) -> None:
    """Record the treaty: its signature, the ratifications, and an entry into force with a misprinted year."""
    # For the page 8 October is past and 8 November is to come, so it was written between the two.
    with record.citing(official("MFA of France", "[2019-10-08..2019-11-08]", language="en")) as cite:
        cite(
            ev.DocumentSigned(
                TREATY,
                on="2019-01-22",
                title="Treaty of Aachen",
                form="treaty",
                is_binding=True,
                parties=BOTH,
                place="Aachen",
                signed_by=["Angela Merkel", "Emmanuel Macron"],
            )
        )
        note = "The Senate voted on 3 July and the National Assembly on this day; the page names no ratification."
        cite(ev.RatificationCompleted(TREATY, signatory="FR", on="2019-10-08"), certainty="inferred", note=note)
    record.add(
        ev.RatificationCompleted(TREATY, signatory="DE", on="2019-11-08"),
        source=news("beck-aktuell", "2019-11", title="Bundesrat billigt Aachener Vertrag", language="de"),
        note="The page calls the treaty ratified because the Bundesrat, the second chamber, has approved it.",
    )
    with record.citing(official("MFA of France", "2020-01-22", title=HEADING, language="en")) as cite:
        cite(ev.NotificationGiven(TREATY, signatory="DE", on="2020-01-22"))
        cite(ev.NotificationGiven(TREATY, signatory="FR", on="../2020-01-22"))  # "France has already done the same"
        cite(ev.EnteredIntoForce(TREATY, on="2002-01-22"), note="So printed, under a heading that says 2020.")
    (right,) = record.add(
        ev.EnteredIntoForce(TREATY, on="2020-01-22"),
        source=official("MFA of France", title="Franco-German Treaty of Aachen", language="en"),
    )
    record.prefer(right, field="on", reason="2002 is a slip of the pen: that page has 2020 in its own heading")


def record_council(record: ps.Record) -> None:
    """Record the meetings of the council of ministers, one of which was postponed."""
    why = "some ministers could not come, and on a number of questions there was no common position yet"
    claims_by_source = (
        (
            official("MFA of Germany", "2019-10-16"),
            ev.SeriesFrequencyAgreed("council", frequency="annual", title="Franco-German Council of Ministers"),
            ev.MeetingHeld("council-2019", on="2019-10-16", body=COUNCIL, place="Toulouse", host="FR"),
        ),
        (
            official("Bundesregierung", "[2021-05-31,2021-06-01]"),
            ev.MeetingHeld("council-2021", on="2021-05-31", body=COUNCIL, ordinal="22nd", mode="online", host="DE"),
        ),
        (
            news("POLITICO", "2022-10-18"),
            ev.MeetingScheduled("council-2022", planned="2022-10-26", body=COUNCIL, place="Fontainebleau"),
        ),
        (
            news("Bayerischer Rundfunk", "2022-10-19", language="de"),
            ev.MeetingPostponed("council-2022", on="2022-10-19", planned="2023-01", reason=why),
        ),
        (
            news("AFP", "2022-12-22", via="1und1.de", language="de"),
            ev.MeetingRescheduled("council-2022", planned="2023-01-22", place="Paris", title="Council of Ministers"),
        ),
        (
            official("German embassy in Paris", "[2023-01-20..2023-01-22]", language="fr"),
            ev.MeetingScheduled("council-2022", planned="2023-01-22", ordinal="23rd"),
        ),
        (
            news("NOS", "2023-01-22", via="paudal.com", language="en"),
            ev.MeetingCancelled("council-2020", on="2020", body=COUNCIL, reason="corona"),
            ev.MeetingCancelled("council-2022", on="2022-10", by=["DE"]),
        ),
        (
            news("German Policy", "2023-01-24"),
            ev.MeetingHeld("council-2022", on="2023-01-22", body=COUNCIL, place="Paris", host="FR"),
            ev.AnniversaryMarked("fr-de", on="2023-01-22", of="Élysée Treaty", years=60, parties=BOTH),
        ),
        (
            official("Bundesregierung", "2024-05"),
            ev.MeetingHeld("council-2024", on="2024-05-28", body=COUNCIL, place="Meseberg", host="DE"),
        ),
        (
            official("Presidency of France", "2025-08-29", language="de"),
            ev.MeetingHeld("council-2025", on="2025-08-29", body=COUNCIL, ordinal="25th", place="Toulon", host="FR"),
        ),
    )
    for source, *claims in claims_by_source:
        record.add(*claims, source=source)


def record_assembly_and_posts(record: ps.Record) -> None:
    """Record the parliamentary assembly, who chairs its board, and a post with two successive holders."""
    with record.citing(official("Deutscher Bundestag", "2019-03-25", language="de")) as cite:
        cite(
            ev.SeriesFrequencyAgreed("assembly", title="Parliamentary Assembly", host_rule="to meet twice a year"),
            ev.MeetingHeld("assembly-1", on="2019-03-25", body=ASSEMBLY, place="Paris", host="FR"),
            ev.RoleAssumed("chair-de", on="2019-03-25", person="Andreas Jung", title="Chair of the German members"),
            ev.RoleAssumed("chair-fr", on="2019-03-25", person="Sabine Thillaye", title="Chair of the French members"),
        )
    with record.citing(official("Deutscher Bundestag", "2020-01-24", language="de")) as cite:
        cite(ev.MeetingHeld("assembly-2", on="2019-09-23", body=ASSEMBLY, place="Berlin", host="DE"))
        cite(ev.MeetingScheduled("assembly-3", planned="2020-02-05", body=ASSEMBLY, ordinal="3rd", place="Strasbourg"))
    with record.citing(official("French embassy in Berlin", language="de")) as cite:
        cite(ev.MeetingHeld("assembly-3", on="2020-02-05/2020-02-06", body=ASSEMBLY, ordinal="3rd", place="Strasbourg"))
        day, arend, thillaye = "[2020-02-05,2020-02-06]", "Christophe Arend", "Sabine Thillaye"
        cite(ev.RoleAssumed("chair-fr", on=day, person=arend, predecessor_person=thillaye))
    post, title = "plenipotentiary", "Germany's plenipotentiary for culture"
    rehlinger = {"holder": "DE", "person": "Anke Rehlinger"}
    with record.citing(news("dpa", "2022-11-24", via="merkur.de", language="de")) as cite:
        cite(ev.RoleObserved(post, on="2022-11-24", holder="DE", person="Hendrik Wüst", title=title))
        cite(ev.AppointmentAnnounced(post, planned="2023-01-01", **rehlinger), note="For four years.")
    before = {"predecessor": "DE", "predecessor_person": "Hendrik Wüst"}
    took_over = ev.RoleAssumed(post, on="2023-01-01", **rehlinger, **before)
    record.add(took_over, source=official("france-allemagne.fr", language="de"))


def record_projects(record: ps.Record) -> None:
    """Record the priority projects as a plan with lines, and the outcome of some of them."""
    with record.citing(official("france-allemagne.fr", "2019-01-22", language="fr")) as cite:
        plan = ev.PlanSized(PROJECTS, title="Priority projects", document=TREATY, total=ps.Count(15), unit="projects")
        cite(plan)
        for number, chapter, nature, title in LINES:
            line = ev.PlanLineAdded(
                f"project-{number}",
                plan=PROJECTS,
                number=str(number),
                title=title,
                pillar=CHAPTERS[chapter],
                nature=nature,
            )
            cite(line, inferred=["pillar", "nature"])
    with record.citing(official("MFA of France", "2020-01-22", title=HEADING, language="en")) as cite:
        cite(ev.LineReportedImplemented("project-6", plan=PROJECTS, on="2020-01-22"))
    with record.citing(official("MFA of Germany", "2021-05-31", language="en")) as cite:
        cite(ev.PlanReviewed(PROJECTS, text="almost all are implemented or under way"))
        cite(ev.LineReportedImplemented("project-5", plan=PROJECTS, on="2020-04"))
        cite(ev.FundEstablished("citizens-fund", on="2020-04", title="Citizens' Fund", parties=BOTH))
    with record.citing(official("Presidency of France", "2021-05-31", via="vie-publique.fr", language="fr")) as cite:
        text = "the presidencies of March and April 2019 were twinned"
        cite(ev.LineProgressReported("project-1", plan=PROJECTS, as_of="../2021-05-31", text=text))
        cite(ev.MissionPlanned("institute-palermo", planned="2021-06", title="Kultur Ensemble", place="Palermo"))
    with record.citing(official("MFA of Germany", "2021-06-14", language="en")) as cite:
        cite(ev.MissionOpened("institute-palermo", on="2021-06-14", place="Palermo", agreement=TREATY, parties=BOTH))
        text = "the first of the four institutes opens, in Palermo"
        cite(ev.LineProgressReported("project-2", plan=PROJECTS, as_of="2021-06-14", text=text))
    for source, period, euros in (
        (official("MFA of France", title="The Franco-German Citizen Fund", language="en"), "2021", "2400000"),
        (news("Le Petit Journal", "2022-06", language="fr"), "2022-06-22/..", "5000000"),
    ):
        money = ps.Money(euros, "EUR")
        paid = ev.RecurringContributionStated("citizens-fund", by=BOTH, period=period, amount=money, per="year")
        record.add(paid, source=source)
    with record.citing(news("dpa", "2023-09", via="schiene.de", language="de")) as cite:
        study = ev.DocumentPlanned("freiburg-colmar-study", planned="2024-21", title="New study of Freiburg to Colmar")
        cite(study, speaker="Ministry of Transport of Baden-Württemberg")
        text = "all is on the table, and the carrying out ails"
        judged = {"concerns": "line:project-8", "assessor": "Deutsch-Französisches Institut", "core": "stalled"}
        cite(ev.ImplementationAssessed("railway-2023", as_of="2023-09", is_independent=True, evidence=text, **judged))


def record_institutes(record: ps.Record) -> None:
    """Record a promise of ten institutes by 2020, and what became of it."""
    with record.citing(news("epd", "2019-01-22", via="chrismon.evangelisch.de", language="de")) as cite:
        text = "set up at least ten joint cultural institutes"
        ten = ps.Count(10, "at-least")
        cite(ev.CommitmentMade("ten-institutes", on="2017-07", by=BOTH, text=text, quantity=ten, due="2020"))
    # The page is undated; it speaks of the fifth anniversary of the treaty in the present tense.
    with record.citing(news("Table.Media", "2024-01?", language="de")) as cite:
        cite(ev.CommitmentProgressReported("ten-institutes", as_of="../2024-01?", done=ps.Count(3), verb="exist"))
        for place in ("Bishkek", "Glasgow"):
            subject, title = f"institute-{place.lower()}", f"Joint institute in {place}"
            cite(ev.MissionPlanned(subject, planned="2024", title=title, place=place, parties=BOTH))


def heading(text: str) -> None:
    """Print a heading."""
    print(f"\n{text}\n{'-' * len(text)}")


def print_treaty(record: ps.Record) -> None:
    """Print what each party had done about the treaty on two days, and why one of two years is chosen."""
    for day in ("2019-12-01", TODAY):
        heading(f"The treaty on {in_words(ps.When(day))}")
        (treaty,) = record.as_of(day).documents_register(form="treaty")
        for party in treaty.parties:
            print(f"  {party}")
        since = treaty.document.in_force_on
        print(f"  in force since {in_words(since)}" if since else "  not in force")
    heading("Why that year")
    print(record.why("document:treaty-of-aachen", field="in_force_on"))


def print_council(record: ps.Record) -> None:
    """Print the postponement, and the meetings of the council and of the assembly."""
    heading("As known on 1 November 2022")
    for moved in record.as_of("2022-11-01").calendar().moved:
        print(f"  {moved}")
    council = record.meetings["council-2022"]
    heading("What became of it")
    print(f"  planned for {', then for '.join(in_words(day) for day in council.previous_dates)}: {council.reason}")
    print(f"  held on {in_words(council.held_on)} in {council.place}, as the {council.ordinals[0]}")
    for finding in record.findings():
        if finding.subject == council.subject:
            print(f"  ! {finding.sentence}")
    heading("The series")
    print(record.series_ledger(COUNCIL))
    print(record.series_ledger(ASSEMBLY))


def print_projects(record: ps.View) -> None:
    """Print the projects by chapter of the treaty, the scoreboard, and the ledger of the fund."""
    lines = sorted(record.lines.values(), key=lambda line: int(line.number or 0))
    for chapter in dict.fromkeys(line.pillar for line in lines):
        heading(f"Projects: {chapter}")
        for line in lines:
            if line.pillar == chapter:
                print(f"  {line.number:>2}  {line.title} ({line.nature}): {line.core or 'nothing known'}")
    heading("How much is done")
    print(record.scoreboard(PROJECTS))
    print(record.fund_ledger("citizens-fund"))


def print_roles(record: ps.View) -> None:
    """Print the holder of each role on three days."""
    for role in record.roles.values():
        heading(role.title or role.subject)
        for day in ("2019-06-01", "2022-12-01", TODAY):
            print(f"  {day}  {record.holders(role.subject, day)}")


def main() -> None:
    """Build the record and query it."""
    path = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(tempfile.mkdtemp(prefix="partnership-")) / "fr-de.db"
    with ps.open(path, partnership="france-germany") as record:
        for add_claims in (
            record_treaty,
            record_council,
            record_assembly_and_posts,
            record_projects,
            record_institutes,
        ):
            add_claims(record)
        now = record.as_of(TODAY)
        print_treaty(record)
        print_council(record)
        print_projects(now)
        print_roles(now)
        heading("Overdue")
        for plan in now.overdue():
            print(f"  {plan}")
        heading("Where sources differ")
        for dispute in now.disputes():
            print(f"  {dispute}")
        print(f"\n{len(record.entries())} entries are stored in {path}")


if __name__ == "__main__":
    if hasattr(signal, "SIGPIPE"):  # Windows has none
        signal.signal(signal.SIGPIPE, signal.SIG_DFL)  # "… | head" ends quietly
    main()
