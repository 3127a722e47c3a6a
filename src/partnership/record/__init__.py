"""The record: append claims, correct them, and query them as of any day."""
