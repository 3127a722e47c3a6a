"""One interview becomes a record, and the record answers: what was held, what is planned, what became of it, and why.

    python examples/asean_russia_2020.py [where-to-put-the-file.db]

The interview: Russia's ambassador to ASEAN speaks to the Viet Nam News Agency on 16 November 2020. The four later
sources are real too, and one of them gives a wrong day.
"""

from __future__ import annotations

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
    """Record all that the interview says, the vague and the nameless too."""
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
        # The page says "June 17"; that the year is 2020 is the desk's inference, and the record says so.
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
        # One "in September" stands behind two events; it may govern only the second.
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
                count=ps.Count(2, "at-least"),  # "several": members are never invented
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
    # What the page tells in its own words has no speaker.
    record.add(
        MeetingHeld(
            "asean-summit-37", on="2020-11-12/2020-11-15", title="ASEAN Summit", ordinal="37th", parties=["ASEAN"]
        ),
        source=INTERVIEW,
        inferred=["on"],
        note="The page says only 'last week'.",
    )


def record_what_came_later(record: ps.Record) -> None:
    """Record what four later sources say became of it."""
    mission = ps.Source(
        "Russian Mission to ASEAN", kind="official-release", language="en", retrieved="2026-11-23"
    )  # the page prints no day, so it counts as known from the day on which it was read
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


def tell_what_was_held(then: ps.View) -> None:
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


def tell_what_was_planned(then: ps.View) -> None:
    """Print what was to come, and what was being prepared."""
    heading("What was planned, and since when that is known")
    for one in then.upcoming():
        print(f"  {in_words(one.planned):28} {one.title} (known since {one.since:%-d %B %Y})")
    for meeting in then.meetings.values():
        if meeting.status == "scheduled" and not meeting.expected:
            print(f"  {'no day named':28} {meeting.title}, {meeting.mode}, on {'; '.join(meeting.topics)}")

    heading("What was being prepared or had begun")
    for dialogue in then.dialogues.values():
        print(f"  {dialogue.title}: {dialogue.stage}")
    for project in then.projects.values():
        print(f"  {project.title} ({project.count}): {', '.join(project.sectors)}")
    for statement in then.statements.values():
        print(f"  In the words of {statement.speakers[0]}: {statement.text}.")


def tell_what_became_of_it(record: ps.Record) -> None:
    """Print what later sources settled, what stood overdue, and why one contested value is believed."""
    heading("What later sources settled")
    print(f"  The think tanks met on {in_words(record.meetings['nartt-2'].held_on)}.")
    print(f"  The security consultations began on {in_words(record.dialogues['security-consultations'].launched_on)}.")
    print(
        f"  The ICT dialogue was launched on {in_words(record.dialogues['ict-security'].launched_on)}; sources differ."
    )

    heading("Overdue on 1 February 2021")
    for one in record.as_of("2021-02-01").overdue():
        said = "; ".join(str(source) for source in one.sources)
        print(f"  {one.title}\n    planned for {in_words(one.planned)}, said {said}; nothing was heard since.")

    heading("Why 23 September is believed")
    print(record.why("dialogue:ict-security", field="launched_on"))


def main() -> None:
    """Build the record and tell it."""
    place = (
        Path(sys.argv[1]) if len(sys.argv) > 1 else Path(tempfile.mkdtemp(prefix="partnership-")) / "asean-russia.db"
    )
    with ps.open(place, partnership="asean-russia") as record:
        record_interview(record)
        record_what_came_later(record)
        then = record.as_of("2020-11-16")
        tell_what_was_held(then)
        tell_what_was_planned(then)
        tell_what_became_of_it(record)
        heading("The record")
        print(f"  {len(record.entries())} entries lie in {place}")
        print("  Three lines open it again:\n")
        print(f"    import partnership\n    record = partnership.open({str(place)!r})\n    print(record.overdue())")


if __name__ == "__main__":
    main()
