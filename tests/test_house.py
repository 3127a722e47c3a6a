"""The house as it is drawn: floors, words, what is never used, and the menu. Read with `ast`, nothing is run."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from itertools import chain
from pathlib import Path
from types import ModuleType

import pytest

import partnership

HOUSE = Path(partnership.__file__).parent
FLOORS = {
    "lazily": 0,
    "replacing": 0,
    "values": 0,
    "model": 1,
    "subjects": 2,
    "events": 3,
    "log": 3,
    "reading": 4,
    "stores": 4,
    "questions": 5,
    "showing": 6,
    "asked": 7,
    "families": 7,
    "paging": 7,
    "shown": 7,
    "view": 7,
    "citing": 7,
    "leaving": 7,
    "mending": 7,
    "record": 7,
    "formats": 8,
    "pictures": 8,
    "testing": 8,
    "__init__": 9,
    "commands": 9,
    "__main__": 10,
}
"""Design, section 5. `errors` stands beside the house: all may import it, and it imports nothing."""

BANNED = {"data", "info", "item", "manager", "helper", "util", "process", "timestamp", "delete", "update"}
"""Words that say nothing, or say what this library does not do; design, section 5."""
FORCED = {
    ("stores.sqlite", "_process"),  # the number of the process that opened the file: the operating system's own word
    ("stores.postgres", "_process"),
}
"""Banned words that are names all the same, with the reason."""

NEVER_IMPORTED = {"pickle", "shelve", "marshal", "importlib", "pkgutil", "runpy", "dill", "copyreg", "xml", "yaml"}
NEVER_USED = {"eval", "exec", "compile", "__import__", "environ", "environb", "getenv", "__reduce_ex__", "__setstate__"}
CLOCKS = {("datetime", "now"), ("datetime", "utcnow"), ("datetime", "today"), ("date", "today"), ("time", "time")}


def modules():
    """Return every module of the library by its name without ``partnership``, parsed."""
    found = {}
    for path in sorted(HOUSE.rglob("*.py")):
        name = ".".join(path.relative_to(HOUSE).with_suffix("").parts)
        found[name.removesuffix(".__init__") if name != "__init__" else name] = ast.parse(path.read_text("utf-8"))
    return found


MODULES = modules()


def imports(name):
    """Return the library's own modules that one imports; also those that are imported for types alone."""
    found = set()
    for node in ast.walk(MODULES[name]):
        if isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{name} imports from where it lies: write the whole name"
            found |= {own(f"{node.module}.{each.name}") or own(str(node.module)) for each in node.names}
        elif isinstance(node, ast.Import):
            found |= {own(each.name) for each in node.names}
    return found - {None}


def own(whole):
    """Return the name of one of the library's own modules as it stands here, None for anything else."""
    short = whole.removeprefix("partnership.")
    return short if short != whole and short in MODULES else None


def test_the_imports_that_the_tests_below_read():
    """They are those that stand in the modules: by name, by star, and for types alone."""
    assert imports("view") >= {"values.names", "reading.why", "questions.calendar"}
    assert imports("families") >= {"subjects.meetings", "errors"}
    assert imports("events") >= {"subjects.roles", "model.event"}
    assert imports("__init__") >= {"record", "errors", "events"}


def room(name):
    """Return the folder in which a module lies, or the module itself."""
    return name.partition(".")[0]


def is_folder(name):
    """Tell whether a room is a folder."""
    return (HOUSE / room(name)).is_dir()


@pytest.mark.parametrize("name", sorted(set(MODULES) - {"errors"}))
def test_a_module_on_its_floor(name):
    """It imports what lies below, in its own folder, or a module of its floor that is no folder; and the errors."""
    floor = FLOORS[room(name)]
    for other in imports(name) - {"errors"}:
        is_neighbour = floor == FLOORS[room(other)] and not is_folder(other)
        assert FLOORS[room(other)] < floor or room(other) == room(name) or is_neighbour, f"{name} imports {other}"


def test_the_errors():
    """They import nothing of the house."""
    assert imports("errors") == set()


def test_a_walk_along_the_imports():
    """It never comes back to where it began."""
    done: set[str] = set()

    def walk(name, behind):
        assert name not in behind, " → ".join([*behind[behind.index(name) :], name])
        if name not in done:
            for other in sorted(imports(name)):
                walk(other, [*behind, name])
            done.add(name)

    for name in MODULES:
        walk(name, [])
    assert done == set(MODULES)


@pytest.mark.parametrize("name", MODULES)
def test_what_is_never_used(name):
    """Nothing is imported, evaluated or instantiated by a name found in what was read; no pickle, no environment."""
    for node in ast.walk(MODULES[name]):
        if isinstance(node, ast.Import | ast.ImportFrom):
            imported = {each.name for each in node.names} | {str(getattr(node, "module", ""))}
            found = {each.partition(".")[0] for each in imported} & NEVER_IMPORTED
            assert not found or (name, found) == ("lazily", {"importlib"})  # names of its callers' own tables
            assert not {each.rpartition(".")[2] for each in imported} & NEVER_USED
        used = getattr(node, "id", None) or getattr(node, "attr", None)
        is_pattern = isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == "re"
        assert used not in NEVER_USED or is_pattern, f"line {node.lineno}: {used}"


def test_the_clock():
    """It is read in one place: the default of `open`. Everywhere else the time is an argument."""
    readers = {
        name
        for name, tree in MODULES.items()
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute)
        and isinstance(node.value, ast.Name | ast.Attribute)
        and (getattr(node.value, "id", None) or getattr(node.value, "attr", None), node.attr) in CLOCKS
    }
    assert readers == {"record"}


def named(tree):
    """Yield every name that a module gives to something of its own."""
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            yield node.name
        elif isinstance(node, ast.arg):
            yield node.arg
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            yield node.id
        elif isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store):
            yield node.attr
        elif isinstance(node, ast.alias) and node.asname:
            yield node.asname
        elif isinstance(node, ast.MatchAs | ast.MatchStar) and node.name:
            yield node.name


@pytest.mark.parametrize("name", MODULES)
def test_the_words_of_a_module(name):
    """It calls nothing by a word that is banned, in the singular or the plural, alone or in a longer name."""
    for given in {*named(MODULES[name]), *name.split(".")}:
        words = set(re.findall(r"[a-z]+", re.sub("([A-Z])", r"_\1", given).lower()))
        assert not BANNED & (words | {word.removesuffix("s") for word in words}) or (name, given) in FORCED, given


def public(tree, inside=""):
    """Yield the public classes, functions and methods of a module or class, with their names."""
    for node in tree.body:
        if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef) or node.name.startswith("_"):
            continue
        marks = {getattr(each, "id", None) or getattr(each, "attr", None) for each in node.decorator_list}
        if not marks & {"overload", "setter"}:
            yield f"{inside}{node.name}", node
        if isinstance(node, ast.ClassDef):
            yield from public(node, f"{node.name}.")


@pytest.mark.parametrize("name", MODULES)
def test_the_docstrings_of_a_module(name):
    """It has one, and so has every public class, function and method: first a sentence on a line of its own."""
    for of, node in [("the module", MODULES[name]), *public(MODULES[name])]:
        told = ast.get_docstring(node)
        assert told, f"{of} has no docstring"
        assert re.match(r".+[.:;?]$", told.splitlines()[0]), f"{of}: {told.splitlines()[0]}"


def menu():
    """Return what the library's menu names: all that is imported into it."""
    inside = (node.body for node in MODULES["__init__"].body if isinstance(node, ast.If))  # for types alone
    given = (node.names for node in chain(*inside) if isinstance(node, ast.ImportFrom | ast.Import))
    return {each.asname or each.name for each in chain(*given)}


def test_the_menu():
    """It names all that is imported into it and nothing else, in order; and every name on it is there."""
    assert set(partnership.__all__) == menu()
    assert len(partnership.__all__) == len(set(partnership.__all__))
    kinds = {True: 0, False: 1}  # constants first, then classes, then the rest, each in the order of the alphabet
    ordered = sorted(partnership.__all__, key=lambda one: (kinds[one.isupper()], one[0].islower(), one))
    assert partnership.__all__ == ordered
    assert dir(partnership) == sorted(partnership.__all__)
    there = {one: getattr(partnership, one) for one in partnership.__all__}
    assert {one for one, value in there.items() if isinstance(value, ModuleType)} == {"errors", "events"}
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        _ = partnership.nothing


def test_what_is_loaded_when_it_is_used():
    """The menu loads nothing, and a record that is opened no page of events but the corrections, and little else."""
    script = """
import sys, partnership
assert not [one for one in sys.modules if one.startswith("partnership.") ], "the menu"
partnership.open(":memory:")
assert not {"cattrs", "tempfile"} & sys.modules.keys(), "what is slow to load"
print(sorted(one for one in sys.modules if one.startswith("partnership.subjects.")))
"""
    told = subprocess.run([sys.executable, "-c", script], check=True, capture_output=True, text=True)
    assert told.stdout.strip() == "['partnership.subjects.corrections']"


def test_the_menu_of_events():
    """It has every public event of every page, and every page is on it."""
    pages = {name for name in MODULES if name.startswith("subjects.")}
    assert imports("events") >= pages
    for page in pages:
        listed = next(
            ast.literal_eval(node.value)
            for node in MODULES[page].body
            if isinstance(node, ast.Assign) and getattr(node.targets[0], "id", None) == "__all__"
        )
        for one in listed:
            assert hasattr(partnership.events, one)
            kind = getattr(partnership.events, one)
            is_event = isinstance(kind, type) and issubclass(kind, partnership.Event)
            assert not is_event or partnership.events.BUILT_IN[kind.name] is kind
