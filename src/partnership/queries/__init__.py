"""Answers across subjects: pure functions of states and occurrences, each with a frozen class for its result."""
