"""Answers across subjects (floor 5)."""
