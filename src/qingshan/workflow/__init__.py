"""Flows, assignment and hand-over, deadlines on the Chinese working-day calendar. Knows no task or case."""
