"""Runs worked examples and published results against the calculations (一致性检验)."""
