"""Pages of this room: the calendar; who has what to do, and handing it over."""
