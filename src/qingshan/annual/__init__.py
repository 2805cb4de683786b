"""The year cut out of a plan: targets and tasks by department and township (年度计划)."""
