"""Indicator tables: rows with attribute, base value, targets by year, completion."""
