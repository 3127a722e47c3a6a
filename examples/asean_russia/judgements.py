"""Editorial judgements made after reading all rows: which names mean the same thing, and which source is plainly wrong.

Each judgement becomes an entry with its reason, and can be retracted. None changes what a source said: values that are
not chosen stay in the record as the dispute.
"""

from __future__ import annotations

SAME: list[tuple[str, str, str]] = [
    (
        "meeting:asean-russia-summit-2018",
        "meeting:asean-russia-summit-2019",
        "the 3rd summit in Singapore in November, told of as past in February 2019 (AR-157, AR-156, AR-200)",
    ),
    (
        "meeting:asean-russia-summit-2010",
        "meeting:asean-russia-summit-2012",
        "the second summit, in Hanoi; two sources have it in 2010 (AR-191, AR-192, AR-193)",
    ),
    (
        "meeting:asean-russia-summit-2018",
        "meeting:leaders-meeting-after-2018-08",
        "the leaders' meeting that the ministers prepared in August is the summit of November (AR-216, AR-200)",
    ),
    (
        "meeting:anniversary-summit-in-russia",
        "meeting:asean-russia-summit-2016",
        "the anniversary summit agreed in 2015 is the commemorative summit in Sochi (AR-210, AR-194)",
    ),
    (
        "meeting:arsom-2017",
        "meeting:arsom-after-2016-04",
        "the next round, to be in Laos, was the one in Vientiane in March 2017 (AR-150, AR-152)",
    ),
    (
        "meeting:ammsti-russia-2022",
        "meeting:costi-russia-2022",
        "both tell of the event of 14 February 2022; they differ on who met (AR-139, AR-140)",
    ),
    (
        "course:rospotrebnadzor-cycle",
        "course:vladivostok-courses",
        "the first courses of the cycle were those in Vladivostok (AR-070, AR-071)",
    ),
    (
        "course:vladivostok-biosafety",
        "course:vladivostok-courses",
        "courses for ASEAN specialists at the one centre in Vladivostok (AR-005, AR-072)",
    ),
    (
        "document:economic-and-development-cooperation-agreement",
        "document:economic-cooperation-agreement",
        "the agreement expected for summer 2005 is the one signed in December (AR-185, AR-188)",
    ),
    (
        "document:agreement-at-pmc-2005",
        "document:economic-cooperation-agreement",
        "the agreement that the conference of July 2005 did not conclude (AR-187, AR-185)",
    ),
    (
        "document:eminent-persons-roadmap",
        "document:roadmap-2017",
        "the road map approved in Manila in August 2017 is the one planned for it (AR-212, AR-213)",
    ),
    (
        "document:cpa-2026-2030",
        "document:next-plan-of-action",
        "in 2025 the next plan of action is that of 2026-2030 (AR-242, AR-243)",
    ),
    (
        "document:disaster-management-memorandum",
        "document:emergencies-memorandum",
        "the memorandum in the works in 2019 is the one that the emergencies minister signed (AR-145, AR-143)",
    ),
    (
        "proposal:asean-eaeu-fta-feasibility-study",
        "proposal:feasibility-study",
        "the study that the ministers put off in 2017 is the one proposed in 2016 (AR-105, AR-106)",
    ),
]
"""Two names of one subject, and why they are the same."""

PREFERRED: list[tuple[str, str, str]] = [
    (
        "AR-200",
        "on",
        "a page of February 2019 cannot tell of November 2019; the agency reported the summit on its day (AR-157)",
    ),
    ("AR-191", "on", "two sources have Hanoi in 2010, the year of Viet Nam's chair; 2012 is one page's slip (AR-192)"),
    (
        "AR-172",
        "on",
        "25 years were marked in 2021 (AR-032); the 29th ministers' meeting was in July 1996, not 1997 (AR-173)",
    ),
    ("AR-184", "on", "the treaty is of 1976; the broadcaster's 1974 is two years early (AR-183)"),
]
"""A row, the field for which it is preferred, and why."""
