"""Zoning rules: what may, must or must not be built or done where."""
