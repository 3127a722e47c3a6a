"""The grammar every page of ``subjects`` is written in: event, happening, projection, expectation (floor 1)."""
