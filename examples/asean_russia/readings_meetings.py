"""The events that rows on meetings, dialogues, networks and participation report, by the id of the row.

The name of a subject is formed from its own row only: the body and the year (`arjcc-2020`), or what the text calls it.
That two names mean the same thing is stated later, in `judgements.py`. `make.py` fills in parties, place, mode, ordinal
and title from the row where they are left out here.
"""

from __future__ import annotations

from partnership import Count, Event
from partnership.events import (
    DialogueLaunched,
    DialoguePreparationReported,
    DialogueProposed,
    MeetingAgreed,
    MeetingHeld,
    MeetingPostponed,
    MeetingProposed,
    MeetingScheduled,
    NetworkLaunched,
    ParticipationAnnounced,
    ParticipationDeclined,
    ParticipationReported,
    ParticipationUnconfirmed,
    SeriesFrequencyAgreed,
)

JCC, SOM, SUMMIT, PMC = "series:arjcc", "series:arsom", "series:asean-russia-summit", "series:pmc-russia"
AEM, SPECIAL_FMM, YOUTH = "series:aem-russia", "series:special-fmm", "series:youth-summit"
MOSCOW_COMMITTEE, NARTT = "series:asean-moscow-committee", "network:nartt"
SECURITY, ICT = "dialogue:security-consultations", "dialogue:ict-security"

SUPPLIED = {"AR-044": "on", "AR-103": "on", "AR-104": "on"}
"""Fields that are inferred by whoever reads the row: an undated page was written in the year before its plans."""

READINGS: dict[str, list[Event]] = {
    # ---- the interview of 16 November 2020 ----
    "AR-002": [
        MeetingPostponed(
            "asean-meetings-2020",
            on="2020",
            planned="2021",
            count=Count(2, "at-least"),
            reason="COVID-19",
            title="ASEAN meetings and events, none of them named",
        )
    ],
    "AR-006": [DialoguePreparationReported("security-consultations", stage="modalities are being worked out")],
    "AR-007": [DialoguePreparationReported("ict-security", stage="is being prepared for launch")],
    "AR-008": [
        MeetingHeld("aem-russia-2020", on="2020-09", body=AEM, title="Economic Ministers' Meeting"),
        MeetingHeld("covid-response-seminar-2020", on="2020-09", title="Special seminar on the joint response"),
    ],
    "AR-010": [
        MeetingScheduled(
            "urban-technologies-2020",
            planned="2020-12",
            host="RU",
            title="Conference on sustainable and resilient urban technologies",
        )
    ],
    "AR-011": [MeetingScheduled("nartt-2020", body=NARTT, title="Network of ASEAN-Russia Think Tanks")],
    "AR-012": [MeetingHeld("asean-summit-2020-11", on="2020-11-12/2020-11-15", body="series:asean-summit")],
    # ---- the Joint Cooperation Committee ----
    "AR-024": [MeetingHeld("arjcc-2021", on="2021-03-30", body=JCC)],
    "AR-028": [MeetingHeld("arjcc-2020", on="2020-03-13", body=JCC)],
    "AR-041": [MeetingHeld("arjcc-1997", on="1997-06-05/1997-06-06", body=JCC)],
    "AR-042": [
        MeetingHeld("arjcc-1997", on="1997-06-0X", body=JCC, title="Joint Cooperation Committee, inaugural meeting"),
        MeetingHeld("arwgst-1997", on="1997-06-0X", body="series:arwgst", title="Working group on science, inaugural"),
    ],
    "AR-043": [MeetingHeld("arjcc-2014", on="2014?-04-30", body=JCC)],
    "AR-044": [
        MeetingScheduled("arsom-2014", on="2014", planned="2014", body=SOM, title="Senior Officials' Meeting"),
        MeetingScheduled(
            "youth-summit-2014", on="2014", planned="2014", body=YOUTH, ordinal="2nd", title="Youth Summit"
        ),
    ],
    "AR-045": [MeetingHeld("arjcc-2015", on="2015", body=JCC)],
    "AR-046": [
        MeetingHeld("arjcc-2022", on="[2022-03-25,2022-03-29]", body=JCC, ordinal="19th", title="ARJCC"),
        MeetingHeld("arjpmc-2022", on="[2022-03-25,2022-03-29]", body="series:arjpmc", ordinal="20th", title="ARJPMC"),
    ],
    "AR-047": [MeetingHeld("arjcc-2023", on="2023-04-04", body=JCC, level="ambassadors")],
    "AR-048": [
        DialoguePreparationReported(
            "finance", title="Dialogue on finance", stage="a launch was discussed", force="possible"
        ),
        DialoguePreparationReported(
            "digitalisation", title="Dialogue on digitalisation", stage="a launch was discussed", force="possible"
        ),
    ],
    "AR-049": [
        MeetingProposed(
            "business-summit-2015",
            planned="2015-11",
            by="RU",
            title="Business summit",
            margins_of="asean-summit-2015-11",
        )
    ],
    # ---- 2020: the special foreign ministers' meeting ----
    "AR-003": [MeetingHeld("special-fmm-2020", on="2020-06-17", body=SPECIAL_FMM)],
    "AR-061": [
        MeetingScheduled(
            "special-fmm-2020", planned="2020-06-17", body=SPECIAL_FMM, by="KH", co_chairs=["ID", "RU"], mode="online"
        )
    ],
    # ---- security consultations and the dialogue on ICT security ----
    "AR-079": [DialogueProposed("security-consultations", by="RU", on="2019-06-18", title="Yearly meetings")],
    "AR-080": [
        MeetingHeld("security-consultations-2021", on="2021-06-28", body=SECURITY),
        DialogueLaunched("security-consultations", on="2021-06-28"),
    ],
    "AR-081": [MeetingHeld("security-consultations-2021", on="2021-06", body=SECURITY)],
    "AR-082": [MeetingHeld("security-consultations-2022", on="2022-08-22", body=SECURITY, ordinal="2nd")],
    "AR-083": [MeetingHeld("security-consultations-2023", on="2023-05-23", body=SECURITY)],
    "AR-084": [
        MeetingHeld(
            "security-consultations-2025",
            on="2025-05-28",
            body=SECURITY,
            margins_of="international-security-meeting-2025",
        )
    ],
    "AR-085": [
        DialogueProposed("security-challenges", on="2025-05-28", by="VN", title="Mechanism on security challenges")
    ],
    "AR-086": [
        DialogueLaunched("ict-security", on="2021-09-23"),
        MeetingHeld("ict-dialogue-2021", on="2021-09-23", body=ICT, chairs=["Syromolotov", "Sok Puthyvuth"]),
    ],
    "AR-087": [MeetingHeld("ict-dialogue-2021", on="2021-09-24", body=ICT)],
    "AR-088": [
        MeetingScheduled(
            "ict-dialogue-2022", planned="2022", body=ICT, mode="in-person", condition="if health conditions allow"
        )
    ],
    # ---- the network of think tanks ----
    "AR-091": [
        NetworkLaunched("nartt", on="2018-04", title="Network of ASEAN-Russia Think Tanks"),
        MeetingHeld("nartt-2018", on="2018-04", body=NARTT),
    ],
    "AR-092": [MeetingHeld("nartt-2020", on="2020-11-19/2020-11-20", body=NARTT)],
    "AR-093": [MeetingHeld("nartt-2021", on="2021", body=NARTT)],
    # ---- the economic ministers ----
    "AR-100": [MeetingHeld("aem-russia-2010", on="2010?-08-24", body=AEM)],
    "AR-101": [MeetingHeld("aem-russia-2020", on="2020-08-28", body=AEM)],
    "AR-102": [MeetingHeld("aem-russia-2020", on="2020-08-28", body=AEM)],
    "AR-103": [
        MeetingScheduled(
            "integration-round-table-2020", on="2020", planned="2020-09~", title="Round table on integration"
        ),
        MeetingScheduled(
            "covid-response-seminar-2020", on="2020", planned="2020-09~", title="Seminar on the joint response"
        ),
    ],
    "AR-104": [MeetingAgreed("aem-russia-2011", on="2010", planned="2011", body=AEM)],
    "AR-113": [MeetingHeld("aem-russia-2022", on="2022-09-16", body=AEM)],
    "AR-214": [MeetingScheduled("aem-russia-2017", planned="2017-09", body=AEM, title="Economy ministers")],
    # ---- summits ----
    "AR-119": [MeetingProposed("asean-russia-summit-2021", planned="2021", by="RU", body=SUMMIT)],
    "AR-120": [
        MeetingScheduled("asean-russia-summit-2021", planned="2021-10-28", body=SUMMIT),
        ParticipationAnnounced(
            "putin-at-asean-russia-summit-2021",
            meeting="asean-russia-summit-2021",
            person="Vladimir Putin",
            party="RU",
            planned="2021-10-28",
            force="expected",
        ),
    ],
    "AR-121": [MeetingHeld("asean-russia-summit-2021", on="2021-10-28", body=SUMMIT, host="BN")],
    "AR-157": [MeetingHeld("asean-russia-summit-2019", on="2019-11-14", body=SUMMIT)],
    "AR-180": [MeetingProposed("asean-russia-summit-2005", planned="2005", by="ASEAN", body=SUMMIT)],
    "AR-186": [MeetingScheduled("asean-russia-summit-2005", planned="2005-12-13", body=SUMMIT)],
    "AR-191": [MeetingHeld("asean-russia-summit-2010", on="2010-10", body=SUMMIT)],
    "AR-192": [MeetingHeld("asean-russia-summit-2012", on="2012", body=SUMMIT)],
    "AR-193": [MeetingHeld("asean-russia-summit-2010", on="2010", body=SUMMIT)],
    "AR-194": [MeetingHeld("asean-russia-summit-2016", on="2016-05-19/2016-05-20", body=SUMMIT)],
    "AR-195": [MeetingHeld("asean-russia-summit-2016", on="2016-05-19/2016-05-20", body=SUMMIT)],
    "AR-200": [MeetingHeld("asean-russia-summit-2018", on="2018-11-14", body=SUMMIT)],
    "AR-244": [
        ParticipationUnconfirmed(
            "putin-at-asean-summits-2025", meeting="asean-summits-2025", person="Vladimir Putin", party="RU"
        )
    ],
    "AR-245": [
        ParticipationDeclined(
            "putin-at-asean-summits-2025",
            meeting="asean-summits-2025",
            person="Vladimir Putin",
            party="RU",
            substitute="Alexander Novak",
        )
    ],
    "AR-246": [
        ParticipationAnnounced(
            "russia-at-east-asia-summit-2025",
            meeting="east-asia-summit-2025",
            person="Alexey Overchuk",
            party="RU",
            standing="head of the delegation",
            planned="2025-10-27",
        )
    ],
    "AR-247": [MeetingScheduled("asean-russia-summit-2025", planned="2025-10-26/2025-10-28", body=SUMMIT)],
    "AR-249": [MeetingHeld("asean-russia-summit-2026", on="2026-06-17/2026-06-18", body=SUMMIT)],
    "AR-251": [MeetingHeld("asean-russia-summit-2026", on="2026-06-18", body=SUMMIT)],
    # ---- special and annual meetings of foreign ministers ----
    "AR-125": [MeetingHeld("special-fmm-2021", on="2021-07-06", body=SPECIAL_FMM)],
    "AR-126": [
        MeetingHeld("special-fmm-2021", on="2021-07-06", body=SPECIAL_FMM, mode="hybrid"),
        ParticipationReported(
            "lavrov-at-special-fmm-2021",
            meeting="special-fmm-2021",
            person="Sergey Lavrov",
            party="RU",
            mode="in-person",
            on="2021-07-06",
        ),
    ],
    "AR-178": [MeetingHeld("pmc-russia-1999", on="1999-07-28", body=PMC, co_chairs=["RU", "VN"])],
    "AR-211": [MeetingHeld("pmc-russia-2016", on="2016-07-25", body=PMC)],
    "AR-216": [
        MeetingHeld("pmc-russia-2018", on="2018-08-02", body=PMC),
        MeetingAgreed("leaders-meeting-after-2018-08", title="A new meeting of the leaders", on="2018-08-02"),
    ],
    "AR-217": [MeetingScheduled("pmc-russia-2023", planned="2023-07-13", body=PMC)],
    "AR-255": [
        MeetingHeld("pmc-russia-2021", on="2021-08", body=PMC),
        ParticipationReported(
            "morgulov-at-pmc-russia-2021", meeting="pmc-russia-2021", person="Igor Morgulov", party="RU"
        ),
    ],
    # ---- senior officials ----
    "AR-150": [
        MeetingHeld("arsom-2016", on="2016-04-05", body=SOM),
        MeetingAgreed("arsom-after-2016-04", body=SOM, place="Laos", title="Next senior officials' meeting"),
    ],
    "AR-151": [MeetingHeld("arsom-2016", on="2016-04-04/2016-04-05", body=SOM, ordinal="13th")],
    "AR-152": [MeetingHeld("arsom-2017", on="2017-03-29", body=SOM)],
    "AR-153": [MeetingAgreed("arsom-2018", planned="2018", body=SOM)],
    "AR-154": [MeetingHeld("arsom-2018", on="2018-05-18", body=SOM, co_chairs=["LA", "RU"])],
    "AR-155": [MeetingHeld("arsom-2019", on="2019-02-20", body=SOM)],
    "AR-156": [MeetingHeld("arsom-2019", on="2019-02-19/2019-02-20", body=SOM)],
    "AR-158": [MeetingHeld("arsom-2021", on="2021-01-26", body=SOM)],
    "AR-159": [MeetingHeld("arsom-2022", on="2022-05", body=SOM, co_chairs=["KH", "RU"])],
    "AR-160": [
        MeetingScheduled("arsom-2023", planned="2023-04-27/2023-04-28", body=SOM),
        MeetingScheduled(
            "pmc-russia-2023", planned="2023-07", body=PMC, is_tentative=True, ordinal=None, title="PMC+Russia"
        ),
    ],
    "AR-161": [MeetingHeld("arsom-2023", on="2023-04-27/2023-04-28", body=SOM, observers="TL")],
    "AR-162": [MeetingHeld("arsom-2024", on="2024-04-26", body=SOM)],
    # ---- youth, universities, Moscow ----
    "AR-163": [MeetingScheduled("youth-summit-2014", planned="2014-10-16/2014-10-18", body=YOUTH)],
    "AR-164": [
        MeetingHeld("youth-summit-2013", on="2013-05-13/2013-05-14", body=YOUTH),
        SeriesFrequencyAgreed("youth-summit", host_rule="alternates between Russia and an ASEAN country"),
    ],
    "AR-177": [MeetingHeld("arf-track-two-seminar-1995", on="1995-04", host="RU", title="ARF track-two seminar")],
    "AR-225": [MeetingHeld("university-forum-2016", on="2016-09-01/2016-09-02", title="Russia-ASEAN University Forum")],
    "AR-139": [MeetingHeld("ammsti-russia-2022", on="2022-02-14", body="series:ammsti-russia", level="ministers")],
    "AR-140": [
        MeetingHeld("costi-russia-2022", on="2022-02-14", body="series:asean-costi-russia", level="deputy-ministers")
    ],
    "AR-141": [MeetingScheduled("moscow-committee-2022-02", planned="2022-02-17", body=MOSCOW_COMMITTEE)],
    "AR-253": [MeetingHeld("moscow-committee-2020-07", on="2020-07-31", body=MOSCOW_COMMITTEE)],
}
