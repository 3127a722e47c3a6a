"""What all tests share: profiles of Hypothesis, ``quick``, and ``thorough`` by an option; and a PostgreSQL server.

``pytest tests/laws --hypothesis-profile=thorough`` runs the laws with the other profile.
"""

import itertools

import psycopg
import pytest
from benchmarks.server import FAST, NoServer, running
from hypothesis import HealthCheck, settings

_ALLOWED = [HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.data_too_large]
settings.register_profile("quick", max_examples=100, deadline=None, derandomize=True, suppress_health_check=_ALLOWED)
settings.register_profile("thorough", max_examples=2000, deadline=None, suppress_health_check=_ALLOWED, print_blob=True)
settings.load_profile("quick")
_NUMBERS = itertools.count()


@pytest.fixture(scope="session")
def server():
    """Run a PostgreSQL server that syncs nothing: what a crash leaves is tested on one of its own."""
    try:
        with running(FAST) as one:
            yield one
    except NoServer as missing:
        pytest.skip(str(missing))


@pytest.fixture
def empty_database(server):
    """Return a function: the address of one more empty place in the server's database, a schema of its own."""

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
