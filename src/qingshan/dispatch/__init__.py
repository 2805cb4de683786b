"""Rounds of reporting on the plan, and what follows from them (调度)."""
