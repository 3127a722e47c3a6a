"""The meaning of events: one page a kind of subject (floor 2).

A page stands always in this order: its events (stored names and fields: permanently), what "the same occurrence" means
and its rank, its state, ``evolve``, its rules. All that is known about meetings is on the page ``meetings``.
"""
