"""The verbs of the command line, and how their answers look in a terminal (floor 9)."""
