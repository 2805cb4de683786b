"""Signed packages between installations: written, and read with suspicion. Knows no table and no page."""
