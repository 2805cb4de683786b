"""Commands of the audit administrator."""
