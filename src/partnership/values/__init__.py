"""The words everything else is written in: dates, amounts, sources, parties, names (floor 0)."""
