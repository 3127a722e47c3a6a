"""The laws of ``partnership.testing`` on a PostgreSQL server: few examples, for the laws themselves run elsewhere."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import Phase, given, settings

import partnership as ps
from partnership.testing import histories, laws, ticking, write

LAWS = {
    "order_independence": lambda record, fresh: laws.order_independence(record, fresh, Random(0)),
    "merge_is_union": lambda record, fresh: laws.merge_is_union(record, fresh, Random(0)),
    "idempotence": lambda record, _: laws.idempotence(record),
    "retraction": laws.retraction,
    "incremental": laws.incremental,
    "lazy_equals_full": laws.lazy_equals_full,
    "corroboration": laws.corroboration,
    "every_value_has_a_claim": lambda record, _: laws.every_value_has_a_claim(record),
    "stores_agree": lambda record, _: laws.stores_agree(record, ps.open(":memory:", clock=ticking())),
}


@pytest.mark.parametrize("law", LAWS)
@settings(max_examples=4, phases=[Phase.generate])
@given(history=histories(most=6))
def test_a_law(empty_database, law, history):
    """It holds there too."""

    def fresh():
        return ps.open(empty_database(), partnership="asean-russia", clock=ticking())

    with fresh() as record:
        write(record, history)
        LAWS[law](record, fresh)
