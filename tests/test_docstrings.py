"""Examples in docstrings run."""

from __future__ import annotations

import doctest
import importlib
import pkgutil

import pytest

import partnership

MODULES = ["partnership", *(one.name for one in pkgutil.walk_packages(partnership.__path__, "partnership."))]


@pytest.mark.parametrize("name", MODULES)
def test_a_module(name):
    """Every example in it gives what it says."""
    assert doctest.testmod(importlib.import_module(name)).failed == 0


def test_modules_with_examples():
    """There are some, so that the test above can fail."""
    found = doctest.DocTestFinder(exclude_empty=True)
    examples = [one for name in MODULES for one in found.find(importlib.import_module(name)) if one.examples]
    assert len(examples) > 10
