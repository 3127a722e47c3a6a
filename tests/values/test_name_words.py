"""Which names of places and persons agree."""

import pytest

from partnership.values.name_words import in_person_names, in_place_names, person_words, place_words


@pytest.mark.parametrize(
    ("shorter", "longer"),
    [
        ("Vientiane", "Vientiane, Laos"),
        ("Laos", "Vientiane, Laos"),
        ("Pattaya", "Pattaya (Thailand)"),
        ("Cha-am", "Cha Am; Thailand"),
        ("Ha Noi", "Hà Nội"),
    ],
)
def test_places_that_agree(shorter, longer):
    """One says no more than the other, in whatever way it is spaced or accented."""
    assert place_words(shorter) <= place_words(longer)


@pytest.mark.parametrize(("one", "other"), [("Niger", "Nigeria"), ("York", "New York"), ("Hue", "Hanoi"), ("-", "?")])
def test_places_that_differ(one, other):
    """A part of a word, or a word of several, is another place."""
    assert not place_words(one) <= place_words(other)


@pytest.mark.parametrize(
    ("shorter", "longer"),
    [
        ("S. Jaishankar", "Subrahmanyam Jaishankar"),
        ("Dr. S. Jaishankar", "S. Jaishankar"),
        ("Jaishankar", "S. Jaishankar"),
        ("H.E. Mr. Kao Kim Hourn", "Kao Kim Hourn"),
        ("Vo Van Thuong", "Võ Văn Thưởng"),
        ("the Foreign Minister", "The foreign minister"),
        ("Andrey Rudenko", "Deputy Minister Andrey Rudenko"),
        ("Kao Kim Hourn", "ASEAN Secretary-General Kao Kim Hourn"),
        ("Lavrov", "Foreign Minister Sergey Lavrov"),
        ("To Lam", "President Tô Lâm"),
        ("Foreign Minister S. Jaishankar", "Subrahmanyam Jaishankar"),
        ("Moon Jae In", "President Moon Jae-in"),
    ],
)
def test_persons_who_agree(shorter, longer):
    """Initials, accents and forms of address are no difference."""
    assert person_words(shorter) <= person_words(longer)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Li Qiang", "Li Keqiang"),
        ("the minister", "the deputy minister"),
        ("Minister of Laos", "Deputy Minister of Laos"),
        ("the President", "the Vice-President"),
        ("Foreign Minister", "Deputy Foreign Minister"),
        ("Foreign Minister", "Foreign Minister Sergey Lavrov"),
        ("Prime Minister Li Qiang", "Prime Minister Anwar Ibrahim"),
        ("Secretary-General of ASEAN", "Secretary-General of the UN"),
        ("Dr", "Ms"),
    ],
)
def test_persons_who_differ(one, other):
    """Who is named by an office alone is not compared word by word."""
    assert not person_words(one) <= person_words(other)
    assert not person_words(other) <= person_words(one)


def test_lists():
    """A list says what its members say."""
    assert in_person_names(["S. Lavrov"]) < in_person_names(["Retno Marsudi", "Sergey Lavrov"])
    assert in_place_names(["Munda"]) < in_place_names(["Honiara", "Munda, Solomon Islands"])
    assert not in_person_names(["Wang Yi"]) <= in_person_names(["Retno Marsudi", "Sergey Lavrov"])
