"""Pages of succession."""
