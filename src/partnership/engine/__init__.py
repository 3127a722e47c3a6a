"""The one road from entries to answers: select, settle, order, up to the day, fold (floor 4). All of it is pure."""
