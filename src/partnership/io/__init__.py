"""Windows: what the record shows to people and to other programs (floor 8)."""
