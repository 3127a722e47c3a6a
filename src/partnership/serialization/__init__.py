"""Entries as canonical JSON, and what they are found under."""
