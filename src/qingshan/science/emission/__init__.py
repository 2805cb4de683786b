"""Emission (排放): means, loads, exceedance, tax, reductions, kiln grades, intensity."""
