"""Pages of this room: the list, an evaluation with its points and trail, entries, schemes, appeals."""
