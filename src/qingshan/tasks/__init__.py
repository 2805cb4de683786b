"""Assigned work: accept, report, submit, send back, close (任务)."""
