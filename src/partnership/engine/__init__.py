"""From entries to states: select evidence, apply corrections, resolve occurrences, order and fold them."""
