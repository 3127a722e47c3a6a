"""Entries as canonical JSON, and the keys by which they are found."""
