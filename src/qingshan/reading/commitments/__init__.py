"""Promises with a number or a date in running text."""
