"""Districts and departments, their tree, names and successions over time."""
