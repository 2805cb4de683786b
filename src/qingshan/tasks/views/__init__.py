"""Pages of this room: the inbox, the list, one task, and its steps."""
