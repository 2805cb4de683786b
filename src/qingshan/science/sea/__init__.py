"""Sea water: class of a station, grade of a coast, eutrophication (海水)."""
