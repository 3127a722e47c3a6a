"""Tables in a terminal, with rich and without, and in a pipe: they fit, and texts of others are texts."""

from __future__ import annotations

import re

import pytest

from partnership.cli.terminal_tables import Table, plain_lines, print_blocks

ESCAPES = re.compile(r"\x1b\[[0-9;]*m")
HOSTILE = {
    "markup": ("[red]x[/red]", "[red]x[/red]"),
    "markup that is not closed": ("[/] [link=file:///etc/passwd]", "[/] [link=file:///etc/passwd]"),
    "a script": ("<script>alert(1)</script>", "<script>alert(1)</script>"),
    "a line break": ("two\nlines", "two lines"),
    "an override of the direction of writing": ("a\u202eb", "a<U+202E>b"),
    "an escape that wipes the screen": ("\x1b[2Jx", "<U+001B>[2Jx"),
    "a title of the window": ("\x1b]0;x\x07", "<U+001B>]0;x<U+0007>"),
    "nothing that is seen": ("a\0b", "a<U+0000>b"),
    "an emoji by its name": (":smile:", ":smile:"),
}


def table(*rows, **more):
    """Return a table of two columns."""
    return Table("Hôm nay", ("what", "where it stands"), rows, **more)


def in_terminal(screen, blocks, columns=80):
    """Return what a terminal shows, without its colours, and with them."""
    one = screen("stdout", columns)
    print_blocks(blocks)
    return ESCAPES.sub("", one.getvalue()), one.getvalue()


@pytest.mark.parametrize("name", HOSTILE)
@pytest.mark.parametrize("rich", [True, False])
def test_a_hostile_text(name, rich, screen, request):
    """In a cell or a line, with rich or without, it is the text that it is, with what is not seen spelled out."""
    request.getfixturevalue("with_rich" if rich else "without_rich")
    text, seen = HOSTILE[name]
    shown, coloured = in_terminal(screen, [table(((text,), (f"[b]{text}",))), text.replace("\n", " ")])
    assert f"\n{seen}   [b]{seen}\n" in re.sub(r" +\n", "\n", shown)
    assert shown.endswith(f"\n{seen}\n")
    assert "\x1b" not in shown
    assert "\u202e" not in shown
    assert ("\x1b[1m" in coloured) is rich


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_text_in_a_pipe(name, capsys):
    """It is one line, and text."""
    text, seen = HOSTILE[name]
    print_blocks([table(((text,), ("", "x"))), text.replace("\n", " ")])
    width = max(len(seen), len("what"))
    assert capsys.readouterr().out == (f"Hôm nay\n\n{'what':{width}}   where it stands\n{seen:{width}}   x\n\n{seen}\n")


ROWS = (
    (("meeting:a", "A summit of many long words that do not fit beside anything"), ("held, 17 June 2020",)),
    (("meeting:b",), ("scheduled", "sources differ on: held on")),
)
AT_40 = """\
Hôm nay

what                 where it stands
{rule}
meeting:a            held, 17 June 2020
A summit of many
long words that do
not fit beside
anything

meeting:b            scheduled
                     sources differ on:
                     held on

"""


@pytest.mark.parametrize(
    ("without", "rule"), [(False, "─" * 40), (True, "-" * 18 + "   " + "-" * 19)], ids=["rich", "plain"]
)
def test_a_narrow_terminal(without, rule, screen, request):
    """Cells are broken between words, rows of several lines stand apart, and nothing is wider than the terminal."""
    request.getfixturevalue("without_rich" if without else "with_rich")
    shown, _ = in_terminal(screen, [table(*ROWS)], columns=40)
    assert max(map(len, shown.splitlines())) <= 40
    assert re.sub(r" +\n", "\n", shown) == AT_40.format(rule=rule)


def test_a_wide_terminal(screen, without_rich):
    """A table is as wide as its cells, and rows of one line stand close."""
    shown, _ = in_terminal(screen, [table((("a",), ("held",)), (("b",), ("",)))], columns=200)
    assert shown == "Hôm nay\n\nwhat   where it stands\n----   ---------------\na      held\nb\n\n"
    assert without_rich is None


def test_a_terminal_that_is_too_narrow_for_names():
    """Names are broken too, down to eight letters a column: then it is wider than the terminal, and whole."""
    lines = [*plain_lines([table((("meeting:urban-technologies",), ("x",)))], width=5)]
    assert lines[2:5] == ["what       where", "           it", "           stands"]
    assert "".join(one[:8].strip() for one in lines[6:]) == "meeting:urban-technologies"


def test_a_line_that_is_too_long():
    """It is broken between words, and what follows is indented; an empty line stays empty."""
    told = ["    because MFA of Russia, 2021-09-24", "", "x" * 44]
    assert [*plain_lines(told, width=24)] == [
        "    because MFA of",
        "      Russia, 2021-09-24",
        "",
        "x" * 24,
        "    " + "x" * 20,
    ]
    assert [*plain_lines(told)] == told


def test_letters_that_are_as_wide_as_high(screen, without_rich):
    """They take two places, and accents that stand on others none: columns stay straight."""
    shown, _ = in_terminal(screen, [table((("東京",), ("x",)), (("Ha\u0300No",), ("y",)))])
    assert shown.splitlines()[4:6] == ["東京   x", "Ha\u0300No   y"]
    assert [*plain_lines(["東京東京"], width=5)] == ["東京", " 東京"]
    assert without_rich is None


def test_a_letter_that_is_wider_than_the_terminal():
    """It stands on a line of its own."""
    assert [*plain_lines(["東京"], width=1)] == ["東", "京"]


@pytest.mark.usefixtures("with_rich")
def test_the_style_of_the_first_column(screen):
    """It is red where somebody looks, and nothing else is."""
    _, coloured = in_terminal(screen, [table((("2020",), ("x",)), style="red")])
    assert re.findall(r"\x1b\[31m(\w+)", coloured) == ["2020"]
