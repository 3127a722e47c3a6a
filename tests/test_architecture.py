"""The architecture: layers, forbidden imports, public names, docstrings. Modules are parsed, not run."""

from __future__ import annotations

import ast
import inspect
import re
import subprocess
import sys
import tomllib
from functools import cache
from importlib.metadata import version
from itertools import chain
from pathlib import Path
from types import ModuleType
from typing import Literal, get_args, get_origin, get_type_hints

import pytest

import partnership

pytestmark = pytest.mark.no_cover

PACKAGE = Path(partnership.__file__).parent
LAYERS = (
    {"errors"},
    {"_frozen", "_lazy"},
    {"values"},
    {"_atomic_write", "model"},
    {"fields"},
    {"subjects"},
    {"kinds"},
    {"events"},
    {"serialization"},
    {"storage"},
    {"engine"},
    {"queries"},
    {"render"},
    {"record"},
    {"charts", "io"},
    {"testing"},
    {"cli", "_hypothesis_plugin"},
    {"__init__", "__main__"},
)
"""Packages and top-level modules, the lowest layer first. A module imports from its own package and lower layers."""
LAYER_OF = {name: number for number, names in enumerate(LAYERS) for name in names}

NEVER_IMPORTED = {"pickle", "shelve", "marshal", "importlib", "pkgutil", "runpy", "dill", "copyreg", "xml", "yaml"}
IMPORTS_BY_NAME = {"_lazy": "the library's own modules, from tables in the code", "__init__": "its own version"}
NEVER_USED = {"eval", "exec", "compile", "__import__", "environ", "environb", "getenv", "__reduce_ex__", "__setstate__"}
CLOCKS = {("datetime", "now"), ("datetime", "utcnow"), ("datetime", "today"), ("date", "today"), ("time", "time")}


@cache
def modules():
    """Return every module by its dotted name without ``partnership``, parsed."""
    parsed = {}
    for path in sorted(PACKAGE.rglob("*.py")):
        name = ".".join(path.relative_to(PACKAGE).with_suffix("").parts)
        parsed[name.removesuffix(".__init__") if name != "__init__" else name] = ast.parse(path.read_text("utf-8"))
    return parsed


def nodes():
    """Yield every node of every module, with the module's name."""
    return ((name, node) for name, tree in modules().items() for node in ast.walk(tree))


def module_of(dotted):
    """Return the name in `modules()` of one of the library's modules, None for anything else."""
    short = dotted.removeprefix("partnership.")
    return short if short != dotted and short in modules() else None


def imports(name):
    """Return the library's own modules that a module imports, those for type checking included."""
    imported = set()
    for node in ast.walk(modules()[name]):
        if isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{name} has a relative import: write the whole name"
            imported |= {
                module_of(f"{node.module}.{alias.name}") or module_of(str(node.module)) for alias in node.names
            }
        elif isinstance(node, ast.Import):
            imported |= {module_of(alias.name) for alias in node.names}
        elif isinstance(node, ast.Call) and getattr(node.func, "id", None) == "load":  # lazy loading hides no import
            imported |= {
                module_of(f"partnership.{value.value}") for value in node.args if isinstance(value, ast.Constant)
            }
    return imported - {None}


def test_the_layers_cover_the_package():
    """Every package and top-level module stands in one layer."""
    assert {name.partition(".")[0] for name in modules()} == set(LAYER_OF)
    assert sum(map(len, LAYERS)) == len(LAYER_OF)


def test_the_picture_in_contributing():
    """CONTRIBUTING lists the layers in the order of this test, the highest first."""
    picture = (Path(__file__).parent.parent / "CONTRIBUTING.md").read_text("utf-8")
    drawn = re.findall(r"^  ([\w./ ,]+?)  +\S", re.search(r"```text\n(.*?)```", picture, re.DOTALL)[1], re.MULTILINE)
    names = [{part.strip().removesuffix(".py").strip("/") for part in line.split(",")} for line in drawn]
    assert names == [set(layer) for layer in reversed(LAYERS)]


def test_imports_go_down():
    """A module imports from lower layers and from its own package."""
    for name in modules():
        package = name.partition(".")[0]
        for other in imports(name):
            other_package = other.partition(".")[0]
            assert other_package == package or LAYER_OF[other_package] < LAYER_OF[package], f"{name} imports {other}"


def test_no_import_circles():
    """Imports form no circle, also within a package."""
    done: set[str] = set()

    def visit(name, path):
        assert name not in path, " -> ".join([*path[path.index(name) :], name])
        if name not in done:
            for other in sorted(imports(name)):
                visit(other, [*path, name])
            done.add(name)

    for name in modules():
        visit(name, [])
    assert done == set(modules())


def test_module_names_are_unique():
    """One module name stands once in the tree, so that a name in a traceback or an issue is enough."""
    names = [name.rpartition(".")[2] for name in modules() if not (PACKAGE / name.replace(".", "/")).is_dir()]
    assert sorted(names) == sorted(set(names))


def test_what_is_never_used():
    """No module imports, evaluates or instantiates by a name found in data; no pickle, no environment variables."""
    for name, node in nodes():
        if isinstance(node, ast.Import | ast.ImportFrom):
            imported = {alias.name for alias in node.names} | {str(getattr(node, "module", ""))}
            forbidden = {dotted.partition(".")[0] for dotted in imported} & NEVER_IMPORTED
            assert not forbidden or (forbidden == {"importlib"} and name in IMPORTS_BY_NAME), name
            assert not {dotted.rpartition(".")[2] for dotted in imported} & NEVER_USED, name
        used = getattr(node, "id", None) or getattr(node, "attr", None)
        is_pattern = isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == "re"
        assert used not in NEVER_USED or is_pattern, f"{name}, line {node.lineno}: {used}"


def test_the_clock():
    """The system clock is read in one place: the default of `open`. Everywhere else the time is an argument."""
    readers = {
        name
        for name, node in nodes()
        if isinstance(node, ast.Attribute)
        and isinstance(node.value, ast.Name | ast.Attribute)
        and (getattr(node.value, "id", None) or getattr(node.value, "attr", None), node.attr) in CLOCKS
    }
    assert readers == {"record.record"}


def public_definitions(tree, prefix=""):
    """Yield the public classes, functions and methods of a module or class, with their qualified names."""
    for node in tree.body:
        if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef) or node.name.startswith("_"):
            continue
        decorators = {getattr(item, "id", None) or getattr(item, "attr", None) for item in node.decorator_list}
        if not decorators & {"overload", "setter"}:
            yield f"{prefix}{node.name}", node
        if isinstance(node, ast.ClassDef):
            yield from public_definitions(node, f"{node.name}.")


def test_docstrings():
    """A module and every public class, function and method has a docstring that begins with a sentence."""
    for name, tree in modules().items():
        for definition, node in [("the module", tree), *public_definitions(tree)]:
            docstring = ast.get_docstring(node)
            assert docstring, f"{name}: {definition} has no docstring"
            first = docstring.splitlines()[0]
            assert re.match(r".+[.:;?]$", first), f"{name}: {definition}: {first}"


def imported_for_types():
    """Return all names that ``partnership/__init__.py`` imports for type checkers."""
    blocks = (node.body for node in modules()["__init__"].body if isinstance(node, ast.If))
    names = (node.names for node in chain(*blocks) if isinstance(node, ast.ImportFrom | ast.Import))
    return {alias.asname or alias.name for alias in chain(*names)}


def test_where_names_are_listed():
    """Only public modules and those of events have ``__all__``: elsewhere an underscore says what is private."""
    listing = {
        name
        for name, node in nodes()
        if isinstance(node, ast.Assign) and getattr(node.targets[0], "id", None) == "__all__"
    }
    public = {"__init__", "charts", "errors", "fields", "testing", "testing.laws"}
    assert {name for name in listing if not name.startswith("subjects.")} == public


def test_public_names():
    """``__all__`` lists what type checkers see and nothing else, in order, and every name exists."""
    assert set(partnership.__all__) == imported_for_types()
    assert len(partnership.__all__) == len(set(partnership.__all__))
    sections = {True: 0, False: 1}  # constants first, then classes, then the rest, each in alphabetical order
    ordered = sorted(partnership.__all__, key=lambda name: (sections[name.isupper()], name[0].islower(), name))
    assert partnership.__all__ == ordered
    assert dir(partnership) == sorted(partnership.__all__)
    values = {name: getattr(partnership, name) for name in partnership.__all__}
    found = {name for name, value in values.items() if isinstance(value, ModuleType)}
    assert found == {"errors", "events", "fields"}
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        _ = partnership.nothing


def test_public_signatures():
    """Every class of the library in a signature of a public function or method is public too."""
    public = {name: getattr(partnership, name) for name in partnership.__all__}
    loaded = [vars(module) for name, module in list(sys.modules.items()) if name.startswith("partnership.")]
    namespace = {name: value for module in loaded for name, value in module.items()} | public
    functions = [value for value in public.values() if inspect.isfunction(value)]
    members = [vars(base) for value in public.values() if inspect.isclass(value) for base in value.__mro__]
    for name, value in chain(*(attributes.items() for attributes in members)):
        function = value.fget if isinstance(value, property) else getattr(value, "__func__", value)
        is_own = inspect.isfunction(function) and str(function.__module__).startswith("partnership")
        if is_own and not name.startswith("_"):
            functions.append(function)
    mentioned = {
        leaf
        for function in functions
        for hint in get_type_hints(function, namespace | function.__globals__).values()
        for leaf in leaves(hint)
    }
    names = {leaf.__name__ for leaf in mentioned if leaf.__module__.startswith("partnership")}
    assert names - {value.__name__ for value in public.values() if inspect.isclass(value)} == {
        "EncodedEntry"
    }  # which `Cite` hands to the record


def leaves(hint):
    """Yield the classes in an annotation."""
    if isinstance(hint, type) and not get_args(hint):
        yield hint
    for argument in get_args(hint) if get_origin(hint) is not Literal else ():
        yield from leaves(argument)
        yield from chain(*map(leaves, argument)) if isinstance(argument, list) else ()


def test_the_version():
    """It is that of the installed distribution."""
    assert partnership.__version__ == version("partnership")


def test_what_an_error_tells_to_install():
    """The packages of every extra that users install, as pyproject.toml has them."""
    extras = tomllib.loads((Path(__file__).parent.parent / "pyproject.toml").read_text("utf-8"))["project"]
    packages = {
        extra: tuple(re.match(r"[\w-]+(\[\w+\])?", package)[0] for package in sorted(packages))
        for extra, packages in extras["optional-dependencies"].items()
        if extra not in ("bench", "ci", "test")
    }
    assert packages == partnership.errors.LIBRARIES


def test_lazy_loading():
    """Importing the package loads nothing; a question about one subject loads its kind, and makes few methods."""
    script = """
import sys
import attrs
before = {*sys.modules}
import partnership
assert not [name for name in sys.modules if name.startswith("partnership.")]
record = partnership.open(":memory:")
parts = ("partnership.queries", "partnership.render", "partnership.subjects.")
print(sorted(name for name in sys.modules if name.startswith(parts)))
assert record.meetings.get("special-fmm-2020") is None
print(sorted(name for name in sys.modules if name.startswith(parts)))
rarely = "asyncio cattrs difflib email importlib.metadata locale logging pathlib tempfile textwrap urllib zoneinfo"
print(sorted({*rarely.split()} & (sys.modules.keys() - before)))
rarely = "io record.near_names serialization.validation values.country_names values.party_names"
print([name for name in rarely.split() if f"partnership.{name}" in sys.modules])
from partnership._frozen import Deferred
from partnership.subjects.meetings import meetings
made = [event for event in meetings.events if not isinstance(vars(event)["__init__"], Deferred)]
print(made or "none is made")
"""
    completed = subprocess.run([sys.executable, "-c", script], check=True, capture_output=True, text=True)
    amendments, meetings = "partnership.subjects.amendments", "partnership.subjects.meetings"
    assert completed.stdout.splitlines() == [f"{[amendments]}", f"{[amendments, meetings]}", "[]", "[]", "none is made"]


NOTES = re.compile(r"\b(?:design|domain|performance|hard_problems|libraries|styles|architecture)\.md\b|\bAR-\d+")


def test_docstrings_stand_alone():
    """No docstring or comment refers to notes outside the repository or to row numbers of a data file."""
    found = {path.name: NOTES.findall(path.read_text("utf-8")) for path in PACKAGE.rglob("*.py")}
    assert not {name: notes for name, notes in found.items() if notes}
