"""Limits and scales as dated data files with clause numbers (标准), and a loader for the one in force."""
