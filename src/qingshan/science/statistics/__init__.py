"""Statistics that every kind of data shares: ranks, data capture, outlier screens, trends."""
