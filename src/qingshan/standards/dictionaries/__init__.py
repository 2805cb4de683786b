"""Code lists (字典): pollutants, wastes, industries, divisions, permits, assessments, taxes."""
