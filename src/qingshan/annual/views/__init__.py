"""Pages of this room: annual plans, their rows, what departments say, tables, editions, departments."""
