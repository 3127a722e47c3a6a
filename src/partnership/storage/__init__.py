"""Stores of entries: one contract, `partnership.storage.base.Store`, and its implementations."""
