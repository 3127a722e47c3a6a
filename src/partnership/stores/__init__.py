"""The shelves: where entries lie. One contract, `partnership.log.store.Store`, and nothing about meaning (floor 4)."""
