"""Examples in docstrings give the output that they show."""

from __future__ import annotations

import doctest
import importlib
import pkgutil

import pytest

import partnership

pytestmark = pytest.mark.no_cover

MODULES = ["partnership", *(module.name for module in pkgutil.walk_packages(partnership.__path__, "partnership."))]


@pytest.mark.parametrize("name", MODULES)
def test_module(name):
    """Every example in its docstrings gives the output that it shows."""
    assert doctest.testmod(importlib.import_module(name)).failed == 0


def test_modules_have_examples():
    """Otherwise the test above would pass without testing anything."""
    finder = doctest.DocTestFinder(exclude_empty=True)
    examples = [
        docstring for name in MODULES for docstring in finder.find(importlib.import_module(name)) if docstring.examples
    ]
    assert len(examples) > 10
