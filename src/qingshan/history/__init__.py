"""Dated versions of a record: nothing is overwritten, every day of the past can be shown."""
