"""The ink: what an entry is, its bytes permanently, and what every store promises (floor 3)."""
