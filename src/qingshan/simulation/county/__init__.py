"""Data of the fictional county: its plan (`plan.txt` and pack), its people, and two years of events."""
