"""The grammar every page of ``subjects`` is written in: event, occurrence, projection, expectation (floor 1)."""
