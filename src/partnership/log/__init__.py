"""The ink: what an entry is, its bytes for ever, and what every store promises (floor 3)."""
