"""Record one interview, then query it: what was held, what was planned, what became of it, and why.

    python examples/asean_russia_2020.py [where-to-put-the-file.db]

The interview is real: Russia's ambassador to ASEAN spoke to the Viet Nam News Agency (VNA) on 16 November 2020. So are
the four later sources; two of them differ by a day.
"""

from __future__ import annotations

import signal
import sys
import tempfile
from pathlib import Path

import partnership as ps
from partnership.events import (
    AssessmentGiven,
    CommitmentMade,
    CoursePlanned,
    DialogueLaunched,
    DialoguePreparationReported,
    MeetingHeld,
    MeetingPostponed,
    MeetingScheduled,
    ProjectLaunched,
    RoleHeld,
)
from partnership.values.date_words import in_words

INTERVIEW = ps.Source(
    "VNA",
    published="2020-11-16",
    kind="news",
    title="Russian ambassador hails ties with ASEAN under Vietnam's chairmanship",
    url="https://en.vietnamplus.vn/russian-ambassador-hails-ties-with-asean-under-vietnams-chairmanship/190541.vnp",
    language="en",
)
BOTH = ["ASEAN", "RU"]


def record_interview(record: ps.Record) -> None:
    """Record everything in the interview, including what is vague or has no name."""
    with record.citing(INTERVIEW, speaker="Alexander Ivanov, Ambassador of Russia to ASEAN") as cite:
        cite(RoleHeld("asean-chair", holder="VN", term="2020", on="2020", title="Chair of ASEAN"))
        cite(
            MeetingPostponed(
                "asean-meetings-2020",
                on="2020",
                planned="2021",
                count=ps.Count(2, "at-least"),
                title="ASEAN meetings and events, none of them named",
                reason="COVID-19",
                parties=BOTH,
            )
        )
        # The page says "June 17". The year 2020 is our inference, and is marked as such.
        cite(
            MeetingHeld(
                "special-fmm-2020", on="2020-06-17", title="Special ministerial meeting on COVID-19", parties=BOTH
            ),
            inferred=["on"],
        )
        for slug, text in (
            ("share-information", "exchange information and experience on COVID-19"),
            ("vaccine-work", "work together on a vaccine"),
            (
                "contact-with-health-agencies",
                "bring ASEAN member states into closer contact with the Russian agencies for infectious diseases",
            ),
        ):
            cite(CommitmentMade(slug, by=BOTH, meeting="special-fmm-2020", text=text))
        cite(
            CoursePlanned(
                "vladivostok-biosafety",
                planned="{2021,2022}",
                host="RU",
                place="Vladivostok",
                title="Courses for ASEAN specialists at the bio-safety research centre",
            )
        )
        cite(
            DialoguePreparationReported(
                "security-consultations",
                title="Consultations of High Representatives for Security Issues",
                stage="modalities are being worked out",
                parties=BOTH,
            ),
            DialoguePreparationReported(
                "ict-security",
                title="ASEAN-Russia Dialogue on ICT Security",
                stage="is being prepared for launch",
                parties=BOTH,
            ),
        )
        # The sentence names two events and ends with "in September", which may apply only to the second.
        cite(
            MeetingHeld(
                "aem-russia-2020",
                on="2020-09?",
                title="ASEAN-Russia Economic Ministers' Meeting",
                topics=["economic recovery"],
                parties=BOTH,
            ),
            certainty="approximate",
        )
        cite(
            MeetingHeld(
                "covid-response-seminar-2020",
                on="2020-09",
                title="Special seminar on the joint response to the outbreak",
                topics=["economic recovery"],
                parties=BOTH,
            )
        )
        cite(
            ProjectLaunched(
                "ardpff-projects-2020",
                title="Joint projects under the ASEAN-Russia Dialogue Partnership Financial Fund",
                fund="ardpff",
                sectors=["agriculture", "smart cities", "health"],
                count=ps.Count(2, "at-least"),  # the page says "several"; the projects are not named
                parties=BOTH,
            )
        )
        cite(
            MeetingScheduled(
                "urban-technologies-2020",
                planned="2020-12",
                host="RU",
                title="Conference on sustainable and resilient urban technologies",
                parties=BOTH,
            )
        )
        cite(
            MeetingScheduled(
                "nartt-2",
                body="network:nartt",
                mode="online",
                title="Meeting of the Network of ASEAN-Russia Think Tanks",
                topics=[
                    "the regional architecture after the pandemic",
                    "disaster management",
                    "countering terrorism",
                    "economic recovery",
                ],
                parties=BOTH,
            )
        )
        cite(
            AssessmentGiven(
                "cooperation-in-2020",
                period="2020",
                text="cooperation advanced well in all directions during the year",
                parties=BOTH,
            )
        )
    # The page says this itself, so the claim has no speaker.
    record.add(
        MeetingHeld(
            "asean-summit-37", on="2020-11-12/2020-11-15", title="ASEAN Summit", ordinal="37th", parties=["ASEAN"]
        ),
        source=INTERVIEW,
        inferred=["on"],
        note="The page says only 'last week'.",
    )


def record_later_sources(record: ps.Record) -> None:
    """Record the outcomes that four later sources report."""
    mission = ps.Source(
        "Russian Mission to ASEAN", kind="official-release", language="en", retrieved="2026-11-23"
    )  # the page prints no date, so the claim counts as known from the day on which the page was read
    record.add(
        MeetingHeld("nartt-2", on="2020-11-19/2020-11-20", ordinal="2nd", mode="online", body="network:nartt"),
        source=mission,
    )
    record.add(
        MeetingHeld(
            "security-consultations-1",
            on="2021-06-28",
            ordinal="1st",
            mode="online",
            body="dialogue:security-consultations",
            title="First consultations of High Representatives for Security Issues",
        ),
        source=ps.Source("TASS", published="2021-06-28", kind="news", url="https://tass.com/politics/1307907"),
        speaker="Nikolai Patrushev",
    )
    record.add(
        DialogueLaunched("ict-security", on="2021-09-23"),
        source=ps.Source(
            "MFA of Russia", published="2021-09-24~", kind="official-release", language="ru", via="namib.online"
        ),
    )
    record.add(
        DialogueLaunched("ict-security", on="2021-09-24"),
        source=ps.Source("TASS", published="2021-09-24", kind="news", url="https://tass.com/politics/1342009"),
    )


def heading(text: str) -> None:
    """Print a heading."""
    print(f"\n{text}\n{'-' * len(text)}")


def print_past(then: ps.View) -> None:
    """Print what had happened by the day of the interview."""
    heading("On 16 November 2020: what was held")
    for occurrence in then.timeline():
        if occurrence.event.name == "meeting-held":
            meeting = then.meetings[occurrence.event.subject]
            ordinal = f" ({meeting.ordinals[0]})" if meeting.ordinals else ""
            print(f"  {in_words(meeting.held_on):28} {meeting.title}{ordinal}")
    for role in then.roles.values():
        print(f"  {in_words(role.terms[-1].held_on):28} {role.title}: {role.holder}")

    heading("What was agreed on 17 June")
    for commitment in then.commitments.values():
        print(f"  {' and '.join(commitment.by)} will {commitment.text}")


def print_plans(then: ps.View) -> None:
    """Print what was planned, and what was being prepared."""
    heading("What was planned, and since when that is known")
    for plan in then.upcoming():
        print(f"  {in_words(plan.planned):28} {plan.title} (known since {plan.since:%-d %B %Y})")
    for meeting in then.meetings.values():
        if meeting.status == "scheduled" and not meeting.expected:
            print(f"  {'no date given':28} {meeting.title}, {meeting.mode}, on {'; '.join(meeting.topics)}")

    heading("What was being prepared or had begun")
    for dialogue in then.dialogues.values():
        print(f"  {dialogue.title}: {dialogue.stage}")
    for project in then.projects.values():
        print(f"  {project.title} ({project.count}): {', '.join(project.sectors)}")
    for statement in then.statements.values():
        print(f"  In the words of {statement.speakers[0]}: {statement.text}.")


def print_outcomes(record: ps.Record) -> None:
    """Print what later sources reported, what was overdue, and why one of two disputed dates is chosen."""
    heading("What later sources reported")
    print(f"  The think tanks met on {in_words(record.meetings['nartt-2'].held_on)}.")
    first = record.dialogues["security-consultations"].rounds[0]
    print(f"  The security consultations first met on {in_words(first.on)}.")
    print(
        f"  The ICT dialogue was launched on {in_words(record.dialogues['ict-security'].launched_on)}; sources differ."
    )

    heading("Overdue on 1 February 2021")
    for plan in record.as_of("2021-02-01").overdue():
        sources = "; ".join(str(source) for source in plan.sources)
        if plan.planned:
            planned = f"planned for {in_words(plan.planned)}"
            print(f"  {plan.title}\n    {planned} according to {sources}; nothing reported since.")

    heading("Why 23 September is chosen")
    print(record.why("dialogue:ict-security", field="launched_on"))


def main() -> None:
    """Build the record and query it."""
    path = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(tempfile.mkdtemp(prefix="partnership-")) / "asean-russia.db"
    with ps.open(path, partnership="asean-russia") as record:
        record_interview(record)
        record_later_sources(record)
        then = record.as_of("2020-11-16")
        print_past(then)
        print_plans(then)
        print_outcomes(record)
        heading("The record")
        print(f"  {len(record.entries())} entries are stored in {path}")
        print("  To open it again:\n")
        print(f"    import partnership\n    record = partnership.open({str(path)!r})\n    print(record.overdue())")


if __name__ == "__main__":
    if hasattr(signal, "SIGPIPE"):  # Windows has none
        signal.signal(signal.SIGPIPE, signal.SIG_DFL)  # "… | head" ends quietly
    main()
