"""Counts, ordinals and distinctions of press reports, recorded exactly."""

from __future__ import annotations

import partnership as ps
from partnership.events import (
    AppointmentAnnounced,
    CountReported,
    CourseHeld,
    CoursePlanned,
    DistinctionStated,
    MeetingHeld,
    MissionOpened,
    MissionPlanned,
    NetworkLaunched,
    RoleHeld,
    ThemedYearOpened,
    VisitMade,
)
from partnership.testing.scenario import finding_slugs, given

AFP = ("2026-01-28", "AFP", "news")
LOCAL = ("2023-06-17", "Saint-Petersburg.ru", "news")


# ---- counts ----


def test_at_least_so_many_agreements_and_some_of_them_with_foreign_organizations():
    """More than 900 agreements were signed at a forum; 43 of these with foreign organizations (Russia, 2023)."""
    record = given(
        LOCAL,
        MeetingHeld("forum-2023", on="2023-06-14/2023-06-17"),
        CountReported(
            "forum-agreements", what="agreements signed at the forum", number=ps.Count(900, "at-least"),
            concerns="meeting:forum-2023", verb="signed",
        ),
        CountReported(
            "forum-agreements-abroad", what="agreements with foreign organizations", number=43,
            total=ps.Count(900, "at-least"), concerns="meeting:forum-2023",
        ),
    )  # fmt: skip
    signed, abroad = record.counts["forum-agreements"], record.counts["forum-agreements-abroad"]

    assert (signed.number, signed.verb) == (ps.Count(900, "at-least"), "signed")
    assert (abroad.number, abroad.total) == (ps.Count(43), ps.Count(900, "at-least"))
    assert signed.title == "at least 900 agreements signed at the forum"
    linked = {str(link) for link in record.dossier("meeting:forum-2023").links}
    assert (
        "count:forum-agreements (at least 900 agreements signed at the forum) names it as its concerns (count reported)"
    ) in linked


def test_kinds_of_memoranda():
    """Nineteen memoranda were signed at a summit: four between governments, fifteen by enterprises (2024)."""
    record = given(
        ("2024-09-12", "MENAFN", "news"),
        CountReported("memoranda", what="memoranda signed at the summit", number=19),
        CountReported("memoranda-of-governments", what="memoranda between governments", number=4, total=19),
        CountReported("memoranda-of-enterprises", what="memoranda of enterprises", number=15, total=19),
    )  # fmt: skip

    assert [str(state.number) for state in record.counts.values()] == ["19", "15", "4"]
    assert finding_slugs(record) == set()


def test_a_later_count():
    """Over 30 states wish to join, then 40 by a later day: no dispute, and the latest is shown (BRICS)."""
    record = given(
        ("2024-08-29", "NSN", "news"),
        CountReported("applicants", what="states that wish to join", number=ps.Count(30, "at-least"),
                      as_of="2024-08-28"),
        ("2024-10-20", "TASS", "news"),
        CountReported("applicants", what="states that wish to join", number=40, as_of="2024-10"),
    )  # fmt: skip
    state = record.counts["applicants"]

    assert (state.number, state.as_of, len(state.counts)) == (ps.Count(40), ps.When("2024-10"), 2)
    assert record.disputes() == ()
    assert record.as_of("2024-09-30").counts["applicants"].number == ps.Count(30, "at-least")


def test_two_counts_of_one_day():
    """They are a dispute, unless one bound includes the other: "over 30" and 34 agree."""
    said = [("2024-08-29", "NSN", "news"), CountReported("n", what="states", number=34, as_of="2024-08-28")]
    agreed = given(
        *said,
        ("2024-08-30", "TASS", "news"),
        CountReported("n", what="countries", number=ps.Count(30, "at-least"), as_of="2024-08-28"),
    )
    differ = given(
        *said, ("2024-08-30", "TASS", "news"), CountReported("n", what="states", number=40, as_of="2024-08-28")
    )

    assert (agreed.counts["n"].number, agreed.disputes()) == (ps.Count(34), ())
    assert differ.counts["n"].disputed == ("counts", "number")
    assert [(row.subject, row.names) for row in differ.disputes()] == [("count:n", ("number", "total"))]
    assert "disputed" in finding_slugs(differ)


def test_progress_of_projects():
    """Loans for 93 of 99 projects were approved and 18 projects completed by a day; about seven are close (India)."""
    day = "2018-09-16"
    record = given(
        (day, "Business Standard", "news"),
        CountReported("loans", what="projects with an approved loan", number=93, total=99, as_of=day, by="NABARD"),
        CountReported("completed", what="projects completed", number=18, as_of=day),
        CountReported("nearly", what="projects that are nearly complete", number=ps.Count(7, "about"), as_of=day),
    )  # fmt: skip

    assert (record.counts["loans"].number, record.counts["loans"].total) == (ps.Count(93), ps.Count(99))
    assert record.counts["loans"].by == ("NABARD",)
    assert record.counts["nearly"].title == "about 7 projects that are nearly complete"


def test_a_count_within_a_period():
    """Missions in a region by a year, and meetings within a decade, are counts of other times, in order."""
    record = given(
        ("2019-12-18", "Island Times", "news"),
        CountReported("missions", what="missions in the Pacific", number=16, by="AU"),
        CountReported("talks", what="ministerial meetings", number=12, period="2008/2018", by=["AU", "PW"]),
        CountReported("talks", what="ministerial meetings", number=3, period="2019", by=["AU", "PW"]),
        CountReported("talks", what="ministerial meetings", number=9, period="../2007"),
    )
    assert record.counts["missions"].by == ("AU",)
    assert [str(row.period) for row in record.counts["talks"].counts] == ["../2007", "2008/2018", "2019"]
    assert (record.counts["talks"].number, record.counts["talks"].by) == (ps.Count(3), ("AU", "PW"))
    assert record.disputes() == ()


def test_more_than_there_are():
    """It is recorded, and found."""
    record = given(AFP, CountReported("ratified", what="members that ratified", number=11, total=10))

    assert "count-over-total" in finding_slugs(record)


# ---- distinctions ----


def test_the_first_visit_since():
    """It is the first visit by a British prime minister to China since 2018 (2026)."""
    record = given(
        AFP,
        VisitMade("starmer-in-china", on="2026-01-28", person="Keir Starmer"),
        DistinctionStated(
            "first-british-visit", ranking="first", of="visit of a British prime minister to China", since="2018",
            concerns="visit:starmer-in-china", party="GB",
        ),
    )  # fmt: skip

    state = record.distinctions["first-british-visit"]
    assert (state.ranking, state.since, state.concerns) == ("first", ps.When("2018"), "visit:starmer-in-china")
    assert state.title == "first visit of a British prime minister to China since 2018"
    assert "first visit of a British prime minister" in str(record.dossier("starmer-in-china"))
    assert [hit.subject for hit in record.find("first british visit")] == ["distinction:first-british-visit"]


def test_the_first_in_so_many_years():
    """An interval stands for the date that the source does not give."""
    state = given(
        AFP, DistinctionStated("d", ranking="first", of="state visit", interval="P27Y", text="first in 27 years")
    ).distinctions["d"]

    assert (state.title, state.texts) == ("first state visit in 27 years", ("first in 27 years",))


def test_the_largest_for_nine_years_in_a_row():
    """A partner is the largest for nine years in a row, and a gathering the largest so far (FOCAC, 2018)."""
    record = given(
        ("2018-08-31", "China Daily", "news"),
        DistinctionStated(
            "largest-partner", ranking="largest", of="trading partner of Africa", party="CN", duration="P9Y"
        ),
        DistinctionStated("largest-gathering", ranking="largest", of="gathering", concerns="meeting:focac-7"),
        DistinctionStated("third-summit", ranking="third", of="summit of the forum", concerns="meeting:focac-7"),
    )  # fmt: skip

    assert record.distinctions["largest-partner"].title == "largest trading partner of Africa for nine years"
    assert record.distinctions["third-summit"].ranking == "third"


def test_the_first_person():
    """He is the first president of China to address the forum in Davos (2017)."""
    record = given(
        ("2017-01-17", "Arab News", "news"),
        DistinctionStated(
            "davos-speech", ranking="first", of="Chinese president to address the forum", party="CN",
            person="Xi Jinping", place="Davos", on="2017-01-17",
        ),
    )  # fmt: skip
    state = record.distinctions["davos-speech"]

    assert (state.person, state.place, state.stated_on) == ("Xi Jinping", "Davos", ps.When("2017-01-17"))
    assert "distinction:davos-speech" in {hit.subject for hit in record.find("Xi Jinping")}


def test_two_holders_of_one_distinction():
    """Two partners each called the first one of ASEAN are a dispute, as are two years since."""
    record = given(
        ("2020-01-07", "VGP", "news"),
        DistinctionStated("first-partner", ranking="first", of="dialogue partner of ASEAN", party="AU", since="1974"),
        ("2020-02-07", "Daily", "news"),
        DistinctionStated("first-partner", ranking="first", of="partner of ASEAN", party="JP"),
    )

    assert record.distinctions["first-partner"].disputed == ("party",)
    assert [(row.subject, row.names) for row in record.disputes()] == [("distinction:first-partner", ("party",))]


def test_words_for_one_place():
    """The largest and the biggest are one place, the second largest is another: a delegation of 200 people (2023)."""

    def record(ranking):
        return given(
            LOCAL,
            DistinctionStated("d", ranking="largest", of="delegation at the forum", party="AE"),
            CountReported("d", what="people in the delegation", number=200, parties="AE"),
            ("2023-06-18", "TASS", "news"),
            DistinctionStated("d", ranking=ranking, party="AE"),
        )  # fmt: skip

    assert record("biggest").disputes() == ()
    assert record("second largest").distinctions["d"].disputed == ("ranking",)
    assert record("biggest").counts["d"].parties == ("AE",)


def test_the_only_one_and_the_second_time():
    """A programme is the first to cover a continent (EU and Africa); a host is one for the second time (Australia)."""
    record = given(
        ("2014-08-06", "Diplomatic Times", "news"),
        DistinctionStated("pan-african", ranking="first", of="EU programme for Africa", concerns="project:pap"),
        ("2024-03-04", "Generation T", "news"),
        DistinctionStated("host", ranking="second", of="ASEAN summit in Australia", party="AU", concerns="meeting:m"),
    )  # fmt: skip

    assert record.distinctions["pan-african"].concerns == "project:pap"
    assert record.distinctions["host"].title == "second ASEAN summit in Australia"


# ---- counts and ordinals on other subjects ----


def test_champions_who_are_not_named():
    """Ten champions are appointed, and the source names none of them: who holds the role stays unknown."""
    record = given(
        ("2021-03-01", "Secretariat", "official-release"),
        AppointmentAnnounced("champions", count=10, title="Gender champion", on="2021-02-26"),
        RoleHeld("champions", holder="ID", count=2, on="2021-03/2022-02"),
    )
    role = record.roles["champions"]

    assert (role.count, role.title) == (ps.Count(10), "Gender champion")
    assert [(term.holder, term.count) for term in role.terms] == [("ID", ps.Count(2))]
    assert record.holds("champions", "VN", "2021-06-01") is False
    assert given(AFP, AppointmentAnnounced("r", count=10)).holders("r", "2026-06-01").surely == ()
    assert given(AFP, AppointmentAnnounced("r", count=10, planned="2026-02")).overdue() == ()


def test_two_counts_of_appointments():
    """They are a dispute."""
    record = given(
        AFP, AppointmentAnnounced("r", count=10), ("2026-01-29", "B", "news"), AppointmentAnnounced("r", count=12)
    )

    assert record.roles["r"].disputed == ("count",)


def test_two_missions_in_two_places():
    """Two missions open, in Palau and in the Cook Islands (Australia, 2019); two consulates are to open (Czechia)."""
    record = given(
        ("2019-12-18", "DFAT", "official-release"),
        MissionOpened("pacific", by="AU", count=2, locations=["Koror", "Rarotonga"], title="Australian missions"),
        MissionPlanned("next", by="AU", ordinal="second", locations=["Alofi", "Papeete", "Majuro"], planned="2020"),
    )
    pacific, planned = record.missions["pacific"], record.missions["next"]

    assert (pacific.status, pacific.count, pacific.locations) == ("open", ps.Count(2), ("Koror", "Rarotonga"))
    assert (planned.ordinal, planned.locations) == ("second", ("Alofi", "Papeete", "Majuro"))


def test_how_many_were_at_an_opening():
    """A year opens in two capitals at once, with about 500 guests; a network begins with some forty universities."""
    record = given(
        ("2022-08-24", "KBS", "news"),
        ThemedYearOpened(
            "exchange", on="2022-08-24", locations=["Seoul", "Beijing"], participants=ps.Count(500, "about")
        ),
        NetworkLaunched("universities", institution_count=ps.Count(40, "about"), institutions="MGIMO"),
    )
    year, network = record.themed_years["exchange"], record.networks["universities"]

    assert (year.locations, year.participants) == (("Seoul", "Beijing"), ps.Count(500, "about"))
    assert (network.institution_count, network.institutions) == (ps.Count(40, "about"), ("MGIMO",))


def test_the_third_course():
    """The third course on biosafety is held, and the fourth planned: the number stands on each run (Russia)."""
    record = given(
        ("2023-10-20", "Rospotrebnadzor", "official-release"),
        CourseHeld("biosafety", run="2023", on="2023-10", ordinal="third"),
        CoursePlanned("biosafety", run="2024", planned="2024", ordinal="fourth"),
        ("2023-10-21", "Daily", "news"),
        CourseHeld("biosafety", run="2023", on="2023-10", ordinal="4th"),
    )
    course = record.courses["biosafety"]

    assert {run.run: run.ordinal for run in course.runs} == {"2023": "third", "2024": "fourth"}
    assert course.ordinal in ("third", "fourth")
    assert [row.names for row in record.disputes()] == [("ordinal",)]
