"""Reporting up, sending back and locking between levels of government (上下级)."""
