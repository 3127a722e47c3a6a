"""The windows of a view: how answers look at the prompt, in a notebook, on a page, in charts (floor 6)."""
