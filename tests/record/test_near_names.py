"""Codes and subjects that look like misspelt ones: they are recorded with a warning, and what is usual has none."""

from __future__ import annotations

import warnings

import pytest
from attrs import frozen

import partnership as ps
from partnership import fields
from partnership.errors import InvalidEvent, NearNameWarning
from partnership.events import (
    AssessmentGiven,
    CommitmentMade,
    DialogueLaunched,
    DocumentAdopted,
    FundContributionPledged,
    MeetingHeld,
    MeetingScheduled,
    SeriesEstablished,
    StatementMade,
    StatisticReported,
)
from partnership.record import near_names

NEWS = ps.Source("TASS", published="2020-06-17", kind="news")


@pytest.fixture
def record():
    """Return an empty record."""
    return ps.open(":memory:")


def advice(record, *events, source=NEWS):
    """Return what a call warns of."""
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        record.add(*events, source=source)
    assert {warning.category for warning in caught} <= {NearNameWarning}
    assert {warning.filename for warning in caught} <= {__file__}
    return [str(warning.message) for warning in caught]


def suggested(record, *events, source=NEWS):
    """Return what a call suggests."""
    return [text.rpartition("Did you mean ")[2].rstrip("?") for text in advice(record, *events, source=source)]


# ---- party codes ----


@pytest.mark.parametrize(
    ("code", "meant"),
    [
        ("Chile", "CL"),
        ("Russia", "RU"),
        ("RUS", "RU"),
        ("South-Korea", "KR"),
        ("EU-27", "EU"),
        ("UK", "GB"),
        ("EL", "GR"),
        ("European-Union", "EU"),
        ("ASAEN", "ASEAN"),
        ("ASEANS", "ASEAN"),
        ("MERCOSOR", "MERCOSUR"),
    ],
)
def test_a_code_that_is_a_name_or_misspelt(record, code, meant):
    """It is recorded as it is, with a warning that names the usual code."""
    assert suggested(record, MeetingHeld("a", host=code)) == [meant]
    assert record.meetings["a"].host == code.upper()


@pytest.mark.parametrize(
    ("code", "meant"),
    [
        ("European Union", "EU"),
        ("Viet Nam", "VN"),
        ("the Russian Federation", "RU"),
        ("Russian Federaton", "RU"),
        ("Côte d'Ivoire", "CI"),
        ("St. Lucia", "LC"),
    ],
)
def test_a_name_that_is_no_code(code, meant):
    """The error names the code of the country or the bloc."""
    with pytest.raises(InvalidEvent, match=f"is not the code of a party; .*; did you mean '{meant}'?"):
        MeetingHeld("a", host=code)


@pytest.mark.parametrize("code", ["R U", "Somebody else", "x" * 500 + " ", "ж"])
def test_a_text_that_is_nothing(code):
    """No code is suggested."""
    with pytest.raises(InvalidEvent) as refused:
        MeetingHeld("a", host=code)
    assert "did you mean" not in str(refused.value)


@pytest.mark.parametrize(
    "codes",
    [
        ["RU", "RO", "RS", "RW"],
        ["UNDP", "UNEP", "UNDO"],
        ["OPEC", "APEC"],
        ["IMO", "ILO"],
        ["ASEAN", "ASEAN-3", "ASEAN-2", "ASEAN4"],
        ["ECOWAS", "ECCAS", "ECCB"],
        ["UNESCO", "UNESCAP"],
        ["GB", "UKRAINE-COMMISSION", "EIB", "EBRD", "GR"],
        ["A1", "A2", "B1"],
    ],
)
def test_codes_that_only_look_alike(record, codes):
    """There is no warning."""
    assert advice(record, *(MeetingHeld(f"m{n}", host=code) for n, code in enumerate(codes))) == []
    assert advice(record, MeetingHeld("m9", parties=codes)) == []


def test_a_code_that_the_record_has(record):
    """It is the user's choice, and is not reported again, unless the other one is there too."""
    assert suggested(record, MeetingHeld("a", host="RUS"), MeetingHeld("b", host="RUS")) == ["RU"]
    assert suggested(record, MeetingHeld("c", host="RUS")) == []
    assert suggested(record, MeetingHeld("d", host="RU")) == []
    assert suggested(record, MeetingHeld("e", host="RUS")) == ["RU"]


def test_a_code_near_another_of_the_same_call(record):
    """They are compared in order."""
    assert suggested(record, MeetingHeld("a", host="SICA-SG"), MeetingHeld("b", host="SICA-GS")) == ["SICA-SG"]


# ---- currencies ----


def pledge(*amounts):
    """Return a pledge for each amount."""
    return [FundContributionPledged(f"fund-{number}", by="CA", amount=amount) for number, amount in enumerate(amounts)]


def test_a_currency_that_does_not_exist(record):
    """It is reported once; codes out of use and those of the record are not."""
    assert advice(record, *pledge(ps.Money(5, "KAD"), ps.Money(6, "KAD"), ps.Money(7, "CAD"), ps.Money(8, "DEM"))) == [
        "ISO 4217 has no currency KAD. Is it misspelt?"
    ]
    assert advice(record, *pledge(ps.Money(9, "KAD"))) == []


def test_a_currency_beside_another(record):
    """The second currency of an amount, and that of a correction, are looked at too; a text is not."""
    printed = FundContributionPledged("fund", by="CA", amount=ps.Money(5, "CAD"), equivalent=ps.Money(4, "UDS"))
    assert advice(record, printed) == ["ISO 4217 has no currency UDS. Is it misspelt?"]
    (entry,) = record.entries()
    with pytest.warns(NearNameWarning, match="no currency EUO"):
        record.correct(entry, equivalent=ps.Money(4, "EUO"))
    quoting = FundContributionPledged("other", by="CA", amount=ps.Money(5, "CAD"), condition='"currency":"KAD"')
    assert advice(record, quoting) == []


def test_a_currency_of_a_record_that_is_opened_again(tmp_path):
    """What the record has is not reported again."""
    with ps.open(tmp_path / "a.db") as first, pytest.warns(NearNameWarning, match="KAD"):
        first.add(*pledge(ps.Money(5, "KAD")), source=NEWS)
    with ps.open(tmp_path / "a.db") as again:
        assert advice(again, *pledge(ps.Money(6, "KAD"), ps.Money(6, "KAT"))) == [
            "ISO 4217 has no currency KAT. Is it misspelt?"
        ]


# ---- financial years ----


def traded(*periods):
    """Return reports of figures."""
    return [StatisticReported("trade", period=period, number=1) for period in periods]


def test_a_season_that_looks_like_a_financial_year(record):
    """It is reported once, with what it means; a year, its months and another season are not."""
    (first, second) = advice(record, *traded("2023-24", "2024-25", "2023-24", "2023-04/2024-03", "2023", "2023-21"))
    assert first == (
        "the period 2023-24 is winter of 2023 to 2024. Is the financial year meant? Write its months: 2023-04/2024-03"
    )
    assert second.startswith("the period 2024-25 is spring")
    assert advice(record, *traded("2023-24")) == []
    (entry, *_) = record.entries()
    with pytest.warns(NearNameWarning, match="2021-22 is summer 2021"):
        record.correct(entry, period="2021-22")


def test_a_season_of_a_record_that_is_opened_again(tmp_path):
    """What the record has is not reported again, and a season on which something is planned is usual."""
    with ps.open(tmp_path / "a.db") as first, pytest.warns(NearNameWarning, match="financial year"):
        first.add(*traded("2023-24"), source=NEWS)
    with ps.open(tmp_path / "a.db") as again:
        assert advice(again, *traded("2023-24"), MeetingScheduled("m", planned="2021-22")) == []


# ---- subjects ----


@pytest.mark.parametrize(
    ("known", "new"),
    [
        ("special-fmm-2020", "special-fmm-2002"),
        ("special-fmm-2020", "specail-fmm-2020"),
        ("special-fmm-2020", "speciall-fmm-2020"),
        ("special-fmm-2020", "specal-fmm-2020"),
        ("special-fmm-2020", "special-fmm2020"),
        ("special-fmm-2020", "specialfmm-2020"),
        ("experts-meeting", "expert-meeting"),
        ("trade-ministry", "trade-ministries"),
        ("5th-summit", "fifth-summit"),
        ("5th-summit", "5-summit"),
        ("phase-2", "phase-ii"),
        ("phase-14", "phase-xiv"),
        ("phase-9", "phase-ix"),
        ("round-1", "round-01"),
    ],
)
def test_a_subject_that_looks_like_another(record, known, new):
    """It is recorded with a warning that names the other."""
    assert advice(record, MeetingHeld(known, on="2020-06-17")) == []
    assert suggested(record, MeetingHeld(new, on="2020-06-17")) == [f"meeting:{known}"]
    assert {*record.meetings} == {known, new}
    assert advice(record, MeetingHeld(new, place="Hue")) == []


@pytest.mark.parametrize(
    ("known", "new"),
    [
        ("summit-2019", "summit-2020"),
        ("summit-2012", "summit-2021"),
        ("18th-smm", "19th-smm"),
        ("round-12", "round-21"),
        ("first-round", "third-round"),
        ("sixth-round", "ninth-round"),
        ("annex-a", "annex-b"),
        ("annex-i", "annex-ii"),
        ("round-1-1", "round-11"),
        ("fmm-2020", "smm-2020"),
        ("fmm-2020", "special-fmm-2020"),
        ("chair-iran", "chair-iraq"),
        ("visit-gambia", "visit-zambia"),
        ("health-week", "wealth-week"),
        ("ministers-morning", "ministers-evening"),
        ("bus-link", "us-link"),
        ("talks-2020-06", "talks-2020-07"),
        ("summit-russia-2024", "summit-china-2024"),
    ],
)
def test_subjects_of_a_series(record, known, new):
    """There is no warning."""
    year = new[-4:] if new[-4:].isdigit() else "2020"
    assert advice(record, MeetingHeld(known), MeetingHeld(new, on=year)) == []


def test_a_series_by_years(record):
    """Where several differ by their year, none is taken for another, whatever the dates are."""
    record.add(MeetingHeld("summit-2018"), MeetingHeld("summit-2020"), source=NEWS)
    assert advice(record, MeetingHeld("summit-2002")) == []


def test_a_year_that_the_dates_explain(record):
    """An old meeting is another one; without any date there is nothing that would tell."""
    record.add(MeetingHeld("special-fmm-2020"), source=NEWS)
    assert advice(record, MeetingHeld("special-fmm-2002", on="2002-07-31")) == []
    other = ps.open(":memory:")
    other.add(MeetingHeld("special-fmm-2020"), source=NEWS)
    assert suggested(other, MeetingHeld("special-fmm-2002")) == ["meeting:special-fmm-2020"]


def test_a_subject_of_another_kind(record):
    """Only subjects of one kind are compared."""
    record.add(DocumentAdopted("special-statement-2020"), source=NEWS)
    assert advice(record, MeetingHeld("specail-statement-2020")) == []


# ---- references ----


def test_a_reference_to_another_kind(record):
    """If the slug is that of a subject of another kind, it is suggested."""
    record.add(DialogueLaunched("urban"), source=NEWS)
    (text,) = advice(record, MeetingHeld("a", body="series:urban"), MeetingHeld("b", body="series:urban"))
    assert text == "series:urban, to which meeting:a refers, is new. Did you mean dialogue:urban?"
    assert advice(record, MeetingHeld("c", body="series:urban"), MeetingHeld("d", body="dialogue:urban")) == []


def test_a_reference_that_cannot_be_of_the_other_kind(record):
    """A field that refers to meetings does not mean the document with this slug."""
    record.add(DocumentAdopted("summit"), source=NEWS)
    assert advice(record, CommitmentMade("a", meeting="summit")) == []


def test_references_to_subjects_with_a_common_slug(record):
    """What is called like its matter, and slugs of a letter or two, are no sign of a wrong kind."""
    assert advice(record, StatementMade("zone", concerns=["document:zone"])) == []
    assert advice(record, AssessmentGiven("other", concerns=["visit:zone-2", "dialogue:other"])) == []
    assert advice(record, DialogueLaunched("d"), MeetingHeld("e", body="series:d")) == []


def test_a_reference_to_what_the_same_call_records(record):
    """It is known, in whichever order they stand."""
    record.add(DialogueLaunched("urban"), source=NEWS)
    assert advice(record, MeetingHeld("a", body="series:urban"), SeriesEstablished("urban")) == []


def test_a_misspelt_reference(record):
    """The subject that it looks like is suggested, before one of another kind."""
    record.add(SeriesEstablished("joint-committee"), DialogueLaunched("joint-comittee"), source=NEWS)
    assert suggested(record, MeetingHeld("a", body="series:joint-comittee")) == ["series:joint-committee"]
    assert suggested(record, AssessmentGiven("b", concerns=["series:joint-committees"])) == ["series:joint-committee"]


# ---- ways to add ----


def test_each_value_once_per_call(record):
    """However many events of a call name it."""
    events = [MeetingHeld(f"m{n}", host="Chile", parties=["Chile", "RU"]) for n in range(5)]
    assert suggested(record, *events) == ["CL"]


def test_a_citing_block(record):
    """The whole block is compared, and the warning names the line of the block."""
    match = "meeting:special-fmm-2002 is new"
    with pytest.warns(NearNameWarning, match=match) as caught, record.citing(NEWS) as cite:  # noqa: PT031  a block
        cite(MeetingHeld("special-fmm-2020"))
        cite(MeetingHeld("special-fmm-2002"))
    assert [warning.filename for warning in caught] == [__file__]


def test_a_correction(record):
    """What it says instead is compared too."""
    (entry,) = record.add(MeetingHeld("a", host="CN"), source=NEWS)
    with pytest.warns(NearNameWarning, match="Did you mean CL") as caught:
        record.correct(entry, host="Chile")
    assert [warning.filename for warning in caught] == [__file__]
    assert advice(record, MeetingHeld("b", host="Chile")) == []


def test_warnings_as_errors(record):
    """Nothing is written, and the name is not known."""
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        with pytest.raises(NearNameWarning):
            record.add(MeetingHeld("a", host="Chile"), source=NEWS)
    assert len(record.entries()) == 0
    assert suggested(record, MeetingHeld("a", host="Chile")) == ["CL"]


# ---- records that exist already ----


def test_a_record_that_is_opened_again(tmp_path):
    """Its codes, subjects and references are known, those of corrections too; amendments name none."""
    with ps.open(tmp_path / "record.db") as record:
        entry, other = record_first(record)
        record.correct(entry, host="VN-CHAMBER")
        record.retract(other)
    with ps.open(tmp_path / "record.db") as record:
        assert advice(record, MeetingHeld("c", host="RUS")) == []
        assert suggested(record, MeetingHeld("c", host="VN-CHAMBRE")) == ["VN-CHAMBER"]
        assert suggested(record, MeetingHeld("special-fmm2020", parties=["SICA-GS"])) == [
            "SICA-SG",
            "meeting:special-fmm-2020",
        ]
        assert suggested(record, MeetingHeld("d", body="series:joint-comittee")) == ["series:joint-committee"]


def record_first(record):
    """Add the first claims."""
    with pytest.warns(NearNameWarning, match="RUS"):
        return record.add(
            MeetingScheduled("special-fmm-2020", body="series:joint-committee", parties=["RUS", "SICA-SG"]),
            MeetingHeld("b", count=2, title="Talks"),
            source=NEWS,
        )


def test_entries_that_others_add(tmp_path):
    """Their names are known when something is added after them."""
    with ps.open(tmp_path / "record.db") as record, ps.open(tmp_path / "record.db") as other:
        record.add(MeetingHeld("a"), source=NEWS)
        other.add(MeetingHeld("special-fmm-2020"), source=NEWS)
        record.add(MeetingHeld("b"), source=NEWS)
        assert suggested(record, MeetingHeld("special-fmm2020")) == ["meeting:special-fmm-2020"]
        assert advice(record, MeetingHeld("a"), MeetingHeld("b")) == []


def test_a_long_record(tmp_path, monkeypatch):
    """Of a long log only the newest entries are read."""
    monkeypatch.setattr(near_names, "_MOST_ROWS", 2)
    with ps.open(tmp_path / "record.db") as record:
        record.add(*(MeetingHeld(slug) for slug in ("first-forum", "other-forum", "last-forum")), source=NEWS)
    with ps.open(tmp_path / "record.db") as record:
        assert advice(record, MeetingHeld("1st-forum")) == []
        assert suggested(record, MeetingHeld("othr-forum"), MeetingHeld("oter-forum")) == ["meeting:other-forum"] * 2


@frozen(kw_only=True)
class FairOpened(ps.Event):
    """A fair is opened."""

    name = "fair-opened"
    kind = "fair"

    where: str | None = fields.ref("town", "village")


def test_a_kind_of_the_user(tmp_path):
    """Its subjects are compared too; entries of kinds that are not known here name no subject."""
    fairs = ps.Kind("fair", [FairOpened])
    with ps.open(tmp_path / "record.db", kinds=[fairs]) as record:
        record.add(FairOpened("spring-fair", where="village:upper-village"), source=NEWS)
    with ps.open(tmp_path / "record.db", kinds=[fairs]) as record:
        assert suggested(record, FairOpened("springs-fair")) == ["fair:spring-fair"]
        assert suggested(record, FairOpened("b", where="town:upper-village")) == ["village:upper-village"]
    with ps.open(tmp_path / "record.db") as record:
        assert advice(record, MeetingHeld("a")) == []


def test_a_damaged_entry():
    """It names nothing; whoever asks about it is told."""
    row = near_names.Row(1, None, None, "", b"{", b"")
    record = ps.open(":memory:")
    record._known_names._read(row)
    assert record._known_names._known == set()
