"""The shelves: where entries lie. One contract, `partnership.storage.base.Store`, and nothing about meaning (floor 4)."""
