"""Dates and numbers in the cells of a sheet."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

import partnership as ps
from partnership.errors import InvalidValue
from partnership.io.sheet_dates import date_in_cell
from partnership.io.sheet_numbers import figure_in_cell, number_in_cell, whole_in_cell
from partnership.testing import whens
from partnership.values.date_words import in_words


@pytest.mark.parametrize(
    ("cell", "edtf"),
    [
        ("2020-06-17", "2020-06-17"),
        (" 2020-06~ ", "2020-06~"),
        ("{2021,2022}", "{2021,2022}"),
        ("17 June 2020", "2020-06-17"),
        ("17 jun. 2020", "2020-06-17"),
        ("17th of June, 2020", "2020-06-17"),
        ("June 17, 2020", "2020-06-17"),
        ("Sept 3 2020", "2020-09-03"),
        ("17-Jun-2020", "2020-06-17"),
        ("2020 June 17", "2020-06-17"),
        ("17.06.2020", "2020-06-17"),
        ("17/6/2020", "2020-06-17"),
        ("6/17/2020", "2020-06-17"),
        ("05/05/2020", "2020-05-05"),
        ("2020/06/17", "2020-06-17"),
        ("2020.6.7", "2020-06-07"),
        ("20200617", "2020-06-17"),
        ("2020-06-17 00:00:00", "2020-06-17"),
        ("2020-06-17T14:30", "2020-06-17"),
        ("June 2020", "2020-06"),
        ("06/2020", "2020-06"),
        ("6.2020", "2020-06"),
        ("2020", "2020"),
        ("spring 2021", "2021-21"),
        ("Q1 2021", "2021-33"),
        ("2021 Q4", "2021-36"),
        ("first half of 2021", "2021-40"),
        ("2020s", "202X"),
        ("in autumn 2024", "2024-23"),
        ("in June 2025", "2025-06"),
        ("In the spring of 2025", "2025-21"),
        ("during 2025", "2025"),
        ("on 10 October 2024", "2024-10-10"),
        ("on 2024-10-10", "2024-10-10"),
        ("on 10.10.2024", "2024-10-10"),
        ("the second half of 2025", "2025-41"),
        ("in the 1st half of 2025", "2025-40"),
        ("H1 2025", "2025-40"),
        ("2025-H2", "2025-41"),
        ("2nd quarter 2025", "2025-34"),
        ("the 4th quarter of 2025", "2025-36"),
        ("in the 2020s", "202X"),
        ("in about June 2020", "2020-06~"),
        ("no later than 31 July 2020", "../2020-07-31"),
        ("not earlier than March 2026", "2026-03/.."),
        ("about June 2020", "2020-06~"),
        ("ca. 2020", "2020~"),
        ("perhaps 17 June 2020", "2020-06-17?"),
        ("perhaps about 2020", "2020%"),
        ("19 to 20 November 2020", "2020-11-19/2020-11-20"),
        ("19–20 November 2020", "2020-11-19/2020-11-20"),  # noqa: RUF001
        ("November 19-20, 2020", "2020-11-19/2020-11-20"),
        ("28 October - 2 November 2020", "2020-10-28/2020-11-02"),
        ("30 December 2020 to 2 January 2021", "2020-12-30/2021-01-02"),
        ("by 31 July 2020", "../2020-07-31"),
        ("until 2020-07", "/2020-07"),
        ("not before March 2026", "2026-03/.."),
        ("from 5 March 2026 on", "2026-03-05/.."),
        ("since 2019", "2019/"),
        ("１７ June ２０２０", "2020-06-17"),  # noqa: RUF001
        (date(2020, 6, 17), "2020-06-17"),
        (datetime(2020, 6, 17, 14, 30), "2020-06-17"),  # noqa: DTZ001  as a sheet has it
        (2020.0, "2020"),
    ],
)
def test_a_date(cell, edtf):
    """What people and spreadsheets write has its one meaning."""
    assert date_in_cell(cell) == edtf


@pytest.mark.parametrize(
    ("cell", "message"),
    [
        ("03/04/2026", r"ambiguous; write 2026-04-03 \(3 April\) or 2026-03-04 \(4 March\); or say .*day_first"),
        ("03.04.2026", "ambiguous"),
        ("3-4-2026", "ambiguous"),
        ("31/06/2026", "June has 30 days"),
        ("31 June 2026", "June has 30 days"),
        ("29 February 2021", "February 2021 has 28 days|February has 28 days"),
        ("17/06/20", "year with four digits"),
        ("17-Jun-20", "year with four digits"),
        ("Summit 2020", "is not a date"),
        ("March to May 2020", "is not a date"),
        ("juin 2020", "write 2020-06"),
        ("17 Juni 2020", "write 2020-06-17"),
        ("Mai 2024", "write 2024-05"),
        ("10 Oktober 2024", "write 2024-10-10"),
        ("am 10. Oktober 2024", "write 2024-10-10"),
        ("10 de junio de 2025", "write 2025-06-10"),
        ("10 июня 2025", "write 2025-06-10"),
        ("10 tháng 6 năm 2025", "write 2025-06-10"),
        ("31 Juni 2025", "is not a date"),
        ("June/July 2025", r"write 2025-06/2025-07 \(from, to\) or \[2025-06..2025-07\] .* or \{2025-06,2025-07\}"),
        ("Juni/Juli 2025", r"\[2025-06..2025-07\]"),
        ("June and July 2025", r"\[2025-06..2025-07\]"),
        ("June or July 2025", r"\[2025-06..2025-07\]"),
        ("spring/summer 2025", r"\[2025-21..2025-22\]"),
        ("July/June 2025", "is not a date"),
        ("June/Julember 2025", "is not a date"),
        ("3/4 June 2025", r"\[2025-06-03..2025-06-04\]"),
        ("30/31 June 2025", "is not a date"),
        ("2024/25", "write 2024/2025 .from, to."),
        ("2024/12", "write 2024-12"),
        ("1999-98", "there is no month 98; write 01 to 12, or 1999 alone"),
        ("2024-99", "there is no month 99; write 01 to 12, or 2024 alone"),
        ("2030-99", "there is no month 99; write 01 to 12, or 2030 alone"),
        ("2024-13", "there is no month 13; write 01 to 12, or 2024 alone"),
        ("2024/99", "is not a date"),
        ("2020-50", "write 2020/2050 .from, to."),
        ("2011-13", "write 2011/2013 .from, to."),
        ("early 2025", r"write 2025, or the months that are meant, such as \[2025-01..2025-04\]"),
        ("mid-2025", r"\[2025-05..2025-08\]"),
        ("in late 2025", r"\[2025-09..2025-12\]"),
        ("end of 2025", r"\[2025-09..2025-12\]"),
        ("the beginning of June 2025", r"write 2025-06, or the days .* \[2025-06-01..2025-06-10\]"),
        ("Mitte Juni 2025", r"\[2025-06-11..2025-06-20\]"),
        ("late February 2025", r"\[2025-02-21..2025-02-28\]"),
        ("Ende 2022", r"\[2022-09..2022-12\]"),
        ("mid-term 2022", "write 17 June 2020, June 2020"),
        ("by the end of 2025", "write ../2025-12$"),
        ("by end-June 2025", "write ../2025-06$"),
        ("by the end of the summer", "is not a date|does not name a date"),
        ("before 1 June 2025", "write ../2025-05-31 "),
        ("before June 2025", "write ../2025-05-31 "),
        ("after 31 December 2025", "write 2026-01-01/.. "),
        ("before the summit of 2025", "write 17 June 2020, June 2020"),
        ("before 1 January 0001", "is not a date"),
        ("in 17 weeks of 2025", "write 17 June 2020, June 2020"),
        ("about 19 to 20 November 2020", "is not a date"),
        ("soon", "does not name a date"),
        (44000.0, "if 2020-06-18 is meant"),
        (7.0, "is not a date"),
        (2020.5, "is not a date"),
        (True, "is not a date"),
        (None, "is not a date"),
    ],
)
def test_no_date(cell, message):
    """What has two readings or none is refused, with what to write."""
    with pytest.raises(InvalidValue, match=message):
        date_in_cell(cell)


@pytest.mark.parametrize("sign", "./-")
def test_days_first(sign):
    """Where it is told, the first number is the day, also where only the month could be meant."""
    assert date_in_cell(f"03{sign}04{sign}2026", day_first=True) == "2026-04-03"
    with pytest.raises(InvalidValue):
        date_in_cell(f"06{sign}17{sign}2020", day_first=True)


@given(whens())
def test_dates_in_words(when):
    """The words of a table are read as the same date, or refused; never as another one."""
    words = in_words(when)
    try:
        read = ps.When(date_in_cell(words))
    except InvalidValue:
        return
    assert in_words(read) == words
    assert (read.earliest, read.latest) == (when.earliest, when.latest)


@pytest.mark.parametrize(
    ("cell", "number"),
    [
        ("8,130,000", "8130000"), ("8.130.000", "8130000"), ("8 130 000", "8130000"),
        ("8\u202f130\u00a0000", "8130000"),
        ("8'130'000", "8130000"), ("1\u2019234", "1234"),
        ("1,234.5", "1234.5"), ("1.234,56", "1234.56"), ("1,5", "1.5"),
        ("1234,5", "1234.5"), ("0.125", "0.125"), ("0,125", "0.125"), ("-9.5", "-9.5"), ("12", "12"), (12.0, "12"),
        (8130000.5, "8130000.5"), (1e20, "1" + "0" * 20), (0.1, "0.1"), ("1.2340", "1.2340"), ("1 234,5", "1234.5"),
        ("1,234.567", "1234.567"),
        (7, "7"),
    ],
)  # fmt: skip
def test_a_number(cell, number):
    """Separators that have one reading are taken."""
    assert number_in_cell(cell) == number


@pytest.mark.parametrize(
    ("cell", "message"),
    [
        ("1,234", r"ambiguous; write 1234 \(thousands\) or 1.2340 \(decimals\)"),
        ("1.234", "ambiguous"),
        ("-1.234", "write -1234 "),
        ("1,23,456", "is not a number"),
        ("1,234.567.890", "is not a number"),
        ("12 km", "is not a number"),
        ("10 million CAD", "is not written in digits; write 10 million CAD as 10000000 CAD"),
        ("1,5 Million EUR", "is not written in digits; write 1,5 Million EUR as 1500000 EUR"),
        ("1.234 billion", "is not written in digits; write 1.234 billion as 1234000000"),
        ("2 thousand", "is not written in digits; write 2 thousand as 2000"),
        ("12.000.00 million", "is not a number"),
        ("$5", "is not a number"),
        ("", "is not a number"),
        (True, "is not a number"),
        (0.1234567890123456, "more digits than a spreadsheet keeps"),
        (float("inf"), "more digits than a spreadsheet keeps"),
    ],
)
def test_no_number(cell, message):
    """What has two readings or none is refused, with what to write."""
    with pytest.raises(InvalidValue, match=message):
        number_in_cell(cell)


@pytest.mark.parametrize(
    ("cell", "number"), [("1,234", 1234), ("1.234", 1234), ("1 234", 1234), (12.0, 12), ("12", 12)]
)
def test_a_whole_number(cell, number):
    """It has no decimals, so that one separator has one reading."""
    assert whole_in_cell(cell) == number


@pytest.mark.parametrize("cell", ["1.5", "-3", 1.5, "twelve", "", None])
def test_no_whole_number(cell):
    """Anything else is refused."""
    with pytest.raises(InvalidValue):
        whole_in_cell(cell)


@pytest.mark.parametrize(
    ("cell", "name", "figure"),
    [
        ("at least 1,057", "count", {"number": 1057, "bound": "at-least"}),
        ("About 3", "count", {"number": 3, "bound": "about"}),
        (12.0, "count", {"number": 12, "bound": "exact"}),
        ("60 %", "percent", {"number": "60", "bound": "exact"}),
        ("at most -9.5%", "percent", {"number": "-9.5", "bound": "at-most"}),
        (60.0, "percent", {"number": "60", "bound": "exact"}),
    ],
)
def test_a_figure(cell, name, figure):
    """Its bound stands in words before it."""
    assert figure_in_cell(cell, name) == figure


def test_a_percentage_of_a_spreadsheet():
    """A cell that shows 60 % holds 0.6, which is refused with both readings."""
    with pytest.raises(InvalidValue, match=r"write 0\.6 % or 60 % as text"):
        figure_in_cell(0.6, "percent")


@given(st.decimals(0, 10**17, places=4, allow_nan=False))
def test_any_number(number: Decimal):
    """A number as a CSV file of ours has it is read again, unless thousands could be meant."""
    text = f"{number:f}"
    assert Decimal(number_in_cell(text)) == number
    assert Decimal(number_in_cell(f"{number:,f}")) == number
