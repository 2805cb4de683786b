"""Forms of the room's pages. They read what was typed; the actions decide."""
